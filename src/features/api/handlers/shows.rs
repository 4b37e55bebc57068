//! Shows.
use axum::extract::State;
use axum::response::Response;

use super::body::{Body, created, ok};
use crate::features::accounts::{Client, Scope};
use crate::features::admin::{add_show, change_show, directories_of, draw_cover, is_category};
use crate::features::api::model::{Show as ShowView, ShowInput};
use crate::features::api::views;
use crate::features::show::{self, Show, ShowForm};
use crate::kernel::urls::api;
use crate::kernel::{Error, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::FormData;
use crate::web::task::detached;
use crate::web::ui::Ui;

/// The show of an address, if the client's person works on it.
pub async fn find(state: &AppState, client: &Client, address: &str) -> Result<Show> {
    let show = show::find_by_address(&state.db, address).await?;
    client.user.require_show(&show.id)?;
    Ok(show)
}

/// The shows that the token's person works on.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/shows", tag = "shows", responses((status = 200, body = Vec<ShowView>))))]
pub async fn list(State(state): State<AppState>, client: Client) -> Result<Response> {
    client.require(Scope::Read)?;
    let shows = show::list(&state.db).await?;
    let of_him = shows.iter().filter(|s| client.user.works_on(&s.id));
    let seen: Vec<ShowView> = of_him.map(|s| views::show(&state, s)).collect();
    ok(&seen)
}

/// One show.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/shows/{address}", tag = "shows", params(("address" = String, Path)), responses((status = 200, body = ShowView))))]
pub async fn get(
    State(state): State<AppState>,
    client: Client,
    Path(address): Path<String>,
) -> Result<Response> {
    client.require(Scope::Read)?;
    ok(&views::show(
        &state,
        &find(&state, &client, &address).await?,
    ))
}

/// Lays what was sent over the fields of a show's form; the rarer facts are in it already.
fn fill(form: &mut FormData, sent: ShowInput) {
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    for (name, value) in [
        ("address", sent.address),
        ("title", sent.title),
        ("description", sent.description),
        ("language", sent.language),
        ("time_zone", sent.time_zone),
        ("author_name", sent.author),
        ("owner_email", sent.owner_email),
        ("copyright", sent.copyright),
        ("category", sent.category),
        ("explicit", sent.explicit.map(yes_no)),
        ("locked", sent.locked.map(yes_no)),
        ("show_type", sent.show_type.map(|t| t.as_str().to_owned())),
    ] {
        if let Some(value) = value {
            form.set(name, &value);
        }
    }
}

/// Makes a show; its cover is drawn from its title.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/shows", tag = "shows", request_body = ShowInput, responses((status = 201, body = ShowView))))]
pub async fn create(
    State(state): State<AppState>,
    client: Client,
    Body(sent): Body<ShowInput>,
) -> Result<Response> {
    client.require(Scope::Manage)?;
    client.user.require_owner()?;
    let details = sent.details.clone().unwrap_or_default();
    let mut form = FormData::new(ShowForm::details(&details));
    let language = client.user.ui_language.unwrap_or_default();
    form.set("language", language.code());
    form.set("category", "News > News Commentary");
    fill(&mut form, sent);
    let draft = ShowForm::parse_settings(&form, &client.user.name, is_category);
    let draft = draft.map_err(Error::Invalid)?;
    let at = state.clone();
    let address = detached(async move {
        let cover = draw_cover(&at, &draft.title).await?;
        add_show(&at, &client.user.id, &draft, &cover).await?;
        Ok(draft.address)
    })
    .await?;
    let show = show::find_by_address(&state.db, address.as_str()).await?;
    created(&api::show(show.address()), &views::show(&state, &show))
}

/// Changes the settings of a show.
#[cfg_attr(test, utoipa::path(patch, path = "/api/v1/shows/{address}", tag = "shows", params(("address" = String, Path)), request_body = ShowInput, responses((status = 200, body = ShowView))))]
pub async fn change(
    State(state): State<AppState>,
    client: Client,
    Path(address): Path<String>,
    Body(sent): Body<ShowInput>,
) -> Result<Response> {
    client.require(Scope::Manage)?;
    client.user.require_owner()?;
    let show = find(&state, &client, &address).await?;
    let mut now = show.draft.clone();
    if let Some(details) = &sent.details {
        now.details = details.clone();
    }
    let mut form = ShowForm::settings(&now);
    fill(&mut form, sent);
    let draft = ShowForm::parse_settings(&form, &client.user.name, is_category);
    let draft = draft.map_err(Error::Invalid)?;
    let (at, id) = (state.clone(), show.id.clone());
    detached(async move { change_show(&at, &client.user.id, &show, &draft).await }).await?;
    ok(&views::show(&state, &show::find(&state.db, &id).await?))
}

/// What podcast directories want of the show's feed, and where it can be sent.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/shows/{address}/directories", tag = "shows", params(("address" = String, Path)), responses((status = 200, body = crate::features::api::model::Directories))))]
pub async fn directories(
    State(state): State<AppState>,
    client: Client,
    ui: Ui,
    Path(address): Path<String>,
) -> Result<Response> {
    client.require(Scope::Read)?;
    let show = find(&state, &client, &address).await?;
    ok(&views::directories(
        directories_of(&state, ui, &show).await?,
    ))
}
