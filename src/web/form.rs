//! Forms sent as `application/x-www-form-urlencoded`, read under a limit, checked against
//! forgery, and looked into by name.
use axum::body::Body;
use axum::extract::Request;
use http::{HeaderMap, header};

use crate::kernel::ids::Token;
use crate::kernel::{Error, Message, Result};
use crate::web::csrf;
use crate::web::pace::PacedBody;

/// Largest plain form in bytes (HARDENING L3).
pub const FORM_BYTES: usize = 64 << 10;
/// Largest text of a post's form in bytes, decoded: a script of 500,000 Korean syllables and a
/// note of 200,000 (L3), three bytes each, with room for the rest.
pub const POST_TEXT_BYTES: usize = 5 << 19;
/// The same on the wire, where a Korean syllable takes nine characters instead of three.
pub const POST_FORM_BYTES: usize = 3 * POST_TEXT_BYTES + FORM_BYTES;
/// Most fields of a form.
pub const MOST_FIELDS: usize = 2_000;

/// The fields of a form in the order sent.
#[derive(Debug, Clone, Default)]
pub struct FormData(Vec<(String, String)>);

impl FormData {
    /// A form of given fields.
    pub fn new(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// Reads a request's body of at most `limit_bytes` and checks its forgery token against
    /// the secret of the session, or of the cookie before login.
    ///
    /// # Errors
    /// 413 from the `Content-Length` before the body, 415 for another type, 422 for broken
    /// UTF-8, 403 without the right token.
    pub async fn read(request: Request, secret: &Token, limit_bytes: usize) -> Result<Self> {
        let (parts, body) = request.into_parts();
        check_type(&parts.headers, "application/x-www-form-urlencoded")?;
        let bytes = read_limited(&parts.headers, body, limit_bytes).await?;
        let form = Self::parse(&bytes)?;
        csrf::check_token(secret, form.get_opt(csrf::FIELD))?;
        Ok(form)
    }

    /// Decodes the body of a form. Broken UTF-8 is refused, not replaced (O5).
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let broken = || Error::BadRequest(Message::new("error-form-broken"));
        let text = std::str::from_utf8(bytes).map_err(|_| broken())?;
        let mut fields = Vec::new();
        let mut decoded_bytes = 0;
        for pair in text.split('&').filter(|p| !p.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decode = |t: &str| {
                let spaced = t.replace('+', " ");
                percent_encoding::percent_decode_str(&spaced)
                    .decode_utf8()
                    .map(|s| s.into_owned())
                    .map_err(|_| broken())
            };
            let field = (decode(name)?, decode(value)?);
            decoded_bytes += field.0.len() + field.1.len();
            if fields.len() >= MOST_FIELDS || decoded_bytes > POST_TEXT_BYTES {
                return Err(Error::TooLarge {
                    limit_bytes: POST_TEXT_BYTES as u64,
                });
            }
            fields.push(field);
        }
        Ok(Self(fields))
    }

    /// The first field of the name; empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.get_opt(name).unwrap_or_default()
    }

    /// The first field of the name.
    pub fn get_opt(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }

    /// Every field of the name, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }

    /// The rows of a list: the n-th fields of these names together. A column that ends early
    /// is empty from there on.
    pub fn rows<const N: usize>(&self, names: [&str; N]) -> Vec<[&str; N]> {
        let mut columns = names.map(|name| self.0.iter().filter(move |(n, _)| n == name));
        let mut found = Vec::new();
        loop {
            let cells = columns.each_mut().map(Iterator::next);
            if cells.iter().all(Option::is_none) {
                return found;
            }
            found.push(cells.map(|c| c.map_or("", |(_, value)| value)));
        }
    }

    /// Sets a field that the form did not send.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.retain(|(n, _)| n != name);
        self.0.push((name.to_owned(), value.to_owned()));
    }
}

/// Refuses a body of another type.
pub fn check_type(headers: &HeaderMap, wanted: &str) -> Result<()> {
    let given = headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok());
    let essence = given
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default();
    if essence.trim().eq_ignore_ascii_case(wanted) {
        Ok(())
    } else {
        Err(Error::Unsupported(Message::new("error-content-type")))
    }
}

/// Refuses a length that is over the limit before a byte of the body is read.
pub fn check_length(headers: &HeaderMap, limit_bytes: u64) -> Result<Option<u64>> {
    let Some(value) = headers.get(header::CONTENT_LENGTH) else {
        return Ok(None);
    };
    let length: u64 = value
        .to_str()
        .ok()
        .and_then(|v| v.parse().ok())
        .ok_or_else(|| Error::BadRequest(Message::new("error-form-broken")))?;
    if length > limit_bytes {
        return Err(Error::TooLarge { limit_bytes });
    }
    Ok(Some(length))
}

/// Reads a whole body into memory, never more than the limit, under the limits of time that
/// [`PacedBody`] holds (HARDENING L2).
pub async fn read_limited(
    headers: &HeaderMap,
    body: Body,
    limit_bytes: usize,
) -> Result<bytes::Bytes> {
    check_length(headers, limit_bytes as u64)?;
    let mut body = PacedBody::new(body);
    let mut read = bytes::BytesMut::new();
    while let Some(piece) = body.next().await? {
        if read.len() + piece.len() > limit_bytes {
            return Err(Error::TooLarge {
                limit_bytes: limit_bytes as u64,
            });
        }
        read.extend_from_slice(&piece);
    }
    Ok(read.freeze())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields_are_decoded() {
        let form = FormData::parse("a=1+2&b=%ED%95%9C&a=3&c".as_bytes()).expect("good");
        assert_eq!(
            (form.get("a"), form.get("b"), form.get("c")),
            ("1 2", "한", "")
        );
        assert_eq!(form.all("a").collect::<Vec<_>>(), ["1 2", "3"]);
        assert_eq!(form.get_opt("d"), None);
    }

    #[test]
    fn broken_text_is_refused() {
        assert!(FormData::parse(b"a=%FF").is_err());
        assert!(FormData::parse(b"a=\xff").is_err());
        assert!(
            FormData::parse("a=%ED%A0%80".as_bytes()).is_err(),
            "a lone surrogate"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_stops_coming_is_given_up() {
        let begun = futures_util::stream::iter([Ok::<_, std::io::Error>("csrf=")]);
        let silent = futures_util::StreamExt::chain(begun, futures_util::stream::pending());
        let read = read_limited(&HeaderMap::new(), Body::from_stream(silent), 100).await;
        assert!(matches!(read, Err(Error::BadRequest(m)) if m.key == "error-upload-stalled"));
    }

    #[tokio::test]
    async fn what_is_too_long_is_not_read() {
        let long = || Body::from("a".repeat(101));
        let read = read_limited(&HeaderMap::new(), long(), 100).await;
        assert!(matches!(read, Err(Error::TooLarge { limit_bytes: 100 })));
        let read = read_limited(&HeaderMap::new(), long(), 101).await;
        assert_eq!(read.expect("fits").len(), 101);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = FormData::parse(&bytes);
        }
    }
}
