//! Work that goes on in the background, told to the author: what waits, runs or failed, for which
//! post, why, and the button that does not wait for the next try.
use std::collections::HashSet;

use axum::extract::{Request, State};
use axum::response::Response;

use crate::db::Db;
use crate::features::accounts::{Author, User, refused};
use crate::features::admin::views::work::{WorkLine, WorkPart, WorkStand};
use crate::features::posts::{self, writing};
use crate::features::transcripts::{
    self, ALIGN_JOB, HEAR_JOB, TRANSCRIBE_JOB, Work, WorkKind, WorkState,
};
use crate::features::{media, pings, show};
use crate::jobs::{self, Queued};
use crate::kernel::Result;
use crate::kernel::ids::{PostId, ShowId};
use crate::kernel::time::Instant;
use crate::kernel::urls::admin;
use crate::state::AppState;
use crate::web::form::{FORM_BYTES, FormData};
use crate::web::task::detached;
use crate::web::ui::Ui;
use crate::web::{filters, page};

/// Lines of one kind that are told at most.
const MOST: i64 = 50;
/// What failed longer ago, in milliseconds, stands on the page of the server alone: two weeks.
const OLD_MS: i64 = 14 * 24 * 3_600_000;
/// Names the work on a transcript in the form, beside the kinds of jobs.
const TRANSCRIPT: &str = "transcript";

/// What the dashboard tells: work that takes long, and what went wrong lately.
pub async fn pressing(state: &AppState, who: &User, ui: Ui) -> Result<Vec<WorkLine>> {
    let now = state.clock.now();
    let mut lines = lines(state, who, ui).await?;
    lines.retain(|line| match line.stand {
        WorkStand::Waiting => line.is_long,
        WorkStand::Running => line.is_long,
        WorkStand::Retrying => true,
        WorkStand::Failed => now.0 - line.at.0 < OLD_MS,
    });
    Ok(lines)
}

/// Everything that waits, runs or failed; what went wrong first. Who is no owner is told of the
/// posts that he may touch.
pub async fn lines(state: &AppState, who: &User, ui: Ui) -> Result<Vec<WorkLine>> {
    let mut lines = all_lines(state, ui).await?;
    if !who.is_owner() {
        let mut his = Vec::new();
        for line in lines {
            if let Some(post) = &line.post
                && posts::require_access(&state.db, who, post).await.is_ok()
            {
                his.push(line);
            }
        }
        lines = his;
    }
    lines.sort_by_key(|line| line.stand);
    Ok(lines)
}

async fn all_lines(state: &AppState, ui: Ui) -> Result<Vec<WorkLine>> {
    let queue = jobs::queued(&state.db, MOST).await?;
    let mut lines = Vec::new();
    let mut told = HashSet::new();
    for (post, work) in transcripts::open_work(&state.db, MOST).await? {
        let job = queue
            .iter()
            .find(|job| job.kind == work.kind.as_str() && job.subject == post.as_str());
        lines.push(transcript_line(state, &post, &work, job, ui).await?);
        told.insert(post.to_string());
    }
    for job in &queue {
        let of_transcript = [ALIGN_JOB, TRANSCRIBE_JOB].contains(&job.kind.as_str());
        // What nobody asked for has no row: it is announced for both kinds, and is mostly over in a
        // moment.
        let is_idle = job.kind == TRANSCRIBE_JOB;
        if of_transcript && (is_idle || told.contains(&job.subject)) {
            continue;
        }
        lines.extend(job_line(state, job, ui).await?);
    }
    Ok(lines)
}

/// The work on the transcript of one post, as the lists tell it.
pub async fn of_post(state: &AppState, post: &PostId, work: &Work, ui: Ui) -> Result<WorkLine> {
    let queue = jobs::queued(&state.db, MOST).await?;
    let job = queue
        .iter()
        .find(|job| job.kind == work.kind.as_str() && job.subject == post.as_str());
    transcript_line(state, post, work, job, ui).await
}

/// Does now what would be tried later on the transcript of a post, or once more what failed.
pub async fn hurry_post(state: &AppState, who: &User, post: &PostId, ui: Ui) -> Result<()> {
    let Some(work) = transcripts::work(&state.db, post).await? else {
        return Ok(());
    };
    match of_post(state, post, &work, ui).await?.again {
        Some((kind, subject)) => hurry(&state.db, who, &kind, &subject).await,
        None => Ok(()),
    }
}

async fn transcript_line(
    state: &AppState,
    post: &PostId,
    work: &Work,
    job: Option<&Queued>,
    ui: Ui,
) -> Result<WorkLine> {
    let now = state.clock.now();
    let stored = work.message.as_ref();
    let why = stored.and_then(|m| ui.stored(&m.key, &m.args));
    let mut line = WorkLine {
        name: match work.kind {
            WorkKind::Align => ui.t("work-align"),
            WorkKind::Transcribe => ui.t("work-transcribe"),
        },
        is_long: true,
        stand: WorkStand::Waiting,
        is_moving: work.state.is_open(),
        at: work.changed_at,
        when: filters::ago(work.changed_at, now, ui),
        percent: None,
        why,
        again: None,
        ..about(state, post, ui).await?
    };
    match (work.state, job) {
        (WorkState::Failed, _) => {
            line.stand = WorkStand::Failed;
            line.again = Some((TRANSCRIPT.to_owned(), post.to_string()));
        }
        (open, Some(job)) if open.is_open() && !job.is_running && job.attempts > 0 => {
            retrying(&mut line, job, now, ui);
        }
        (WorkState::Running, _) => {
            line.stand = WorkStand::Running;
            line.percent = Some(work.progress_percent);
        }
        _ => {}
    }
    Ok(line)
}

async fn job_line(state: &AppState, job: &Queued, ui: Ui) -> Result<Option<WorkLine>> {
    let now = state.clock.now();
    let mut line = if pings::is_ping(&job.kind) {
        let Ok(id) = job.subject.parse::<ShowId>() else {
            return Ok(None);
        };
        let show = show::find(&state.db, &id).await?;
        let Some((name, why)) = pings::of_job(state, &job.kind, &show, ui).await? else {
            return Ok(None);
        };
        WorkLine {
            name,
            why,
            about: show.draft.title.clone(),
            about_lang: show.draft.language.as_str().to_owned(),
            about_href: admin::show(show.address()),
            ..WorkLine::default()
        }
    } else if let ALIGN_JOB | HEAR_JOB = job.kind.as_str()
        && let Ok(post) = job.subject.parse::<PostId>()
    {
        let name = if job.kind == HEAR_JOB {
            ui.t("work-hear")
        } else {
            ui.t("work-align")
        };
        WorkLine {
            name,
            ..about(state, &post, ui).await?
        }
    } else if job.kind == media::COLLECT_JOB {
        WorkLine {
            name: ui.t("work-collect"),
            ..WorkLine::default()
        }
    } else {
        WorkLine {
            name: ui.t1("work-other", "kind", &job.kind),
            ..WorkLine::default()
        }
    };
    line.at = job.since;
    line.is_moving = true;
    line.when = filters::ago(job.since, now, ui);
    if job.is_running {
        line.stand = WorkStand::Running;
        line.is_long = now.0 - job.run_at.0 > 10_000;
    } else if job.attempts > 0 {
        retrying(&mut line, job, now, ui);
    }
    Ok(Some(line))
}

/// A line of work that is tried again later, with the button that does not wait.
fn retrying(line: &mut WorkLine, job: &Queued, now: Instant, ui: Ui) {
    line.stand = WorkStand::Retrying;
    let minutes = (job.run_at.0 - now.0).max(0) / 60_000;
    line.is_moving = minutes == 0;
    line.when = match minutes {
        0 => ui.n("work-tried-soon", job.attempts),
        minutes => ui.t2(
            "work-tried",
            ("count", &job.attempts),
            ("minutes", &(minutes + 1)),
        ),
    };
    line.again = Some((job.kind.clone(), job.subject.clone()));
}

/// The beginning of a line about a post.
async fn about(state: &AppState, post: &PostId, ui: Ui) -> Result<WorkLine> {
    let Some((show, title)) = writing::title(&state.db, post).await? else {
        return Ok(WorkLine::default());
    };
    let show = show::find(&state.db, &show).await?;
    let (about, about_lang) = if title.is_empty() {
        (ui.t("admin-untitled"), ui.code().to_owned())
    } else {
        (title, show.draft.language.as_str().to_owned())
    };
    Ok(WorkLine {
        about,
        about_lang,
        about_href: admin::post_place(post, "transcript"),
        post: Some(post.clone()),
        ..WorkLine::default()
    })
}

/// `GET /admin/work?from=health`: the list alone, for pages that show how it goes on.
pub async fn part(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let query = FormData::parse(request.uri().query().unwrap_or_default().as_bytes())?;
    let (work, work_from) = match query.get("from") {
        "health" => (lines(&state, &author.user, author.ui).await?, "health"),
        _ => (pressing(&state, &author.user, author.ui).await?, "home"),
    };
    page::html(&WorkPart {
        ui: author.ui,
        csrf: author.csrf(),
        work,
        work_from,
    })
}

/// Does now what would be tried later, and once more what failed, as [`WorkLine::again`] names it.
/// What is not there any more is done.
///
/// # Errors
/// `Forbidden` for work that is not told to this person.
pub async fn hurry(db: &Db, who: &User, kind: &str, subject: &str) -> Result<()> {
    if !who.is_owner() {
        let of_post = [TRANSCRIPT, ALIGN_JOB, TRANSCRIBE_JOB, HEAR_JOB].contains(&kind);
        let post = subject.parse::<PostId>().ok().filter(|_| of_post);
        let post = post.ok_or_else(refused)?;
        posts::require_access(db, who, &post).await?;
    }
    let (db, kind, subject) = (db.clone(), kind.to_owned(), subject.to_owned());
    detached(async move {
        let mut tx = db.begin().await?;
        if kind == TRANSCRIPT {
            if let Ok(post) = subject.parse::<PostId>() {
                transcripts::go_on(&mut tx, &post).await?;
            }
        } else {
            jobs::hurry(&mut tx, &kind, &subject).await?;
        }
        tx.commit().await
    })
    .await
}

/// `POST /admin/work/again`.
pub async fn again(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let back = if form.get("from") == "health" {
        admin::HEALTH
    } else {
        admin::HOME
    };
    hurry(
        &state.db,
        &author.user,
        form.get("kind"),
        form.get("subject"),
    )
    .await?;
    Ok(page::see_other(back))
}
