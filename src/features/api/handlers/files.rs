//! Files of a post: recording, second format, cover. They are the body as they are.
use axum::extract::{Request, State};
use axum::response::Response;
use serde::Deserialize;

use super::body::{Asked, nothing, ok};
use super::shows::find as find_show;
use crate::features::accounts::{Client, Scope};
use crate::features::api::views;
use crate::features::audit::{self, Act};
use crate::features::posts::writing;
use crate::features::uploads::{self, Place};
use crate::features::{covers, show};
use crate::formats::image::MAX_COVER_BYTES;
use crate::kernel::Result;
use crate::kernel::events::Event;
use crate::kernel::ids::PostId;
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::read_limited;
use crate::web::task::detached;

/// Names a file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(utoipa::IntoParams))]
#[cfg_attr(test, into_params(parameter_in = Query))]
pub struct FileQuery {
    /// What the file is called, for the author's eyes.
    name: String,
}

async fn take(
    state: &AppState,
    client: &Client,
    id: PostId,
    place: Place,
    (name, request): (String, Request),
) -> Result<Response> {
    client.require(Scope::Write)?;
    let by = &client.user.id;
    let recording = uploads::receive_whole(state, by, id, place, name, request).await?;
    ok(&views::recording(recording))
}

async fn drop_file(
    state: &AppState,
    client: &Client,
    id: &PostId,
    place: Place,
) -> Result<Response> {
    client.require(Scope::Write)?;
    writing::find(&state.db, id).await?;
    let (state, post, by) = (state.clone(), id.clone(), client.user.id.clone());
    detached(async move {
        let target = uploads::Target {
            post: &post,
            place,
            by: &by,
        };
        uploads::detach(&state, target).await
    })
    .await?;
    Ok(nothing())
}

/// Sends the recording of a post; what it is, its bytes say.
#[cfg_attr(test, utoipa::path(put, path = "/api/v1/posts/{id}/recording", tag = "files", params(("id" = String, Path), FileQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = crate::features::api::model::Recording))))]
pub async fn put_recording(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
    Asked(query): Asked<FileQuery>,
    request: Request,
) -> Result<Response> {
    take(&state, &client, id, Place::Recording, (query.name, request)).await
}

/// Takes the recording off the working copy.
#[cfg_attr(test, utoipa::path(delete, path = "/api/v1/posts/{id}/recording", tag = "files", params(("id" = String, Path)), responses((status = 204))))]
pub async fn delete_recording(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    drop_file(&state, &client, &id, Place::Recording).await
}

/// Sends the same recording in a second format.
#[cfg_attr(test, utoipa::path(put, path = "/api/v1/posts/{id}/alternate", tag = "files", params(("id" = String, Path), FileQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = crate::features::api::model::Recording))))]
pub async fn put_alternate(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
    Asked(query): Asked<FileQuery>,
    request: Request,
) -> Result<Response> {
    take(&state, &client, id, Place::Alternate, (query.name, request)).await
}

/// Takes the second format off the working copy.
#[cfg_attr(test, utoipa::path(delete, path = "/api/v1/posts/{id}/alternate", tag = "files", params(("id" = String, Path)), responses((status = 204))))]
pub async fn delete_alternate(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    drop_file(&state, &client, &id, Place::Alternate).await
}

/// Sends a picture of the post's own: JPEG, PNG or WebP.
#[cfg_attr(test, utoipa::path(put, path = "/api/v1/posts/{id}/cover", tag = "files", params(("id" = String, Path)), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = crate::features::api::model::Post))))]
pub async fn put_cover(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    client.require(Scope::Write)?;
    writing::find(&state.db, &id).await?;
    let (parts, body) = request.into_parts();
    let bytes = read_limited(&parts.headers, body, MAX_COVER_BYTES).await?;
    let (at, post) = (state.clone(), id.clone());
    detached(async move {
        let cover = covers::read_cover(&at, bytes).await?;
        let hash = covers::store_cover(&at, cover).await?;
        set_cover(&at, &post, Some(&hash)).await
    })
    .await?;
    ok(&views::post(&state, &id).await?)
}

/// Takes the picture off; the show's stands for it.
#[cfg_attr(test, utoipa::path(delete, path = "/api/v1/posts/{id}/cover", tag = "files", params(("id" = String, Path)), responses((status = 204))))]
pub async fn delete_cover(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    client.require(Scope::Write)?;
    detached(async move { set_cover(&state, &id, None).await }).await?;
    Ok(nothing())
}

async fn set_cover(state: &AppState, id: &PostId, hash: Option<&str>) -> Result<()> {
    let mut tx = state.db.begin().await?;
    writing::set_cover(&mut tx, id, hash).await?;
    tx.commit().await
}

/// Sends another picture for a show.
#[cfg_attr(test, utoipa::path(put, path = "/api/v1/shows/{address}/cover", tag = "shows", params(("address" = String, Path)), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 204))))]
pub async fn put_show_cover(
    State(state): State<AppState>,
    client: Client,
    Path(address): Path<String>,
    request: Request,
) -> Result<Response> {
    client.require(Scope::Manage)?;
    client.user.require_owner()?;
    let show = find_show(&state, &client, &address).await?;
    let (parts, body) = request.into_parts();
    let bytes = read_limited(&parts.headers, body, MAX_COVER_BYTES).await?;
    detached(async move {
        let cover = covers::read_cover(&state, bytes).await?;
        let hash = covers::store_cover(&state, cover).await?;
        let mut tx = state.db.begin().await?;
        show::set_cover(&mut tx, &show.id, &hash).await?;
        let (id, title) = (show.id.as_str(), show.draft.title.as_str());
        audit::record(&mut tx, &client.user.id, Act::ShowChanged, id, title).await?;
        tx.announce(Event::ShowChanged(show.id.clone()));
        tx.commit().await
    })
    .await?;
    Ok(nothing())
}
