//! The interface's language of a request: `?ui=` wins, then `Accept-Language` (DESIGN 5).
use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderMap, Uri, header};

use crate::kernel::language::UiLanguage;
use crate::web::ui::Ui;

/// `?ui=ko` or `?ui=en`, if the address says so.
pub fn asked_in_query(uri: &Uri) -> Option<UiLanguage> {
    let query = uri.query()?;
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| *name == "ui")
        .and_then(|(_, code)| UiLanguage::parse(code))
}

/// What the browser wishes.
pub fn wished(headers: &HeaderMap) -> UiLanguage {
    let header = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|v| v.to_str().ok());
    UiLanguage::from_accept_language(header)
}

/// The language of a request.
pub fn of(uri: &Uri, headers: &HeaderMap) -> UiLanguage {
    asked_in_query(uri).unwrap_or_else(|| wished(headers))
}

impl<S: Sync> FromRequestParts<S> for Ui {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Ui::new(of(&parts.uri, &parts.headers)))
    }
}
