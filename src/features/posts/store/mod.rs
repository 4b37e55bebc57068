//! The SQL of posts: what the public reads, and what the author writes.
pub mod access;
pub mod corrections;
pub mod feed;
mod lists;
pub mod preview;
pub mod public;
pub mod recording;
pub mod revisions;
pub mod sentences;
pub mod writing;

use sqlx::Row;
use sqlx::any::AnyRow;

use super::details::PostDetails;
use super::model::{Content, EpisodeType, Reference};
use crate::kernel::ids::RecordingId;
use crate::kernel::{Error, Result};

/// Reads the columns that working copies, revisions and the views share.
fn read_content(row: &AnyRow) -> Result<Content> {
    let text = |name: &str| row.try_get::<String, _>(name);
    Ok(Content {
        title: text("title")?,
        note: text("note")?,
        script: text("script")?,
        references: read_references(&text("refs")?),
        language: text("language")?,
        season: row.try_get("season")?,
        episode: row.try_get("episode")?,
        episode_type: EpisodeType::parse(&text("episode_type")?),
        explicit: row.try_get::<Option<i64>, _>("explicit")?.map(|n| n != 0),
        cover_hash: row.try_get("cover_hash")?,
        recording_id: row
            .try_get::<Option<String>, _>("recording_id")?
            .map(RecordingId::from_db),
        alternate_id: row
            .try_get::<Option<String>, _>("alternate_id")?
            .map(RecordingId::from_db),
        details: read_details(&text("details")?),
    })
}

/// A broken row must not take the page down: it shows no references instead.
fn read_references(json: &str) -> Vec<Reference> {
    serde_json::from_str(json).unwrap_or_else(|error| {
        tracing::warn!(%error, "references of a post could not be read");
        Vec::new()
    })
}

/// The references as JSON, as the column `refs` holds them.
fn write_references(references: &[Reference]) -> Result<String> {
    serde_json::to_string(references).map_err(|e| Error::Internal(e.into()))
}

/// A broken row must not take the page down: it has the defaults instead.
fn read_details(json: &str) -> PostDetails {
    serde_json::from_str(json).unwrap_or_else(|error| {
        tracing::warn!(%error, "details of a post could not be read");
        PostDetails::default()
    })
}

/// The details as JSON, as the column `details` holds them.
fn write_details(content: &Content) -> Result<String> {
    serde_json::to_string(&content.details).map_err(|e| Error::Internal(e.into()))
}
