//! The SQL of revisions.
use sqlx::Row;

use super::{read_content, write_details, write_references};
use crate::db::{Db, Tx};
use crate::features::posts::model::{Content, Post, Revision};
use crate::kernel::ids::{PostId, RevisionId};
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
    .bind(write_references(content)?)
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

/// Drops revisions that were never public beyond the newest 50 (DESIGN 2).
pub async fn prune(tx: &mut Tx, post: &PostId) -> Result<()> {
    sqlx::query(
        "DELETE FROM post_revisions WHERE post_id = $1 AND ever_public = 0 \
         AND id NOT IN (SELECT public_revision_id FROM posts WHERE id = $1 AND public_revision_id IS NOT NULL) \
         AND number <= (SELECT max(number) FROM post_revisions WHERE post_id = $1) - 50",
    )
    .bind(post.as_str())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The content of a revision by its number, or `NotFound`.
pub async fn content(tx: &mut Tx, post: &PostId, number: i64) -> Result<Content> {
    let row = sqlx::query("SELECT * FROM post_revisions WHERE post_id = $1 AND number = $2")
        .bind(post.as_str())
        .bind(number)
        .fetch_optional(tx.conn())
        .await?;
    read_content(&row.ok_or(Error::NotFound)?)
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

/// A post's revisions, newest first.
pub async fn list(db: &Db, post: &PostId) -> Result<Vec<Revision>> {
    let rows = sqlx::query(
        "SELECT id, number, ever_public, created_at, title FROM post_revisions WHERE post_id = $1 \
         ORDER BY number DESC LIMIT 100",
    )
    .bind(post.as_str())
    .fetch_all(db.read())
    .await?;
    rows.iter()
        .map(|r| {
            Ok(Revision {
                id: RevisionId::from_db(r.try_get("id")?),
                number: r.try_get("number")?,
                ever_public: r.try_get::<i64, _>("ever_public")? != 0,
                created_at: Instant(r.try_get("created_at")?),
                title: r.try_get("title")?,
            })
        })
        .collect()
}
