//! A passage of a post: what `?s=` and `?t=` ask for, and the page with that passage marked.
//!
//! Pure. The passage is looked for in the finished page of the post and spliced into it for the
//! one request, so pages are kept without it; what the page does not have changes nothing.
mod find;
mod scan;
mod splice;
#[cfg(test)]
mod tests;

use crate::kernel::ids::SentenceId;
use crate::kernel::time::{clock_length, seconds_text};
use crate::kernel::urls;

pub use find::passage;
pub use scan::PageText;

/// The latest second that is read, in milliseconds: a thousand hours.
const MAX_MS: u64 = 1000 * 3600 * 1000;

/// What a query asks for, before the page is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// From one sentence to another, which may be the same.
    Sentences(SentenceId, SentenceId),
    /// A stretch of the recording in milliseconds; the end is after the start, or open.
    Stretch(u64, Option<u64>),
}

impl Wish {
    /// Reads the value of `s` or `t`, percent-decoded; `None` for every other name and for what
    /// is malformed.
    pub fn read(name: &str, value: &str) -> Option<Self> {
        match name {
            "s" => {
                let (from, to) = value.split_once('-').unwrap_or((value, value));
                Some(Self::Sentences(from.parse().ok()?, to.parse().ok()?))
            }
            "t" => match value.split_once(',') {
                None => Some(Self::Stretch(read_seconds(value)?, None)),
                Some((from, to)) => {
                    let (from, to) = (read_seconds(from)?, read_seconds(to)?);
                    (from < to).then_some(Self::Stretch(from, Some(to)))
                }
            },
            _ => None,
        }
    }

    /// The same in its one spelling: `s=…` or `t=…`.
    pub fn query(&self) -> String {
        match self {
            Self::Sentences(from, to) => urls::sentences_query(from, to),
            Self::Stretch(from_ms, to_ms) => urls::stretch_query(*from_ms, *to_ms),
        }
    }
}

/// Seconds with or without a fraction as milliseconds; what comes after them is cut off.
fn read_seconds(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |part: &str, most| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !is_number(whole, 7) || !is_number(fraction, 20) {
        return None;
    }
    let thousandths: String = fraction.chars().chain("00".chars()).take(3).collect();
    let ms = whole.parse::<u64>().ok()? * 1000 + thousandths.parse::<u64>().ok()?;
    (ms <= MAX_MS).then_some(ms)
}

/// A passage that a page has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its first and its last sentence, as places among those of the page; `None` where nothing
    /// of the text is heard.
    pub sentences: Option<(usize, usize)>,
    /// Where its sound begins and ends in milliseconds, if it has one; an open end is `None`.
    pub sound: Option<(u64, Option<u64>)>,
    /// `s=…` or `t=…` in its one spelling.
    pub query: String,
}

impl Passage {
    /// From where to where it is heard, `0:31–0:45`, or `0:31` with an open end; empty without
    /// sound.
    pub fn clock(&self) -> String {
        let Some((from_ms, to_ms)) = self.sound else {
            return String::new();
        };
        let to = to_ms.map_or_else(String::new, |ms| format!("–{}", clock_length(ms)));
        clock_length(from_ms) + &to
    }

    fn of_sentences(
        (from, to): (&SentenceId, &SentenceId),
        places: (usize, usize),
        sound: Option<(u64, u64)>,
    ) -> Self {
        Self {
            sentences: Some(places),
            sound: sound.map(|(from, to)| (from, Some(to))),
            query: urls::sentences_query(from, to),
        }
    }

    fn of_stretch(sentences: Option<(usize, usize)>, from_ms: u64, to_ms: Option<u64>) -> Self {
        Self {
            sentences,
            sound: Some((from_ms, to_ms)),
            query: urls::stretch_query(from_ms, to_ms),
        }
    }

    /// `12.34,20.1`, as a media fragment has it.
    pub fn fragment(&self) -> Option<String> {
        let (from, to) = self.sound?;
        let to = to.map_or_else(String::new, |ms| format!(",{}", seconds_text(ms)));
        Some(format!("{}{to}", seconds_text(from)))
    }
}
