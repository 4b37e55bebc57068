//! Text at the door: what is refused, what is cleaned, titles and slugs (HARDENING O5).
use unicode_normalization::UnicodeNormalization;

use super::Message;

/// Normalises text that someone entered: NFC, `\n` line ends.
///
/// # Errors
/// NUL and other control characters (tab and line ends aside) are refused, not removed: text
/// that holds them is no text that a person wrote.
pub fn clean(text: &str) -> Result<String, Message> {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    if unified
        .chars()
        .any(|c| (c.is_control() && c != '\n' && c != '\t') || is_noncharacter(c))
    {
        return Err(Message::new("error-control-characters"));
    }
    Ok(unified.nfc().collect())
}

/// The same for a single line: also without direction overrides and zero-width characters,
/// white space folded and trimmed.
pub fn clean_line(text: &str) -> Result<String, Message> {
    let visible = without_invisible(&clean(text)?);
    Ok(visible.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A line of at most `max_chars` characters; may be empty.
pub fn line(text: &str, max_chars: usize) -> Result<String, Message> {
    let line = clean_line(text)?;
    limit(line, max_chars)
}

/// A line of 1 to `max_chars` characters.
pub fn required_line(text: &str, max_chars: usize) -> Result<String, Message> {
    let line = line(text, max_chars)?;
    if line.is_empty() {
        return Err(Message::new("error-required"));
    }
    Ok(line)
}

/// Text of several lines of at most `max_chars` characters; may be empty.
pub fn paragraphs(text: &str, max_chars: usize) -> Result<String, Message> {
    limit(clean(text)?.trim_end().to_owned(), max_chars)
}

fn limit(text: String, max_chars: usize) -> Result<String, Message> {
    if text.chars().count() > max_chars {
        return Err(Message::new("error-too-long").with("max", max_chars));
    }
    Ok(text)
}

fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

/// The text without [`is_invisible`] characters, but for the two that make emoji: the presentation
/// selector after a symbol and the joiner between symbols.
fn without_invisible(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let before = kept.chars().next_back();
        let makes_emoji = match c {
            '\u{fe0f}' => {
                before.is_some_and(|b| is_symbol(b) || matches!(b, '0'..='9' | '#' | '*'))
            }
            '\u{200d}' => {
                before.is_some_and(|b| is_symbol(b) || b == '\u{fe0f}')
                    && rest.peek().is_some_and(|n| is_symbol(*n))
            }
            _ => false,
        };
        if makes_emoji || !is_invisible(c) {
            kept.push(c);
        }
    }
    kept
}

/// Symbols that emoji are made of: arrows, signs, pictures, skin tones.
fn is_symbol(c: char) -> bool {
    matches!(
        u32::from(c),
        0xA9 | 0xAE | 0x203C | 0x2049 | 0x2122 | 0x2139 | 0x2190..=0x2BFF | 0x3030 | 0x303D
            | 0x3297 | 0x3299 | 0x1F000..=0x1FAFF
    )
}

/// Characters that show nothing but change how others show: direction marks and overrides,
/// zero-width characters, the soft hyphen, Hangul fillers.
fn is_invisible(c: char) -> bool {
    matches!(
        u32::from(c),
        0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
            | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F
            | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFB | 0xE0000..=0xE0FFF
    )
}

/// The longest title in characters (HARDENING L3).
pub const TITLE_CHARS: usize = 500;
/// The longest note in characters (HARDENING L3).
pub const NOTE_CHARS: usize = 200_000;
/// The longest script in characters (HARDENING L3).
pub const SCRIPT_CHARS: usize = 500_000;
/// The longest slug in characters (DESIGN 3.2).
pub const SLUG_CHARS: usize = 80;

/// Slugs that would collide with addresses of the show itself (DESIGN 3.2).
const RESERVED_SLUGS: [&str; 10] = [
    "audio",
    "transcripts",
    "chapters",
    "covers",
    "cards",
    "search",
    "tags",
    "people",
    "archive",
    "feed",
];

/// The last piece of a post's address: NFC letters and digits of any script and `-`, lower
/// case, 1 to 80 characters, not one of the reserved words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Slug(String);

impl Slug {
    /// Reads a slug that someone typed; upper case and spaces are folded, anything else that
    /// does not belong is refused.
    pub fn parse(text: &str) -> Result<Self, Message> {
        let line = clean_line(text)?.to_lowercase().replace([' ', '_'], "-");
        let slug: String = line.nfc().collect();
        let slug = slug.trim_matches('-').to_owned();
        let good = !slug.is_empty()
            && slug.chars().count() <= SLUG_CHARS
            && slug.chars().all(|c| c == '-' || is_slug_char(c));
        if is_reserved(&slug) {
            return Err(Message::new("error-slug-reserved"));
        }
        if good {
            Ok(Self(slug))
        } else {
            Err(Message::new("error-slug"))
        }
    }

    /// Makes a slug of a title: what does not belong becomes `-`, cut at a word end near 60
    /// characters; a title without any letter gives `None`.
    pub fn from_title(title: &str) -> Option<Self> {
        let mut words: Vec<String> = Vec::new();
        let mut chars = 0;
        let lower: String = title.to_lowercase().nfc().collect();
        for word in lower
            .split(|c: char| !is_slug_char(c))
            .filter(|w| !w.is_empty())
        {
            let length = word.chars().count();
            if chars > 0 && chars + length > 60 {
                break;
            }
            chars += length + 1;
            words.push(word.chars().take(SLUG_CHARS).collect());
        }
        let slug = words.join("-");
        if slug.is_empty() {
            None
        } else if is_reserved(&slug) {
            Some(Self(format!("{slug}-1")))
        } else {
            Some(Self(slug))
        }
    }

    /// The same slug with a number behind it, cut so that it still fits.
    pub fn numbered(&self, n: u32) -> Self {
        let tail = format!("-{n}");
        let stem: String = self.0.chars().take(SLUG_CHARS - tail.len()).collect();
        Self(format!("{}{tail}", stem.trim_end_matches('-')))
    }

    /// A slug read back from our own database.
    pub fn from_db(slug: String) -> Self {
        Self(slug)
    }

    /// The text, not percent-encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_reserved(slug: &str) -> bool {
    RESERVED_SLUGS.contains(&slug) || slug == "page"
}

/// Letters, digits and the marks that some scripts write letters with.
fn is_slug_char(c: char) -> bool {
    (c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)) && !is_invisible(c)
}

/// Chooses a Korean particle by the final sound of the word before it and gives both joined:
/// `josa("대본", "을/를")` is `대본을`. The pair is written "after a consonant/after a
/// vowel"; `으로/로` treats a final ㄹ like a vowel. Digits are read as Sino-Korean; other
/// endings are taken to end in a vowel, as most Latin abbreviations read in Korean do.
pub fn josa(word: &str, pair: &str) -> String {
    let (closed, open) = pair.split_once('/').unwrap_or((pair, pair));
    let last = word
        .chars()
        .rev()
        .find(|c| c.is_alphanumeric())
        .unwrap_or('가');
    let finals = match last {
        '가'..='힣' => (u32::from(last) - 0xAC00) % 28,
        // 일 칠 팔 end in ㄹ (8); 영 삼 육 십 in other consonants.
        '1' | '7' | '8' => 8,
        '0' | '3' | '6' => 1,
        // L and R read 엘, 알; M and N 엠, 엔.
        'l' | 'L' | 'r' | 'R' => 8,
        'm' | 'M' | 'n' | 'N' => 1,
        _ => 0,
    };
    let takes_closed = if closed == "으로" {
        finals != 0 && finals != 8
    } else {
        finals != 0
    };
    format!("{word}{}", if takes_closed { closed } else { open })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn emoji_stay_whole_and_nothing_hides_behind_them() {
        let whole = [
            "\u{1f399}\u{fe0f} 대본",
            "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
            "1\u{fe0f}\u{20e3}",
            "\u{2764}\u{fe0f}\u{200d}\u{1f525}",
            "\u{1f9d1}\u{1f3fd}\u{200d}\u{1f4bb}",
        ];
        for text in whole {
            assert_eq!(clean_line(text).as_deref(), Ok(text));
        }
        let line = clean_line("가\u{200d}나\u{fe0f}");
        assert_eq!(line.as_deref(), Ok("가나"));
        let line = clean_line("\u{1f399}\u{fe0f}\u{fe0f}\u{200d}");
        assert_eq!(line.as_deref(), Ok("\u{1f399}\u{fe0f}"));
    }

    #[test]
    fn slugs_keep_korean() {
        let slug = Slug::from_title("트럼프 2기, 이 사람은 무소불위?...").expect("has letters");
        assert_eq!(slug.as_str(), "트럼프-2기-이-사람은-무소불위");
        assert_eq!(Slug::parse(slug.as_str()), Ok(slug));
        assert_eq!(Slug::from_title("?!…"), None);
        assert_eq!(
            Slug::from_title("Feed").map(|s| s.0),
            Some("feed-1".to_owned())
        );
    }

    #[test]
    fn decomposed_korean_is_composed() {
        let decomposed = "\u{1112}\u{1161}\u{11AB}";
        assert_eq!(Slug::parse(decomposed).map(|s| s.0), Ok("한".to_owned()));
    }

    #[test]
    fn bad_slugs() {
        for bad in [
            "",
            "-",
            "a.b",
            "a/b",
            "..",
            "feed",
            "page",
            "audio",
            "a?b",
            &"가".repeat(81),
        ] {
            assert!(Slug::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn particles() {
        assert_eq!(josa("대본", "을/를"), "대본을");
        assert_eq!(josa("메모", "을/를"), "메모를");
        assert_eq!(josa("서울", "으로/로"), "서울로");
        assert_eq!(josa("3", "은/는"), "3은");
        assert_eq!(josa("2", "은/는"), "2는");
        assert_eq!(josa("‘링크’", "을/를"), "‘링크’를");
    }

    #[test]
    fn invisible_titles_are_empty() {
        assert!(required_line("\u{200B}\u{202E} \u{3164}", 500).is_err());
        assert!(clean("a\0b").is_err());
        assert!(clean("a\u{1b}b").is_err());
        assert_eq!(clean_line(" a\tb\r\n c ").as_deref(), Ok("a b c"));
    }

    proptest! {
        #[test]
        fn any_title_gives_a_slug_that_parses(title in "\\PC{0,200}") {
            if let Some(slug) = Slug::from_title(&title) {
                prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug.clone()));
                let numbered = slug.numbered(12);
                prop_assert_eq!(Slug::parse(numbered.as_str()), Ok(numbered.clone()));
            }
        }

        #[test]
        fn cleaning_is_idempotent(text in "\\PC{0,80}") {
            if let Ok(once) = clean_line(&text) {
                prop_assert_eq!(clean_line(&once), Ok(once.clone()));
            }
        }
    }
}
