//! What readers and listeners find beside the text: chapters, notes of correction; and the check
//! before they do.
use axum::extract::State;
use axum::response::Response;

use super::body::{Body, nothing, ok};
use super::publishing::perform;
use super::times::require_to_time;
use crate::features::accounts::{Client, Scope};
use crate::features::admin::look_over;
use crate::features::api::model::{
    Chapter, ChapterSource, Chapters, ChaptersInput, Correction, CorrectionInput, Finding,
    RemarkInput, TextChange,
};
use crate::features::posts::{self, Deed, list_corrections, writing};
use crate::features::transcripts::{self, ChapterRow, ChapterWish};
use crate::kernel::ids::PostId;
use crate::kernel::time::seconds_text;
use crate::kernel::{Error, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::ui::Ui;

/// What is missing or odd before the public sees a post, the weightiest first. With references that
/// do not answer, which takes up to ten seconds.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/posts/{id}/check", tag = "publishing", params(("id" = String, Path)), responses((status = 200, body = Vec<Finding>))))]
pub async fn check(
    State(state): State<AppState>,
    client: Client,
    ui: Ui,
    Path(id): Path<PostId>,
) -> Result<Response> {
    client.require(Scope::Read)?;
    let found = look_over(&state, &client.user, ui, &id).await?;
    let view = |(weight, text): (&'static str, String)| Finding {
        weight: weight.to_owned(),
        text,
    };
    ok(&found.into_iter().map(view).collect::<Vec<_>>())
}

/// The chapters of the recording that were chosen for it.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/posts/{id}/chapters", tag = "times", params(("id" = String, Path)), responses((status = 200, body = Chapters))))]
pub async fn chapters(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    client.require(Scope::Read)?;
    let content = writing::working_copy(&state.db, &id).await?.content;
    let recording = content.recording_id.ok_or(Error::NotFound)?;
    let timeline = transcripts::find(&state.db, &id, &recording).await?;
    let timeline = timeline.unwrap_or_default();
    let chapter = |c: crate::formats::chapters::Chapter| Chapter {
        start_ms: c.start_ms,
        title: c.title,
        link: c.link,
        picture: c.picture,
    };
    let own = timeline
        .chapters
        .map(|own| own.into_iter().map(chapter).collect());
    ok(&Chapters {
        version: timeline.version,
        chapters: own,
    })
}

/// Chooses the chapters: one's own, those of the script's headings, or those of the file.
#[cfg_attr(test, utoipa::path(put, path = "/api/v1/posts/{id}/chapters", tag = "times", params(("id" = String, Path)), request_body = ChaptersInput, responses((status = 204))))]
pub async fn set_chapters(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
    Body(sent): Body<ChaptersInput>,
) -> Result<Response> {
    require_to_time(&state, &client, &id).await?;
    let row = |c: Chapter| ChapterRow {
        start: seconds_text(c.start_ms),
        title: c.title,
        link: c.link,
        picture: c.picture,
    };
    let wish = match sent.source {
        ChapterSource::Headings => ChapterWish::Headings,
        ChapterSource::File => ChapterWish::File,
        ChapterSource::Own => ChapterWish::Own(sent.chapters.into_iter().map(row).collect()),
    };
    transcripts::choose_chapters(&state.db, &client.user.id, &id, sent.version, wish).await?;
    Ok(nothing())
}

/// Notes that tell readers what changed, newest first.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/posts/{id}/corrections", tag = "publishing", params(("id" = String, Path)), responses((status = 200, body = Vec<Correction>))))]
pub async fn corrections(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    client.require(Scope::Read)?;
    writing::find(&state.db, &id).await?;
    let change = |c: posts::TextChange| TextChange {
        before: c.before,
        after: c.after,
    };
    let view = |noted: posts::NotedCorrection| Correction {
        number: noted.number,
        at: noted.correction.at.rfc3339(),
        remark: noted.correction.remark,
        changes: noted.correction.changes.into_iter().map(change).collect(),
    };
    let noted = list_corrections(&state.db, &id).await?;
    ok(&noted.into_iter().map(view).collect::<Vec<_>>())
}

/// Tells readers afterwards what changed between two versions that were public.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/posts/{id}/corrections", tag = "publishing", params(("id" = String, Path)), request_body = CorrectionInput, responses((status = 204))))]
pub async fn add_correction(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
    Body(sent): Body<CorrectionInput>,
) -> Result<Response> {
    let remark = posts::read_remark(&sent.remark).map_err(|m| Error::field("remark", m))?;
    let deed = Deed::TellAfterwards((sent.from, sent.to), remark);
    perform(&state, &client, Scope::Publish, &id, deed).await?;
    Ok(nothing())
}

/// Words the remark of a note anew.
#[cfg_attr(test, utoipa::path(patch, path = "/api/v1/posts/{id}/corrections/{number}", tag = "publishing", params(("id" = String, Path), ("number" = i64, Path)), request_body = RemarkInput, responses((status = 204))))]
pub async fn reword_correction(
    State(state): State<AppState>,
    client: Client,
    Path((id, number)): Path<(PostId, i64)>,
    Body(sent): Body<RemarkInput>,
) -> Result<Response> {
    let remark = posts::read_remark(&sent.remark).map_err(|m| Error::field("remark", m))?;
    let deed = Deed::RewordCorrection(number, remark);
    perform(&state, &client, Scope::Publish, &id, deed).await?;
    Ok(nothing())
}

/// Takes a note back.
#[cfg_attr(test, utoipa::path(delete, path = "/api/v1/posts/{id}/corrections/{number}", tag = "publishing", params(("id" = String, Path), ("number" = i64, Path)), responses((status = 204))))]
pub async fn drop_correction(
    State(state): State<AppState>,
    client: Client,
    Path((id, number)): Path<(PostId, i64)>,
) -> Result<Response> {
    let deed = Deed::DropCorrection(number);
    perform(&state, &client, Scope::Publish, &id, deed).await?;
    Ok(nothing())
}
