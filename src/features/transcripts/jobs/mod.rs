//! Later work: looking for a script in its recording, and having a recording written down.
//!
//! The queue says when; the row of `transcript_work` says what is wanted and how far it is. Who
//! cancels changes the row, and the work, which looks at it twice a second, ends. What a killed
//! server leaves behind is a row that runs, and a job that goes on with it.
mod align;
mod hear;
pub(super) mod plan;
mod transcribe;
mod watch;

pub use align::align;
pub use hear::listen;
pub use transcribe::transcribe;

use super::model::WorkKind;
use super::store::work;
use crate::jobs::Job;
use crate::kernel::events::NewJob;
use crate::kernel::ids::PostId;
use crate::kernel::{Message, Result};
use crate::state::AppState;

/// The kind of the jobs that look for a script in its recording; never renamed.
pub const ALIGN_JOB: &str = "align";
/// The kind of the jobs that have a recording written down; never renamed.
pub const TRANSCRIBE_JOB: &str = "transcribe";

/// The kind of the jobs that listen to a recording; never renamed.
pub const HEAR_JOB: &str = "hear";

/// Tries of what the machine, or another one, is to blame for; then the author is told. By the
/// queue's pauses that is 15 seconds; a server that says that it has too much to do is asked for two
/// and a half minutes, since such limits mostly count by the minute.
fn most_tries(kind: WorkKind) -> i64 {
    match kind {
        WorkKind::Align => 3,
        WorkKind::Transcribe => 6,
    }
}

/// The job that looks whether a post has sentences that were never looked for.
pub fn align_job(post: &PostId) -> NewJob {
    new_job(ALIGN_JOB, post)
}

/// The job that listens to the recording of a post.
pub fn hear_job(post: &PostId) -> NewJob {
    new_job(HEAR_JOB, post)
}

/// The jobs of a post whose work somebody asked for: whichever kind it is, the other finds
/// nothing to do.
pub fn jobs_of(post: &PostId) -> Vec<NewJob> {
    vec![align_job(post), new_job(TRANSCRIBE_JOB, post)]
}

fn new_job(kind: &'static str, post: &PostId) -> NewJob {
    NewJob {
        kind,
        subject: post.to_string(),
        after_ms: 0,
    }
}

/// Why a piece of work has no result.
pub(super) enum Fault {
    /// The author stopped it, or wants something else by now.
    Stopped,
    /// It will not go better another time; the author is told why.
    ForGood(Message),
    /// It may go better another time; the author is told if it never does.
    ForNow(Message, crate::kernel::Error),
}

impl From<crate::kernel::Error> for Fault {
    fn from(error: crate::kernel::Error) -> Self {
        Self::ForNow(Message::new("error-align-machine"), error)
    }
}

/// Writes down how a piece of work ended. An error goes back to the queue, which tries again.
async fn conclude(
    state: &AppState,
    job: &Job,
    post: &PostId,
    kind: WorkKind,
    outcome: Result<(), Fault>,
) -> Result<()> {
    let message = match outcome {
        // Who did the work wrote it down together with what he found.
        Ok(()) | Err(Fault::Stopped) => return Ok(()),
        Err(Fault::ForNow(why, error)) if job.attempts + 1 < most_tries(kind) => {
            let mut tx = state.db.begin().await?;
            work::note_fault(&mut tx, post, kind, &why).await?;
            tx.commit().await?;
            return Err(error);
        }
        Err(Fault::ForNow(message, error)) => {
            tracing::warn!(%error, %post, kind = kind.as_str(), "given up");
            message
        }
        Err(Fault::ForGood(message)) => message,
    };
    let mut tx = state.db.begin().await?;
    work::end(&mut tx, post, kind, Err(&message)).await?;
    tx.commit().await
}
