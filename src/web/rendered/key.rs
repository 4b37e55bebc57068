//! Under what an answer is kept.
use std::sync::Arc;

use crate::kernel::ids::ShowId;
use crate::kernel::language::UiLanguage;

/// Whose change makes an answer old.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Owner {
    /// One show.
    Show(ShowId),
    /// All of them: the list of shows.
    All,
}

/// Which of the answers under an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The only one: feeds, transcripts, addresses that name their language.
    Any,
    /// The page in one language of the interface.
    In(UiLanguage),
}

/// Where an answer is kept, and how long.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// Path and query of the request in canonical spelling.
    pub target: Arc<str>,
    /// Which language.
    pub slot: Slot,
    /// Whose change ends it.
    pub owner: Owner,
    /// Feeds stay whatever their size; the rest shares the limit.
    pub pinned: bool,
}

impl Key {
    /// A page in a language; kept while there is room.
    pub fn page(target: &str, language: UiLanguage, owner: Owner) -> Self {
        Self {
            target: target.into(),
            slot: Slot::In(language),
            owner,
            pinned: false,
        }
    }

    /// An answer that is the same for everybody; kept while there is room.
    pub fn common(target: &str, owner: Owner) -> Self {
        Self {
            target: target.into(),
            slot: Slot::Any,
            owner,
            pinned: false,
        }
    }

    /// A feed: the same for everybody, and kept until its show changes.
    pub fn feed(target: &str, show: &ShowId) -> Self {
        Self {
            target: target.into(),
            slot: Slot::Any,
            owner: Owner::Show(show.clone()),
            pinned: true,
        }
    }
}
