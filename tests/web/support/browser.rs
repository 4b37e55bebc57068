//! Somebody who visits the site.
use std::net::SocketAddr;
use std::sync::Mutex;

use axum::Router;
use axum::body::Body;
use daebon::app::serve;
use daebon::state::AppState;
use daebon::web::client::Peer;
use http::{HeaderName, HeaderValue, Request, header};
use http_body_util::BodyExt;

use super::{Answer, Form};

/// Keeps cookies, sends `Host`, and holds every answer against what all of them owe.
pub struct Browser {
    state: AppState,
    router: Router,
    cookies: Mutex<Vec<(String, String)>>,
    /// The other end of the connection.
    pub peer: SocketAddr,
    /// Sent with every request that does not say otherwise.
    pub headers: Vec<(&'static str, String)>,
}

impl Browser {
    /// Without cookies, from this machine.
    pub fn new(state: AppState, router: Router) -> Self {
        Self {
            state,
            router,
            cookies: Mutex::default(),
            peer: SocketAddr::from(([127, 0, 0, 1], 50_000)),
            headers: Vec::new(),
        }
    }

    /// The same person with one more header in every request.
    pub fn sending(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The same person at another address.
    pub fn at(mut self, address: &str) -> Self {
        self.peer = SocketAddr::new(address.parse().expect("an address"), 50_000);
        self
    }

    pub async fn get(&self, target: &str) -> Answer {
        self.get_with(target, &[]).await
    }

    pub async fn get_with(&self, target: &str, headers: &[(&'static str, &str)]) -> Answer {
        self.ask(request("GET", target, headers)).await
    }

    pub async fn head(&self, target: &str) -> Answer {
        self.ask(request("HEAD", target, &[])).await
    }

    /// Sends a form where its page says.
    pub async fn submit(&self, form: Form) -> Answer {
        self.ask(form.request()).await
    }

    /// Sends any request, with what a browser adds to it.
    pub async fn ask(&self, mut request: Request<Body>) -> Answer {
        let asked = format!("{} {}", request.method(), request.uri());
        let path = request.uri().path().to_owned();
        let headers = request.headers_mut();
        for (name, value) in &self.headers {
            let name = HeaderName::from_static(name);
            headers
                .entry(name)
                .or_insert(value.parse().expect("a value"));
        }
        if !headers.contains_key(header::HOST) && !headers.contains_key("x-no-host") {
            let host = HeaderValue::from_str(self.state.base_url.authority());
            headers.insert(header::HOST, host.expect("a value"));
        }
        headers.remove("x-no-host");
        let cookies = self.cookie_header();
        if !cookies.is_empty() {
            headers.insert(header::COOKIE, cookies.parse().expect("a value"));
        }
        let peer = Peer(self.peer);
        let response = serve::answer_one(&self.state, self.router.clone(), peer, request).await;
        let (parts, body) = response.into_parts();
        let answer = Answer {
            asked,
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.expect("a whole body").to_bytes(),
        };
        self.keep(&answer);
        check(&path, &answer);
        answer
    }

    /// The value of a cookie that is kept.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.cookies.lock().expect("no panic");
        let found = cookies.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.clone())
    }

    /// Keeps a cookie.
    pub fn keep_cookie(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.lock().expect("no panic");
        cookies.retain(|(n, _)| n != name);
        cookies.push((name.to_owned(), value.to_owned()));
    }

    fn cookie_header(&self) -> String {
        let cookies = self.cookies.lock().expect("no panic");
        let pairs: Vec<String> = cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        pairs.join("; ")
    }

    fn keep(&self, answer: &Answer) {
        for cookie in answer.all("set-cookie") {
            let (pair, attributes) = cookie.split_once(';').expect("attributes");
            let (name, value) = pair.split_once('=').expect("a pair");
            if attributes.contains("Max-Age=0") {
                self.cookies
                    .lock()
                    .expect("no panic")
                    .retain(|(n, _)| n != name);
            } else {
                self.keep_cookie(name, value);
            }
        }
    }
}

/// A request without a body.
pub fn request(method: &str, target: &str, headers: &[(&'static str, &str)]) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).expect("a request")
}

/// What every answer owes, whoever asked and whatever became of it.
fn check(path: &str, answer: &Answer) {
    let asked = &answer.asked;
    // A 304 has no content: what the client stored with the bytes still stands, and of these
    // only the policy is said again (RFC 9110 section 15.4.5, RFC 9111 section 3.2).
    let is_whole = answer.status.as_u16() != 304;
    for (name, wanted) in [
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        if is_whole {
            assert_eq!(answer.header(name), wanted, "{asked}: {name}");
        }
    }
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src '"), "{asked}: {policy}");
    assert!(!policy.contains("unsafe"), "{asked}: {policy}");
    for name in ["referrer-policy", "permissions-policy"] {
        assert!(
            !is_whole || !answer.header(name).is_empty(),
            "{asked}: {name}"
        );
    }
    assert_ne!(answer.status.as_u16(), 500, "{asked}");
    let is_admin = path == "/admin" || path.starts_with("/admin/");
    // A wrong host is answered before anybody knows what was asked for.
    if is_admin && !matches!(answer.status.as_u16(), 400 | 421) {
        assert_eq!(answer.header("cache-control"), "no-store", "{asked}");
        assert_eq!(answer.header("x-robots-tag"), "noindex", "{asked}");
    }
    if !is_admin {
        assert!(!answer.headers.contains_key("set-cookie"), "{asked}");
        assert!(!answer.header("vary").contains("Cookie"), "{asked}");
    }
}
