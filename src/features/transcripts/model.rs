//! What is known of a post's sentences in one recording, and the rules of its changes.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::formats::transcript::{Gap, Line, Origin, Times};
use crate::kernel::Message;
use crate::kernel::ids::SentenceId;
use crate::kernel::time::Instant;

/// How well script and recording fit, as the aligner saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verdict {
    /// No aligner was here.
    #[default]
    Unjudged,
    /// The recording is this script.
    Good,
    /// Parts of it are; the author should look.
    Doubtful,
    /// Another script was read.
    OtherScript,
}

impl Verdict {
    const ALL: [Self; 4] = [
        Self::Unjudged,
        Self::Good,
        Self::Doubtful,
        Self::OtherScript,
    ];

    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unjudged => "",
            Self::Good => "good",
            Self::Doubtful => "doubtful",
            Self::OtherScript => "other-script",
        }
    }

    /// Reads the word; the database allows no other.
    pub fn parse(word: &str) -> Self {
        let found = Self::ALL.into_iter().find(|v| v.as_str() == word);
        found.unwrap_or_default()
    }
}

/// A chapter as the author wants it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnChapter {
    /// In milliseconds from the start of the recording.
    pub start_ms: u64,
    /// One line; empty for a mark without a name.
    pub title: String,
    /// `https`, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
    /// Address of a picture, `https`, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub picture: String,
}

/// The times of a post's sentences in one recording: a row of `transcripts`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Rises with every change; 0 for one that was never stored.
    pub version: i64,
    /// When it changed last; the store sets it.
    pub changed_at: Instant,
    /// Version of the aligner that was here last; 0: none was.
    pub algorithm: i64,
    /// What that one thought of it.
    pub verdict: Verdict,
    /// The author's own; `None`: those of the file, or of the headings.
    pub chapters: Option<Vec<OwnChapter>>,
    /// Speech that the script does not have, by start.
    pub gaps: Vec<Gap>,
    /// By sentence. One that is not here is [`Times::Unknown`]; one that no revision has any more
    /// may stay, since a revision that is brought back wants it again.
    pub times: BTreeMap<SentenceId, Times>,
}

impl Timeline {
    /// Whether any sentence has a time.
    pub fn is_timed(&self) -> bool {
        self.times.values().any(|times| times.timing().is_some())
    }

    /// What is known of a sentence.
    pub fn of(&self, id: &SentenceId) -> &Times {
        self.times.get(id).unwrap_or(&Times::Unknown)
    }

    /// Whether the author set this sentence, so that no machine may move it.
    pub fn is_by_hand(&self, id: &SentenceId) -> bool {
        is_by_hand(self.of(id))
    }

    /// Takes what a machine found: it replaces what machines found before, and leaves what the
    /// author set. Sentences that it says nothing of stay as they are.
    pub fn take_found(&mut self, found: impl IntoIterator<Item = (SentenceId, Times)>) {
        for (id, times) in found {
            if !self.is_by_hand(&id) {
                self.set(id, times);
            }
        }
    }

    /// Sets what is known of a sentence, whoever says so.
    pub fn set(&mut self, id: SentenceId, times: Times) {
        match times {
            Times::Unknown => self.times.remove(&id),
            known => self.times.insert(id, known),
        };
    }

    /// Forgets what machines found and keeps what the author set.
    pub fn forget_found(&mut self) {
        self.times.retain(|_, times| is_by_hand(times));
        self.gaps.clear();
    }

    /// The lines of a script with their times.
    pub fn fill(&self, mut lines: Vec<Line>) -> Vec<Line> {
        for line in &mut lines {
            line.times = self.of(&line.id).clone();
        }
        lines
    }
}

/// Whether the author said so himself.
fn is_by_hand(times: &Times) -> bool {
    match times {
        Times::Unknown => false,
        Times::NotSpoken(by_author) => *by_author,
        Times::At(timing) => timing.origin == Origin::ByHand,
    }
}

/// What is done for a transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkKind {
    /// The script is looked for in the recording.
    Align,
    /// The recording is written down by speech recognition.
    Transcribe,
}

impl WorkKind {
    const ALL: [Self; 2] = [Self::Align, Self::Transcribe];

    /// The word in the database, and the kind of its job.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Align => "align",
            Self::Transcribe => "transcribe",
        }
    }

    /// Reads the word; the database allows no other.
    pub fn parse(word: &str) -> Self {
        let found = Self::ALL.into_iter().find(|k| k.as_str() == word);
        found.unwrap_or(Self::Align)
    }
}

/// Where the work stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkState {
    /// In the queue.
    Waiting,
    /// Under way.
    Running,
    /// Stopped by the author; it can go on.
    Cancelled,
    /// Ended by a fault; it can be tried again.
    Failed,
    /// Ended well.
    Done,
}

impl WorkState {
    const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Running,
        Self::Cancelled,
        Self::Failed,
        Self::Done,
    ];

    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
            Self::Done => "done",
        }
    }

    /// Reads the word; the database allows no other.
    pub fn parse(word: &str) -> Self {
        let found = Self::ALL.into_iter().find(|s| s.as_str() == word);
        found.unwrap_or(Self::Failed)
    }

    /// Whether something is still to come of it by itself.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}

/// What is being done for a post, or was done last: a row of `transcript_work`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// What.
    pub kind: WorkKind,
    /// How far.
    pub state: WorkState,
    /// Anew for every sentence that is not fixed by hand.
    pub whole: bool,
    /// 0 to 100.
    pub progress_percent: u8,
    /// Why it failed.
    pub message: Option<StoredMessage>,
    /// When that was; the store sets it.
    pub changed_at: Instant,
}

/// A sentence of the message files with its values, as it is kept in the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredMessage {
    /// Key in `locales/*/`; of an older version of the program, perhaps.
    pub key: String,
    /// Values by their names.
    #[serde(default)]
    pub args: Vec<(String, String)>,
}

impl From<&Message> for StoredMessage {
    fn from(message: &Message) -> Self {
        let arg = |(name, value): &(&'static str, String)| ((*name).to_owned(), value.clone());
        Self {
            key: message.key.to_owned(),
            args: message.args.iter().map(arg).collect(),
        }
    }
}
