//! The page of a post that is not public, for the author and for preview links.
use axum::response::Response;

use crate::features::posts::PublicPost;
use crate::features::show::Show;
use crate::features::site::fill::Reader;
use crate::kernel::Result;
use crate::state::AppState;
use crate::web::page;
use crate::web::ui::Ui;

/// The page as the public would see it, with the recording at another address: the public one
/// does not answer yet. It is found by no search and has no neighbours.
pub fn preview_page(
    state: &AppState,
    ui: Ui,
    show: &Show,
    post: &PublicPost,
    audio_url: Option<String>,
) -> Result<Response> {
    let reader = Reader {
        base: state.base_url.clone(),
        ui,
        explicit: false,
    };
    let mut view = reader.post_page(show, post, "", None, None);
    view.frame.noindex = true;
    view.transcripts = None;
    if let (Some(audio), Some(url)) = (&mut view.audio, audio_url) {
        audio.url = url;
    }
    page::html(&view)
}
