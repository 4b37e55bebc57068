//! Which recordings a working copy has. None of this raises the version: an upload that ends
//! while the author writes must not collide with autosave.
use crate::db::Tx;
use crate::kernel::ids::{PostId, RecordingId};
use crate::kernel::{Error, Result};

/// Sets the first recording, or takes it away.
///
/// # Errors
/// `NotFound` if there is no such post.
pub async fn set_recording(
    tx: &mut Tx,
    post: &PostId,
    recording: Option<&RecordingId>,
) -> Result<()> {
    let query = "UPDATE post_working_copies SET recording_id = $2 WHERE post_id = $1";
    set(tx, query, post, recording).await
}

/// Sets the recording in the second format, or takes it away.
///
/// # Errors
/// `NotFound` if there is no such post.
pub async fn set_alternate(
    tx: &mut Tx,
    post: &PostId,
    recording: Option<&RecordingId>,
) -> Result<()> {
    let query = "UPDATE post_working_copies SET alternate_id = $2 WHERE post_id = $1";
    set(tx, query, post, recording).await
}

async fn set(
    tx: &mut Tx,
    query: &'static str,
    post: &PostId,
    recording: Option<&RecordingId>,
) -> Result<()> {
    let changed = sqlx::query(query)
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
