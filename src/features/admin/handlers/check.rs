//! The check before publishing: gathers what the rules of `check` want to know.
use std::time::Duration;

use axum::extract::State;
use axum::response::Response;
use futures_util::future::join_all;

use super::frame;
use crate::features::accounts::Author;
use crate::features::admin::check::{self, Facts, Reached};
use crate::features::admin::views::check::{CheckPage, FindingView};
use crate::features::posts::{self, Reference, writing};
use crate::features::transcripts::{self, Counts, WorkKind};
use crate::features::{recordings, show};
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
/// References that are asked for; more are a list nobody reads.
const MOST_REFERENCES: usize = 40;

/// `GET /admin/posts/{id}/check`.
pub async fn page(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
) -> Result<Response> {
    let ui = author.ui;
    let post = writing::find(&state.db, &id).await?;
    let show = show::find(&state.db, &post.show_id).await?;
    let content = writing::working_copy(&state.db, &id).await?.content;
    let recording = match &content.recording_id {
        Some(id) => Some(recordings::find(&state.db, id).await?),
        None => None,
    };
    let (mut loudness, mut timeline) = (None, None);
    if let Some(recording) = &recording {
        let heard = transcripts::outline(&state, recording).await?;
        loudness = heard.map(|heard| heard.sound.loudness);
        timeline = transcripts::find(&state.db, &id, &recording.id).await?;
    }
    let lines = posts::newest_lines_of(&state.db, &id).await?;
    let lines = timeline.unwrap_or_default().fill(lines);
    let work = transcripts::work(&state.db, &id).await?;
    let title = show.draft.title.clone();
    let drawn = blocking(move || Ok(image::default_cover(&title).hash)).await?;
    let reached = reach(&state, &content.references).await;
    let found = check::findings(&Facts {
        content: &content,
        has_drawn_cover: show.cover_hash == drawn,
        recording: recording.as_ref(),
        loudness,
        counts: Counts::of(&lines),
        is_being_timed: work.is_some_and(|w| w.kind == WorkKind::Align && w.state.is_open()),
        reached: &reached,
    });
    let found = found.into_iter().map(|finding| FindingView {
        weight: finding.weight,
        text: ui.message(&finding.text),
        href: if finding.place == check::SHOW {
            admin::show(show.address())
        } else {
            admin::post_place(&id, finding.place)
        },
    });
    let heading = if content.title.is_empty() {
        ui.t("admin-untitled")
    } else {
        content.title.clone()
    };
    let sound = recording.as_ref().map(|r| {
        let mut facts = vec![
            clock_length(r.duration_ms),
            recordings::size_text(r.length_bytes),
            r.kind.as_str().to_uppercase(),
            format!("{} kHz", f64::from(r.sample_rate_hz) / 1000.0),
            channels(ui, r.channels),
        ];
        facts.extend(loudness.as_ref().map(|l| loud(ui, l)));
        facts
    });
    let page = CheckPage {
        frame: frame(&state, &author, ui.t("check-heading"), "posts", Some(&show)).await?,
        lang: show.draft.language.as_str().to_owned(),
        heading,
        found: found.collect(),
        sound: sound.unwrap_or_default(),
        asked: reached.len(),
        editor_href: admin::post(&id),
        check_href: admin::post_part(&id, "check"),
        ui,
    };
    page::html(&page)
}

fn channels(ui: Ui, channels: u16) -> String {
    match channels {
        1 => ui.t("check-mono"),
        2 => ui.t("check-stereo"),
        more => ui.n("check-many-channels", more),
    }
}

fn loud(ui: Ui, loudness: &Loudness) -> String {
    let number = |n: Option<f32>| n.map_or_else(|| "−∞".to_owned(), |n| format!("{n:.1}"));
    let (lufs, peak) = (number(loudness.integrated_lufs), number(loudness.peak_dbfs));
    ui.t2("check-loudness", ("lufs", &lufs), ("peak", &peak))
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
