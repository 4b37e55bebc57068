//! What serving a feed for the first time settles.
use crate::features::show::{self, Show};
use crate::formats::podcast;
use crate::kernel::{Result, urls};
use crate::state::AppState;

/// The show with its `podcast:guid`, which it is given when its feed is first served under a
/// public address. Under a loopback address it has none: the guid would be that of no feed.
pub async fn with_guid(state: &AppState, mut show: Show) -> Result<Show> {
    if show.podcast_guid.is_some() || state.base_url.is_loopback() {
        return Ok(show);
    }
    let feed = state.base_url.join(&urls::podcast_feed(show.address()));
    let mut tx = state.db.begin().await?;
    show::set_podcast_guid(&mut tx, &show.id, &podcast::podcast_guid(&feed)).await?;
    tx.commit().await?;
    // Another node may have been faster: what is stored counts.
    show.podcast_guid = show::find(&state.db, &show.id).await?.podcast_guid;
    Ok(show)
}
