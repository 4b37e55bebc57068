//! The words and the chapters of a recording as files of their own, for podcast apps.
use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};

use super::files::FileForm;
use super::model::shown_chapters;
use super::store::public;
use crate::features::posts::public as posts;
use crate::formats::chapters;
use crate::formats::transcript::Transcript;
use crate::kernel::ids::PostId;
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result};
use crate::state::AppState;
use crate::web::rendered::{Draft, Key, Owner, Policy, Prepared};
use crate::web::task;

const CHAPTERS: &str = "application/json+chapters; charset=utf-8";

/// The post that a file's name tells, and the ending.
fn named<'a>(uri: &'a Uri, folder: &str) -> Result<(PostId, &'a str)> {
    let name = uri.path().strip_prefix(folder);
    let (id, ending) = name
        .and_then(|name| name.split_once('.'))
        .ok_or(Error::NotFound)?;
    Ok((id.parse().map_err(|_| Error::NotFound)?, ending))
}

fn draft(state: &AppState, body: String, content_type: &'static str, changed: Instant) -> Draft {
    Draft {
        body: Bytes::from(body).into(),
        prepared: Prepared::default(),
        finished: None,
        content_type,
        last_modified: Some(changed),
        policy: Policy::Open,
        https: state.config.is_https(),
    }
}

/// `/chapters/{id}.json`: the parts of a recording (JSON chapters 1.2): as the author wants them,
/// else as the recording's file tells, else as the headings of the script fall.
pub async fn public_chapters(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    let (id, _) = named(&uri, "/chapters/").and_then(|(id, ending)| match ending {
        "json" => Ok((id, ending)),
        _ => Err(Error::NotFound),
    })?;
    let key = Key::common(
        uri.path(),
        Owner::Show(public::show_of(&state.db, &id).await?),
    );
    let builder = state.clone();
    let build = move || async move {
        let post = posts::find_by_id(&builder.db, &id).await?;
        let changed = post.transcript_changed_at();
        let mut found = post.recording.map(|r| r.chapters).unwrap_or_default();
        if found.is_empty() {
            return Err(Error::NotFound);
        }
        if found.iter().all(|chapter| chapter.proposed) {
            // The headings may have other words by now.
            let transcript = public::find(&builder.db, &id).await?.transcript;
            found = shown_chapters(&found, &transcript.lines);
        }
        Ok(draft(&builder, chapters::write(&found), CHAPTERS, changed))
    };
    let answer = state.rendered.get_or_build(key, build).await?;
    Ok(answer.respond(&method, &headers))
}

/// `/transcripts/{id}.{vtt,srt,json,html,txt}`: the words of a script, and when they are spoken.
pub async fn public_file(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    let (id, ending) = named(&uri, "/transcripts/")?;
    let form = FileForm::parse(ending).ok_or(Error::NotFound)?;
    let key = Key::common(
        uri.path(),
        Owner::Show(public::show_of(&state.db, &id).await?),
    );
    let builder = state.clone();
    let build = move || async move {
        let found = public::find(&builder.db, &id).await?;
        let changed = found.changed_at;
        let body = task::blocking(move || form.write(&found.transcript).ok_or(Error::NotFound));
        Ok(draft(&builder, body.await?, form.content_type(), changed))
    };
    let answer = state.rendered.get_or_build(key, build).await?;
    Ok(answer.respond(&method, &headers))
}

/// A form of a transcript that is not public, for the author and for preview links: kept by
/// nobody. The name is `transcript.{ending}`.
///
/// # Errors
/// `NotFound` for another name, and where there is no such file.
pub async fn private_file(transcript: Transcript, name: &str) -> Result<Response> {
    let ending = name.strip_prefix("transcript.").ok_or(Error::NotFound)?;
    let form = FileForm::parse(ending).ok_or(Error::NotFound)?;
    let body = task::blocking(move || form.write(&transcript).ok_or(Error::NotFound)).await?;
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::OK;
    let kind = HeaderValue::from_static(form.content_type());
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(response)
}
