//! Files of a post: recording, second format, cover. They are the body as they are.
use axum::extract::{Request, State};
use axum::response::Response;
use serde::Deserialize;

use super::body::{Asked, nothing, ok};
use super::publishing::{perform, performed};
use super::shows::find as find_show;
use crate::features::accounts::{Client, Scope};
use crate::features::admin::set_show_cover;
use crate::features::api::views;
use crate::features::covers;
use crate::features::posts::{Deed, writing};
use crate::features::uploads::{self, Place};
use crate::formats::image::MAX_COVER_BYTES;
use crate::kernel::Result;
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
    let hash = picture(&state, request).await?;
    performed(
        &state,
        &client,
        Scope::Write,
        &id,
        Deed::SetCover(Some(hash)),
    )
    .await
}

/// Takes the picture off; the show's stands for it.
#[cfg_attr(test, utoipa::path(delete, path = "/api/v1/posts/{id}/cover", tag = "files", params(("id" = String, Path)), responses((status = 204))))]
pub async fn delete_cover(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    perform(&state, &client, Scope::Write, &id, Deed::SetCover(None)).await?;
    Ok(nothing())
}

/// Takes a picture in, the body as it is, and gives its hash.
async fn picture(state: &AppState, request: Request) -> Result<String> {
    let (parts, body) = request.into_parts();
    let bytes = read_limited(&parts.headers, body, MAX_COVER_BYTES).await?;
    covers::take_in(state, bytes).await
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
    let show = find_show(&state, &client, &address).await?;
    let hash = picture(&state, request).await?;
    let by = client.user.id;
    detached(async move { set_show_cover(&state, &by, &show, &hash).await }).await?;
    Ok(nothing())
}
