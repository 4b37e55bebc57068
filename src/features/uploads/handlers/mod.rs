//! HTTP of uploads: tus 1.0 below `/admin/uploads` and `/api/v1/uploads`, and files that come whole.
mod whole;

pub use whole::{SoundFile, receive_whole};

use std::time::{Duration, UNIX_EPOCH};

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use tokio::sync::mpsc;

use crate::features::posts;
use crate::features::recordings::{self, Recording, size_text};
use crate::features::uploads::checksum::{ALGORITHMS, Checksum};
use crate::features::uploads::extract::Sender;
use crate::features::uploads::model::{
    Metadata, PATIENCE, TUS_EXTENSIONS, TUS_VERSION, Upload, bad_header, busy,
};
use crate::features::uploads::receive::{Progress, receive};
use crate::features::uploads::{actions, store};
use crate::kernel::ids::UploadId;
use crate::kernel::time::{Instant, clock_length};
use crate::kernel::{Error, Message, Result};
use crate::state::AppState;
use crate::web::form;
use crate::web::pace::PacedBody;
use crate::web::task::detached;
use crate::web::ui::Ui;

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
/// Pieces of a body that wait for the disk.
const PIECES_WAITING: usize = 4;

/// `OPTIONS /admin/uploads`: what is spoken here.
#[cfg_attr(test, utoipa::path(options, path = "/api/v1/uploads", tag = "uploads", summary = "What of tus 1.0 is spoken here.", responses((status = 204, headers(("Tus-Version" = String), ("Tus-Extension" = String), ("Tus-Checksum-Algorithm" = String), ("Tus-Max-Size" = u64))))))]
pub async fn options(State(state): State<AppState>) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    let mut set = |name, value| headers.insert(HeaderName::from_static(name), value);
    set("tus-version", HeaderValue::from_static(TUS_VERSION));
    set("tus-resumable", HeaderValue::from_static(TUS_VERSION));
    set(
        "tus-checksum-algorithm",
        HeaderValue::from_static(ALGORITHMS),
    );
    set("tus-extension", HeaderValue::from_static(TUS_EXTENSIONS));
    set(
        "tus-max-size",
        HeaderValue::from(state.config.max_upload_bytes),
    );
    response
}

/// `POST /admin/uploads` with `Upload-Length` and `Upload-Metadata`: begins an upload.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/uploads", tag = "uploads", summary = "Begins a resumable upload (tus 1.0).", description = "`Upload-Metadata` names the `post` that gets the file, its `filename`, and its `place`: `recording`, as without it, or `alternate`. The file itself comes with `PATCH`.", params(("Tus-Resumable" = String, Header, pattern = "^1\\.0\\.0$"), ("Upload-Length" = u64, Header), ("Upload-Metadata" = String, Header, pattern = "(^|,) ?post [A-Za-z0-9+/]{16}(,|$)")), responses((status = 201, headers(("Location" = String), ("Upload-Offset" = u64), ("Upload-Expires" = String))))))]
pub async fn create(State(state): State<AppState>, sender: Sender, headers: HeaderMap) -> Response {
    tus(&headers, async {
        sender.require_sending(&headers)?;
        let length = number(&headers, &LENGTH)?;
        let told = headers.get("upload-metadata").and_then(|v| v.to_str().ok());
        let wanted = Metadata::parse(told.ok_or_else(bad_header)?)?;
        posts::require_access(&state.db, &sender.user, &wanted.post).await?;
        let by = sender.user.id.clone();
        let upload =
            detached(async move { actions::create(&state, &by, wanted, length).await }).await?;
        let location = sender.address(&upload.id);
        let mut response = StatusCode::CREATED.into_response();
        let location = HeaderValue::from_str(&location);
        let location = location.map_err(|e| Error::Internal(e.into()))?;
        response.headers_mut().insert(header::LOCATION, location);
        describe(response.headers_mut(), &upload);
        Ok(response)
    })
    .await
}

/// `HEAD /admin/uploads/{id}`: how much of it is safe. Ends a request that still sends.
#[cfg_attr(test, utoipa::path(head, path = "/api/v1/uploads/{id}", tag = "uploads", summary = "How much of an upload is safe.", params(("id" = String, Path), ("Tus-Resumable" = String, Header, pattern = "^1\\.0\\.0$")), responses((status = 200, headers(("Upload-Offset" = u64), ("Upload-Length" = u64), ("Upload-Expires" = String))))))]
pub async fn status(
    State(state): State<AppState>,
    sender: Sender,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    tus(&headers, async {
        sender.require_asking()?;
        let upload = find(&state, &sender, &id).await?;
        posts::find_living(&state.db, &upload.post).await?;
        // Who asks wants to go on: bytes that still seem to come in do so on a line that the
        // client gave up. What they brought is synced before the answer.
        let held = state.busy_uploads.take_over(&upload.id, PATIENCE).await;
        let upload = find(&state, &sender, &id).await?;
        drop(held);
        let mut response = StatusCode::OK.into_response();
        describe(response.headers_mut(), &upload);
        Ok(response)
    })
    .await
}

/// `PATCH /admin/uploads/{id}` with `Upload-Offset`: bytes from there on. 204 while there are
/// more to come; a page gets 200 and what the file holds with the last one. Sent again without
/// bytes, the last answer comes again.
#[cfg_attr(test, utoipa::path(patch, path = "/api/v1/uploads/{id}", tag = "uploads", summary = "Bytes of an upload from an offset on.", description = "With the last byte the post has the file; a file that is none is refused with 422 and forgotten.", params(("id" = String, Path), ("Tus-Resumable" = String, Header, pattern = "^1\\.0\\.0$"), ("Upload-Offset" = u64, Header), ("Upload-Checksum" = Option<String>, Header, pattern = "^(sha1 [A-Za-z0-9+/]{26}|sha256 [A-Za-z0-9+/]{42})[AEIMQUYcgkosw048]=$", description = "`sha256` or `sha1` and the sum in base64")), request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"), responses((status = 204, headers(("Upload-Offset" = u64), ("Upload-Expires" = String))))))]
pub async fn append(
    State(state): State<AppState>,
    sender: Sender,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let headers = parts.headers;
    tus(&headers, async {
        sender.require_sending(&headers)?;
        form::check_type(&headers, "application/offset+octet-stream")?;
        let offset = number(&headers, &OFFSET)?;
        let checksum = checksum(&headers)?;
        // Who is a stranger to the upload must not see whether somebody works on it.
        let upload = find(&state, &sender, &id).await?;
        let held = state.busy_uploads.try_hold(&upload.id).ok_or_else(busy)?;
        let upload = find(&state, &sender, &id).await?;
        posts::find_living(&state.db, &upload.post).await?;
        if offset != upload.offset_bytes {
            return Err(Error::Conflict(Message::new("error-upload-offset")));
        }
        let told = form::check_length(&headers, u64::MAX)?;
        if told.is_some_and(|n| n > upload.remaining_bytes()) {
            return Err(bad_header());
        }
        let progress = match &upload.recording {
            Some(recording) => Progress {
                recording: Some(recordings::find(&state.db, recording).await?),
                upload,
                is_refuted: false,
            },
            None => {
                let (sender, pieces) = mpsc::channel(PIECES_WAITING);
                let task = tokio::spawn(receive(state.clone(), upload, held, pieces, checksum));
                let pumped = pump(body, sender).await;
                let progress = task.await.map_err(|e| Error::Internal(e.into()))??;
                // What came before the line was cut is kept all the same.
                if progress.recording.is_none() {
                    pumped?;
                }
                progress
            }
        };
        if progress.is_refuted {
            return Ok(refuted(&progress.upload));
        }
        if !sender.is_page() {
            return Ok(progressed(&progress.upload));
        }
        let copy = posts::writing::working_copy(&state.db, &progress.upload.post).await?;
        let two = copy.content.alternate_id.is_some();
        Ok(progress_response(&progress, two, sender.ui))
    })
    .await
}

/// What the client says that its piece comes to, if it says so.
fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>> {
    let Some(told) = headers.get(&CHECKSUM) else {
        return Ok(None);
    };
    let told = told.to_str().map_err(|_| bad_header())?;
    Checksum::parse(told).map(Some)
}

/// A piece came as something else than it was sent; it is to be sent again.
fn refuted(upload: &Upload) -> Response {
    let mut response = Error::Mismatch(Message::new("error-upload-checksum")).into_response();
    describe(response.headers_mut(), upload);
    response
}

/// Hands a body on piece by piece, no faster than the disk takes it.
async fn pump(body: Body, sender: mpsc::Sender<bytes::Bytes>) -> Result<()> {
    let mut body = PacedBody::new(body);
    loop {
        // Whoever takes the pieces in may stop before their end, and will say why.
        let piece = tokio::select! {
            piece = body.next() => piece?,
            () = sender.closed() => None,
        };
        let Some(piece) = piece else { return Ok(()) };
        if sender.send(piece).await.is_err() {
            return Ok(());
        }
    }
}

/// `DELETE /admin/uploads/{id}`: cancels an upload.
#[cfg_attr(test, utoipa::path(delete, path = "/api/v1/uploads/{id}", tag = "uploads", summary = "Cancels an upload.", params(("id" = String, Path), ("Tus-Resumable" = String, Header, pattern = "^1\\.0\\.0$")), responses((status = 204))))]
pub async fn cancel(
    State(state): State<AppState>,
    sender: Sender,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    tus(&headers, async {
        sender.require_sending(&headers)?;
        let upload = find(&state, &sender, &id).await?;
        detached(async move { actions::cancel(&state, &upload).await }).await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

async fn find(state: &AppState, sender: &Sender, id: &str) -> Result<Upload> {
    let id: UploadId = id.parse().map_err(|_| Error::NotFound)?;
    let upload = store::find(&state.db, &id, &sender.user.id).await?;
    posts::require_access(&state.db, &sender.user, &upload.post).await?;
    Ok(upload)
}

/// Answers in the protocol: 412 for another version, and its header on every answer.
async fn tus(headers: &HeaderMap, answer: impl Future<Output = Result<Response>>) -> Response {
    let version = headers.get(&RESUMABLE);
    let mut response = if version.is_some_and(|v| v == TUS_VERSION) {
        answer.await.unwrap_or_else(IntoResponse::into_response)
    } else {
        let other = Message::new("error-upload-version").with("version", TUS_VERSION);
        let mut response = Error::OtherVersion(other).into_response();
        let known = HeaderName::from_static("tus-version");
        response
            .headers_mut()
            .insert(known, HeaderValue::from_static(TUS_VERSION));
        response
    };
    let headers = response.headers_mut();
    headers.insert(RESUMABLE, HeaderValue::from_static(TUS_VERSION));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64> {
    let text = headers.get(name).and_then(|v| v.to_str().ok());
    text.filter(|t| t.bytes().all(|b| b.is_ascii_digit()))
        .and_then(|t| t.parse().ok())
        .ok_or_else(bad_header)
}

fn describe(headers: &mut HeaderMap, upload: &Upload) {
    headers.insert(OFFSET, HeaderValue::from(upload.offset_bytes));
    headers.insert(LENGTH, HeaderValue::from(upload.length_bytes));
    if let Ok(expires) = HeaderValue::from_str(&http_date(upload.expires_at)) {
        headers.insert(EXPIRES, expires);
    }
}

fn http_date(at: Instant) -> String {
    let seconds = u64::try_from(at.seconds()).unwrap_or(0);
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds))
}

fn progress_response(progress: &Progress, two_formats: bool, ui: Ui) -> Response {
    let Some(recording) = &progress.recording else {
        return progressed(&progress.upload);
    };
    let mut response = Json(recording_json(recording, two_formats, ui)).into_response();
    describe(response.headers_mut(), &progress.upload);
    response
}

fn progressed(upload: &Upload) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    describe(response.headers_mut(), upload);
    response
}

/// What the editor shows and offers when a file came in. `two_formats`: whether the post has
/// its recording in a second format now.
fn recording_json(recording: &Recording, two_formats: bool, ui: Ui) -> serde_json::Value {
    let offered = recording.suggestions();
    serde_json::json!({
        "recording": {
            "name": recording.original_name,
            "duration_text": clock_length(recording.duration_ms),
            "size_text": size_text(recording.length_bytes),
            "kind": recording.kind.as_str(),
            "duration_ms": recording.duration_ms,
            "size_bytes": recording.length_bytes,
            "apple_warning": recording.apple_warning().map(|key| ui.t(key)),
            "two_formats": two_formats,
        },
        "suggestions": {
            "title": offered.title,
            "proposed_title": recording.proposed_title(),
            "has_artwork": offered.artwork_hash.is_some(),
            "chapters": offered.chapters.len(),
        },
    })
}
