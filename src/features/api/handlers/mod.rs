//! HTTP of the programming interface, a file a kind of thing.
pub mod account;
mod body;
pub mod files;
mod json;
pub mod machine;
pub mod people;
pub mod posts;
pub mod publishing;
pub mod readers;
pub mod references;
pub mod sentences;
pub mod shows;
pub mod sound;
pub mod times;
mod tree;
pub mod versions;

use axum::response::Response;
use http::{HeaderValue, header};

use super::openapi::DOCUMENT;
use crate::features::accounts::Client;

/// `GET /api/v1/openapi.json`: what this is, for programs that write programs.
pub async fn openapi(_client: Client) -> Response {
    let mut response = Response::new(DOCUMENT.into());
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}
