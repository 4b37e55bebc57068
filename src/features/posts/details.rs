//! What a post says of itself besides the common case: stored as one JSON value, since nothing
//! is looked up by any of it.
use serde::{Deserialize, Serialize};

use crate::formats::podcast::values::{License, Location, Person, SocialPost, Soundbite};

/// The rarer facts of a post. A row of an older version lacks some: they have their defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PostDetails {
    /// Who takes part; if not empty, it replaces the show's list.
    pub people: Vec<Person>,
    /// What the season is called (`podcast:season name`); may be empty.
    pub season_name: String,
    /// How the number is shown, `7a` (`podcast:episode display`); may be empty.
    pub episode_display: String,
    /// Terms of use, if other than the show's.
    pub license: Option<License>,
    /// What it is about (`rel="subject"`).
    pub location: Option<Location>,
    /// Conversations about the piece.
    pub social: Vec<SocialPost>,
    /// Passages that stand for the whole.
    pub soundbites: Vec<Soundbite>,
    /// Whether machines spoke or wrote parts of it; `None`: as the show.
    pub ai_content: Option<bool>,
    /// What its own picture shows, for who cannot see it.
    pub cover_alt: String,
    /// Apple's directory must not list it (`itunes:block`).
    pub block: bool,
}
