//! The words and the chapters of a recording as files of their own, for podcast apps.
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, Method, Uri};

use super::{TEXT, draft, print};
use crate::features::posts::public as posts;
use crate::features::site::fill;
use crate::formats::{chapters, script};
use crate::kernel::ids::PostId;
use crate::kernel::{Error, Result};
use crate::state::AppState;
use crate::web::rendered::{Key, Owner, Policy};
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

/// `/chapters/{id}.json`: what the recording's file tells of its chapters (JSON chapters 1.2).
pub async fn chapters(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    let (id, _) = named(&uri, "/chapters/").and_then(|(id, ending)| match ending {
        "json" => Ok((id, ending)),
        _ => Err(Error::NotFound),
    })?;
    let found = posts::find_by_id(&state.db, &id).await?;
    let key = Key::common(uri.path(), Owner::Show(found.show_id));
    let builder = state.clone();
    let build = move || async move {
        let post = posts::find_by_id(&builder.db, &id).await?;
        let found = post.recording.map(|r| r.chapters).unwrap_or_default();
        if found.is_empty() {
            return Err(Error::NotFound);
        }
        let (json, changed) = (chapters::write(&found), Some(post.changed_at));
        Ok(draft(&builder, json, CHAPTERS, changed, Policy::Open))
    };
    let answer = state.rendered.get_or_build(key, build).await?;
    Ok(answer.respond(&method, &headers))
}

/// `/transcripts/{id}.{html,txt}`: the words of a script, for posts that have one.
pub async fn transcript(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    let (id, ending) = named(&uri, "/transcripts/")?;
    let as_html = match ending {
        "html" => true,
        "txt" => false,
        _ => return Err(Error::NotFound),
    };
    let found = posts::find_by_id(&state.db, &id).await?;
    let key = Key::common(uri.path(), Owner::Show(found.show_id));
    let builder = state.clone();
    let answer = state
        .rendered
        .get_or_build(key, move || async move {
            let post = posts::find_by_id(&builder.db, &id).await?;
            if post.content.script.trim().is_empty() {
                return Err(Error::NotFound);
            }
            let changed = Some(post.changed_at);
            if as_html {
                let page = task::blocking(move || Ok(fill::transcript_page(&post))).await?;
                return print(builder, changed, Policy::Open, page).await;
            }
            task::blocking(move || {
                let mut text = script::render(&post.content.script).text;
                text.push('\n');
                Ok(draft(&builder, text, TEXT, changed, Policy::Open))
            })
            .await
        })
        .await?;
    Ok(answer.respond(&method, &headers))
}
