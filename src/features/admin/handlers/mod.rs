//! HTTP of the author's side, a file a page.
pub mod changes;
pub mod check;
pub mod dashboard;
pub mod directories;
pub mod editor;
pub mod health;
pub mod history;
pub mod preview;
pub mod references;
pub mod setup;
pub mod shows;
pub mod sound;
pub mod transcript;
pub mod work;

use crate::features::accounts::Author;
use crate::features::accounts::{Frame, Nav, NavShow};
use crate::features::show::{self, Show};
use crate::kernel::{Result, urls};
use crate::state::AppState;

/// The frame of a page after login, with the links for this show.
pub async fn frame(
    state: &AppState,
    author: &Author,
    title: String,
    place: &'static str,
    current: Option<&Show>,
) -> Result<Frame> {
    let mut shows = show::list(&state.db).await?;
    shows.retain(|s| author.user.works_on(&s.id));
    let nav = Nav {
        place,
        show_title: current.map_or_else(String::new, |s| s.draft.title.clone()),
        shows: shows
            .iter()
            .map(|s| NavShow {
                title: s.draft.title.clone(),
                href: urls::admin::posts(s.address(), &[]),
                current: current.is_some_and(|c| c.id == s.id),
            })
            .collect(),
        public_href: current.map_or_else(String::new, |s| urls::show(s.address())),
        settings_href: current
            .filter(|_| author.user.is_owner())
            .map_or_else(String::new, |s| urls::admin::show(s.address())),
        is_owner: author.user.is_owner(),
    };
    Ok(Frame::new(title, author.csrf(), Some(nav)))
}
