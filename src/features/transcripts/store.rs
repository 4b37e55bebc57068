//! The SQL of transcripts and of the work on them.
use anyhow::Context;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::model::{Timeline, Verdict, Work, WorkKind, WorkState};
use crate::db::{Db, Tx};
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

/// Writes a timeline if what is stored still is at its version (0: nothing is), and gives the new
/// version; `None` if somebody was faster, and nothing is written then.
pub(super) async fn save(
    tx: &mut Tx,
    post: &PostId,
    recording: &RecordingId,
    timeline: &Timeline,
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
        .bind(i64::from(timeline.is_timed()))
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
pub(super) async fn public_show(
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

fn read_work(row: &AnyRow) -> Result<Work> {
    let text = |name: &str| row.try_get::<String, _>(name);
    let message = text("message")?;
    let percent: i64 = row.try_get("progress_percent")?;
    Ok(Work {
        kind: WorkKind::parse(&text("kind")?),
        state: WorkState::parse(&text("state")?),
        whole: row.try_get::<i64, _>("whole")? != 0,
        progress_percent: u8::try_from(percent.clamp(0, 100)).unwrap_or(0),
        message: read_json(
            "message",
            if message.is_empty() { "null" } else { &message },
        ),
        changed_at: Instant(row.try_get("changed_at")?),
    })
}

const WORK: &str = "SELECT kind, state, whole, progress_percent, message, changed_at \
     FROM transcript_work WHERE post_id = $1";

/// What is being done for a post, or was done last.
pub async fn work(db: &Db, post: &PostId) -> Result<Option<Work>> {
    let row = sqlx::query(WORK)
        .bind(post.as_str())
        .fetch_optional(db.read())
        .await?;
    row.as_ref().map(read_work).transpose()
}

/// The same inside a transaction.
pub async fn work_in(tx: &mut Tx, post: &PostId) -> Result<Option<Work>> {
    let row = sqlx::query(WORK)
        .bind(post.as_str())
        .fetch_optional(tx.conn())
        .await?;
    row.as_ref().map(read_work).transpose()
}

/// Writes down what is done for a post, in the place of what was.
pub async fn set_work(tx: &mut Tx, post: &PostId, work: &Work) -> Result<()> {
    let now = tx.now();
    let message = work.message.as_ref().map(write_json).transpose()?;
    sqlx::query(
        "INSERT INTO transcript_work (post_id, kind, state, whole, progress_percent, message, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (post_id) DO UPDATE SET \
         kind = excluded.kind, state = excluded.state, whole = excluded.whole, \
         progress_percent = excluded.progress_percent, message = excluded.message, \
         changed_at = excluded.changed_at",
    )
    .bind(post.as_str())
    .bind(work.kind.as_str())
    .bind(work.state.as_str())
    .bind(i64::from(work.whole))
    .bind(i64::from(work.progress_percent))
    .bind(message.unwrap_or_default())
    .bind(now.0)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Work of this kind that waits, or whose server was killed under it, runs from now on. `false`:
/// there is none any more, so there is nothing to do.
pub async fn begin(tx: &mut Tx, post: &PostId, kind: WorkKind) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "UPDATE transcript_work SET state = 'running', message = '', changed_at = $3 \
         WHERE post_id = $1 AND kind = $2 AND state IN ('waiting', 'running')",
    )
    .bind(post.as_str())
    .bind(kind.as_str())
    .bind(now.0)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Notes how far the running work is, 0 to 100. `false`: it runs no more, since the author
/// cancelled it or asked for other work, and whoever does it should stop.
pub async fn progress(tx: &mut Tx, post: &PostId, kind: WorkKind, percent: u8) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "UPDATE transcript_work SET progress_percent = $3, changed_at = $4 \
         WHERE post_id = $1 AND kind = $2 AND state = 'running'",
    )
    .bind(post.as_str())
    .bind(kind.as_str())
    .bind(i64::from(percent.min(100)))
    .bind(now.0)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Ends the running work, well or with the sentence that says why not. `false`: it runs no more,
/// and what the author wanted since then stays.
pub async fn end(
    tx: &mut Tx,
    post: &PostId,
    kind: WorkKind,
    outcome: std::result::Result<(), &crate::kernel::Message>,
) -> Result<bool> {
    let now = tx.now();
    let (state, message) = match outcome {
        Ok(()) => (WorkState::Done, String::new()),
        Err(why) => {
            let why = super::model::StoredMessage::from(why);
            (WorkState::Failed, write_json(&why)?)
        }
    };
    let done = sqlx::query(
        "UPDATE transcript_work SET state = $3, message = $4, changed_at = $5, \
         progress_percent = CASE WHEN $3 = 'done' THEN 100 ELSE progress_percent END \
         WHERE post_id = $1 AND kind = $2 AND state = 'running'",
    )
    .bind(post.as_str())
    .bind(kind.as_str())
    .bind(state.as_str())
    .bind(message)
    .bind(now.0)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}
