//! Listening to a recording as soon as it is there, so that its loudness and its outline are known
//! before it is public, and aligning it begins with what was heard.
use anyhow::anyhow;

use super::Fault;
use crate::features::posts::writing;
use crate::features::recordings;
use crate::features::transcripts::hearing;
use crate::jobs::Job;
use crate::kernel::ids::PostId;
use crate::kernel::{Error, Result};
use crate::state::AppState;

/// Tries of what the machine is to blame for.
const MOST_TRIES: i64 = 3;

/// Does a job of the kind `hear`: listens to the recording of a post's working copy, unless that was
/// done. Of what cannot be decoded it is kept why.
///
/// # Errors
/// The machine's faults, to be tried again by the queue.
pub async fn listen(state: &AppState, job: &Job) -> Result<()> {
    let Ok(post) = job.subject.parse::<PostId>() else {
        return Err(Error::Internal(anyhow!("no post: {}", job.subject)));
    };
    let recording = match writing::working_copy(&state.db, &post).await {
        Err(Error::NotFound) => None,
        copy => copy?.content.recording_id,
    };
    let Some(recording) = recording else {
        return Ok(());
    };
    let recording = match recordings::find(&state.db, &recording).await {
        Err(Error::NotFound) => return Ok(()),
        found => found?,
    };
    match hearing::heard(state, &recording, &|_| {}).await {
        Err(Fault::ForNow(_, error)) if job.attempts + 1 < MOST_TRIES => Err(error),
        Err(Fault::ForNow(_, error)) => {
            tracing::warn!(%error, %post, "a recording was not listened to");
            Ok(())
        }
        _ => Ok(()),
    }
}
