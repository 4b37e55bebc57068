//! Versions of a post that are kept, and what differs between two of them.
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::body::{Asked, Body, bad_query, ok};
use super::publishing::performed;
use crate::features::accounts::{Client, Scope};
use crate::features::admin::{Pick, differences};
use crate::features::api::model::{RestoreInput, VersionContent};
use crate::features::api::views;
use crate::features::posts::{Deed, revisions, writing};
use crate::kernel::Result;
use crate::kernel::ids::PostId;
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::ui::Ui;

/// Versions in an answer.
const VERSIONS: i64 = 2_000;

/// The newest versions that are kept, newest first.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/posts/{id}/versions", tag = "versions", params(("id" = String, Path)), responses((status = 200, body = Vec<crate::features::api::model::Version>))))]
pub async fn list(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    client.require(Scope::Read)?;
    writing::find(&state.db, &id).await?;
    let kept = revisions::list(&state.db, &id, VERSIONS).await?;
    ok(&kept.into_iter().map(views::version).collect::<Vec<_>>())
}

/// A version with its whole text.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/posts/{id}/versions/{number}", tag = "versions", params(("id" = String, Path), ("number" = i64, Path)), responses((status = 200, body = VersionContent))))]
pub async fn get(
    State(state): State<AppState>,
    client: Client,
    Path((id, number)): Path<(PostId, i64)>,
) -> Result<Response> {
    client.require(Scope::Read)?;
    let (revision, content) = revisions::find(&state.db, &id, number).await?;
    ok(&VersionContent {
        number: revision.number,
        created_at: revision.created_at.rfc3339(),
        ever_public: revision.ever_public,
        content: views::content(&state, content).await?,
    })
}

/// Names the two that are compared.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(utoipa::IntoParams))]
#[cfg_attr(test, into_params(parameter_in = Query))]
pub struct CompareQuery {
    /// The number of a version, or `now`: the working copy.
    #[cfg_attr(test, param(pattern = "^(now|[0-9]{1,18})$"))]
    from: String,
    /// The same.
    #[cfg_attr(test, param(pattern = "^(now|[0-9]{1,18})$"))]
    to: Option<String>,
}

/// What differs between two versions. Without `to`: between a version and the working copy.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/posts/{id}/versions/compare", tag = "versions", params(("id" = String, Path), CompareQuery), responses((status = 200, body = crate::features::api::model::Versions))))]
pub async fn compare(
    State(state): State<AppState>,
    client: Client,
    ui: Ui,
    Path(id): Path<PostId>,
    Asked(query): Asked<CompareQuery>,
) -> Result<Response> {
    client.require(Scope::Read)?;
    let pick = |word: &str| Pick::parse(word).ok_or_else(bad_query);
    let from = pick(&query.from)?;
    let to = query.to.as_deref().map_or(Ok(Pick::Now), pick)?;
    let found = differences(&state, ui, &id, [from, to], |found| {
        Ok(views::versions(found))
    })
    .await;
    ok(&found?)
}

/// Keeps the working copy as a version that is not public.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/versions", tag = "versions", params(("id" = String, Path)), responses((status = 200, body = crate::features::api::model::Post))))]
pub async fn keep(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    performed(&state, &client, Scope::Write, &id, Deed::SaveVersion).await
}

/// Brings a version back into the working copy; the public sees it after an update.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/versions/{number}/restore", tag = "versions", params(("id" = String, Path), ("number" = i64, Path)), request_body = RestoreInput, responses((status = 200, body = crate::features::api::model::Post))))]
pub async fn restore(
    State(state): State<AppState>,
    client: Client,
    Path((id, number)): Path<(PostId, i64)>,
    Body(sent): Body<RestoreInput>,
) -> Result<Response> {
    let deed = Deed::RestoreVersion(number, sent.version);
    performed(&state, &client, Scope::Write, &id, deed).await
}
