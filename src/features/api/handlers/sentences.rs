//! When sentences are spoken, set by hand.
use axum::extract::State;
use axum::response::Response;

use super::body::{Body, ok};
use super::times::require_to_time;
use crate::features::accounts::{Client, Scope};
use crate::features::api::model::SentenceTimes;
use crate::features::api::views;
use crate::features::mending::{self, Join, Realign, Save, Scene, Split};
use crate::kernel::Result;
use crate::kernel::ids::PostId;
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::task::detached;

async fn answer(state: &AppState, id: &PostId) -> Result<Response> {
    ok(&views::sentences(Scene::read(&state.db, id).await?))
}

/// The sentences of the newest version of a post, with their times in its recording.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/posts/{id}/sentences", tag = "times", params(("id" = String, Path)), responses((status = 200, body = crate::features::api::model::Sentences))))]
pub async fn list(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    client.require(Scope::Read)?;
    answer(&state, &id).await
}

/// Sets when sentences are spoken, or that they are not, or gives them back to the machine.
#[cfg_attr(test, utoipa::path(patch, path = "/api/v1/posts/{id}/sentences", tag = "times", params(("id" = String, Path)), request_body = Save, responses((status = 200, body = SentenceTimes))))]
pub async fn change(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
    Body(sent): Body<Save>,
) -> Result<Response> {
    require_to_time(&state, &client, &id).await?;
    let seen = sent.version;
    let changes = sent.changes()?;
    let by = client.user.id;
    let saved =
        detached(async move { mending::save(&state.db, &by, &id, seen, changes, false).await });
    let version = saved.await?;
    ok(&SentenceTimes { version })
}

/// Cuts a sentence in two.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/sentences/split", tag = "times", params(("id" = String, Path)), request_body = Split, responses((status = 200, body = crate::features::api::model::Sentences))))]
pub async fn split(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
    Body(sent): Body<Split>,
) -> Result<Response> {
    require_to_time(&state, &client, &id).await?;
    let (db, by, post) = (state.db.clone(), client.user.id, id.clone());
    detached(async move { mending::split(&db, &by, &post, sent).await }).await?;
    answer(&state, &id).await
}

/// Joins a sentence with the next one of its paragraph.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/sentences/join", tag = "times", params(("id" = String, Path)), request_body = Join, responses((status = 200, body = crate::features::api::model::Sentences))))]
pub async fn join(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
    Body(sent): Body<Join>,
) -> Result<Response> {
    require_to_time(&state, &client, &id).await?;
    let (db, by, post) = (state.db.clone(), client.user.id, id.clone());
    detached(async move { mending::join(&db, &by, &post, sent).await }).await?;
    answer(&state, &id).await
}

/// Has the sentences between two others looked for again in the recording, or takes that back.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/sentences/align", tag = "times", params(("id" = String, Path)), request_body = Realign, responses((status = 200, body = crate::features::api::model::Sentences))))]
pub async fn realign(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
    Body(sent): Body<Realign>,
) -> Result<Response> {
    require_to_time(&state, &client, &id).await?;
    let (db, by, post) = (state.db.clone(), client.user.id, id.clone());
    detached(async move { mending::realign(&db, &by, &post, &sent).await }).await?;
    answer(&state, &id).await
}
