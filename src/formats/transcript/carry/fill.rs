//! Sentences that were not found: said elsewhere, said in other words, or not said.
use std::collections::HashMap;
use std::ops::Range;

use super::track::{At, Track};
use super::{Row, imported, inferred};
use crate::formats::transcript::model::Times;
use crate::formats::transcript::spoken;

/// A shorter sentence is not looked for elsewhere, in letters: it could be anybody's.
const LEAST_MOVED: usize = 8;
/// Time that a hundredth of a Korean syllable takes at the least, in microseconds: ten syllables
/// a second are fast.
const FASTEST_US: u64 = 1000;
/// How sure a time between others is.
const INFERRED_PERCENT: u8 = 30;

/// Completes the times. `found`: counterparts of the row's signs in the track, or empty.
/// `known`: for each sentence its time and how well it was found.
pub fn fill(
    row: &Row,
    track: &Track,
    found: &[Option<usize>],
    known: &[Option<(At, u8)>],
) -> Vec<Times> {
    let mut times: Vec<Times> = known
        .iter()
        .map(|known| known.map_or(Times::Unknown, |(at, percent)| imported(at, percent)))
        .collect();
    let mut free = free(track, found);
    let mut from = 0;
    while from < known.len() {
        if known[from].is_some() {
            from += 1;
            continue;
        }
        let to = (from..known.len())
            .find(|at| known[*at].is_some())
            .unwrap_or(known.len());
        run(row, track, found, known, from..to, &mut times);
        from = to;
    }
    moved(row, track, &mut free, known, &mut times);
    times
}

/// Signs of the track that are no counterpart of any.
fn free(track: &Track, found: &[Option<usize>]) -> Vec<bool> {
    let mut free = vec![true; track.signs.len()];
    for b in found.iter().flatten() {
        free[*b] = false;
    }
    free
}

/// Sentences one after the other that were not found, between two that were.
fn run(
    row: &Row,
    track: &Track,
    found: &[Option<usize>],
    known: &[Option<(At, u8)>],
    run: Range<usize>,
    times: &mut [Times],
) {
    let before = run
        .start
        .checked_sub(1)
        .and_then(|at| known[at])
        .map(|(at, _)| at.end_ms);
    let after = known
        .get(run.end)
        .copied()
        .flatten()
        .map(|(at, _)| at.start_ms);
    let signs = row.sentences[run.start].start..row.sentences[run.end - 1].end;
    let length: u64 = row.signs[signs.clone()]
        .iter()
        .map(|c| spoken::of_char(*c))
        .sum();
    // Other words in their place?
    if let Some(place) = place(track, found, &signs) {
        let mut said = 0;
        for at in run {
            let own = &row.signs[row.sentences[at].clone()];
            let own: u64 = own.iter().map(|c| spoken::of_char(*c)).sum();
            let share = |said| spoken::share_ms(place.start_ms, place.end_ms, said, length);
            let start_ms = share(said);
            said += own;
            times[at] = inferred(
                At {
                    start_ms,
                    end_ms: share(said),
                },
                INFERRED_PERCENT,
            );
        }
        return;
    }
    // No room for the half of it, however fast? Then it was not said.
    let room_ms = match (before, after) {
        (Some(before), Some(after)) => Some(after.saturating_sub(before)),
        (None, after) => after,
        (Some(_), None) => None,
    };
    if room_ms.is_some_and(|room| room * 1000 < length * FASTEST_US / 2) {
        times[run].fill(Times::NotSpoken(false));
    }
}

/// Where the track has words that are nobody's counterpart, between those of the signs' neighbours:
/// about as many as there are signs.
fn place(track: &Track, found: &[Option<usize>], signs: &Range<usize>) -> Option<At> {
    let before = found.get(..signs.start)?.iter().rev().find_map(|b| *b);
    let after = found.get(signs.end..)?.iter().find_map(|b| *b);
    let from = before.map_or(0, |b| b + 1);
    let to = after.unwrap_or(track.signs.len());
    let free = to.saturating_sub(from);
    if signs.is_empty() || free * 3 < signs.len() || free > signs.len() * 3 {
        return None;
    }
    let mut timed = (from..to).filter_map(|b| track.times[b]);
    let first = timed.next()?;
    let last = timed.next_back().unwrap_or(first);
    Some(At {
        start_ms: first.start_ms,
        end_ms: last.end_ms.max(first.start_ms),
    })
}

/// Sentences that stand elsewhere in the track, word for word, among what is free there.
fn moved(
    row: &Row,
    track: &Track,
    free: &mut [bool],
    known: &[Option<(At, u8)>],
    times: &mut [Times],
) {
    let wanted: Vec<usize> = (0..known.len())
        .filter(|at| known[*at].is_none() && row.sentences[*at].len() >= LEAST_MOVED)
        .collect();
    if wanted.is_empty() {
        return;
    }
    // Free places by the signs that a sentence could begin with there.
    let mut places: HashMap<&[char], Vec<usize>> = HashMap::new();
    for at in 0..track.signs.len().saturating_sub(LEAST_MOVED - 1) {
        if free[at..at + LEAST_MOVED].iter().all(|free| *free) {
            places
                .entry(&track.signs[at..at + LEAST_MOVED])
                .or_default()
                .push(at);
        }
    }
    for sentence in wanted {
        let signs = &row.signs[row.sentences[sentence].clone()];
        let starts = places
            .get(&signs[..LEAST_MOVED])
            .map(Vec::as_slice)
            .unwrap_or_default();
        // More places than this are a refrain's.
        let found = starts.iter().take(16).copied().find(|at| {
            let range = *at..at + signs.len();
            track.signs.get(range.clone()) == Some(signs) && free[range].iter().all(|free| *free)
        });
        let Some(at) = found else { continue };
        let range = at..at + signs.len();
        free[range.clone()].fill(false);
        let (first, last) = (track.times[range.start], track.times[range.end - 1]);
        if let Some((first, last)) = first.zip(last) {
            let end_ms = last.end_ms.max(first.start_ms);
            times[sentence] = imported(
                At {
                    start_ms: first.start_ms,
                    end_ms,
                },
                100,
            );
        }
    }
}
