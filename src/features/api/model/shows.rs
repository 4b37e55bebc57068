//! Shows.
use serde::{Deserialize, Serialize};

use crate::features::show::{ShowDetails, ShowType};

/// A show.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Show {
    /// `[a-z0-9-]{1,40}`.
    pub address: String,
    /// Title.
    pub title: String,
    /// Plain text.
    pub description: String,
    /// BCP 47.
    pub language: String,
    /// IANA name.
    pub time_zone: String,
    /// Who writes.
    pub author: String,
    /// For directories; may be empty.
    pub owner_email: String,
    /// May be empty.
    pub copyright: String,
    /// One of Apple's, as `News` or `News > Politics`.
    pub category: String,
    /// Whether it holds explicit language.
    pub explicit: bool,
    /// Whether other hosts are told to leave it alone.
    pub locked: bool,
    /// In which order it is heard.
    pub show_type: ShowType,
    /// The rarer facts.
    pub details: ShowDetails,
    /// Its picture.
    pub cover_url: String,
    /// The public page.
    pub url: String,
    /// The podcast feed.
    pub feed_url: String,
    /// The feed of everything.
    pub posts_feed_url: String,
}

/// What to change of a show; a member that is absent stays as it is. To make one, `title` and
/// `description` are needed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct ShowInput {
    /// `[a-z0-9-]{1,40}`; for a new show proposed from the title.
    pub address: Option<String>,
    /// 1 to 255 characters.
    #[cfg_attr(test, schema(min_length = 1, max_length = 255))]
    pub title: Option<String>,
    /// 1 to 1,300 characters.
    #[cfg_attr(test, schema(min_length = 1, max_length = 1_300))]
    pub description: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// IANA name.
    pub time_zone: Option<String>,
    /// At most 255 characters.
    #[cfg_attr(test, schema(max_length = 255))]
    pub author: Option<String>,
    /// At most 255 characters.
    #[cfg_attr(test, schema(max_length = 255))]
    pub owner_email: Option<String>,
    /// At most 255 characters.
    #[cfg_attr(test, schema(max_length = 255))]
    pub copyright: Option<String>,
    /// One of Apple's, as `News` or `News > Politics`.
    pub category: Option<String>,
    /// Whether it holds explicit language.
    pub explicit: Option<bool>,
    /// Whether other hosts are told to leave it alone.
    pub locked: Option<bool>,
    /// In which order it is heard.
    pub show_type: Option<ShowType>,
    /// All of the rarer facts. Faults in them are told by the names of the fields of the form.
    pub details: Option<ShowDetails>,
}

/// What podcast directories want of a show's feed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Directories {
    /// What to send in.
    pub feed_url: String,
    /// What is missing first.
    pub requirements: Vec<Requirement>,
    /// Where the feed can be sent.
    pub directories: Vec<Directory>,
}

/// Something that directories want.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Requirement {
    /// `must`: the feed is refused without it; `should`: it is better with it; `done`.
    pub weight: &'static str,
    /// A sentence, in the language of `Accept-Language`.
    pub text: String,
    /// Names of the directories that want it.
    pub of: String,
}

/// A podcast directory.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Directory {
    /// Its name.
    pub name: String,
    /// How a feed is sent in, in the language of `Accept-Language`.
    pub how: String,
    /// Where that is.
    pub url: String,
    /// Whether nothing is missing.
    pub is_ready: bool,
    /// The show's page there, if its author told it.
    pub listed_at: Option<String>,
}
