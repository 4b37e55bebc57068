//! Text as a row of signs that can be compared, each with its time where it has one.
use unicode_normalization::UnicodeNormalization;

use crate::formats::transcript::spoken;
use crate::formats::transcript::timed::{Cue, Timed, Word};

/// Which signs of a text are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signs {
    /// Everything but white space, as it is.
    All,
    /// Letters and digits in lower case: spacing, marks and widths differ from file to file.
    Letters,
}

impl Signs {
    /// Adds the signs of a text.
    pub fn push(self, text: &str, signs: &mut Vec<char>) {
        match self {
            Self::All => signs.extend(text.nfc().filter(|c| !c.is_whitespace())),
            Self::Letters => signs.extend(
                text.nfkc()
                    .flat_map(char::to_lowercase)
                    .nfc()
                    .filter(|c| c.is_alphanumeric()),
            ),
        }
    }
}

/// When a sign is spoken, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// Begins.
    pub start_ms: u64,
    /// Not before it begins.
    pub end_ms: u64,
}

/// The signs of all cues.
#[derive(Debug, Default)]
pub struct Track {
    /// In the order of the cues.
    pub signs: Vec<char>,
    /// For each sign; `None` in cues without a time.
    pub times: Vec<Option<At>>,
}

impl Track {
    /// Reads the cues.
    pub fn new(timed: &Timed, signs: Signs) -> Self {
        let mut track = Self::default();
        for cue in &timed.cues {
            track.push(cue, signs);
        }
        track
    }

    fn push(&mut self, cue: &Cue, signs: Signs) {
        let from = self.signs.len();
        signs.push(&cue.text, &mut self.signs);
        let Some(span) = cue.span else {
            self.times.resize(self.signs.len(), None);
            return;
        };
        if !cue.words.is_empty() {
            let times = word_times(&cue.words, signs, &self.signs[from..]);
            if let Some(times) = times {
                self.times.extend(times);
                return;
            }
        }
        let span = At {
            start_ms: span.start_ms,
            end_ms: span.end_ms,
        };
        self.times
            .extend(shared(&self.signs[from..], span).map(Some));
    }
}

/// The times of signs by the words that they stand in; `None` where the words are not the text.
fn word_times(words: &[Word], signs: Signs, text: &[char]) -> Option<Vec<Option<At>>> {
    let mut times = Vec::with_capacity(text.len());
    let mut row = Vec::new();
    for word in words {
        row.clear();
        signs.push(&word.text, &mut row);
        let at = times.len();
        if text.get(at..at + row.len()) != Some(row.as_slice()) {
            return None;
        }
        let span = At {
            start_ms: word.start_ms,
            end_ms: word.end_ms,
        };
        times.extend(shared(&row, span).map(Some));
    }
    (times.len() == text.len()).then_some(times)
}

/// A stretch shared out among signs by how long they take to say. The first starts where it
/// starts, the last ends where it ends.
fn shared(signs: &[char], span: At) -> impl Iterator<Item = At> + '_ {
    let whole: u64 = signs.iter().map(|c| spoken::of_char(*c)).sum();
    // Marks alone: each takes as long as another.
    let length = move |c: char| if whole == 0 { 1 } else { spoken::of_char(c) };
    let whole = if whole == 0 {
        signs.len() as u64
    } else {
        whole
    };
    let mut said = 0;
    signs.iter().map(move |c| {
        let at = |said| spoken::share_ms(span.start_ms, span.end_ms, said, whole);
        let start_ms = at(said);
        said += length(*c);
        At {
            start_ms,
            end_ms: at(said),
        }
    })
}
