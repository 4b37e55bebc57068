//! Work that is done by one after the other, with so many waiting and no more.
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::kernel::{Error, Result};

/// When those who found no place may ask again.
const RETRY_AFTER_S: u64 = 2;

/// A queue of bounded length before one place of work.
#[derive(Debug)]
pub struct Turns {
    places: Semaphore,
    work: Semaphore,
}

/// Whose turn it is, until this is dropped.
#[derive(Debug)]
pub struct Turn<'a> {
    _work: SemaphorePermit<'a>,
    _place: SemaphorePermit<'a>,
}

impl Turns {
    /// One works and at most so many wait.
    pub fn new(waiting: usize) -> Self {
        Self {
            places: Semaphore::new(waiting + 1),
            work: Semaphore::new(1),
        }
    }

    /// Waits for its turn.
    ///
    /// # Errors
    /// `Unavailable`, at once, if too many wait already.
    pub async fn take(&self) -> Result<Turn<'_>> {
        let busy = || Error::Unavailable {
            retry_after_s: RETRY_AFTER_S,
        };
        let place = self.places.try_acquire().map_err(|_| busy())?;
        let work = self.work.acquire().await.map_err(|_| busy())?;
        Ok(Turn {
            _work: work,
            _place: place,
        })
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn one_works_one_waits_and_the_third_is_sent_away() {
        let turns = Turns::new(1);
        let first = turns.take().now_or_never().expect("at once").expect("free");
        let mut second = Box::pin(turns.take());
        assert!(second.as_mut().now_or_never().is_none(), "waits");
        let third = turns.take().now_or_never().expect("at once");
        assert!(matches!(third, Err(Error::Unavailable { .. })));
        drop(first);
        assert!(second.now_or_never().is_some_and(|turn| turn.is_ok()));
        assert!(turns.take().now_or_never().is_some_and(|turn| turn.is_ok()));
    }
}
