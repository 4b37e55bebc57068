//! What the aligner is to look for, as things stand, and by what it is known again.
use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::db::Tx;
use crate::features::posts::{self, Post, revisions};
use crate::features::show;
use crate::features::transcripts::model::Timeline;
use crate::features::transcripts::store;
use crate::formats::ear::{Asked, Known};
use crate::formats::transcript::{Line, Times};
use crate::kernel::Result;
use crate::kernel::ids::{RecordingId, SentenceId};

/// What is to be done.
pub struct Plan {
    pub recording: RecordingId,
    /// Anew for all that is not fixed by hand.
    pub whole: bool,
    pub ids: Vec<SentenceId>,
    pub asked: Vec<Asked>,
    /// The part of the recording in which all that is sought lies, in milliseconds.
    pub span: Option<(u64, u64)>,
}

/// What a post's newest version has that can be looked for in its recording.
pub enum Sought {
    /// There is no version, no sentence or no recording.
    Nothing,
    /// Every sentence is known, of this recording.
    AllKnown(RecordingId, Vec<Line>),
    /// This is.
    Sentences(Plan),
}

/// What there is to look for: what is new, and anew for the sentences of `again` or for `whole` of
/// it, but never what is fixed by hand.
pub async fn sought(
    tx: &mut Tx,
    post: &Post,
    whole: bool,
    again: &BTreeSet<SentenceId>,
) -> Result<Sought> {
    let id = &post.id;
    if post.revision_count == 0 {
        return Ok(Sought::Nothing);
    }
    let content = revisions::content(tx, id, post.revision_count).await?;
    let sentences = posts::newest_lines(tx, id).await?;
    let recording = content.recording_id.clone();
    let Some(recording) = recording.filter(|_| !sentences.is_empty()) else {
        return Ok(Sought::Nothing);
    };
    let timeline = store::find_in(tx, id, &recording).await?;
    let timeline = timeline.unwrap_or_default();
    let known = |line: &Line| known(&timeline, &line.id, whole || again.contains(&line.id));
    if sentences.iter().all(|line| known(line) != Known::Nothing) {
        return Ok(Sought::AllKnown(recording, sentences));
    }
    let show = show::find_in(tx.conn(), &post.show_id).await?;
    let language = content.language_in(&show).to_owned();
    let asked: Vec<Asked> = sentences
        .iter()
        .map(|line| Asked {
            text: line.text.clone(),
            language: language.clone(),
            known: known(line),
        })
        .collect();
    Ok(Sought::Sentences(Plan {
        recording,
        whole,
        span: span(&asked),
        ids: sentences.into_iter().map(|line| line.id).collect(),
        asked,
    }))
}

impl Plan {
    /// The places of the sentences that are looked for among all.
    pub fn sought(&self) -> impl Iterator<Item = usize> {
        let all = self.asked.iter().enumerate();
        all.filter(|(_, asked)| asked.known == Known::Nothing)
            .map(|(n, _)| n)
    }

    /// What tells it from every other plan: recording, sentences, and what is known of them.
    pub fn basis(&self) -> String {
        let mut sha = Sha256::new();
        let mut add = |text: &str| {
            sha.update((text.len() as u64).to_le_bytes());
            sha.update(text);
        };
        add(self.recording.as_str());
        add(if self.whole { "whole" } else { "new" });
        for (id, asked) in self.ids.iter().zip(&self.asked) {
            add(id.as_str());
            add(&asked.text);
            add(&asked.language);
            let known = match asked.known {
                Known::Nothing => String::new(),
                Known::NotSpoken => "-".to_owned(),
                Known::At { start_ms, end_ms } => format!("{start_ms}-{end_ms}"),
            };
            add(&known);
        }
        data_encoding::HEXLOWER.encode(&sha.finalize())
    }
}

/// What work goes by that is no plan: a recording to be written down.
pub fn basis_of(recording: &RecordingId) -> String {
    recording.to_string()
}

/// What the aligner may take for granted of a sentence; of one that is looked for `anew` only what
/// is fixed by hand.
pub fn known(timeline: &Timeline, id: &SentenceId, anew: bool) -> Known {
    if anew && !timeline.is_by_hand(id) {
        return Known::Nothing;
    }
    match timeline.of(id) {
        Times::Unknown => Known::Nothing,
        Times::NotSpoken(_) => Known::NotSpoken,
        Times::At(timing) => Known::At {
            start_ms: timing.start_ms,
            end_ms: timing.end_ms,
        },
    }
}

/// From the end of the last sentence known before the first that is sought to the start of the
/// first one known behind the last; `None`: that is all of the recording.
pub fn span(asked: &[Asked]) -> Option<(u64, u64)> {
    let sought = |asked: &Asked| asked.known == Known::Nothing;
    let first = asked.iter().position(sought)?;
    let last = asked.iter().rposition(sought)?;
    let at = |asked: &Asked| match asked.known {
        Known::At { start_ms, end_ms } => Some((start_ms, end_ms)),
        _ => None,
    };
    let from = asked[..first].iter().rev().find_map(at);
    let to = asked[last..].iter().find_map(at);
    let span = (
        from.map_or(0, |(_, end_ms)| end_ms),
        to.map_or(u64::MAX, |(start_ms, _)| start_ms),
    );
    // Spoken in another order than written there: any place will do.
    (span != (0, u64::MAX) && span.0 < span.1).then_some(span)
}
