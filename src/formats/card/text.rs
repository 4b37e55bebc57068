//! What of a text can be set: everything that is drawn passes here first, so that a letter that
//! the font lacks is never an empty box.
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::font::Letters;

/// Stands where a letter is missing, as in print.
pub(super) const MISSING: char = '〓';
/// No more of a text is looked at: cards hold far less.
const MOST_CHARS: usize = 4000;

/// The text as it can be set: composed, one space between words, none around. Letters in other
/// clothes (full width, ligatures, mathematical) are set plainly, and a Latin letter whose mark the
/// font lacks stands without it; emoji, controls and signs that it lacks go without a trace; a row
/// of letters that it lacks becomes one `〓`.
pub(super) fn settable(text: &str, letters: &Letters) -> String {
    let mut set = String::new();
    let mut put = |c: char| {
        let space = set.is_empty() || set.ends_with(' ');
        let again = c == MISSING && set.ends_with(MISSING);
        if !(c == ' ' && space || again) {
            set.push(c);
        }
    };
    for c in text.nfc().take(MOST_CHARS) {
        // A mark that makes no letter with the one before it has no place of its own.
        let is_there = |c: &char| letters.has(*c) && !is_combining_mark(*c);
        if c.is_whitespace() {
            put(' ');
        } else if is_there(&c) {
            put(c);
        } else {
            let plain: Vec<char> = std::iter::once(without_stroke(c))
                .nfkc()
                .flat_map(|c| {
                    if is_there(&c) {
                        vec![c]
                    } else {
                        std::iter::once(c).nfkd().collect()
                    }
                })
                .map(|c| jamo(c).unwrap_or(c))
                .filter(is_there)
                .collect();
            match plain.as_slice() {
                [] if is_letter(c) => put(MISSING),
                [] => {}
                plain => plain.iter().copied().for_each(&mut put),
            }
        }
    }
    set.truncate(set.trim_end().len());
    set
}

/// Whether the text says something: it has a letter or a digit that can be set.
pub(super) fn says_something(set: &str) -> bool {
    set.chars().any(|c| c.is_alphanumeric() && c != MISSING)
}

/// A letter or digit: what is missed where it is not there.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_combining_mark(c)
}

/// The Latin letters that a stroke or a tail makes others, without it: no decomposition knows them.
fn without_stroke(c: char) -> char {
    match c {
        'Đ' => 'D',
        'đ' => 'd',
        'Ħ' => 'H',
        'ħ' => 'h',
        'ı' => 'i',
        'ĸ' => 'k',
        'Ł' => 'L',
        'ł' => 'l',
        'Ŋ' => 'N',
        'ŋ' => 'n',
        'Ŧ' => 'T',
        'ŧ' => 't',
        _ => c,
    }
}

/// The letter ㄱ for a ᄀ that belongs to no syllable.
fn jamo(c: char) -> Option<char> {
    if !matches!(c, '\u{1100}'..='\u{11FF}') {
        return None;
    }
    ('\u{3131}'..='\u{318E}').find(|compatible| std::iter::once(*compatible).nfkd().eq([c]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_font_lacks_is_never_drawn() {
        let letters = Letters::unpack();
        for (text, want) in [
            ("", ""),
            ("  오늘의\n\t뉴스  ", "오늘의 뉴스"),
            ("비가 온다 ☔️ 👨‍👩‍👧 그래도", "비가 온다 그래도"),
            ("🇰🇷한국", "한국"),
            ("e\u{301}te\u{301} 한", "été 한"),
            ("ＡＢＣ ﬁne 𝐁old ①", "ABC fine Bold ①"),
            ("제목 בעברית 끝", "제목 〓 끝"),
            ("a\u{202E}b\u{200B}c\u{0}d", "abcd"),
            ("ᄀ ㄱ ᅡ ﾡ", "ㄱ ㄱ ㅏ ㄱ"),
            ("Dvořák, Wałęsa", "Dvorák, Walesa"),
            ("q\u{323}\u{302}", "q"),
            ("㌕ ㌀\u{3099}", "キログラム アパート"),
            ("習近平 龘", "習近平 〓"),
            ("👍👍", ""),
        ] {
            assert_eq!(settable(text, &letters), want, "{text:?}");
        }
        assert!(says_something("a") && says_something("1") && says_something("말"));
        assert!(!says_something("") && !says_something("〓 ?!"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_can_be_set(text in "\\PC{0,60}|[\\x00-\\x{10FFFF}]{0,60}") {
            static LETTERS: std::sync::LazyLock<Letters> = std::sync::LazyLock::new(Letters::unpack);
            let set = settable(&text, &LETTERS);
            proptest::prop_assert!(set.chars().all(|c| LETTERS.has(c)));
            proptest::prop_assert!(!set.contains("  ") && set.trim() == set);
            proptest::prop_assert_eq!(settable(&set, &LETTERS), set);
        }
    }
}
