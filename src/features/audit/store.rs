//! The SQL of the log.
use sqlx::Row;

use super::model::{Act, Entry, KEPT_MS, TOGETHER_MS};
use crate::db::{Db, Tx};
use crate::kernel::Result;
use crate::kernel::ids::{PostId, UserId, random_base32};
use crate::kernel::time::Instant;

/// Most characters of a title or name that a line keeps.
const WORDS_CHARS: usize = 200;

/// Writes a line in the caller's transaction: who did what, to the thing with this id, which was
/// called so. Both may be empty.
pub async fn record(tx: &mut Tx, who: &UserId, act: Act, subject: &str, words: &str) -> Result<()> {
    let now = tx.now();
    let words: String = words.chars().take(WORDS_CHARS).collect();
    sqlx::query(
        "INSERT INTO audit_log (id, at, user_id, user_name, act, subject, words) \
         VALUES ($1, $2, $3, COALESCE((SELECT name FROM users WHERE id = $3), ''), $4, $5, $6)",
    )
    .bind(random_base32::<12>())
    .bind(now.0)
    .bind(who.as_str())
    .bind(act.as_str())
    .bind(subject)
    .bind(words)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The same of a post, with the title that its working copy has.
pub async fn record_post(tx: &mut Tx, who: &UserId, act: Act, post: &PostId) -> Result<()> {
    let row = sqlx::query("SELECT title FROM post_working_copies WHERE post_id = $1")
        .bind(post.as_str())
        .fetch_optional(tx.conn())
        .await?;
    let title: String = row.map(|r| r.try_get(0)).transpose()?.unwrap_or_default();
    record(tx, who, act, post.as_str(), &title).await
}

/// The same for what is done in many small steps: a line that tells it already of the last ten
/// minutes is enough.
pub async fn record_post_once(tx: &mut Tx, who: &UserId, act: Act, post: &PostId) -> Result<()> {
    let since = tx.now().0 - TOGETHER_MS;
    let told = sqlx::query(
        "SELECT 1 FROM audit_log WHERE at > $1 AND user_id = $2 AND act = $3 AND subject = $4 LIMIT 1",
    )
    .bind(since)
    .bind(who.as_str())
    .bind(act.as_str())
    .bind(post.as_str())
    .fetch_optional(tx.conn())
    .await?;
    match told {
        Some(_) => Ok(()),
        None => record_post(tx, who, act, post).await,
    }
}

/// Lines, newest first; of one person, where his id is given.
pub async fn list(db: &Db, user: Option<&str>, limit: i64, offset: i64) -> Result<Vec<Entry>> {
    let rows = sqlx::query(
        "SELECT id, at, user_name, act, subject, words FROM audit_log \
         WHERE $1 = '' OR user_id = $1 ORDER BY at DESC, id LIMIT $2 OFFSET $3",
    )
    .bind(user.unwrap_or_default())
    .bind(limit)
    .bind(offset)
    .fetch_all(db.read())
    .await?;
    rows.iter()
        .map(|r| {
            Ok(Entry {
                id: r.try_get("id")?,
                at: Instant(r.try_get("at")?),
                user_name: r.try_get("user_name")?,
                act: Act::parse(&r.try_get::<String, _>("act")?),
                subject: r.try_get("subject")?,
                words: r.try_get("words")?,
            })
        })
        .collect()
}

/// Clears away lines that are older than two years.
pub async fn sweep(db: &Db) -> Result<()> {
    let mut tx = db.begin().await?;
    let before = tx.now().plus_ms(-KEPT_MS);
    sqlx::query("DELETE FROM audit_log WHERE at < $1")
        .bind(before.0)
        .execute(tx.conn())
        .await?;
    tx.commit().await
}
