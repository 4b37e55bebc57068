//! What a failed statement means to the caller.
use crate::kernel::Error;

impl From<sqlx::Error> for Error {
    fn from(source: sqlx::Error) -> Self {
        match &source {
            // HARDENING D3: who waits 3 s for a connection is asked to come back.
            sqlx::Error::PoolTimedOut => Self::Unavailable { retry_after_s: 3 },
            sqlx::Error::Database(e) if e.message().contains("disk is full") => {
                Self::InsufficientStorage {
                    needed_bytes: 1 << 20,
                    free_bytes: 0,
                }
            }
            _ => Self::Internal(source.into()),
        }
    }
}
