//! Layers around the routes: who may enter, where a request comes from, what every answer
//! carries.
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};

use crate::features::accounts::{self, Author, Client, User};
use crate::features::posts;
use crate::kernel::Error;
use crate::state::AppState;
use crate::web::{csrf, headers};

/// Around everything below `/admin` that a stranger must not see (HARDENING V4): a layer of
/// the router, never a look at the text of the address.
pub async fn author_only(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match accounts::let_in(&state, &mut parts).await {
        Ok(()) => {
            let ui = parts.extensions.get::<Author>().map(|author| author.ui);
            let mut response = next.run(Request::from_parts(parts, body)).await;
            // What went wrong is told in the language of the page it went wrong on.
            if let Some(ui) = ui {
                response.extensions_mut().insert(ui);
            }
            response
        }
        Err(error) => error.into_response(),
    }
}

/// Around the programming interface: who has no token learns nothing of it (V4).
pub async fn clients_only(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match accounts::let_in_by_token(&state, &mut parts).await {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(error) => {
            let mut response = error.into_response();
            let scheme = HeaderValue::from_static("Bearer realm=\"daebon\"");
            let headers = response.headers_mut();
            headers.insert(header::WWW_AUTHENTICATE, scheme);
            response
        }
    }
}

/// Whom an outer layer let in: an author, or a program for its person.
fn person(request: &Request) -> Option<&User> {
    let extensions = request.extensions();
    let author = extensions.get::<Author>().map(|a| &a.user);
    author.or_else(|| extensions.get::<Client>().map(|c| &c.user))
}

/// Around what only owners reach: shows and their settings, people, the log, the machine.
pub async fn owners_only(request: Request, next: Next) -> Response {
    match person(&request).map(User::require_owner) {
        Some(Ok(())) => next.run(request).await,
        Some(Err(error)) => error.into_response(),
        None => Error::Unauthenticated.into_response(),
    }
}

/// Around every address of one post: the `{id}` of its pattern is a post that this person may
/// touch.
pub async fn writers_only(
    State(state): State<AppState>,
    places: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
    next: Next,
) -> Response {
    let who = person(&request);
    // An address that is no text names nothing.
    let Ok(places) = places else {
        return Error::NotFound.into_response();
    };
    let id = places.iter().find(|(name, _)| *name == "id");
    let allowed = match (who, id.and_then(|(_, id)| id.parse().ok())) {
        (Some(who), Some(id)) => posts::require_access(&state.db, who, &id).await,
        (Some(_), None) => Err(Error::NotFound),
        (None, _) => Err(Error::Unauthenticated),
    };
    match allowed {
        Ok(()) => next.run(request).await,
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
