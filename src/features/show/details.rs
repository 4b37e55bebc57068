//! What a show says of itself besides the common case: stored as one JSON value, since nothing
//! is looked up by any of it.
use serde::{Deserialize, Serialize};

use super::apps::AppLink;
use crate::formats::podcast::values::{
    Funding, License, Location, Person, RemoteItem, SocialPost, Txt, UpdateFrequency,
};

/// How much of a post an item of the podcast feed holds (`content:encoded`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub enum FeedText {
    /// Note and references.
    #[default]
    Notes,
    /// Note, script and references.
    Full,
}

impl FeedText {
    /// The word in the form and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Notes => "notes",
            Self::Full => "full",
        }
    }

    /// Reads the word; anything else means notes.
    pub fn parse(word: &str) -> Self {
        if word == "full" {
            Self::Full
        } else {
            Self::Notes
        }
    }
}

/// The rarer facts of a show. A row of an older version lacks some: they have their defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct ShowDetails {
    /// Further categories of Apple's, at most two; Apple itself reads the first of all alone.
    pub more_categories: Vec<String>,
    /// Who is always there; a post's own list replaces it.
    pub people: Vec<Person>,
    /// Support links, the best first.
    pub funding: Vec<Funding>,
    /// Terms of use.
    pub license: Option<License>,
    /// What is promised.
    pub update_frequency: UpdateFrequency,
    /// Where it is made (`rel="creator"`).
    pub location: Option<Location>,
    /// Shows that the author recommends.
    pub podroll: Vec<RemoteItem>,
    /// The conversation about the show as a whole.
    pub social: Vec<SocialPost>,
    /// Proofs of ownership and other texts for machines.
    pub txt: Vec<Txt>,
    /// Whether machines spoke or wrote parts of it; `None` says nothing
    /// (`podcast:txt purpose="ai-content"`).
    pub ai_content: Option<bool>,
    /// Services that must not list it, by the slug of the namespace's list (`podcast:block`).
    pub blocked_services: Vec<String>,
    /// No directory may list it (`itunes:block`, `podcast:block`).
    pub block: bool,
    /// Nothing more will come (`itunes:complete`).
    pub complete: bool,
    /// Where its podcast feed is now, if it moved away; empty otherwise
    /// (`itunes:new-feed-url`, and a 301).
    pub moved_to: String,
    /// What the cover shows, for who cannot see it (`podcast:image alt`).
    pub cover_alt: String,
    /// How much an item of the podcast feed holds.
    pub feed_text: FeedText,
    /// Episodes a page of the podcast feed (RFC 5005), 0: all in one document.
    pub feed_page_size: u32,
    /// Its addresses in apps and directories, one an app.
    pub apps: Vec<AppLink>,
    /// Stands before the address of every enclosure, `https://op3.dev/e/`; empty otherwise.
    pub enclosure_prefix: String,
}
