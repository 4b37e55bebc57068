//! The SQL of files: their rows, and who names them.
use sqlx::Row;

use crate::db::{Db, Tx};
use crate::kernel::Result;
use crate::kernel::ids::ShowId;
use crate::ports::media::Stored;

/// A file as its row tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// Its name: SHA-256 in lower-case hexadecimal.
    pub hash: String,
    /// Its length.
    pub length_bytes: u64,
    /// Whether it was there, and whole, when looked for last.
    pub present: bool,
}

/// Notes a file that is in the store; one that was missing is present again.
pub async fn insert(tx: &mut Tx, file: &Stored) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "INSERT INTO media (hash, length_bytes, state, created_at) VALUES ($1, $2, 'present', $3) \
         ON CONFLICT (hash) DO UPDATE SET state = 'present'",
    )
    .bind(file.hash.as_str())
    .bind(i64::try_from(file.length_bytes).unwrap_or(i64::MAX))
    .bind(now.0)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Every file that has a row.
pub async fn list(db: &Db) -> Result<Vec<FileRow>> {
    let rows = sqlx::query("SELECT hash, length_bytes, state FROM media")
        .fetch_all(db.read())
        .await?;
    rows.iter()
        .map(|r| {
            Ok(FileRow {
                hash: r.try_get("hash")?,
                length_bytes: r.try_get::<i64, _>("length_bytes")?.unsigned_abs(),
                present: r.try_get::<String, _>("state")? == "present",
            })
        })
        .collect()
}

/// Says whether a file is there.
pub async fn set_present(tx: &mut Tx, hash: &str, present: bool) -> Result<()> {
    sqlx::query("UPDATE media SET state = $2 WHERE hash = $1")
        .bind(hash)
        .bind(if present { "present" } else { "missing" })
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Shows whose public side holds a file: as a recording, as a post's cover, as their own.
pub async fn shows_with(tx: &mut Tx, hash: &str) -> Result<Vec<ShowId>> {
    let rows = sqlx::query(
        "SELECT p.show_id AS id FROM recordings a \
         JOIN post_revisions r ON r.recording_id = a.id JOIN posts p ON p.public_revision_id = r.id \
         WHERE a.media_hash = $1 \
         UNION SELECT p.show_id FROM recordings a \
         JOIN post_revisions r ON r.alternate_id = a.id JOIN posts p ON p.public_revision_id = r.id \
         WHERE a.media_hash = $1 \
         UNION SELECT p.show_id FROM covers c \
         JOIN post_revisions r ON r.cover_hash = c.hash JOIN posts p ON p.public_revision_id = r.id \
         WHERE c.media_hash = $1 \
         UNION SELECT s.id FROM covers c JOIN shows s ON s.cover_hash = c.hash \
         WHERE c.media_hash = $1",
    )
    .bind(hash)
    .fetch_all(tx.conn())
    .await?;
    rows.iter()
        .map(|r| Ok(ShowId::from_db(r.try_get("id")?)))
        .collect()
}

/// Deletes recordings that neither a working copy nor a revision names, and covers that
/// nothing names and that are older than `covers_before`: a picture is stored a moment before
/// the form that it came with is.
pub async fn delete_unnamed(tx: &mut Tx, covers_before_ms: i64) -> Result<()> {
    sqlx::query(
        "DELETE FROM recordings WHERE NOT EXISTS \
         (SELECT 1 FROM post_working_copies w WHERE w.recording_id = recordings.id) \
         AND NOT EXISTS (SELECT 1 FROM post_working_copies w WHERE w.alternate_id = recordings.id) \
         AND NOT EXISTS (SELECT 1 FROM post_revisions r WHERE r.recording_id = recordings.id) \
         AND NOT EXISTS (SELECT 1 FROM post_revisions r WHERE r.alternate_id = recordings.id)",
    )
    .execute(tx.conn())
    .await?;
    sqlx::query(
        "DELETE FROM covers WHERE created_at < $1 \
         AND NOT EXISTS (SELECT 1 FROM shows s WHERE s.cover_hash = covers.hash) \
         AND NOT EXISTS (SELECT 1 FROM post_working_copies w WHERE w.cover_hash = covers.hash) \
         AND NOT EXISTS (SELECT 1 FROM post_revisions r WHERE r.cover_hash = covers.hash) \
         AND NOT EXISTS (SELECT 1 FROM recordings a WHERE a.artwork_hash = covers.hash)",
    )
    .bind(covers_before_ms)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Files that no recording and no cover names.
pub async fn list_unnamed(db: &Db) -> Result<Vec<String>> {
    let rows = sqlx::query(
        "SELECT hash FROM media \
         WHERE NOT EXISTS (SELECT 1 FROM recordings a WHERE a.media_hash = media.hash) \
         AND NOT EXISTS (SELECT 1 FROM covers c WHERE c.media_hash = media.hash) ORDER BY hash",
    )
    .fetch_all(db.read())
    .await?;
    rows.iter().map(|r| Ok(r.try_get("hash")?)).collect()
}

/// Deletes the row of a file that is gone.
pub async fn delete(tx: &mut Tx, hash: &str) -> Result<()> {
    sqlx::query("DELETE FROM media WHERE hash = $1")
        .bind(hash)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// How many files there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// In their places.
    pub present: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Named by a row, and not in their places.
    pub missing: u64,
}

/// Counts the files by what their rows say.
pub async fn count(db: &Db) -> Result<Count> {
    let row = sqlx::query(
        "SELECT CAST(count(CASE WHEN state = 'present' THEN 1 END) AS BIGINT) AS present, \
         CAST(coalesce(sum(CASE WHEN state = 'present' THEN length_bytes END), 0) AS BIGINT) AS bytes, \
         CAST(count(CASE WHEN state = 'missing' THEN 1 END) AS BIGINT) AS missing FROM media",
    )
    .fetch_one(db.read())
    .await?;
    let number = |name: &str| row.try_get::<i64, _>(name).map(i64::unsigned_abs);
    Ok(Count {
        present: number("present")?,
        bytes: number("bytes")?,
        missing: number("missing")?,
    })
}
