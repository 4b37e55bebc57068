//! Cross-site request forgery: where a request comes from, and the token that its form holds
//! (HARDENING A6). Both must be right for anything but GET and HEAD.
use http::{HeaderMap, Method, header};
use subtle::ConstantTimeEq;

use crate::kernel::ids::{Token, sha256_hex};
use crate::kernel::{Error, Message, Result};
use crate::web::host::Hosts;

/// Name of the hidden field in every form.
pub const FIELD: &str = "csrf";
/// The header that scripts send instead.
pub const HEADER: &str = "x-csrf-token";

fn refused() -> Error {
    Error::Forbidden(Message::new("error-cross-site"))
}

/// Refuses a request that changes something and was not sent from our own pages.
pub fn check_origin(method: &Method, headers: &HeaderMap, hosts: &Hosts) -> Result<()> {
    if method.is_safe() {
        return Ok(());
    }
    let text = |name: header::HeaderName| headers.get(name).map(|v| v.to_str().unwrap_or("?"));
    if text(header::CONTENT_TYPE).is_some_and(|t| t.trim_start().starts_with("text/plain")) {
        return Err(refused());
    }
    match headers
        .get("sec-fetch-site")
        .map(|v| v.to_str().unwrap_or("?"))
    {
        Some("same-origin" | "none") => Ok(()),
        Some(_) => Err(refused()),
        None => match text(header::ORIGIN) {
            Some(origin) if hosts.is_own_origin(origin) => Ok(()),
            _ => Err(refused()),
        },
    }
}

/// The token that belongs to a session (or to the cookie before login): derived from its
/// secret, so that nothing needs to be stored.
pub fn token_for(secret: &Token) -> String {
    let bound = format!("csrf {}", secret.reveal());
    sha256_hex(bound.as_bytes())[..32].to_owned()
}

/// Compares in constant time.
pub fn check_token(secret: &Token, given: Option<&str>) -> Result<()> {
    let right = token_for(secret);
    let given = given.unwrap_or_default();
    if bool::from(right.as_bytes().ct_eq(given.as_bytes())) {
        Ok(())
    } else {
        Err(refused())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::urls::BaseUrl;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(n, v)| {
                (
                    header::HeaderName::from_static(n),
                    v.parse().expect("a value"),
                )
            })
            .collect()
    }

    #[test]
    fn origins() {
        let base = BaseUrl::parse("https://example.org").expect("good");
        let hosts = Hosts::public(&base);
        let check = |pairs: &[(&'static str, &str)]| {
            check_origin(&Method::POST, &headers(pairs), &hosts).is_ok()
        };
        assert!(check(&[("sec-fetch-site", "same-origin")]));
        assert!(check(&[("origin", "https://example.org")]));
        assert!(!check(&[]));
        assert!(!check(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://example.org")
        ]));
        assert!(!check(&[("sec-fetch-site", "same-site")]));
        assert!(!check(&[("origin", "http://example.org")]));
        assert!(!check(&[("origin", "null")]));
        assert!(!check(&[
            ("sec-fetch-site", "same-origin"),
            ("content-type", "text/plain")
        ]));
        assert!(check_origin(&Method::GET, &HeaderMap::new(), &hosts).is_ok());
    }

    #[test]
    fn tokens_are_bound_to_their_secret() {
        let (one, two) = (Token::random(), Token::random());
        assert!(check_token(&one, Some(&token_for(&one))).is_ok());
        assert!(check_token(&one, Some(&token_for(&two))).is_err());
        assert!(check_token(&one, None).is_err());
        assert!(check_token(&one, Some("")).is_err());
    }
}
