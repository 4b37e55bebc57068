//! What changes the second factor, and the login that it is asked at.
use std::net::IpAddr;

use super::{open_session, tell_failure};
use crate::features::accounts::model::User;
use crate::features::accounts::second::{
    STEP_MS, STEP_TRIES, is_secret, recovery_codes, recovery_hash, step_of,
};
use crate::features::accounts::store::delete_other_sessions;
use crate::features::accounts::store::second as store;
use crate::features::audit::{self, Act};
use crate::kernel::ids::{Token, UserId};
use crate::kernel::{Error, Message, Result};
use crate::state::AppState;

fn wrong_code() -> Error {
    Error::field("code", Message::new("error-second-code"))
}

/// Begins a login that waits for its code; what it gives back goes through the form.
pub async fn begin_login(state: &AppState, user: &UserId) -> Result<Token> {
    let token = Token::random();
    let mut tx = state.db.begin().await?;
    store::insert_login(&mut tx, &token.hash(), user).await?;
    tx.commit().await?;
    Ok(token)
}

/// Ends a login with the code of the app or a recovery code, and opens the session. A wrong code
/// is counted, and a login has [`STEP_TRIES`] of them.
///
/// # Errors
/// `Invalid` for a wrong or used code; `NotFound` if the login is to begin again.
pub async fn finish_login(
    state: &AppState,
    step: &str,
    code: &str,
    device: &str,
    from: IpAddr,
) -> Result<Token> {
    let token = Token::from_client(step);
    let mut tx = state.db.begin().await?;
    let born_after = tx.now().plus_ms(-STEP_MS);
    let user = store::try_login(&mut tx, &token.hash(), born_after, STEP_TRIES)
        .await?
        .ok_or(Error::NotFound)?;
    let secret = store::secret(&mut tx, &user).await?;
    let by_app = match step_of(&secret, code, tx.now()) {
        Some(step) => store::take_step(&mut tx, &user, step).await?,
        None => false,
    };
    let by_recovery =
        !by_app && store::take_code(&mut tx, &user, &recovery_hash(&user, code)).await?;
    if !by_app && !by_recovery {
        tell_failure(state, &mut tx, &user, from).await?;
        tx.commit().await?;
        return Err(wrong_code());
    }
    if by_recovery {
        audit::record(&mut tx, &user, Act::RecoveryCodeUsed, "", "").await?;
    }
    audit::record(&mut tx, &user, Act::LoggedIn, "", "").await?;
    store::delete_logins(&mut tx, &user).await?;
    let session = open_session(&mut tx, &user, device).await?;
    tx.commit().await?;
    Ok(session)
}

/// Turns the second factor on with a secret that the app has been told, proved by its code, and
/// gives the recovery codes. Sessions that began without it end, but the one at hand.
///
/// # Errors
/// `Invalid` for a wrong code.
pub async fn turn_on(
    state: &AppState,
    user: &User,
    secret: &str,
    code: &str,
    spared_session: &str,
) -> Result<Vec<String>> {
    if !is_secret(secret) {
        return Err(Error::BadRequest(Message::new("error-form-broken")));
    }
    let mut tx = state.db.begin().await?;
    let step = step_of(secret, code, tx.now()).ok_or_else(wrong_code)?;
    store::set_secret(&mut tx, &user.id, secret, step).await?;
    delete_other_sessions(&mut tx, &user.id, spared_session).await?;
    let codes = recovery_codes();
    store::replace_codes(&mut tx, &user.id, &hashes(&user.id, &codes)).await?;
    audit::record(&mut tx, &user.id, Act::SecondFactorOn, "", "").await?;
    tx.commit().await?;
    Ok(codes)
}

/// Turns it off; the recovery codes go with it.
pub async fn turn_off(state: &AppState, user: &User) -> Result<()> {
    let mut tx = state.db.begin().await?;
    store::set_secret(&mut tx, &user.id, "", 0).await?;
    store::replace_codes(&mut tx, &user.id, &[]).await?;
    audit::record(&mut tx, &user.id, Act::SecondFactorOff, "", "").await?;
    tx.commit().await
}

/// Gives new recovery codes; the earlier ones are good no more.
///
/// # Errors
/// `NotFound` where the second factor is off.
pub async fn new_codes(state: &AppState, user: &User) -> Result<Vec<String>> {
    let mut tx = state.db.begin().await?;
    if store::secret(&mut tx, &user.id).await?.is_empty() {
        return Err(Error::NotFound);
    }
    let codes = recovery_codes();
    store::replace_codes(&mut tx, &user.id, &hashes(&user.id, &codes)).await?;
    tx.commit().await?;
    Ok(codes)
}

fn hashes(user: &UserId, codes: &[String]) -> Vec<String> {
    codes.iter().map(|c| recovery_hash(user, c)).collect()
}
