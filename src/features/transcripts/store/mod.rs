//! The SQL of transcripts, of the work on them, and of what the public reads.
pub mod early;
pub mod public;
pub mod work;

use anyhow::Context;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::model::{Timeline, Verdict};
use crate::db::{Db, Tx};
use crate::features::posts::PublicTimes;
use crate::kernel::Result;
use crate::kernel::ids::{PostId, RecordingId, ShowId};
use crate::kernel::time::Instant;

/// A broken row must not take a page down: it knows nothing instead.
fn read_json<T: DeserializeOwned + Default>(what: &'static str, json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| {
        tracing::warn!(%error, what, "a column of a transcript could not be read");
        T::default()
    })
}

fn write_json(value: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string(value).context("a transcript into JSON")?)
}

fn read(row: &AnyRow) -> Result<Timeline> {
    let text = |name: &str| row.try_get::<String, _>(name);
    let chapters: Option<String> = row.try_get("chapters")?;
    Ok(Timeline {
        version: row.try_get("version")?,
        changed_at: Instant(row.try_get("changed_at")?),
        algorithm: row.try_get("algorithm")?,
        verdict: Verdict::parse(&text("verdict")?),
        chapters: chapters.map(|json| read_json("chapters", &json)),
        gaps: read_json("gaps", &text("gaps")?),
        times: read_json("times", &text("times")?),
    })
}

const FIND: &str = "SELECT version, changed_at, algorithm, verdict, chapters, gaps, times \
     FROM transcripts WHERE post_id = $1 AND recording_id = $2";

/// What is known of a post's sentences in a recording; `None` if nothing ever was.
pub async fn find(db: &Db, post: &PostId, recording: &RecordingId) -> Result<Option<Timeline>> {
    let row = sqlx::query(FIND)
        .bind(post.as_str())
        .bind(recording.as_str())
        .fetch_optional(db.read())
        .await?;
    row.as_ref().map(read).transpose()
}

/// The same inside a transaction.
pub async fn find_in(
    tx: &mut Tx,
    post: &PostId,
    recording: &RecordingId,
) -> Result<Option<Timeline>> {
    let row = sqlx::query(FIND)
        .bind(post.as_str())
        .bind(recording.as_str())
        .fetch_optional(tx.conn())
        .await?;
    row.as_ref().map(read).transpose()
}

/// What lists need of it.
pub async fn public_times(db: &Db, post: &PostId, recording: &RecordingId) -> Result<PublicTimes> {
    let row = sqlx::query(
        "SELECT version, changed_at, is_timed FROM transcripts WHERE post_id = $1 AND recording_id = $2",
    )
    .bind(post.as_str())
    .bind(recording.as_str())
    .fetch_optional(db.read())
    .await?;
    let Some(row) = row else {
        return Ok(PublicTimes::default());
    };
    Ok(PublicTimes {
        version: row.try_get("version")?,
        changed_at: Some(Instant(row.try_get("changed_at")?)),
        is_timed: row.try_get::<i64, _>("is_timed")? != 0,
    })
}

/// Writes a timeline if what is stored still is at its version (0: nothing is), and gives the new
/// version; `None` if somebody was faster, and nothing is written then. `is_timed` says whether
/// there are files with times.
pub async fn save(
    tx: &mut Tx,
    post: &PostId,
    recording: &RecordingId,
    timeline: &Timeline,
    is_timed: bool,
) -> Result<Option<i64>> {
    let now = tx.now();
    let chapters = timeline.chapters.as_ref().map(write_json).transpose()?;
    let sql = if timeline.version == 0 {
        "INSERT INTO transcripts (post_id, recording_id, version, changed_at, is_timed, algorithm, \
         verdict, chapters, gaps, times) VALUES ($1, $2, $3 + 1, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (post_id, recording_id) DO NOTHING RETURNING version"
    } else {
        "UPDATE transcripts SET version = version + 1, \
         changed_at = CASE WHEN changed_at < $4 THEN $4 ELSE changed_at END, is_timed = $5, \
         algorithm = $6, verdict = $7, chapters = $8, gaps = $9, times = $10 \
         WHERE post_id = $1 AND recording_id = $2 AND version = $3 RETURNING version"
    };
    let row = sqlx::query(sql)
        .bind(post.as_str())
        .bind(recording.as_str())
        .bind(timeline.version)
        .bind(now.0)
        .bind(i64::from(is_timed))
        .bind(timeline.algorithm)
        .bind(timeline.verdict.as_str())
        .bind(chapters)
        .bind(write_json(&timeline.gaps)?)
        .bind(write_json(&timeline.times)?)
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?)
}

/// The show in which the public hears this recording of the post, if it does.
pub async fn public_show(
    tx: &mut Tx,
    post: &PostId,
    recording: &RecordingId,
) -> Result<Option<ShowId>> {
    let row =
        sqlx::query("SELECT show_id FROM reachable_posts WHERE id = $1 AND recording_id = $2")
            .bind(post.as_str())
            .bind(recording.as_str())
            .fetch_optional(tx.conn())
            .await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?.map(ShowId::from_db))
}
