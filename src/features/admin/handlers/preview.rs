//! What is not public yet: the author's own look at a draft, and links that show it to others
//! for a while (HARDENING V3).
use std::sync::OnceLock;

use axum::extract::{Request, State};
use axum::response::Response;
use http::{HeaderMap, HeaderValue, Method, header};

use crate::features::accounts::Author;
use crate::features::delivery;
use crate::features::posts::{self, PublicPost, PublicRecording, PublicTimes, preview, writing};
use crate::features::show::{self, Show};
use crate::features::{covers, recordings, site, transcripts};
use crate::formats::chapters::Chapter;
use crate::formats::transcript::Transcript;
use crate::kernel::ids::{PostId, RevisionId, Token};
use crate::kernel::urls::{self, admin};
use crate::kernel::{Error, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::file_response::{FilePolicy, FileToServe};
use crate::web::headers;
use crate::web::ui::Ui;

/// The working copy of a post, dressed as the public would see it after Publish.
async fn dressed(state: &AppState, id: &PostId) -> Result<(Show, PublicPost)> {
    let post = writing::find(&state.db, id).await?;
    let show = show::find(&state.db, &post.show_id).await?;
    let copy = writing::working_copy(&state.db, id).await?;
    let mut content = copy.content;
    content.language = content.language_in(&show).to_owned();
    let recording = match &content.recording_id {
        Some(recording) => {
            Some(recordings::find(&state.db, recording).await?).filter(|r| r.present)
        }
        None => None,
    };
    let transcript = match &recording {
        Some(found) => transcripts::public_times(&state.db, id, &found.id).await?,
        None => PublicTimes::default(),
    };
    let at = post
        .first_public_at
        .or(post.scheduled_at)
        .unwrap_or(copy.updated_at);
    let dressed = PublicPost {
        id: post.id,
        show_id: post.show_id,
        guid: post.guid,
        slug: post
            .slug
            .map_or_else(String::new, |s| s.as_str().to_owned()),
        listed: false,
        first_public_at: at,
        changed_at: at,
        revision_id: RevisionId::from_db(String::new()),
        content,
        recording: recording.map(|r| PublicRecording {
            id: r.id,
            kind: r.kind.as_str().to_owned(),
            media_hash: r.media_hash,
            duration_ms: r.duration_ms,
            length_bytes: r.length_bytes,
            bitrate_bps: r.bitrate_bps,
            chapters: r.tags.chapters.into_iter().map(Chapter::from).collect(),
        }),
        // A preview is heard in the first format.
        alternate: None,
        transcript,
    };
    Ok((show, dressed))
}

/// `GET /admin/posts/{id}/preview/`: framed by the admin alone.
pub async fn page(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
) -> Result<Response> {
    let (show, post) = dressed(&state, &id).await?;
    let transcript = transcript(&state, &post).await?;
    let address = |file: &str| admin::post_part(&id, &format!("preview/{file}"));
    let mut response =
        site::preview_page(&state, author.ui, false, &show, &post, &transcript, address)?;
    response
        .headers_mut()
        .insert(headers::CSP, HeaderValue::from_static(headers::FRAMED_CSP));
    Ok(response)
}

/// `GET /admin/posts/{id}/preview/{audio,transcript}.{ext}`.
pub async fn file(
    State(state): State<AppState>,
    _author: Author,
    Path((id, file)): Path<(PostId, String)>,
    request: Request,
) -> Result<Response> {
    let (_, post) = dressed(&state, &id).await?;
    serve_file(&state, &post, &file, request.method(), request.headers()).await
}

/// `GET /admin/posts/{id}/preview/cover.jpg`.
pub async fn cover(
    State(state): State<AppState>,
    _author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let copy = writing::working_copy(&state.db, &id).await?;
    let hash = copy.content.cover_hash.ok_or(Error::NotFound)?;
    let (media_hash, length_bytes) = covers::find(&state.db, &hash, 300).await?;
    let file = FileToServe {
        hash: media_hash,
        length_bytes,
        media_type: "image/jpeg",
        filename: "cover.jpg".to_owned(),
        last_modified: None,
        policy: FilePolicy::Private,
        opened: OnceLock::new(),
    };
    delivery::serve_file(&state, &file, request.method(), request.headers()).await
}

/// The sentences of the newest version, with their times.
async fn transcript(state: &AppState, post: &PublicPost) -> Result<Transcript> {
    let (content, recording) = (&post.content, post.recording.as_ref());
    let (title, language) = (&content.title, &content.language);
    let recording = recording.map(|r| &r.id);
    transcripts::transcript_of(&state.db, &post.id, recording, title, language).await
}

/// What the page of a preview names: the recording, and the transcript of the newest version.
async fn serve_file(
    state: &AppState,
    post: &PublicPost,
    file: &str,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response> {
    if file.starts_with("transcript.") {
        return transcripts::private_file(transcript(state, post).await?, file).await;
    }
    let recording = post.recording.as_ref().ok_or(Error::NotFound)?;
    let title = &post.content.title;
    let file = delivery::recording_file(title, recording, None, FilePolicy::Private);
    delivery::serve_file(state, &file, method, headers).await
}

/// `GET /preview/{token}`: for whoever has the link, while it lives.
pub async fn linked_page(
    State(state): State<AppState>,
    ui: Ui,
    Path(token): Path<String>,
) -> Result<Response> {
    let id = preview::find_post(&state.db, &Token::from_client(&token)).await?;
    let (show, post) = linked(&state, &id).await?;
    let transcript = transcript(&state, &post).await?;
    let address = |file: &str| urls::preview_file(&token, file);
    let mut response = site::preview_page(&state, ui, true, &show, &post, &transcript, address)?;
    never_kept(response.headers_mut());
    Ok(response)
}

/// A link shows drafts and scheduled posts; what is in the trash it does not.
async fn linked(state: &AppState, id: &PostId) -> Result<(Show, PublicPost)> {
    let post = writing::find(&state.db, id).await?;
    if post.state == posts::PostState::Removed {
        return Err(Error::NotFound);
    }
    dressed(state, id).await
}

/// `GET /preview/{token}/{audio,transcript}.{ext}`.
pub async fn linked_file(
    State(state): State<AppState>,
    Path((token, file)): Path<(String, String)>,
    request: Request,
) -> Result<Response> {
    let id = preview::find_post(&state.db, &Token::from_client(&token)).await?;
    let (_, post) = linked(&state, &id).await?;
    let mut response =
        serve_file(&state, &post, &file, request.method(), request.headers()).await?;
    never_kept(response.headers_mut());
    Ok(response)
}

/// Kept by nobody, found by nobody, told to nobody.
fn never_kept(headers: &mut HeaderMap) {
    crate::web::headers::private(headers);
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
}
