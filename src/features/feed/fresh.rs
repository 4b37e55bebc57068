//! Keeps the feeds built: at the start, and at once after every change, so that the next
//! request finds them in memory.
use std::sync::Arc;

use tokio::sync::watch;

use super::build::{self, page_of};
use crate::features::show::{self, Show};
use crate::kernel::ids::ShowId;
use crate::kernel::{Error, Result, urls};
use crate::state::AppState;
use crate::web::rendered::{Answer, Key};

/// One of the feeds of a show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Episodes.
    Podcast,
    /// Everything.
    Posts,
    /// Everything, as JSON Feed.
    PostsJson,
}

impl Which {
    /// Where the first page is.
    pub fn path(self, address: &str) -> String {
        match self {
            Self::Podcast => urls::podcast_feed(address),
            Self::Posts => urls::posts_feed(address),
            Self::PostsJson => urls::posts_json(address),
        }
    }

    fn key(self, show: &Show, page: u32) -> Key {
        let mut key = Key::feed(&page_of(&self.path(show.address()), page), &show.id);
        key.pinned = page == 1;
        key
    }
}

/// A page of a feed, from 1, from memory or built.
///
/// # Errors
/// `NotFound` for a page past the end.
pub(super) async fn feed(
    state: &AppState,
    show: &Show,
    which: Which,
    page: u32,
) -> Result<Arc<Answer>> {
    let (builder, id) = (state.clone(), show.id.clone());
    let build = move || async move {
        match which {
            Which::Podcast => build::podcast(builder, id, page).await,
            Which::Posts => build::posts(builder, id, page).await,
            Which::PostsJson => build::posts_json(builder, id, page).await,
        }
    };
    let key = which.key(show, page);
    state.rendered.get_or_build(key, build).await
}

/// Builds the feeds of every show now, and those of a show that changes whenever it does, until
/// told to stop. The feeds of everything only if somebody ever asked for them.
pub async fn keep_fresh(state: AppState, mut stop: watch::Receiver<bool>) {
    let work = async {
        match show::list(&state.db).await {
            Ok(shows) => {
                for show in shows {
                    build_all(&state, &show.id).await;
                }
            }
            Err(error) => tracing::warn!(%error, "the shows could not be read"),
        }
        loop {
            for show in state.rendered.changed().await {
                build_all(&state, &show).await;
            }
        }
    };
    tokio::select! {
        () = work => {}
        _ = stop.wait_for(|stopped| *stopped) => {}
    }
}

async fn build_all(state: &AppState, id: &ShowId) {
    let built = async {
        let show = show::find(&state.db, id).await?;
        feed(state, &show, Which::Podcast, 1).await?;
        for which in [Which::Posts, Which::PostsJson] {
            if state.rendered.was_asked_for(&which.path(show.address())) {
                feed(state, &show, which, 1).await?;
            }
        }
        Ok::<(), Error>(())
    };
    match built.await {
        // A show that is gone needs no feeds.
        Ok(()) | Err(Error::NotFound) => {}
        // The next request tries anew, and answers with the error.
        Err(error) => tracing::warn!(%error, show = %id, "a feed could not be built"),
    }
}
