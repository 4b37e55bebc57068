//! The SQL of the second factor: secrets, recovery codes, logins that wait for a code.
use sqlx::Row;

use crate::db::{Db, Tx};
use crate::kernel::Result;
use crate::kernel::ids::UserId;
use crate::kernel::time::Instant;

/// The secret of a user, empty where the second factor is off.
pub async fn secret(tx: &mut Tx, user: &UserId) -> Result<String> {
    let row = sqlx::query("SELECT totp_secret FROM users WHERE id = $1")
        .bind(user.as_str())
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?.unwrap_or_default())
}

/// Turns the second factor on, with the step whose code proved it; off with an empty secret.
pub async fn set_secret(tx: &mut Tx, user: &UserId, secret: &str, step: i64) -> Result<()> {
    sqlx::query("UPDATE users SET totp_secret = $2, totp_step = $3 WHERE id = $1")
        .bind(user.as_str())
        .bind(secret)
        .bind(step)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Uses a step up; `false` if it, or a later one, was used before.
pub async fn take_step(tx: &mut Tx, user: &UserId, step: i64) -> Result<bool> {
    let done = sqlx::query("UPDATE users SET totp_step = $2 WHERE id = $1 AND totp_step < $2")
        .bind(user.as_str())
        .bind(step)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts these recovery codes in the place of all earlier ones.
pub async fn replace_codes(tx: &mut Tx, user: &UserId, hashes: &[String]) -> Result<()> {
    sqlx::query("DELETE FROM recovery_codes WHERE user_id = $1")
        .bind(user.as_str())
        .execute(tx.conn())
        .await?;
    for hash in hashes {
        sqlx::query("INSERT INTO recovery_codes (code_hash, user_id) VALUES ($1, $2)")
            .bind(hash.as_str())
            .bind(user.as_str())
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// Uses a recovery code up; `false` if there is no such code.
pub async fn take_code(tx: &mut Tx, user: &UserId, hash: &str) -> Result<bool> {
    let done = sqlx::query("DELETE FROM recovery_codes WHERE code_hash = $1 AND user_id = $2")
        .bind(hash)
        .bind(user.as_str())
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// How many recovery codes are left.
pub async fn count_codes(db: &Db, user: &UserId) -> Result<i64> {
    let row = sqlx::query("SELECT CAST(count(*) AS BIGINT) FROM recovery_codes WHERE user_id = $1")
        .bind(user.as_str())
        .fetch_one(db.read())
        .await?;
    Ok(row.try_get(0)?)
}

/// Begins a login that waits for its code.
pub async fn insert_login(tx: &mut Tx, token_hash: &str, user: &UserId) -> Result<()> {
    let now = tx.now();
    sqlx::query("INSERT INTO login_steps (token_hash, user_id, created_at) VALUES ($1, $2, $3)")
        .bind(token_hash)
        .bind(user.as_str())
        .bind(now.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Counts a try of a waiting login and says whose it is; `None` if there is no such login, it
/// waited too long, or this is a try too many.
pub async fn try_login(
    tx: &mut Tx,
    token_hash: &str,
    born_after: Instant,
    tries: i64,
) -> Result<Option<UserId>> {
    let row = sqlx::query(
        "UPDATE login_steps SET tries = tries + 1 \
         WHERE token_hash = $1 AND created_at > $2 AND tries < $3 RETURNING user_id",
    )
    .bind(token_hash)
    .bind(born_after.0)
    .bind(tries)
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?.map(UserId::from_db))
}

/// Ends every waiting login of a user.
pub async fn delete_logins(tx: &mut Tx, user: &UserId) -> Result<()> {
    sqlx::query("DELETE FROM login_steps WHERE user_id = $1")
        .bind(user.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Clears away logins that waited too long.
pub async fn delete_old_logins(tx: &mut Tx, born_before: Instant) -> Result<()> {
    sqlx::query("DELETE FROM login_steps WHERE created_at <= $1")
        .bind(born_before.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}
