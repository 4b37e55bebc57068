//! What serving a feed for the first time settles.
use crate::features::show;
use crate::formats::podcast;
use crate::kernel::ids::ShowId;
use crate::kernel::{Result, urls};
use crate::state::AppState;

/// Gives a show its `podcast:guid` when its feed is first served under a public address. Under
/// a loopback address it has none: the guid would be that of no feed.
pub async fn give_guid(state: &AppState, id: &ShowId) -> Result<()> {
    if state.base_url.is_loopback() {
        return Ok(());
    }
    let show = show::find(&state.db, id).await?;
    if show.podcast_guid.is_some() {
        return Ok(());
    }
    let feed = state.base_url.join(&urls::podcast_feed(show.address()));
    let mut tx = state.db.begin().await?;
    // Another node may have been faster: what is stored first counts.
    show::set_podcast_guid(&mut tx, id, &podcast::podcast_guid(&feed)).await?;
    tx.commit().await
}
