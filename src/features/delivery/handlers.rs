//! `/audio/…`, `/covers/…`, `/assets/…` over HTTP.
use std::str::FromStr;
use std::sync::{Arc, OnceLock};

use axum::extract::State;
use axum::response::Response;
use futures_util::FutureExt;
use http::{HeaderMap, HeaderValue, Method, Uri, header};

use crate::features::posts;
use crate::formats::audio::AudioKind;
use crate::kernel::ids::PostId;
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result, urls};
use crate::state::AppState;
use crate::web::file_response::{self, FilePolicy, FileToServe, download_name};
use crate::web::page;

/// Answers a request for a file of the media store: ranges, validators, safe headers.
///
/// # Errors
/// As [`file_response::serve`].
pub async fn serve_file(
    state: &AppState,
    file: &FileToServe,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response> {
    let https = state.config.is_https();
    file_response::serve(&state.media, https, file, method, headers).await
}

/// The recording of a post as a file. `kind` is the word in the database.
pub fn recording_file(
    title: &str,
    recording: &posts::PublicRecording,
    last_modified: Option<Instant>,
    policy: FilePolicy,
) -> FileToServe {
    let kind = AudioKind::parse(&recording.kind);
    FileToServe {
        hash: recording.media_hash.clone(),
        length_bytes: recording.length_bytes,
        media_type: kind.map_or("application/octet-stream", AudioKind::media_type),
        filename: download_name(title, &recording.kind),
        last_modified,
        policy,
        opened: OnceLock::new(),
    }
}

/// Answers for a file that is open already, as a player asks for the next piece of it: needs
/// neither database nor disk, and so no other thread.
pub fn at_once(
    state: &AppState,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
) -> Option<Response> {
    if *method != Method::GET
        || !(uri.path().starts_with("/audio/") || uri.path().starts_with("/covers/"))
    {
        return None;
    }
    let file = state.rendered.file(uri.path())?;
    file.opened.get()?;
    serve_file(state, &file, method, headers)
        .now_or_never()?
        .ok()
}

/// `/audio/{id}.{ext}`: the enclosure, or the same recording in its second format. Another
/// ending that the post once had leads to the first one.
pub async fn audio(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    if let Some(file) = state.rendered.file(uri.path()) {
        return serve_file(&state, &file, &method, &headers).await;
    }
    let (id, ending) = split::<PostId>(&uri, "/audio/")?;
    let ticket = state.rendered.ticket();
    let post = posts::public::find_by_id(&state.db, &id).await?;
    let formats = [post.recording.as_ref(), post.alternate.as_ref()];
    let Some(recording) = formats.into_iter().flatten().find(|r| r.kind == ending) else {
        let recording = post.recording.as_ref().ok_or(Error::NotFound)?;
        let former = posts::public::audio_endings(&state.db, &id).await?;
        if !former.iter().any(|f| f == ending) {
            return Err(Error::NotFound);
        }
        let mut moved = page::found(&urls::audio(&id, &recording.kind));
        let any = HeaderValue::from_static("*");
        moved
            .headers_mut()
            .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, any);
        return Ok(moved);
    };
    let (title, changed) = (&post.content.title, Some(post.changed_at));
    let file = Arc::new(recording_file(
        title,
        recording,
        changed,
        FilePolicy::Public,
    ));
    state.rendered.keep_file(uri.path(), file.clone(), ticket);
    serve_file(&state, &file, &method, &headers).await
}

/// `/covers/{hash}-{size}.jpg`: a picture that never changes.
pub async fn cover(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    if let Some(file) = state.rendered.file(uri.path()) {
        return serve_file(&state, &file, &method, &headers).await;
    }
    let (hash, size) = cover_name(uri.path()).ok_or(Error::NotFound)?;
    let ticket = state.rendered.ticket();
    let (media_hash, length_bytes) = posts::public::find_cover(&state.db, hash, size).await?;
    let file = Arc::new(FileToServe {
        hash: media_hash,
        length_bytes,
        media_type: "image/jpeg",
        filename: format!("cover-{size}.jpg"),
        // The content never changes, so any date is right.
        last_modified: None,
        policy: FilePolicy::Immutable,
        opened: OnceLock::new(),
    });
    state.rendered.keep_file(uri.path(), file.clone(), ticket);
    serve_file(&state, &file, &method, &headers).await
}

/// Hash and size in `/covers/{hash}-{size}.jpg`, spelled exactly as `urls::cover` does.
fn cover_name(path: &str) -> Option<(&str, u32)> {
    let name = path.strip_prefix("/covers/")?.strip_suffix(".jpg")?;
    let (hash, size) = name.split_once('-')?;
    let size_px = size.parse().ok()?;
    (urls::cover(hash, size_px) == path).then_some((hash, size_px))
}

/// Id and ending of `{prefix}{id}.{ending}`, from the address as it was sent: other spellings
/// of it are no address of ours (HARDENING V4).
fn split<'a, T: FromStr>(uri: &'a Uri, prefix: &str) -> Result<(T, &'a str)> {
    uri.path()
        .strip_prefix(prefix)
        .and_then(|name| name.split_once('.'))
        .and_then(|(id, ending)| Some((id.parse().ok()?, ending)))
        .ok_or(Error::NotFound)
}
