//! The first account; shows, made and changed.
use anyhow::{anyhow, bail};

use crate::db::Tx;
use crate::features::accounts::{self, Email, NewAccount, Password, Role, User};
use crate::features::audit::{self, Act};
use crate::features::covers;
use crate::features::show::{self, Show, ShowDraft};
use crate::formats::image;
use crate::formats::podcast::checks;
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

/// Changes the settings of a show.
///
/// # Errors
/// A fault of the field `address` if that is or was another show's, of `moved_to` if the feed is
/// said to have moved to where it is.
pub async fn change_show(
    state: &AppState,
    by: &UserId,
    show: &Show,
    draft: &ShowDraft,
) -> Result<()> {
    if leads_here(state, show, draft).await? {
        let fault = Message::new("error-show-moved-here");
        return Err(Error::field("moved_to", fault));
    }
    let mut tx = state.db.begin().await?;
    show::update(&mut tx, show, draft, &show.cover_hash).await?;
    changed(tx, by, show, &draft.title).await
}

/// Gives a show the picture of this hash.
pub async fn set_show_cover(state: &AppState, by: &UserId, show: &Show, hash: &str) -> Result<()> {
    let mut tx = state.db.begin().await?;
    show::set_cover(&mut tx, &show.id, hash).await?;
    changed(tx, by, show, &show.draft.title).await
}

async fn changed(mut tx: Tx, by: &UserId, show: &Show, title: &str) -> Result<()> {
    audit::record(&mut tx, by, Act::ShowChanged, show.id.as_str(), title).await?;
    tx.announce(Event::ShowChanged(show.id.clone()));
    tx.commit().await
}

/// Whether the feed is said to have moved to where it is: at its address, the one that it is
/// to have, or one that leads to it.
async fn leads_here(state: &AppState, show: &Show, draft: &ShowDraft) -> Result<bool> {
    let Some(named) = checks::own_feed(&draft.details.moved_to, state.base_url.authority()) else {
        return Ok(false);
    };
    if named == show.address() || named == draft.address.as_str() {
        return Ok(true);
    }
    let now = show::current_address(&state.db, &named).await?;
    Ok(now.is_some_and(|address| address == show.address()))
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
        ui_language: None,
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
