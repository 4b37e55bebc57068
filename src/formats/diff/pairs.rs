//! Which paragraph or sentence of the new text stands for which of the old one.
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::tokens::Numbers;

/// From this likeness on, in thousandths, two texts are one that was changed.
const ALIKE: u32 = 400;
/// How many characters may be compared to find what was changed, in one place of the text.
const MOST_WORK: usize = 20_000_000;
/// How many pairs may be compared.
const MOST_PAIRS: usize = 100_000;

/// A step through both texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// This one of the old text is that one of the new: the same, or changed.
    Both(usize, usize),
    /// Only the old text has it.
    Gone(usize),
    /// Only the new text has it.
    New(usize),
}

/// The way through both texts, each index once and in order.
pub(super) fn align(old: &[&str], new: &[&str]) -> Vec<Step> {
    let mut numbers = Numbers::default();
    let (a, b) = (numbers.of(old), numbers.of(new));
    let mut steps = Vec::with_capacity(old.len().max(new.len()));
    for op in capture_diff_slices(Algorithm::Myers, &a, &b) {
        let (from, to) = (op.old_range(), op.new_range());
        match op {
            DiffOp::Equal { .. } => steps.extend(from.zip(to).map(|(i, j)| Step::Both(i, j))),
            DiffOp::Delete { .. } => steps.extend(from.map(Step::Gone)),
            DiffOp::Insert { .. } => steps.extend(to.map(Step::New)),
            DiffOp::Replace { .. } => {
                let (i, j) = (from.start, to.start);
                let inner = like(&old[from], &new[to]);
                steps.extend(inner.into_iter().map(|step| match step {
                    Step::Both(a, b) => Step::Both(i + a, j + b),
                    Step::Gone(a) => Step::Gone(i + a),
                    Step::New(b) => Step::New(j + b),
                }));
            }
        }
    }
    steps
}

/// Where the search looks: for each row of old texts the columns of new ones, near the diagonal.
struct Band {
    rows: usize,
    columns: usize,
    width: usize,
}

impl Band {
    fn new(old: &[&str], new: &[&str]) -> Self {
        let bytes: usize = old.iter().chain(new).map(|t| t.len()).sum();
        let by_work = MOST_WORK / bytes.max(1);
        let by_pairs = MOST_PAIRS / old.len().max(1);
        Self {
            rows: old.len(),
            columns: new.len(),
            width: (by_work.min(by_pairs) / 2).max(2),
        }
    }

    /// First and last column of a row; those of neighbouring rows overlap.
    fn of(&self, row: usize) -> (usize, usize) {
        let centre = |row: usize| row.min(self.rows) * self.columns / self.rows.max(1);
        (
            centre(row.saturating_sub(1)).saturating_sub(self.width),
            (centre(row + 1) + self.width).min(self.columns),
        )
    }
}

/// Pairs that are alike, in order, with the greatest sum of likeness near the diagonal
/// (Needleman and Wunsch without a price for gaps).
fn like(old: &[&str], new: &[&str]) -> Vec<Step> {
    let band = Band::new(old, new);
    let (old_bags, new_bags): (Vec<_>, Vec<_>) = (
        old.iter().map(|t| bag(t)).collect(),
        new.iter().map(|t| bag(t)).collect(),
    );
    // For each place the best sum on the way to it and the step that led there.
    let mut table: Vec<(usize, Vec<(u32, Step)>)> = Vec::with_capacity(old.len() + 1);
    for i in 0..=old.len() {
        let (first, last) = band.of(i);
        let mut row: Vec<(u32, Step)> = Vec::with_capacity(last - first + 1);
        for j in first..=last {
            let above = |j: usize| {
                let (start, cells): &(usize, Vec<_>) = table.last()?;
                cells.get(j.checked_sub(*start)?).map(|(sum, _)| *sum)
            };
            let mut best: Option<(u32, Step)> = None;
            let mut offer = |sum: Option<u32>, step| {
                if let Some(sum) = sum
                    && best.is_none_or(|(most, _)| sum > most)
                {
                    best = Some((sum, step));
                }
            };
            if let (Some(a), Some(b)) = (i.checked_sub(1), j.checked_sub(1)) {
                let likeness = likeness(&old_bags[a], &new_bags[b]);
                let sum = above(b).filter(|_| likeness >= ALIKE);
                offer(sum.map(|s| s.saturating_add(likeness)), Step::Both(a, b));
            }
            if let Some(b) = j.checked_sub(1) {
                offer(row.last().map(|(sum, _)| *sum), Step::New(b));
            }
            if let Some(a) = i.checked_sub(1) {
                offer(above(j), Step::Gone(a));
            }
            row.push(best.unwrap_or((0, Step::New(0))));
        }
        table.push((first, row));
    }
    back(&table, old.len(), new.len())
}

/// The way back through the table, turned round.
fn back(table: &[(usize, Vec<(u32, Step)>)], mut i: usize, mut j: usize) -> Vec<Step> {
    let mut steps = Vec::with_capacity(i + j);
    while i > 0 || j > 0 {
        let (first, row) = &table[i];
        let cell = j.checked_sub(*first).and_then(|at| row.get(at));
        // Outside of the band there is one way only: it never comes to that.
        let step = match cell {
            Some((_, step)) => *step,
            None if j > 0 => Step::New(j - 1),
            None => Step::Gone(i - 1),
        };
        match step {
            Step::Both(..) => (i, j) = (i - 1, j - 1),
            Step::Gone(_) => i -= 1,
            Step::New(_) => j -= 1,
        }
        steps.push(step);
    }
    steps.reverse();
    steps
}

/// The pairs of neighbouring characters of a text without its white space, sorted: Korean words
/// keep most of theirs when the particle changes.
fn bag(text: &str) -> Vec<(char, char)> {
    let chars = text.chars().filter(|c| !c.is_whitespace());
    let mut pairs: Vec<_> = chars.clone().zip(chars.clone().skip(1)).collect();
    if pairs.is_empty() {
        pairs.extend(chars.map(|c| (c, c)));
    }
    pairs.sort_unstable();
    pairs
}

/// How much two bags have in common, in thousandths (Dice's coefficient).
fn likeness(a: &[(char, char)], b: &[(char, char)]) -> u32 {
    let (mut i, mut j, mut common) = (0, 0, 0usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    let all = a.len() + b.len();
    if all == 0 {
        return 1000;
    }
    u32::try_from(common * 2000 / all).unwrap_or(1000)
}
