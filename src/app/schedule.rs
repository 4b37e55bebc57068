//! What happens by the clock: scheduled posts become public, old things are cleared away.
use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::watch;

use crate::db::Engine;
use crate::features::{accounts, audit, media, posts, show, uploads};
use crate::kernel::ids::ShowId;
use crate::state::AppState;

/// The clock is looked at this often even if nothing seems due: it may have been turned.
const LONGEST_SLEEP_MS: i64 = 30_000;
/// Housekeeping runs this often.
const HOUSEKEEPING: Duration = Duration::from_secs(3600);
/// What other nodes change is looked for this often.
const OTHER_NODES: Duration = Duration::from_millis(500);
/// A log larger than this is cut at the hourly look (HARDENING D3).
const WAL_BYTES: u64 = 64 << 20;

/// Makes due posts public at their minute, without a visitor, until told to stop.
pub async fn publish_when_due(state: AppState, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let pause = match posts::publish_due(&state.db).await {
            Ok(_) => until_next(&state).await,
            Err(error) => {
                tracing::warn!(%error, "scheduled posts could not be published; trying again");
                Duration::from_secs(5)
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = state.schedule_wake.notified() => {}
            _ = stop.changed() => {}
        }
    }
}

async fn until_next(state: &AppState) -> Duration {
    let now = state.clock.now();
    let wait_ms = match posts::writing::next_due(&state.db).await {
        Ok(Some(due)) => (due.0 - now.0).clamp(0, LONGEST_SLEEP_MS),
        _ => LONGEST_SLEEP_MS,
    };
    // A little late rather than a little early, which would be another round.
    Duration::from_millis(wait_ms.unsigned_abs() + 20)
}

/// Forgets what another node has changed, within half a second (DESIGN 3.4). SQLite has no other
/// node: its folder is locked.
pub async fn follow_other_nodes(state: AppState, mut stop: watch::Receiver<bool>) {
    if state.db.engine() == Engine::Sqlite {
        return;
    }
    let mut known: HashMap<ShowId, i64> = HashMap::new();
    while !*stop.borrow() {
        match show::revisions(&state.db).await {
            Ok(now) => {
                for (id, revision) in &now {
                    // Also for what this node itself has changed: it costs one look at the list.
                    if known.get(id).is_some_and(|before| before != revision) {
                        state.rendered.forget_show(id, None);
                        state.cards.forget_show(id, None);
                    }
                }
                known = now.into_iter().collect();
            }
            Err(error) => tracing::warn!(%error, "the revisions of the shows could not be read"),
        }
        tokio::select! {
            () = tokio::time::sleep(OTHER_NODES) => {}
            _ = stop.changed() => {}
        }
    }
}

/// The hourly round.
pub async fn keep_house(state: AppState, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        tokio::select! {
            () = tokio::time::sleep(HOUSEKEEPING) => {}
            _ = stop.changed() => return,
        }
        if let Err(error) = accounts::sweep_sessions(&state.db).await {
            tracing::warn!(%error, "old sessions could not be cleared away");
        }
        if let Err(error) = audit::sweep(&state.db).await {
            tracing::warn!(%error, "old lines of the log could not be cleared away");
        }
        if let Err(error) = uploads::sweep_expired(&state).await {
            tracing::warn!(%error, "old uploads could not be cleared away");
        }
        // Pictures that were sent and never used have a day's grace, which no event ends.
        if let Err(error) = media::collect(&state).await {
            tracing::warn!(%error, "files that nothing names could not be cleared away");
        }
        state.data.restore_ballast();
        if state.db.wal_bytes() > WAL_BYTES {
            state.db.checkpoint().await;
        }
    }
}
