//! The SQL of invitations, and of what owners change in the accounts of others.
use sqlx::Row;
use sqlx::any::AnyRow;

use super::model::{Invitation, Rights};
use crate::db::{Db, Tx};
use crate::features::accounts::{Role, read_shows, write_shows};
use crate::kernel::Result;
use crate::kernel::ids::UserId;
use crate::kernel::time::Instant;

fn read(row: &AnyRow) -> Result<Invitation> {
    let text = |name: &str| row.try_get::<String, _>(name);
    Ok(Invitation {
        id: text("id")?,
        name: text("name")?,
        rights: Rights {
            role: Role::parse(&text("role")?).unwrap_or(Role::Contributor),
            shows: read_shows(&text("shows")?),
        },
        expires_at: Instant(row.try_get("expires_at")?),
    })
}

/// Keeps an invitation.
pub async fn insert(
    tx: &mut Tx,
    token_hash: &str,
    by: &UserId,
    invitation: &Invitation,
) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "INSERT INTO invitations (token_hash, id, name, role, shows, created_at, expires_at, \
         invited_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(token_hash)
    .bind(invitation.id.as_str())
    .bind(invitation.name.as_str())
    .bind(invitation.rights.role.as_str())
    .bind(write_shows(&invitation.rights.shows)?)
    .bind(now.0)
    .bind(invitation.expires_at.0)
    .bind(by.as_str())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Those that wait, newest first.
pub async fn list(db: &Db, now: Instant) -> Result<Vec<Invitation>> {
    let rows =
        sqlx::query("SELECT * FROM invitations WHERE expires_at > $1 ORDER BY created_at DESC, id")
            .bind(now.0)
            .fetch_all(db.read())
            .await?;
    rows.iter().map(read).collect()
}

/// Those that wait now, newest first.
pub async fn waiting(db: &Db) -> Result<Vec<Invitation>> {
    list(db, db.clock().now()).await
}

/// The one that a link opens, if it is still good.
pub async fn find(db: &Db, token_hash: &str, now: Instant) -> Result<Option<Invitation>> {
    let row = sqlx::query("SELECT * FROM invitations WHERE token_hash = $1 AND expires_at > $2")
        .bind(token_hash)
        .bind(now.0)
        .fetch_optional(db.read())
        .await?;
    row.as_ref().map(read).transpose()
}

/// Uses a link up; `None` if somebody was faster or it is good no more.
pub async fn take(tx: &mut Tx, token_hash: &str) -> Result<Option<Invitation>> {
    let now = tx.now();
    let row = sqlx::query(
        "DELETE FROM invitations WHERE token_hash = $1 AND expires_at > $2 RETURNING *",
    )
    .bind(token_hash)
    .bind(now.0)
    .fetch_optional(tx.conn())
    .await?;
    row.as_ref().map(read).transpose()
}

/// Takes one back, and says for whom it was.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<Option<String>> {
    let row = sqlx::query("DELETE FROM invitations WHERE id = $1 RETURNING name")
        .bind(id)
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?)
}

/// Takes back every one that this person made: he may not give what they give any more.
pub async fn delete_of(tx: &mut Tx, by: &UserId) -> Result<()> {
    sqlx::query("DELETE FROM invitations WHERE invited_by = $1 OR invited_by = ''")
        .bind(by.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Clears away those whose time is over.
pub async fn delete_old(tx: &mut Tx) -> Result<()> {
    let now = tx.now();
    sqlx::query("DELETE FROM invitations WHERE expires_at <= $1")
        .bind(now.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Keeps a link to a new password; earlier ones of the account open nothing any more.
pub async fn insert_reset(
    tx: &mut Tx,
    token_hash: &str,
    by: &UserId,
    person: &UserId,
    expires_at: Instant,
) -> Result<()> {
    sqlx::query("DELETE FROM password_resets WHERE user_id = $1")
        .bind(person.as_str())
        .execute(tx.conn())
        .await?;
    sqlx::query(
        "INSERT INTO password_resets (token_hash, user_id, made_by, expires_at) \
         VALUES ($1, $2, $3, $4)",
    )
    .bind(token_hash)
    .bind(person.as_str())
    .bind(by.as_str())
    .bind(expires_at.0)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The e-mail address of the account that a link to a new password opens, if it is still good.
pub async fn find_reset(db: &Db, token_hash: &str, now: Instant) -> Result<Option<String>> {
    let row = sqlx::query(
        "SELECT u.email FROM password_resets r JOIN users u ON u.id = r.user_id \
         WHERE r.token_hash = $1 AND r.expires_at > $2",
    )
    .bind(token_hash)
    .bind(now.0)
    .fetch_optional(db.read())
    .await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?)
}

/// Uses such a link up, and says whose it was; `None` if somebody was faster or it is good no more.
pub async fn take_reset(tx: &mut Tx, token_hash: &str) -> Result<Option<UserId>> {
    let now = tx.now();
    let row = sqlx::query(
        "DELETE FROM password_resets WHERE token_hash = $1 AND expires_at > $2 RETURNING user_id",
    )
    .bind(token_hash)
    .bind(now.0)
    .fetch_optional(tx.conn())
    .await?;
    let id: Option<String> = row.map(|r| r.try_get(0)).transpose()?;
    Ok(id.map(UserId::from_db))
}

/// Takes back the links to a new password of this account, those that it made, and those whose
/// time is over.
pub async fn delete_resets(tx: &mut Tx, person: &UserId) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "DELETE FROM password_resets WHERE user_id = $1 OR made_by = $1 OR expires_at <= $2",
    )
    .bind(person.as_str())
    .bind(now.0)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The name of an account, locked there on PostgreSQL until the transaction ends.
pub async fn name_of(tx: &mut Tx, user: &UserId) -> Result<Option<String>> {
    let row = sqlx::query("UPDATE users SET role = role WHERE id = $1 RETURNING name")
        .bind(user.as_str())
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?)
}

/// How many owners there are besides this account; all of them are locked on PostgreSQL, so that
/// two cannot take each other's role away at once.
pub async fn other_owners(tx: &mut Tx, user: &UserId) -> Result<usize> {
    let rows = sqlx::query("UPDATE users SET role = role WHERE role = 'owner' RETURNING id")
        .fetch_all(tx.conn())
        .await?;
    let mut others = 0;
    for row in rows {
        others += usize::from(row.try_get::<String, _>(0)? != user.as_str());
    }
    Ok(others)
}

/// Gives an account a role and shows.
pub async fn set_rights(tx: &mut Tx, user: &UserId, rights: &Rights) -> Result<()> {
    sqlx::query("UPDATE users SET role = $2, shows = $3 WHERE id = $1")
        .bind(user.as_str())
        .bind(rights.role.as_str())
        .bind(write_shows(&rights.shows)?)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Takes an account away; sessions, tokens and unfinished uploads go with it, posts stay.
pub async fn delete_user(tx: &mut Tx, user: &UserId) -> Result<()> {
    sqlx::query("UPDATE posts SET created_by = NULL WHERE created_by = $1")
        .bind(user.as_str())
        .execute(tx.conn())
        .await?;
    sqlx::query("DELETE FROM users WHERE id = $1")
        .bind(user.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// When each account was last seen, by id.
pub async fn last_seen(db: &Db) -> Result<Vec<(UserId, Instant)>> {
    let rows = sqlx::query("SELECT user_id, max(last_seen_at) FROM sessions GROUP BY user_id")
        .fetch_all(db.read())
        .await?;
    rows.iter()
        .map(|r| Ok((UserId::from_db(r.try_get(0)?), Instant(r.try_get(1)?))))
        .collect()
}
