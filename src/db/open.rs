//! Opens the database: checks the engine, sets its pragmas, brings its tables up to date.
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use sqlx::any::AnyPoolOptions;
use sqlx::migrate::Migrator;
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, Connection, Executor, Row};

use super::{Db, Hooks, Inner};
use crate::ports::clock::Clock;

pub(super) static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("./migrations/sqlite");
pub(super) static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("./migrations/postgres");

/// `DAEB` in ASCII: marks a SQLite file as ours.
const APPLICATION_ID: i64 = 0x4441_4542;
/// Older ones can lose committed pages when the log is reset (HARDENING D2).
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
/// SQLite readers besides the one writer (D3).
const READERS: u32 = 4;
/// Connections to PostgreSQL of one node.
const POSTGRES_CONNECTIONS: u32 = 12;

/// The two engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file in the data folder; the default.
    Sqlite,
    /// A server, by `--database-url postgres://…`.
    Postgres,
}

/// What to open and what to hang into it.
pub struct OpenOptions {
    /// `postgres://…`, or `None` for the SQLite file.
    pub database_url: Option<String>,
    /// The data folder, where the SQLite file and its backups before migrations are.
    pub data_dir: PathBuf,
    /// The clock that transactions stamp with.
    pub clock: Clock,
    /// What follows from events.
    pub hooks: Hooks,
}

impl Db {
    /// Opens the database and brings it up to date.
    ///
    /// # Errors
    /// In one sentence each: an engine that is too old, a file of another program, tables made
    /// by a newer Daebon, a server that does not answer.
    pub async fn open(options: OpenOptions) -> anyhow::Result<Self> {
        sqlx::any::install_default_drivers();
        match &options.database_url {
            None => open_sqlite(options).await,
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                open_postgres(url.clone(), options).await
            }
            Some(_) => {
                bail!("--database-url must begin with postgres://; without it SQLite is used")
            }
        }
    }
}

fn pool() -> AnyPoolOptions {
    AnyPoolOptions::new()
        .acquire_timeout(Duration::from_secs(3))
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

async fn open_sqlite(options: OpenOptions) -> anyhow::Result<Db> {
    let file = options.data_dir.join("daebon.db");
    let existed = file.exists();
    let url = |mode: &str| -> anyhow::Result<String> {
        let path = std::path::absolute(&file)?;
        let text = path
            .to_str()
            .context("the path of the data folder is not UTF-8")?;
        let encoded = percent_encoding::utf8_percent_encode(text, PATH);
        Ok(format!("sqlite://{encoded}?mode={mode}"))
    };
    let writer = pool()
        .max_connections(1)
        .after_connect(|conn, _| {
            Box::pin(async move {
                conn.execute(
                    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                     PRAGMA busy_timeout = 5000; PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF; \
                     PRAGMA cell_size_check = ON; PRAGMA wal_autocheckpoint = 1000; \
                     PRAGMA journal_size_limit = 67108864;",
                )
                .await?;
                Ok(())
            })
        })
        .connect(&url("rwc")?)
        .await
        .with_context(|| format!("cannot open the database {}", file.display()))?;
    let mut conn = writer.acquire().await?;
    check_sqlite(&mut conn, existed).await?;
    if existed {
        back_up_before_migrating(&mut conn, &options.data_dir).await?;
    }
    migrate(&SQLITE_MIGRATIONS, &mut conn).await?;
    drop(conn);
    let readers = pool()
        .max_connections(READERS)
        .after_connect(|conn, _| {
            Box::pin(async move {
                conn.execute(
                    "PRAGMA query_only = ON; PRAGMA cache_size = -1000; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; \
                     PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
                )
                .await?;
                Ok(())
            })
        })
        .connect(&url("ro")?)
        .await?;
    Ok(finish(Engine::Sqlite, writer, readers, Some(file), options))
}

/// What may stand unencoded in the path of a `sqlite://` address.
const PATH: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');

async fn open_postgres(url: String, options: OpenOptions) -> anyhow::Result<Db> {
    let both = pool()
        .max_connections(POSTGRES_CONNECTIONS)
        .test_before_acquire(true)
        .connect(&url)
        .await
        .context("cannot reach the PostgreSQL server of --database-url")?;
    let mut conn = both.acquire().await?;
    migrate(&POSTGRES_MIGRATIONS, &mut conn).await?;
    drop(conn);
    Ok(finish(Engine::Postgres, both.clone(), both, None, options))
}

fn finish(
    engine: Engine,
    writer: AnyPool,
    readers: AnyPool,
    file: Option<PathBuf>,
    options: OpenOptions,
) -> Db {
    Db {
        inner: Arc::new(Inner {
            engine,
            writer,
            readers,
            clock: options.clock,
            hooks: options.hooks,
            file,
        }),
    }
}

/// Refuses an engine with known ways to lose data, and a file that is not ours (D2).
async fn check_sqlite(conn: &mut AnyConnection, existed: bool) -> anyhow::Result<()> {
    let version: String = sqlx::query("SELECT sqlite_version()")
        .fetch_one(&mut *conn)
        .await?
        .try_get(0)?;
    let mut numbers = version.split('.').map(|n| n.parse::<u32>().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    if (next(), next(), next()) < OLDEST_SQLITE {
        bail!("this build holds SQLite {version}, which can lose data; 3.51.3 or newer is needed");
    }
    let id: i64 = pragma(conn, "PRAGMA application_id").await?;
    if existed && id != APPLICATION_ID {
        let tables: i64 = sqlx::query("SELECT CAST(count(*) AS BIGINT) FROM sqlite_schema")
            .fetch_one(&mut *conn)
            .await?
            .try_get(0)?;
        if id != 0 || tables > 0 {
            bail!("daebon.db in the data folder belongs to another program");
        }
    }
    // Written once: a file that is about to be refused is not touched.
    if id != APPLICATION_ID {
        let mark = format!("PRAGMA application_id = {APPLICATION_ID}");
        conn.execute(AssertSqlSafe(mark)).await?;
    }
    Ok(())
}

async fn pragma(conn: &mut AnyConnection, sql: &'static str) -> anyhow::Result<i64> {
    Ok(sqlx::query(sql)
        .fetch_one(conn)
        .await?
        .try_get::<i64, _>(0)?)
}

fn newest(migrator: &Migrator) -> i64 {
    migrator.iter().map(|m| m.version).max().unwrap_or(0)
}

/// Keeps a copy of a database whose tables are about to change.
async fn back_up_before_migrating(conn: &mut AnyConnection, data_dir: &Path) -> anyhow::Result<()> {
    let have = pragma(conn, "PRAGMA user_version").await?;
    if have == 0 || have >= newest(&SQLITE_MIGRATIONS) {
        return Ok(());
    }
    let folder = data_dir.join("backups");
    crate::ports::disk::private_dir(&folder)?;
    let target = folder.join(format!("before-migration-from-{have}.db"));
    if !target.exists() {
        sqlx::query("VACUUM INTO $1")
            .bind(
                target
                    .to_str()
                    .context("the path of the data folder is not UTF-8")?,
            )
            .execute(conn)
            .await
            .context("cannot back the database up before changing its tables")?;
    }
    Ok(())
}

/// Brings the tables up to date; a newer schema is refused, never touched.
async fn migrate(migrator: &'static Migrator, conn: &mut AnyConnection) -> anyhow::Result<()> {
    match migrator.run(&mut *conn).await {
        Ok(()) => {}
        Err(sqlx::migrate::MigrateError::VersionMissing(version)) => bail!(
            "the database was made by a newer Daebon (its table version {version} is unknown to this one); install that version or restore a backup"
        ),
        Err(error) => return Err(error).context("the tables could not be brought up to date"),
    }
    if conn.backend_name() == "SQLite" {
        let version = newest(migrator);
        // Only where it differs: a write waits for the disk, at every start.
        if pragma(conn, "PRAGMA user_version").await? != version {
            conn.execute(AssertSqlSafe(format!("PRAGMA user_version = {version}")))
                .await?;
        }
    }
    conn.ping().await?;
    Ok(())
}
