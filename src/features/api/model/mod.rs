//! What goes over the wire. Instants are RFC 3339 in UTC, lengths in milliseconds and bytes.
mod people;
mod readers;

pub use people::{Invitation, InvitationInput, LogEntry, LogPage, Person, RightsInput};
pub use readers::{
    Chapter, Chapters, ChaptersInput, Correction, CorrectionInput, Finding, RemarkInput, TextChange,
};
use serde::{Deserialize, Deserializer, Serialize};

use crate::features::accounts::{Role, Scope};
use crate::features::posts::PostDetails;

/// What went wrong (RFC 9457, `application/problem+json`).
#[cfg(test)]
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the status says what kind it is.
    pub r#type: String,
    /// The status in words.
    pub title: String,
    /// The status.
    pub status: u16,
    /// One sentence for a person, in the language of `Accept-Language`.
    pub detail: String,
    /// Faults by field, where the content has any.
    pub errors: Option<std::collections::BTreeMap<String, String>>,
}

/// The token and its person.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Me {
    /// Id of the person.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Login name.
    pub email: String,
    /// What the person may do.
    pub role: Role,
    /// Addresses of the shows that the person works on.
    pub shows: Vec<String>,
    /// What the token was called.
    pub token_name: String,
    /// What the token may do.
    pub scopes: Vec<Scope>,
    /// When the token ends.
    pub expires_at: String,
}

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
    /// `episodic` or `serial`.
    pub show_type: String,
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
    pub title: Option<String>,
    /// 1 to 1,300 characters.
    pub description: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// IANA name.
    pub time_zone: Option<String>,
    /// At most 255 characters.
    pub author: Option<String>,
    /// At most 255 characters.
    pub owner_email: Option<String>,
    /// At most 255 characters.
    pub copyright: Option<String>,
    /// One of Apple's, as `News` or `News > Politics`.
    pub category: Option<String>,
    /// Whether it holds explicit language.
    pub explicit: Option<bool>,
    /// Whether other hosts are told to leave it alone.
    pub locked: Option<bool>,
    /// `episodic` or `serial`.
    pub show_type: Option<String>,
}

/// A list of posts, a page of it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct PostList {
    /// What is not public yet first, then newest first.
    pub posts: Vec<PostLine>,
    /// The number of the next page, if there is one.
    pub next_page: Option<i64>,
}

/// A post in a list.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct PostLine {
    /// 12 characters, given once.
    pub id: String,
    /// Title of the working copy; may be empty.
    pub title: String,
    /// `draft`, `scheduled`, `published`, `unlisted` or `removed`.
    pub state: String,
    /// When the working copy was saved last.
    pub updated_at: String,
    /// When it is due, if scheduled.
    pub scheduled_at: Option<String>,
    /// The date of the piece, if it was ever public.
    pub first_public_at: Option<String>,
    /// Length of its recording, if it has one.
    pub duration_ms: Option<u64>,
    /// Whether the working copy differs from what the public sees or will see.
    pub has_changes: bool,
    /// The public page, if there is one.
    pub url: Option<String>,
}

/// Something the piece rests on.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Reference {
    /// What it is called.
    pub title: String,
    /// `http` or `https`; may be empty.
    pub url: String,
    /// Who published it; may be empty.
    pub outlet: String,
    /// When, as the author writes it; may be empty.
    pub date: String,
    /// What the author says of it; may be empty.
    pub remark: String,
    /// How the sentence begins that it belongs to; empty where it belongs to the whole piece.
    pub passage: String,
}

/// A sound file of a post.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Recording {
    /// `mp3`, `m4a`, `aac`, `ogg`, `opus`, `flac` or `wav`.
    pub kind: String,
    /// Length.
    pub duration_ms: u64,
    /// Length of the file.
    pub length_bytes: u64,
    /// Mean bits per second.
    pub bitrate_bps: u64,
    /// Samples per second.
    pub sample_rate_hz: u32,
    /// Channels.
    pub channels: u16,
    /// What the file was called when it was sent.
    pub file_name: String,
}

/// A post with its working copy.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Post {
    /// 12 characters, given once.
    pub id: String,
    /// Address of its show.
    pub show: String,
    /// The same in every feed for ever.
    pub guid: String,
    /// `draft`, `scheduled`, `published`, `unlisted` or `removed`.
    pub state: String,
    /// Rises with every save of the text; a change names the one that it was made from.
    pub version: i64,
    /// When the working copy was saved last.
    pub updated_at: String,
    /// When it is due, if scheduled.
    pub scheduled_at: Option<String>,
    /// The date of the piece, if it was ever public.
    pub first_public_at: Option<String>,
    /// Whether the working copy differs from what the public sees or will see.
    pub has_changes: bool,
    /// The public page, if there is one.
    pub url: Option<String>,
    /// The editor.
    pub editor_url: String,
    /// Last piece of its address, as wished; empty: from the title.
    pub slug: String,
    /// May be empty in a draft.
    pub title: String,
    /// A few lines to the reader, small Markdown.
    pub note: String,
    /// The script, small Markdown.
    pub script: String,
    /// BCP 47; empty: the show's.
    pub language: String,
    /// From 1.
    pub season: Option<i64>,
    /// From 1.
    pub episode: Option<i64>,
    /// `full`, `trailer` or `bonus`.
    pub episode_type: String,
    /// `null`: as the show.
    pub explicit: Option<bool>,
    /// In the author's order.
    pub references: Vec<Reference>,
    /// The rarer facts.
    pub details: PostDetails,
    /// The recording, if the post is an episode.
    pub recording: Option<Recording>,
    /// The same in a second format.
    pub alternate: Option<Recording>,
}

/// What to change of a post's working copy; a member that is absent stays as it is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct PostInput {
    /// The version that the change was made from; needed except for a new post.
    pub version: Option<i64>,
    /// Last piece of its address; empty: from the title.
    pub slug: Option<String>,
    /// At most 500 characters.
    pub title: Option<String>,
    /// A few lines to the reader, small Markdown.
    pub note: Option<String>,
    /// The script, small Markdown.
    pub script: Option<String>,
    /// BCP 47; empty: the show's.
    pub language: Option<String>,
    /// From 1; `null`: none.
    #[serde(deserialize_with = "present")]
    pub season: Option<Option<i64>>,
    /// From 1; `null`: none.
    #[serde(deserialize_with = "present")]
    pub episode: Option<Option<i64>>,
    /// `full`, `trailer` or `bonus`.
    pub episode_type: Option<String>,
    /// `null`: as the show.
    #[serde(deserialize_with = "present")]
    pub explicit: Option<Option<bool>>,
    /// All of them, in order.
    pub references: Option<Vec<Reference>>,
    /// All of them.
    pub details: Option<PostDetails>,
}

/// Tells a member that is `null` from one that is absent.
fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// When to publish.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct ScheduleInput {
    /// RFC 3339 with an offset.
    pub at: String,
}

/// What to tell readers of an update.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct UpdateInput {
    /// Whether readers are told what changed.
    pub tell_readers: bool,
    /// What to say of it, at most 2,000 characters.
    pub remark: String,
}

/// A version of a post that is kept.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Version {
    /// 1, 2, 3 … within the post.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// When it was made.
    pub created_at: String,
    /// Whether it was ever public.
    pub ever_public: bool,
}

/// The working copy that is overwritten.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct RestoreInput {
    /// Its version.
    pub version: i64,
}

/// A link to look at what is not public.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct PreviewLink {
    /// Names it, opens nothing.
    pub id: String,
    /// When it ends.
    pub expires_at: String,
    /// The link; told only when it is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What became of a file with times.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Imported {
    /// What it was: `WebVTT`, `SubRip`, `JSON` …
    pub form: String,
    /// Whether it became the script.
    pub is_script: bool,
    /// Sentences of the script.
    pub sentences: usize,
    /// Of those, how many have a time now.
    pub timed: usize,
    /// What was mended or left out, a sentence each.
    pub warnings: Vec<String>,
}

/// What to look for in the recording.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct AlignmentInput {
    /// Everything anew but what was set by hand; else only what has no time yet.
    pub whole: bool,
}

/// Work on the times of a post.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Alignment {
    /// `none`, `waiting`, `running`, `done`, `failed` or `cancelled`.
    pub state: String,
    /// 0 to 100.
    pub percent: u8,
    /// What came of it or what went wrong, in the language of `Accept-Language`.
    pub message: Option<String>,
}
