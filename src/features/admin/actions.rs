//! The first account and the first show.
use anyhow::{anyhow, bail};

use crate::features::accounts::{self, Email, NewAccount, Password, Role, User};
use crate::features::audit::{self, Act};
use crate::features::covers;
use crate::features::show::{self, ShowDraft};
use crate::formats::image;
use crate::kernel::events::Event;
use crate::kernel::ids::UserId;
use crate::kernel::language::UiLanguage;
use crate::kernel::{Error, Message, Result};
use crate::state::AppState;
use crate::web::task::blocking;
use crate::web::ui::Ui;

/// Draws and stores the cover of a show that has none.
pub async fn draw_cover(state: &AppState, title: &str) -> Result<String> {
    let title = title.to_owned();
    let cover = blocking(move || Ok(image::default_cover(&title))).await?;
    covers::store_cover(state, cover).await
}

/// Makes the account and the show of the set-up page in one transaction; the token burns.
///
/// # Errors
/// `Conflict` if somebody was faster with the same token.
pub async fn set_up(
    state: &AppState,
    account: &NewAccount,
    draft: &ShowDraft,
    cover_hash: &str,
) -> Result<User> {
    let hash = accounts::hash_password(state, &account.password).await?;
    let mut tx = state.db.begin().await?;
    let user = accounts::create_account(&mut tx, account, &hash, true).await?;
    let id = show::insert(&mut tx, draft, cover_hash).await?;
    tx.announce(Event::ShowChanged(id));
    tx.commit().await?;
    Ok(user)
}

/// Makes a further show.
pub async fn add_show(
    state: &AppState,
    by: &UserId,
    draft: &ShowDraft,
    cover_hash: &str,
) -> Result<()> {
    let mut tx = state.db.begin().await?;
    let id = show::insert(&mut tx, draft, cover_hash).await?;
    audit::record(&mut tx, by, Act::ShowCreated, id.as_str(), &draft.title).await?;
    tx.announce(Event::ShowChanged(id));
    tx.commit().await
}

/// The first account without a browser (`--admin-email`). If there is one already, it stays as
/// it is: the flags may stand in a unit file for good.
///
/// # Errors
/// One sentence for a bad address or password.
pub async fn create_first_account(
    state: &AppState,
    email: &str,
    password: &str,
) -> anyhow::Result<()> {
    if accounts::any_user(&state.db).await? {
        return Ok(());
    }
    let say = |m: Message| anyhow!(Ui::new(UiLanguage::En).message(&m));
    let email = Email::parse(email).map_err(say)?;
    let name = email
        .as_str()
        .split('@')
        .next()
        .unwrap_or_default()
        .to_owned();
    let password = Password::parse(password).map_err(say)?;
    let account = NewAccount {
        name,
        email,
        password,
        ui_language: UiLanguage::Ko,
        role: Role::Owner,
        shows: Vec::new(),
    };
    let hash = accounts::hash_password(state, &account.password).await?;
    let mut tx = state.db.begin().await?;
    match accounts::create_account(&mut tx, &account, &hash, true).await {
        Ok(_) => tx.commit().await?,
        Err(Error::Conflict(_)) => return Ok(()),
        Err(other) => bail!(other),
    }
    tracing::info!(email = account.email.as_str(), "the first account was made");
    Ok(())
}
