//! The queue engine: claims due jobs, runs them, tries again later. Knows no kind of job.
//!
//! A job is claimed by a lease in the database, so several nodes can work on one queue, and a
//! node that dies gives its jobs back when the lease ends. Jobs are idempotent: one whose node
//! died after the work runs again.
mod store;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::{Notify, watch};

use crate::db::Db;
use crate::kernel::Result;

pub use store::count;

/// How long a worker may hold a job before another takes it, in milliseconds.
const LEASE_MS: i64 = 10 * 60 * 1000;
/// First pause after a failure, doubled each time, in milliseconds.
const FIRST_BACKOFF_MS: i64 = 5_000;
/// The longest pause between two tries, in milliseconds.
const LONGEST_BACKOFF_MS: i64 = 60 * 60 * 1000;
/// How often the queue is looked at although nobody woke the worker.
const IDLE_LOOK: Duration = Duration::from_secs(20);

/// One claimed job.
#[derive(Debug, Clone)]
pub struct Job {
    pub(crate) id: String,
    /// What is to be done; `app::reactions` knows the words.
    pub kind: String,
    /// An id, or nothing.
    pub subject: String,
    pub(crate) generation: i64,
    pub(crate) attempts: i64,
}

/// Does one job; chosen by the top of the house.
pub type Handler = Arc<dyn Fn(Job) -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// Runs every job that is due, one after the other, and says how many ran. Tests call it too.
pub async fn run_due(db: &Db, handler: &Handler) -> Result<usize> {
    let mut ran = 0;
    while let Some(job) = store::claim(db, LEASE_MS).await? {
        ran += 1;
        // In a task of its own, so that a panic in one job does not end the worker.
        let outcome = match tokio::spawn(handler(job.clone())).await {
            Ok(result) => result.map_err(|e| e.to_string()),
            Err(panic) => Err(format!("the job panicked: {panic}")),
        };
        match outcome {
            Ok(()) => store::finish(db, &job).await?,
            Err(error) => {
                let pause = backoff_ms(job.attempts);
                tracing::warn!(kind = %job.kind, subject = %job.subject, %error, pause_ms = pause, "job failed");
                store::fail(db, &job, &error, pause).await?;
            }
        }
    }
    Ok(ran)
}

fn backoff_ms(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(0, 20)).unwrap_or(20);
    FIRST_BACKOFF_MS
        .saturating_mul(1 << doublings)
        .min(LONGEST_BACKOFF_MS)
}

/// Works on the queue until told to stop.
pub async fn work(db: Db, handler: Handler, wake: Arc<Notify>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = run_due(&db, &handler).await {
            tracing::warn!(%error, "the queue could not be read");
        }
        tokio::select! {
            () = wake.notified() => {}
            () = tokio::time::sleep(IDLE_LOOK) => {}
            _ = stop.changed() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stop_growing() {
        assert_eq!(backoff_ms(0), 5_000);
        assert_eq!(backoff_ms(3), 40_000);
        assert_eq!(backoff_ms(60), LONGEST_BACKOFF_MS);
    }
}
