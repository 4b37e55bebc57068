//! Which recording a working copy has.
use crate::db::Tx;
use crate::kernel::ids::{PostId, RecordingId};
use crate::kernel::{Error, Result};

/// Gives the working copy a recording, or takes it away. Raises no version: an upload that
/// ends while the author writes must not collide with autosave.
///
/// # Errors
/// `NotFound` if there is no such post.
pub async fn attach_recording(
    tx: &mut Tx,
    post: &PostId,
    recording: Option<&RecordingId>,
) -> Result<()> {
    let changed =
        sqlx::query("UPDATE post_working_copies SET recording_id = $2 WHERE post_id = $1")
            .bind(post.as_str())
            .bind(recording.map(RecordingId::as_str))
            .execute(tx.conn())
            .await?
            .rows_affected();
    if changed == 0 {
        Err(Error::NotFound)
    } else {
        Ok(())
    }
}
