//! An answer with other bytes than its own, made for one request.
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method, StatusCode, header};

use super::answer::{Answer, Form, QUICK, response};
use super::compress;
use crate::kernel::Result;
use crate::web::conditional::{self, Encoding};

impl Answer {
    /// The response with other bytes in place of these, which `make` makes of them for this one
    /// request; nobody keeps them. `name` tells them apart in their tag: it is settled by what was
    /// asked for, made of letters, digits and `=-,.` alone. Takes milliseconds: not for the threads
    /// that serve.
    ///
    /// # Errors
    /// What `make` said.
    pub fn respond_changed(
        &self,
        name: &str,
        make: impl FnOnce() -> Result<Vec<u8>>,
        method: &Method,
        request: &HeaderMap,
    ) -> Result<Response> {
        let text = |name: HeaderName| request.get(name).and_then(|v| v.to_str().ok());
        let hash = format!("{}.{name}", self.hash);
        let mut base = self.identity.full.clone();
        base.remove(header::ETAG);
        base.remove(header::CONTENT_LENGTH);
        let tagged = request.contains_key(header::IF_NONE_MATCH);
        let since = text(header::IF_MODIFIED_SINCE).filter(|_| !tagged);
        let form =
            |body: Bytes, suffix, encoding| Form::new(body.into(), &hash, suffix, encoding, &base);
        for (suffix, encoding) in [("", Encoding::Identity), (QUICK, Encoding::Gzip)] {
            let empty = form(Bytes::new(), suffix, encoding)?;
            let tags = text(header::IF_NONE_MATCH);
            if conditional::not_modified(tags, since, &empty.etag, self.last_modified_s) {
                let status = StatusCode::NOT_MODIFIED;
                return Ok(response(status, empty.unchanged, Body::empty()));
            }
        }
        let body = make()?;
        let accepted = conditional::accept_encoding(text(header::ACCEPT_ENCODING));
        let form = match accepted.choose(&[Encoding::Gzip, Encoding::Identity]) {
            Encoding::Gzip => form(compress::quick_gzip(&body)?.into(), QUICK, Encoding::Gzip)?,
            _ => form(body.into(), "", Encoding::Identity)?,
        };
        let body = if *method == Method::HEAD {
            Body::empty()
        } else {
            Body::new(form.body.into_body())
        };
        Ok(response(StatusCode::OK, form.full, body))
    }
}
