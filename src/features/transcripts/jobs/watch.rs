//! Long work under the eyes of its row: how far it is goes in, that it is not wanted comes out.
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use super::Fault;
use crate::features::transcripts::model::{WorkKind, WorkState};
use crate::features::transcripts::store::work;
use crate::kernel::Result;
use crate::kernel::ids::PostId;
use crate::state::AppState;

/// How often the row is looked at.
const LOOK: Duration = Duration::from_millis(500);

/// A piece of work of a post.
pub struct Watch<'a> {
    pub state: &'a AppState,
    pub post: &'a PostId,
    pub kind: WorkKind,
    /// 0 to 100; whoever works sets it.
    pub percent: AtomicU8,
}

impl Watch<'_> {
    /// Does the work to its end, unless the row says that nobody wants it any more: then it is
    /// dropped where it stands.
    pub async fn over<T>(&self, work: impl Future<Output = T>) -> Result<T, Fault> {
        let mut work = pin!(work);
        let mut told = 0;
        loop {
            tokio::select! {
                done = &mut work => return Ok(done),
                () = tokio::time::sleep(LOOK) => {}
            }
            let now = self.percent.load(Ordering::Relaxed);
            if !self.is_wanted(told, now).await? {
                return Err(Fault::Stopped);
            }
            told = now;
        }
    }

    /// Writes only what is new: a look costs no transaction.
    async fn is_wanted(&self, told: u8, now: u8) -> Result<bool> {
        if told == now {
            let row = work::find(&self.state.db, self.post).await?;
            return Ok(row.is_some_and(|w| w.kind == self.kind && w.state == WorkState::Running));
        }
        let mut tx = self.state.db.begin().await?;
        let wanted = work::progress(&mut tx, self.post, self.kind, now).await?;
        tx.commit().await?;
        Ok(wanted)
    }
}
