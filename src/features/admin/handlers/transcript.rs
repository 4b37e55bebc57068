//! Script and sound: work on the times, files taken in, chapters.
use axum::extract::{Request, State};
use axum::response::Response;
use http::{StatusCode, header};
use serde_json::json;

use super::editor::{Extras, show_editor};
use crate::features::accounts::Author;
use crate::features::admin::views::transcript::{
    ChaptersView, ImportedView, TranscriptView, WorkView,
};
use crate::features::posts::{self, Content};
use crate::features::recordings::Recording;
use crate::features::transcripts::{
    self, Ask, ChapterRow, ChapterWish, Counts, FileForm, Imported, LEAST_CHAPTERS, Timeline,
    Verdict, Work, WorkKind, WorkState,
};
use crate::formats::chapters::Chapter;
use crate::formats::transcript::{Line, Timed};
use crate::kernel::ids::PostId;
use crate::kernel::urls::admin;
use crate::kernel::{Error, FieldErrors, Message, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::{FORM_BYTES, FormData, POST_FORM_BYTES};
use crate::web::multipart::{MultipartForm, Spec};
use crate::web::ui::Ui;
use crate::web::{error, page};

/// Name of the field that holds a file.
const FILE: &str = "transcript";
/// Name of the field that holds pasted text.
const TEXT: &str = "transcript_text";

/// What the panel shows besides what is stored.
#[derive(Default)]
pub struct PanelExtras {
    /// What became of the file that was just taken in.
    pub imported: Option<Imported>,
    /// Text that was pasted and not taken.
    pub typed: String,
    /// Chapters that were typed and not taken.
    pub rows: Option<Vec<ChapterRow>>,
}

/// `POST /admin/posts/{id}/transcript`: takes in a file with times, or text that was pasted. What
/// is wrong with it brings the editor back with the reason, and what was there stays.
pub async fn send(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let pasted = kind.is_some_and(|k| k.as_bytes().starts_with(b"application/x-www-form"));
    let (form, bytes, field) = if pasted {
        let form = FormData::read(request, &author.secret, POST_FORM_BYTES).await?;
        let text = form.get(TEXT).to_owned();
        (form, text.into(), TEXT)
    } else {
        let spec = Spec {
            text_fields: &["version"],
            file_field: FILE,
            file_limit_bytes: Timed::MAX_BYTES as u64,
        };
        let (form, bytes) = MultipartForm::read_small(request, &author.secret, spec).await?;
        (form.fields, bytes, FILE)
    };
    let version: i64 = form.get("version").parse().unwrap_or(0);
    let outcome =
        transcripts::import_file(&state.db, &author.user.id, &id, version, bytes, field).await;
    let mut panel = PanelExtras::default();
    let errors = match outcome {
        Ok(imported) => {
            panel.imported = Some(imported);
            FieldErrors::new()
        }
        Err(Error::Invalid(errors)) => errors,
        Err(Error::Conflict(message)) => FieldErrors::one("", message),
        Err(other) => return Err(other),
    };
    if !errors.is_empty() && field == TEXT {
        form.get(TEXT).clone_into(&mut panel.typed);
    }
    answer(&state, &author, &id, errors, panel).await
}

/// The editor: 200, or with its faults 422 or 409.
async fn answer(
    state: &AppState,
    author: &Author,
    id: &PostId,
    errors: FieldErrors,
    panel: PanelExtras,
) -> Result<Response> {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else if errors.get("").is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let extras = Extras {
        errors,
        panel,
        ..Extras::default()
    };
    show_editor(state, author, id, status, extras).await
}

/// `POST /admin/posts/{id}/transcript/work`: `align` what is new, `anew` all that is not fixed by
/// hand, `transcribe` a recording without a script, `cancel`, `go-on`.
pub async fn work(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let what = match form.get("action") {
        "align" => Ask::Align,
        "anew" => Ask::AlignAnew,
        "transcribe" => Ask::Transcribe,
        "cancel" => Ask::Cancel,
        "go-on" => Ask::GoOn,
        _ => return Err(Error::BadRequest(Message::new("error-form-broken"))),
    };
    let outcome = transcripts::ask(&state, &id, what).await;
    match outcome {
        Ok(()) => Ok(page::see_other(&admin::post_place(&id, "transcript"))),
        Err(Error::Invalid(errors)) => {
            answer(&state, &author, &id, errors, PanelExtras::default()).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /admin/posts/{id}/chapters`: the author's `own`, those of the `headings`, those of the
/// `file`.
pub async fn chapters(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, POST_FORM_BYTES).await?;
    let version: i64 = form.get("timeline").parse().unwrap_or(0);
    let rows = transcripts::chapter_rows(&form);
    let wish = match form.get("action") {
        "headings" => ChapterWish::Headings,
        "file" => ChapterWish::File,
        _ => ChapterWish::Own(rows.clone()),
    };
    let outcome =
        transcripts::choose_chapters(&state.db, &author.user.id, &id, version, wish).await;
    let errors = match outcome {
        Ok(()) => return Ok(page::see_other(&admin::post_place(&id, "chapters"))),
        Err(Error::Invalid(errors)) => errors,
        Err(Error::Conflict(message)) => FieldErrors::one("", message),
        Err(other) => return Err(other),
    };
    let panel = PanelExtras {
        rows: Some(rows),
        ..PanelExtras::default()
    };
    answer(&state, &author, &id, errors, panel).await
}

/// `GET /admin/posts/{id}/transcript/status`: where the work stands, as JSON, for the script.
pub async fn status(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
) -> Result<Response> {
    posts::writing::find(&state.db, &id).await?;
    let work = transcripts::work(&state.db, &id).await?;
    let shown = work.as_ref().map(|work| work_view(work, author.ui));
    let answer = match (work, shown) {
        (Some(work), Some(shown)) => json!({
            "state": work.state.as_str(),
            "percent": work.progress_percent,
            "text": shown.text,
            "open": shown.is_open,
        }),
        _ => json!({ "state": null, "percent": 0, "text": "", "open": false }),
    };
    page::json(StatusCode::OK, &answer)
}

fn work_view(work: &Work, ui: Ui) -> WorkView {
    let text = match (work.state, work.kind) {
        (WorkState::Waiting, _) => ui.t("timing-work-waiting"),
        (WorkState::Running, WorkKind::Align) => ui.t("timing-work-aligning"),
        (WorkState::Running, WorkKind::Transcribe) => ui.t("timing-work-transcribing"),
        (WorkState::Cancelled, _) => ui.t("timing-work-cancelled"),
        (WorkState::Failed, _) => {
            let why = work
                .message
                .as_ref()
                .and_then(|m| ui.stored(&m.key, &m.args));
            why.map_or_else(
                || ui.t("timing-work-failed"),
                |why| ui.t1("timing-work-failed-why", "why", why),
            )
        }
        // What came of it, where that was told.
        (WorkState::Done, WorkKind::Align) => {
            let told = work.message.as_ref();
            let told = told.and_then(|m| ui.stored(&m.key, &m.args));
            told.unwrap_or_else(|| ui.t("timing-work-aligned"))
        }
        (WorkState::Done, WorkKind::Transcribe) => ui.t("timing-work-transcribed"),
    };
    WorkView {
        text,
        percent: work.progress_percent,
        is_open: work.state.is_open(),
        can_go_on: matches!(work.state, WorkState::Cancelled | WorkState::Failed),
        failed: work.state == WorkState::Failed,
    }
}

/// The panel of a post.
pub async fn view(
    state: &AppState,
    author: &Author,
    id: &PostId,
    content: &Content,
    recording: Option<&Recording>,
    extras: PanelExtras,
) -> Result<TranscriptView> {
    let ui = author.ui;
    let timeline = match recording {
        Some(recording) => transcripts::find(&state.db, id, &recording.id).await?,
        None => None,
    }
    .unwrap_or_default();
    let lines = timeline.fill(posts::newest_lines_of(&state.db, id).await?);
    let counts = Counts::of(&lines);
    let is_timed = counts.sure + counts.unsure > 0;
    let work = transcripts::work(&state.db, id).await?;
    let files = FileForm::ALL.into_iter();
    let there = files.filter(|form| !lines.is_empty() && form.is_there(is_timed));
    let address = |form: FileForm| {
        let name = format!("preview/transcript.{}", form.ending());
        (form.ending().to_uppercase(), admin::post_part(id, &name))
    };
    Ok(TranscriptView {
        has_recording: recording.is_some(),
        has_script: !content.script.trim().is_empty(),
        can_transcribe: recording.is_some()
            && content.script.trim().is_empty()
            && state.config.transcription.is_some(),
        work: work.as_ref().map(|work| work_view(work, ui)),
        verdict: match timeline.verdict {
            Verdict::Unjudged | Verdict::Good => None,
            Verdict::Doubtful => Some(ui.t("timing-verdict-doubtful")),
            Verdict::OtherScript => Some(ui.t("timing-verdict-other")),
        },
        facts: if timeline.version > 0 {
            facts(ui, &counts, timeline.gaps.len())
        } else {
            Vec::new()
        },
        is_timed,
        files: there.map(address).collect(),
        imported: extras.imported.map(|imported| imported_view(ui, &imported)),
        typed: extras.typed,
        max_text: error::size(Timed::MAX_BYTES as u64),
        chapters: chapters_view(ui, &timeline, recording, &lines, extras.rows),
    })
}

fn facts(ui: Ui, counts: &Counts, gaps: usize) -> Vec<String> {
    let mut facts = vec![ui.n("timing-fact-sentences", counts.sentences)];
    for (key, count) in [
        ("timing-fact-sure", counts.sure),
        ("timing-fact-unsure", counts.unsure),
        ("timing-fact-not-spoken", counts.not_spoken),
        ("timing-fact-unknown", counts.unknown),
        ("timing-fact-gaps", gaps),
    ] {
        if count > 0 {
            facts.push(ui.n(key, count));
        }
    }
    facts
}

fn imported_view(ui: Ui, imported: &Imported) -> ImportedView {
    let mut text = if imported.is_script {
        ui.t1("timing-imported-script", "form", imported.form)
    } else {
        ui.t1("timing-imported-times", "form", imported.form)
    };
    let mut more = |sentence: String| {
        text.push(' ');
        text.push_str(&sentence);
    };
    more(ui.t2(
        "timing-imported-counts",
        ("timed", &imported.timed),
        ("sentences", &imported.sentences),
    ));
    if imported.by_hand > 0 {
        more(ui.n("timing-imported-by-hand", imported.by_hand));
    }
    let warnings = imported.warnings.iter().map(|w| ui.message(w));
    ImportedView {
        text,
        warnings: warnings.collect(),
    }
}

fn chapters_view(
    ui: Ui,
    timeline: &Timeline,
    recording: Option<&Recording>,
    lines: &[Line],
    typed: Option<Vec<ChapterRow>>,
) -> ChaptersView {
    let of_file = recording.map_or_else(Vec::new, |r| r.tags.chapters.clone());
    let can_file = !of_file.is_empty();
    let (source, now) = match &timeline.chapters {
        Some(own) if own.is_empty() => (ui.t("timing-chapters-none"), Vec::new()),
        Some(own) if own.iter().all(|chapter| chapter.proposed) => {
            // The headings may have other words by now.
            let shown = transcripts::shown_chapters(own, lines);
            (ui.t("timing-chapters-headings"), shown)
        }
        Some(own) => (ui.t("timing-chapters-own"), own.clone()),
        None if can_file => {
            let of_file = of_file.into_iter().map(Chapter::from);
            (ui.t("timing-chapters-file"), of_file.collect())
        }
        None => (ui.t("timing-chapters-nothing"), Vec::new()),
    };
    let is_open = typed.is_some();
    ChaptersView {
        rows: typed.unwrap_or_else(|| now.iter().map(ChapterRow::from).collect()),
        source,
        version: timeline.version,
        can_headings: transcripts::chapters_of(lines).len() >= LEAST_CHAPTERS,
        can_file,
        is_open,
    }
}
