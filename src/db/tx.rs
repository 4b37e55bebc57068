//! A transaction that carries its consequences: events become jobs and revisions inside it.
use std::sync::Arc;

use sqlx::{Any, AnyConnection, Transaction};

use crate::kernel::Result;
use crate::kernel::events::{Event, NewJob};
use crate::kernel::ids::JobId;
use crate::kernel::time::Instant;
use crate::ports::clock::Clock;

/// From an event to the jobs that follow.
pub type Reactions = Arc<dyn Fn(&Event) -> Vec<NewJob> + Send + Sync>;

/// Told what happened in a transaction that was committed.
pub type Committed = Arc<dyn Fn(&[Event]) + Send + Sync>;

/// What the top of the house hangs into the bottom at start.
#[derive(Clone)]
pub struct Hooks {
    /// From an event to the jobs that follow (`app::reactions`).
    pub reactions: Reactions,
    /// Called after a commit, with what happened in it: wakes cache and workers. A lost wake
    /// costs nothing, since revisions and jobs are in the database.
    pub committed: Committed,
    /// Called before a transaction begins: a full disk gives its ballast up (HARDENING D8).
    pub before_write: Arc<dyn Fn() + Send + Sync>,
}

impl Default for Hooks {
    fn default() -> Self {
        Self {
            reactions: Arc::new(|_| Vec::new()),
            committed: Arc::new(|_| {}),
            before_write: Arc::new(|| {}),
        }
    }
}

/// The one transaction of a request. Dropped without [`Tx::commit`], nothing happened.
pub struct Tx {
    tx: Transaction<'static, Any>,
    events: Vec<Event>,
    clock: Clock,
    hooks: Hooks,
}

impl Tx {
    pub(super) fn new(tx: Transaction<'static, Any>, clock: Clock, hooks: Hooks) -> Self {
        Self {
            tx,
            events: Vec::new(),
            clock,
            hooks,
        }
    }

    /// The connection, for the statements of a `store.rs`.
    pub fn conn(&mut self) -> &mut AnyConnection {
        &mut self.tx
    }

    /// The instant that this transaction stamps with.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Says what this transaction makes true.
    pub fn announce(&mut self, event: Event) {
        if !self.events.contains(&event) {
            self.events.push(event);
        }
    }

    /// Writes the jobs that follow, raises the revision of every show that changed, commits,
    /// and wakes who waits.
    pub async fn commit(mut self) -> Result<()> {
        let now = self.clock.now();
        for event in &self.events {
            for job in (self.hooks.reactions)(event) {
                insert_job(&mut self.tx, &job, now).await?;
            }
        }
        let mut shows: Vec<_> = self.events.iter().filter_map(Event::changes_show).collect();
        shows.sort();
        shows.dedup();
        for show in shows {
            sqlx::query(
                "UPDATE shows SET revision = revision + 1, \
                 changed_at = CASE WHEN changed_at < $1 THEN $1 ELSE changed_at END WHERE id = $2",
            )
            .bind(now.0)
            .bind(show.as_str())
            .execute(&mut *self.tx)
            .await?;
        }
        self.tx.commit().await?;
        (self.hooks.committed)(&self.events);
        Ok(())
    }
}

async fn insert_job(conn: &mut AnyConnection, job: &NewJob, now: Instant) -> Result<()> {
    // One that waits keeps its time if that is the earlier one: what is announced again and
    // again is done all the same.
    sqlx::query(
        "INSERT INTO jobs (id, kind, subject, run_at, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (kind, subject) DO UPDATE SET generation = jobs.generation + 1, \
         run_at = CASE WHEN jobs.leased_until IS NULL AND jobs.run_at < excluded.run_at \
         THEN jobs.run_at ELSE excluded.run_at END, attempts = 0",
    )
    .bind(JobId::random().as_str())
    .bind(job.kind)
    .bind(job.subject.as_str())
    .bind(now.plus_ms(job.after_ms).0)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}
