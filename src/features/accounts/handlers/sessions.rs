//! HTTP of ending sessions: one, or all others.
use axum::extract::{Request, State};
use axum::response::Response;

use crate::features::accounts::extract::Author;
use crate::features::accounts::store;
use crate::features::audit::{self, Act};
use crate::kernel::Result;
use crate::kernel::urls::admin;
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::{FORM_BYTES, FormData};
use crate::web::page;

/// `POST /admin/account/sessions/end-others`.
pub async fn end_other_sessions(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    FormData::read(request, &author.secret, FORM_BYTES).await?;
    let mut tx = state.db.begin().await?;
    store::delete_other_sessions(&mut tx, &author.user.id, &author.session_id).await?;
    audit::record(&mut tx, &author.user.id, Act::SessionsEnded, "", "").await?;
    tx.commit().await?;
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
    let mut tx = state.db.begin().await?;
    if store::delete_session(&mut tx, &author.user.id, &session).await? {
        audit::record(&mut tx, &author.user.id, Act::SessionsEnded, "", "").await?;
    }
    tx.commit().await?;
    Ok(page::see_other(admin::ACCOUNT))
}
