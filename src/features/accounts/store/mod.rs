//! The SQL of accounts, sessions and set-up tokens.
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::db::{Db, Tx};
use crate::features::accounts::model::{Email, Session, User};
use crate::features::accounts::role::Role;
use crate::kernel::ids::{ShowId, UserId};
use crate::kernel::language::UiLanguage;
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result};

/// A statement that gives what [`read_user`] reads, and more columns, of the alias `u`.
macro_rules! select_user {
    ($more:literal) => {
        concat!(
            "SELECT u.id, u.email, u.name, u.ui_language, u.role, u.shows, u.totp_secret",
            $more
        )
    };
}

pub mod second;
pub mod tokens;

fn read_user(row: &AnyRow) -> Result<User> {
    let text = |name: &str| row.try_get::<String, _>(name);
    Ok(User {
        id: UserId::from_db(text("id")?),
        email: text("email")?,
        name: text("name")?,
        ui_language: UiLanguage::parse(&text("ui_language")?),
        // A word that this build doesn't know gives the least.
        role: Role::parse(&text("role")?).unwrap_or(Role::Contributor),
        shows: read_shows(&text("shows")?),
        has_second_factor: !text("totp_secret")?.is_empty(),
    })
}

/// Reads a JSON array of shows; what cannot be read is none.
pub fn read_shows(json: &str) -> Vec<ShowId> {
    serde_json::from_str(json).unwrap_or_default()
}

/// Writes [`read_shows`]'s array.
pub fn write_shows(shows: &[ShowId]) -> Result<String> {
    serde_json::to_string(shows).map_err(|e| Error::Internal(e.into()))
}

/// Whether there is an account at all.
pub async fn any_user(db: &Db) -> Result<bool> {
    let row = sqlx::query("SELECT id FROM users LIMIT 1")
        .fetch_optional(db.read())
        .await?;
    Ok(row.is_some())
}

/// An account with its password hash, by e-mail address.
pub async fn find_by_email(db: &Db, email: &str) -> Result<Option<(User, String)>> {
    let row = sqlx::query(select_user!(
        ", u.password_hash FROM users u WHERE u.email = $1"
    ))
    .bind(email)
    .fetch_optional(db.read())
    .await?;
    row.map(|r| Ok((read_user(&r)?, r.try_get("password_hash")?)))
        .transpose()
}

/// Whether an e-mail address has an account, seen from inside a transaction.
pub async fn has_email(tx: &mut Tx, email: &Email) -> Result<bool> {
    let row = sqlx::query("SELECT id FROM users WHERE email = $1")
        .bind(email.as_str())
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.is_some())
}

/// Every account with its e-mail address, oldest first.
pub async fn list(db: &Db) -> Result<Vec<User>> {
    let rows = sqlx::query(select_user!(" FROM users u ORDER BY u.created_at, u.id"))
        .fetch_all(db.read())
        .await?;
    rows.iter().map(read_user).collect()
}

/// Makes an account.
pub async fn insert(tx: &mut Tx, user: &User, password_hash: &str) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "INSERT INTO users (id, email, name, password_hash, ui_language, created_at, role, shows) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(user.id.as_str())
    .bind(user.email.as_str())
    .bind(user.name.as_str())
    .bind(password_hash)
    .bind(user.ui_language.map_or("", UiLanguage::code))
    .bind(now.0)
    .bind(user.role.as_str())
    .bind(write_shows(&user.shows)?)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Changes name, e-mail address and language.
pub async fn update(tx: &mut Tx, user: &User) -> Result<()> {
    sqlx::query("UPDATE users SET email = $2, name = $3, ui_language = $4 WHERE id = $1")
        .bind(user.id.as_str())
        .bind(user.email.as_str())
        .bind(user.name.as_str())
        .bind(user.ui_language.map_or("", UiLanguage::code))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Changes the password.
pub async fn set_password(tx: &mut Tx, user: &UserId, password_hash: &str) -> Result<()> {
    sqlx::query("UPDATE users SET password_hash = $2 WHERE id = $1")
        .bind(user.as_str())
        .bind(password_hash)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Whether some account exists already, seen from inside a transaction.
pub async fn any_user_in(tx: &mut Tx) -> Result<bool> {
    let row = sqlx::query("SELECT id FROM users LIMIT 1")
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.is_some())
}

/// Keeps the hash of a set-up token.
pub async fn insert_setup_token(tx: &mut Tx, token_hash: &str) -> Result<()> {
    let now = tx.now();
    sqlx::query("INSERT INTO setup_tokens (token_hash, created_at) VALUES ($1, $2)")
        .bind(token_hash)
        .bind(now.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Whether a set-up token is good: known, and no account made yet.
pub async fn check_setup_token(db: &Db, token_hash: &str) -> Result<bool> {
    let row = sqlx::query(
        "SELECT token_hash FROM setup_tokens WHERE token_hash = $1 AND NOT EXISTS (SELECT 1 FROM users)",
    )
    .bind(token_hash)
    .fetch_optional(db.read())
    .await?;
    Ok(row.is_some())
}

/// Burns every set-up token.
pub async fn delete_setup_tokens(tx: &mut Tx) -> Result<()> {
    sqlx::query("DELETE FROM setup_tokens")
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Opens a session.
pub async fn insert_session(
    tx: &mut Tx,
    token_hash: &str,
    id: &str,
    user: &UserId,
    device: &str,
) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "INSERT INTO sessions (token_hash, id, user_id, device, created_at, last_seen_at) \
         VALUES ($1, $2, $3, $4, $5, $5)",
    )
    .bind(token_hash)
    .bind(id)
    .bind(user.as_str())
    .bind(device)
    .bind(now.0)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The user of a living session, its id and when it was last seen.
pub async fn find_session(
    db: &Db,
    token_hash: &str,
    born_after: Instant,
    seen_after: Instant,
) -> Result<Option<(User, String, Instant)>> {
    let row = sqlx::query(select_user!(
        ", s.id AS session_id, s.last_seen_at \
         FROM sessions s JOIN users u ON u.id = s.user_id \
         WHERE s.token_hash = $1 AND s.created_at > $2 AND s.last_seen_at > $3"
    ))
    .bind(token_hash)
    .bind(born_after.0)
    .bind(seen_after.0)
    .fetch_optional(db.read())
    .await?;
    row.map(|r| {
        Ok((
            read_user(&r)?,
            r.try_get("session_id")?,
            Instant(r.try_get("last_seen_at")?),
        ))
    })
    .transpose()
}

/// Notes that a session was used.
pub async fn touch_session(tx: &mut Tx, id: &str) -> Result<()> {
    let now = tx.now();
    sqlx::query("UPDATE sessions SET last_seen_at = $2 WHERE id = $1")
        .bind(id)
        .bind(now.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// A user's sessions, last used first.
pub async fn list_sessions(db: &Db, user: &UserId) -> Result<Vec<Session>> {
    let rows = sqlx::query(
        "SELECT id, device, created_at, last_seen_at FROM sessions WHERE user_id = $1 \
         ORDER BY last_seen_at DESC, id",
    )
    .bind(user.as_str())
    .fetch_all(db.read())
    .await?;
    rows.iter()
        .map(|r| {
            Ok(Session {
                id: r.try_get("id")?,
                device: r.try_get("device")?,
                created_at: Instant(r.try_get("created_at")?),
                last_seen_at: Instant(r.try_get("last_seen_at")?),
            })
        })
        .collect()
}

/// Ends one session of a user, and says whether there was one; that of somebody else stays.
pub async fn delete_session(tx: &mut Tx, user: &UserId, id: &str) -> Result<bool> {
    let done = sqlx::query("DELETE FROM sessions WHERE id = $1 AND user_id = $2")
        .bind(id)
        .bind(user.as_str())
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends every session of a user but one; an empty id spares none.
pub async fn delete_other_sessions(tx: &mut Tx, user: &UserId, spared: &str) -> Result<()> {
    sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND id <> $2")
        .bind(user.as_str())
        .bind(spared)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Clears away sessions that are over.
pub async fn delete_old_sessions(
    tx: &mut Tx,
    born_before: Instant,
    seen_before: Instant,
) -> Result<()> {
    sqlx::query("DELETE FROM sessions WHERE created_at <= $1 OR last_seen_at <= $2")
        .bind(born_before.0)
        .bind(seen_before.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}
