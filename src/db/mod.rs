//! The database: two engines behind one set of SQL, pools, migrations, transactions.
//!
//! SQLite has one writer connection and several read-only readers; PostgreSQL has one pool for
//! both. A feature's `store.rs` reads through [`Db::read`] and writes inside a [`Tx`].
mod error;
mod open;
#[cfg(test)]
pub mod testing;
mod tx;
#[cfg(test)]
mod upgrades;

pub use open::{Engine, OpenOptions};
pub use tx::{Hooks, Tx};

use std::path::PathBuf;
use std::sync::Arc;

use sqlx::{Any, AnyPool, Transaction};

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
        let tx = match self.inner.writer.begin_with(statement).await {
            Ok(tx) => tx,
            Err(error) if self.inner.engine == Engine::Sqlite && is_stuck(&error) => {
                tracing::warn!(%error, "the writing connection is replaced");
                // Nothing of what it had under way was acknowledged.
                drop(self.inner.writer.acquire().await?.detach());
                self.inner.writer.begin_with(statement).await?
            }
            Err(error) => return Err(error),
        };
        Ok(Tx::new(
            tx,
            self.inner.clock.clone(),
            self.inner.hooks.clone(),
        ))
    }

    /// A connection on which everything that is read is of one instant. Ends when dropped.
    pub async fn snapshot(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        let statement = match self.inner.engine {
            Engine::Sqlite => "BEGIN",
            Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        self.inner.readers.begin_with(statement).await
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

/// SQLite ends a transaction by itself when the disk is full or fails, and the driver, whose own
/// rollback then finds nothing to roll back, goes on counting it as open: every later BEGIN on
/// the one writing connection would fail until the next start.
fn is_stuck(error: &sqlx::Error) -> bool {
    !matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed)
}

#[cfg(test)]
mod tests {
    use sqlx::{Executor, Row};

    use super::Engine;
    use super::testing::both_engines;

    #[tokio::test]
    async fn a_full_disk_does_not_end_writing() {
        for (db, _scratch) in both_engines().await {
            if db.engine() != Engine::Sqlite {
                continue;
            }
            let mut tx = db.begin().await.expect("begins");
            // A file that may not grow fails like a disk that is full.
            tx.conn()
                .execute("PRAGMA max_page_count = 1")
                .await
                .expect("set");
            let full = sqlx::query("INSERT INTO site_settings (name, value) VALUES ('a', $1)")
                .bind("x".repeat(1 << 20))
                .execute(tx.conn())
                .await
                .expect_err("full");
            assert!(full.to_string().contains("full"), "{full}");
            drop(tx);
            for name in ["b", "c"] {
                let mut tx = db.begin().await.expect("begins again");
                sqlx::query("INSERT INTO site_settings (name, value) VALUES ($1, 'x')")
                    .bind(name)
                    .execute(tx.conn())
                    .await
                    .expect("written");
                tx.commit().await.expect("committed");
            }
            let row = sqlx::query("SELECT CAST(count(*) AS BIGINT) FROM site_settings")
                .fetch_one(db.read())
                .await
                .expect("read");
            assert_eq!(row.get::<i64, _>(0), 2);
        }
    }
}
