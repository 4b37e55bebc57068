//! Keeps the feeds built: at the start, and at once after every change, so that the next
//! request finds them in memory.
use std::sync::Arc;

use tokio::sync::watch;

use super::build;
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
    /// A page of everything, from 1.
    Posts(u32),
}

impl Which {
    fn key(self, show: &Show) -> Key {
        match self {
            Self::Podcast => Key::feed(&urls::podcast_feed(show.address()), &show.id),
            Self::Posts(1) => Key::feed(&urls::posts_feed(show.address()), &show.id),
            Self::Posts(page) => {
                let mut key = Key::feed(&build::posts_page(show.address(), page), &show.id);
                key.pinned = false;
                key
            }
        }
    }
}

/// A feed, from memory or built.
///
/// # Errors
/// `NotFound` for a page past the end.
pub(super) async fn feed(state: &AppState, show: &Show, which: Which) -> Result<Arc<Answer>> {
    let (builder, id) = (state.clone(), show.id.clone());
    let build = move || async move {
        match which {
            Which::Podcast => build::podcast(builder, id).await,
            Which::Posts(page) => build::posts(builder, id, page).await,
        }
    };
    state.rendered.get_or_build(which.key(show), build).await
}

/// Builds the feeds of every show now, and those of a show that changes whenever it does, until
/// told to stop. The posts feed only if somebody ever asked for it.
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
        feed(state, &show, Which::Podcast).await?;
        if state
            .rendered
            .was_asked_for(&urls::posts_feed(show.address()))
        {
            feed(state, &show, Which::Posts(1)).await?;
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
