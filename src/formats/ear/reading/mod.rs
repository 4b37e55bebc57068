//! How text is spoken, as words of phones: Korean by the rules of its standard pronunciation,
//! English by letter-to-sound rules and a list of exceptions, numbers and signs as people say
//! them. Nothing is looked up anywhere else, any text is accepted, and what nobody can read here
//! (other scripts) becomes a stretch of `Phone::Any` of plausible length.
mod english;
mod korean;
mod phone;
mod plain;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use phone::Phone;

/// A word as it may be spoken; between two words there may be a pause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// One to three pronunciations, the likeliest first, none of them empty.
    pub variants: Vec<Vec<Phone>>,
    /// The bytes of the text that it was read from. Words of one number share them.
    pub from: Range<usize>,
}

/// The words of a text in a language (BCP 47). Text in Hangul is read as Korean and text in Latin
/// letters as English whatever the language; the language decides how numbers and signs are said.
/// Signs that nobody speaks give no word.
pub fn read(text: &str, language: &str) -> Vec<Word> {
    let plain = plain::Plain::new(text);
    let mut tags = language.split(['-', '_']);
    if tags.next().is_some_and(|l| l.eq_ignore_ascii_case("ko")) {
        return korean::read(&plain);
    }
    let taps = !tags.any(|t| {
        ["GB", "IE", "AU", "NZ"]
            .iter()
            .any(|c| c.eq_ignore_ascii_case(t))
    });
    english::read(&plain, taps)
}
