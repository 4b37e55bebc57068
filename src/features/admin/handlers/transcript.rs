//! Script and sound: work on the times, text taken in, chapters.
use std::hash::{DefaultHasher, Hash, Hasher};

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use serde_json::json;

use super::editor::Extras;
use super::work;
use crate::features::accounts::Author;
use crate::features::admin::model::Whose;
use crate::features::admin::views::transcript::{
    ChaptersView, ImportedView, TranscriptView, WorkView,
};
use crate::features::admin::views::work::{WorkLine, WorkStand};
use crate::features::posts::{self, Content};
use crate::features::recordings::Recording;
use crate::features::transcripts::{
    self, ChapterRow, ChapterWish, Counts, FileForm, Imported, LEAST_CHAPTERS, Timeline, Verdict,
    Work, WorkKind, WorkState,
};
use crate::formats::chapters::Chapter;
use crate::formats::transcript::{Line, Timed};
use crate::kernel::Result;
use crate::kernel::ids::PostId;
use crate::kernel::urls::admin;
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::FormData;
use crate::web::ui::Ui;
use crate::web::{error, page};

/// Name of the field that holds pasted text.
const TEXT: &str = "transcript_text";
/// Name of the field that says what the rows of chapters were when the page was printed.
const PRINTED: &str = "chapters_printed";

/// What the panel shows besides what is stored.
#[derive(Default)]
pub struct PanelExtras {
    /// What became of the file that was just taken in.
    pub imported: Option<Imported>,
    /// Text that was pasted and not taken.
    pub typed: String,
    /// Chapters that were typed and not taken.
    pub chapters: Option<TypedChapters>,
}

/// Chapters that were typed and not taken.
pub struct TypedChapters {
    rows: Vec<ChapterRow>,
    /// What was printed before they were typed.
    printed: String,
    /// Version of the timeline that they were typed over, if nobody told yet that there is a newer one.
    version: Option<i64>,
}

impl PanelExtras {
    /// What the form of the page holds of the panel that nothing took yet.
    pub fn left(form: &FormData) -> Self {
        let rows = transcripts::chapter_rows(form);
        let printed = form.get(PRINTED).to_owned();
        Self {
            imported: None,
            typed: form.get(TEXT).trim().to_owned(),
            chapters: (!printed.is_empty() && digest(&rows) != printed).then(|| TypedChapters {
                rows,
                printed,
                version: form.get("timeline").parse().ok(),
            }),
        }
    }

    /// Whether a panel with it says more than what is stored.
    pub fn says_more(&self) -> bool {
        self.imported.is_some() || !self.typed.is_empty() || self.chapters.is_some()
    }
}

/// Tells two lists of rows apart, no more.
fn digest(rows: &[ChapterRow]) -> String {
    let mut hasher = DefaultHasher::new();
    rows.hash(&mut hasher);
    format!("{:x}", hasher.finish())
}

fn timeline_of(form: &FormData) -> i64 {
    form.get("timeline").parse().unwrap_or(0)
}

/// Takes in text with times that was pasted, over the version of the form.
pub async fn import_text(
    state: &AppState,
    author: &Author,
    id: &PostId,
    form: &FormData,
    extras: &mut Extras,
) -> Result<()> {
    let version = form.get("version").parse().unwrap_or(0);
    let text = form.get(TEXT).to_owned();
    let by = &author.user.id;
    let imported = transcripts::import_file(&state.db, by, id, version, text.into(), TEXT).await?;
    extras.panel.imported = Some(imported);
    extras.panel.typed = String::new();
    Ok(())
}

/// Chooses whose chapters the recording has.
pub async fn choose(
    state: &AppState,
    author: &Author,
    id: &PostId,
    form: &FormData,
    whose: Whose,
    extras: &mut Extras,
) -> Result<()> {
    let wish = match whose {
        Whose::Own => ChapterWish::Own(transcripts::chapter_rows(form)),
        Whose::Headings => ChapterWish::Headings,
        Whose::File => ChapterWish::File,
    };
    let by = &author.user.id;
    transcripts::choose_chapters(&state.db, by, id, timeline_of(form), wish).await?;
    extras.panel.chapters = None;
    Ok(())
}

/// `GET /admin/posts/{id}/transcript/status`: where the work stands, as JSON, for the script.
pub async fn status(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
) -> Result<Response> {
    posts::writing::find(&state.db, &id).await?;
    let answer = match work_of(&state, &id, author.ui).await? {
        Some((work, shown)) => json!({
            "state": work.state.as_str(),
            "percent": work.progress_percent,
            "text": shown.text,
            "open": shown.is_open,
            "retried": shown.is_retried,
        }),
        None => json!({
            "state": null,
            "percent": 0,
            "text": "",
            "open": false,
            "retried": false,
        }),
    };
    page::json(StatusCode::OK, &answer)
}

/// The work on a post's transcript, and what the panel tells of it.
async fn work_of(state: &AppState, id: &PostId, ui: Ui) -> Result<Option<(Work, WorkView)>> {
    let Some(work) = transcripts::work(&state.db, id).await? else {
        return Ok(None);
    };
    let line = work::of_post(state, id, &work, ui).await?;
    let shown = work_view(&work, &line, ui);
    Ok(Some((work, shown)))
}

fn work_view(work: &Work, line: &WorkLine, ui: Ui) -> WorkView {
    let is_retried = line.stand == WorkStand::Retrying;
    let text = match (work.state, work.kind) {
        _ if is_retried => match &line.why {
            Some(why) => ui.t2(
                "timing-work-retried-why",
                ("why", why),
                ("when", &line.when),
            ),
            None => ui.t1("timing-work-retried", "when", &line.when),
        },
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
        is_retried,
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
    let work = work_of(state, id, ui).await?;
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
        work: work.map(|(_, shown)| shown),
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
        chapters: chapters_view(ui, &timeline, recording, &lines, extras.chapters),
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
    typed: Option<TypedChapters>,
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
    let rows: Vec<ChapterRow> = now.iter().map(ChapterRow::from).collect();
    let typed = typed.unwrap_or_else(|| TypedChapters {
        printed: digest(&rows),
        version: None,
        rows,
    });
    ChaptersView {
        rows: typed.rows,
        printed: typed.printed,
        source,
        version: typed.version.unwrap_or(timeline.version),
        can_headings: transcripts::chapters_of(lines).len() >= LEAST_CHAPTERS,
        can_file,
        is_open,
    }
}
