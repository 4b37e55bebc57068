//! The SQL of revisions.
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{read_content, write_details, write_references};
use crate::db::{Db, Tx};
use crate::features::posts::model::{Content, Post, Reference, Revision};
use crate::kernel::ids::{PostId, RecordingId, RevisionId};
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result};

/// Freezes content as the next revision of a post.
pub async fn insert(
    tx: &mut Tx,
    post: &Post,
    content: &Content,
    public: bool,
) -> Result<RevisionId> {
    let (id, now) = (RevisionId::random(), tx.now());
    let number = post.revision_count + 1;
    sqlx::query(
        "INSERT INTO post_revisions (id, post_id, number, ever_public, created_at, title, note, script, \
         refs, language, season, episode, episode_type, explicit, cover_hash, recording_id, \
         alternate_id, details) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
    )
    .bind(id.as_str())
    .bind(post.id.as_str())
    .bind(number)
    .bind(i64::from(public))
    .bind(now.0)
    .bind(content.title.as_str())
    .bind(content.note.as_str())
    .bind(content.script.as_str())
    .bind(write_references(&content.references)?)
    .bind(content.language.as_str())
    .bind(content.season)
    .bind(content.episode)
    .bind(content.episode_type.as_str())
    .bind(content.explicit.map(i64::from))
    .bind(content.cover_hash.as_deref())
    .bind(content.recording_id.as_ref().map(|r| r.as_str()))
    .bind(content.alternate_id.as_ref().map(|r| r.as_str()))
    .bind(write_details(content)?)
    .execute(tx.conn())
    .await?;
    sqlx::query("UPDATE posts SET revision_count = $2 WHERE id = $1")
        .bind(post.id.as_str())
        .bind(number)
        .execute(tx.conn())
        .await?;
    Ok(id)
}

/// Sets the references of a revision that is being frozen: what they are tied to is known once its
/// sentences are.
pub async fn set_references(
    tx: &mut Tx,
    post: &PostId,
    revision: &RevisionId,
    references: &[Reference],
) -> Result<()> {
    sqlx::query("UPDATE post_revisions SET refs = $3 WHERE post_id = $1 AND id = $2")
        .bind(post.as_str())
        .bind(revision.as_str())
        .bind(write_references(references)?)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Drops revisions that were never public beyond the newest 50 of those (DESIGN 2).
pub async fn prune(tx: &mut Tx, post: &PostId) -> Result<()> {
    sqlx::query(
        "DELETE FROM post_revisions WHERE post_id = $1 AND ever_public = 0 \
         AND id NOT IN (SELECT public_revision_id FROM posts WHERE id = $1 AND public_revision_id IS NOT NULL) \
         AND id NOT IN (SELECT id FROM post_revisions WHERE post_id = $1 AND ever_public = 0 \
         ORDER BY number DESC LIMIT 50)",
    )
    .bind(post.as_str())
    .execute(tx.conn())
    .await?;
    Ok(())
}

fn read_line(row: &AnyRow) -> Result<Revision> {
    Ok(Revision {
        id: RevisionId::from_db(row.try_get("id")?),
        number: row.try_get("number")?,
        ever_public: row.try_get::<i64, _>("ever_public")? != 0,
        created_at: Instant(row.try_get("created_at")?),
        title: row.try_get("title")?,
    })
}

fn read_whole(row: &AnyRow) -> Result<(Revision, Content)> {
    Ok((read_line(row)?, read_content(row)?))
}

/// A revision with its content, by its number, or `NotFound`.
pub async fn find_in(tx: &mut Tx, post: &PostId, number: i64) -> Result<(Revision, Content)> {
    let row = sqlx::query("SELECT * FROM post_revisions WHERE post_id = $1 AND number = $2")
        .bind(post.as_str())
        .bind(number)
        .fetch_optional(tx.conn())
        .await?;
    read_whole(&row.ok_or(Error::NotFound)?)
}

/// The same outside of a transaction.
pub async fn find(db: &Db, post: &PostId, number: i64) -> Result<(Revision, Content)> {
    let row = sqlx::query("SELECT * FROM post_revisions WHERE post_id = $1 AND number = $2")
        .bind(post.as_str())
        .bind(number)
        .fetch_optional(db.read())
        .await?;
    read_whole(&row.ok_or(Error::NotFound)?)
}

/// The content of a revision by its id, or `NotFound`.
pub async fn content_by_id(tx: &mut Tx, post: &PostId, id: &RevisionId) -> Result<Content> {
    let row = sqlx::query("SELECT * FROM post_revisions WHERE post_id = $1 AND id = $2")
        .bind(post.as_str())
        .bind(id.as_str())
        .fetch_optional(tx.conn())
        .await?;
    read_content(&row.ok_or(Error::NotFound)?)
}

/// The content of a revision by its number, or `NotFound`.
pub async fn content(tx: &mut Tx, post: &PostId, number: i64) -> Result<Content> {
    Ok(find_in(tx, post, number).await?.1)
}

/// The recording of a revision, without its text.
///
/// # Errors
/// `NotFound` if the post has no revision of this number.
pub async fn recording_of(db: &Db, post: &PostId, number: i64) -> Result<Option<RecordingId>> {
    let row =
        sqlx::query("SELECT recording_id FROM post_revisions WHERE post_id = $1 AND number = $2")
            .bind(post.as_str())
            .bind(number)
            .fetch_optional(db.read())
            .await?;
    let id: Option<String> = row.ok_or(Error::NotFound)?.try_get(0)?;
    Ok(id.map(RecordingId::from_db))
}

/// The number of the revision that the public sees or will see, if there is one.
pub async fn public_number(db: &Db, post: &PostId) -> Result<Option<i64>> {
    let row = sqlx::query(
        "SELECT r.number FROM posts p JOIN post_revisions r ON r.id = p.public_revision_id \
         WHERE p.id = $1",
    )
    .bind(post.as_str())
    .fetch_optional(db.read())
    .await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?)
}

/// The content that the public sees or will see.
pub async fn public_content(db: &Db, post: &Post) -> Result<Option<Content>> {
    let Some(revision) = &post.public_revision_id else {
        return Ok(None);
    };
    let row = sqlx::query("SELECT * FROM post_revisions WHERE id = $1")
        .bind(revision.as_str())
        .fetch_optional(db.read())
        .await?;
    row.as_ref().map(read_content).transpose()
}

/// The newest revisions of a post, newest first, `limit` at most.
pub async fn list(db: &Db, post: &PostId, limit: i64) -> Result<Vec<Revision>> {
    let rows = sqlx::query(
        "SELECT id, number, ever_public, created_at, title FROM post_revisions WHERE post_id = $1 \
         ORDER BY number DESC LIMIT $2",
    )
    .bind(post.as_str())
    .bind(limit)
    .fetch_all(db.read())
    .await?;
    rows.iter().map(read_line).collect()
}

/// Revisions with their content, newest first: a page of a post's history.
pub async fn page(
    db: &Db,
    post: &PostId,
    limit: i64,
    offset: i64,
) -> Result<Vec<(Revision, Content)>> {
    let rows = sqlx::query(
        "SELECT * FROM post_revisions WHERE post_id = $1 ORDER BY number DESC LIMIT $2 OFFSET $3",
    )
    .bind(post.as_str())
    .bind(limit)
    .bind(offset)
    .fetch_all(db.read())
    .await?;
    rows.iter().map(read_whole).collect()
}
