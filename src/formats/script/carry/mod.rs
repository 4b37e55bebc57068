//! Ids that last: from the sentences of one version of a script to those of the next.
//!
//! A sentence keeps its id, in this order, if
//!
//! 1. the author set where it begins and ends, and its words still stand there;
//! 2. its letters and digits are the same, wherever it stands: first the sentences that there are
//!    once, then, between those, the others in their order;
//! 3. it was gone and comes back with the same letters and digits;
//! 4. it is like a sentence that is left over: the most alike first. One whose neighbours stayed
//!    the same needs less likeness. Of a sentence that was cut in two the larger part is more
//!    like it, of two that became one the larger one.
//!
//! All others get a new id. No id is given twice.
mod alike;
mod exact;
mod hand;

use std::collections::{HashMap, HashSet, VecDeque};

use unicode_normalization::UnicodeNormalization;

use super::model::{Piece, Sentence};
use crate::kernel::ids::SentenceId;

/// Pairs of old and new sentences.
struct Pairs {
    /// For each old one the new one, as far as known.
    new_of: Vec<Option<usize>>,
    /// For each new one the old one, as far as known.
    old_of: Vec<Option<usize>>,
}

impl Pairs {
    fn set(&mut self, old: usize, new: usize) {
        self.new_of[old] = Some(new);
        self.old_of[new] = Some(old);
    }

    fn are_free(&self, old: usize, new: usize) -> bool {
        self.new_of[old].is_none() && self.old_of[new].is_none()
    }
}

/// Gives the sentences of a new version their ids: those of `old`, of the version before, as the
/// module says; else of `lost`, from older versions, the most wanted first; else those that `give`
/// makes, which must never have been given in this post. Time grows with the length of the texts
/// and somewhat more with the number of sentences that differ.
pub fn carry(
    old: &[Sentence],
    lost: &[Sentence],
    new: &[Piece],
    mut give: impl FnMut() -> SentenceId,
) -> Vec<Sentence> {
    let extents = hand::extents(old, new);
    let old_keys: Vec<String> = old.iter().map(|s| key(&s.text)).collect();
    let new_keys: Vec<String> = extents.iter().map(|e| key(&e.text)).collect();
    let mut pairs = Pairs {
        new_of: vec![None; old.len()],
        old_of: vec![None; extents.len()],
    };
    for (n, extent) in extents.iter().enumerate() {
        if let Some(o) = extent.hand_made {
            pairs.set(o, n);
        }
    }
    exact::pair(&old_keys, &new_keys, &mut pairs);
    let found = come_back(old, lost, &new_keys, &mut pairs);
    let taken: HashSet<usize> = found.keys().copied().collect();
    alike::pair(&old_keys, &new_keys, &taken, &mut pairs);
    extents
        .into_iter()
        .enumerate()
        .map(|(n, extent)| Sentence {
            id: match (pairs.old_of[n], found.get(&n)) {
                (Some(o), _) => old[o].id.clone(),
                (None, Some(id)) => id.clone(),
                (None, None) => give(),
            },
            by_hand: extent.hand_made.is_some() || extent.is_cut_by_hand,
            text: extent.text,
        })
        .collect()
}

/// Ids of older versions for new sentences that say again what they said. An old sentence whose
/// id comes back this way is paired.
fn come_back(
    old: &[Sentence],
    lost: &[Sentence],
    new_keys: &[String],
    pairs: &mut Pairs,
) -> HashMap<usize, SentenceId> {
    let mut found = HashMap::new();
    if lost.is_empty() || pairs.old_of.iter().all(Option::is_some) {
        return found;
    }
    let places: HashMap<&SentenceId, usize> =
        old.iter().enumerate().map(|(o, s)| (&s.id, o)).collect();
    let wanted: HashSet<&str> = (0..new_keys.len())
        .filter(|n| pairs.old_of[*n].is_none())
        .map(|n| new_keys[n].as_str())
        .collect();
    let mut free: HashMap<String, VecDeque<&SentenceId>> = HashMap::new();
    let mut seen = HashSet::new();
    for sentence in lost {
        let key = key(&sentence.text);
        let in_use = places
            .get(&sentence.id)
            .is_some_and(|o| pairs.new_of[*o].is_some());
        if wanted.contains(key.as_str()) && !in_use && seen.insert((&sentence.id, key.clone())) {
            free.entry(key).or_default().push_back(&sentence.id);
        }
    }
    let mut given = HashSet::new();
    for (n, key) in new_keys.iter().enumerate() {
        if pairs.old_of[n].is_some() {
            continue;
        }
        let Some(ids) = free.get_mut(key) else {
            continue;
        };
        let Some(id) = std::iter::from_fn(|| ids.pop_front()).find(|id| given.insert(*id)) else {
            continue;
        };
        match places.get(id) {
            Some(o) => pairs.set(*o, n),
            None => {
                found.insert(n, id.clone());
            }
        }
    }
    found
}

/// What is compared: letters and digits, in one form and case; of a sentence that has none, its
/// signs.
fn key(text: &str) -> String {
    let letters: String = text
        .nfc()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect();
    if letters.is_empty() {
        squeezed(text)
    } else {
        letters
    }
}

/// The text without white space.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests;
