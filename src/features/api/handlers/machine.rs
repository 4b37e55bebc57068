//! How the server does, for owners, whom a layer of the router lets in alone; and its work in the
//! background, of which each is told what is his.
use axum::extract::State;
use axum::response::Response;

use super::body::{Body, nothing, ok};
use crate::features::accounts::{Client, Scope};
use crate::features::admin;
use crate::features::api::model::Again;
use crate::features::api::views;
use crate::kernel::text::line;
use crate::kernel::{Error, FieldErrors, Result};
use crate::state::AppState;
use crate::web::ui::Ui;

/// Everything that waits, runs or failed; what went wrong first.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/work", tag = "server", responses((status = 200, body = Vec<crate::features::api::model::Work>))))]
pub async fn work(State(state): State<AppState>, client: Client, ui: Ui) -> Result<Response> {
    client.require(Scope::Read)?;
    let lines = admin::work(&state, &client.user, ui).await?;
    let work = lines.into_iter().map(|line| views::work(&state, line));
    ok(&work.collect::<Vec<_>>())
}

/// Does now what would be tried later, and once more what failed. What is not there any more is
/// done.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/work/again", tag = "server", request_body = Again, responses((status = 204))))]
pub async fn again(
    State(state): State<AppState>,
    client: Client,
    Body(sent): Body<Again>,
) -> Result<Response> {
    client.require(Scope::Write)?;
    let mut faults = FieldErrors::new();
    let kind = faults.take("kind", line(&sent.kind, 200));
    let subject = faults.take("subject", line(&sent.subject, 200));
    let (Some(kind), Some(subject)) = (kind, subject) else {
        return Err(Error::Invalid(faults));
    };
    admin::hurry(&state.db, &client.user, &kind, &subject).await?;
    Ok(nothing())
}

/// How the server does: files, disk, queue, who is told of new posts.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/health", tag = "server", responses((status = 200, body = crate::features::api::model::Health))))]
pub async fn health(State(state): State<AppState>, client: Client, ui: Ui) -> Result<Response> {
    client.require(Scope::Read)?;
    ok(&views::health(&state, admin::health(&state, ui).await?))
}
