//! Classes of characters.
use super::pairs;

/// Signs that end sentences.
pub fn is_mark(c: char) -> bool {
    matches!(c, '.' | '?' | '!' | '…' | '‥' | '‼' | '⁇' | '⁈' | '⁉') || is_wide(c)
}

/// After these no space is written.
pub fn is_wide(c: char) -> bool {
    matches!(c, '。' | '？' | '！' | '．' | '｡')
}

/// Numbers of notes, set high.
pub fn is_small(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '†' | '‡')
}

/// What opens a quotation or bracket.
pub fn is_quoted(c: char) -> bool {
    pairs::is_quote(c) || pairs::is_opener(c)
}

/// A Korean letter or syllable.
pub fn is_korean(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7FF)
}

/// `iPhone`: a name that begins small.
pub fn is_camel(rest: &str) -> bool {
    let word = first_latin(rest);
    word.starts_with(|c: char| c.is_lowercase()) && word.chars().take(4).any(char::is_uppercase)
}

/// Whether the text begins with a word as it begins a sentence: a capital, small letters, and behind
/// it a space, a comma or the sentence's end. What programs call things goes on otherwise.
pub fn is_plain_word(rest: &str) -> bool {
    let word = first_latin(rest);
    let mut letters = word.chars();
    let mut behind = rest[word.len()..].chars();
    let ends = match behind.next() {
        None => true,
        Some(c) if c.is_whitespace() || matches!(c, ',' | ';' | ':') => true,
        Some(c) if is_mark(c) => behind.next().is_none_or(char::is_whitespace),
        Some(_) => false,
    };
    letters.next().is_some_and(|c| c.is_ascii_uppercase())
        && letters.all(|c| c.is_ascii_lowercase() || matches!(c, '\'' | '’'))
        && ends
}

/// The letters that the text begins with.
pub fn first_latin(rest: &str) -> &str {
    let end = rest
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
        .unwrap_or(rest.len());
    &rest[..end]
}
