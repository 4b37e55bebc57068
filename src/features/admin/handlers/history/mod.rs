//! The history of a post: its versions, old ones brought back, and what readers are told of
//! changes.
use std::collections::HashSet;

use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;

use super::dashboard::badge;
use super::frame;
use crate::features::accounts::choices::Choice;
use crate::features::accounts::{Author, Notice};
use crate::features::admin::views::editor::kind_of;
use crate::features::admin::views::history::{HistoryPage, NoteView, VersionLine};
use crate::features::posts::{self, Content, Deed, NotedCorrection, Revision, revisions, writing};
use crate::features::show::{self, Show};
use crate::features::site;
use crate::formats::diff;
use crate::kernel::ids::PostId;
use crate::kernel::urls::admin;
use crate::kernel::{Error, FieldErrors, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::{FORM_BYTES, FormData};
use crate::web::task::blocking;
use crate::web::ui::Ui;
use crate::web::{filters, page};

mod compare;
mod facts;

use compare::show_compare;
pub use compare::{Found, Pick, beside, compare, differences};

/// Versions on a page of the list.
const PAGE: i64 = 20;
/// Versions that can be chosen from; older ones are reached through the list.
const CHOICES: i64 = 2_000;

/// `GET /admin/posts/{id}/history`.
pub async fn page(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let query = FormData::parse(request.uri().query().unwrap_or_default().as_bytes())?;
    let number: i64 = query.get("page").parse().unwrap_or(1).clamp(1, 100_000);
    show_history(&state, &author, &id, number, None).await
}

async fn show_history(
    state: &AppState,
    author: &Author,
    id: &PostId,
    number: i64,
    refused: Option<FieldErrors>,
) -> Result<Response> {
    let post = writing::find(&state.db, id).await?;
    let show = show::find(&state.db, &post.show_id).await?;
    let copy = writing::working_copy(&state.db, id).await?;
    let corrections = posts::list_corrections(&state.db, id).await?;
    let all = revisions::list(&state.db, id, CHOICES).await?;
    // One more, against which the last of the page is held.
    let mut versions = revisions::page(&state.db, id, PAGE + 1, (number - 1) * PAGE).await?;
    let before_all = if versions.len() > PAGE as usize {
        versions.pop()
    } else {
        None
    };
    let at = |n: i64| {
        let path = admin::post_part(id, "history");
        if n > 1 {
            format!("{path}?page={n}")
        } else {
            path
        }
    };
    let (ui, zone) = (author.ui, &show.draft.time_zone);
    let mut frame = frame(state, author, ui.t("history-title"), "posts", Some(&show)).await?;
    let status = match &refused {
        Some(errors) => {
            let said = errors.0.first().map(|(_, message)| ui.message(message));
            frame.notice = said.map(|text| Notice { good: false, text });
            StatusCode::UNPROCESSABLE_ENTITY
        }
        None => StatusCode::OK,
    };
    let noted: HashSet<i64> = corrections.iter().map(|c| c.number).collect();
    let public = post
        .public_revision_id
        .clone()
        .filter(|_| post.state.is_reachable());
    let older = before_all.is_some().then(|| at(number + 1));
    let newest = all.first().map(|r| r.number.to_string());
    let page = HistoryPage {
        action: admin::post(id),
        state: badge(post.state),
        lang: copy.content.language_in(&show).to_owned(),
        title: copy.content.title.clone(),
        version: copy.version,
        from: choices(ui, &show, &all, &newest.unwrap_or_default()),
        to: choices(ui, &show, &all, Pick::NOW),
        newer: (number > 1).then(|| at(number - 1)),
        older,
        corrections: notes(ui, &show, corrections),
        lines: Vec::new(),
        ui,
        frame,
    };
    let (id, zone) = (id.clone(), zone.clone());
    // Long scripts take a moment to compare.
    blocking(move || {
        let mut lines = Vec::with_capacity(versions.len());
        for (n, (revision, content)) in versions.iter().enumerate() {
            let before = versions.get(n + 1).or(before_all.as_ref());
            let own = revision.number.to_string();
            lines.push(VersionLine {
                number: revision.number,
                kind: kind_of(&ui, revision.ever_public),
                public: public.as_ref() == Some(&revision.id),
                noted: noted.contains(&revision.number),
                title: revision.title.clone(),
                date: filters::human_date_time(revision.created_at, &zone, ui),
                date_iso: revision.created_at.rfc3339(),
                size: size(ui, before.map(|(_, content)| content), content),
                before_href: before.map(|(r, _)| admin::compare(&id, &r.number.to_string(), &own)),
                now_href: admin::compare(&id, &own, Pick::NOW),
            });
        }
        page::html_with(status, &HistoryPage { lines, ..page })
    })
    .await
}

/// How much of a version is other than in the one before.
fn size(ui: Ui, before: Option<&Content>, content: &Content) -> String {
    let Some(before) = before else {
        return ui.t("history-first");
    };
    let text = |c: &Content| [c.title.as_str(), &c.note, &c.script].join("\n");
    let size = diff::size(&text(before), &text(content));
    if size != diff::Size::default() {
        ui.t2(
            "history-size",
            ("added", &size.added),
            ("removed", &size.removed),
        )
    } else if before.differs_from(content) {
        ui.t("history-size-other")
    } else {
        ui.t("history-size-none")
    }
}

fn choices(ui: Ui, show: &Show, all: &[Revision], now: &str) -> Vec<Choice> {
    let mut list = vec![Choice::new(Pick::NOW, ui.t("history-now"), now)];
    list.extend(all.iter().map(|r| {
        let date = filters::human_date_time(r.created_at, &show.draft.time_zone, ui);
        let label = format!("{} · {date}", ui.n("admin-revision-n", r.number));
        Choice::new(&r.number.to_string(), label, now)
    }));
    list
}

fn notes(ui: Ui, show: &Show, corrections: Vec<NotedCorrection>) -> Vec<NoteView> {
    let note = |noted: NotedCorrection| NoteView {
        number: noted.number,
        date: filters::human_date(noted.correction.at, &show.draft.time_zone, ui),
        changes: site::change_views(ui, &noted.correction.changes),
        remark: noted.correction.remark,
    };
    corrections.into_iter().map(note).collect()
}

/// `POST /admin/posts/{id}/revisions/{number}/restore`: an old version into the working copy.
pub async fn restore_revision(
    State(state): State<AppState>,
    author: Author,
    Path((id, number)): Path<(PostId, i64)>,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let seen: i64 = form.get("version").parse().unwrap_or(0);
    let deed = Deed::RestoreVersion(number, seen);
    posts::perform_alone(&state.db, &author.user, &id, deed).await?;
    Ok(page::see_other(&admin::post(&id)))
}

fn remark_of(form: &FormData) -> Result<String> {
    posts::read_remark(form.get("correction_remark"))
        .map_err(|m| Error::field("correction_remark", m))
}

/// `POST /admin/posts/{id}/corrections`: tells readers afterwards what changed between two
/// versions that were public.
pub async fn add_correction(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let number = |name| form.get(name).parse::<i64>().map_err(|_| Error::NotFound);
    let (from, to) = (number("from")?, number("to")?);
    let told = match remark_of(&form) {
        Ok(remark) => {
            let deed = Deed::TellAfterwards((from, to), remark);
            posts::perform_alone(&state.db, &author.user, &id, deed).await
        }
        Err(fault) => Err(fault),
    };
    match told {
        Ok(()) => Ok(page::see_other(&admin::post_part(&id, "history"))),
        Err(Error::Invalid(errors)) => {
            let typed = form.get("correction_remark").to_owned();
            let picks = [Pick::Number(from), Pick::Number(to)];
            show_compare(&state, &author, &id, picks, Some((errors, typed))).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /admin/posts/{id}/corrections/{number}`: words the remark of a note anew.
pub async fn reword_correction(
    State(state): State<AppState>,
    author: Author,
    Path((id, number)): Path<(PostId, i64)>,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let reworded = match remark_of(&form) {
        Ok(remark) => {
            let deed = Deed::RewordCorrection(number, remark);
            posts::perform_alone(&state.db, &author.user, &id, deed).await
        }
        Err(fault) => Err(fault),
    };
    match reworded {
        Ok(()) => Ok(page::see_other(&admin::post_part(&id, "history"))),
        Err(Error::Invalid(errors)) => show_history(&state, &author, &id, 1, Some(errors)).await,
        Err(other) => Err(other),
    }
}

/// `POST /admin/posts/{id}/corrections/{number}/delete`: takes a note back.
pub async fn drop_correction(
    State(state): State<AppState>,
    author: Author,
    Path((id, number)): Path<(PostId, i64)>,
    request: Request,
) -> Result<Response> {
    FormData::read(request, &author.secret, FORM_BYTES).await?;
    let deed = Deed::DropCorrection(number);
    posts::perform_alone(&state.db, &author.user, &id, deed).await?;
    Ok(page::see_other(&admin::post_part(&id, "history")))
}
