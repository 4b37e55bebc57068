//! Answers GET and HEAD for a file of the media store: validators, ranges, and the headers
//! under which a stranger's file can do no harm (RFC 9110 sections 13 and 14, HARDENING M3, L6).
use std::fs::File;
use std::sync::{Arc, OnceLock};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::kernel::ids::random_base32;
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result};
use crate::ports::media::MediaStore;
use crate::web::file_body::{FileBody, Piece};
use crate::web::range::{self, Range, Ranges};
use crate::web::rendered::http_date;
use crate::web::{conditional, headers, task};

/// Who may keep the file, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilePolicy {
    /// A public recording: any site's script may read it; asked for anew after a minute, since
    /// it may be replaced or withdrawn.
    Public,
    /// Named by its content: kept for a year.
    Immutable,
    /// Not public: kept by nobody, found by nobody.
    Private,
}

/// A file and what is said of it.
#[derive(Debug, Clone)]
pub struct FileToServe {
    /// SHA-256 of the content, its name in the media store.
    pub hash: String,
    /// Length in bytes, as the database has it.
    pub length_bytes: u64,
    /// `audio/mpeg` and the like, from our own list.
    pub media_type: &'static str,
    /// What a browser calls it when it is saved; see [`download_name`].
    pub filename: String,
    /// When the address last led to other bytes; `None` if it never does.
    pub last_modified: Option<Instant>,
    /// Who may keep it.
    pub policy: FilePolicy,
    /// The file, once it was opened and found whole: kept by who keeps this.
    pub opened: OnceLock<Arc<File>>,
}

/// Answers a request for a file. Takes 128 KiB of memory, whatever its length.
///
/// # Errors
/// `NotFound` if the file is gone, `Internal` if its length is not what the database says:
/// nobody gets half a file with a 200.
pub async fn serve(
    media: &MediaStore,
    https: bool,
    file: &FileToServe,
    method: &Method,
    request: &HeaderMap,
) -> Result<Response> {
    let etag = format!("\"{}\"", file.hash.get(..32).unwrap_or(&file.hash));
    // Without a date no date of a request matches.
    let modified_s = file.last_modified.map_or(i64::MAX, Instant::seconds);
    let mut headers = base_headers(file, &etag, https)?;
    let text = |name: HeaderName| request.get(name).and_then(|v| v.to_str().ok());
    let tagged = request.contains_key(header::IF_NONE_MATCH);
    if conditional::not_modified(
        text(header::IF_NONE_MATCH).or(tagged.then_some("")),
        text(header::IF_MODIFIED_SINCE),
        &etag,
        modified_s,
    ) {
        headers.remove(header::CONTENT_TYPE);
        headers.remove(header::CONTENT_DISPOSITION);
        return Ok(response(StatusCode::NOT_MODIFIED, headers, Body::empty()));
    }
    let length = file.length_bytes;
    if *method == Method::HEAD {
        check_length(media, file).await?;
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        return Ok(response(StatusCode::OK, headers, Body::empty()));
    }
    let wanted = match (text(header::RANGE), request.contains_key(header::IF_RANGE)) {
        (None, _) => Ranges::Whole,
        (Some(range), false) => range::parse(range, length),
        (Some(range), true) => match text(header::IF_RANGE) {
            Some(held) if range::if_range_matches(held, &etag, modified_s) => {
                range::parse(range, length)
            }
            _ => Ranges::Whole,
        },
    };
    if wanted == Ranges::Unsatisfiable {
        headers.remove(header::CONTENT_TYPE);
        headers.remove(header::CONTENT_DISPOSITION);
        headers.insert(header::CONTENT_RANGE, value(&format!("bytes */{length}"))?);
        return Ok(response(
            StatusCode::RANGE_NOT_SATISFIABLE,
            headers,
            Body::empty(),
        ));
    }
    let opened = open(media, file).await?;
    let (status, pieces) = pieces(wanted, file, &mut headers)?;
    let body = FileBody::new(opened, pieces);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.length()));
    Ok(response(status, headers, Body::new(body)))
}

/// Status and pieces of the body; the headers that differ by them are set.
fn pieces(
    wanted: Ranges,
    file: &FileToServe,
    headers: &mut HeaderMap,
) -> Result<(StatusCode, Vec<Piece>)> {
    let length = file.length_bytes;
    match wanted {
        Ranges::Whole | Ranges::Unsatisfiable => {
            let whole = (length > 0).then(|| {
                Piece::Span(Range {
                    first: 0,
                    last: length - 1,
                })
            });
            Ok((StatusCode::OK, whole.into_iter().collect()))
        }
        Ranges::Single(range) => {
            headers.insert(header::CONTENT_RANGE, value(&content_range(range, length))?);
            Ok((StatusCode::PARTIAL_CONTENT, vec![Piece::Span(range)]))
        }
        Ranges::Several(ranges) => {
            // Random, so that it stands in no file.
            let boundary = random_base32::<30>();
            let mut pieces = Vec::with_capacity(2 * ranges.len() + 1);
            for (n, range) in ranges.into_iter().enumerate() {
                let line_end = if n == 0 { "" } else { "\r\n" };
                pieces.push(Piece::Text(Bytes::from(format!(
                    "{line_end}--{boundary}\r\nContent-Type: {}\r\nContent-Range: {}\r\n\r\n",
                    file.media_type,
                    content_range(range, length)
                ))));
                pieces.push(Piece::Span(range));
            }
            pieces.push(Piece::Text(Bytes::from(format!("\r\n--{boundary}--\r\n"))));
            let kind = format!("multipart/byteranges; boundary={boundary}");
            headers.insert(header::CONTENT_TYPE, value(&kind)?);
            Ok((StatusCode::PARTIAL_CONTENT, pieces))
        }
    }
}

fn content_range(range: Range, length: u64) -> String {
    format!("bytes {}-{}/{length}", range.first, range.last)
}

fn base_headers(file: &FileToServe, etag: &str, https: bool) -> Result<HeaderMap> {
    let mut map = HeaderMap::with_capacity(20);
    let fixed = |text| HeaderValue::from_static(text);
    map.insert(header::CONTENT_TYPE, fixed(file.media_type));
    map.insert(header::ACCEPT_RANGES, fixed("bytes"));
    map.insert(header::ETAG, value(etag)?);
    if let Some(at) = file.last_modified {
        map.insert(header::LAST_MODIFIED, value(&http_date(at.seconds()))?);
    }
    map.insert(
        header::CONTENT_DISPOSITION,
        value(&disposition(&file.filename))?,
    );
    map.insert(header::CONTENT_SECURITY_POLICY, fixed(headers::MEDIA_CSP));
    let kept = match file.policy {
        FilePolicy::Public => "public, max-age=60, must-revalidate",
        FilePolicy::Immutable => "public, max-age=31536000, immutable",
        FilePolicy::Private => "no-store",
    };
    map.insert(header::CACHE_CONTROL, fixed(kept));
    if file.policy == FilePolicy::Private {
        headers::private(&mut map);
        map.insert(header::REFERRER_POLICY, fixed("no-referrer"));
    } else {
        map.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, fixed("*"));
    }
    headers::complete(&mut map, https);
    Ok(map)
}

async fn check_length(media: &MediaStore, file: &FileToServe) -> Result<()> {
    let (media, hash) = (media.clone(), file.hash.clone());
    let there = task::blocking(move || Ok(media.length_bytes(&hash))).await?;
    check(file, there)
}

/// Opens the file and looks at its length: what is too short is not begun.
async fn open(media: &MediaStore, file: &FileToServe) -> Result<Arc<File>> {
    if let Some(opened) = file.opened.get() {
        return Ok(opened.clone());
    }
    let (store, hash) = (media.clone(), file.hash.clone());
    let opened = task::blocking(move || match store.open(&hash) {
        Ok(opened) => {
            let meta = opened.metadata()?;
            Ok(meta.is_file().then_some((opened, meta.len())))
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e.into()),
    })
    .await?;
    check(file, opened.as_ref().map(|(_, length)| *length))?;
    let (opened, _) = opened.ok_or(Error::NotFound)?;
    Ok(file.opened.get_or_init(|| Arc::new(opened)).clone())
}

fn check(file: &FileToServe, there: Option<u64>) -> Result<()> {
    match there {
        Some(length) if length == file.length_bytes => Ok(()),
        Some(length) => Err(Error::Internal(anyhow::anyhow!(
            "the file {} has {length} bytes instead of {}",
            file.hash,
            file.length_bytes
        ))),
        None => {
            tracing::error!(
                hash = file.hash,
                "a file that the database names is missing"
            );
            Err(Error::NotFound)
        }
    }
}

/// `attr-char` of RFC 8187 section 3.2.1.
const EXTENDED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// `inline` with the name in both forms of RFC 6266 (appendix D).
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            '"' | '\\' | '%' => '_',
            ' '..='~' => c,
            _ => '_',
        })
        .collect();
    if plain == name {
        return format!("inline; filename=\"{plain}\"");
    }
    let extended = utf8_percent_encode(name, EXTENDED);
    format!("inline; filename=\"{plain}\"; filename*=UTF-8''{extended}")
}

/// A name for saving a file: a title without what file systems refuse, at most 80 characters,
/// and the ending.
pub fn download_name(title: &str, extension: &str) -> String {
    let name: String = title
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            c if c.is_control() => ' ',
            c => c,
        })
        .take(80)
        .collect();
    let name = name.trim().trim_matches('.').trim();
    let name = if name.is_empty() { "recording" } else { name };
    format!("{name}.{extension}")
}

fn response(status: StatusCode, headers: HeaderMap, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

fn value(text: &str) -> Result<HeaderValue> {
    HeaderValue::from_str(text).map_err(|e| Error::Internal(e.into()))
}

#[cfg(test)]
mod tests;
