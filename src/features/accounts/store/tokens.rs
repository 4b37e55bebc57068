//! The SQL of API tokens.
use sqlx::Row;
use sqlx::any::AnyRow;

use super::read_user;
use crate::db::{Db, Tx};
use crate::features::accounts::model::User;
use crate::features::accounts::tokens::{ApiToken, Scope};
use crate::kernel::ids::UserId;
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result};

fn read(row: &AnyRow) -> Result<ApiToken> {
    let words: String = row.try_get("scopes")?;
    Ok(ApiToken {
        id: row.try_get("token_id")?,
        name: row.try_get("token_name")?,
        // A word that this build doesn't know allows nothing.
        scopes: serde_json::from_str::<Vec<String>>(&words)
            .unwrap_or_default()
            .iter()
            .filter_map(|word| Scope::parse(word))
            .collect(),
        created_at: Instant(row.try_get("token_created_at")?),
        expires_at: Instant(row.try_get("expires_at")?),
        last_used_at: row.try_get::<Option<i64>, _>("last_used_at")?.map(Instant),
    })
}

/// Keeps a token.
pub async fn insert(tx: &mut Tx, token_hash: &str, user: &UserId, token: &ApiToken) -> Result<()> {
    let scopes = serde_json::to_string(&token.scopes).map_err(|e| Error::Internal(e.into()))?;
    sqlx::query(
        "INSERT INTO api_tokens (token_hash, id, user_id, name, scopes, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(token_hash)
    .bind(token.id.as_str())
    .bind(user.as_str())
    .bind(token.name.as_str())
    .bind(scopes)
    .bind(token.created_at.0)
    .bind(token.expires_at.0)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The token with this hash and its person, if its time is not over.
pub async fn find(db: &Db, token_hash: &str, now: Instant) -> Result<Option<(User, ApiToken)>> {
    let row = sqlx::query(select_user!(
        ", t.id AS token_id, t.name AS token_name, t.scopes, t.created_at AS token_created_at, \
         t.expires_at, t.last_used_at \
         FROM api_tokens t JOIN users u ON u.id = t.user_id \
         WHERE t.token_hash = $1 AND t.expires_at > $2"
    ))
    .bind(token_hash)
    .bind(now.0)
    .fetch_optional(db.read())
    .await?;
    row.map(|r| Ok((read_user(&r)?, read(&r)?))).transpose()
}

/// Notes that a token was used.
pub async fn touch(tx: &mut Tx, id: &str) -> Result<()> {
    let now = tx.now();
    sqlx::query("UPDATE api_tokens SET last_used_at = $2 WHERE id = $1")
        .bind(id)
        .bind(now.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The living tokens of a person, newest first.
pub async fn list(db: &Db, user: &UserId, now: Instant) -> Result<Vec<ApiToken>> {
    let rows = sqlx::query(
        "SELECT id AS token_id, name AS token_name, scopes, created_at AS token_created_at, \
         expires_at, last_used_at FROM api_tokens WHERE user_id = $1 AND expires_at > $2 \
         ORDER BY created_at DESC, id",
    )
    .bind(user.as_str())
    .bind(now.0)
    .fetch_all(db.read())
    .await?;
    rows.iter().map(read).collect()
}

/// Takes a token of a person back, and says what it was called; that of somebody else stays.
pub async fn delete(tx: &mut Tx, user: &UserId, id: &str) -> Result<Option<String>> {
    let row = sqlx::query("DELETE FROM api_tokens WHERE id = $1 AND user_id = $2 RETURNING name")
        .bind(id)
        .bind(user.as_str())
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?)
}

/// Takes back every token of a person.
pub async fn delete_of(tx: &mut Tx, user: &UserId) -> Result<()> {
    sqlx::query("DELETE FROM api_tokens WHERE user_id = $1")
        .bind(user.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Clears away those whose time is over.
pub async fn delete_old(tx: &mut Tx) -> Result<()> {
    let now = tx.now();
    sqlx::query("DELETE FROM api_tokens WHERE expires_at <= $1")
        .bind(now.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}
