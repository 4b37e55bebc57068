//! The sentences of a script that can be looked for, and where: between those whose places are
//! known.
use std::ops::Range;

use super::asked::{Asked, Known};
use super::chain::Word;
use super::reading::{self, Phone};

/// A sentence shorter than this, in frames of 10 ms, teaches nothing.
const LEAST_TAUGHT: usize = 20;

/// What is looked at together: a stretch of the recording and sentences in it.
pub struct Piece {
    /// In frames of 10 ms.
    pub stretch: Range<usize>,
    /// Indexes of what was asked, rising.
    pub sentences: Vec<usize>,
    /// Whether the stretch is that of one sentence whose place is known.
    pub is_fixed: bool,
}

/// Words of every sentence that was asked for, as phones of the table; none for those that are
/// not looked for.
pub fn words(asked: &[Asked]) -> Vec<Vec<Word>> {
    let phones = |variant: &Vec<Phone>| variant.iter().map(|p| p.index() as u16).collect();
    asked
        .iter()
        .map(|sentence| {
            if sentence.known == Known::NotSpoken {
                return Vec::new();
            }
            reading::read(&sentence.text, &sentence.language)
                .iter()
                .map(|word| word.variants.iter().map(phones).collect())
                .collect()
        })
        .collect()
}

/// Divides a stretch at the sentences whose places are known. Of those that were spoken in
/// another order than they are written in, as many as keep it divide it.
pub fn pieces(asked: &[Asked], words: &[Vec<Word>], stretch: Range<usize>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut from = stretch.start;
    let mut open: Vec<usize> = Vec::new();
    let fixed = in_order(asked, &stretch);
    let mut fixed = fixed.iter().peekable();
    for j in 0..asked.len() {
        let Some((_, place)) = fixed.next_if(|(fixed, _)| *fixed == j) else {
            if !words[j].is_empty() && asked[j].known == Known::Nothing {
                open.push(j);
            }
            continue;
        };
        pieces.push(Piece {
            stretch: from..place.start.max(from),
            sentences: std::mem::take(&mut open),
            is_fixed: false,
        });
        if !words[j].is_empty() && place.len() >= LEAST_TAUGHT {
            pieces.push(Piece {
                stretch: place.clone(),
                sentences: vec![j],
                is_fixed: true,
            });
        }
        from = place.end.max(from);
    }
    pieces.push(Piece {
        stretch: from..stretch.end.max(from),
        sentences: open,
        is_fixed: false,
    });
    pieces.retain(|piece| !piece.sentences.is_empty() && !piece.stretch.is_empty());
    pieces
}

/// The longest run of known places that rises, in frames, within the stretch.
fn in_order(asked: &[Asked], stretch: &Range<usize>) -> Vec<(usize, Range<usize>)> {
    let frame = |ms: u64| usize::try_from(ms / 10).unwrap_or(usize::MAX);
    let known: Vec<(usize, Range<usize>)> = asked
        .iter()
        .enumerate()
        .filter_map(|(j, sentence)| match sentence.known {
            Known::At { start_ms, end_ms } => {
                let start = frame(start_ms).clamp(stretch.start, stretch.end);
                let end = frame(end_ms).clamp(start, stretch.end);
                Some((j, start..end))
            }
            _ => None,
        })
        .collect();
    // The longest rising run, by the last of each length (patience sorting).
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(known.len());
    for (i, (_, place)) in known.iter().enumerate() {
        let at = tails.partition_point(|tail| known[*tail].1.start <= place.start);
        before.push(at.checked_sub(1).map(|b| tails[b]));
        if at == tails.len() {
            tails.push(i);
        } else {
            tails[at] = i;
        }
    }
    let mut run = Vec::new();
    let mut next = tails.last().copied();
    while let Some(i) = next {
        run.push(known[i].clone());
        next = before[i];
    }
    run.reverse();
    run
}
