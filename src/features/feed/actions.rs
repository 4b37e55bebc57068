//! What serving a feed for the first time settles.
use uuid::{Uuid, uuid};

use crate::features::show::{self, Show};
use crate::kernel::Result;
use crate::kernel::urls::{self, BaseUrl};
use crate::state::AppState;

/// The namespace of `podcast:guid` (Podcasting 2.0, tag `guid`).
const NAMESPACE: Uuid = uuid!("ead4c236-bf58-58c6-a2c6-a6b28d128cb6");

/// The show with its `podcast:guid`, which it is given when its feed is first served under a
/// public address. Under a loopback address it has none: the guid would be that of no feed.
pub async fn with_guid(state: &AppState, mut show: Show) -> Result<Show> {
    if show.podcast_guid.is_some() || state.base_url.is_loopback() {
        return Ok(show);
    }
    let guid = guid_of(&state.base_url, show.address());
    let mut tx = state.db.begin().await?;
    show::set_podcast_guid(&mut tx, &show.id, &guid).await?;
    tx.commit().await?;
    // Another node may have been faster: what is stored counts.
    show.podcast_guid = show::find(&state.db, &show.id).await?.podcast_guid;
    Ok(show)
}

/// `UUIDv5` of the feed's address without scheme and trailing slashes.
fn guid_of(base: &BaseUrl, address: &str) -> String {
    let name = format!("{}{}", base.authority(), urls::podcast_feed(address));
    guid_of_name(name.trim_end_matches('/'))
}

fn guid_of_name(name: &str) -> String {
    Uuid::new_v5(&NAMESPACE, name.as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_the_namespace() {
        for (name, want) in [
            ("podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
            (
                "mp3s.nashownotes.com/pc20rss.xml",
                "917393e3-1b1e-5cef-ace4-edaa54e1f810",
            ),
        ] {
            assert_eq!(guid_of_name(name), want);
        }
    }
}
