//! The recording of a post: what is known of it, how it sounds, what its file offers.
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};

use super::body::{nothing, ok};
use super::publishing::{perform, performed};
use crate::features::accounts::{Client, Scope};
use crate::features::admin;
use crate::features::api::model::RecordingFacts;
use crate::features::api::views;
use crate::features::posts::{Deed, writing};
use crate::features::recordings::{self, Recording};
use crate::features::transcripts;
use crate::kernel::ids::PostId;
use crate::kernel::{Error, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::ui::Ui;

/// The recording of a working copy, or `NotFound`.
async fn find(state: &AppState, id: &PostId) -> Result<Recording> {
    let copy = writing::working_copy(&state.db, id).await?;
    let recording = copy.content.recording_id.ok_or(Error::NotFound)?;
    recordings::find(&state.db, &recording).await
}

/// What is known of the recording.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/posts/{id}/recording", tag = "files", params(("id" = String, Path)), responses((status = 200, body = RecordingFacts))))]
pub async fn get(
    State(state): State<AppState>,
    client: Client,
    ui: Ui,
    Path(id): Path<PostId>,
) -> Result<Response> {
    client.require(Scope::Read)?;
    let recording = find(&state, &id).await?;
    let sound = transcripts::outline(&state, &recording).await?;
    let heard = admin::sound(&state, ui, &id, &recording).await?;
    ok(&RecordingFacts {
        warnings: recording
            .apple_warning()
            .map(|key| ui.t(key))
            .into_iter()
            .collect(),
        sound: sound.as_ref().map(views::sound),
        is_being_heard: heard.is_coming,
        fault: heard.fault,
        suggestions: views::suggestions(&recording),
        recording: views::recording(recording),
    })
}

/// The outline of the recording: a byte for each stretch of 50 ms, 255 is full scale. 404 until
/// somebody has listened to it.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/posts/{id}/recording/peaks", tag = "files", params(("id" = String, Path)), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>))))]
pub async fn peaks(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    client.require(Scope::Read)?;
    let recording = find(&state, &id).await?;
    let heard = transcripts::outline(&state, &recording).await?;
    let peaks = heard.ok_or(Error::NotFound)?.peaks;
    let kind = HeaderValue::from_static("application/octet-stream");
    Ok(([(header::CONTENT_TYPE, kind)], peaks).into_response())
}

/// Has the recording listened to once more, in the background.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/recording/listen", tag = "files", params(("id" = String, Path)), responses((status = 204))))]
pub async fn listen(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    client.require(Scope::Write)?;
    find(&state, &id).await?;
    perform(&state, &client, Scope::Write, &id, Deed::Listen).await?;
    Ok(nothing())
}

/// Takes the picture in the recording's file as the picture of the post.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/cover/from-recording", tag = "files", params(("id" = String, Path)), responses((status = 200, body = crate::features::api::model::Post))))]
pub async fn cover(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    performed(&state, &client, Scope::Write, &id, Deed::CoverOfRecording).await
}
