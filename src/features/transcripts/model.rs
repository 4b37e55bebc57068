//! What is known of a post's sentences in one recording, and the rules of its changes.
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::form::ChapterRow;
use crate::formats::audio;
use crate::formats::chapters::Chapter;
use crate::formats::transcript::{Gap, Line, Origin, Times, Transcript};
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
    /// The author's own, or made of the headings (each says so); `None`: those of the file.
    pub chapters: Option<Vec<Chapter>>,
    /// Speech that the script does not have, by start.
    pub gaps: Vec<Gap>,
    /// By sentence. One that is not here is [`Times::Unknown`]; one that no revision has any more
    /// may stay, since a revision that is brought back wants it again.
    pub times: BTreeMap<SentenceId, Times>,
}

impl Timeline {
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

    /// Makes the chapters anew that are made of headings. They are made where the author has
    /// none of his own, and either the file tells of none or he wished for them.
    pub fn propose_chapters(&mut self, lines: &[Line], of_file: &[audio::Chapter]) {
        let wished = match &self.chapters {
            Some(own) if own.is_empty() || own.iter().any(|chapter| !chapter.proposed) => return,
            Some(_) => true,
            None => of_file.is_empty(),
        };
        let proposed = if wished {
            chapters_of(lines)
        } else {
            Vec::new()
        };
        self.chapters = (proposed.len() >= LEAST_CHAPTERS).then_some(proposed);
    }

    /// The lines of a script with their times.
    pub fn fill(&self, mut lines: Vec<Line>) -> Vec<Line> {
        for line in &mut lines {
            line.times = self.of(&line.id).clone();
        }
        lines
    }
}

/// One chapter alone divides nothing.
pub const LEAST_CHAPTERS: usize = 2;

/// The headings of a script as chapters, where anybody knows when they begin, in the order in which
/// they are spoken. Lines have their times.
pub fn chapters_of(lines: &[Line]) -> Vec<Chapter> {
    let all = lines.iter().enumerate();
    let headings = all.filter(|(_, line)| line.is_heading);
    let chapters = headings.filter_map(|(at, line)| {
        Some(Chapter {
            start_ms: heading_start(&lines[at..])?,
            title: line.text.clone(),
            proposed: true,
            ..Chapter::default()
        })
    });
    let mut chapters: Vec<Chapter> = chapters.collect();
    chapters.sort_by_key(|chapter| chapter.start_ms);
    chapters
}

/// When the first of these lines, a heading, is heard, else the first sentence under it, in
/// milliseconds: most people do not read their headings aloud. Only seconds that are promised to
/// readers count; `None` if there are none before the next heading.
pub fn heading_start(lines: &[Line]) -> Option<u64> {
    let (heading, under) = lines.split_first()?;
    let under = under.iter().take_while(|line| !line.is_heading);
    let mut timings = std::iter::once(heading)
        .chain(under)
        .filter_map(|line| line.times.timing());
    let sure = timings.find(|t| t.is_sure() && t.origin != Origin::Inferred);
    sure.map(|timing| timing.start_ms)
}

/// The parts of a recording as the public gets them: those that are made of headings have the
/// words of the headings as they are now. Lines have their times.
pub fn shown_chapters(stored: &[Chapter], lines: &[Line]) -> Vec<Chapter> {
    if !stored.is_empty() && stored.iter().all(|chapter| chapter.proposed) {
        let fresh = chapters_of(lines);
        if fresh.len() >= LEAST_CHAPTERS {
            return fresh;
        }
    }
    stored.to_vec()
}

/// What is known of the sentences of a script, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub sentences: usize,
    /// Those whose second may be promised.
    pub sure: usize,
    /// Those that have a time of which nobody is sure.
    pub unsure: usize,
    /// Those that stand in the script alone.
    pub not_spoken: usize,
    /// Those of which nothing is known.
    pub unknown: usize,
}

impl Counts {
    /// Counts lines that have their times.
    pub fn of(lines: &[Line]) -> Self {
        let mut counts = Self {
            sentences: lines.len(),
            ..Self::default()
        };
        for line in lines {
            match &line.times {
                Times::At(timing) if timing.is_sure() => counts.sure += 1,
                Times::At(_) => counts.unsure += 1,
                Times::NotSpoken(_) => counts.not_spoken += 1,
                Times::Unknown => counts.unknown += 1,
            }
        }
        counts
    }
}

/// Whose chapters the author wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChapterWish {
    /// His own as typed; none at all if there are none.
    Own(Vec<ChapterRow>),
    /// Those of the headings of the script, made anew with it.
    Headings,
    /// Those that the recording's file tells of.
    File,
}

/// The transcript of a reachable post.
#[derive(Debug, Clone)]
pub struct PublicTranscript {
    /// When its words or its times last changed.
    pub changed_at: Instant,
    /// All of it; its language is never empty.
    pub transcript: Transcript,
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
    /// Sentences that are looked for again although something is known of them; it stays until
    /// there is an answer. Next to `whole` they say nothing.
    pub again: BTreeSet<SentenceId>,
    /// 0 to 100.
    pub progress_percent: u8,
    /// Why it failed, or what came of it.
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
