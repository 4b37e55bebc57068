//! What changes who works here, one transaction each, each with its line in the log.
use super::model::{INVITATION_MS, Invitation, RESET_MS, Rights};
use super::store;
use crate::db::{Db, Tx};
use crate::features::accounts::{self, Email, NewAccount, Password, User};
use crate::features::audit::{self, Act};
use crate::kernel::ids::{Token, UserId, random_base32};
use crate::kernel::language::UiLanguage;
use crate::kernel::{Error, Message, Result};
use crate::state::AppState;

/// Makes an invitation; its token goes into the link and is shown this once.
pub async fn invite(
    db: &Db,
    by: &UserId,
    name: &str,
    rights: Rights,
) -> Result<(Token, Invitation)> {
    let token = Token::random();
    let mut tx = db.begin().await?;
    store::delete_old(&mut tx).await?;
    let invitation = Invitation {
        id: random_base32::<12>(),
        name: name.to_owned(),
        rights,
        expires_at: tx.now().plus_ms(INVITATION_MS),
    };
    store::insert(&mut tx, &token.hash(), by, &invitation).await?;
    audit::record(&mut tx, by, Act::Invited, "", name).await?;
    tx.commit().await?;
    Ok((token, invitation))
}

/// Takes an invitation back; one that is gone already is fine.
pub async fn revoke(db: &Db, by: &UserId, id: &str) -> Result<()> {
    let mut tx = db.begin().await?;
    if let Some(name) = store::delete(&mut tx, id).await? {
        audit::record(&mut tx, by, Act::InvitationRevoked, "", &name).await?;
    }
    tx.commit().await
}

/// Who comes in, as he typed it.
pub struct Newcomer {
    /// Display name.
    pub name: String,
    /// Login name.
    pub email: Email,
    /// The password.
    pub password: Password,
    /// Language of the author's side.
    pub ui_language: Option<UiLanguage>,
}

/// Makes the account of somebody who was invited; the link opens no more.
///
/// # Errors
/// `NotFound` if the link is good no more; `Invalid` if the e-mail address has an account.
pub async fn join(state: &AppState, token: &Token, newcomer: Newcomer) -> Result<User> {
    let hash = accounts::hash_password(state, &newcomer.password).await?;
    let mut tx = state.db.begin().await?;
    let invitation = store::take(&mut tx, &token.hash()).await?;
    let rights = invitation.ok_or(Error::NotFound)?.rights;
    if accounts::has_email(&mut tx, &newcomer.email).await? {
        return Err(Error::field("email", Message::new("error-email-taken")));
    }
    let account = NewAccount {
        name: newcomer.name,
        email: newcomer.email,
        password: newcomer.password,
        ui_language: newcomer.ui_language,
        role: rights.role,
        shows: rights.shows,
    };
    let user = accounts::create_account(&mut tx, &account, &hash, false).await?;
    audit::record(&mut tx, &user.id, Act::Joined, user.id.as_str(), &user.name).await?;
    tx.commit().await?;
    Ok(user)
}

/// Gives somebody another role or other shows, from his next request on.
///
/// # Errors
/// `NotFound` if there is no such account; `Conflict` if no owner would be left.
pub async fn change(db: &Db, by: &UserId, person: &UserId, rights: &Rights) -> Result<()> {
    let mut tx = db.begin().await?;
    let name = store::name_of(&mut tx, person).await?;
    let name = name.ok_or(Error::NotFound)?;
    if rights.role != accounts::Role::Owner && store::other_owners(&mut tx, person).await? == 0 {
        return Err(last_owner());
    }
    if rights.role != accounts::Role::Owner {
        store::delete_of(&mut tx, person).await?;
        store::delete_resets(&mut tx, person).await?;
    }
    store::set_rights(&mut tx, person, rights).await?;
    audit::record(&mut tx, by, Act::RoleChanged, person.as_str(), &name).await?;
    tx.commit().await
}

/// Takes somebody's account away; what he wrote stays.
///
/// # Errors
/// `NotFound` if there is no such account; `Conflict` if no owner would be left.
pub async fn remove(db: &Db, by: &UserId, person: &UserId) -> Result<()> {
    let mut tx = db.begin().await?;
    let name = store::name_of(&mut tx, person).await?;
    let name = name.ok_or(Error::NotFound)?;
    if store::other_owners(&mut tx, person).await? == 0 {
        return Err(last_owner());
    }
    audit::record(&mut tx, by, Act::PersonRemoved, person.as_str(), &name).await?;
    store::delete_of(&mut tx, person).await?;
    store::delete_resets(&mut tx, person).await?;
    store::delete_user(&mut tx, person).await?;
    tx.commit().await
}

/// Makes a link by which somebody sets a new password; its token is shown this once.
///
/// # Errors
/// `NotFound` if there is no such account; `Conflict` for one's own.
pub async fn offer_reset(db: &Db, by: &UserId, person: &UserId) -> Result<Token> {
    let token = Token::random();
    let mut tx = db.begin().await?;
    let name = colleague(&mut tx, by, person).await?;
    let until = tx.now().plus_ms(RESET_MS);
    store::insert_reset(&mut tx, &token.hash(), by, person, until).await?;
    audit::record(&mut tx, by, Act::ResetOffered, person.as_str(), &name).await?;
    tx.commit().await?;
    Ok(token)
}

/// Sets the new password of somebody who has such a link, which opens no more; his sessions and
/// tokens end.
///
/// # Errors
/// `NotFound` if the link is good no more.
pub async fn reset(state: &AppState, token: &Token, new: &Password) -> Result<()> {
    let hash = accounts::hash_password(state, new).await?;
    let mut tx = state.db.begin().await?;
    let person = store::take_reset(&mut tx, &token.hash()).await?;
    let person = person.ok_or(Error::NotFound)?;
    accounts::replace_password(&mut tx, &person, &hash).await?;
    tx.commit().await
}

/// Turns the second factor of somebody off who lost it, and ends his sessions and tokens.
///
/// # Errors
/// As [`offer_reset`].
pub async fn drop_second_factor(db: &Db, by: &UserId, person: &UserId) -> Result<()> {
    let mut tx = db.begin().await?;
    let name = colleague(&mut tx, by, person).await?;
    accounts::drop_second_factor(&mut tx, person).await?;
    audit::record(
        &mut tx,
        by,
        Act::SecondFactorDropped,
        person.as_str(),
        &name,
    )
    .await?;
    tx.commit().await
}

/// The name of somebody else: what is asked for one's password does not go around it.
async fn colleague(tx: &mut Tx, by: &UserId, person: &UserId) -> Result<String> {
    if by == person {
        return Err(Error::Conflict(Message::new("error-reset-own")));
    }
    store::name_of(tx, person).await?.ok_or(Error::NotFound)
}

fn last_owner() -> Error {
    Error::Conflict(Message::new("error-last-owner"))
}
