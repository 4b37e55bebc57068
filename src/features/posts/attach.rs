//! What gives a working copy its recordings and takes them away, and what keeps the two
//! formats of it the same recording.
use super::store::recording::{set_alternate, set_recording};
use super::store::writing;
use crate::db::Tx;
use crate::features::recordings;
use crate::kernel::events::Event;
use crate::kernel::ids::{PostId, RecordingId};
use crate::kernel::{Error, Message, Result};

/// Gives the working copy a recording, or takes it away. A second format that cannot stand
/// beside it goes with the one that it replaces. Raises no version.
///
/// # Errors
/// `NotFound` if there is no such post.
pub async fn attach_recording(
    tx: &mut Tx,
    post: &PostId,
    recording: Option<&RecordingId>,
) -> Result<()> {
    set_recording(tx, post, recording).await?;
    if recording.is_some() {
        tx.announce(Event::RecordingAttached(post.clone()));
    }
    let Some(alternate) = writing::working_copy_in(tx, post)
        .await?
        .content
        .alternate_id
    else {
        return Ok(());
    };
    let stays = match recording {
        Some(first) => {
            let second = recordings::find_in(tx, &alternate).await?;
            let first = recordings::find_in(tx, first).await?;
            first
                .alternate_fault(second.kind, second.duration_ms)
                .is_none()
        }
        None => false,
    };
    if stays {
        Ok(())
    } else {
        set_alternate(tx, post, None).await
    }
}

/// Gives the working copy its recording in a second format, or takes that away. Raises no
/// version.
///
/// # Errors
/// `NotFound` if there is no such post; a fault of the field `file` where there is no first
/// recording or the two are not the same.
pub async fn attach_alternate(
    tx: &mut Tx,
    post: &PostId,
    alternate: Option<&RecordingId>,
) -> Result<()> {
    if let Some(alternate) = alternate {
        let first = writing::working_copy_in(tx, post)
            .await?
            .content
            .recording_id
            .ok_or_else(no_first)?;
        let first = recordings::find_in(tx, &first).await?;
        let second = recordings::find_in(tx, alternate).await?;
        if let Some(fault) = first.alternate_fault(second.kind, second.duration_ms) {
            return Err(Error::field("file", fault));
        }
    }
    set_alternate(tx, post, alternate).await
}

/// A second format was sent where there is no first one.
pub fn no_first() -> Error {
    Error::field("file", Message::new("error-alternate-alone"))
}
