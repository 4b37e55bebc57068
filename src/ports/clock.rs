//! The clock as a port: the system's, or one that a test turns by hand.
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::kernel::time::Instant;

/// Where the time comes from. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The operating system's clock.
    #[default]
    System,
    /// Stands still until it is set: for tests, and for demo data with fixed dates.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at this instant until [`Clock::set`].
    pub fn standing(at: Instant) -> Self {
        Self::Set(Arc::new(AtomicI64::new(at.0)))
    }

    /// The present instant.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that asks the system"
    )]
    pub fn now(&self) -> Instant {
        match self {
            Self::System => Instant(jiff::Timestamp::now().as_millisecond()),
            Self::Set(ms) => Instant(ms.load(Ordering::SeqCst)),
        }
    }

    /// Turns a standing clock; the system's stays as it is.
    pub fn set(&self, to: Instant) {
        if let Self::Set(ms) = self {
            ms.store(to.0, Ordering::SeqCst);
        }
    }
}
