//! The token's person: who it is, where he is logged in, which tokens he has. What asks for his
//! password on the author's side (e-mail, password, second factor, new tokens) stays there, so that
//! a token that leaked cannot lock him out.
use axum::extract::State;
use axum::response::Response;

use super::body::{Body, nothing, ok};
use crate::features::accounts::{self, ApiToken, Client, Scope};
use crate::features::api::model::{Me, MeInput, Session, Token};
use crate::features::show;
use crate::kernel::Result;
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::task::detached;

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
        language: user.ui_language,
        role: user.role,
        token_name: token.name,
        scopes: token.scopes,
        expires_at: token.expires_at.rfc3339(),
    })
}

/// Changes the name, or in which language the author's side speaks.
#[cfg_attr(test, utoipa::path(patch, path = "/api/v1/me", tag = "me", request_body = MeInput, responses((status = 204))))]
pub async fn change(
    State(state): State<AppState>,
    client: Client,
    Body(sent): Body<MeInput>,
) -> Result<Response> {
    client.require(Scope::Manage)?;
    let mut user = client.user;
    if let Some(name) = &sent.name {
        user.name = accounts::set_name(&state.db, &user, name).await?;
    }
    if let Some(language) = sent.language {
        accounts::set_language(&state.db, &user, language).await?;
    }
    Ok(nothing())
}

/// Where the token's person is logged in, the newest first.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/me/sessions", tag = "me", responses((status = 200, body = Vec<Session>))))]
pub async fn sessions(State(state): State<AppState>, client: Client) -> Result<Response> {
    client.require(Scope::Manage)?;
    let session = |s: accounts::Session| Session {
        id: s.id,
        device: s.device,
        created_at: s.created_at.rfc3339(),
        last_seen_at: s.last_seen_at.rfc3339(),
    };
    let sessions = accounts::list_sessions(&state.db, &client.user.id).await?;
    ok(&sessions.into_iter().map(session).collect::<Vec<_>>())
}

/// Logs the token's person out on every device.
#[cfg_attr(test, utoipa::path(delete, path = "/api/v1/me/sessions", tag = "me", responses((status = 204))))]
pub async fn end_sessions(State(state): State<AppState>, client: Client) -> Result<Response> {
    client.require(Scope::Manage)?;
    accounts::end_other_sessions(&state.db, &client.user.id, "").await?;
    Ok(nothing())
}

/// Logs the token's person out on one device; a session that is gone already is fine.
#[cfg_attr(test, utoipa::path(delete, path = "/api/v1/me/sessions/{session}", tag = "me", params(("session" = String, Path)), responses((status = 204))))]
pub async fn end_session(
    State(state): State<AppState>,
    client: Client,
    Path(session): Path<String>,
) -> Result<Response> {
    client.require(Scope::Manage)?;
    accounts::end_session(&state.db, &client.user.id, &session).await?;
    Ok(nothing())
}

/// The living tokens of the token's person.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/me/tokens", tag = "me", responses((status = 200, body = Vec<Token>))))]
pub async fn tokens(State(state): State<AppState>, client: Client) -> Result<Response> {
    client.require(Scope::Manage)?;
    let own = client.token.id;
    let token = |t: ApiToken| Token {
        is_this: t.id == own,
        id: t.id,
        name: t.name,
        scopes: t.scopes,
        created_at: t.created_at.rfc3339(),
        expires_at: t.expires_at.rfc3339(),
        last_used_at: t.last_used_at.map(|at| at.rfc3339()),
    };
    let now = state.clock.now();
    let tokens = accounts::list_tokens(&state.db, &client.user.id, now).await?;
    ok(&tokens.into_iter().map(token).collect::<Vec<_>>())
}

/// Takes a token back, be it this one; one that is gone already is fine.
#[cfg_attr(test, utoipa::path(delete, path = "/api/v1/me/tokens/{token}", tag = "me", params(("token" = String, Path)), responses((status = 204))))]
pub async fn revoke_token(
    State(state): State<AppState>,
    client: Client,
    Path(token): Path<String>,
) -> Result<Response> {
    client.require(Scope::Manage)?;
    detached(async move { accounts::revoke_token(&state.db, &client.user, &token).await }).await?;
    Ok(nothing())
}
