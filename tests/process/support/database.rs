//! The database file of a server that is not running.
use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, Row};

/// Opens it, as the next start would.
pub async fn open(data: &Path) -> SqliteConnection {
    SqliteConnectOptions::new()
        .filename(data.join("daebon.db"))
        .connect()
        .await
        .expect("opens")
}

/// Holds every page of it against every other.
pub async fn check(data: &Path) {
    let mut database = open(data).await;
    let row = sqlx::query("PRAGMA integrity_check")
        .fetch_one(&mut database)
        .await
        .expect("checked");
    let said: String = row.try_get(0).expect("a text");
    assert_eq!(said, "ok");
    let astray = sqlx::query("PRAGMA foreign_key_check")
        .fetch_all(&mut database)
        .await
        .expect("checked");
    assert!(astray.is_empty(), "rows that name nothing");
    database.close().await.expect("closed");
}
