//! Databases for tests: every `store.rs` function is tried on both engines.
//!
//! SQLite always, in a temporary folder; PostgreSQL too when `DAEBON_TEST_POSTGRES` names a
//! server (`postgres://…`) on which databases may be made. Each test gets databases of its own,
//! which go when it ends.
use tempfile::TempDir;

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

use super::{Db, Engine, Hooks, OpenOptions};
use crate::kernel::ids::random_base32;
use crate::kernel::time::Instant;
use crate::ports::clock::Clock;

/// When the clocks of tests stand still: 2026-11-24T00:00:00Z.
pub const NOW: Instant = Instant(1_795_478_400_000);

/// A fresh place for one database; it goes when this is dropped.
pub struct Scratch {
    /// Which engine it is for.
    pub engine: Engine,
    /// The data folder.
    pub dir: TempDir,
    /// `postgres://…` of an empty database, or `None` for SQLite.
    pub database_url: Option<String>,
    /// The server and the name of the database on it.
    made: Option<(String, String)>,
}

impl Scratch {
    /// For SQLite.
    pub fn sqlite() -> Self {
        Self {
            engine: Engine::Sqlite,
            dir: tempfile::tempdir().expect("a temporary folder"),
            database_url: None,
            made: None,
        }
    }

    /// For PostgreSQL, if a server was named.
    pub async fn postgres() -> Option<Self> {
        let server = server()?;
        let name = format!("daebon_{}", random_base32::<16>());
        on_server(
            &server,
            &format!("CREATE DATABASE {name} TEMPLATE template0"),
        )
        .await
        .expect("DAEBON_TEST_POSTGRES lets databases be made");
        let mut url = url::Url::parse(&server).expect("DAEBON_TEST_POSTGRES is an address");
        url.set_path(&name);
        Some(Self {
            engine: Engine::Postgres,
            dir: tempfile::tempdir().expect("a temporary folder"),
            database_url: Some(url.to_string()),
            made: Some((server, name)),
        })
    }

    /// One of each engine at hand.
    pub async fn both() -> Vec<Self> {
        let mut all = vec![Self::sqlite()];
        all.extend(Self::postgres().await);
        all
    }

    /// Opens (or opens again) the database.
    pub async fn open(&self, clock: Clock, hooks: Hooks) -> Db {
        Db::open(OpenOptions {
            database_url: self.database_url.clone(),
            data_dir: self.dir.path().to_owned(),
            clock,
            hooks,
        })
        .await
        .expect("a fresh database opens")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let Some((server, name)) = self.made.take() else {
            return;
        };
        // Dropping cannot wait, so a thread with a runtime of its own does it.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            let _ = runtime.block_on(on_server(&server, &statement));
        });
        let _ = dropped.join();
    }
}

/// An empty database of each engine at hand, with a clock that stands at [`NOW`] and no
/// reactions. Keep the second value for as long as the first is used.
pub async fn both_engines() -> Vec<(Db, Scratch)> {
    let mut all = Vec::new();
    for scratch in Scratch::both().await {
        let db = scratch.open(Clock::standing(NOW), Hooks::default()).await;
        all.push((db, scratch));
    }
    all
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests have no settings; this one names a server for them"
)]
fn server() -> Option<String> {
    std::env::var("DAEBON_TEST_POSTGRES")
        .ok()
        .filter(|url| !url.is_empty())
}

async fn on_server(server: &str, statement: &str) -> Result<(), sqlx::Error> {
    sqlx::any::install_default_drivers();
    let mut conn = AnyConnection::connect(server).await?;
    conn.execute(AssertSqlSafe(statement.to_owned())).await?;
    conn.close().await
}

mod tests {
    use super::*;
    use sqlx::Row;

    #[tokio::test]
    async fn every_engine_answers() {
        for (db, scratch) in both_engines().await {
            assert!(db.answers().await);
            assert_eq!(db.engine(), scratch.engine);
            db.close().await;
        }
    }

    /// Tables and views with their columns, as each engine names them.
    async fn columns(db: &Db) -> Vec<(String, String)> {
        let sql = match db.engine() {
            Engine::Sqlite => {
                "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c \
                 WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite%'"
            }
            Engine::Postgres => {
                "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) \
                 FROM information_schema.columns WHERE table_schema = 'public'"
            }
        };
        let rows = sqlx::query(sql).fetch_all(db.read()).await.expect("reads");
        let mut all: Vec<(String, String)> = rows
            .iter()
            .map(|r| (r.get::<String, _>(0), r.get::<String, _>(1)))
            .filter(|(table, _)| !table.starts_with("_sqlx"))
            .collect();
        all.sort();
        all
    }

    #[tokio::test]
    async fn both_engines_have_the_same_tables() {
        let mut seen: Option<Vec<(String, String)>> = None;
        for (db, _scratch) in both_engines().await {
            let here = columns(&db).await;
            assert!(here.contains(&("posts".to_owned(), "guid".to_owned())));
            if let Some(before) = &seen {
                assert_eq!(*before, here);
            }
            seen = Some(here);
        }
    }
}
