//! What follows from what: from events to jobs, and from jobs to the work they name.
use std::sync::Arc;

use anyhow::anyhow;

use crate::config::Config;
use crate::features::{media, pings, transcripts};
use crate::jobs::{Handler, Job, Kinds};
use crate::kernel::events::{Event, NewJob};
use crate::kernel::{Error, Result};
use crate::state::AppState;

/// Kinds of jobs that take long, of which one runs at a time.
pub const LONG: Kinds = &[
    transcripts::ALIGN_JOB,
    transcripts::HEAR_JOB,
    transcripts::TRANSCRIBE_JOB,
];

/// The jobs that follow from an event; written in the event's own transaction.
pub fn reactions(config: &Config, event: &Event) -> Vec<NewJob> {
    match event {
        Event::MediaReleased => vec![NewJob {
            kind: media::COLLECT_JOB,
            subject: String::new(),
            after_ms: 0,
        }],
        // The show's revision is raised by the commit itself, and caches hang on that. Where a
        // text was frozen, sentences may be new that nobody has looked for in the recording.
        Event::PostPublished(show, post) | Event::PostUpdated(show, post) => {
            let mut jobs = pings::jobs(config, show);
            jobs.push(transcripts::align_job(post));
            jobs
        }
        Event::ScheduleChanged(_, post) => vec![transcripts::align_job(post)],
        Event::ShowChanged(show) | Event::PostWithdrawn(show, _) => pings::jobs(config, show),
        // Times are mended many times in a row: the world hears of them later, and once.
        Event::TranscriptChanged(show, _) => pings::late_jobs(config, show),
        Event::RecordingAttached(post) => vec![transcripts::hear_job(post)],
        Event::TranscriptWanted(post) => transcripts::jobs_of(post),
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
        media::COLLECT_JOB => {
            media::collect(state).await?;
            transcripts::sweep_heard(state).await
        }
        transcripts::HEAR_JOB => transcripts::listen(state, job).await,
        transcripts::ALIGN_JOB => transcripts::align(state, job).await,
        transcripts::TRANSCRIBE_JOB => transcripts::transcribe(state, job).await,
        kind if pings::is_ping(kind) => pings::run(state, job).await,
        unknown => Err(Error::Internal(anyhow!("no such kind of job: {unknown}"))),
    }
}
