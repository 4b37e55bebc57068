//! What changed in a text of paragraphs, a line each.
use std::collections::HashSet;

use super::pairs::{Step, align};
use super::words::words;
use super::{Piece, Side};

/// How many unchanged paragraphs are shown beside a change.
const CONTEXT: usize = 1;
/// Fewer unchanged paragraphs than these are not worth folding.
const LEAST_FOLDED: usize = 2;

/// A paragraph: a line with the line ends and empty lines behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block<'a> {
    /// Its text. One that only came or only went is one piece; an empty line on top of a text
    /// has none.
    pub pieces: Vec<Piece<'a>>,
    /// What stood behind it in the old text: line ends alone; empty at the end of the text.
    pub old_break: &'a str,
    /// The same in the new text.
    pub new_break: &'a str,
    /// Whether it went here and came elsewhere, or the other way round, word for word.
    pub moved: bool,
}

impl Block<'_> {
    /// Whether the same words stand in both texts.
    pub fn is_same(&self) -> bool {
        self.pieces.iter().all(|p| p.side == Side::Same)
    }

    /// Whether there are more or fewer empty lines behind it than there were; at the end of a
    /// text they mean nothing.
    pub fn spacing_changed(&self) -> bool {
        let (old, new) = (self.old_break, self.new_break);
        self.is_same() && !old.is_empty() && !new.is_empty() && old != new
    }

    /// Whether there is nothing to show of it.
    pub fn is_unchanged(&self) -> bool {
        self.is_same() && !self.spacing_changed()
    }
}

/// A stretch of paragraphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch<'a> {
    /// Changes and what stands around them.
    Shown(Vec<Block<'a>>),
    /// Unchanged ones away from any change.
    Folded(Vec<Block<'a>>),
}

/// Lines, each with the line ends and empty lines behind it.
fn lines(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find('\n').unwrap_or(rest.len());
        let (line, behind) = rest.split_at(end);
        let next = behind.trim_start_matches('\n');
        let (ends, next) = behind.split_at(behind.len() - next.len());
        found.push((line, ends));
        rest = next;
    }
    found
}

/// The paragraphs of two texts in the order to read them; lines end with `\n`.
pub fn blocks<'a>(old: &'a str, new: &'a str) -> Vec<Block<'a>> {
    let (old, new) = (lines(old), lines(new));
    let text = |lines: &[(&'a str, &'a str)]| lines.iter().map(|l| l.0).collect::<Vec<_>>();
    let (old_texts, new_texts) = (text(&old), text(&new));
    let steps = align(&old_texts, &new_texts);
    let (mut gone, mut came) = (HashSet::new(), HashSet::new());
    for step in &steps {
        match *step {
            Step::Both(..) => {}
            Step::Gone(i) => drop(gone.insert(old_texts[i])),
            Step::New(j) => drop(came.insert(new_texts[j])),
        }
    }
    let one = |side, text: &'a str| match text {
        "" => Vec::new(),
        text => vec![Piece::new(side, text)],
    };
    let block = |step: &Step| match *step {
        Step::Both(i, j) => {
            let ((was, old_break), (is, new_break)) = (old[i], new[j]);
            let pieces = if was == is {
                one(Side::Same, was)
            } else {
                words(was, is)
            };
            Block {
                pieces,
                old_break,
                new_break,
                moved: false,
            }
        }
        Step::Gone(i) => Block {
            pieces: one(Side::Gone, old[i].0),
            old_break: old[i].1,
            new_break: "",
            moved: came.contains(old[i].0),
        },
        Step::New(j) => Block {
            pieces: one(Side::New, new[j].0),
            old_break: "",
            new_break: new[j].1,
            moved: gone.contains(new[j].0),
        },
    };
    steps.iter().map(block).collect()
}

/// The same with the unchanged paragraphs away from changes set apart.
pub fn folded(blocks: Vec<Block<'_>>) -> Vec<Stretch<'_>> {
    let changed: Vec<usize> = (0..blocks.len())
        .filter(|n| !blocks[*n].is_unchanged())
        .collect();
    let mut near = vec![false; blocks.len()];
    for at in changed {
        let last = (at + CONTEXT).min(blocks.len() - 1);
        near[at.saturating_sub(CONTEXT)..=last].fill(true);
    }
    // Too short a run is shown.
    let mut start = 0;
    while start < near.len() {
        let run = near[start..].iter().take_while(|n| **n == near[start]);
        let end = start + run.count();
        if !near[start] && end - start < LEAST_FOLDED {
            near[start..end].fill(true);
        }
        start = end;
    }
    let mut stretches: Vec<Stretch<'_>> = Vec::new();
    for (block, near) in blocks.into_iter().zip(near) {
        match (stretches.last_mut(), near) {
            (Some(Stretch::Shown(list)), true) | (Some(Stretch::Folded(list)), false) => {
                list.push(block);
            }
            (_, true) => stretches.push(Stretch::Shown(vec![block])),
            (_, false) => stretches.push(Stretch::Folded(vec![block])),
        }
    }
    stretches
}
