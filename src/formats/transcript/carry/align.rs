//! Two texts laid beside each other: which sign of one is which of the other.
//!
//! Runs of signs that stand once in both texts are anchors; between them shorter runs are, and
//! what is left is small enough for dynamic programming with gaps. So time and
//! memory grow with the length of the texts, however different they are.
use std::collections::HashMap;

/// Lengths of the runs that are looked for, one after the other.
const RUNS: [usize; 3] = [12, 7, 4];
/// The most cells of one table; a table row is a piece of the first text.
const MOST_CELLS: usize = 1_000_000;

/// Two equal signs beside each other.
const MATCH: i32 = 2;
/// Two others.
const OTHER: i32 = -2;
/// A run of signs in one text alone, and each of them.
const OPEN: i32 = -2;
const ALONE: i32 = -1;

/// For each sign of `a` its counterpart in `b`, rising.
pub fn align(a: &[char], b: &[char]) -> Vec<Option<usize>> {
    let mut found = vec![None; a.len()];
    stretch(a, b, 0, 0, &RUNS, &mut found);
    found
}

/// Aligns `a` and `b`, which stand at `a_at` and `b_at` in the whole.
fn stretch(
    a: &[char],
    b: &[char],
    a_at: usize,
    b_at: usize,
    runs: &[usize],
    found: &mut [Option<usize>],
) {
    let before = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    for at in 0..before {
        found[a_at + at] = Some(b_at + at);
    }
    let (a, b, a_at, b_at) = (&a[before..], &b[before..], a_at + before, b_at + before);
    let ends = a.iter().rev().zip(b.iter().rev());
    let behind = ends.take_while(|(a, b)| a == b).count();
    for at in 1..=behind {
        found[a_at + a.len() - at] = Some(b_at + b.len() - at);
    }
    let (a, b) = (&a[..a.len() - behind], &b[..b.len() - behind]);
    if a.is_empty() || b.is_empty() {
        return;
    }
    if a.len().saturating_mul(b.len()) <= MOST_CELLS {
        table(a, b, a_at, b_at, found);
        return;
    }
    let Some((length, shorter)) = runs.split_first() else {
        // Nothing in common: another text.
        return;
    };
    let (mut from_a, mut from_b) = (0, 0);
    for (at_a, at_b) in anchors(a, b, *length)
        .into_iter()
        .chain([(a.len(), b.len())])
    {
        // An anchor may overlap the one before only on the same diagonal.
        if at_a < from_a || at_b < from_b {
            continue;
        }
        let (piece_a, piece_b) = (&a[from_a..at_a], &b[from_b..at_b]);
        stretch(
            piece_a,
            piece_b,
            a_at + from_a,
            b_at + from_b,
            shorter,
            found,
        );
        let end = (a.len() - at_a).min(*length);
        for step in 0..end {
            found[a_at + at_a + step] = Some(b_at + at_b + step);
        }
        (from_a, from_b) = (at_a + end, at_b + end);
    }
}

/// Where runs stand that each text has once, in the same order in both: the longest such chain.
fn anchors(a: &[char], b: &[char], length: usize) -> Vec<(usize, usize)> {
    if a.len() < length || b.len() < length {
        return Vec::new();
    }
    /// Place of a run, or that it has several.
    #[derive(Clone, Copy)]
    enum Place {
        Once(usize),
        Often,
    }
    let places = |text: &[char]| -> HashMap<u64, Place> {
        let mut places = HashMap::with_capacity(text.len());
        for (at, run) in text.windows(length).enumerate() {
            places
                .entry(hash(run))
                .and_modify(|place| *place = Place::Often)
                .or_insert(Place::Once(at));
        }
        places
    };
    let in_a = places(a);
    let in_b = places(b);
    let mut pairs: Vec<(usize, usize)> = in_a
        .iter()
        .filter_map(|(run, place)| match (place, in_b.get(run)?) {
            (Place::Once(at_a), Place::Once(at_b)) => Some((*at_a, *at_b)),
            _ => None,
        })
        .filter(|(at_a, at_b)| a[*at_a..at_a + length] == b[*at_b..at_b + length])
        .collect();
    pairs.sort_unstable();
    rising(&pairs)
}

/// FNV-1a of the signs' numbers: unlucky collisions only lose an anchor.
fn hash(run: &[char]) -> u64 {
    run.iter().fold(0xcbf2_9ce4_8422_2325, |hash, c| {
        (hash ^ u64::from(u32::from(*c))).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The longest part of the pairs whose second numbers rise too (patience sorting).
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the chain of that length that ends lowest, as a place in `pairs`.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, (_, second)) in pairs.iter().enumerate() {
        let length = tails.partition_point(|tail| pairs[*tail].1 < *second);
        before[at] = length.checked_sub(1).map(|shorter| tails[shorter]);
        if length == tails.len() {
            tails.push(at);
        } else {
            tails[length] = at;
        }
    }
    let mut chain = Vec::with_capacity(tails.len());
    let mut at = tails.last().copied();
    while let Some(here) = at {
        chain.push(pairs[here]);
        at = before[here];
    }
    chain.reverse();
    chain
}

/// The way back through a table: how a cell's best score came about.
mod way {
    /// Two signs beside each other.
    pub const BOTH: u8 = 0;
    /// A sign of the first text alone.
    pub const A: u8 = 1;
    /// A sign of the second text alone.
    pub const B: u8 = 2;
    /// Which of the three.
    pub const KIND: u8 = 3;
    /// The run of signs of the first text alone that ends here goes on from above.
    pub const A_GOES_ON: u8 = 4;
    /// The run of signs of the second text alone that ends here goes on from the left.
    pub const B_GOES_ON: u8 = 8;
}

/// The best alignment of two short texts, by a table. What is left out in one piece costs less
/// than the same in several (Gotoh 1982).
fn table(a: &[char], b: &[char], a_at: usize, b_at: usize, found: &mut [Option<usize>]) {
    let width = b.len() + 1;
    let mut ways = vec![0u8; (a.len() + 1) * width];
    let gap = |n: usize| OPEN + ALONE * i32::try_from(n).unwrap_or(i32::MAX / 4);
    let mut best: Vec<i32> = (0..width)
        .map(|n| if n == 0 { 0 } else { gap(n) })
        .collect();
    let mut a_alone = vec![i32::MIN / 2; width];
    ways[1..width].fill(way::B | way::B_GOES_ON);
    for (i, sign) in a.iter().enumerate() {
        let mut diagonal = best[0];
        best[0] = gap(i + 1);
        let row = &mut ways[(i + 1) * width..(i + 2) * width];
        row[0] = way::A | way::A_GOES_ON;
        let mut b_alone = i32::MIN / 2;
        for (j, other) in b.iter().enumerate() {
            let both = diagonal + if sign == other { MATCH } else { OTHER };
            diagonal = best[j + 1];
            let (opened, going_on) = (best[j + 1] + OPEN + ALONE, a_alone[j + 1] + ALONE);
            a_alone[j + 1] = opened.max(going_on);
            let mut cell = if going_on > opened { way::A_GOES_ON } else { 0 };
            let (opened, going_on) = (best[j] + OPEN + ALONE, b_alone + ALONE);
            b_alone = opened.max(going_on);
            cell |= if going_on > opened { way::B_GOES_ON } else { 0 };
            best[j + 1] = both.max(a_alone[j + 1]).max(b_alone);
            cell |= match best[j + 1] {
                score if score == both => way::BOTH,
                score if score == a_alone[j + 1] => way::A,
                _ => way::B,
            };
            row[j + 1] = cell;
        }
    }
    let (mut i, mut j) = (a.len(), b.len());
    let mut kind = ways[i * width + j] & way::KIND;
    while i > 0 || j > 0 {
        let cell = ways[i * width + j];
        let goes_on = match kind {
            way::BOTH => {
                (i, j) = (i - 1, j - 1);
                if a[i] == b[j] {
                    found[a_at + i] = Some(b_at + j);
                }
                false
            }
            way::A => {
                i -= 1;
                cell & way::A_GOES_ON != 0
            }
            _ => {
                j -= 1;
                cell & way::B_GOES_ON != 0
            }
        };
        if !goes_on {
            kind = ways[i * width + j] & way::KIND;
        }
    }
}

/// A sign that matches alone, its neighbours matching nothing or elsewhere, matches by chance.
pub fn drop_lone(found: &mut [Option<usize>]) {
    let is_lone = |at: usize| {
        let Some(here) = found[at] else { return false };
        let before = at.checked_sub(1).and_then(|before| found[before]);
        let after = found.get(at + 1).copied().flatten();
        before.is_none_or(|before| before + 1 != here)
            && after.is_none_or(|after| here + 1 != after)
    };
    let lone: Vec<usize> = (0..found.len()).filter(|at| is_lone(*at)).collect();
    if lone.len() < found.len() {
        for at in lone {
            found[at] = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn signs(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn changed_words_do_not_matter() {
        let (a, b) = (
            signs("오늘은날씨가삼십오도라고합니다"),
            signs("오늘은날씨가35도라고합니다"),
        );
        let found = align(&a, &b);
        assert_eq!(found[5], Some(5));
        assert_eq!(&found[6..9], [None; 3]);
        assert_eq!(found[9], Some(8));
    }

    #[test]
    fn long_texts_with_a_piece_left_out() {
        let word = |n: usize| format!("{:x}", n.wrapping_mul(0x9E37_79B9) & 0xFF_FFFF);
        let a: String = (0..20_000).map(word).collect();
        let b: String = (0..20_000)
            .filter(|n| !(5000..6000).contains(n))
            .map(word)
            .collect();
        let found = align(&signs(&a), &signs(&b));
        let matched = found.iter().flatten().count();
        assert!(matched >= b.chars().count() * 99 / 100, "{matched}");
    }

    proptest! {
        #[test]
        fn counterparts_are_equal_and_rise(a in "[ab가나다라]{0,60}", b in "[ab가나다라]{0,60}") {
            let (a, b) = (signs(&a), signs(&b));
            let found = align(&a, &b);
            let pairs: Vec<(usize, usize)> = found.iter().enumerate().filter_map(|(i, j)| Some((i, (*j)?))).collect();
            prop_assert!(pairs.is_sorted_by(|x, y| x.1 < y.1));
            prop_assert!(pairs.iter().all(|(i, j)| a[*i] == b[*j]));
        }

        #[test]
        fn equal_texts_match_all(a in "\\PC{0,200}") {
            let a = signs(&a);
            prop_assert!(align(&a, &a).iter().enumerate().all(|(i, j)| *j == Some(i)));
        }
    }
}
