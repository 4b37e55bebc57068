//! HTTP of the programming interface, a file a kind of thing.
mod body;
pub mod files;
pub mod people;
pub mod posts;
pub mod publishing;
pub mod readers;
pub mod shows;
pub mod times;

use axum::extract::State;
use axum::response::Response;

use body::ok;

use super::model::Me;
use super::openapi::DOCUMENT;
use crate::features::accounts::Client;
use crate::features::show;
use crate::kernel::Result;
use crate::state::AppState;
use http::{HeaderValue, header};

/// `GET /api/v1/openapi.json`: what this is, for programs that write programs.
pub async fn openapi(_client: Client) -> Response {
    let mut response = Response::new(DOCUMENT.into());
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// Whose token this is, and what it may do.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/me", tag = "me", responses((status = 200, body = Me))))]
pub async fn me(State(state): State<AppState>, client: Client) -> Result<Response> {
    let shows = show::list(&state.db).await?;
    let (user, token) = (client.user, client.token);
    let of_him = shows.iter().filter(|s| user.works_on(&s.id));
    ok(&Me {
        shows: of_him.map(|s| s.address().to_owned()).collect(),
        id: user.id.to_string(),
        name: user.name,
        email: user.email,
        role: user.role,
        token_name: token.name,
        scopes: token.scopes,
        expires_at: token.expires_at.rfc3339(),
    })
}
