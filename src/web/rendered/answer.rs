//! One finished answer: its bytes in every coding, with all of its headers made beforehand.
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use sha2::{Digest, Sha256};

use super::compress;
use super::policy::Policy;
use super::rope::Rope;
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result};
use crate::web::conditional::{self, Encoding};
use crate::web::headers;

/// Larger bodies are compressed in the background, so that nobody waits for it.
pub(super) const GZIP_AT_ONCE_BYTES: usize = 4 << 20;
/// What an answer takes besides its bodies: headers of four forms, keys.
const OVERHEAD_BYTES: usize = 4 << 10;

/// What a builder had at hand besides the bytes.
#[derive(Debug, Clone, Default)]
pub struct Prepared {
    /// Names the bytes in the tags; settled by the bytes alone.
    pub sha: Option<[u8; 32]>,
    /// A gzip form that was quick to make, and is sent until the better one is there.
    pub quick_gzip: Option<Rope>,
    /// The gzip form.
    pub gzip: Option<Rope>,
    /// The brotli form.
    pub brotli: Option<Rope>,
    /// The Zstandard form.
    pub zstd: Option<Rope>,
}

/// Takes an answer that has all of its codings.
pub type Finished = Box<dyn FnOnce(&Answer) + Send + Sync>;

/// An answer before it is finished: what a builder hands over.
pub struct Draft {
    /// The bytes, in no coding.
    pub body: Rope,
    /// What of it is made already.
    pub prepared: Prepared,
    /// Called in the background once every coding is made, if the answer is still kept then.
    pub finished: Option<Finished>,
    /// `text/html; charset=utf-8` and the like.
    pub content_type: &'static str,
    /// When the bytes last changed, never the present; `None` where nobody knows.
    pub last_modified: Option<Instant>,
    /// How it may be kept.
    pub policy: Policy,
    /// Whether the site speaks TLS to the world.
    pub https: bool,
}

/// Tells the tag of a gzip form that was quick to make.
pub(super) const QUICK: &str = "-gj";

/// What a 304 says besides the tag (RFC 9110 section 15.4.5); what else the 200 said, the
/// client has kept with the bytes (RFC 9111 section 3.2). The policy stands on every answer.
const OF_304: [HeaderName; 5] = [
    header::CACHE_CONTROL,
    header::VARY,
    header::CONTENT_SECURITY_POLICY,
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::STRICT_TRANSPORT_SECURITY,
];

/// The bytes in one coding, with the headers of its 200 and of its 304.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) body: Rope,
    pub(super) etag: String,
    pub(super) full: HeaderMap,
    pub(super) unchanged: HeaderMap,
}

/// A finished answer. Immutable, but for codings that are added once they are made.
pub struct Answer {
    pub(super) identity: Form,
    /// Has a tag of its own, which stays good when the better one is there.
    quick_gzip: Option<Form>,
    gzip: OnceLock<Form>,
    brotli: OnceLock<Form>,
    zstd: OnceLock<Form>,
    pub(super) hash: String,
    /// Later than any date of a request where it is not known.
    pub(super) last_modified_s: i64,
    /// Whether the codings that take long are made, or are in the making.
    compressed: AtomicBool,
    finished: Mutex<Option<Finished>>,
}

impl Answer {
    /// Finishes a draft: hashes it, makes its headers, and compresses it unless it is large.
    /// Takes milliseconds: not for the threads that serve.
    ///
    /// # Errors
    /// `Internal`, if a header cannot be made.
    pub fn finish(draft: Draft) -> Result<Self> {
        let prepared = draft.prepared;
        let codings = draft.policy != Policy::Picture;
        let sha = prepared.sha.unwrap_or_else(|| {
            let mut sha = Sha256::new();
            for piece in draft.body.pieces() {
                sha.update(piece);
            }
            sha.finalize().into()
        });
        let hash = data_encoding::HEXLOWER.encode(&sha[..16]);
        let last_modified_s = draft.last_modified.map_or(i64::MAX, Instant::seconds);
        let base = base_headers(
            draft.content_type,
            draft.policy,
            draft.last_modified,
            draft.https,
        )?;
        let identity = Form::new(draft.body, &hash, "", Encoding::Identity, &base)?;
        let quick = |body: Rope| Form::new(body, &hash, QUICK, Encoding::Gzip, &base);
        let quick_gzip = prepared.quick_gzip.map(quick).transpose()?;
        let answer = Self {
            identity,
            quick_gzip,
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
            zstd: OnceLock::new(),
            hash,
            last_modified_s,
            compressed: AtomicBool::new(!codings),
            finished: Mutex::new(draft.finished),
        };
        let made = [
            (Encoding::Gzip, prepared.gzip),
            (Encoding::Brotli, prepared.brotli),
            (Encoding::Zstd, prepared.zstd),
        ];
        for (encoding, body) in made {
            if let Some(body) = body {
                answer.add(encoding, body);
            }
        }
        if codings
            && answer.quick_gzip.is_none()
            && answer.identity.body.len() <= GZIP_AT_ONCE_BYTES
        {
            answer.compress(Encoding::Gzip);
        }
        Ok(answer)
    }

    /// Makes the form of a coding, if it is not there yet and is worth it. Takes from
    /// milliseconds to seconds.
    pub(super) fn compress(&self, encoding: Encoding) {
        let Some(cell) = self.cell(encoding) else {
            return;
        };
        let identity = &self.identity.body;
        if cell.get().is_some() || identity.len() < compress::WORTH_BYTES {
            return;
        }
        let Some(body) = compress::compress(identity, encoding) else {
            return;
        };
        self.add(encoding, Bytes::from(body).into());
    }

    /// Adds the form of a coding, unless it gains nothing.
    fn add(&self, encoding: Encoding, body: Rope) {
        let Some(cell) = self.cell(encoding) else {
            return;
        };
        if body.len() >= self.identity.body.len() {
            return;
        }
        let mut base = self.identity.full.clone();
        base.remove(header::ETAG);
        base.remove(header::CONTENT_LENGTH);
        if let Ok(form) = Form::new(body, &self.hash, suffix(encoding), encoding, &base) {
            let _ = cell.set(form);
        }
    }

    fn cell(&self, encoding: Encoding) -> Option<&OnceLock<Form>> {
        match encoding {
            Encoding::Identity => None,
            Encoding::Gzip => Some(&self.gzip),
            Encoding::Brotli => Some(&self.brotli),
            Encoding::Zstd => Some(&self.zstd),
        }
    }

    fn form(&self, encoding: Encoding) -> Option<&Form> {
        match self.cell(encoding) {
            None => Some(&self.identity),
            Some(cell) if encoding == Encoding::Gzip => cell.get().or(self.quick_gzip.as_ref()),
            Some(cell) => cell.get(),
        }
    }

    /// Whether the codings that take long are yet to be made; true once, to one caller.
    pub(super) fn take_compressing(&self) -> bool {
        // The load comes first since this is asked with every request.
        !self.compressed.load(Ordering::Relaxed) && !self.compressed.swap(true, Ordering::Relaxed)
    }

    /// The uncompressed bytes.
    pub fn body(&self) -> &Rope {
        &self.identity.body
    }

    /// The bytes in a coding, if it is made.
    pub fn coded(&self, encoding: Encoding) -> Option<&Rope> {
        self.form(encoding).map(|form| &form.body)
    }

    /// Tells who wanted to know that every coding is made; once.
    pub(super) fn tell_finished(&self) {
        let waiting = self
            .finished
            .lock()
            .unwrap_or_else(|e| e.into_inner())
            .take();
        if let Some(tell) = waiting {
            tell(self);
        }
    }

    /// Memory that it takes, in bytes.
    pub fn weight_bytes(&self) -> usize {
        let forms = Encoding::ALL.into_iter().filter_map(|e| self.form(e));
        let bodies: usize = forms.map(|f| f.body.len()).sum();
        OVERHEAD_BYTES + bodies
    }

    /// The response to a GET or HEAD: 200, or 304 if the client has these bytes already.
    pub fn respond(&self, method: &Method, request: &HeaderMap) -> Response {
        let text = |name: HeaderName| request.get(name).and_then(|v| v.to_str().ok());
        let form = self.choose(text(header::ACCEPT_ENCODING));
        let tags = text(header::IF_NONE_MATCH);
        // A header that is no text matches nothing, and is still there: the date does not count.
        let tagged = request.contains_key(header::IF_NONE_MATCH);
        let since = text(header::IF_MODIFIED_SINCE).filter(|_| !tagged);
        let matches =
            |form: &Form| conditional::not_modified(tags, since, &form.etag, self.last_modified_s);
        if tagged || since.is_some() {
            // The client may hold another form than the one that would be sent now, such as the
            // gzip form of before the brotli one was made. The bytes within are the same.
            let held = Some(form).filter(|f| matches(f)).or_else(|| {
                let others = Encoding::ALL.into_iter().filter_map(|e| self.form(e));
                others
                    .into_iter()
                    .chain(&self.quick_gzip)
                    .find(|f| matches(f))
            });
            if let Some(held) = held {
                return response(
                    StatusCode::NOT_MODIFIED,
                    held.unchanged.clone(),
                    Body::empty(),
                );
            }
        }
        let body = if *method == Method::HEAD {
            Body::empty()
        } else {
            Body::new(form.body.clone().into_body())
        };
        response(StatusCode::OK, form.full.clone(), body)
    }

    fn choose(&self, accept: Option<&str>) -> &Form {
        let Some(accept) = accept else {
            return &self.identity;
        };
        let accepted = conditional::accept_encoding(Some(accept));
        let mut available = [Encoding::Identity; 4];
        for (place, encoding) in available.iter_mut().zip(Encoding::ALL) {
            if self.form(encoding).is_some() {
                *place = encoding;
            }
        }
        self.form(accepted.choose(&available))
            .unwrap_or(&self.identity)
    }
}

pub(super) fn response(status: StatusCode, headers: HeaderMap, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// What tells the tags of the codings apart.
fn suffix(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Identity => "",
        Encoding::Gzip => "-gz",
        Encoding::Brotli => "-br",
        Encoding::Zstd => "-zs",
    }
}

impl Form {
    pub(super) fn new(
        body: Rope,
        hash: &str,
        suffix: &str,
        encoding: Encoding,
        base: &HeaderMap,
    ) -> Result<Self> {
        let etag = format!("\"{hash}{suffix}\"");
        let mut unchanged: HeaderMap = OF_304
            .iter()
            .filter_map(|name| Some((name.clone(), base.get(name)?.clone())))
            .collect();
        unchanged.insert(header::ETAG, value(&etag)?);
        let mut full = base.clone();
        full.insert(header::ETAG, value(&etag)?);
        full.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        if encoding != Encoding::Identity {
            full.insert(
                header::CONTENT_ENCODING,
                HeaderValue::from_static(encoding.name()),
            );
        }
        Ok(Self {
            body,
            etag,
            full,
            unchanged,
        })
    }
}

/// Everything but what differs by form.
fn base_headers(
    content_type: &'static str,
    policy: Policy,
    last_modified: Option<Instant>,
    https: bool,
) -> Result<HeaderMap> {
    let mut map = HeaderMap::new();
    let mut add = |name, text| map.insert(name, HeaderValue::from_static(text));
    add(header::CONTENT_TYPE, content_type);
    add(header::CACHE_CONTROL, policy.cache_control());
    if let Some(vary) = policy.vary() {
        add(header::VARY, vary);
    }
    if policy == Policy::Open {
        add(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }
    if policy == Policy::Picture {
        add(header::CONTENT_SECURITY_POLICY, headers::MEDIA_CSP);
    }
    if policy == Policy::Framed {
        add(header::CONTENT_SECURITY_POLICY, headers::EMBED_CSP);
    }
    if let Some(at) = last_modified {
        map.insert(header::LAST_MODIFIED, value(&http_date(at.seconds()))?);
    }
    headers::complete(&mut map, https);
    Ok(map)
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` of whole seconds since 1970.
pub fn http_date(seconds: i64) -> String {
    let since = std::time::Duration::from_secs(seconds.max(0).unsigned_abs());
    httpdate::fmt_http_date(std::time::UNIX_EPOCH + since)
}

fn value(text: &str) -> Result<HeaderValue> {
    HeaderValue::from_str(text).map_err(|e| Error::Internal(e.into()))
}
