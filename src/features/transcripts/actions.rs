//! What changes transcripts and asks for work on them, inside the caller's transaction.
use super::model::{Timeline, Work, WorkKind, WorkState};
use super::store;
use crate::db::Tx;
use crate::features::posts::{self, writing};
use crate::kernel::events::Event;
use crate::kernel::ids::{PostId, RecordingId};
use crate::kernel::{Error, Message, Result};

/// Stores what is known of a post's sentences in a recording and gives the new version. What the
/// public hears changes with it.
///
/// # Errors
/// `Conflict` if what is stored is not at the timeline's version any more; nothing is written
/// then.
pub async fn put(
    tx: &mut Tx,
    post: &PostId,
    recording: &RecordingId,
    timeline: &Timeline,
) -> Result<i64> {
    let Some(version) = store::save(tx, post, recording, timeline).await? else {
        return Err(Error::Conflict(Message::new("error-timed-elsewhere")));
    };
    if let Some(show) = store::public_show(tx, post, recording).await? {
        tx.announce(Event::TranscriptChanged(show, post.clone()));
    }
    Ok(version)
}

/// Asks that the script be looked for in the recording: for what is new in it, or anew for
/// `whole` of it but what is fixed by hand. The working copy is frozen as a version first, if it
/// differs from the newest one, since times derive from versions.
///
/// # Errors
/// A fault of the field `align` where there is no recording or no script; `NotFound` if there is
/// no such post.
pub async fn request_align(tx: &mut Tx, post: &PostId, whole: bool) -> Result<()> {
    let copy = writing::working_copy_in(tx, post).await?.content;
    let missing = match (&copy.recording_id, copy.script.trim()) {
        (None, _) => Some("error-align-no-recording"),
        (_, "") => Some("error-align-no-script"),
        _ => None,
    };
    if let Some(key) = missing {
        return Err(Error::field("align", Message::new(key)));
    }
    posts::save_version_if_changed(tx, post).await?;
    want(tx, post, whole).await
}

async fn want(tx: &mut Tx, post: &PostId, whole: bool) -> Result<()> {
    let work = Work {
        kind: WorkKind::Align,
        state: WorkState::Waiting,
        whole,
        progress_percent: 0,
        message: None,
        changed_at: tx.now(),
    };
    store::set_work(tx, post, &work).await?;
    tx.announce(Event::TranscriptWanted(post.clone()));
    Ok(())
}

/// Stops the work of a post; what it found so far is kept where it can go on from. Work that
/// ended already stays as it is.
pub async fn cancel(tx: &mut Tx, post: &PostId) -> Result<()> {
    if let Some(mut work) = store::work_in(tx, post).await?
        && work.state.is_open()
    {
        work.state = WorkState::Cancelled;
        store::set_work(tx, post, &work).await?;
    }
    Ok(())
}

/// Goes on with work that was cancelled or failed. Other work stays as it is.
pub async fn go_on(tx: &mut Tx, post: &PostId) -> Result<()> {
    if let Some(mut work) = store::work_in(tx, post).await?
        && matches!(work.state, WorkState::Cancelled | WorkState::Failed)
    {
        work.state = WorkState::Waiting;
        work.message = None;
        store::set_work(tx, post, &work).await?;
        tx.announce(Event::TranscriptWanted(post.clone()));
    }
    Ok(())
}
