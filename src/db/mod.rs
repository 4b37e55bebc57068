//! The database: two engines behind one set of SQL, pools, migrations, transactions.
//!
//! SQLite has one writer connection and several read-only readers; PostgreSQL has one pool for
//! both. A feature's `store.rs` reads through [`Db::read`] and writes inside a [`Tx`].
mod error;
mod open;
#[cfg(test)]
pub mod testing;
mod tx;

pub use open::{Engine, OpenOptions};
pub use tx::{Hooks, Tx};

use std::path::PathBuf;
use std::sync::Arc;

use sqlx::AnyPool;

use crate::ports::clock::Clock;

/// The database of the site. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Engine,
    writer: AnyPool,
    readers: AnyPool,
    clock: Clock,
    hooks: Hooks,
    /// The SQLite file, for its size and that of its log.
    file: Option<PathBuf>,
}

impl Db {
    /// Which engine runs below.
    pub fn engine(&self) -> Engine {
        self.inner.engine
    }

    /// Connections for reading; on SQLite they cannot write.
    pub fn read(&self) -> &AnyPool {
        &self.inner.readers
    }

    /// Begins the one transaction of a request. On SQLite it takes the write lock at once:
    /// a transaction that reads first and then writes would fail instead of waiting.
    pub async fn begin(&self) -> Result<Tx, sqlx::Error> {
        (self.inner.hooks.before_write)();
        let statement = match self.inner.engine {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN",
        };
        let tx = self.inner.writer.begin_with(statement).await?;
        Ok(Tx::new(
            tx,
            self.inner.clock.clone(),
            self.inner.hooks.clone(),
        ))
    }

    /// The clock that transactions stamp with.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// Whether the database answers.
    pub async fn answers(&self) -> bool {
        sqlx::query("SELECT 1").execute(self.read()).await.is_ok()
    }

    /// Size of SQLite's write-ahead log in bytes, 0 elsewhere.
    pub fn wal_bytes(&self) -> u64 {
        self.inner
            .file
            .as_ref()
            .and_then(|f| std::fs::metadata(f.with_extension("db-wal")).ok())
            .map_or(0, |m| m.len())
    }

    /// Brings the log into the database file and cuts it (HARDENING D3, D12).
    pub async fn checkpoint(&self) {
        if self.inner.engine == Engine::Sqlite
            && let Err(error) = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                .execute(&self.inner.writer)
                .await
        {
            tracing::warn!(%error, "checkpoint failed");
        }
    }

    /// Checkpoints and closes every connection.
    pub async fn close(&self) {
        self.checkpoint().await;
        self.inner.readers.close().await;
        self.inner.writer.close().await;
    }
}
