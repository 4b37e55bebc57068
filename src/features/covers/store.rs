//! The SQL of covers.
use sqlx::{AnyConnection, Row};

use super::actions::CoverFiles;
use crate::db::{Db, Tx};
use crate::features::media;
use crate::kernel::{Error, Result};

/// Notes a cover whose files are in the store, with their rows; one known already stays.
pub async fn insert(tx: &mut Tx, cover: &CoverFiles) -> Result<()> {
    let now = tx.now();
    for (size_px, file) in &cover.files {
        media::insert(tx, file).await?;
        // Known already, it counts as new: the collection must leave it alone for a while.
        sqlx::query(
            "INSERT INTO covers (hash, size_px, media_hash, created_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (hash, size_px) DO UPDATE SET media_hash = excluded.media_hash, \
             created_at = excluded.created_at",
        )
        .bind(cover.hash.as_str())
        .bind(i64::from(*size_px))
        .bind(file.hash.as_str())
        .bind(now.0)
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

/// File and length in bytes of a cover in one size, public or not: for the author's side.
/// `NotFound` if there is none, or its file is missing.
pub async fn find(db: &Db, hash: &str, size_px: u32) -> Result<(String, u64)> {
    let row = sqlx::query(
        "SELECT c.media_hash AS media_hash, m.length_bytes AS length_bytes FROM covers c \
         JOIN media m ON m.hash = c.media_hash AND m.state = 'present' \
         WHERE c.hash = $1 AND c.size_px = $2",
    )
    .bind(hash)
    .bind(i64::from(size_px))
    .fetch_optional(db.read())
    .await?
    .ok_or(Error::NotFound)?;
    let length: i64 = row.try_get("length_bytes")?;
    Ok((row.try_get("media_hash")?, length.unsigned_abs()))
}

/// The sizes of a picture whose files are in place, in pixels a side, the smallest first.
pub async fn sizes_in(conn: &mut AnyConnection, hash: &str) -> Result<Vec<u32>> {
    let rows = sqlx::query(
        "SELECT c.size_px AS size_px FROM covers c JOIN media m ON m.hash = c.media_hash \
         AND m.state = 'present' WHERE c.hash = $1 ORDER BY c.size_px",
    )
    .bind(hash)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|r| Ok(u32::try_from(r.try_get::<i64, _>("size_px")?).unwrap_or_default()))
        .collect()
}
