//! The SQL of times that came before their recording.
use sqlx::Row;

use super::{read_json, write_json};
use crate::db::Tx;
use crate::formats::transcript::Times;
use crate::kernel::Result;
use crate::kernel::ids::{PostId, SentenceId};

/// Keeps the times of a post's sentences, in reading order, in the place of others.
pub async fn put(tx: &mut Tx, post: &PostId, times: &[(SentenceId, Times)]) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "INSERT INTO early_times (post_id, at, times) VALUES ($1, $2, $3) \
         ON CONFLICT (post_id) DO UPDATE SET at = excluded.at, times = excluded.times",
    )
    .bind(post.as_str())
    .bind(now.0)
    .bind(write_json(&times)?)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes them away and gives them, if there are any.
pub async fn take(tx: &mut Tx, post: &PostId) -> Result<Option<Vec<(SentenceId, Times)>>> {
    let row = sqlx::query("DELETE FROM early_times WHERE post_id = $1 RETURNING times")
        .bind(post.as_str())
        .fetch_optional(tx.conn())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let times: String = row.try_get("times")?;
    Ok(Some(read_json("early times", &times)))
}
