//! What changes what the public sees, and links to look at what it doesn't see.
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::body::{Asked, Body, OptionalBody, created, nothing, ok};
use crate::features::accounts::{Client, Scope};
use crate::features::api::model::{PreviewLink, ScheduleInput, UpdateInput};
use crate::features::api::views;
use crate::features::posts::{self, Deed, preview, writing};
use crate::kernel::ids::PostId;
use crate::kernel::time::Instant;
use crate::kernel::urls::{self, api};
use crate::kernel::{Error, FieldErrors, Result};
use crate::state::AppState;
use crate::web::extract::Path;

/// Does something with a post, if the token may.
pub async fn perform(
    state: &AppState,
    client: &Client,
    scope: Scope,
    id: &PostId,
    deed: Deed,
) -> Result<()> {
    client.require(scope)?;
    perform_on(state, client, id, None, deed).await
}

/// Does it where the working copy is at a version, if one is named.
async fn perform_on(
    state: &AppState,
    client: &Client,
    id: &PostId,
    version: Option<i64>,
    deed: Deed,
) -> Result<()> {
    let done = posts::perform_on(&state.db, &client.user, id, version, deed).await;
    done.map_err(|error| match error {
        Error::Invalid(faults) => {
            let faults = faults.0.into_iter();
            let named = faults.map(|(field, fault)| (member(field), fault));
            Error::Invalid(FieldErrors(named.collect()))
        }
        other => other,
    })
}

/// What is called so here that has another name in the form.
fn member(field: &'static str) -> &'static str {
    match field {
        "correction_remark" => "remark",
        "scheduled_at" => "at",
        field => field,
    }
}

/// The same, and the post as it is then.
pub async fn performed(
    state: &AppState,
    client: &Client,
    scope: Scope,
    id: &PostId,
    deed: Deed,
) -> Result<Response> {
    perform(state, client, scope, id, deed).await?;
    ok(&views::post(state, id).await?)
}

/// The same for the public, with the working copy as the client read it.
async fn publicly_on(
    state: &AppState,
    client: &Client,
    id: &PostId,
    version: Option<i64>,
    deed: Deed,
) -> Result<Response> {
    client.require(Scope::Publish)?;
    perform_on(state, client, id, version, deed).await?;
    ok(&views::post(state, id).await?)
}

async fn publicly(state: &AppState, client: &Client, id: &PostId, deed: Deed) -> Result<Response> {
    performed(state, client, Scope::Publish, id, deed).await
}

/// How to publish.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(utoipa::IntoParams))]
#[cfg_attr(test, into_params(parameter_in = Query))]
pub struct PublishQuery {
    /// `false`: off the lists from the beginning, for who has the address alone.
    listed: Option<bool>,
    /// The version of the working copy that is meant; at another one it is 409.
    version: Option<i64>,
}

/// Makes the working copy public now.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/publish", tag = "publishing", params(("id" = String, Path), PublishQuery), responses((status = 200, body = crate::features::api::model::Post))))]
pub async fn publish(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
    Asked(query): Asked<PublishQuery>,
) -> Result<Response> {
    let deed = match query.listed {
        Some(false) => Deed::PublishUnlisted,
        _ => Deed::Publish,
    };
    publicly_on(&state, &client, &id, query.version, deed).await
}

/// Puts the working copy in the place of what is public. Where nothing differs, nothing happens.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/update", tag = "publishing", params(("id" = String, Path)), request_body = Option<UpdateInput>, responses((status = 200, body = crate::features::api::model::Post))))]
pub async fn update(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
    OptionalBody(sent): OptionalBody<UpdateInput>,
) -> Result<Response> {
    let remark = posts::read_remark(&sent.remark).map_err(|m| Error::field("remark", m))?;
    let deed = Deed::Update(sent.tell_readers.then_some(remark));
    publicly_on(&state, &client, &id, sent.version, deed).await
}

/// Makes the working copy public at an instant.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/schedule", tag = "publishing", params(("id" = String, Path)), request_body = ScheduleInput, responses((status = 200, body = crate::features::api::model::Post))))]
pub async fn schedule(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
    Body(sent): Body<ScheduleInput>,
) -> Result<Response> {
    let at = Instant::from_rfc3339(&sent.at).map_err(|m| Error::field("at", m))?;
    publicly_on(&state, &client, &id, sent.version, Deed::Schedule(at)).await
}

/// Takes the schedule back.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/unschedule", tag = "publishing", params(("id" = String, Path)), responses((status = 200, body = crate::features::api::model::Post))))]
pub async fn unschedule(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    publicly(&state, &client, &id, Deed::Unschedule).await
}

/// Takes a post off the lists and feeds; its address still answers.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/unlist", tag = "publishing", params(("id" = String, Path)), responses((status = 200, body = crate::features::api::model::Post))))]
pub async fn unlist(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    publicly(&state, &client, &id, Deed::Unlist).await
}

/// Puts a post back on the lists and feeds.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/relist", tag = "publishing", params(("id" = String, Path)), responses((status = 200, body = crate::features::api::model::Post))))]
pub async fn relist(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    publicly(&state, &client, &id, Deed::Relist).await
}

/// Takes a post out of the trash, as a draft.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/restore", tag = "publishing", params(("id" = String, Path)), responses((status = 200, body = crate::features::api::model::Post))))]
pub async fn restore(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    // What was never public was put there as a draft.
    let was_public = writing::find(&state.db, &id).await?.first_public_at;
    let scope = was_public.map_or(Scope::Write, |_| Scope::Publish);
    performed(&state, &client, scope, &id, Deed::Restore).await
}

/// The living links to look at a post before it is public.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/posts/{id}/preview-links", tag = "publishing", params(("id" = String, Path)), responses((status = 200, body = Vec<PreviewLink>))))]
pub async fn preview_links(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    client.require(Scope::Read)?;
    writing::find(&state.db, &id).await?;
    let links = preview::list(&state.db, &id).await?;
    let view = |link: posts::PreviewLink| PreviewLink {
        id: link.id,
        expires_at: link.expires_at.rfc3339(),
        url: None,
    };
    ok(&links.into_iter().map(view).collect::<Vec<_>>())
}

/// Makes such a link. It is told this once.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/preview-links", tag = "publishing", params(("id" = String, Path)), responses((status = 201, body = PreviewLink))))]
pub async fn make_preview_link(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    client.require(Scope::Write)?;
    let token = posts::create_preview_link(&state.db, &client.user.id, &id).await?;
    let newest = preview::list(&state.db, &id).await?.into_iter().next();
    let newest = newest.ok_or(Error::NotFound)?;
    let view = PreviewLink {
        expires_at: newest.expires_at.rfc3339(),
        url: Some(state.base_url.join(&urls::preview(token.reveal()))),
        id: newest.id,
    };
    created(&api::preview_link(&id, &view.id), &view)
}

/// Takes such a link back; one that is gone already is fine.
#[cfg_attr(test, utoipa::path(delete, path = "/api/v1/posts/{id}/preview-links/{link}", tag = "publishing", params(("id" = String, Path), ("link" = String, Path)), responses((status = 204))))]
pub async fn revoke_preview_link(
    State(state): State<AppState>,
    client: Client,
    Path((id, link)): Path<(PostId, String)>,
) -> Result<Response> {
    client.require(Scope::Write)?;
    posts::revoke_preview_link(&state.db, &client.user.id, &id, &link).await?;
    Ok(nothing())
}
