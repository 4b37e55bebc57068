//! What changes accounts and sessions, one transaction each.
pub mod second;
pub mod tokens;

use std::net::IpAddr;
use std::time::Duration;

use anyhow::anyhow;

use super::model::{Email, NewAccount, Password, SESSION_IDLE_MS, SESSION_WHOLE_MS, User};
use super::{password, second as factor, store};
use crate::db::{Db, Tx};
use crate::features::audit::{self, Act};
use crate::kernel::ids::{Token, UserId, random_base32};
use crate::kernel::language::UiLanguage;
use crate::kernel::text::required_line;
use crate::kernel::{Error, Message, Result};
use crate::state::AppState;

/// Most characters of a display name.
const NAME_CHARS: usize = 200;

/// Gives out a one-time token for the set-up page, if there is no account yet.
pub async fn open_setup(db: &Db) -> Result<Option<Token>> {
    if store::any_user(db).await? {
        return Ok(None);
    }
    let token = Token::random();
    let mut tx = db.begin().await?;
    store::insert_setup_token(&mut tx, &token.hash()).await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// Hashes the password and makes the account inside the caller's transaction; every set-up
/// token burns. `first` says that there must be no account yet.
///
/// # Errors
/// `Conflict` if `first` and somebody was faster.
pub async fn create_account(
    tx: &mut Tx,
    account: &NewAccount,
    password_hash: &str,
    first: bool,
) -> Result<User> {
    if first && store::any_user_in(tx).await? {
        return Err(Error::Conflict(Message::new("error-setup-done")));
    }
    let user = User {
        id: UserId::random(),
        email: account.email.as_str().to_owned(),
        name: account.name.clone(),
        ui_language: account.ui_language,
        role: account.role,
        shows: account.shows.clone(),
        has_second_factor: false,
    };
    store::insert(tx, &user, password_hash).await?;
    store::delete_setup_tokens(tx).await?;
    Ok(user)
}

/// Opens a session inside the caller's transaction; its token goes into the cookie.
pub async fn open_session(tx: &mut Tx, user: &UserId, device: &str) -> Result<Token> {
    let token = Token::random();
    let device: String = device
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect();
    store::insert_session(tx, &token.hash(), &random_base32::<12>(), user, &device).await?;
    Ok(token)
}

/// Checks name and password. A wrong name and a wrong password are told apart by nothing:
/// neither words nor time (A2). An account under attack answers slower, it is never locked (A3).
/// What fails on an account is told in the log, after the answer, so that its time tells nothing.
pub async fn check_login(
    state: &AppState,
    email: &str,
    given: &str,
    from: IpAddr,
) -> Result<Option<User>> {
    let email = Email::parse(email).map_or_else(|_| String::new(), |e| e.as_str().to_owned());
    if state.account_failures.blocked_for_s(&email).is_some() {
        tokio::time::sleep(Duration::from_millis(750)).await;
    }
    let found = store::find_by_email(&state.db, &email).await?;
    let stored = found.as_ref().map(|(_, hash)| hash.clone());
    if password::verify(&state.hashing, stored, given.to_owned()).await? {
        state.account_failures.forget(&email);
        return Ok(found.map(|(user, _)| user));
    }
    state.account_failures.note(email);
    if let Some((user, _)) = found {
        let state = state.clone();
        tokio::spawn(async move {
            let told = async {
                let mut tx = state.db.begin().await?;
                tell_failure(&state, &mut tx, &user.id, from).await?;
                tx.commit().await
            };
            if let Err(why) = told.await {
                tracing::warn!(error = %why, "a failed login is not in the log");
            }
        });
    }
    Ok(None)
}

/// Writes a failed login into the log, with the address that it came from; at most one an hour and
/// account, so that whoever tries many passwords does not fill it.
async fn tell_failure(state: &AppState, tx: &mut Tx, user: &UserId, from: IpAddr) -> Result<()> {
    if state.told_failures.blocked_for_s(user).is_some() {
        return Ok(());
    }
    state.told_failures.note(user.clone());
    audit::record(tx, user, Act::LoginFailed, "", &from.to_string()).await
}

/// Whether this is the user's own password: asked again before what matters (A5).
pub async fn is_own_password(state: &AppState, user: &User, given: &str) -> Result<bool> {
    let found = store::find_by_email(&state.db, &user.email).await?;
    password::verify(
        &state.hashing,
        found.map(|(_, hash)| hash),
        given.to_owned(),
    )
    .await
}

/// Changes the password and ends every other session (A5).
pub async fn change_password(
    state: &AppState,
    user: &UserId,
    new: &Password,
    spared_session: &str,
) -> Result<()> {
    let hash = password::hash(&state.hashing, new.reveal().to_owned()).await?;
    let mut tx = state.db.begin().await?;
    store::set_password(&mut tx, user, &hash).await?;
    store::delete_other_sessions(&mut tx, user, spared_session).await?;
    store::second::delete_logins(&mut tx, user).await?;
    audit::record(&mut tx, user, Act::PasswordChanged, "", "").await?;
    tx.commit().await
}

/// Sets a new password in the caller's transaction for somebody who lost the old one. Whoever else
/// may have had it is out: every session and every token ends.
pub async fn replace_password(tx: &mut Tx, user: &UserId, hash: &str) -> Result<()> {
    store::set_password(tx, user, hash).await?;
    log_out_everywhere(tx, user).await?;
    audit::record(tx, user, Act::PasswordChanged, "", "").await
}

/// Turns the second factor off in the caller's transaction for somebody who lost it. The recovery
/// codes go with it, and every session and token ends.
pub async fn drop_second_factor(tx: &mut Tx, user: &UserId) -> Result<()> {
    store::second::set_secret(tx, user, "", 0).await?;
    store::second::replace_codes(tx, user, &[]).await?;
    log_out_everywhere(tx, user).await
}

async fn log_out_everywhere(tx: &mut Tx, user: &UserId) -> Result<()> {
    store::delete_other_sessions(tx, user, "").await?;
    store::second::delete_logins(tx, user).await?;
    store::tokens::delete_of(tx, user).await
}

/// The account of an e-mail address; without one, the only account.
///
/// # Errors
/// One sentence if there is no such account.
async fn find_by_name(db: &Db, email: Option<&str>) -> anyhow::Result<User> {
    let users = store::list(db).await?;
    let user = match email {
        Some(email) => users.into_iter().find(|u| u.email == email.to_lowercase()),
        None if users.len() == 1 => users.into_iter().next(),
        None if users.is_empty() => None,
        None => return Err(anyhow!("there are several accounts; name one with --email")),
    };
    user.ok_or_else(|| match email {
        Some(email) => anyhow!("there is no account {email}"),
        None => anyhow!("there is no account yet"),
    })
}

/// Sets a new password from the command line; without an address, that of the only account. Whoever
/// lost telephone and recovery codes has his second factor turned off as well.
///
/// # Errors
/// One sentence if there is no such account.
pub async fn reset_password(
    db: &Db,
    email: Option<&str>,
    new: &Password,
    second_factor_off: bool,
) -> anyhow::Result<String> {
    let user = find_by_name(db, email).await?;
    let gate = tokio::sync::Semaphore::new(1);
    let hash = password::hash(&gate, new.reveal().to_owned()).await?;
    let mut tx = db.begin().await?;
    replace_password(&mut tx, &user.id, &hash).await?;
    if second_factor_off {
        drop_second_factor(&mut tx, &user.id).await?;
        audit::record(&mut tx, &user.id, Act::SecondFactorOff, "", "").await?;
    }
    tx.commit().await?;
    Ok(user.email)
}

/// The hash of a new account's password.
pub async fn hash_password(state: &AppState, new: &Password) -> Result<String> {
    password::hash(&state.hashing, new.reveal().to_owned()).await
}

/// Clears away sessions that are over.
pub async fn sweep_sessions(db: &Db) -> Result<()> {
    let now = db.clock().now();
    let mut tx = db.begin().await?;
    store::delete_old_sessions(
        &mut tx,
        now.plus_ms(-SESSION_WHOLE_MS),
        now.plus_ms(-SESSION_IDLE_MS),
    )
    .await?;
    store::tokens::delete_old(&mut tx).await?;
    store::second::delete_old_logins(&mut tx, now.plus_ms(-factor::STEP_MS)).await?;
    tx.commit().await
}

/// Logs a person out on one device; a session that is gone already is fine.
pub async fn end_session(db: &Db, user: &UserId, session: &str) -> Result<()> {
    let mut tx = db.begin().await?;
    if store::delete_session(&mut tx, user, session).await? {
        audit::record(&mut tx, user, Act::SessionsEnded, "", "").await?;
    }
    tx.commit().await
}

/// Logs a person out everywhere but in one session; on every device, if that is empty.
pub async fn end_other_sessions(db: &Db, user: &UserId, spared: &str) -> Result<()> {
    let mut tx = db.begin().await?;
    store::delete_other_sessions(&mut tx, user, spared).await?;
    audit::record(&mut tx, user, Act::SessionsEnded, "", "").await?;
    tx.commit().await
}

/// Sets what readers and colleagues call a person, and gives it as it is kept.
///
/// # Errors
/// A fault of the field `name` for none, and for a long one.
pub async fn set_name(db: &Db, user: &User, typed: &str) -> Result<String> {
    let name = required_line(typed, NAME_CHARS).map_err(|m| Error::field("name", m))?;
    let mut tx = db.begin().await?;
    let user = User {
        name,
        ..user.clone()
    };
    store::update(&mut tx, &user).await?;
    audit::record(&mut tx, &user.id, Act::NameChanged, "", "").await?;
    tx.commit().await?;
    Ok(user.name)
}

/// Sets under which e-mail address a person logs in.
///
/// # Errors
/// A fault of the field `email` for the address of another person.
pub async fn set_email(db: &Db, user: &User, email: &Email) -> Result<()> {
    let mut tx = db.begin().await?;
    if user.email != email.as_str() && store::has_email(&mut tx, email).await? {
        return Err(Error::field("email", Message::new("error-email-taken")));
    }
    let user = User {
        email: email.as_str().to_owned(),
        ..user.clone()
    };
    store::update(&mut tx, &user).await?;
    audit::record(&mut tx, &user.id, Act::EmailChanged, "", "").await?;
    tx.commit().await
}

/// Sets in which language the author's side speaks to a person; `None`: as his browser wishes.
pub async fn set_language(db: &Db, user: &User, language: Option<UiLanguage>) -> Result<()> {
    let mut tx = db.begin().await?;
    let user = User {
        ui_language: language,
        ..user.clone()
    };
    store::update(&mut tx, &user).await?;
    tx.commit().await
}
