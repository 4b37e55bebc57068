//! The check before publishing: gathers what the rules of `check` want to know.
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::response::Response;
use futures_util::future::join_all;

use super::{frame, sound};
use crate::features::accounts::{Author, User};
use crate::features::admin::check::{self, Facts, Reached, Weight};
use crate::features::admin::views::check::{CheckPage, CheckPart, FindingView};
use crate::features::posts::{self, Content, Reference, writing};
use crate::features::recordings::{self, Recording};
use crate::features::show::{self, Show};
use crate::features::transcripts::{self, Counts, WorkKind};
use crate::formats::image;
use crate::formats::sound::Loudness;
use crate::kernel::Result;
use crate::kernel::ids::PostId;
use crate::kernel::time::clock_length;
use crate::kernel::urls::admin;
use crate::ports::fetch;
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::page;
use crate::web::task::blocking;
use crate::web::ui::Ui;

/// The author waits for the slowest of them.
const TOTAL: Duration = Duration::from_secs(10);
/// Covers whose hashes are remembered, one a show.
const MOST_DRAWN: usize = 32;
/// References that are asked for; more are a list nobody reads.
const MOST_REFERENCES: usize = 40;

/// What was found in a post, and what it was found in.
struct Looked {
    show: Show,
    content: Content,
    recording: Option<Recording>,
    loudness: Option<Loudness>,
    /// How many references were asked for.
    asked: usize,
    found: Vec<FindingView>,
}

/// Looks a post over. Other sites are asked for the references only where the author waits for it.
async fn look(
    state: &AppState,
    who: &User,
    ui: Ui,
    id: &PostId,
    asks_others: bool,
) -> Result<Looked> {
    let post = writing::find(&state.db, id).await?;
    let show = show::find(&state.db, &post.show_id).await?;
    let copy = writing::working_copy(&state.db, id).await?;
    let slug_fault = posts::slug_fault(&state.db, &post, &copy.slug).await?;
    let content = copy.content;
    let recording = match &content.recording_id {
        Some(id) => Some(recordings::find(&state.db, id).await?),
        None => None,
    };
    let (mut loudness, mut unheard, mut timeline) = (None, None, None);
    if let Some(recording) = &recording {
        let heard = transcripts::outline(state, recording).await?;
        loudness = heard.map(|sound| sound.loudness);
        if loudness.is_none() {
            unheard = transcripts::unheard(state, recording).await?;
        }
        timeline = transcripts::find(&state.db, id, &recording.id).await?;
    }
    let lines = posts::newest_lines_of(&state.db, id).await?;
    let lines = timeline.unwrap_or_default().fill(lines);
    let work = transcripts::work(&state.db, id).await?;
    let drawn = drawn_cover(&show.draft.title).await?;
    let reached = if asks_others {
        reach(state, &content.references).await
    } else {
        Vec::new()
    };
    let found = check::findings(&Facts {
        content: &content,
        slug_fault,
        has_drawn_cover: show.cover_hash == drawn,
        recording: recording.as_ref(),
        loudness,
        unheard,
        counts: Counts::of(&lines),
        is_being_timed: work.is_some_and(|w| w.kind == WorkKind::Align && w.state.is_open()),
        reached: &reached,
    });
    let found = found.into_iter().map(|finding| FindingView {
        weight: finding.weight,
        text: ui.message(&finding.text),
        href: match finding.place {
            check::SHOW if who.is_owner() => admin::show(show.address()),
            // The post's own stands for it.
            check::SHOW => admin::post_place(id, "details"),
            place => admin::post_place(id, place),
        },
    });
    Ok(Looked {
        found: found.collect(),
        asked: reached.len(),
        show,
        content,
        recording,
        loudness,
    })
}

/// What was found in a post, for programs: how much it matters and one sentence, the weightiest
/// first.
pub async fn look_over(
    state: &AppState,
    who: &User,
    ui: Ui,
    id: &PostId,
) -> Result<Vec<(&'static str, String)>> {
    let looked = look(state, who, ui, id, true).await?;
    let pair = |f: FindingView| (f.weight.code(), f.text);
    Ok(looked.found.into_iter().map(pair).collect())
}

/// The hash of the cover that stands in for a show of this title. Drawing one takes a good part of a
/// second, and the editor asks after every save.
pub async fn drawn_cover(title: &str) -> Result<String> {
    static DRAWN: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());
    let known = |drawn: &[(String, String)]| {
        let found = drawn.iter().find(|(of, _)| of == title);
        found.map(|(_, hash)| hash.clone())
    };
    let found = known(&DRAWN.lock().unwrap_or_else(PoisonError::into_inner));
    if let Some(hash) = found {
        return Ok(hash);
    }
    let of = title.to_owned();
    let hash = blocking(move || Ok(image::default_cover(&of).hash)).await?;
    let mut drawn = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
    if drawn.len() >= MOST_DRAWN {
        drawn.remove(0);
    }
    drawn.push((title.to_owned(), hash.clone()));
    Ok(hash)
}

/// `GET /admin/posts/{id}/check`.
pub async fn page(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
) -> Result<Response> {
    let ui = author.ui;
    let looked = look(&state, &author.user, ui, &id, true).await?;
    let heading = if looked.content.title.is_empty() {
        ui.t("admin-untitled")
    } else {
        looked.content.title.clone()
    };
    let sound = looked.recording.as_ref().map(|r| {
        let mut facts = vec![
            clock_length(r.duration_ms),
            recordings::size_text(r.length_bytes),
            r.kind.as_str().to_uppercase(),
        ];
        facts.extend(sound::facts(ui, r));
        facts.extend(looked.loudness.as_ref().map(|l| sound::loud(ui, l)));
        facts
    });
    let title = ui.t("check-heading");
    let page = CheckPage {
        frame: frame(&state, &author, title, "posts", Some(&looked.show)).await?,
        lang: looked.show.draft.language.as_str().to_owned(),
        heading,
        found: looked.found,
        sound: sound.unwrap_or_default(),
        asked: looked.asked,
        editor_href: admin::post(&id),
        check_href: admin::post_part(&id, "check"),
        ui,
    };
    page::html(&page)
}

/// `GET /admin/posts/{id}/check/short`: what was found without asking other sites, as a part of the
/// editor.
pub async fn short(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
) -> Result<Response> {
    let ui = author.ui;
    let found = look(&state, &author.user, ui, &id, false).await?.found;
    let musts = found.iter().filter(|f| f.weight == Weight::Must).count();
    page::html(&CheckPart {
        ui,
        musts,
        others: found.len() - musts,
        found,
        check_href: admin::post_part(&id, "check"),
    })
}

/// Asks for the pages of the references, all at once; the port lets a few go at a time.
async fn reach(state: &AppState, references: &[Reference]) -> Vec<(usize, Reached)> {
    let with_link = references.iter().enumerate();
    let with_link = with_link.filter(|(_, reference)| !reference.url.trim().is_empty());
    let asked = with_link
        .take(MOST_REFERENCES)
        .map(|(at, reference)| async move {
            let request = fetch::Request::get(&reference.url, 0, TOTAL).head_only();
            let reached = match state.fetch.fetch(&request).await {
                Err(_) => Reached::Silent,
                Ok(answer) if answer.status.as_u16() >= 400 => {
                    Reached::Status(answer.status.as_u16())
                }
                Ok(_) => Reached::Good,
            };
            (at, reached)
        });
    join_all(asked).await
}
