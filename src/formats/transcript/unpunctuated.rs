//! Files with times and without full stops, as captions are and as some speech recognition writes:
//! their sentences end where cues do.
use std::collections::HashSet;

use super::timed::{Cue, Span};
use super::to_script::{ends_with_stop, words};
use crate::formats::script;

/// With fewer full stops than one in so many milliseconds of speech …
const NO_STOP_MS: u64 = 30_000;
/// … and in so many cues, they are not what sentences end with.
const NO_STOP_CUES: usize = 8;
/// A rest that ends a sentence, in milliseconds.
const REST_MS: u64 = 500;
/// Two cues are a sentence when they take so long, in milliseconds: words may have cues of their
/// own.
const ENOUGH_MS: u64 = 5000;
/// No sentence of more than one cue takes longer, in milliseconds.
const LONGEST_MS: u64 = 15_000;

/// Whether the cues have times and hardly a full stop.
pub fn lacks_stops(units: &[&[Cue]]) -> bool {
    let spans = units.iter().filter_map(|unit| span(unit));
    let spoken_ms: u64 = spans.map(|s| s.end_ms.saturating_sub(s.start_ms)).sum();
    let stops = units.iter().map(|unit| stops(unit)).sum::<usize>();
    spoken_ms > stops as u64 * NO_STOP_MS && units.len() > stops * NO_STOP_CUES
}

/// The units that begin a sentence behind another: behind what ends like one, behind a rest, and
/// where it would grow too long.
pub fn starts(units: &[&[Cue]]) -> HashSet<usize> {
    let mut starts = HashSet::new();
    let mut first = 0;
    for at in 1..units.len() {
        let (before, now) = (words(units[at - 1]), words(units[at]));
        let begins = match (span(units[first]), span(units[at - 1]), span(units[at])) {
            (Some(first_span), Some(last), Some(next)) => {
                let length_ms = last.end_ms.saturating_sub(first_span.start_ms);
                let with_next_ms = next.end_ms.saturating_sub(first_span.start_ms);
                next.start_ms.saturating_sub(last.end_ms) >= REST_MS
                    || (at - first >= 2 && length_ms >= ENOUGH_MS)
                    || with_next_ms > LONGEST_MS
            }
            _ => true,
        };
        if begins || script::ends_unmarked(&before, &now) {
            starts.insert(at);
            first = at;
        } else if ends_with_stop(&before) {
            first = at;
        }
    }
    starts
}

/// From the start of the first to the end of the last.
fn span(unit: &[Cue]) -> Option<Span> {
    let (first, last) = (unit.first()?.span?, unit.last()?.span?);
    Some(Span {
        start_ms: first.start_ms,
        end_ms: last.end_ms.max(first.start_ms),
    })
}

/// Words that end with a full stop.
fn stops(unit: &[Cue]) -> usize {
    let words = unit.iter().flat_map(|cue| cue.text.split_whitespace());
    words.filter(|word| ends_with_stop(word)).count()
}
