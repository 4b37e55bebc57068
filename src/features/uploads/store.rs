//! The SQL of uploads.
use sqlx::Row;
use sqlx::any::AnyRow;

use super::model::{Place, Upload};
use crate::db::{Db, Tx};
use crate::kernel::ids::{PostId, RecordingId, UploadId, UserId};
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result};

fn read(row: &AnyRow) -> Result<Upload> {
    let text = |name: &str| row.try_get::<String, _>(name);
    let number = |name: &str| row.try_get::<i64, _>(name);
    Ok(Upload {
        id: UploadId::from_db(text("id")?),
        user: UserId::from_db(text("user_id")?),
        post: PostId::from_db(text("post_id")?),
        place: Place::parse(&text("place")?).unwrap_or_default(),
        original_name: text("original_name")?,
        length_bytes: number("length_bytes")?.unsigned_abs(),
        offset_bytes: number("offset_bytes")?.unsigned_abs(),
        recording: row
            .try_get::<Option<String>, _>("recording_id")?
            .map(RecordingId::from_db),
        expires_at: Instant(number("expires_at")?),
    })
}

fn signed(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

/// Writes a new upload.
pub async fn insert(tx: &mut Tx, upload: &Upload) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "INSERT INTO uploads (id, user_id, post_id, original_name, length_bytes, offset_bytes, \
         created_at, expires_at, place) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(upload.id.as_str())
    .bind(upload.user.as_str())
    .bind(upload.post.as_str())
    .bind(upload.original_name.as_str())
    .bind(signed(upload.length_bytes))
    .bind(signed(upload.offset_bytes))
    .bind(now.0)
    .bind(upload.expires_at.0)
    .bind(upload.place.as_str())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A user's upload that has not expired, or `NotFound`.
pub async fn find(db: &Db, id: &UploadId, user: &UserId) -> Result<Upload> {
    let row =
        sqlx::query("SELECT * FROM uploads WHERE id = $1 AND user_id = $2 AND expires_at > $3")
            .bind(id.as_str())
            .bind(user.as_str())
            .bind(db.clock().now().0)
            .fetch_optional(db.read())
            .await?;
    read(&row.ok_or(Error::NotFound)?)
}

/// Every unfinished upload, expired or not.
pub async fn list_unfinished(db: &Db) -> Result<Vec<Upload>> {
    let rows = sqlx::query("SELECT * FROM uploads WHERE recording_id IS NULL ORDER BY id")
        .fetch_all(db.read())
        .await?;
    rows.iter().map(read).collect()
}

/// Unfinished uploads of a user for a place of a post, oldest first.
pub async fn list_of_place(
    tx: &mut Tx,
    user: &UserId,
    post: &PostId,
    place: Place,
) -> Result<Vec<Upload>> {
    let rows = sqlx::query(
        "SELECT * FROM uploads WHERE user_id = $1 AND post_id = $2 AND place = $3 \
         AND recording_id IS NULL ORDER BY created_at, id",
    )
    .bind(user.as_str())
    .bind(post.as_str())
    .bind(place.as_str())
    .fetch_all(tx.conn())
    .await?;
    rows.iter().map(read).collect()
}

/// Uploads whose time is over.
pub async fn list_expired(db: &Db) -> Result<Vec<Upload>> {
    let rows = sqlx::query("SELECT * FROM uploads WHERE expires_at <= $1 ORDER BY id")
        .bind(db.clock().now().0)
        .fetch_all(db.read())
        .await?;
    rows.iter().map(read).collect()
}

/// All unfinished uploads together: how long they will be, and how much of that is missing.
pub async fn unfinished_bytes(tx: &mut Tx) -> Result<(u64, u64)> {
    let row = sqlx::query(
        "SELECT CAST(COALESCE(sum(length_bytes), 0) AS BIGINT) AS length, \
         CAST(COALESCE(sum(length_bytes - offset_bytes), 0) AS BIGINT) AS missing \
         FROM uploads WHERE recording_id IS NULL",
    )
    .fetch_one(tx.conn())
    .await?;
    let number = |name: &str| row.try_get::<i64, _>(name).map(i64::unsigned_abs);
    Ok((number("length")?, number("missing")?))
}

/// Moves the offset from where it is known to be; false if it is not there any more.
pub async fn set_offset(
    tx: &mut Tx,
    id: &UploadId,
    from_bytes: u64,
    to_bytes: u64,
    expires_at: Instant,
) -> Result<bool> {
    let moved = sqlx::query(
        "UPDATE uploads SET offset_bytes = $3, expires_at = $4 \
         WHERE id = $1 AND offset_bytes = $2 AND recording_id IS NULL",
    )
    .bind(id.as_str())
    .bind(signed(from_bytes))
    .bind(signed(to_bytes))
    .bind(expires_at.0)
    .execute(tx.conn())
    .await?
    .rows_affected();
    Ok(moved > 0)
}

/// Notes what an upload became.
pub async fn finish(tx: &mut Tx, id: &UploadId, recording: &RecordingId) -> Result<()> {
    sqlx::query("UPDATE uploads SET recording_id = $2 WHERE id = $1")
        .bind(id.as_str())
        .bind(recording.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Forgets an upload.
pub async fn delete(tx: &mut Tx, id: &UploadId) -> Result<()> {
    sqlx::query("DELETE FROM uploads WHERE id = $1")
        .bind(id.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}
