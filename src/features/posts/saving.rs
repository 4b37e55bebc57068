//! What overwrites the text of a working copy.
use super::access::living_in;
use super::model::Content;
use super::store::writing;
use super::ties;
use crate::db::{Db, Tx};
use crate::features::recordings;
use crate::kernel::ids::{PostId, UserId};
use crate::kernel::{Error, Message, Result};

/// Overwrites the working copy under a new version number, which it gives back, and notes by whom.
///
/// # Errors
/// `Conflict` if the working copy is not at `version` any more, or the post is in the trash; nothing
/// is written then.
pub async fn save(
    db: &Db,
    by: &UserId,
    id: &PostId,
    version: i64,
    slug: &str,
    content: &Content,
) -> Result<i64> {
    let mut tx = db.begin().await?;
    let saved = save_in(&mut tx, id, version, slug, content).await?;
    writing::sign(&mut tx, id, by).await?;
    tx.commit().await?;
    Ok(saved)
}

/// As [`save_again_in`], in a transaction of its own.
pub async fn autosave(
    db: &Db,
    by: &UserId,
    id: &PostId,
    version: i64,
    slug: &str,
    content: &Content,
) -> Result<i64> {
    let mut tx = db.begin().await?;
    let saved = save_again_in(&mut tx, by, id, version, slug, content).await?;
    tx.commit().await?;
    Ok(saved)
}

/// As [`save`], inside a transaction, for a page whose answer may have been lost, or that stands
/// open twice: the text that is stored already is no conflict when it is sent again, but has the
/// number that it got.
pub async fn save_again_in(
    tx: &mut Tx,
    by: &UserId,
    id: &PostId,
    version: i64,
    slug: &str,
    content: &Content,
) -> Result<i64> {
    living_in(tx, id).await?;
    let late = match save_in(tx, id, version, slug, content).await {
        Ok(saved) => {
            writing::sign(tx, id, by).await?;
            return Ok(saved);
        }
        Err(late @ Error::Conflict(_)) => late,
        Err(other) => return Err(other),
    };
    let stored = writing::working_copy_in(tx, id).await?;
    let sent = Content {
        references: ties::tie_saved(tx, id, &content.references).await?,
        cover_hash: stored.content.cover_hash.clone(),
        recording_id: stored.content.recording_id.clone(),
        alternate_id: stored.content.alternate_id.clone(),
        ..content.clone()
    };
    if stored.slug != slug || stored.content != sent {
        return Err(late);
    }
    Ok(stored.version)
}

/// As [`save`], inside a transaction.
pub async fn save_in(
    tx: &mut Tx,
    id: &PostId,
    version: i64,
    slug: &str,
    content: &Content,
) -> Result<i64> {
    living_in(tx, id).await?;
    let content = Content {
        references: ties::tie_saved(tx, id, &content.references).await?,
        ..content.clone()
    };
    if let Some(saved) = writing::save(tx, id, version, slug, &content).await? {
        return Ok(saved);
    }
    // Nobody was faster where there is nothing to save.
    let now = writing::working_copy_in(tx, id).await?.version;
    Err(saved_elsewhere(now))
}

/// Gives a working copy without a title the one that its script proposes, else the one that its
/// recording does.
pub async fn propose_title(tx: &mut Tx, id: &PostId) -> Result<()> {
    let content = writing::working_copy_in(tx, id).await?.content;
    if !content.title.is_empty() {
        return Ok(());
    }
    let mut title = content.proposed_title();
    if let (None, Some(recording)) = (&title, &content.recording_id) {
        title = recordings::find_in(tx, recording).await?.proposed_title();
    }
    match title {
        Some(title) => writing::propose_title(tx, id, &title).await,
        None => Ok(()),
    }
}

/// Somebody saved first; the working copy is at this version by now.
pub fn saved_elsewhere(now: i64) -> Error {
    Error::Conflict(Message::new("error-saved-elsewhere").with("version", now))
}
