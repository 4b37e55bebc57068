//! What every handler can reach: the machines of the site, never a feature.
use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, Semaphore};

use crate::config::Config;
use crate::db::{Db, Hooks, OpenOptions};
use crate::kernel::events::{Event, NewJob};
use crate::kernel::ids::{UploadId, UserId};
use crate::kernel::urls::BaseUrl;
use crate::ports::cache::CacheDir;
use crate::ports::clock::Clock;
use crate::ports::disk::DataDir;
use crate::ports::fetch::Fetch;
use crate::ports::media::MediaStore;
use crate::ports::worker::Worker;
use crate::web::busy::Busy;
use crate::web::host::Hosts;
use crate::web::rendered::Rendered;
use crate::web::throttle::Throttle;
use crate::web::turns::Turns;

/// Passwords hashed at a time (HARDENING A2).
const HASHERS: usize = 2;
/// Failed logins allowed a minute and client (A3).
const LOGIN_FAILURES: usize = 5;
/// Bytes of preview cards kept in memory: some fifty.
const CARD_BYTES: usize = 3 << 20;
/// Cards that wait to be drawn, which takes tens of milliseconds each.
const WAITING_CARDS: usize = 16;

/// The machines of the site.
pub struct App {
    /// The settings, checked.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// The files.
    pub media: MediaStore,
    /// What can be made again.
    pub cache: CacheDir,
    /// Differs from build to build of the program: what one has made, another makes anew.
    pub build: String,
    /// Does what could take the process down.
    pub worker: Worker,
    /// The clock.
    pub clock: Clock,
    /// The door to other sites.
    pub fetch: Fetch,
    /// The data folder, locked.
    pub data: Arc<DataDir>,
    /// Base of every absolute address.
    pub base_url: BaseUrl,
    /// Names that the site answers to.
    pub hosts: Hosts,
    /// Finished answers.
    pub rendered: Arc<Rendered>,
    /// Preview cards, apart from the others: whoever asks for many drives no page out.
    pub cards: Arc<Rendered>,
    /// Who draws the next card.
    pub drawing: Turns,
    /// At most so many passwords are hashed at a time.
    pub hashing: Semaphore,
    /// Failed logins by client.
    pub login_failures: Throttle<IpAddr>,
    /// Failed logins by account name: slows, never locks.
    pub account_failures: Throttle<String>,
    /// Accounts of which the log was told lately that a login failed.
    pub told_failures: Throttle<UserId>,
    /// Uploads that a request is working on.
    pub busy_uploads: Busy<UploadId>,
    /// Wakes the workers of the queue.
    pub jobs_wake: Arc<Notify>,
    /// Wakes the schedule: something may be due earlier than it thinks.
    pub schedule_wake: Arc<Notify>,
}

/// The state that axum hands to every handler. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<App>);

impl Deref for AppState {
    type Target = App;
    fn deref(&self) -> &App {
        &self.0
    }
}

impl AppState {
    /// Opens everything that a site needs.
    ///
    /// # Errors
    /// In one sentence each: a folder that is in use or cannot be written, a database that
    /// cannot be opened.
    pub async fn open(
        config: Config,
        clock: Clock,
        reactions: fn(&Config, &Event) -> Vec<NewJob>,
    ) -> anyhow::Result<Self> {
        let fetch = Fetch::web(config.base_url().as_str());
        Self::open_with(config, clock, fetch, reactions).await
    }

    /// The same with another door to other sites: for tests.
    ///
    /// # Errors
    /// As for [`AppState::open`].
    pub async fn open_with(
        config: Config,
        clock: Clock,
        fetch: Fetch,
        reactions: fn(&Config, &Event) -> Vec<NewJob>,
    ) -> anyhow::Result<Self> {
        let data = Arc::new(DataDir::lock(&config.data_dir)?);
        let media = MediaStore::folder(&config.data_dir.join("media"))?;
        let cache = CacheDir::open(&config.data_dir.join("cache"));
        let jobs_wake = Arc::new(Notify::new());
        let schedule_wake = Arc::new(Notify::new());
        let rendered = Arc::new(Rendered::new(config.cache_bytes));
        let cards = Arc::new(Rendered::new(CARD_BYTES));
        let committed = {
            let (jobs, schedule) = (jobs_wake.clone(), schedule_wake.clone());
            let (rendered, cards) = (rendered.clone(), cards.clone());
            move |events: &[Event]| {
                for event in events {
                    if let Some(show) = event.changes_show() {
                        rendered.forget_show(show, event.post());
                        cards.forget_show(show, event.post());
                    }
                    if matches!(event, Event::ScheduleChanged(..)) {
                        schedule.notify_one();
                    }
                }
                jobs.notify_one();
            }
        };
        let db = Db::open(OpenOptions {
            database_url: config.database_url.clone(),
            data_dir: config.data_dir.clone(),
            clock: clock.clone(),
            hooks: Hooks {
                reactions: {
                    let config = config.clone();
                    Arc::new(move |event| reactions(&config, event))
                },
                committed: Arc::new(committed),
                before_write: {
                    let data = data.clone();
                    Arc::new(move || data.release_ballast_if_full())
                },
            },
        })
        .await?;
        Ok(Self(Arc::new(App {
            base_url: config.base_url(),
            hosts: config.hosts(),
            db,
            media,
            cache,
            build: build(),
            worker: Worker::new(config.worker.clone()),
            clock,
            fetch,
            data,
            rendered,
            cards,
            drawing: Turns::new(WAITING_CARDS),
            hashing: Semaphore::new(HASHERS),
            login_failures: Throttle::new(LOGIN_FAILURES, Duration::from_secs(60)),
            account_failures: Throttle::new(LOGIN_FAILURES, Duration::from_secs(60)),
            told_failures: Throttle::new(1, Duration::from_secs(3600)),
            busy_uploads: Busy::default(),
            jobs_wake,
            schedule_wake,
            config,
        })))
    }
}

/// Version, length and date of the program's file: what tells two builds apart without asking
/// the one who builds to number them.
fn build() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let told = file.ok().map(|f| {
        let age = f
            .modified()
            .ok()
            .and_then(|m| m.duration_since(std::time::UNIX_EPOCH).ok());
        (f.len(), age.map_or(0, |age| age.as_nanos()))
    });
    let (length, date) = told.unwrap_or_default();
    format!("{}-{length}-{date}", env!("CARGO_PKG_VERSION"))
}
