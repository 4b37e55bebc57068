//! English spelling into sound by rules that look at the letters around (the method of Elovitz
//! and others, NRL Report 7948, 1976; the rules are our own).
use crate::formats::ear::reading::phone::Phone;
use std::sync::LazyLock;

struct Rule {
    left: &'static [u8],
    letters: &'static [u8],
    right: &'static [u8],
    phones: Vec<Phone>,
}

/// Rules by the first of their letters, a to z.
static RULES: LazyLock<Vec<Vec<Rule>>> = LazyLock::new(|| {
    let mut rules: Vec<Vec<Rule>> = (0..26).map(|_| Vec::new()).collect();
    for line in include_str!("rules.txt")
        .lines()
        .filter(|l| !l.starts_with("# "))
    {
        let Some(rule) = parsed(line) else { continue };
        let first = usize::from(rule.letters[0].wrapping_sub(b'a'));
        if let Some(list) = rules.get_mut(first) {
            list.push(rule);
        }
    }
    rules
});

fn parsed(line: &'static str) -> Option<Rule> {
    let (pattern, phones) = line.split_once(" =")?;
    let (left, rest) = pattern.split_once('[')?;
    let (letters, right) = rest.split_once(']')?;
    let phones = phones
        .split_whitespace()
        .map(Phone::named)
        .collect::<Option<_>>()?;
    (!letters.is_empty()).then_some(Rule {
        left: left.as_bytes(),
        letters: letters.as_bytes(),
        right: right.as_bytes(),
        phones,
    })
}

/// No word is longer; more letters in a row are read as several.
const LONGEST: usize = 40;

/// How a word sounds; `word` in lower-case ASCII letters and apostrophes, others are passed over.
pub(super) fn sounds(word: &str) -> Vec<Phone> {
    word.as_bytes()
        .chunks(LONGEST)
        .flat_map(word_sounds)
        .collect()
}

fn word_sounds(word: &[u8]) -> Vec<Phone> {
    let mut out = Vec::with_capacity(word.len());
    let mut at = 0;
    while at < word.len() {
        let fits = |r: &&Rule| {
            let end = at + r.letters.len();
            word[at..].starts_with(r.letters)
                && precedes(r.left, &word[..at])
                && follows(r.right, &word[end..])
        };
        let rules = RULES.get(usize::from(word[at].wrapping_sub(b'a')));
        match rules.and_then(|list| list.iter().find(fits)) {
            Some(rule) => {
                out.extend(&rule.phones);
                at += rule.letters.len();
            }
            None => at += 1,
        }
    }
    out
}

fn is_vowel(c: u8) -> bool {
    b"aeiouy".contains(&c)
}

fn is_consonant(c: u8) -> bool {
    c.is_ascii_lowercase() && !is_vowel(c)
}

/// What one sign of a pattern takes of `text`, which begins at the rule and leads away from it.
fn taken(sign: u8, text: &[u8]) -> Option<usize> {
    let first = text.first().copied();
    let one = |is: bool| is.then_some(1);
    match sign {
        b'_' => (!first.is_some_and(|c| c.is_ascii_lowercase())).then_some(0),
        b'#' => match text.iter().take_while(|&&c| is_vowel(c)).count() {
            0 => None,
            n => Some(n),
        },
        b':' => Some(text.iter().take_while(|&&c| is_consonant(c)).count()),
        b'^' => one(first.is_some_and(is_consonant)),
        b'$' => one(first.is_some_and(is_vowel)),
        b'.' => one(first.is_some_and(|c| b"bdgjlmnrvwz".contains(&c))),
        b'+' => one(first.is_some_and(|c| b"eiy".contains(&c))),
        b'@' => match text {
            [b'h', b't' | b'c' | b's', ..] => Some(2),
            _ => one(first.is_some_and(|c| b"tsrdlznj".contains(&c))),
        },
        c => one(first == Some(c)),
    }
}

fn precedes(pattern: &[u8], before: &[u8]) -> bool {
    if pattern.is_empty() {
        return true;
    }
    let mut back = [0; LONGEST];
    let n = before.len().min(LONGEST);
    for (to, from) in back.iter_mut().zip(before.iter().rev()) {
        *to = *from;
    }
    let mut rest = &back[..n];
    pattern.iter().rev().all(|&sign| match taken(sign, rest) {
        Some(n) => {
            rest = &rest[n..];
            true
        }
        None => false,
    })
}

fn follows(pattern: &[u8], after: &[u8]) -> bool {
    const ENDINGS: [&[u8]; 7] = [b"e", b"es", b"ed", b"er", b"ers", b"ing", b"ely"];
    let mut rest = after;
    pattern.iter().all(|&sign| {
        if sign == b'%' {
            return ENDINGS.contains(&rest);
        }
        match taken(sign, rest) {
            Some(n) => {
                rest = &rest[n..];
                true
            }
            None => false,
        }
    })
}
