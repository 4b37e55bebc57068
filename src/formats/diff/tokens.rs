//! Texts as words, and the numbers that stand for them.
use std::collections::HashMap;

/// Whether the character is part of a word. Combining marks are: they make one with the letter
/// before them.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Kind {
    Word,
    Space,
    Sign,
}

fn kind(c: char) -> Kind {
    if is_word(c) {
        Kind::Word
    } else if c.is_whitespace() {
        Kind::Space
    } else {
        Kind::Sign
    }
}

/// Words, runs of white space and single signs, in order; all of the text. A full stop or comma
/// between digits (`3.5`, `1,000`) belongs to the number.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joined = before.is_some_and(|last| match (kind(last), kind(c)) {
            (Kind::Word, Kind::Word) | (Kind::Space, Kind::Space) => true,
            (Kind::Word, Kind::Sign) => {
                matches!(c, '.' | ',')
                    && last.is_ascii_digit()
                    && chars.peek().is_some_and(|(_, next)| next.is_ascii_digit())
            }
            (Kind::Sign, Kind::Word) => {
                c.is_ascii_digit() && text[start..at].starts_with(|f: char| f.is_ascii_digit())
            }
            _ => false,
        });
        if !joined && at > start {
            found.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    if start < text.len() {
        found.push(&text[start..]);
    }
    found
}

/// The same number for the same text.
#[derive(Default)]
pub(super) struct Numbers<'a>(HashMap<&'a str, u32>);

impl<'a> Numbers<'a> {
    pub fn of(&mut self, texts: &[&'a str]) -> Vec<u32> {
        let known = &mut self.0;
        let number = |text: &&'a str| {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            *known.entry(text).or_insert(next)
        };
        texts.iter().map(number).collect()
    }
}

/// How many words came and went. What only moved counts as neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Words of the new text that the old one does not have, or has less often.
    pub added: usize,
    /// Words of the old text that the new one does not have, or has less often.
    pub removed: usize,
}

/// Counts the words that came and went. Time grows with the length of both texts.
pub fn size(old: &str, new: &str) -> Size {
    let mut balance: HashMap<&str, i64> = HashMap::new();
    for (text, weight) in [(old, -1), (new, 1)] {
        for token in tokens(text) {
            if token.starts_with(is_word) {
                *balance.entry(token).or_default() += weight;
            }
        }
    }
    let sum = |sign: i64| -> u64 {
        let counts = balance.values().map(|n| (n * sign).max(0).unsigned_abs());
        counts.sum()
    };
    let whole = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    Size {
        added: whole(sum(1)),
        removed: whole(sum(-1)),
    }
}
