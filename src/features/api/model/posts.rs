//! Posts, their versions and recordings.
use serde::{Deserialize, Deserializer, Serialize};

use super::Recording;
use crate::features::posts::{EpisodeType, PostDetails, PostState};

/// A list of posts, a page of it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct PostList {
    /// What is not public yet first, then newest first.
    pub posts: Vec<PostLine>,
    /// The number of the next page, if there is one.
    pub next_page: Option<i64>,
    /// How many posts there are in each state, of the kind and with the words that were asked for.
    pub counts: Counts,
}

/// How many posts there are in each state.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Counts {
    /// Never public, or taken back out of the trash.
    pub draft: u64,
    /// Public at their instant.
    pub scheduled: u64,
    /// Public and in every list.
    pub published: u64,
    /// Public for who has the address.
    pub unlisted: u64,
    /// In the trash.
    pub removed: u64,
}

/// A post in a list.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct PostLine {
    /// 12 characters, given once.
    pub id: String,
    /// Title of the working copy; may be empty.
    pub title: String,
    /// Where it stands.
    pub state: PostState,
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

/// An author's text and what goes with it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[cfg_attr(test, schema(as = PostContent))]
pub struct Content {
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
    /// What kind of episode.
    pub episode_type: EpisodeType,
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
    /// Names the picture of its own; `null`: the show's.
    pub cover: Option<String>,
}

/// What to look up.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct LookUpInput {
    /// `http` or `https`; without a scheme it is the latter.
    #[cfg_attr(test, schema(min_length = 1))]
    pub url: String,
}

/// What a page says of itself.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct LookedUp {
    /// What it is called.
    pub title: String,
    /// Who published it; may be empty.
    pub outlet: String,
    /// When, `2024-12-21`; may be empty.
    pub date: String,
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
    /// Where it stands.
    pub state: PostState,
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
    /// The text and what goes with it.
    #[serde(flatten)]
    pub content: Content,
}

/// What to change of a post's working copy; a member that is absent stays as it is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct PostInput {
    /// The version that the change was made from; needed except for a new post.
    pub version: Option<i64>,
    /// Last piece of its address, at most 200 characters; empty: from the title.
    #[cfg_attr(test, schema(max_length = 200))]
    pub slug: Option<String>,
    /// At most 500 characters.
    #[cfg_attr(test, schema(max_length = 500))]
    pub title: Option<String>,
    /// A few lines to the reader, small Markdown.
    #[cfg_attr(test, schema(max_length = 200_000))]
    pub note: Option<String>,
    /// The script, small Markdown.
    #[cfg_attr(test, schema(max_length = 500_000))]
    pub script: Option<String>,
    /// BCP 47; empty: the show's.
    #[cfg_attr(test, schema(max_length = 35))]
    pub language: Option<String>,
    /// From 1; `null`: none.
    #[cfg_attr(test, schema(minimum = 1, maximum = 1_000_000))]
    #[serde(deserialize_with = "present")]
    pub season: Option<Option<i64>>,
    /// From 1; `null`: none.
    #[cfg_attr(test, schema(minimum = 1, maximum = 1_000_000))]
    #[serde(deserialize_with = "present")]
    pub episode: Option<Option<i64>>,
    /// What kind of episode.
    pub episode_type: Option<EpisodeType>,
    /// `null`: as the show.
    #[serde(deserialize_with = "present")]
    pub explicit: Option<Option<bool>>,
    /// All of them, in order.
    #[cfg_attr(test, schema(max_items = 200))]
    pub references: Option<Vec<Reference>>,
    /// All of them.
    pub details: Option<PostDetails>,
}

/// Tells a member that is `null` from one that is absent.
pub fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
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
    #[cfg_attr(test, schema(format = "date-time"))]
    pub at: String,
    /// The version of the working copy that is meant; at another one it is 409.
    #[serde(default)]
    pub version: Option<i64>,
}

/// What to tell readers of an update.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct UpdateInput {
    /// Whether readers are told what changed.
    pub tell_readers: bool,
    /// What to say of it, at most 2,000 characters.
    #[cfg_attr(test, schema(max_length = 2_000))]
    pub remark: String,
    /// The version of the working copy that is meant; at another one it is 409.
    pub version: Option<i64>,
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
