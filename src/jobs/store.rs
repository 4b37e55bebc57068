//! The SQL of the queue.
use sqlx::{AnyConnection, Row};

use super::Job;
use crate::db::{Db, Tx};
use crate::kernel::Result;
use crate::kernel::time::Instant;

/// A list that both engines can look into: `|one|two|`.
fn list(kinds: &[&str]) -> String {
    format!("|{}|", kinds.join("|"))
}

/// Claims the job that is due longest, if any, of those kinds that are not `taken`.
pub async fn claim(db: &Db, lease_ms: i64, taken: &[&str]) -> Result<Option<Job>> {
    let now = db.clock().now().0;
    let taken = list(taken);
    // A glance first: an empty queue must not cost a write transaction.
    if !any_due(db, now, &taken).await? {
        return Ok(None);
    }
    let mut tx = db.begin().await?;
    let row = sqlx::query(
        "UPDATE jobs SET leased_until = $1 WHERE id = (SELECT id FROM jobs \
         WHERE run_at <= $2 AND (leased_until IS NULL OR leased_until < $2) \
         AND $3 NOT LIKE '%|' || kind || '|%' ORDER BY run_at, id LIMIT 1) AND (leased_until IS NULL OR leased_until < $2) \
         RETURNING id, kind, subject, generation, attempts",
    )
    .bind(now + lease_ms)
    .bind(now)
    .bind(taken)
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Job {
        id: row.try_get("id")?,
        kind: row.try_get("kind")?,
        subject: row.try_get("subject")?,
        generation: row.try_get("generation")?,
        attempts: row.try_get("attempts")?,
        leased_until: now + lease_ms,
    }))
}

/// Holds a job for longer and says until when; `None` if it is not held by this claim any more.
pub async fn renew(db: &Db, job: &Job, lease_ms: i64) -> Result<Option<i64>> {
    let mut tx = db.begin().await?;
    let until = tx.now().0 + lease_ms;
    let renewed =
        sqlx::query("UPDATE jobs SET leased_until = $1 WHERE id = $2 AND leased_until = $3")
            .bind(until)
            .bind(job.id.as_str())
            .bind(job.leased_until)
            .execute(tx.conn())
            .await?
            .rows_affected();
    tx.commit().await?;
    Ok((renewed > 0).then_some(until))
}

/// Ends every lease: nobody works on the queue.
pub async fn end_leases(db: &Db) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("UPDATE jobs SET leased_until = NULL WHERE leased_until IS NOT NULL")
        .execute(tx.conn())
        .await?;
    tx.commit().await
}

async fn any_due(db: &Db, now: i64, taken: &str) -> Result<bool> {
    let row = sqlx::query(
        "SELECT id FROM jobs WHERE run_at <= $1 \
         AND (leased_until IS NULL OR leased_until < $1) \
         AND $2 NOT LIKE '%|' || kind || '|%' LIMIT 1",
    )
    .bind(now)
    .bind(taken)
    .fetch_optional(db.read())
    .await?;
    Ok(row.is_some())
}

/// Takes a job that is done off the queue; one that was announced again meanwhile stays.
pub async fn finish(db: &Db, job: &Job) -> Result<()> {
    let mut tx = db.begin().await?;
    let done = sqlx::query("DELETE FROM jobs WHERE id = $1 AND generation = $2")
        .bind(job.id.as_str())
        .bind(job.generation)
        .execute(tx.conn())
        .await?
        .rows_affected();
    if done == 0 {
        end_lease(tx.conn(), job).await?;
    }
    tx.commit().await
}

/// Puts a job that failed back, to be tried again after a pause; one that was announced again
/// meanwhile is due when that said.
pub async fn fail(db: &Db, job: &Job, error: &str, pause_ms: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    let error: String = error.chars().take(1000).collect();
    let put_back = sqlx::query(
        "UPDATE jobs SET leased_until = NULL, attempts = attempts + 1, last_error = $1, \
         run_at = $2 WHERE id = $3 AND generation = $4",
    )
    .bind(error)
    .bind(tx.now().0 + pause_ms)
    .bind(job.id.as_str())
    .bind(job.generation)
    .execute(tx.conn())
    .await?
    .rows_affected();
    if put_back == 0 {
        end_lease(tx.conn(), job).await?;
    }
    tx.commit().await
}

/// Ends the lease of a job that was cut off: it is due at once, for whoever is there.
pub async fn give_back(db: &Db, job: &Job) -> Result<()> {
    let mut tx = db.begin().await?;
    end_lease(tx.conn(), job).await?;
    tx.commit().await
}

async fn end_lease(conn: &mut AnyConnection, job: &Job) -> Result<()> {
    sqlx::query("UPDATE jobs SET leased_until = NULL WHERE id = $1")
        .bind(job.id.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// How many jobs wait or run.
pub async fn count(db: &Db) -> Result<i64> {
    Ok(sqlx::query("SELECT CAST(count(*) AS BIGINT) FROM jobs")
        .fetch_one(db.read())
        .await?
        .try_get(0)?)
}

/// When the next job that nobody works on is due, in milliseconds since 1970; of those kinds that
/// are not `taken`.
pub async fn next_due(db: &Db, taken: &[&str]) -> Result<Option<i64>> {
    let row = sqlx::query(
        "SELECT run_at FROM jobs WHERE leased_until IS NULL \
         AND $1 NOT LIKE '%|' || kind || '|%' ORDER BY run_at LIMIT 1",
    )
    .bind(list(taken))
    .fetch_optional(db.read())
    .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// A job in the queue, for the author's eyes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What it is about.
    pub subject: String,
    /// When it is tried next, or since when.
    pub run_at: Instant,
    /// How often it was tried in vain.
    pub attempts: i64,
}

/// The jobs of a kind that wait or run.
pub async fn waiting(db: &Db, kind: &str) -> Result<Vec<Waiting>> {
    let rows = sqlx::query("SELECT subject, run_at, attempts FROM jobs WHERE kind = $1")
        .bind(kind)
        .fetch_all(db.read())
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Waiting {
                subject: row.try_get("subject")?,
                run_at: Instant(row.try_get("run_at")?),
                attempts: row.try_get("attempts")?,
            })
        })
        .collect()
}

/// A job in the queue, whatever it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// What is to be done.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// Since when it is there.
    pub since: Instant,
    /// When it is due, or was when it began.
    pub run_at: Instant,
    /// How often it was tried in vain.
    pub attempts: i64,
    /// Whether somebody works on it.
    pub is_running: bool,
}

/// Up to `limit` jobs: first those that were tried in vain, then those that are due longest.
pub async fn queued(db: &Db, limit: i64) -> Result<Vec<Queued>> {
    let now = db.clock().now().0;
    let rows = sqlx::query(
        "SELECT kind, subject, created_at, run_at, attempts, leased_until FROM jobs \
         ORDER BY CASE WHEN attempts > 0 THEN 0 ELSE 1 END, run_at, id LIMIT $1",
    )
    .bind(limit)
    .fetch_all(db.read())
    .await?;
    rows.iter()
        .map(|row| {
            let leased: Option<i64> = row.try_get("leased_until")?;
            Ok(Queued {
                kind: row.try_get("kind")?,
                subject: row.try_get("subject")?,
                since: Instant(row.try_get("created_at")?),
                run_at: Instant(row.try_get("run_at")?),
                attempts: row.try_get("attempts")?,
                is_running: leased.is_some_and(|until| until >= now),
            })
        })
        .collect()
}

/// Makes a job due now that waits for a later time; who commits wakes the workers. `false` if there
/// is none of that kind and subject, or somebody works on it.
pub async fn hurry(tx: &mut Tx, kind: &str, subject: &str) -> Result<bool> {
    let now = tx.now().0;
    let hurried = sqlx::query(
        "UPDATE jobs SET run_at = CASE WHEN run_at > $1 THEN $1 ELSE run_at END \
         WHERE kind = $2 AND subject = $3 AND (leased_until IS NULL OR leased_until < $1)",
    )
    .bind(now)
    .bind(kind)
    .bind(subject)
    .execute(tx.conn())
    .await?;
    Ok(hurried.rows_affected() > 0)
}
