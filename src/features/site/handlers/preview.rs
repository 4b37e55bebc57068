//! The page of a post that is not public, for the author and for preview links.
use axum::response::Response;

use crate::features::posts::PublicPost;
use crate::features::show::Show;
use crate::features::site::fill::Reader;
use crate::formats::transcript::Transcript;
use crate::kernel::Result;
use crate::state::AppState;
use crate::web::page;
use crate::web::ui::Ui;

/// The page as the public would see it, with the sentences of this transcript, and with the recording and the files of the script at other
/// addresses, which `address` makes of their names: the public ones do not answer yet. It is
/// found by no search and has no neighbours. `is_sent`: to somebody by a link, who is told that it
/// is a preview.
pub fn preview_page(
    state: &AppState,
    ui: Ui,
    is_sent: bool,
    show: &Show,
    post: &PublicPost,
    transcript: &Transcript,
    address: impl Fn(&str) -> String,
) -> Result<Response> {
    let reader = Reader {
        base: state.base_url.clone(),
        ui,
        explicit: false,
    };
    let mut view = reader.post_page(show, post, "", transcript, (None, None));
    view.is_sent_preview = is_sent;
    view.frame.noindex = true;
    view.feeds.apps = reader.apps(show, post.recording.is_some());
    // What stands at the public addresses is not there yet, the card no more than the sound.
    view.frame.og.audio = None;
    view.frame.og.image = None;
    view.frame.og.is_card = false;
    view.frame
        .feeds
        .retain(|link| !link.media_type.ends_with("+oembed"));
    view.transcripts = reader.transcripts(post, |form| {
        address(&format!("transcript.{}", form.ending()))
    });
    if let (Some(audio), Some(recording)) = (&mut view.audio, &post.recording) {
        audio.url = address(&format!("audio.{}", recording.kind));
    }
    page::html(&view)
}
