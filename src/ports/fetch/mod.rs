//! The one door to other sites: whatever the program asks of the network goes through
//! [`Fetch::fetch`] (HARDENING S1–S4).
//!
//! Only http and https at ports 80 and 443, without user names, proxies or cookies. Names are
//! looked up here, every address of a name must be public, and the connection goes to an
//! address that was checked. Redirects are followed by hand, each checked anew. Every step has
//! its time limit, every body its size. Whatever goes wrong looks the same from outside, so
//! that nobody learns by an import what stands in our network; the log says more.
mod address;
mod body;
mod memory;
mod network;
mod sent;
mod target;
#[cfg(test)]
mod tests;
mod web;

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

use memory::Memory;
use web::Web;

pub use address::is_public;
pub use sent::FilePart;

/// From the request to the head of the answer, where the request does not say otherwise.
const FIRST_BYTE: Duration = Duration::from_secs(15);

/// A request took too long, was answered with too much, not at all, or leads where nothing is
/// fetched from. One error for all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("could not be fetched")]
pub struct Failed;

/// What went wrong with a request to an address that the operator named: who may know it is whoever
/// set that address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// A step took too long, or all of it.
    Late,
    /// The answer is longer than was allowed.
    TooLong,
    /// Anything else.
    Unreachable,
}

/// One request; sent by [`Fetch::fetch`].
#[derive(Debug, Clone)]
pub struct Request {
    /// GET, HEAD, POST, PATCH or PUT.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// Headers beyond those that every request has.
    pub headers: HeaderMap,
    /// Empty for GET; where a file is sent, what stands before it.
    pub body: Bytes,
    attached: Option<sent::Attached>,
    most_bytes: usize,
    first_byte: Duration,
    total: Duration,
    named_by_operator: bool,
    head_only: bool,
}

impl Request {
    /// Asks for what stands at an address: at most so many bytes, after unpacking, and so long
    /// in all.
    pub fn get(url: &str, most_bytes: usize, total: Duration) -> Self {
        Self {
            method: Method::GET,
            url: url.to_owned(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            attached: None,
            most_bytes,
            first_byte: FIRST_BYTE,
            total,
            named_by_operator: false,
            head_only: false,
        }
    }

    /// Sends a form, as browsers write it. Limits as for [`Request::get`].
    pub fn post_form(
        url: &str,
        fields: &[(&str, &str)],
        most_bytes: usize,
        total: Duration,
    ) -> Self {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        Self {
            method: Method::POST,
            body: form.into(),
            headers: HeaderMap::from_iter([(header::CONTENT_TYPE, kind)]),
            ..Self::get(url, most_bytes, total)
        }
    }

    /// Sends a form with a file behind its fields. Their names and values are ours and go out as
    /// they are. The head of the answer may take as long as the whole: work is asked for, which
    /// grows with the file. Other limits as for [`Request::get`].
    pub fn post_file(
        url: &str,
        fields: &[(&str, &str)],
        file: FilePart,
        most_bytes: usize,
        total: Duration,
    ) -> Self {
        let (body, attached, kind) = sent::form(fields, file);
        let kind = HeaderValue::try_from(kind).ok();
        Self {
            method: Method::POST,
            body,
            attached: Some(attached),
            headers: kind
                .map(|kind| (header::CONTENT_TYPE, kind))
                .into_iter()
                .collect(),
            first_byte: total,
            ..Self::get(url, most_bytes, total)
        }
    }

    /// Sends JSON. Limits as for [`Request::get`].
    pub fn send_json(
        method: Method,
        url: &str,
        value: &impl serde::Serialize,
        most_bytes: usize,
        total: Duration,
    ) -> Self {
        let kind = HeaderValue::from_static("application/json");
        Self {
            method,
            // What is sent is ours, with texts for names: it can be written.
            body: serde_json::to_vec(value).unwrap_or_default().into(),
            headers: HeaderMap::from_iter([(header::CONTENT_TYPE, kind)]),
            first_byte: total,
            ..Self::get(url, most_bytes, total)
        }
    }

    /// Asks without a body. Limits as for [`Request::get`].
    pub fn bare(method: Method, url: &str, most_bytes: usize, total: Duration) -> Self {
        Self {
            method,
            ..Self::get(url, most_bytes, total)
        }
    }

    /// Sends these bytes of a file as they are. The head of the answer may take as long as the
    /// whole. Other limits as for [`Request::get`].
    pub fn send_file(
        method: Method,
        url: &str,
        file: Arc<std::fs::File>,
        range: Range<u64>,
        most_bytes: usize,
        total: Duration,
    ) -> Self {
        let kind = HeaderValue::from_static("application/octet-stream");
        Self {
            method,
            attached: Some(sent::piece(file, range)),
            headers: HeaderMap::from_iter([(header::CONTENT_TYPE, kind)]),
            first_byte: total,
            ..Self::get(url, most_bytes, total)
        }
    }

    /// Bytes of a file that it sends.
    #[cfg(test)]
    pub fn attached_bytes(&self) -> u64 {
        sent::length_bytes(&Bytes::new(), self.attached.as_ref())
    }

    /// The same with a header that is kept out of logs and is not sent on to another origin by
    /// a redirect.
    ///
    /// # Errors
    /// A value that no header can hold.
    pub fn with_secret(mut self, name: HeaderName, value: &str) -> Result<Self, Failed> {
        let mut value = HeaderValue::from_str(value).map_err(|_| Failed)?;
        value.set_sensitive(true);
        self.headers.insert(name, value);
        Ok(self)
    }

    /// The body is not waited for: the answer's is empty. Many servers answer HEAD otherwise than
    /// GET, so it stays a GET.
    pub fn head_only(mut self) -> Self {
        self.head_only = true;
        self
    }

    /// The operator named this address at the start: its own scheme, host and port may be
    /// anywhere, also in a private network. Redirects elsewhere are checked as ever.
    pub fn named_by_operator(mut self) -> Self {
        self.named_by_operator = true;
        self
    }
}

/// An answer, whatever its status.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, unpacked.
    pub body: Bytes,
    /// Where it came from, after redirects.
    pub url: String,
}

impl Answer {
    /// An answer of nothing but a status, for tests.
    pub fn of(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            url: String::new(),
        }
    }
}

/// Asks other sites. Cheap to clone.
#[derive(Clone)]
pub enum Fetch {
    /// Over the network.
    Web(Arc<Web>),
    /// Answers from memory: for tests.
    Memory(Arc<Memory>),
}

impl Fetch {
    /// Over the network, with the name of this program and the address of this site.
    pub fn web(site: &str) -> Self {
        let version = env!("CARGO_PKG_VERSION");
        let name = format!("Daebon/{version} (+{site})");
        let name = HeaderValue::try_from(name).unwrap_or_else(|_| {
            HeaderValue::from_static(concat!("Daebon/", env!("CARGO_PKG_VERSION")))
        });
        Self::Web(Arc::new(Web::new(name)))
    }

    /// From memory, by a function.
    pub fn in_memory(
        answering: impl FnMut(&Request) -> Result<Answer, Failed> + Send + 'static,
    ) -> Self {
        Self::Memory(Arc::new(Memory::new(Box::new(answering))))
    }

    /// Sends a request and reads the answer to its end; at most four are under way at a time.
    ///
    /// # Errors
    /// [`Failed`], whatever went wrong; a status of 400 or 500 is an answer.
    pub async fn fetch(&self, request: &Request) -> Result<Answer, Failed> {
        match self {
            Self::Web(web) => web.fetch(request).await,
            Self::Memory(memory) => memory.fetch(request),
        }
    }

    /// The same for an address that the operator named, telling what went wrong. A redirect of a
    /// file to another origin is an answer.
    ///
    /// # Errors
    /// See [`Trouble`]; `Unreachable` for every fault with an address that he did not name.
    pub async fn fetch_named(&self, request: &Request) -> Result<Answer, Trouble> {
        let outcome = match self {
            Self::Web(web) => web.attempt(request).await,
            Self::Memory(memory) => memory.fetch(request).map_err(|_| Trouble::Unreachable),
        };
        outcome.map_err(|trouble| match request.named_by_operator {
            true => trouble,
            false => Trouble::Unreachable,
        })
    }

    /// What was asked so far, in the form in memory.
    pub fn heard(&self) -> Vec<Request> {
        match self {
            Self::Web(_) => Vec::new(),
            Self::Memory(memory) => memory.heard(),
        }
    }
}

/// Whether a request of the operator's can go to an address: http or https, without user name.
pub fn is_fetchable_for_operator(url: &str) -> bool {
    target::origin_of(url).is_some_and(|origin| target::Target::parse(url, Some(&origin)).is_some())
}
