//! What a transcript is: sentences in reading order, each with its time or without.
use serde::{Deserialize, Serialize};

use crate::kernel::ids::SentenceId;

/// How a sentence came by its time (DESIGN 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub enum Origin {
    /// Found in the recording by the aligner.
    Measured,
    /// Taken over from a timed file or from speech recognition.
    Imported,
    /// Put between its neighbours.
    Inferred,
    /// Set by the author: no machine moves it.
    ByHand,
}

/// Where a sentence is spoken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Timing {
    /// In milliseconds from the start of the recording.
    pub start_ms: u64,
    /// Not before `start_ms`.
    pub end_ms: u64,
    /// Who says so.
    pub origin: Origin,
    /// How sure that is, 0 to 100; below 50 readers are not promised the second.
    #[cfg_attr(test, schema(maximum = 100))]
    pub percent: u8,
}

impl Timing {
    /// From here on a time is called sure.
    pub const SURE_PERCENT: u8 = 50;

    /// Whether the second may be promised.
    pub fn is_sure(&self) -> bool {
        self.percent >= Self::SURE_PERCENT
    }
}

/// What is known of a sentence's time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub enum Times {
    /// Nothing yet.
    #[default]
    Unknown,
    /// It stands in the script and is not spoken; `true`: the author says so.
    NotSpoken(bool),
    /// It is spoken here.
    At(Timing),
}

impl Times {
    /// When it is spoken, if that is known.
    pub fn timing(&self) -> Option<&Timing> {
        match self {
            Self::At(timing) => Some(timing),
            Self::Unknown | Self::NotSpoken(_) => None,
        }
    }
}

/// A sentence of the transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The sentence's id in its post.
    pub id: SentenceId,
    /// Which paragraph, heading, quote or item it stands in, counted from 0.
    pub block: usize,
    /// Whether it is a heading.
    pub is_heading: bool,
    /// Who speaks, where the script says so.
    pub speaker: Option<String>,
    /// Its words; plain text without line ends.
    pub text: String,
    /// When they are spoken.
    pub times: Times,
}

/// Speech that no sentence of the script covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Gap {
    /// In milliseconds.
    pub start_ms: u64,
    /// After `start_ms`.
    pub end_ms: u64,
}

/// All of it: what every file form is written from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transcript {
    /// BCP 47.
    pub language: String,
    /// What the piece is called; for the forms that have a head.
    pub title: String,
    /// In reading order. Times rise along it except where the author spoke in another order.
    pub lines: Vec<Line>,
    /// By their start.
    pub gaps: Vec<Gap>,
}
