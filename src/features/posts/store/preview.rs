//! The SQL of preview links (HARDENING V3).
use sqlx::Row;

use crate::db::{Db, Tx};
use crate::features::posts::model::PreviewLink;
use crate::kernel::ids::{PostId, Token};
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result};

/// Keeps the hash of a new link's token.
pub async fn insert(
    tx: &mut Tx,
    post: &PostId,
    token: &Token,
    id: &str,
    expires_at: Instant,
) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "INSERT INTO preview_links (token_hash, id, post_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(token.hash())
    .bind(id)
    .bind(post.as_str())
    .bind(now.0)
    .bind(expires_at.0)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The post that a living link shows, or `NotFound`.
pub async fn find_post(db: &Db, token: &Token) -> Result<PostId> {
    let row =
        sqlx::query("SELECT post_id FROM preview_links WHERE token_hash = $1 AND expires_at > $2")
            .bind(token.hash())
            .bind(db.clock().now().0)
            .fetch_optional(db.read())
            .await?
            .ok_or(Error::NotFound)?;
    Ok(PostId::from_db(row.try_get(0)?))
}

/// A post's living links, newest first.
pub async fn list(db: &Db, post: &PostId) -> Result<Vec<PreviewLink>> {
    let rows = sqlx::query(
        "SELECT id, created_at, expires_at FROM preview_links WHERE post_id = $1 AND expires_at > $2 \
         ORDER BY created_at DESC, id",
    )
    .bind(post.as_str())
    .bind(db.clock().now().0)
    .fetch_all(db.read())
    .await?;
    rows.iter()
        .map(|r| {
            Ok(PreviewLink {
                id: r.try_get("id")?,
                created_at: Instant(r.try_get("created_at")?),
                expires_at: Instant(r.try_get("expires_at")?),
            })
        })
        .collect()
}

/// Revokes a link; one that is gone already is fine.
pub async fn delete(tx: &mut Tx, post: &PostId, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM preview_links WHERE post_id = $1 AND id = $2")
        .bind(post.as_str())
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(())
}
