//! What follows from what: from events to jobs, and from jobs to the work they name.
use std::sync::Arc;

use anyhow::anyhow;

use crate::jobs::{Handler, Job};
use crate::kernel::events::{Event, NewJob};
use crate::kernel::{Error, Result};
use crate::state::AppState;

/// Takes files away that nothing names any more.
const COLLECT_MEDIA: &str = "collect-media";

/// The jobs that follow from an event; written in the event's own transaction.
pub fn reactions(event: &Event) -> Vec<NewJob> {
    match event {
        Event::MediaReleased => vec![NewJob {
            kind: COLLECT_MEDIA,
            subject: String::new(),
            run_at: None,
        }],
        // The show's revision is raised by the commit itself, and caches hang on that.
        Event::ShowChanged(_)
        | Event::PostPublished(..)
        | Event::PostUpdated(..)
        | Event::PostWithdrawn(..)
        | Event::ScheduleChanged(..) => Vec::new(),
    }
}

/// Does the work that a job names.
pub fn handler(state: AppState) -> Handler {
    Arc::new(move |job: Job| {
        let state = state.clone();
        Box::pin(async move { run(&state, &job).await })
    })
}

async fn run(state: &AppState, job: &Job) -> Result<()> {
    match job.kind.as_str() {
        COLLECT_MEDIA => crate::features::media::collect(state).await,
        unknown => Err(Error::Internal(anyhow!("no such kind of job: {unknown}"))),
    }
}
