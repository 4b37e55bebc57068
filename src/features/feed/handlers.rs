//! The feeds over HTTP, and the task that keeps them fresh.
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, Method, Uri};

use crate::kernel::{Error, Result};
use crate::state::AppState;

/// `/@{show}/feed.xml`: the podcast feed.
pub async fn podcast(
    State(_state): State<AppState>,
    _method: Method,
    _uri: Uri,
    _headers: HeaderMap,
) -> Result<Response> {
    Err(Error::NotFound)
}

/// `/@{show}/posts.xml`: everything.
pub async fn posts(
    State(_state): State<AppState>,
    _method: Method,
    _uri: Uri,
    _headers: HeaderMap,
) -> Result<Response> {
    Err(Error::NotFound)
}
