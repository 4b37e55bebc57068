//! What changed inside a paragraph or a line, word by word.
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::tokens::{Numbers, is_word, tokens};
use super::{Piece, Side};

/// Below this share of common words, in percent, the whole text counts as replaced: marks on
/// every other word cannot be read.
const LEAST_COMMON_PERCENT: usize = 20;
/// Longest white space and signs between two changes that are shown as one, in bytes.
const THIN_BYTES: usize = 4;

/// Most words, spaces and signs of both texts together among which is searched; beyond that
/// what the texts begin and end with is common and all between is replaced. A talk of an hour
/// and a half written down without a line end has less.
const MOST_TOKENS: usize = 100_000;

/// Endings of Korean words after which a word is still the same word: particles, and what may
/// be left of one. A longer stem needs no list.
const PARTICLES: &[&str] = &[
    "",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "도",
    "만",
    "와",
    "과",
    "로",
    "으로",
    "에서",
    "에게",
    "께",
    "께서",
    "까지",
    "부터",
    "보다",
    "처럼",
    "라",
    "이라",
    "나",
    "이나",
    "들",
    "들은",
    "들이",
    "들을",
    "들의",
    "란",
    "이란",
    "에는",
    "에도",
    "에서는",
    "에서도",
    "으로는",
    "로는",
    "로서",
    "으로서",
    "로써",
    "으로써",
    "마다",
    "조차",
    "마저",
    "밖에",
    "하고",
];

/// A stretch of both texts.
enum Run<'a> {
    Same(&'a str),
    Edit {
        gone: &'a str,
        new: &'a str,
        /// Cut inside a word, which must stay seen: it is not joined with its neighbours.
        fine: bool,
    },
}

/// The pieces of two texts, in the order to read them: what went stands before what came.
pub fn words<'a>(old: &'a str, new: &'a str) -> Vec<Piece<'a>> {
    let runs = calm(runs(old, new), old, new);
    let common: usize = runs.iter().map(letters_of_same).sum();
    let all = letters(old).max(letters(new));
    if all > 0 && common * 100 < all * LEAST_COMMON_PERCENT {
        return pieces(&[Run::Edit {
            gone: old,
            new,
            fine: false,
        }]);
    }
    pieces(&runs)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| is_word(*c)).count()
}

fn letters_of_same(run: &Run<'_>) -> usize {
    match run {
        Run::Same(text) => letters(text),
        Run::Edit { .. } => 0,
    }
}

fn pieces<'a>(runs: &[Run<'a>]) -> Vec<Piece<'a>> {
    let mut found = Vec::new();
    let mut add = |side, text: &'a str| {
        if !text.is_empty() {
            found.push(Piece::new(side, text));
        }
    };
    for run in runs {
        match run {
            Run::Same(text) => add(Side::Same, text),
            Run::Edit { gone, new, .. } => {
                add(Side::Gone, gone);
                add(Side::New, new);
            }
        }
    }
    found
}

/// A text with the places at which its tokens begin.
struct Cut<'a> {
    text: &'a str,
    starts: Vec<usize>,
    tokens: Vec<&'a str>,
}

impl<'a> Cut<'a> {
    fn new(text: &'a str) -> Self {
        let tokens = tokens(text);
        let mut starts = Vec::with_capacity(tokens.len() + 1);
        let mut at = 0;
        for token in &tokens {
            starts.push(at);
            at += token.len();
        }
        starts.push(at);
        Self {
            text,
            starts,
            tokens,
        }
    }

    fn span(&self, from: usize, count: usize) -> &'a str {
        &self.text[self.starts[from]..self.starts[from + count]]
    }
}

fn runs<'a>(old: &'a str, new: &'a str) -> Vec<Run<'a>> {
    let (old, new) = (Cut::new(old), Cut::new(new));
    let mut numbers = Numbers::default();
    let (a, b) = (numbers.of(&old.tokens), numbers.of(&new.tokens));
    let ops = if a.len() + b.len() > MOST_TOKENS {
        outer(&a, &b)
    } else {
        capture_diff_slices(Algorithm::Myers, &a, &b)
    };
    let mut found: Vec<Run<'a>> = Vec::new();
    for op in ops {
        let (tag, from, to) = (op.tag(), op.old_range(), op.new_range());
        let (gone, came) = (
            old.span(from.start, from.len()),
            new.span(to.start, to.len()),
        );
        if tag == similar::DiffTag::Equal {
            found.push(Run::Same(gone));
            continue;
        }
        match stem(&op, gone, came) {
            Some(stem) => {
                found.push(Run::Same(&gone[..stem]));
                found.push(Run::Edit {
                    gone: &gone[stem..],
                    new: &came[stem..],
                    fine: true,
                });
            }
            None => found.push(Run::Edit {
                gone,
                new: came,
                fine: false,
            }),
        }
    }
    found
}

/// What both begin with, what is between, what both end with.
fn outer(a: &[u32], b: &[u32]) -> Vec<DiffOp> {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let ends = a.iter().rev().zip(b.iter().rev());
    let tail = ends.take_while(|(x, y)| x == y).count();
    let (old_len, new_len) = (a.len() - tail, b.len() - tail);
    let equal = |old_index, new_index, len| DiffOp::Equal {
        old_index,
        new_index,
        len,
    };
    let middle = DiffOp::Replace {
        old_index: head,
        old_len,
        new_index: head,
        new_len,
    };
    vec![
        equal(0, 0, head),
        middle,
        equal(head + old_len, head + new_len, tail),
    ]
}

/// How long the stem of a Korean word is, in bytes, if one word took the place of another that
/// differs in its particle or ending alone.
fn stem(op: &DiffOp, gone: &str, new: &str) -> Option<usize> {
    let DiffOp::Replace {
        old_len: 1,
        new_len: 1,
        ..
    } = op
    else {
        return None;
    };
    let same = gone.char_indices().zip(new.chars());
    let (mut stem, mut chars, mut last) = (0, 0, ' ');
    for ((at, a), b) in same {
        if a != b {
            break;
        }
        (stem, chars, last) = (at + a.len_utf8(), chars + 1, a);
    }
    let (left, right) = (&gone[stem..], &new[stem..]);
    let all_hangul = |text: &str| text.chars().all(is_hangul);
    if chars == 0 || !is_hangul(last) || !all_hangul(left) || !all_hangul(right) {
        return None;
    }
    let listed = PARTICLES.contains(&left) && PARTICLES.contains(&right);
    let longest = left.chars().count().max(right.chars().count());
    (listed || (chars >= 2 && longest <= chars)).then_some(stem)
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Joins changes between which nearly nothing stayed, so that a changed phrase is read in one
/// go and not word by word.
fn calm<'a>(runs: Vec<Run<'a>>, old: &'a str, new: &'a str) -> Vec<Run<'a>> {
    // Where the texts stand at the end of each run that is kept.
    let mut kept: Vec<Run<'a>> = Vec::with_capacity(runs.len());
    let (mut at_old, mut at_new) = (0, 0);
    for run in runs {
        let (gone, came) = lengths(&run);
        (at_old, at_new) = (at_old + gone, at_new + came);
        kept.push(run);
        let joined = match kept.as_slice() {
            [
                ..,
                Run::Edit {
                    gone: g1,
                    new: n1,
                    fine: false,
                },
                Run::Same(thin),
                Run::Edit {
                    gone: g2,
                    new: n2,
                    fine: false,
                },
            ] if is_thin(thin) => {
                let gone = &old[at_old - g1.len() - thin.len() - g2.len()..at_old];
                let came = &new[at_new - n1.len() - thin.len() - n2.len()..at_new];
                trimmed(gone, came)
            }
            _ => None,
        };
        if let Some(joined) = joined {
            kept.truncate(kept.len() - 3);
            kept.extend(joined);
        }
    }
    kept
}

fn lengths(run: &Run<'_>) -> (usize, usize) {
    match run {
        Run::Same(text) => (text.len(), text.len()),
        Run::Edit { gone, new, .. } => (gone.len(), new.len()),
    }
}

fn is_thin(text: &str) -> bool {
    text.len() <= THIN_BYTES && !text.contains(is_word)
}

/// A joined change without the white space and signs that both sides begin or end with; `None`
/// if one side would be nothing but such.
fn trimmed<'a>(gone: &'a str, new: &'a str) -> Option<Vec<Run<'a>>> {
    let mut head = 0;
    for (a, b) in gone.chars().zip(new.chars()) {
        if a != b || is_word(a) {
            break;
        }
        head += a.len_utf8();
    }
    let (before, gone, new) = (&gone[..head], &gone[head..], &new[head..]);
    let mut tail = 0;
    for (a, b) in gone.chars().rev().zip(new.chars().rev()) {
        if a != b || is_word(a) {
            break;
        }
        tail += a.len_utf8();
    }
    let after = &gone[gone.len() - tail..];
    let (gone, new) = (&gone[..gone.len() - tail], &new[..new.len() - tail]);
    let says = |text: &str| text.is_empty() || text.contains(is_word);
    if !says(gone) || !says(new) {
        return None;
    }
    let mut runs = Vec::with_capacity(3);
    if !before.is_empty() {
        runs.push(Run::Same(before));
    }
    runs.push(Run::Edit {
        gone,
        new,
        fine: false,
    });
    if !after.is_empty() {
        runs.push(Run::Same(after));
    }
    Some(runs)
}
