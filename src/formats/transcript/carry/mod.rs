//! Times of a file laid on the sentences of a script: the script keeps its words, the file gives
//! its times.
mod align;
mod fill;
mod settle;
mod track;

use std::collections::HashMap;
use std::ops::Range;

use super::model::{Origin, Times, Timing};
use super::timed::{NotTimed, Timed};
use crate::kernel::ids::SentenceId;
use track::{At, Track};

pub(super) use track::Signs;

/// Of the shorter text so much must be found in the other, in hundredths, or they are two texts.
const LEAST_PERCENT: usize = 30;
/// A sentence of which less is found, in hundredths, is not taken for found.
const FOUND_PERCENT: usize = 35;

/// Times carried over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// For each sentence, in the order given: [`Origin::Imported`] where its words were found,
    /// with the percentage of its letters that were; [`Origin::Inferred`] where others stand in
    /// their place; [`Times::NotSpoken`] where its neighbours leave no room for it.
    pub times: Vec<Times>,
    /// How much of the script was found in the file, 0 to 100.
    pub percent: u8,
}

/// Carries the times of a file over to sentences, by their words. Spacing, punctuation and case
/// may differ, words may be missing or others; what stands elsewhere in the file is found there.
///
/// Time grows with the length of both texts; 5,000 sentences and as many cues take well below a
/// second.
///
/// # Errors
/// [`NotTimed::NoTimes`] for a file without times, [`NotTimed::OtherText`] where too little of one
/// text is found in the other.
pub fn carry_times(timed: &Timed, sentences: &[&str]) -> Result<Carried, NotTimed> {
    carry(timed, sentences, &[])
}

/// The same for sentences with their ids, by which they are found in files of our own making
/// (WebVTT, JSON, HTML), even where their words repeat or were moved.
///
/// # Errors
/// As [`carry_times`].
pub fn carry_times_by_id(
    timed: &Timed,
    sentences: &[(&SentenceId, &str)],
) -> Result<Carried, NotTimed> {
    let (ids, texts): (Vec<&str>, Vec<&str>) = sentences
        .iter()
        .map(|(id, text)| (id.as_str(), *text))
        .unzip();
    carry(timed, &texts, &ids)
}

fn carry(timed: &Timed, sentences: &[&str], ids: &[&str]) -> Result<Carried, NotTimed> {
    if !timed.has_times() {
        return Err(NotTimed::NoTimes);
    }
    if let Some(found) = by_name(timed, sentences, ids) {
        return Ok(found);
    }
    let script = Row::new(sentences, Signs::All);
    let track = Track::new(timed, Signs::All);
    if script.signs == track.signs && !script.signs.is_empty() {
        let found: Vec<Option<usize>> = (0..script.signs.len()).map(Some).collect();
        return Ok(lay(&script, &track, &found));
    }
    let script = Row::new(sentences, Signs::Letters);
    let track = Track::new(timed, Signs::Letters);
    let mut found = align::align(&script.signs, &track.signs);
    settle::settle(&script.signs, &track.signs, &script.ends(), &mut found);
    align::drop_lone(&mut found);
    let matched = found.iter().flatten().count();
    let shorter = script.signs.len().min(track.signs.len());
    if matched == 0 || matched * 100 < shorter * LEAST_PERCENT {
        return Err(NotTimed::OtherText);
    }
    Ok(lay(&script, &track, &found))
}

/// The sentences as one row of signs.
struct Row {
    signs: Vec<char>,
    /// Where each sentence stands in it.
    sentences: Vec<Range<usize>>,
}

impl Row {
    fn new(sentences: &[&str], which: Signs) -> Self {
        let mut signs = Vec::new();
        let mut ranges = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let from = signs.len();
            which.push(sentence, &mut signs);
            ranges.push(from..signs.len());
        }
        Self {
            signs,
            sentences: ranges,
        }
    }

    /// For each sign whether it is the last one of a sentence.
    fn ends(&self) -> Vec<bool> {
        let mut ends = vec![false; self.signs.len()];
        for range in self.sentences.iter().filter(|range| !range.is_empty()) {
            ends[range.end - 1] = true;
        }
        ends
    }
}

/// Where the cues are named after the sentences and say the same: their times as they are.
fn by_name(timed: &Timed, sentences: &[&str], ids: &[&str]) -> Option<Carried> {
    if ids.is_empty() {
        return None;
    }
    let mut texts: HashMap<&str, (String, Option<At>)> = HashMap::new();
    for cue in &timed.cues {
        let id = cue.name.as_deref()?;
        let (text, times) = texts.entry(id).or_default();
        text.push_str(&cue.text);
        if let Some(span) = cue.span {
            let at = times.get_or_insert(At {
                start_ms: span.start_ms,
                end_ms: span.end_ms,
            });
            at.start_ms = at.start_ms.min(span.start_ms);
            at.end_ms = at.end_ms.max(span.end_ms);
        }
    }
    let solid = |text: &str| {
        let mut signs = Vec::new();
        Signs::All.push(text, &mut signs);
        signs
    };
    let mut known = 0;
    let mut times = Vec::with_capacity(ids.len());
    for (id, sentence) in ids.iter().zip(sentences) {
        let Some((text, at)) = texts.get(id) else {
            times.push(None);
            continue;
        };
        if solid(text) != solid(sentence) {
            return None;
        }
        known += 1;
        times.push(at.map(|at| (at, 100)));
    }
    if known != texts.len() {
        return None;
    }
    let percent = u8::try_from(known * 100 / ids.len().max(1)).unwrap_or(100);
    let row = Row::new(sentences, Signs::Letters);
    let track = Track::default();
    Some(Carried {
        times: fill::fill(&row, &track, &[], &times),
        percent,
    })
}

/// From counterparts of signs to times of sentences.
fn lay(script: &Row, track: &Track, found: &[Option<usize>]) -> Carried {
    let next = next_found(found);
    let mut before: Option<(usize, usize)> = None;
    let mut times = Vec::with_capacity(script.sentences.len());
    for range in &script.sentences {
        let signs = &found[range.clone()];
        let count = signs.iter().flatten().count();
        let is_found = count > 0 && count * 100 >= range.len() * FOUND_PERCENT;
        let at = is_found
            .then(|| sentence_times(range, before, &next, track, found))
            .flatten();
        let percent = u8::try_from(count * 100 / range.len().max(1)).unwrap_or(100);
        times.push(at.map(|at| (at, percent)));
        let last = range.clone().rev().find_map(|at| Some((at, found[at]?)));
        before = last.or(before);
    }
    let matched = found.iter().flatten().count();
    let percent = matched * 100 / script.signs.len().max(1);
    Carried {
        times: fill::fill(script, track, found, &times),
        percent: u8::try_from(percent).unwrap_or(100),
    }
}

/// For each sign, and for the end, the first one from there on that has a counterpart.
fn next_found(found: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut next = vec![None; found.len() + 1];
    for at in (0..found.len()).rev() {
        next[at] = if found[at].is_some() {
            Some(at)
        } else {
            next[at + 1]
        };
    }
    next
}

/// When a sentence is spoken of which some signs were found. Its first and last signs may not be
/// among them: then they stand where the signs of the track that have no counterpart either do.
fn sentence_times(
    range: &Range<usize>,
    before: Option<(usize, usize)>,
    next: &[Option<usize>],
    track: &Track,
    found: &[Option<usize>],
) -> Option<At> {
    let counterpart = |at: usize| found.get(at).copied().flatten();
    let first = next[range.start]?;
    let first_b = counterpart(first)?;
    // Signs of this sentence that are not found, and how many of the track are free for them.
    let missing = first - range.start;
    let free_from = before.map_or(first_b.saturating_sub(missing), |(_, b)| b + 1);
    let start_b = if missing == 0 {
        first_b
    } else {
        let unfound = first - before.map_or(range.start, |(a, _)| a + 1);
        let free = first_b.saturating_sub(free_from);
        let share = free * missing / unfound.max(1);
        // What is said besides is not this sentence's.
        first_b - share.min(missing * 2)
    };
    let last = range.clone().rev().find(|at| counterpart(*at).is_some())?;
    let last_b = counterpart(last)?;
    let missing = range.end - 1 - last;
    let end_b = if missing == 0 {
        last_b
    } else {
        let (next_a, next_b) = match next[range.end] {
            Some(a) => (a, counterpart(a)?),
            None => (range.end, (last_b + missing + 1).min(track.signs.len())),
        };
        let unfound = next_a - last - 1;
        let free = next_b.saturating_sub(last_b + 1);
        last_b + (free * missing / unfound.max(1)).min(missing * 2)
    };
    let start = (start_b..=last_b).find_map(|b| track.times.get(b).copied().flatten())?;
    let end = (start_b..=end_b.max(start_b))
        .rev()
        .find_map(|b| track.times.get(b).copied().flatten())?;
    Some(At {
        start_ms: start.start_ms,
        end_ms: end.end_ms.max(start.start_ms),
    })
}

/// A time of the file.
fn imported(at: At, percent: u8) -> Times {
    timing(at, Origin::Imported, percent)
}

/// A time between others.
fn inferred(at: At, percent: u8) -> Times {
    timing(at, Origin::Inferred, percent)
}

fn timing(at: At, origin: Origin, percent: u8) -> Times {
    Times::At(Timing {
        start_ms: at.start_ms,
        end_ms: at.end_ms,
        origin,
        percent,
    })
}
