//! Sentences that say the same as before.
use std::collections::{HashMap, VecDeque};

use super::Pairs;

/// Up to so many comparisons the best order is looked for between two anchors.
const MOST_CELLS: usize = 250_000;

/// Pairs sentences with equal keys: first those that there are once on either side, then the
/// others between them in their order, then what is left of them wherever it stands.
pub fn pair(old: &[String], new: &[String], pairs: &mut Pairs) {
    unique(old, new, pairs);
    let anchors = rising(&pairs.new_of);
    let mut from = (0, 0);
    for (o, n) in anchors.into_iter().chain([(old.len(), new.len())]) {
        let left: Vec<usize> = (from.0..o).filter(|o| pairs.new_of[*o].is_none()).collect();
        let right: Vec<usize> = (from.1..n).filter(|n| pairs.old_of[*n].is_none()).collect();
        between(old, new, &left, &right, pairs);
        from = (o + 1, n + 1);
    }
    let left: Vec<usize> = (0..old.len())
        .filter(|o| pairs.new_of[*o].is_none())
        .collect();
    let right: Vec<usize> = (0..new.len())
        .filter(|n| pairs.old_of[*n].is_none())
        .collect();
    in_order(old, new, &left, &right, pairs);
}

fn unique(old: &[String], new: &[String], pairs: &mut Pairs) {
    let mut found: HashMap<&str, [(usize, usize); 2]> = HashMap::new();
    let free_old = (0..old.len()).filter(|o| pairs.new_of[*o].is_none());
    let free_new = (0..new.len()).filter(|n| pairs.old_of[*n].is_none());
    for (side, keys, indices) in [
        (0, old, free_old.collect::<Vec<_>>()),
        (1, new, free_new.collect()),
    ] {
        for i in indices {
            let (count, place) = &mut found.entry(&keys[i]).or_default()[side];
            *count += 1;
            *place = i;
        }
    }
    for [(olds, o), (news, n)] in found.into_values() {
        if olds == 1 && news == 1 {
            pairs.set(o, n);
        }
    }
}

/// A longest series of pairs that rises on both sides.
fn rising(new_of: &[Option<usize>]) -> Vec<(usize, usize)> {
    let all: Vec<(usize, usize)> = new_of
        .iter()
        .enumerate()
        .filter_map(|(o, n)| Some((o, (*n)?)))
        .collect();
    // For each length the pair that ends the series with the least new place, and for each pair
    // the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(all.len());
    for (i, (_, n)) in all.iter().enumerate() {
        let length = ends.partition_point(|end| all[*end].1 < *n);
        before.push(length.checked_sub(1).map(|l| ends[l]));
        if length == ends.len() {
            ends.push(i);
        } else {
            ends[length] = i;
        }
    }
    let mut series = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(i) = at {
        series.push(all[i]);
        at = before[i];
    }
    series.reverse();
    series
}

/// Pairs what stands between two anchors: equal beginnings and ends, then the longest common
/// series, or the first with the first where that would be too much work.
fn between(old: &[String], new: &[String], left: &[usize], right: &[usize], pairs: &mut Pairs) {
    let same = |a: &usize, b: &usize| old[*a] == new[*b];
    let head = left
        .iter()
        .zip(right)
        .take_while(|(a, b)| same(a, b))
        .count();
    for (a, b) in left[..head].iter().zip(right) {
        pairs.set(*a, *b);
    }
    let (left, right) = (&left[head..], &right[head..]);
    let pairs_behind = left.iter().rev().zip(right.iter().rev());
    let tail = pairs_behind.take_while(|(a, b)| same(a, b)).count();
    let (left, left_tail) = left.split_at(left.len() - tail);
    let (right, right_tail) = right.split_at(right.len() - tail);
    for (a, b) in left_tail.iter().zip(right_tail) {
        pairs.set(*a, *b);
    }
    if left.len().saturating_mul(right.len()) > MOST_CELLS {
        in_order(old, new, left, right, pairs);
    } else {
        longest_common(left, right, same, pairs);
    }
}

fn longest_common(
    left: &[usize],
    right: &[usize],
    same: impl Fn(&usize, &usize) -> bool,
    pairs: &mut Pairs,
) {
    let width = right.len() + 1;
    // How many pairs there are from here to the end.
    let mut most = vec![0u32; (left.len() + 1) * width];
    for a in (0..left.len()).rev() {
        for b in (0..right.len()).rev() {
            most[a * width + b] = if same(&left[a], &right[b]) {
                most[(a + 1) * width + b + 1] + 1
            } else {
                most[(a + 1) * width + b].max(most[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b) = (0, 0);
    while a < left.len() && b < right.len() {
        if same(&left[a], &right[b]) {
            pairs.set(left[a], right[b]);
            (a, b) = (a + 1, b + 1);
        } else if most[(a + 1) * width + b] >= most[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
}

/// Pairs the first with the first, the second with the second of each key.
fn in_order(old: &[String], new: &[String], left: &[usize], right: &[usize], pairs: &mut Pairs) {
    let mut free: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for o in left {
        free.entry(&old[*o]).or_default().push_back(*o);
    }
    for n in right {
        if let Some(o) = free.get_mut(new[*n].as_str()).and_then(VecDeque::pop_front) {
            pairs.set(o, *n);
        }
    }
}
