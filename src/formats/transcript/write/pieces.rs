//! A transcript as a run of subtitles: sentences in the order of time, long ones divided.
use super::layout::{self, Room};
use crate::formats::transcript::clean;
use crate::formats::transcript::model::{Line, Transcript};
use crate::formats::transcript::spoken;

/// Below this a piece of a sentence is not worth a subtitle of its own.
const LEAST_PIECE_MS: u64 = 200;

/// The most lines that a sentence without the time for more has in its one subtitle.
const MOST_LINES: usize = 6;

/// One subtitle.
pub struct Piece<'a> {
    /// The sentence it belongs to.
    pub line: &'a Line,
    /// The sentence's speaker, cleaned.
    pub speaker: Option<String>,
    /// Which piece of the sentence, from 0.
    pub part: usize,
    /// In milliseconds.
    pub start_ms: u64,
    /// After `start_ms`.
    pub end_ms: u64,
    /// At least one, none empty.
    pub lines: Vec<String>,
}

/// The sentences that are spoken, by their start.
pub fn spoken_lines(transcript: &Transcript) -> Vec<(&Line, u64, u64)> {
    let mut lines: Vec<_> = transcript
        .lines
        .iter()
        .filter(|line| !clean::line(&line.text).is_empty())
        .filter_map(|line| {
            let timing = line.times.timing()?;
            // WebVTT, section 4.1: a cue ends after its start.
            let end = timing.end_ms.max(timing.start_ms.saturating_add(1));
            Some((line, timing.start_ms, end))
        })
        .collect();
    lines.sort_by_key(|(_, start, _)| *start);
    lines
}

/// The subtitles, by their start. `taken` says how many columns of a sentence's first line
/// something else takes, given whether its speaker is another than the sentence's before.
///
/// Times are those of the sentences, unchanged: lead-in and closing of short gaps are left to
/// whoever shows them, since a file with shifted times could not be read back to the same ones.
pub fn pieces<'a>(
    transcript: &'a Transcript,
    room: Room,
    taken: impl Fn(Option<&str>, bool) -> usize,
) -> Vec<Piece<'a>> {
    let lines = spoken_lines(transcript);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut before: Option<String> = None;
    for (at, (line, start_ms, end_ms)) in lines.iter().copied().enumerate() {
        let speaker = line.speaker.as_deref().and_then(clean::speaker);
        let columns = taken(speaker.as_deref(), at == 0 || speaker != before);
        before.clone_from(&speaker);
        let text = clean::line(&line.text);
        let mut cues = layout::cues(&text, room, columns);
        // Pieces start before the next sentence does, or files would mix the two.
        let next = lines.get(at + 1).map_or(u64::MAX, |(_, next, _)| *next);
        let last_start = end_ms.min(next);
        if (last_start.saturating_sub(start_ms)) < LEAST_PIECE_MS * cues.len() as u64 {
            let lines = cues.concat();
            // More lines than a subtitle ever has would look like a text that tells times.
            cues = vec![if lines.len() > MOST_LINES {
                vec![text]
            } else {
                lines
            }];
        }
        let starts = starts(&cues, start_ms, last_start, end_ms);
        for (part, lines) in cues.into_iter().enumerate() {
            pieces.push(Piece {
                line,
                speaker: speaker.clone(),
                part,
                start_ms: starts[part],
                end_ms: starts.get(part + 1).copied().unwrap_or(end_ms),
                lines,
            });
        }
    }
    pieces
}

/// Where each cue of a sentence starts: by the time it takes to say what stands before it.
fn starts(cues: &[Vec<String>], start_ms: u64, last_start: u64, end_ms: u64) -> Vec<u64> {
    let lengths: Vec<u64> = cues
        .iter()
        .map(|lines| lines.iter().map(|l| spoken::of_text(l).max(1)).sum())
        .collect();
    let whole: u64 = lengths.iter().sum();
    let mut said = 0;
    let mut starts: Vec<u64> = Vec::new();
    for length in &lengths {
        let even = spoken::share_ms(start_ms, end_ms, said, whole);
        let bounded = even.min(spoken::share_ms(start_ms, last_start, said, whole));
        let least = starts.last().map_or(start_ms, |before| before + 1);
        starts.push(bounded.max(least));
        said += length;
    }
    starts
}
