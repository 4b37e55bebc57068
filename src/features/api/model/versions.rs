//! Versions of a post, and what differs between two.
use serde::{Deserialize, Serialize};

use super::Content;
use crate::formats::diff::Side;

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

/// A version of a post that is kept, whole.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct VersionContent {
    /// 1, 2, 3 … within the post.
    pub number: i64,
    /// When it was made.
    pub created_at: String,
    /// Whether it was ever public.
    pub ever_public: bool,
    /// The text and what goes with it.
    #[serde(flatten)]
    pub content: Content,
}

/// Two versions of a post beside each other: what differs.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[cfg_attr(test, schema(as = Comparison))]
pub struct Versions {
    /// Whether nothing differs.
    pub is_same: bool,
    /// Of the title; empty if it is the same, as are the following.
    pub title: Vec<Passage>,
    /// Of the note.
    pub note: Vec<Stretch>,
    /// Of the script.
    pub script: Vec<Stretch>,
    /// Of the references, a line each.
    pub references: Vec<Stretch>,
    /// Of everything else.
    pub facts: Vec<Fact>,
}

/// A piece of text and what became of it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Passage {
    /// What became of it.
    pub side: Side,
    /// The text.
    pub text: String,
}

/// Paragraphs that stand together.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Stretch {
    /// Whether nothing changed in them, and not near to them either.
    pub is_unchanged: bool,
    /// The paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Paragraph {
    /// Whether it went here and came elsewhere, or the other way round, word for word.
    pub is_moved: bool,
    /// Its text in pieces.
    pub pieces: Vec<Passage>,
}

/// Something else that differs.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Fact {
    /// What it is called, in the language of `Accept-Language`.
    pub name: String,
    /// What it was and is, in words.
    pub pieces: Vec<Passage>,
}

/// The working copy that is overwritten.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct RestoreInput {
    /// Its version.
    pub version: i64,
}
