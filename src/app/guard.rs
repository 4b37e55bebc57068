//! Layers around the routes: who may enter, where a request comes from, what every answer
//! carries.
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::features::accounts;
use crate::kernel::Error;
use crate::state::AppState;
use crate::web::{csrf, headers};

/// Around everything below `/admin` that a stranger must not see (HARDENING V4): a layer of
/// the router, never a look at the text of the address.
pub async fn author_only(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match accounts::let_in(&state, &mut parts).await {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(error) => error.into_response(),
    }
}

/// Around the author's side, login and set-up included (A7).
pub async fn private(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    headers::private(response.headers_mut());
    response
}

/// Refuses what changes something and was not sent from our own pages (A6).
pub async fn own_pages_only(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    match csrf::check_origin(request.method(), request.headers(), &state.hosts) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

/// Headers that every answer carries (O4).
pub async fn complete(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    headers::complete(response.headers_mut(), state.config.is_https());
    response
}

/// What a handler that panicked answers: the same as any internal error.
pub fn panicked(panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no text");
    Error::Internal(anyhow::anyhow!("a handler panicked: {text}")).into_response()
}
