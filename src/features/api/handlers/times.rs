//! When sentences are spoken: files in and out, and the work that finds it out.
use axum::extract::{Request, State};
use axum::response::Response;

use super::body::{OptionalBody, ok};
use crate::features::accounts::{Client, Scope};
use crate::features::api::model::{Alignment, AlignmentInput, Imported};
use crate::features::posts::writing;
use crate::features::show;
use crate::features::transcripts::{self, Ask};
use crate::formats::transcript::Timed;
use crate::kernel::Result;
use crate::kernel::ids::PostId;
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::read_limited;
use crate::web::ui::Ui;

/// Lets a token pass that may change what is said and when: what the public hears, or will hear,
/// changes with it at once.
pub async fn require_to_time(state: &AppState, client: &Client, id: &PostId) -> Result<()> {
    let post = writing::find(&state.db, id).await?;
    client.require(if post.state.has_public() {
        Scope::Publish
    } else {
        Scope::Write
    })
}

/// Takes in a file with times (VTT, SRT, JSON, SMI, LRC, TTML), or plain text. With a script its
/// words are kept and the times are laid on them; without one it becomes the script.
#[cfg_attr(test, utoipa::path(put, path = "/api/v1/posts/{id}/transcript", tag = "times", params(("id" = String, Path)), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = Imported))))]
pub async fn put_transcript(
    State(state): State<AppState>,
    client: Client,
    ui: Ui,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    require_to_time(&state, &client, &id).await?;
    let version = writing::working_copy(&state.db, &id).await?.version;
    let (parts, body) = request.into_parts();
    let bytes = read_limited(&parts.headers, body, Timed::MAX_BYTES).await?;
    let imported = transcripts::import_file(
        &state.db,
        &client.user.id,
        &id,
        version,
        bytes,
        "transcript",
    )
    .await?;
    ok(&Imported {
        form: imported.form.to_owned(),
        is_script: imported.is_script,
        sentences: imported.sentences,
        timed: imported.timed,
        warnings: imported.warnings.iter().map(|w| ui.message(w)).collect(),
    })
}

/// The transcript of the newest version: `transcript.vtt`, `.srt`, `.json`, `.html`, `.txt`.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/posts/{id}/transcript/{file}", tag = "times", params(("id" = String, Path), ("file" = String, Path)), responses((status = 200, content((String = "text/vtt"), (String = "application/x-subrip"), (String = "application/json"), (String = "text/html"), (String = "text/plain"))))))]
pub async fn get_transcript(
    State(state): State<AppState>,
    client: Client,
    Path((id, file)): Path<(PostId, String)>,
) -> Result<Response> {
    client.require(Scope::Read)?;
    let post = writing::find(&state.db, &id).await?;
    let content = writing::working_copy(&state.db, &id).await?.content;
    let show = show::find(&state.db, &post.show_id).await?;
    let language = content.language_in(&show);
    let recording = content.recording_id.as_ref();
    let found = transcripts::transcript_of(&state.db, &id, recording, &content.title, language);
    let found = found.await?;
    transcripts::private_file(found, &file).await
}

async fn answer(state: &AppState, id: &PostId, ui: Ui) -> Result<Response> {
    let work = transcripts::work(&state.db, id).await?;
    ok(&Alignment {
        state: work
            .as_ref()
            .map_or("none", |w| w.state.as_str())
            .to_owned(),
        percent: work.as_ref().map_or(0, |w| w.progress_percent),
        message: work
            .and_then(|w| w.message)
            .and_then(|m| ui.stored(&m.key, &m.args)),
    })
}

/// Asks for work that may bring other times, and tells where it stands then.
async fn asked(
    state: &AppState,
    client: &Client,
    ui: Ui,
    id: &PostId,
    what: Ask,
) -> Result<Response> {
    require_to_time(state, client, id).await?;
    transcripts::ask(state, id, what).await?;
    answer(state, id, ui).await
}

/// Where the work on the times stands.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/posts/{id}/alignment", tag = "times", params(("id" = String, Path)), responses((status = 200, body = Alignment))))]
pub async fn alignment(
    State(state): State<AppState>,
    client: Client,
    ui: Ui,
    Path(id): Path<PostId>,
) -> Result<Response> {
    client.require(Scope::Read)?;
    writing::find(&state.db, &id).await?;
    answer(&state, &id, ui).await
}

/// Has the script looked for in the recording.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/alignment", tag = "times", params(("id" = String, Path)), request_body = Option<AlignmentInput>, responses((status = 200, body = Alignment))))]
pub async fn align(
    State(state): State<AppState>,
    client: Client,
    ui: Ui,
    Path(id): Path<PostId>,
    OptionalBody(sent): OptionalBody<AlignmentInput>,
) -> Result<Response> {
    let what = if sent.whole {
        Ask::AlignAnew
    } else {
        Ask::Align
    };
    asked(&state, &client, ui, &id, what).await
}

/// Goes on with work on the times or the words that was stopped or failed.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/alignment/go-on", tag = "times", params(("id" = String, Path)), responses((status = 200, body = Alignment))))]
pub async fn go_on(
    State(state): State<AppState>,
    client: Client,
    ui: Ui,
    Path(id): Path<PostId>,
) -> Result<Response> {
    asked(&state, &client, ui, &id, Ask::GoOn).await
}

/// Has a recording without a script written down, where the server knows somebody who can.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/transcription", tag = "times", params(("id" = String, Path)), responses((status = 200, body = Alignment))))]
pub async fn transcribe(
    State(state): State<AppState>,
    client: Client,
    ui: Ui,
    Path(id): Path<PostId>,
) -> Result<Response> {
    asked(&state, &client, ui, &id, Ask::Transcribe).await
}

/// Stops that work; what is known stays.
#[cfg_attr(test, utoipa::path(delete, path = "/api/v1/posts/{id}/alignment", tag = "times", params(("id" = String, Path)), responses((status = 200, body = Alignment))))]
pub async fn stop(
    State(state): State<AppState>,
    client: Client,
    ui: Ui,
    Path(id): Path<PostId>,
) -> Result<Response> {
    client.require(Scope::Write)?;
    transcripts::ask(&state, &id, Ask::Cancel).await?;
    answer(&state, &id, ui).await
}
