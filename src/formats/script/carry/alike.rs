//! Sentences that say nearly the same as before.
use std::collections::{HashMap, HashSet};

use super::Pairs;

/// Two letters side by side, as one number.
type Gram = u64;

/// How alike two sentences must be, 0 to 1: with the same neighbour on no side, on one, on both.
/// Ours, tried on edits of Korean and English scripts.
const LEAST: [f64; 3] = [0.5, 0.42, 0.33];
/// What a neighbour that stayed adds when candidates are weighed against each other.
const BONUS: f64 = 0.08;
/// A part of a sentence at least so long, in grams, keeps its id however small a part it is,
/// if nearly all of it stood there.
const PART_GRAMS: usize = 8;
const PART: f64 = 0.85;
/// A sentence so many times longer than another is not compared with it.
const MOST_TIMES: usize = 16;
/// Grams of a sentence that are looked up, the rarest first.
const LOOKED_UP: usize = 16;
/// Places of one gram that are looked at, the nearest first.
const NEAREST: usize = 32;
/// Candidates of a sentence that are compared in full.
const COMPARED: usize = 8;

/// Pairs what is left over by likeness; `taken`: new sentences that have an id already.
pub fn pair(old: &[String], new: &[String], taken: &HashSet<usize>, pairs: &mut Pairs) {
    let left: Vec<usize> = (0..old.len())
        .filter(|o| pairs.new_of[*o].is_none())
        .collect();
    let right: Vec<usize> = (0..new.len())
        .filter(|n| pairs.old_of[*n].is_none() && !taken.contains(n))
        .collect();
    if left.is_empty() || right.is_empty() {
        return;
    }
    let left_grams: Vec<Vec<Gram>> = left.iter().map(|o| grams(&old[*o])).collect();
    let right_grams: Vec<Vec<Gram>> = right.iter().map(|n| grams(&new[*n])).collect();
    let mut index: HashMap<Gram, Vec<usize>> = HashMap::new();
    for (r, grams) in right_grams.iter().enumerate() {
        for gram in grams {
            let places = index.entry(*gram).or_default();
            if places.last() != Some(&r) {
                places.push(r);
            }
        }
    }
    let mut candidates = Vec::new();
    let mut counts = vec![0; right.len()];
    let mut expected = 0;
    let mut before = 0;
    for (l, grams) in left_grams.iter().enumerate() {
        // Behind the nearest sentence before that was found.
        if let Some(n) = (before..left[l]).rev().find_map(|o| pairs.new_of[o]) {
            expected = n + 1;
        }
        before = left[l];
        let near = right.partition_point(|n| *n < expected);
        for r in likely(grams, &index, near, &mut counts) {
            let likeness = Likeness::of(grams, &right_grams[r]);
            candidates.push((l, r, likeness));
        }
    }
    // The second round knows the neighbours that the first one found.
    for _ in 0..2 {
        choose(&left, &right, &candidates, pairs, new.len());
        candidates.retain(|(l, r, _)| pairs.are_free(left[*l], right[*r]));
    }
}

fn choose(
    left: &[usize],
    right: &[usize],
    candidates: &[(usize, usize, Likeness)],
    pairs: &mut Pairs,
    count: usize,
) {
    let mut weighed: Vec<(f64, usize, usize)> = candidates
        .iter()
        .filter_map(|(l, r, likeness)| {
            let (o, n) = (left[*l], right[*r]);
            let stayed = neighbours(o, n, pairs, count);
            (likeness.dice >= LEAST[stayed] || likeness.is_part).then_some((
                likeness.dice + BONUS * stayed as f64,
                o,
                n,
            ))
        })
        .collect();
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, o, n) in weighed {
        if pairs.are_free(o, n) {
            pairs.set(o, n);
        }
    }
}

/// How many of the two neighbours of an old sentence stand beside the new one, 0 to 2. The ends
/// of the script are neighbours too.
fn neighbours(old: usize, new: usize, pairs: &Pairs, count: usize) -> usize {
    let before = match old.checked_sub(1) {
        Some(before) => pairs.new_of[before].is_some_and(|n| n + 1 == new),
        None => new == 0,
    };
    let behind = match pairs.new_of.get(old + 1) {
        Some(behind) => behind.is_some_and(|n| n == new + 1),
        None => new + 1 == count,
    };
    usize::from(before) + usize::from(behind)
}

/// The new sentences that have most of the rare grams of an old one in common with it.
/// `counts` holds a zero for each new sentence, before and after.
fn likely(
    grams: &[Gram],
    index: &HashMap<Gram, Vec<usize>>,
    near: usize,
    counts: &mut [u32],
) -> Vec<usize> {
    let mut places: Vec<&[usize]> = grams
        .iter()
        .filter_map(|gram| index.get(gram).map(Vec::as_slice))
        .collect();
    places.sort_by_key(|p| p.len());
    places.truncate(LOOKED_UP);
    let mut found = Vec::new();
    for all in places {
        let middle = all.partition_point(|r| *r < near);
        let from = middle.saturating_sub(NEAREST / 2);
        for r in all[from..].iter().take(NEAREST) {
            if counts[*r] == 0 {
                found.push(*r);
            }
            counts[*r] += 1;
        }
    }
    found.sort_by_key(|r| (std::cmp::Reverse(counts[*r]), r.abs_diff(near), *r));
    for r in &found {
        counts[*r] = 0;
    }
    found.truncate(COMPARED);
    found
}

#[derive(Clone, Copy)]
struct Likeness {
    /// Sørensen–Dice coefficient of the grams.
    dice: f64,
    /// Whether one nearly stands in the other.
    is_part: bool,
}

impl Likeness {
    fn of(one: &[Gram], other: &[Gram]) -> Self {
        let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
        if long > short.saturating_mul(MOST_TIMES) {
            return Self {
                dice: 0.0,
                is_part: false,
            };
        }
        let common = common(one, other) as f64;
        Self {
            dice: 2.0 * common / (one.len() + other.len()).max(1) as f64,
            is_part: short >= PART_GRAMS && common >= PART * short as f64,
        }
    }
}

/// How many grams two sorted lists share.
fn common(one: &[Gram], other: &[Gram]) -> usize {
    let (mut a, mut b, mut shared) = (0, 0, 0);
    while a < one.len() && b < other.len() {
        match one[a].cmp(&other[b]) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => (a, b, shared) = (a + 1, b + 1, shared + 1),
        }
    }
    shared
}

/// Every two letters side by side, both ends of the sentence included, sorted.
fn grams(key: &str) -> Vec<Gram> {
    let mut grams = Vec::with_capacity(key.len() / 2);
    let mut before = '\0';
    for c in key.chars().chain(['\0']) {
        grams.push(u64::from(u32::from(before)) << 32 | u64::from(u32::from(c)));
        before = c;
    }
    grams.sort_unstable();
    grams
}
