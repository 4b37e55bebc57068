//! The SQL of notes of correction. The public reads them in `public`.
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::db::{Db, Tx};
use crate::features::posts::corrections::{Correction, NotedCorrection, TextChange};
use crate::kernel::ids::{PostId, RevisionId};
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result};

pub(super) fn read(row: &AnyRow) -> Result<Correction> {
    let changes: String = row.try_get("changes")?;
    Ok(Correction {
        at: Instant(row.try_get("at")?),
        remark: row.try_get("remark")?,
        changes: read_changes(&changes),
    })
}

/// A broken row must not take the page down: it tells the remark alone.
fn read_changes(json: &str) -> Vec<TextChange> {
    serde_json::from_str(json).unwrap_or_else(|error| {
        tracing::warn!(%error, "the changes of a correction could not be read");
        Vec::new()
    })
}

/// Hangs a note on a revision, in the place of the one that hangs there.
pub async fn put(
    tx: &mut Tx,
    post: &PostId,
    revision: &RevisionId,
    correction: &Correction,
) -> Result<()> {
    let changes =
        serde_json::to_string(&correction.changes).map_err(|e| Error::Internal(e.into()))?;
    sqlx::query(
        "INSERT INTO corrections (post_id, revision_id, at, remark, changes) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (post_id, revision_id) DO UPDATE SET \
         at = excluded.at, remark = excluded.remark, changes = excluded.changes",
    )
    .bind(post.as_str())
    .bind(revision.as_str())
    .bind(correction.at.0)
    .bind(correction.remark.as_str())
    .bind(changes)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The note that hangs on the revision of this number, and which that is, or `NotFound`.
pub async fn find_in(tx: &mut Tx, post: &PostId, number: i64) -> Result<(RevisionId, Correction)> {
    let row = sqlx::query(
        "SELECT r.id, c.at, c.remark, c.changes FROM corrections c \
         JOIN post_revisions r ON r.id = c.revision_id \
         WHERE c.post_id = $1 AND r.number = $2",
    )
    .bind(post.as_str())
    .bind(number)
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    Ok((RevisionId::from_db(row.try_get("id")?), read(&row)?))
}

/// Takes the note off the revision of this number.
///
/// # Errors
/// `NotFound` if none hangs there.
pub async fn delete(tx: &mut Tx, post: &PostId, number: i64) -> Result<()> {
    let gone = sqlx::query(
        "DELETE FROM corrections WHERE post_id = $1 AND revision_id IN \
         (SELECT id FROM post_revisions WHERE post_id = $1 AND number = $2)",
    )
    .bind(post.as_str())
    .bind(number)
    .execute(tx.conn())
    .await?
    .rows_affected();
    if gone == 0 {
        return Err(Error::NotFound);
    }
    Ok(())
}

/// Every note of a post, newest first, for the author's side.
pub async fn list(db: &Db, post: &PostId) -> Result<Vec<NotedCorrection>> {
    let rows = sqlx::query(
        "SELECT r.number, c.at, c.remark, c.changes FROM corrections c \
         JOIN post_revisions r ON r.id = c.revision_id \
         WHERE c.post_id = $1 ORDER BY c.at DESC, r.number DESC",
    )
    .bind(post.as_str())
    .fetch_all(db.read())
    .await?;
    let noted = rows.iter().map(|row| {
        Ok(NotedCorrection {
            number: row.try_get("number")?,
            correction: read(row)?,
        })
    });
    noted.collect()
}
