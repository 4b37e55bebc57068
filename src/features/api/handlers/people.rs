//! People, invitations, the log: for owners, whom a layer of the router lets in alone.
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::body::{Asked, Body, bad_query, created, nothing, ok};
use crate::features::accounts::{self, Client, Role, Scope, User};
use crate::features::api::model::{
    Invitation, InvitationInput, LogEntry, LogPage, Person, RightsInput,
};
use crate::features::audit;
use crate::features::people::{self, Rights};
use crate::features::show::{self, Show};
use crate::kernel::ids::{ShowId, UserId};
use crate::kernel::text::required_line;
use crate::kernel::urls::{admin, api};
use crate::kernel::{Error, Message, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::task::detached;

/// Lines of the log in an answer.
const LINES: i64 = 100;

/// Addresses of those shows that have these ids.
fn addresses(all: &[Show], ids: &[ShowId]) -> Vec<String> {
    let named = all.iter().filter(|s| ids.contains(&s.id));
    named.map(|s| s.address().to_owned()).collect()
}

/// A role and shows as sent; who is no owner needs a show.
async fn rights(state: &AppState, role: Role, shows: &[String]) -> Result<Rights> {
    let mut ids = Vec::new();
    for address in shows {
        let found = show::find_by_address(&state.db, address).await;
        let unknown = |_| {
            let message = Message::new("error-api-show").with("address", address);
            Error::field("shows", message)
        };
        ids.push(found.map_err(unknown)?.id);
    }
    if role != Role::Owner && ids.is_empty() {
        return Err(Error::field("shows", Message::new("error-people-shows")));
    }
    Ok(Rights { role, shows: ids })
}

/// Owners are made, changed and taken away by a person with a password alone: a token that leaked
/// must not take the site.
fn spare_owners(role: Role) -> Result<()> {
    match role {
        Role::Owner => Err(Error::Forbidden(Message::new("error-api-owner"))),
        Role::Editor | Role::Contributor => Ok(()),
    }
}

/// The same of somebody with an account.
async fn spare_owner(state: &AppState, person: &UserId) -> Result<()> {
    let people = accounts::list(&state.db).await?;
    let found = people.iter().find(|user| user.id == *person);
    found.map_or(Ok(()), |user| spare_owners(user.role))
}

/// Everybody with an account, oldest first.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/people", tag = "people", responses((status = 200, body = Vec<Person>))))]
pub async fn list(State(state): State<AppState>, client: Client) -> Result<Response> {
    client.require(Scope::Manage)?;
    let shows = show::list(&state.db).await?;
    let person = |user: User| Person {
        shows: addresses(&shows, &user.shows),
        id: user.id.to_string(),
        name: user.name,
        email: user.email,
        role: user.role,
        has_second_factor: user.has_second_factor,
    };
    let people = accounts::list(&state.db).await?;
    ok(&people.into_iter().map(person).collect::<Vec<_>>())
}

/// Gives an editor or a contributor another role or other shows, at once. Owners are 403.
#[cfg_attr(test, utoipa::path(patch, path = "/api/v1/people/{person}", tag = "people", params(("person" = String, Path)), request_body = RightsInput, responses((status = 204))))]
pub async fn change(
    State(state): State<AppState>,
    client: Client,
    Path(person): Path<UserId>,
    Body(sent): Body<RightsInput>,
) -> Result<Response> {
    client.require(Scope::Manage)?;
    spare_owners(sent.role)?;
    spare_owner(&state, &person).await?;
    detached(async move {
        let rights = rights(&state, sent.role, &sent.shows).await?;
        people::change(&state.db, &client.user.id, &person, &rights).await
    })
    .await?;
    Ok(nothing())
}

/// Takes the account of an editor or a contributor away; what he wrote stays. Owners are 403.
#[cfg_attr(test, utoipa::path(delete, path = "/api/v1/people/{person}", tag = "people", params(("person" = String, Path)), responses((status = 204))))]
pub async fn remove(
    State(state): State<AppState>,
    client: Client,
    Path(person): Path<UserId>,
) -> Result<Response> {
    client.require(Scope::Manage)?;
    spare_owner(&state, &person).await?;
    detached(async move { people::remove(&state.db, &client.user.id, &person).await }).await?;
    Ok(nothing())
}

fn invitation_view(shows: &[Show], one: people::Invitation) -> Invitation {
    Invitation {
        shows: addresses(shows, &one.rights.shows),
        role: one.rights.role,
        expires_at: one.expires_at.rfc3339(),
        id: one.id,
        name: one.name,
        url: None,
    }
}

/// The invitations that wait, newest first.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/invitations", tag = "people", responses((status = 200, body = Vec<Invitation>))))]
pub async fn invitations(State(state): State<AppState>, client: Client) -> Result<Response> {
    client.require(Scope::Manage)?;
    let shows = show::list(&state.db).await?;
    let waiting = people::invitations(&state.db).await?.into_iter();
    let seen: Vec<Invitation> = waiting.map(|one| invitation_view(&shows, one)).collect();
    ok(&seen)
}

/// Invites an editor or a contributor. The link is told this once.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/invitations", tag = "people", request_body = InvitationInput, responses((status = 201, body = Invitation))))]
pub async fn invite(
    State(state): State<AppState>,
    client: Client,
    Body(sent): Body<InvitationInput>,
) -> Result<Response> {
    client.require(Scope::Manage)?;
    spare_owners(sent.role)?;
    let name = match sent.name.trim() {
        "" => String::new(),
        name => required_line(name, 200).map_err(|m| Error::field("name", m))?,
    };
    let at = state.clone();
    let (token, made) = detached(async move {
        let rights = rights(&at, sent.role, &sent.shows).await?;
        people::invite(&at.db, &client.user.id, &name, rights).await
    })
    .await?;
    let link = state.base_url.join(&admin::join(token.reveal()));
    let view = Invitation {
        url: Some(link),
        ..invitation_view(&show::list(&state.db).await?, made)
    };
    created(&api::invitation(&view.id), &view)
}

/// Takes an invitation back; one that is gone already is fine.
#[cfg_attr(test, utoipa::path(delete, path = "/api/v1/invitations/{link}", tag = "people", params(("link" = String, Path)), responses((status = 204))))]
pub async fn revoke(
    State(state): State<AppState>,
    client: Client,
    Path(link): Path<String>,
) -> Result<Response> {
    client.require(Scope::Manage)?;
    people::revoke(&state.db, &client.user.id, &link).await?;
    Ok(nothing())
}

/// Narrows the log.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(utoipa::IntoParams))]
#[cfg_attr(test, into_params(parameter_in = Query))]
pub struct LogQuery {
    /// Id of a person.
    person: Option<String>,
    /// From 1.
    #[cfg_attr(test, param(minimum = 1, maximum = 100_000))]
    page: Option<i64>,
}

/// Who did what, newest first, a hundred lines a page.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/log", tag = "people", params(LogQuery), responses((status = 200, body = LogPage))))]
pub async fn log(
    State(state): State<AppState>,
    client: Client,
    Asked(query): Asked<LogQuery>,
) -> Result<Response> {
    client.require(Scope::Manage)?;
    let page = query.page.unwrap_or(1);
    if !(1..=100_000).contains(&page) {
        return Err(bad_query());
    }
    let first = (page - 1) * LINES;
    let mut rows = audit::list(&state.db, query.person.as_deref(), LINES + 1, first).await?;
    let has_more = rows.len() > LINES as usize;
    rows.truncate(LINES as usize);
    let entry = |e: audit::Entry| LogEntry {
        at: e.at.rfc3339(),
        person: e.user_name,
        act: e.act.map_or_else(String::new, |a| a.as_str().to_owned()),
        subject: e.subject,
        words: e.words,
    };
    ok(&LogPage {
        entries: rows.into_iter().map(entry).collect(),
        next_page: has_more.then_some(page + 1),
    })
}
