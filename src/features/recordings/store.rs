//! The SQL of recordings.
use anyhow::Context;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::model::Recording;
use crate::db::{Db, Tx};
use crate::formats::audio::AudioKind;
use crate::kernel::ids::RecordingId;
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result};

fn read(row: &AnyRow) -> Result<Recording> {
    let text = |name: &str| row.try_get::<String, _>(name);
    let number = |name: &str| row.try_get::<i64, _>(name).map(i64::unsigned_abs);
    let kind = text("kind")?;
    // A broken row of tags must not take the editor down: it shows none instead.
    let tags = serde_json::from_str(&text("tags")?).unwrap_or_else(|error| {
        tracing::warn!(%error, "tags of a recording could not be read");
        Default::default()
    });
    Ok(Recording {
        id: RecordingId::from_db(text("id")?),
        media_hash: text("media_hash")?,
        length_bytes: number("length_bytes")?,
        present: text("state")? == "present",
        kind: AudioKind::parse(&kind).with_context(|| format!("a recording of kind {kind}"))?,
        duration_ms: number("duration_ms")?,
        bitrate_bps: number("bitrate_bps")?,
        sample_rate_hz: u32::try_from(number("sample_rate_hz")?).unwrap_or(0),
        channels: u16::try_from(number("channels")?).unwrap_or(0),
        original_name: text("original_name")?,
        tags,
        artwork_hash: row.try_get("artwork_hash")?,
        created_at: Instant(row.try_get("created_at")?),
    })
}

/// One recording with what its file's row tells.
const BY_ID: &str = "SELECT a.*, m.length_bytes AS length_bytes, m.state AS state FROM recordings a \
     JOIN media m ON m.hash = a.media_hash WHERE a.id = $1";

/// A recording by its id, or `NotFound`.
pub async fn find(db: &Db, id: &RecordingId) -> Result<Recording> {
    let row = sqlx::query(BY_ID)
        .bind(id.as_str())
        .fetch_optional(db.read())
        .await?;
    read(&row.ok_or(Error::NotFound)?)
}

/// The same inside a transaction.
pub async fn find_in(tx: &mut Tx, id: &RecordingId) -> Result<Recording> {
    let row = sqlx::query(BY_ID)
        .bind(id.as_str())
        .fetch_optional(tx.conn())
        .await?;
    read(&row.ok_or(Error::NotFound)?)
}

/// Writes a recording; the row of its file is there already, `length_bytes` and `present` are
/// told by that one.
pub async fn insert(tx: &mut Tx, recording: &Recording) -> Result<()> {
    let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let tags = serde_json::to_string(&recording.tags).context("tags into JSON")?;
    sqlx::query(
        "INSERT INTO recordings (id, media_hash, kind, duration_ms, bitrate_bps, sample_rate_hz, \
         channels, original_name, tags, artwork_hash, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(recording.id.as_str())
    .bind(recording.media_hash.as_str())
    .bind(recording.kind.as_str())
    .bind(signed(recording.duration_ms))
    .bind(signed(recording.bitrate_bps))
    .bind(i64::from(recording.sample_rate_hz))
    .bind(i64::from(recording.channels))
    .bind(recording.original_name.as_str())
    .bind(tags)
    .bind(recording.artwork_hash.as_deref())
    .bind(recording.created_at.0)
    .execute(tx.conn())
    .await?;
    Ok(())
}
