//! Collecting what nothing names any more, and looking the files over at the start.
use std::collections::HashSet;
use std::io;

use tokio::sync::{RwLock, RwLockReadGuard};

use super::store::{self, FileRow};
use crate::kernel::events::Event;
use crate::kernel::{Error, Result};
use crate::state::AppState;
use crate::web::task::blocking;

/// Covers that nothing names are kept so long, in milliseconds: a day.
const COVER_GRACE_MS: i64 = 24 * 3_600_000;

/// Held for reading from before a file comes under its final name until its row is committed,
/// for writing while files are collected: else a file could be removed as unnamed in the
/// moment before its row is there.
static GATE: RwLock<()> = RwLock::const_new(());

/// Keeps the collection out until this is dropped; held while a file comes in.
pub async fn hold() -> RwLockReadGuard<'static, ()> {
    GATE.read().await
}

/// What a failed call on a file means to the author: a full disk is no inner fault.
pub fn io_error(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::InsufficientStorage {
            needed_bytes: 1 << 20,
            free_bytes: 0,
        },
        _ => error.into(),
    }
}

/// The kind of the job that takes files away which nothing names any more; never renamed.
pub const COLLECT_JOB: &str = "collect-media";

/// Removes recordings, covers and files that nothing names (job kind [`COLLECT_JOB`]). Can be
/// cut at any point and run again: a file goes before its row.
pub async fn collect(state: &AppState) -> Result<()> {
    let _alone = GATE.write().await;
    let mut tx = state.db.begin().await?;
    let now = tx.now();
    store::delete_unnamed(&mut tx, now.plus_ms(-COVER_GRACE_MS).0).await?;
    tx.commit().await?;
    let unnamed = store::list_unnamed(&state.db).await?;
    if unnamed.is_empty() {
        return Ok(());
    }
    let (media, names) = (state.media.clone(), unnamed.clone());
    blocking(move || {
        for hash in &names {
            media.remove(hash)?;
        }
        Ok(())
    })
    .await?;
    let mut tx = state.db.begin().await?;
    for hash in &unnamed {
        store::delete(&mut tx, hash).await?;
    }
    tx.commit().await?;
    tracing::info!(files = unnamed.len(), "removed files that nothing names");
    Ok(())
}

/// Compares files and rows, at the start (HARDENING D5): a file without a row goes into
/// quarantine, a row whose file is missing or of wrong size is marked, so that it stands in no
/// feed, and unmarked when the file is back. One bad file never stops the start.
pub async fn check_files(state: &AppState) -> Result<()> {
    let _alone = GATE.write().await;
    let rows = store::list(&state.db).await?;
    let media = state.media.clone();
    let changed = blocking(move || {
        quarantine_strangers(&media, &rows)?;
        let changed = rows.into_iter().filter_map(|row| {
            let present = media.length_bytes(&row.hash) == Some(row.length_bytes);
            (present != row.present).then_some((row.hash, present))
        });
        Ok(changed.collect::<Vec<_>>())
    })
    .await?;
    if changed.is_empty() {
        return Ok(());
    }
    let mut tx = state.db.begin().await?;
    for (hash, present) in changed {
        if present {
            tracing::info!(%hash, "a missing file is back");
        } else {
            tracing::error!(%hash, "a file is missing or of wrong size: what it belongs to is left out");
        }
        store::set_present(&mut tx, &hash, present).await?;
        for show in store::shows_with(&mut tx, &hash).await? {
            tx.announce(Event::ShowChanged(show));
        }
    }
    tx.commit().await
}

fn quarantine_strangers(media: &crate::ports::media::MediaStore, rows: &[FileRow]) -> Result<()> {
    let known: HashSet<&str> = rows.iter().map(|r| r.hash.as_str()).collect();
    for hash in media.list()? {
        if known.contains(hash.as_str()) {
            continue;
        }
        match media.quarantine(&hash) {
            Ok(()) => tracing::warn!(%hash, "a file without a row was moved to quarantine"),
            Err(error) => tracing::error!(%hash, %error, "a file could not be moved to quarantine"),
        }
    }
    Ok(())
}
