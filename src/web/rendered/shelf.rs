//! What joined documents are made from, kept across changes, with word of what is stale in it.
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OwnedMutexGuard;

use super::Rendered;
use super::joined::Joined;
use crate::kernel::ids::{PostId, ShowId};

/// More posts than this are looked for together instead of one by one.
const MANY: usize = 50;

/// What has changed since the parts were last brought up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stale {
    /// These posts at most.
    Posts(BTreeSet<PostId>),
    /// Anything.
    All,
}

impl Stale {
    fn add(&mut self, post: Option<&PostId>) {
        match (&mut *self, post) {
            (Self::Posts(posts), Some(post)) if posts.len() < MANY => {
                posts.insert(post.clone());
            }
            _ => *self = Self::All,
        }
    }
}

/// The parts of one document of a show. One builder at a time holds them.
pub struct Shelf {
    parts: Arc<tokio::sync::Mutex<Joined>>,
    stale: Mutex<Stale>,
}

impl Shelf {
    fn new() -> Self {
        Self {
            parts: Arc::default(),
            stale: Mutex::new(Stale::All),
        }
    }

    fn stale(&self) -> MutexGuard<'_, Stale> {
        self.stale.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says that the parts of a post, or any, may be wrong now.
    pub(super) fn spoil(&self, post: Option<&PostId>) {
        self.stale().add(post);
    }

    /// The parts as they were for the document of this version, if none was made since. Blocks:
    /// not for the threads that serve.
    pub fn as_of(&self, version: u64) -> Option<Joined> {
        let parts = self.parts.blocking_lock();
        (parts.version() == version).then(|| parts.clone())
    }

    /// Takes the parts for one building. What is stale is taken before the database is read:
    /// whatever is committed later is stale again.
    pub async fn take(self: &Arc<Self>) -> Taken {
        let parts = self.parts.clone().lock_owned().await;
        let stale = std::mem::replace(&mut *self.stale(), Stale::Posts(BTreeSet::new()));
        Taken {
            parts,
            stale,
            shelf: self.clone(),
            mended: false,
        }
    }
}

/// Parts in the hands of a builder. Dropped before [`Taken::mended`], all of them are stale.
pub struct Taken {
    /// As they were left.
    pub parts: OwnedMutexGuard<Joined>,
    /// What may be wrong with them.
    pub stale: Stale,
    shelf: Arc<Shelf>,
    mended: bool,
}

impl Taken {
    /// The parts are what the database said.
    pub fn mended(mut self) {
        self.mended = true;
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        if !self.mended {
            self.shelf.spoil(None);
        }
    }
}

impl Rendered {
    /// Where the parts of a document are kept.
    pub fn shelf(&self, show: &ShowId, name: &'static str) -> Arc<Shelf> {
        let mut book = self.book();
        let shelf = book.shelves.entry((show.clone(), name));
        shelf.or_insert_with(|| Arc::new(Shelf::new())).clone()
    }
}
