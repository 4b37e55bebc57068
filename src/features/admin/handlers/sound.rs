//! How a recording sounds: what the editor's panel and the check tell of it.
use axum::extract::State;
use axum::response::Response;

use crate::features::accounts::Author;
use crate::features::admin::check::decibels;
use crate::features::admin::views::sound::{SoundPart, SoundView};
use crate::features::posts::writing;
use crate::features::recordings::{self, Recording};
use crate::features::transcripts;
use crate::formats::outline;
use crate::formats::sound::Loudness;
use crate::jobs;
use crate::kernel::Result;
use crate::kernel::ids::PostId;
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::page;
use crate::web::ui::Ui;

/// `GET /admin/posts/{id}/recording/sound`: as a part of the editor.
pub async fn part(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
) -> Result<Response> {
    let ui = author.ui;
    let content = writing::working_copy(&state.db, &id).await?.content;
    let sound = match &content.recording_id {
        Some(recording) => {
            let recording = recordings::find(&state.db, recording).await?;
            of(&state, ui, &id, &recording).await?
        }
        None => SoundView::default(),
    };
    page::html(&SoundPart { ui, sound })
}

/// What is known of how the recording of a post sounds.
pub async fn of(
    state: &AppState,
    ui: Ui,
    post: &PostId,
    recording: &Recording,
) -> Result<SoundView> {
    let mut view = SoundView {
        facts: facts(ui, recording),
        ..SoundView::default()
    };
    match transcripts::outline(state, recording).await? {
        Some(sound) => {
            view.facts.push(loud(ui, &sound.loudness));
            view.outline = Some(outline::path(&sound.peaks));
        }
        None => {
            let waiting = jobs::waiting(&state.db, transcripts::HEAR_JOB).await?;
            view.is_coming = waiting.iter().any(|job| job.subject == post.as_str());
            view.can_ask = !view.is_coming && recording.present;
            if view.can_ask {
                let why = transcripts::unheard(state, recording).await?;
                view.fault = why.map(|why| ui.message(&why));
            }
        }
    }
    Ok(view)
}

/// Rate and channels.
pub fn facts(ui: Ui, recording: &Recording) -> Vec<String> {
    let channels = match recording.channels {
        1 => ui.t("check-mono"),
        2 => ui.t("check-stereo"),
        more => ui.n("check-many-channels", more),
    };
    let khz = f64::from(recording.sample_rate_hz) / 1000.0;
    vec![format!("{khz} kHz"), channels]
}

/// Loudness and the greatest sample.
pub fn loud(ui: Ui, loudness: &Loudness) -> String {
    let number = |n: Option<f32>| n.map_or_else(|| "−∞".to_owned(), decibels);
    let (lufs, peak) = (number(loudness.integrated_lufs), number(loudness.peak_dbfs));
    ui.t2("check-loudness", ("lufs", &lufs), ("peak", &peak))
}
