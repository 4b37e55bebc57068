//! Pages into responses: HTML of a template, redirects, small JSON answers.
use askama::Template;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::kernel::{Error, FieldErrors, Result};

/// A page with 200.
pub fn html(page: &impl Template) -> Result<Response> {
    html_with(StatusCode::OK, page)
}

/// A page with another status: a form that comes back is 422.
pub fn html_with(status: StatusCode, page: &impl Template) -> Result<Response> {
    let body = page.render().map_err(|e| Error::Internal(e.into()))?;
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    Ok((status, [(header::CONTENT_TYPE, kind)], body).into_response())
}

/// A page with a form: 422 where what was sent had faults, else 200.
pub fn form(errors: &FieldErrors, page: &impl Template) -> Result<Response> {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    html_with(status, page)
}

/// 303: after a form was taken, look there.
pub fn see_other(path: &str) -> Response {
    redirect(StatusCode::SEE_OTHER, path)
}

/// 301: this has another address for good. Kept for a minute: a name that is given back later
/// must not send a browser round in circles (HARDENING V2).
pub fn moved(path: &str) -> Response {
    let mut response = redirect(StatusCode::MOVED_PERMANENTLY, path);
    let minute = HeaderValue::from_static("public, max-age=60, must-revalidate");
    response.headers_mut().insert(header::CACHE_CONTROL, minute);
    response
}

/// 302: for now, look there.
pub fn found(path: &str) -> Response {
    redirect(StatusCode::FOUND, path)
}

fn redirect(status: StatusCode, path: &str) -> Response {
    match HeaderValue::from_str(path) {
        Ok(location) => (status, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// A JSON answer.
pub fn json(status: StatusCode, value: &impl Serialize) -> Result<Response> {
    let body = serde_json::to_vec(value).map_err(|e| Error::Internal(e.into()))?;
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    Ok((status, [(header::CONTENT_TYPE, kind)], body).into_response())
}
