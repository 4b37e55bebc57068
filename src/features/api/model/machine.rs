//! How the server does: work in the background, disk, what it could not do.
use serde::{Deserialize, Serialize};

/// A piece of work in the background.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Work {
    /// What is done, in the language of `Accept-Language`.
    pub name: String,
    /// How it stands.
    pub state: WorkState,
    /// Since when, or when it failed.
    pub at: String,
    /// How far it is, while it runs, 0 to 100.
    pub percent: Option<u8>,
    /// What it is about: a title; empty if nothing.
    pub about: String,
    /// Where the author's side has that; empty if nowhere.
    pub about_url: String,
    /// Why it went wrong, in a sentence.
    pub why: Option<String>,
    /// What `POST /work/again` takes; `null` where there is nothing to do again.
    pub again: Option<Again>,
}

/// How a piece of work stands.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub enum WorkState {
    /// It will not be tried again unless somebody asks for it.
    Failed,
    /// It was tried in vain, and will be again.
    Retrying,
    /// Somebody works on it.
    Running,
    /// Its turn comes.
    Waiting,
}

/// Names a piece of work.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Again {
    /// Its kind.
    #[cfg_attr(test, schema(max_length = 200))]
    pub kind: String,
    /// What it is about.
    #[cfg_attr(test, schema(max_length = 200))]
    pub subject: String,
}

/// How the server does.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Health {
    /// Of the program.
    pub version: &'static str,
    /// `SQLite` or `PostgreSQL`.
    pub database: &'static str,
    /// Length of the database's write-ahead log; 0 on PostgreSQL.
    pub log_bytes: u64,
    /// Recordings and pictures.
    pub files: Files,
    /// The disk that they are on.
    pub disk: Disk,
    /// Jobs in the queue.
    pub jobs: i64,
    /// Where the site is.
    pub url: String,
    /// What an operator has to see to, a sentence each, in the language of `Accept-Language`.
    pub alarms: Vec<String>,
    /// Who is told of new posts, and how that went.
    pub pings: Vec<Pings>,
}

/// Files in the store.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Files {
    /// How many are in their place.
    pub present: u64,
    /// How long these are together.
    pub bytes: u64,
    /// How many should be there and are not.
    pub missing: u64,
}

/// Room on the disk.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Disk {
    /// What is free.
    pub free_bytes: u64,
    /// What is kept free for the database.
    pub reserve_bytes: u64,
    /// How much may still be uploaded.
    pub room_bytes: u64,
}

/// One way to tell the world of new posts.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Pings {
    /// Title of the show; empty for what holds for all of them.
    pub show: String,
    /// Its name.
    pub name: &'static str,
    /// What became of it, in sentences.
    pub lines: Vec<String>,
    /// Whether it goes wrong.
    pub is_failing: bool,
}
