//! Where sentences begin and end by the author's hand.
use std::ops::Range;

use super::squeezed;
use crate::formats::script::model::{Piece, Sentence};

/// Bytes that are searched for extents at most: one set by hand is found near the one before, so
/// only a text that lost very many of them comes here.
const MOST_BYTES: usize = 64 << 20;
/// Places of one text that are weighed.
const MOST_PLACES: usize = 16;
/// How far the text around is compared, in characters.
const AROUND: usize = 16;
/// How many of those must be the same.
const LEAST_AROUND: usize = 2;
/// A text at least so long, in bytes without spaces, is found by itself.
const LONG: usize = 24;

/// A sentence of the new version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    /// Its words.
    pub text: String,
    /// The old sentence that it is, if the author made that one.
    pub hand_made: Option<usize>,
    /// Whether it begins or ends where one of those ends or begins, and not by itself.
    pub is_cut_by_hand: bool,
}

/// All text of the new version without spaces, and where its parts are in it, in bytes.
struct Stream {
    text: String,
    /// One for each piece.
    pieces: Vec<Range<usize>>,
    /// Where blocks end.
    ends: Vec<usize>,
}

/// The pieces, cut anew where the author had cut the old version and the words still stand.
pub fn extents(old: &[Sentence], new: &[Piece]) -> Vec<Extent> {
    let by_itself = |piece: &Piece| Extent {
        text: piece.text.clone(),
        hand_made: None,
        is_cut_by_hand: false,
    };
    if !old.iter().any(|s| s.by_hand) {
        return new.iter().map(by_itself).collect();
    }
    let stream = Stream::new(new);
    let found = stream.find_all(old);
    let mut extents = Vec::with_capacity(new.len());
    let mut found = found.into_iter().peekable();
    let mut piece = 0;
    while piece < new.len() {
        // The pieces that one found extent touches, and all others that touch those.
        let mut range = stream.pieces[piece].clone();
        let mut last = piece + 1;
        let mut inside: Vec<(Range<usize>, usize)> = Vec::new();
        while let Some((extent, old)) = found.next_if(|(extent, _)| extent.start < range.end) {
            range.end = range.end.max(extent.end);
            inside.push((extent, old));
            while last < new.len() && stream.pieces[last].start < range.end {
                range.end = range.end.max(stream.pieces[last].end);
                last += 1;
            }
        }
        if inside.is_empty() {
            extents.push(by_itself(&new[piece]));
        } else {
            stream.recut(new, piece..last, &inside, &mut extents);
        }
        piece = last;
    }
    extents
}

impl Stream {
    fn new(new: &[Piece]) -> Self {
        let mut stream = Self {
            text: String::new(),
            pieces: Vec::with_capacity(new.len()),
            ends: Vec::new(),
        };
        for (n, piece) in new.iter().enumerate() {
            let from = stream.text.len();
            stream.text.push_str(&squeezed(&piece.text));
            stream.pieces.push(from..stream.text.len());
            if new.get(n + 1).is_none_or(|next| next.block != piece.block) {
                stream.ends.push(stream.text.len());
            }
        }
        stream
    }

    /// Where the sentences that the author made stand now: rising, not overlapping.
    fn find_all(&self, old: &[Sentence]) -> Vec<(Range<usize>, usize)> {
        let mut before = String::new();
        let places: Vec<Range<usize>> = old
            .iter()
            .map(|s| {
                let from = before.len();
                before.push_str(&squeezed(&s.text));
                from..before.len()
            })
            .collect();
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        let mut from = 0;
        let mut budget = MOST_BYTES;
        for (o, _) in old.iter().enumerate().filter(|(_, s)| s.by_hand) {
            let (head, rest) = before.split_at(places[o].start);
            let (text, tail) = rest.split_at(places[o].len());
            let place = self.find(text, head, tail, from, &mut budget);
            if let Some(place) = place {
                from = place.end;
                found.push((place, o));
            }
        }
        found.sort_by_key(|(place, o)| (place.start, *o));
        let mut end = 0;
        found.retain(|(place, _)| {
            let free = place.start >= end;
            if free {
                end = place.end;
            }
            free
        });
        found
    }

    /// The place of a text whose surroundings are most alike, those behind `from` first.
    fn find(
        &self,
        text: &str,
        head: &str,
        tail: &str,
        from: usize,
        budget: &mut usize,
    ) -> Option<Range<usize>> {
        if text.is_empty() {
            return None;
        }
        let mut best: Option<(usize, usize)> = None;
        for range in [from..self.text.len(), 0..from] {
            let mut at = range.start;
            for _ in 0..MOST_PLACES {
                if *budget == 0 {
                    break;
                }
                let Some(next) = self.text[at..].find(text) else {
                    *budget = budget.saturating_sub(self.text.len() - at);
                    break;
                };
                *budget = budget.saturating_sub(next + text.len());
                let start = at + next;
                if start >= range.end {
                    break;
                }
                let score = self.score(start..start + text.len(), head, tail);
                if let Some(score) = score.filter(|s| best.is_none_or(|(most, _)| *s > most)) {
                    best = Some((score, start));
                }
                at = start + text.chars().next().map_or(1, char::len_utf8);
            }
        }
        let (score, start) = best?;
        (score >= LEAST_AROUND || text.len() >= LONG).then(|| start..start + text.len())
    }

    /// How much of the text around is the same, in characters; the end of a block counts as
    /// enough on its side. `None` if the place goes over the end of a block.
    fn score(&self, place: Range<usize>, head: &str, tail: &str) -> Option<usize> {
        let next_end = self.ends.partition_point(|end| *end <= place.start);
        let end = self.ends.get(next_end).copied().unwrap_or(self.text.len());
        if place.end > end {
            return None;
        }
        let begin = next_end.checked_sub(1).map_or(0, |e| self.ends[e]);
        let same = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| {
            a.zip(b).take(AROUND).take_while(|(a, b)| a == b).count()
        };
        let before = same(
            &mut self.text[..place.start].chars().rev(),
            &mut head.chars().rev(),
        );
        let behind = same(&mut self.text[place.end..].chars(), &mut tail.chars());
        let at_begin = if place.start == begin {
            LEAST_AROUND
        } else {
            0
        };
        let at_end = if place.end == end { LEAST_AROUND } else { 0 };
        Some(before.max(at_begin) + behind.max(at_end))
    }

    /// Cuts some pieces anew.
    fn recut(
        &self,
        new: &[Piece],
        pieces: Range<usize>,
        inside: &[(Range<usize>, usize)],
        extents: &mut Vec<Extent>,
    ) {
        let cut = |at: usize| {
            inside
                .iter()
                .any(|(extent, _)| extent.start < at && at < extent.end)
        };
        let mut bounds: Vec<usize> = pieces
            .clone()
            .flat_map(|p| [self.pieces[p].start, self.pieces[p].end])
            .filter(|at| !cut(*at))
            .chain(
                inside
                    .iter()
                    .flat_map(|(extent, _)| [extent.start, extent.end]),
            )
            .collect();
        bounds.sort_unstable();
        bounds.dedup();
        for pair in bounds.windows(2) {
            let range = pair[0]..pair[1];
            let hand_made = inside.iter().find(|(extent, _)| *extent == range);
            extents.push(Extent {
                text: self.words(new, pieces.clone(), &range),
                hand_made: hand_made.map(|(_, old)| *old),
                is_cut_by_hand: !pieces.clone().any(|p| self.pieces[p] == range),
            });
        }
    }

    /// The words that stand in a range, with their spaces.
    fn words(&self, new: &[Piece], pieces: Range<usize>, range: &Range<usize>) -> String {
        let mut words = String::new();
        for p in pieces {
            if !words.is_empty() && !words.ends_with(' ') {
                words.push(' ');
            }
            let mut at = self.pieces[p].start;
            for c in new[p].text.chars() {
                if range.contains(&at) {
                    words.push(c);
                }
                if !c.is_whitespace() {
                    at += c.len_utf8();
                }
            }
        }
        words.trim().to_owned()
    }
}
