//! The SQL of the work on transcripts.
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{read_json, write_json};
use crate::db::{Db, Tx};
use crate::features::transcripts::model::{StoredMessage, Work, WorkKind, WorkState};
use crate::kernel::ids::PostId;
use crate::kernel::time::Instant;
use crate::kernel::{Message, Result};

fn read_work(row: &AnyRow) -> Result<Work> {
    let text = |name: &str| row.try_get::<String, _>(name);
    let message = text("message")?;
    let again = text("again")?;
    let percent: i64 = row.try_get("progress_percent")?;
    Ok(Work {
        kind: WorkKind::parse(&text("kind")?),
        state: WorkState::parse(&text("state")?),
        whole: row.try_get::<i64, _>("whole")? != 0,
        again: read_json("again", if again.is_empty() { "[]" } else { &again }),
        progress_percent: u8::try_from(percent.clamp(0, 100)).unwrap_or(0),
        message: read_json(
            "message",
            if message.is_empty() { "null" } else { &message },
        ),
        changed_at: Instant(row.try_get("changed_at")?),
    })
}

const WORK: &str = "SELECT kind, state, whole, again, progress_percent, message, changed_at \
     FROM transcript_work WHERE post_id = $1";

/// What is being done for a post, or was done last.
pub async fn find(db: &Db, post: &PostId) -> Result<Option<Work>> {
    let row = sqlx::query(WORK)
        .bind(post.as_str())
        .fetch_optional(db.read())
        .await?;
    row.as_ref().map(read_work).transpose()
}

/// The same inside a transaction.
pub async fn find_in(tx: &mut Tx, post: &PostId) -> Result<Option<Work>> {
    let row = sqlx::query(WORK)
        .bind(post.as_str())
        .fetch_optional(tx.conn())
        .await?;
    row.as_ref().map(read_work).transpose()
}

/// Up to `limit` posts of which work waits, runs, or failed and was not asked for again, the newest
/// first; not those in the trash.
pub async fn list_open(db: &Db, limit: i64) -> Result<Vec<(PostId, Work)>> {
    let rows = sqlx::query(
        "SELECT w.post_id AS post_id, w.kind AS kind, w.state AS state, w.whole AS whole, \
         w.again AS again, w.progress_percent AS progress_percent, w.message AS message, \
         w.changed_at AS changed_at FROM transcript_work w JOIN posts p ON p.id = w.post_id \
         WHERE w.state IN ('waiting', 'running', 'failed') AND p.state <> 'removed' \
         ORDER BY w.changed_at DESC, w.post_id LIMIT $1",
    )
    .bind(limit)
    .fetch_all(db.read())
    .await?;
    rows.iter()
        .map(|row| Ok((PostId::from_db(row.try_get("post_id")?), read_work(row)?)))
        .collect()
}

/// Says why the work that runs did not come to its end this time; it is tried again.
pub async fn note_fault(tx: &mut Tx, post: &PostId, kind: WorkKind, why: &Message) -> Result<()> {
    sqlx::query(
        "UPDATE transcript_work SET message = $3 \
         WHERE post_id = $1 AND kind = $2 AND state = 'running'",
    )
    .bind(post.as_str())
    .bind(kind.as_str())
    .bind(write_json(&StoredMessage::from(why))?)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes down what is done for a post, in the place of what was.
pub async fn set(tx: &mut Tx, post: &PostId, work: &Work) -> Result<()> {
    let now = tx.now();
    let message = work.message.as_ref().map(write_json).transpose()?;
    let again = (!work.again.is_empty()).then(|| write_json(&work.again));
    let again = again.transpose()?;
    sqlx::query(
        "INSERT INTO transcript_work (post_id, kind, state, whole, progress_percent, message, changed_at, again) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (post_id) DO UPDATE SET \
         kind = excluded.kind, state = excluded.state, whole = excluded.whole, again = excluded.again, \
         progress_percent = excluded.progress_percent, message = excluded.message, \
         changed_at = excluded.changed_at, basis = ''",
    )
    .bind(post.as_str())
    .bind(work.kind.as_str())
    .bind(work.state.as_str())
    .bind(i64::from(work.whole))
    .bind(i64::from(work.progress_percent))
    .bind(message.unwrap_or_default())
    .bind(now.0)
    .bind(again.unwrap_or_default())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Work of this kind that waits, or whose server was killed under it, runs from now on and goes by
/// this `basis`. `false`: there is none any more, so there is nothing to do.
pub async fn begin(tx: &mut Tx, post: &PostId, kind: WorkKind, basis: &str) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "UPDATE transcript_work SET state = 'running', message = '', changed_at = $3, basis = $4 \
         WHERE post_id = $1 AND kind = $2 AND state IN ('waiting', 'running')",
    )
    .bind(post.as_str())
    .bind(kind.as_str())
    .bind(now.0)
    .bind(basis)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Whether work of this kind runs that goes by this `basis`: asked for again, it need not begin
/// again.
pub async fn runs_on(tx: &mut Tx, post: &PostId, kind: WorkKind, basis: &str) -> Result<bool> {
    let row = sqlx::query(
        "SELECT post_id FROM transcript_work \
         WHERE post_id = $1 AND kind = $2 AND state = 'running' AND basis = $3",
    )
    .bind(post.as_str())
    .bind(kind.as_str())
    .bind(basis)
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.is_some())
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
    outcome: Result<(), &Message>,
) -> Result<bool> {
    let now = tx.now();
    let (state, message) = match outcome {
        Ok(()) => (WorkState::Done, String::new()),
        Err(why) => {
            let why = StoredMessage::from(why);
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

/// Says what came of work that ended well. Other work is left alone.
pub async fn tell(tx: &mut Tx, post: &PostId, what: &Message) -> Result<()> {
    sqlx::query("UPDATE transcript_work SET message = $2 WHERE post_id = $1 AND state = 'done'")
        .bind(post.as_str())
        .bind(write_json(&StoredMessage::from(what))?)
        .execute(tx.conn())
        .await?;
    Ok(())
}
