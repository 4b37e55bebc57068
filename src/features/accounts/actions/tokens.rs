//! What makes API tokens and takes them back.
use anyhow::anyhow;

use super::find_by_name;
use crate::db::Db;
use crate::features::accounts::model::User;
use crate::features::accounts::role::refused;
use crate::features::accounts::store::tokens as store;
use crate::features::accounts::tokens::{
    ApiToken, DAY_MS, LIFETIMES_DAYS, MOST_TOKENS, Scope, new_token,
};
use crate::features::audit::{self, Act};
use crate::kernel::ids::{Token, random_base32};
use crate::kernel::language::UiLanguage;
use crate::kernel::text::required_line;
use crate::kernel::{Error, FieldErrors, Message, Result};
use crate::web::error;
use crate::web::ui::Ui;

/// Makes a token, which is shown this once.
///
/// # Errors
/// `Invalid` without a name or without anything that it may do; `Conflict` beyond
/// [`MOST_TOKENS`].
pub async fn create(
    db: &Db,
    user: &User,
    name: &str,
    scopes: Vec<Scope>,
    days: i64,
) -> Result<Token> {
    if scopes.iter().any(|scope| !scope.is_for(user)) {
        return Err(refused());
    }
    let mut errors = FieldErrors::new();
    let name = errors.take("name", required_line(name, 200));
    if scopes.is_empty() {
        errors.add("scopes", Message::new("error-token-scopes"));
    }
    let Some(name) = name.filter(|_| errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    if !LIFETIMES_DAYS.contains(&days) {
        return Err(Error::BadRequest(Message::new("error-form-broken")));
    }
    let now = db.clock().now();
    if store::list(db, &user.id, now).await?.len() >= MOST_TOKENS {
        return Err(Error::Conflict(
            Message::new("error-token-many").with("most", MOST_TOKENS),
        ));
    }
    let secret = new_token();
    let token = ApiToken {
        id: random_base32::<12>(),
        name,
        scopes,
        created_at: now,
        expires_at: now.plus_ms(days * DAY_MS),
        last_used_at: None,
    };
    let mut tx = db.begin().await?;
    store::delete_old(&mut tx).await?;
    store::insert(&mut tx, &secret.hash(), &user.id, &token).await?;
    audit::record(&mut tx, &user.id, Act::TokenCreated, "", &token.name).await?;
    tx.commit().await?;
    Ok(secret)
}

/// Makes a token from the command line; without an address, for the only account.
///
/// # Errors
/// One sentence if there is no such account, no such scope, no such lifetime.
pub async fn make_token(
    db: &Db,
    email: Option<&str>,
    name: &str,
    scopes: &[String],
    days: i64,
) -> anyhow::Result<Token> {
    let user = find_by_name(db, email).await?;
    let scopes: Vec<Scope> = scopes
        .iter()
        .map(|word| Scope::parse(word).ok_or_else(|| anyhow!("there is no scope {word}")))
        .collect::<Result<_, _>>()?;
    if !LIFETIMES_DAYS.contains(&days) {
        return Err(anyhow!("a token is good for 30, 90 or 365 days"));
    }
    let say = |e: Error| anyhow!(error::sentence(&e, Ui::new(UiLanguage::En)));
    create(db, &user, name, scopes, days).await.map_err(say)
}

/// Takes a token back; one that is gone already is fine.
pub async fn revoke(db: &Db, user: &User, id: &str) -> Result<()> {
    let mut tx = db.begin().await?;
    if let Some(name) = store::delete(&mut tx, &user.id, id).await? {
        audit::record(&mut tx, &user.id, Act::TokenRevoked, "", &name).await?;
    }
    tx.commit().await
}
