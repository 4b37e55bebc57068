//! What the author asks of the work on a transcript and of its chapters, a transaction each, which
//! a client who hangs up does not cut.
use super::actions::{cancel, go_on, request_align, request_transcription, set_chapters};
use super::model::ChapterWish;
use crate::db::Db;
use crate::features::audit::{self, Act};
use crate::features::posts;
use crate::kernel::ids::{PostId, UserId};
use crate::kernel::{Error, Message, Result};
use crate::state::AppState;
use crate::web::task::detached;

/// What the work on a transcript is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Look for the sentences in the recording that have no time yet.
    Align,
    /// Look for all of them anew, but those that were set by hand.
    AlignAnew,
    /// Write the recording down, where there is no script.
    Transcribe,
    /// Stop.
    Cancel,
    /// Go on with what was stopped or failed.
    GoOn,
}

/// Asks for it.
///
/// # Errors
/// `NotFound` if there is no such post; a fault of the field `speech` where there is nothing to do
/// it with; `Conflict` for speech into text where no server for it is set up.
pub async fn ask(state: &AppState, post: &PostId, what: Ask) -> Result<()> {
    if what == Ask::Transcribe && state.config.transcription.is_none() {
        return Err(Error::Conflict(Message::new("error-speech-off")));
    }
    let (db, post) = (state.db.clone(), post.clone());
    detached(async move {
        let mut tx = db.begin().await?;
        posts::living_in(&mut tx, &post).await?;
        match what {
            Ask::Align => request_align(&mut tx, &post, false).await?,
            Ask::AlignAnew => request_align(&mut tx, &post, true).await?,
            Ask::Transcribe => request_transcription(&mut tx, &post).await?,
            Ask::Cancel => cancel(&mut tx, &post).await?,
            Ask::GoOn => go_on(&mut tx, &post).await?,
        }
        tx.commit().await
    })
    .await
}

/// Chooses whose chapters the recording has.
///
/// # Errors
/// As [`set_chapters`].
pub async fn choose_chapters(
    db: &Db,
    by: &UserId,
    post: &PostId,
    version: i64,
    wish: ChapterWish,
) -> Result<()> {
    let (db, by, post) = (db.clone(), by.clone(), post.clone());
    detached(async move {
        let mut tx = db.begin().await?;
        posts::living_in(&mut tx, &post).await?;
        set_chapters(&mut tx, &post, version, wish).await?;
        audit::record_post(&mut tx, &by, Act::ChaptersSet, &post).await?;
        tx.commit().await
    })
    .await
}
