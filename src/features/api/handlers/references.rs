//! References: what the page of an address says of itself.
use axum::extract::State;
use axum::response::Response;

use super::body::{Body, ok};
use crate::features::accounts::{Client, Scope};
use crate::features::admin;
use crate::features::api::model::{LookUpInput, LookedUp};
use crate::kernel::{Error, Result};
use crate::state::AppState;

/// Asks the page of an address for its title, who published it and when; takes up to twelve seconds.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/references/look-up", tag = "posts", request_body = LookUpInput, responses((status = 200, body = LookedUp))))]
pub async fn look_up(
    State(state): State<AppState>,
    client: Client,
    Body(sent): Body<LookUpInput>,
) -> Result<Response> {
    client.require(Scope::Write)?;
    let facts = admin::look_up(&state, &sent.url).await;
    let facts = facts.map_err(|why| Error::field("url", why))?;
    ok(&LookedUp {
        title: facts.title,
        outlet: facts.outlet,
        date: facts.date,
    })
}
