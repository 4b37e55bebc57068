//! Putting uploads right at the start, and clearing away those whose time is over.
use std::collections::HashSet;

use super::actions::discard;
use super::store;
use crate::kernel::Result;
use crate::state::AppState;
use crate::web::task::blocking;

/// At the start, before anything is served (HARDENING D5): temporary files without an
/// unfinished upload go, offsets beyond the end of their file come down to it. A file that is
/// longer than its offset is cut when the upload goes on.
pub async fn recover(state: &AppState) -> Result<()> {
    let uploads = store::list_unfinished(&state.db).await?;
    let known: HashSet<String> = uploads.iter().map(|u| u.id.as_str().to_owned()).collect();
    let media = state.media.clone();
    blocking(move || {
        for name in media.list_temp()? {
            if !known.contains(&name)
                && let Err(error) = media.remove_temp(&name)
            {
                tracing::warn!(%name, %error, "a temporary file could not be removed");
            }
        }
        Ok(())
    })
    .await?;
    for upload in uploads {
        let length = state.media.temp_length_bytes(upload.id.as_str());
        match length {
            None if upload.offset_bytes > 0 => discard(state, &upload.id).await?,
            Some(length) if length < upload.offset_bytes => {
                tracing::warn!(upload = %upload.id, length, "an upload lost bytes that were synced");
                let mut tx = state.db.begin().await?;
                let (from, until) = (upload.offset_bytes, upload.expires_at);
                store::set_offset(&mut tx, &upload.id, from, length, until).await?;
                tx.commit().await?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Forgets uploads that nothing came in for during 24 hours; meant to run every hour.
pub async fn sweep_expired(state: &AppState) -> Result<()> {
    for upload in store::list_expired(&state.db).await? {
        if let Some(_held) = state.busy_uploads.try_hold(&upload.id) {
            discard(state, &upload.id).await?;
        }
    }
    Ok(())
}
