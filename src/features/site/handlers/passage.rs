//! The page of a post with a passage of it marked: made for the one request.
use std::sync::Arc;

use axum::response::Response;
use http::{HeaderMap, Method};

use crate::features::site::fill::Reader;
use crate::features::site::span::{PageText, Wish};
use crate::kernel::{Error, Result};
use crate::web::rendered::Answer;
use crate::web::task;

/// The bare page with the passage that is wished for; the bare page itself, if it has none such.
/// `path` is the page's own address, with the language if it names one.
pub async fn respond(
    bare: Arc<Answer>,
    wish: Wish,
    reader: Reader,
    path: String,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    task::blocking(move || {
        let bytes = bare.body().to_bytes();
        let html = std::str::from_utf8(&bytes).map_err(|e| Error::Internal(e.into()))?;
        let page = PageText::read(html);
        let Some(passage) = page.find(&wish) else {
            return Ok(bare.respond(&method, &headers));
        };
        let make = || page.mark(&passage, &reader, &path).map(String::into_bytes);
        bare.respond_changed(&passage.query, make, &method, &headers)
    })
    .await
}
