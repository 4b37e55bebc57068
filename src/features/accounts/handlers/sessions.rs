//! HTTP of sessions: the token of this one, and the end of one or of all others.
use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;
use serde_json::json;

use crate::features::accounts::actions;
use crate::features::accounts::extract::Author;
use crate::kernel::Result;
use crate::kernel::urls::admin;
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::{FORM_BYTES, FormData};
use crate::web::page;

/// `GET /admin/csrf`: what forms have to send in this session, as JSON `{ "token" }`. A page that was
/// open before its author logged in again goes on with it; other sites cannot read the answer.
pub async fn session_token(author: Author) -> Result<Response> {
    page::json(StatusCode::OK, &json!({ "token": author.csrf() }))
}

/// `POST /admin/account/sessions/end-others`.
pub async fn end_other_sessions(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    FormData::read(request, &author.secret, FORM_BYTES).await?;
    actions::end_other_sessions(&state.db, &author.user.id, &author.session_id).await?;
    Ok(page::see_other(admin::ACCOUNT))
}

/// `POST /admin/account/sessions/{session}/end`: logs one device out.
pub async fn end_session(
    State(state): State<AppState>,
    author: Author,
    Path(session): Path<String>,
    request: Request,
) -> Result<Response> {
    FormData::read(request, &author.secret, FORM_BYTES).await?;
    actions::end_session(&state.db, &author.user.id, &session).await?;
    Ok(page::see_other(admin::ACCOUNT))
}
