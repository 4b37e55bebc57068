//! The two cookies of the author's side: the session, and the one before login.
//!
//! Over TLS both carry the `__Host-` prefix and `Secure`; on plain HTTP at a loopback address
//! a browser would drop them, so there they go without (HARDENING A4).
use http::{HeaderMap, HeaderValue, header};

use crate::kernel::ids::Token;

/// Which cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// Opens the author's side.
    Session,
    /// Binds the login and set-up forms to one browser; opens nothing.
    BeforeLogin,
}

impl Cookie {
    fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-daebon",
            (Self::Session, false) => "daebon",
            (Self::BeforeLogin, true) => "__Host-daebon-before",
            (Self::BeforeLogin, false) => "daebon-before",
        }
    }

    /// The cookie's token in a request.
    pub fn read(self, headers: &HeaderMap, secure: bool) -> Option<Token> {
        let name = self.name(secure);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|v| v.to_str().ok())
            .flat_map(|v| v.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(n, v)| *n == name && !v.is_empty() && v.len() <= 128)
            .map(|(_, v)| Token::from_client(v))
    }

    /// A `Set-Cookie` value that hands the token out.
    pub fn set(self, token: &Token, secure: bool, max_age_s: u64) -> HeaderValue {
        self.header(token.reveal(), secure, max_age_s)
    }

    /// A `Set-Cookie` value that takes the cookie back.
    pub fn clear(self, secure: bool) -> HeaderValue {
        self.header("", secure, 0)
    }

    fn header(self, value: &str, secure: bool, max_age_s: u64) -> HeaderValue {
        let name = self.name(secure);
        let secure = if secure { "; Secure" } else { "" };
        let text =
            format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_s}{secure}");
        HeaderValue::from_str(&text).expect("tokens are base32")
    }
}
