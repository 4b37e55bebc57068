//! What an alignment is asked, and what it answers.
use crate::formats::transcript::{Gap, Times};

/// A sentence that is to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its words as they are written.
    pub text: String,
    /// BCP 47; decides how numbers are said.
    pub language: String,
    /// What its author said of it.
    pub known: Known,
}

/// What is known of a sentence before anything is measured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Known {
    /// Nothing: it is looked for.
    #[default]
    Nothing,
    /// It is spoken here: it is not moved, and its neighbours keep off it.
    At {
        /// In milliseconds from the start of the recording.
        start_ms: u64,
        /// Not before `start_ms`.
        end_ms: u64,
    },
    /// It is not spoken.
    NotSpoken,
}

/// What the ear says of a script and a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    /// One for each sentence that was asked for, in their order. They rise, but for sentences
    /// that were found in another order than they are written in.
    pub times: Vec<Times>,
    /// Speech that is no sentence of the script, by its start.
    pub gaps: Vec<Gap>,
    /// Whether the two belong together at all.
    pub verdict: Verdict,
}

/// Whether a script is that of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Good,
    /// Parts of it are, or the recording is hard to understand.
    Doubtful,
    /// It is another one's: none of the times mean anything.
    OtherScript,
}
