//! The queue engine: claims due jobs, runs them, tries again later. Knows no kind of job.
//!
//! A job is claimed by a lease in the database, so several nodes can work on one queue, and a
//! node that dies gives its jobs back when the lease ends; while a job runs its lease is renewed.
//! Jobs are idempotent: one whose node died after the work runs again. A few run side by side, so
//! that one that waits for another site holds nobody up, and of a kind that takes long one at a
//! time, so that those who are waited for find room.
mod store;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::{Notify, watch};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::Instant;

use crate::db::{Db, Engine};
use crate::kernel::Result;

pub use store::{Queued, Waiting, count, hurry, queued, waiting};

/// How long a worker that is silent holds a job before another takes it, in milliseconds.
const LEASE_MS: i64 = 60_000;
/// How often the leases of running jobs are renewed.
const RENEWAL: Duration = Duration::from_secs(20);
/// First pause after a failure, doubled each time, in milliseconds.
const FIRST_BACKOFF_MS: i64 = 5_000;
/// The longest pause between two tries, in milliseconds.
const LONGEST_BACKOFF_MS: i64 = 60 * 60 * 1000;
/// How often the queue is looked at although nobody woke the worker.
const IDLE_LOOK: Duration = Duration::from_secs(20);
/// The shortest pause before the next look at a queue in which something will be due.
const SHORTEST_LOOK: Duration = Duration::from_millis(100);
/// Jobs that run side by side.
const AT_A_TIME: usize = 4;
/// How long jobs may go on when the server ends; then they are cut off and given back.
const LAST_CALL: Duration = Duration::from_secs(3);

/// One claimed job.
#[derive(Debug, Clone)]
pub struct Job {
    pub(crate) id: String,
    /// What is to be done; `app::reactions` knows the words.
    pub kind: String,
    /// An id, or nothing.
    pub subject: String,
    pub(crate) generation: i64,
    /// How often it was tried in vain since it was announced.
    pub attempts: i64,
    /// When the claim ends, in milliseconds since 1970: by this a node knows its own.
    pub(crate) leased_until: i64,
}

/// Does one job; chosen by the top of the house.
pub type Handler = Arc<dyn Fn(Job) -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// The jobs that run now.
struct Running {
    db: Db,
    handler: Handler,
    long: Kinds,
    tasks: JoinSet<Result<()>>,
    jobs: HashMap<tokio::task::Id, (Job, AbortHandle)>,
}

/// Kinds of jobs of which one runs at a time on a node.
pub type Kinds = &'static [&'static str];

impl Running {
    fn new(db: &Db, handler: &Handler, long: Kinds) -> Self {
        Self {
            db: db.clone(),
            handler: handler.clone(),
            long,
            tasks: JoinSet::new(),
            jobs: HashMap::new(),
        }
    }

    fn is_full(&self) -> bool {
        self.tasks.len() >= AT_A_TIME
    }

    /// Begins what is due, as far as there is room, and says how much that was.
    async fn fill(&mut self) -> Result<usize> {
        let mut begun = 0;
        while !self.is_full()
            && let Some(job) = store::claim(&self.db, LEASE_MS, &self.taken()).await?
        {
            begun += 1;
            let work = run_one(self.db.clone(), self.handler.clone(), job.clone());
            let task = self.tasks.spawn(work);
            self.jobs.insert(task.id(), (job, task));
        }
        Ok(begun)
    }

    /// The kinds that have no room now.
    fn taken(&self) -> Vec<&'static str> {
        let runs = |kind: &&str| self.jobs.values().any(|(job, _)| job.kind == *kind);
        self.long.iter().copied().filter(runs).collect()
    }

    /// Renews every lease. A job that another node holds by now is its own no more, and ends.
    async fn renew(&mut self) -> Result<()> {
        for (job, task) in self.jobs.values_mut() {
            match store::renew(&self.db, job, LEASE_MS).await? {
                Some(until) => job.leased_until = until,
                None => task.abort(),
            }
        }
        Ok(())
    }

    /// Waits until one ends; `None` if none runs.
    async fn next(&mut self) -> Option<Result<()>> {
        let (id, outcome) = match self.tasks.join_next_with_id().await? {
            Ok((id, outcome)) => (id, outcome),
            // Cut off; a panic of the job itself never comes this far.
            Err(error) => (error.id(), Ok(())),
        };
        self.jobs.remove(&id);
        Some(outcome)
    }

    /// Lets the last ones end, cuts off those that take long, and gives them back.
    async fn end(mut self, last_call: Duration) {
        let all = async { while self.next().await.is_some() {} };
        if tokio::time::timeout(last_call, all).await.is_ok() {
            return;
        }
        self.tasks.shutdown().await;
        for (job, _) in self.jobs.values() {
            if let Err(error) = store::give_back(&self.db, job).await {
                tracing::warn!(%error, kind = %job.kind, "a job could not be given back");
            }
        }
    }
}

async fn run_one(db: Db, handler: Handler, job: Job) -> Result<()> {
    // A panic in one job does not end the worker.
    let outcome = match AssertUnwindSafe(handler(job.clone())).catch_unwind().await {
        Ok(result) => result.map_err(|e| e.to_string()),
        Err(_) => Err("the job panicked".to_owned()),
    };
    match outcome {
        Ok(()) => store::finish(&db, &job).await,
        Err(error) => {
            let pause = backoff_ms(job.attempts);
            tracing::warn!(kind = %job.kind, subject = %job.subject, %error, pause_ms = pause, "job failed");
            store::fail(&db, &job, &error, pause).await
        }
    }
}

/// Runs every job that is due and says how many ran: for tests.
pub async fn run_due(db: &Db, handler: &Handler) -> Result<usize> {
    let mut running = Running::new(db, handler, &[]);
    let mut ran = 0;
    loop {
        // One that ended may be due again, if it was announced anew meanwhile.
        ran += running.fill().await?;
        match running.next().await {
            Some(outcome) => outcome?,
            None => return Ok(ran),
        }
    }
}

fn backoff_ms(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(0, 20)).unwrap_or(20);
    FIRST_BACKOFF_MS
        .saturating_mul(1 << doublings)
        .min(LONGEST_BACKOFF_MS)
}

/// How long the queue can be left alone, where these kinds have no room.
async fn pause(db: &Db, taken: &[&str]) -> Result<Duration> {
    let Some(due) = store::next_due(db, taken).await? else {
        return Ok(IDLE_LOOK);
    };
    let ms = u64::try_from(due - db.clock().now().0).unwrap_or(0);
    Ok(Duration::from_millis(ms).clamp(SHORTEST_LOOK, IDLE_LOOK))
}

/// Gives back what this node held when it was killed, so that it goes on at once. Where several
/// nodes may share the queue nobody knows whose a job is, and leases end by themselves.
pub async fn recover(db: &Db) -> Result<()> {
    match db.engine() {
        Engine::Sqlite => store::end_leases(db).await,
        Engine::Postgres => Ok(()),
    }
}

/// Works on the queue until told to stop. Of each kind in `long` one job runs at a time.
pub async fn work(
    db: Db,
    handler: Handler,
    long: Kinds,
    wake: Arc<Notify>,
    mut stop: watch::Receiver<bool>,
) {
    let mut running = Running::new(&db, &handler, long);
    let mut renewal = Instant::now() + RENEWAL;
    while !*stop.borrow() {
        let mut look = IDLE_LOOK;
        let filled = match running.fill().await {
            // Without room there is no use in looking again before one ends.
            Ok(_) if running.is_full() => Ok(()),
            Ok(_) => pause(&db, &running.taken()).await.map(|pause| look = pause),
            Err(error) => Err(error),
        };
        if let Err(error) = filled {
            tracing::warn!(%error, "the queue could not be read");
        }
        tokio::select! {
            Some(outcome) = running.next() => {
                if let Err(error) = outcome {
                    tracing::warn!(%error, "the end of a job could not be written down");
                }
            }
            () = wake.notified() => {}
            () = tokio::time::sleep(look) => {}
            () = tokio::time::sleep_until(renewal) => {
                renewal = Instant::now() + RENEWAL;
                if let Err(error) = running.renew().await {
                    tracing::warn!(%error, "the leases of jobs could not be renewed");
                }
            }
            _ = stop.changed() => {}
        }
    }
    running.end(LAST_CALL).await;
}
