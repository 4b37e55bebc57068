//! Builds the bytes of a feed from what is stored: the show, its listed posts, their pieces.
use super::actions::with_guid;
use super::pieces::{self, Depth};
use crate::features::posts::PublicPost;
use crate::features::posts::public as posts_of;
use crate::features::show::{self, Show};
use crate::formats::audio::AudioKind;
use crate::kernel::ids::ShowId;
use crate::kernel::urls::{self, BaseUrl};
use crate::kernel::{Error, Result};
use crate::state::AppState;
use crate::web::rendered::{Draft, Piece, Pieces, Policy};
use crate::web::task;

/// Posts in one document of the posts feed: full texts of more would be a document of hundreds
/// of megabytes in a large archive.
pub const POSTS_PER_PAGE: u32 = 200;

const RSS: &str = "application/rss+xml; charset=utf-8";

/// `/@{show}/posts.xml?page=2`; the first page has no query.
pub fn posts_page(address: &str, page: u32) -> String {
    let feed = urls::posts_feed(address);
    if page <= 1 {
        feed
    } else {
        format!("{feed}?page={page}")
    }
}

fn draft(state: &AppState, show: &Show, xml: Vec<u8>) -> Draft {
    Draft {
        body: xml.into(),
        content_type: RSS,
        last_modified: Some(show.changed_at),
        policy: Policy::Open,
        https: state.config.is_https(),
    }
}

/// The podcast feed: every listed episode.
pub async fn podcast(state: AppState, id: ShowId) -> Result<Draft> {
    let show = with_guid(&state, show::find(&state.db, &id).await?).await?;
    let episodes = posts_of::list_episodes(&state.db, &id).await?;
    task::blocking(move || {
        let known = state.rendered.pieces(&id, "podcast");
        let pieces = pieces::complete(&episodes, &known, Depth::Notes, &state.base_url);
        let xml = super::build::write();
        state.rendered.keep_pieces(&id, "podcast", pieces);
        Ok(draft(&state, &show, xml))
    })
    .await
}

/// A page of the posts feed, from 1: everything listed, full text.
///
/// # Errors
/// `NotFound` for a page past the end.
pub async fn posts(state: AppState, id: ShowId, page: u32) -> Result<Draft> {
    let show = show::find(&state.db, &id).await?;
    let total = u32::try_from(posts_of::count(&state.db, &id).await?).unwrap_or(u32::MAX);
    let pages = total.div_ceil(POSTS_PER_PAGE).max(1);
    if page > pages {
        return Err(Error::NotFound);
    }
    let per_page = i64::from(POSTS_PER_PAGE);
    let listed = posts_of::list(&state.db, &id, per_page, i64::from(page - 1) * per_page).await?;
    task::blocking(move || {
        let known = state.rendered.pieces(&id, "posts");
        let pieces = pieces::complete(&listed, &known, Depth::FullText, &state.base_url);
        let xml = super::build::write();
        // The first page changes with every post; the others are asked for by few.
        if page == 1 {
            state.rendered.keep_pieces(&id, "posts", pieces);
        }
        Ok(draft(&state, &show, xml))
    })
    .await
}
fn write() -> Vec<u8> {
    Vec::new()
}
