//! The SQL of the queue.
use sqlx::Row;

use super::Job;
use crate::db::Db;
use crate::kernel::Result;

/// Claims the job that is due longest, if any.
pub async fn claim(db: &Db, lease_ms: i64) -> Result<Option<Job>> {
    let now = db.clock().now().0;
    // A glance first: an empty queue must not cost a write transaction.
    if !any_due(db, now).await? {
        return Ok(None);
    }
    let mut tx = db.begin().await?;
    let row = sqlx::query(
        "UPDATE jobs SET leased_until = $1 WHERE id = (SELECT id FROM jobs \
         WHERE run_at <= $2 AND (leased_until IS NULL OR leased_until < $2) \
         ORDER BY run_at, id LIMIT 1) AND (leased_until IS NULL OR leased_until < $2) \
         RETURNING id, kind, subject, generation, attempts",
    )
    .bind(now + lease_ms)
    .bind(now)
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
    }))
}

async fn any_due(db: &Db, now: i64) -> Result<bool> {
    let row = sqlx::query(
        "SELECT id FROM jobs WHERE run_at <= $1 \
         AND (leased_until IS NULL OR leased_until < $1) LIMIT 1",
    )
    .bind(now)
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
        sqlx::query("UPDATE jobs SET leased_until = NULL WHERE id = $1")
            .bind(job.id.as_str())
            .execute(tx.conn())
            .await?;
    }
    tx.commit().await
}

/// Puts a job that failed back, to be tried again after a pause.
pub async fn fail(db: &Db, job: &Job, error: &str, pause_ms: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    let error: String = error.chars().take(1000).collect();
    sqlx::query(
        "UPDATE jobs SET leased_until = NULL, attempts = attempts + 1, last_error = $1, \
         run_at = $2 WHERE id = $3",
    )
    .bind(error)
    .bind(tx.now().0 + pause_ms)
    .bind(job.id.as_str())
    .execute(tx.conn())
    .await?;
    tx.commit().await
}

/// How many jobs wait or run.
pub async fn count(db: &Db) -> Result<i64> {
    Ok(sqlx::query("SELECT CAST(count(*) AS BIGINT) FROM jobs")
        .fetch_one(db.read())
        .await?
        .try_get(0)?)
}
