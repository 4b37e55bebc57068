//! What changed between two lists of sentences, to be told to readers.
use std::collections::HashMap;

use super::pairs::{Step, align};

/// A sentence that changed. One that only came has nothing before, one that only went nothing
/// after; one that stands in another place has the same in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    /// What stood there.
    pub before: &'a str,
    /// What stands there now.
    pub after: &'a str,
}

/// The changes in the order of the new text; what went stands where it stood. Every difference
/// counts, down to a space.
pub fn changes<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Change<'a>> {
    let steps = align(old, new);
    // Sentences that went, word for word the same as one that came: they moved.
    let mut gone: HashMap<&str, usize> = HashMap::new();
    let mut came: HashMap<&str, usize> = HashMap::new();
    for step in &steps {
        match *step {
            Step::Both(..) => {}
            Step::Gone(i) => *gone.entry(old[i]).or_default() += 1,
            Step::New(j) => *came.entry(new[j]).or_default() += 1,
        }
    }
    let mut found = Vec::new();
    for step in steps {
        let (before, after) = match step {
            Step::Both(i, j) if old[i] == new[j] => continue,
            Step::Both(i, j) => (old[i], new[j]),
            // Told where it came to.
            Step::Gone(i) if take(&mut came, old[i]) => continue,
            Step::Gone(i) => (old[i], ""),
            Step::New(j) if take(&mut gone, new[j]) => (new[j], new[j]),
            Step::New(j) => ("", new[j]),
        };
        found.push(Change { before, after });
    }
    found
}

fn take(left: &mut HashMap<&str, usize>, text: &str) -> bool {
    match left.get_mut(text) {
        Some(n) if *n > 0 => {
            *n -= 1;
            true
        }
        _ => false,
    }
}
