//! Which posts of a show are near to one.
//!
//! Two posts are near if their references lead to the same places, or their titles share words; of
//! equally near ones the nearer in time comes first. A place or a word counts the more the fewer
//! posts share it. Only posts around the same time are looked at, so the number of all posts costs
//! nothing, and no script is read.
use std::collections::{HashMap, HashSet};

use super::model::{PublicPost, Reference, RelatedPost};
use super::store::public;
use crate::db::Db;
use crate::formats::html::safe_link;
use crate::kernel::Result;

/// So many posts on either side in time are looked at.
const AROUND: i64 = 60;
/// So many are found.
const MOST: usize = 3;
/// What an equal address counts in equal places.
const SAME_ADDRESS: u64 = 4;
/// What so many posts share tells something, however few there are.
const FEW: u64 = 4;
/// The shortest word of a title that tells anything, in characters.
const WORD_CHARS: usize = 2;

/// The post before or after another one, as a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// Last piece of its address.
    pub slug: String,
    /// Plain text.
    pub title: String,
    /// BCP 47, never empty.
    pub language: String,
}

/// The posts that are nearest to a post, at most three; none where nothing is near. Its neighbours
/// in time are left out, since every page names them.
pub async fn related(db: &Db, post: &PublicPost) -> Result<Vec<RelatedPost>> {
    let around = public::around(db, post, AROUND).await?;
    Ok(nearest(post, around))
}

/// A thing that posts can share, by its kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Trait {
    Address(String),
    Host(String),
    Word(String),
}

fn traits(title: &str, references: &[Reference]) -> HashSet<Trait> {
    let mut found = HashSet::new();
    for url in references.iter().filter_map(|r| safe_link(&r.url)) {
        let host = url.split('/').nth(2).unwrap_or_default();
        let host = host.strip_prefix("www.").unwrap_or(host).to_owned();
        found.insert(Trait::Host(host));
        found.insert(Trait::Address(url));
    }
    let words = title.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|w| w.chars().count() >= WORD_CHARS);
    // A number names nothing: the third part of two series.
    let words = words.filter(|w| !w.chars().all(|c| c.is_ascii_digit()));
    found.extend(words.map(|w| Trait::Word(w.to_lowercase())));
    found
}

fn nearest(post: &PublicPost, around: Vec<RelatedPost>) -> Vec<RelatedPost> {
    let own = traits(&post.content.title, &post.content.references);
    let theirs: Vec<HashSet<Trait>> = around
        .iter()
        .map(|other| traits(&other.title, &other.references))
        .collect();
    let mut counts: HashMap<&Trait, u64> = HashMap::new();
    for one in theirs.iter().flatten() {
        *counts.entry(one).or_default() += 1;
    }
    let weight = |one: &Trait| {
        let times = match one {
            Trait::Address(_) => SAME_ADDRESS,
            Trait::Host(_) | Trait::Word(_) => 1,
        };
        // Whole numbers, so that equal is equal.
        1_000 * times / counts.get(one).copied().unwrap_or(1)
    };
    // What more than a third of many posts share says nothing of any: the show's own words.
    let common = u64::try_from(around.len() / 3).unwrap_or(u64::MAX).max(FEW);
    let telling = |one: &&Trait| counts.get(*one).copied().unwrap_or(0) <= common;
    let far = |other: &RelatedPost| post.first_public_at.0.abs_diff(other.first_public_at.0);
    let mut found: Vec<(u64, RelatedPost)> = around
        .into_iter()
        .zip(&theirs)
        .filter(|(other, _)| !other.is_neighbour)
        .map(|(other, their)| {
            let shared = own.intersection(their).filter(telling);
            (shared.map(weight).sum(), other)
        })
        .filter(|(score, _)| *score > 0)
        .collect();
    found.sort_by_key(|(score, other)| (std::cmp::Reverse(*score), far(other), other.slug.clone()));
    found.truncate(MOST);
    found.into_iter().map(|(_, other)| other).collect()
}
