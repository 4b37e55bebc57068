//! When sentences are spoken, and the work that finds it out.
use serde::{Deserialize, Serialize};

use crate::formats::transcript::{Gap, Times};

/// What became of a file with times.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Imported {
    /// What it was: `WebVTT`, `SubRip`, `JSON` …
    pub form: String,
    /// Whether it became the script.
    pub is_script: bool,
    /// Sentences of the script.
    pub sentences: usize,
    /// Of those, how many have a time now.
    pub timed: usize,
    /// What was mended or left out, a sentence each.
    pub warnings: Vec<String>,
}

/// What to look for in the recording.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct AlignmentInput {
    /// Everything anew but what was set by hand; else only what has no time yet.
    pub whole: bool,
}

/// Work on the times of a post.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Alignment {
    /// `none`, `waiting`, `running`, `done`, `failed` or `cancelled`.
    pub state: String,
    /// 0 to 100.
    pub percent: u8,
    /// What came of it or what went wrong, in the language of `Accept-Language`.
    pub message: Option<String>,
}

/// The sentences of the newest version with their times in its recording.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Sentences {
    /// Of the times; a change names it. 0 if none were ever stored.
    pub version: i64,
    /// The number of that version of the post.
    pub revision: i64,
    /// Whether the script or the recording of the working copy is another one.
    pub differs: bool,
    /// Length of the recording; 0 without one.
    pub duration_ms: u64,
    /// In reading order.
    pub sentences: Vec<Sentence>,
    /// Speech that no sentence covers.
    pub gaps: Vec<Gap>,
}

/// A sentence.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Sentence {
    /// 6 characters, given once in a post.
    pub id: String,
    /// Which paragraph, heading, quote or item it stands in, from 0.
    pub block: usize,
    /// Whether it is a heading.
    pub is_heading: bool,
    /// Who speaks, where the script says so.
    pub speaker: Option<String>,
    /// Its words.
    pub text: String,
    /// When they are spoken.
    pub times: Times,
}

/// The version of the times after a change.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct SentenceTimes {
    /// The next change names it.
    pub version: i64,
}
