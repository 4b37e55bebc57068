//! A small HTTP client with a memory for cookies, as a browser without scripts would be.
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::{convert::Infallible, sync::Arc};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body::Frame;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper_util::client::legacy::Client as Http;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use scraper::{Html, Selector};

/// What a request carries.
pub type Body = UnsyncBoxBody<Bytes, Infallible>;

/// A line that broke, as the client library says it.
pub type Broken = Box<dyn std::error::Error + Send + Sync>;

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header's value, or nothing.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |v| v.to_str().expect("ASCII"))
    }

    /// A header that holds a number.
    pub fn number(&self, name: &str) -> u64 {
        self.header(name).parse().expect("a number")
    }

    /// The value of an attribute of the first element that a selector finds.
    pub fn attr(&self, selector: &str, name: &str) -> Option<String> {
        let page = Html::parse_document(&self.text());
        let selector = Selector::parse(selector).expect("a selector");
        let found = page.select(&selector).next()?;
        found.value().attr(name).map(str::to_owned)
    }

    /// The text below the first element that a selector finds.
    pub fn words(&self, selector: &str) -> Option<String> {
        let page = Html::parse_document(&self.text());
        let selector = Selector::parse(selector).expect("a selector");
        Some(page.select(&selector).next()?.text().collect())
    }

    /// The hidden field of a form.
    pub fn field(&self, name: &str) -> String {
        let selector = format!("input[name={name}]");
        let value = self.attr(&selector, "value");
        value.unwrap_or_else(|| panic!("no field {name} ({}): {}", self.status, self.text()))
    }
}

/// One browser.
pub struct Client {
    base: Mutex<String>,
    http: Mutex<Http<HttpConnector, Body>>,
    cookies: Mutex<BTreeMap<String, String>>,
    /// The public address, where a proxy would stand between.
    site: Option<String>,
}

impl Client {
    /// One that knows nothing yet; the base as `http://127.0.0.1:80`.
    pub fn new(base: &str) -> Self {
        Self {
            base: Mutex::new(base.to_owned()),
            http: Mutex::new(connections()),
            cookies: Mutex::default(),
            site: None,
        }
    }

    /// One that reaches a server at its port, and calls it by its public address, as a proxy
    /// in front of it would.
    pub fn by_proxy(base: &str, site: &str) -> Self {
        Self {
            site: Some(site.to_owned()),
            ..Self::new(base)
        }
    }

    /// The site is at another port now: same cookies, new connections.
    pub fn moved_to(&self, base: &str) {
        *self.base.lock().expect("whole") = base.to_owned();
        *self.http.lock().expect("whole") = connections();
    }

    /// A request with the cookies and the origin of a page of the site.
    pub fn request(&self, method: Method, path: &str) -> http::request::Builder {
        let base = self.base.lock().expect("whole").clone();
        let cookies: Vec<String> = self
            .cookies
            .lock()
            .expect("whole")
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{base}{path}"))
            .header(header::ORIGIN, self.site.as_ref().unwrap_or(&base));
        if let Some((_, host)) = self.site.as_ref().and_then(|site| site.split_once("://")) {
            request = request.header(header::HOST, host);
        }
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        request
    }

    /// Sends a request; an answer that breaks off is an error.
    pub async fn send(&self, request: Request<Body>) -> Result<Answer, Broken> {
        let http = self.http.lock().expect("whole").clone();
        let (parts, body) = http.request(request).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        let mut cookies = self.cookies.lock().expect("whole");
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str()?.split(';').next().unwrap_or_default();
            let (name, value) = text.split_once('=').unwrap_or((text, ""));
            if value.is_empty() {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Ok(Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        })
    }

    /// `GET`; the line holds.
    pub async fn get(&self, path: &str) -> Answer {
        let request = self.request(Method::GET, path).body(empty());
        let answer = self.send(request.expect("a request")).await;
        answer.unwrap_or_else(|e| panic!("GET {path}: {e:?}"))
    }

    /// A form as browsers send it.
    pub async fn try_post(&self, path: &str, fields: &[(&str, &str)]) -> Result<Answer, Broken> {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(whole(form));
        self.send(request?).await
    }

    /// The same; the line holds.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.try_post(path, fields).await;
        answer.unwrap_or_else(|e| panic!("POST {path}: {e:?}"))
    }

    /// A form in parts, with a file if there is one: field, name, content.
    pub async fn post_parts(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        file: Option<(&str, &str, &[u8])>,
    ) -> Answer {
        const BOUNDARY: &str = "----one-part-of-a-form";
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"");
            body.extend_from_slice(format!("{head}\r\n\r\n{value}\r\n").as_bytes());
        }
        if let Some((name, file_name, content)) = file {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; \
                 filename=\"{file_name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, kind)
            .body(whole(body));
        let answer = self.send(request.expect("a request")).await;
        answer.unwrap_or_else(|e| panic!("POST {path}: {e:?}"))
    }
}

fn connections() -> Http<HttpConnector, Body> {
    Http::builder(TokioExecutor::new()).build_http()
}

/// A body of nothing.
pub fn empty() -> Body {
    whole(Bytes::new())
}

/// A body that is all there.
pub fn whole(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).boxed_unsync()
}

/// A body that is sent in pieces of 64 KiB, with a count of the bytes handed to the line so
/// far. When `at` bytes are, `then` is done.
pub fn pieces(
    bytes: Bytes,
    at: usize,
    then: impl FnOnce() + Send + 'static,
) -> (Body, Arc<AtomicU64>) {
    const PIECE: usize = 64 << 10;
    let sent = Arc::new(AtomicU64::new(0));
    let count = sent.clone();
    let mut then = Some(then);
    let pieces = (0..bytes.len()).step_by(PIECE).map(move |from| {
        if from + PIECE > at
            && let Some(then) = then.take()
        {
            then();
        }
        let piece = bytes.slice(from..bytes.len().min(from + PIECE));
        count.fetch_add(piece.len() as u64, Ordering::SeqCst);
        Ok(Frame::data(piece))
    });
    let body = StreamBody::new(futures_util::stream::iter(pieces));
    (BodyExt::boxed_unsync(body), sent)
}
