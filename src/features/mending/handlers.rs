//! HTTP of the page: itself, what its script asks for and sends, and its form.
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

use super::actions;
use super::form::{self, Join, Realign, Save, Split, TypedLine};
use super::model::Change;
use super::scene::{Glance, Scene};
use super::views::{self, TimingPage, TimingRow};
use crate::features::accounts::Author;
use crate::features::admin;
use crate::features::posts::writing;
use crate::features::recordings::Recording;
use crate::features::show;
use crate::features::transcripts::{self, Work, WorkState};
use crate::formats::sound::PEAKS_PER_SECOND;
use crate::formats::transcript::{Line, Origin, Times};
use crate::kernel::ids::{PostId, SentenceId};
use crate::kernel::time::clock_length;
use crate::kernel::urls::admin as addresses;
use crate::kernel::{Error, FieldErrors, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::{FORM_BYTES, FormData, check_type, read_limited};
use crate::web::task::detached;
use crate::web::ui::Ui;
use crate::web::{assets, csrf, error, filters, page};

/// The stretch of sound that a peak stands for, in milliseconds.
const PEAK_MS: u32 = 1000 / PEAKS_PER_SECOND;

/// Sentences on a page of the form that works without JavaScript.
const ROWS: usize = 100;

/// What the form shows besides what is stored.
#[derive(Default)]
struct Typed {
    lines: Vec<TypedLine>,
    wrong: Vec<SentenceId>,
    error: String,
}

/// `GET /admin/posts/{id}/timing`.
pub async fn page(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let query = FormData::parse(request.uri().query().unwrap_or_default().as_bytes())?;
    let number = query.get("page").parse().unwrap_or(1);
    show_page(
        &state,
        &author,
        &id,
        number,
        StatusCode::OK,
        Typed::default(),
    )
    .await
}

async fn show_page(
    state: &AppState,
    author: &Author,
    id: &PostId,
    number: usize,
    status: StatusCode,
    typed: Typed,
) -> Result<Response> {
    let ui = author.ui;
    let scene = Scene::read(&state.db, id).await?;
    let title = ui.t("mending-heading");
    let mut frame = admin::frame(state, author, title, "", Some(&scene.show)).await?;
    frame.scripts.push(assets::url("mending/main.js"));
    let missing = match (&scene.content, &scene.recording) {
        (None, _) => Some("mending-no-revision"),
        (_, None) => Some("mending-no-recording"),
        _ if scene.lines.is_empty() => Some("mending-no-sentences"),
        _ => None,
    };
    let action = addresses::post_part(id, "timing");
    let pages = scene.lines.len().div_ceil(ROWS).max(1);
    let number = number.clamp(1, pages);
    let beside = |n: usize| format!("{action}?page={n}");
    let rows = scene.lines.iter().skip((number - 1) * ROWS).take(ROWS);
    let work = transcripts::work(&state.db, id).await?;
    let page = TimingPage {
        ui,
        frame,
        work: work.map_or_else(String::new, |work| stands(&work, ui)),
        id: id.to_string(),
        title: scene
            .content
            .as_ref()
            .map_or_else(String::new, |c| c.title.clone()),
        lang: scene.language().to_owned(),
        editor_href: addresses::post(id),
        audio_href: scene.recording.as_ref().map_or_else(String::new, |r| {
            addresses::post_part(id, &format!("preview/audio.{}", r.kind.as_str()))
        }),
        missing: missing.map(|key| ui.t(key)),
        recording_missing: scene.recording.as_ref().is_some_and(|r| !r.present),
        differs: scene.differs,
        revision: scene.post.revision_count,
        length: clock_length(scene.recording.as_ref().map_or(0, |r| r.duration_ms)),
        keys: views::keys(ui),
        version: scene.timeline.version,
        page: number,
        error: typed.error.clone(),
        rows: rows.map(|line| row(line, &typed, ui)).collect(),
        earlier: (number > 1).then(|| beside(number - 1)),
        later: (number < pages).then(|| beside(number + 1)),
        action,
    };
    page::html_with(status, &page)
}

fn row(line: &Line, typed: &Typed, ui: Ui) -> TimingRow {
    let stored = TypedLine::of(&line.id, &line.times);
    let shown = typed
        .lines
        .iter()
        .find(|t| t.id == line.id)
        .unwrap_or(&stored);
    TimingRow {
        id: line.id.to_string(),
        text: line.text.clone(),
        was: stored.was.clone(),
        start: shown.start.clone(),
        end: shown.end.clone(),
        not_spoken: shown.not_spoken,
        origin: ui.t(origin(&line.times)),
        unsure: matches!(&line.times, Times::Unknown)
            || line.times.timing().is_some_and(|t| !t.is_sure()),
        wrong: typed.wrong.contains(&line.id),
    }
}

fn origin(times: &Times) -> &'static str {
    match times {
        Times::Unknown => "mending-origin-unknown",
        Times::NotSpoken(_) => "mending-origin-silent",
        Times::At(timing) => match timing.origin {
            Origin::Measured => "mending-origin-measured",
            Origin::Imported => "mending-origin-imported",
            Origin::Inferred => "mending-origin-inferred",
            Origin::ByHand => "mending-origin-hand",
        },
    }
}

/// `GET /admin/posts/{id}/timing/state?version=3&revision=2`: everything, or without the
/// sentences if the page has them in these versions.
pub async fn state(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let query = FormData::parse(request.uri().query().unwrap_or_default().as_bytes())?;
    let seen = |name: &str| query.get(name).parse::<i64>().ok();
    let glance = Glance::take(&state.db, &id).await?;
    let same = seen("version") == Some(glance.version)
        && seen("revision") == Some(glance.post.revision_count);
    if same {
        let json = stand(&state, &author, &glance).await?;
        return page::json(StatusCode::OK, &json);
    }
    let scene = Scene::read(&state.db, &id).await?;
    answer(&state, &author, scene).await
}

/// What the script is told of the whole: where the work stands, and all sentences.
async fn answer(state: &AppState, author: &Author, scene: Scene) -> Result<Response> {
    let glance = Glance {
        post: scene.post,
        show: scene.show,
        recording: scene.recording,
        version: scene.timeline.version,
    };
    let mut json = stand(state, author, &glance).await?;
    json["lines"] = scene.lines.iter().map(line).collect();
    let gaps = scene.timeline.gaps.iter();
    json["gaps"] = gaps.map(|gap| json!([gap.start_ms, gap.end_ms])).collect();
    page::json(StatusCode::OK, &json)
}

/// What the script is told each time: the versions, and where the work stands.
async fn stand(state: &AppState, author: &Author, glance: &Glance) -> Result<Value> {
    let work = transcripts::work(&state.db, &glance.post.id).await?;
    let recording = glance.recording.as_ref();
    Ok(json!({
        "version": glance.version,
        "revision": glance.post.revision_count,
        "duration_ms": recording.map_or(0, |r| r.duration_ms),
        "saved_at": filters::clock_time(state.clock.now(), &glance.show.draft.time_zone),
        "work": work.as_ref().map(|w| told(w, author.ui)),
        "peaks": peaks_state(state, recording, work.as_ref()),
        "peak_ms": PEAK_MS,
    }))
}

/// Whether there is a waveform to draw, or one to come.
fn peaks_state(
    state: &AppState,
    recording: Option<&Recording>,
    work: Option<&Work>,
) -> &'static str {
    let there = recording.is_some_and(|r| transcripts::is_heard(state, r));
    match work {
        _ if there => "there",
        Some(work) if work.state.is_open() => "coming",
        _ => "none",
    }
}

/// `GET /admin/posts/{id}/timing/peaks`: the outline of the recording, a byte for each stretch of
/// it; 404 until somebody has listened to it.
pub async fn peaks(
    State(state): State<AppState>,
    _author: Author,
    Path(id): Path<PostId>,
) -> Result<Response> {
    let glance = Glance::take(&state.db, &id).await?;
    let recording = glance.recording.ok_or(Error::NotFound)?;
    let heard = transcripts::outline(&state, &recording).await?;
    let peaks = heard.ok_or(Error::NotFound)?.peaks;
    let kind = HeaderValue::from_static("application/octet-stream");
    Ok(([(header::CONTENT_TYPE, kind)], peaks).into_response())
}

fn line(line: &Line) -> Value {
    json!({
        "id": line.id.as_str(),
        "block": line.block,
        "heading": line.is_heading,
        "speaker": line.speaker,
        "text": line.text,
        "times": line.times,
    })
}

fn told(work: &Work, ui: Ui) -> Value {
    json!({
        "open": work.state.is_open(),
        "percent": work.progress_percent,
        "text": stands(work, ui),
    })
}

/// Where the work stands, in words; empty if there is nothing to say.
fn stands(work: &Work, ui: Ui) -> String {
    let percent = work.progress_percent;
    match work.state {
        WorkState::Waiting => ui.t("mending-work-waiting"),
        WorkState::Running => ui.t1("mending-work-running", "percent", percent),
        WorkState::Cancelled => ui.t("mending-work-cancelled"),
        WorkState::Failed => ui.t("mending-work-failed"),
        WorkState::Done => {
            let told = work.message.as_ref();
            let told = told.and_then(|m| ui.stored(&m.key, &m.args));
            told.unwrap_or_default()
        }
    }
}

/// Reads the JSON of a script's request, after its token.
async fn sent<T: serde::de::DeserializeOwned>(author: &Author, request: Request) -> Result<T> {
    let (parts, body) = request.into_parts();
    let token = parts
        .headers
        .get(csrf::HEADER)
        .and_then(|v| v.to_str().ok());
    csrf::check_token(&author.secret, token)?;
    check_type(&parts.headers, "application/json")?;
    form::read(&read_limited(&parts.headers, body, form::BODY_BYTES).await?)
}

/// `POST /admin/posts/{id}/timing`: what the author changed.
pub async fn save(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let sent: Save = sent(&author, request).await?;
    let (db, by, post) = (state.db.clone(), author.user.id.clone(), id.clone());
    let version = detached(async move {
        actions::save(&db, &by, &post, sent.version, sent.changes()?, false).await
    })
    .await?;
    let post = writing::find(&state.db, &id).await?;
    let zone = show::find(&state.db, &post.show_id).await?.draft.time_zone;
    let saved_at = filters::clock_time(state.clock.now(), &zone);
    page::json(
        StatusCode::OK,
        &json!({ "version": version, "saved_at": saved_at }),
    )
}

/// Everything, after a change that may have moved other sentences too.
async fn changed(state: &AppState, author: &Author, id: &PostId) -> Result<Response> {
    let scene = Scene::read(&state.db, id).await?;
    answer(state, author, scene).await
}

/// `POST /admin/posts/{id}/timing/split`: a sentence becomes two.
pub async fn split(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let sent: Split = sent(&author, request).await?;
    let (db, by, post) = (state.db.clone(), author.user.id.clone(), id.clone());
    detached(async move { actions::split(&db, &by, &post, sent).await }).await?;
    changed(&state, &author, &id).await
}

/// `POST /admin/posts/{id}/timing/join`: a sentence and the next become one.
pub async fn join(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let sent: Join = sent(&author, request).await?;
    let (db, by, post) = (state.db.clone(), author.user.id.clone(), id.clone());
    detached(async move { actions::join(&db, &by, &post, sent).await }).await?;
    changed(&state, &author, &id).await
}

/// `POST /admin/posts/{id}/timing/align`: look again between two sentences.
pub async fn realign(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let sent: Realign = sent(&author, request).await?;
    let (db, by, post) = (state.db.clone(), author.user.id.clone(), id.clone());
    detached(async move { actions::realign(&db, &by, &post, &sent).await }).await?;
    changed(&state, &author, &id).await
}

/// `POST /admin/posts/{id}/timing/form`: the form that works without JavaScript.
pub async fn submit(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let number: usize = form.get("page").parse().unwrap_or(1);
    let version: i64 = form.get("version").parse().unwrap_or(0);
    let scene = Scene::read(&state.db, &id).await?;
    let duration_ms = scene.recording.as_ref().map_or(0, |r| r.duration_ms);
    let mut typed = Typed::default();
    let mut faults = FieldErrors::new();
    let mut changes: Vec<(SentenceId, Change)> = Vec::new();
    let lines = form::typed_lines(&form).into_iter();
    for line in lines.filter(TypedLine::is_touched) {
        match line.change(duration_ms) {
            Ok(change) => changes.push((line.id.clone(), change)),
            Err(message) => {
                faults.add("times", message);
                typed.wrong.push(line.id.clone());
            }
        }
        typed.lines.push(line);
    }
    let outcome = if faults.is_empty() {
        let (db, by, post) = (state.db.clone(), author.user.id.clone(), id.clone());
        let anew = form.get("action") == "anew";
        detached(async move { actions::save(&db, &by, &post, version, changes, anew).await }).await
    } else {
        Err(Error::Invalid(faults))
    };
    let fault = match outcome {
        Ok(_) => {
            let address = format!("{}?page={number}", addresses::post_part(&id, "timing"));
            return Ok(page::see_other(&address));
        }
        Err(fault) => fault,
    };
    let status = match fault {
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Conflict(_) => StatusCode::CONFLICT,
        _ => return Err(fault),
    };
    typed.error = error::sentence(&fault, author.ui);
    show_page(&state, &author, &id, number, status, typed).await
}
