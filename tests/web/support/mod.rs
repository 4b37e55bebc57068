//! A site for a test, and the people who come to it.
pub mod answer;
pub mod author;
pub mod browser;
pub mod files;
pub mod form;
pub mod routes;

use std::path::Path;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use daebon::app::{reactions, routes as urls};
use daebon::config::Config;
use daebon::jobs;
use daebon::kernel::time::Instant;
use daebon::ports::clock::Clock;
use daebon::ports::fetch::{Answer as FetchAnswer, Failed, Fetch};
use daebon::state::AppState;
use http::StatusCode;
use tempfile::TempDir;
use tokio::sync::OnceCell;

pub use answer::{Answer, posts_feed_links};
pub use author::Post;
pub use browser::Browser;
pub use form::Form;

/// The media type and the bytes of a page of another site.
pub type OutsidePage = (String, Vec<u8>);

/// When the clock stands still: 2026-11-24T00:00:00Z, nine in the morning in Seoul.
pub const NOW: Instant = Instant(1_795_478_400_000);
/// One minute in milliseconds.
pub const MINUTE_MS: i64 = 60_000;
/// One day in milliseconds.
pub const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// The author's e-mail address and password, as typed into the set-up form.
pub const EMAIL: &str = "author@example.org";
/// At least twelve characters.
pub const PASSWORD: &str = "먼저 쓰고 그다음에 말한다";

/// A whole site in a folder of its own, which goes with it.
pub struct Site {
    /// Its machines.
    pub state: AppState,
    /// Its clock, to be turned.
    pub clock: Clock,
    /// The status that every other site answers with; 0 is no answer.
    pub outside: Arc<AtomicU16>,
    /// The page that it answers with: its media type and bytes; none at first.
    pub outside_page: Arc<Mutex<Option<OutsidePage>>>,
    router: Router,
    session: String,
    _folder: TempDir,
}

/// A site that somebody has set up through the form, as files, and the session's cookie. The
/// form is gone through once in a run: its picture and its password take their time.
struct Prepared {
    folder: TempDir,
    session: String,
}

static PREPARED: OnceCell<Prepared> = OnceCell::const_new();

async fn prepare() -> Prepared {
    let site = Site::new().await;
    let author = site.stranger();
    let page = author.get(&site.setup_address().await).await;
    let done = author.submit(setup_form(&page)).await;
    done.assert_redirects_to("/admin");
    let session = author.cookie("daebon").expect("logged in");
    site.state.db.close().await;
    Prepared {
        folder: site._folder,
        session,
    }
}

/// The set-up form, filled in well.
pub fn setup_form(page: &Answer) -> Form {
    page.form("form[data-setup]")
        .set("name", "글쓴이")
        .set("email", EMAIL)
        .set("password", PASSWORD)
        .set("title", "아침 논평")
        .set("address", "news")
        .set("description", "매일 아침 한 편")
        .set("language", "ko")
        .set("time_zone", "Asia/Seoul")
}

impl Site {
    /// An empty site.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// An empty site with other settings.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::open(folder, String::new(), change).await
    }

    /// A site with an author and the show `news`, set up through the form.
    pub async fn ready() -> Self {
        Self::ready_with(|_| {}).await
    }

    /// The same with other settings.
    pub async fn ready_with(change: impl FnOnce(&mut Config)) -> Self {
        let prepared = PREPARED.get_or_init(prepare).await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(prepared.folder.path(), folder.path());
        Self::open(folder, prepared.session.clone(), change).await
    }

    async fn open(folder: TempDir, session: String, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::for_testing(folder.path().to_owned());
        change(&mut config);
        let clock = Clock::standing(NOW);
        let outside = Arc::new(AtomicU16::new(0));
        let outside_page = Arc::new(Mutex::new(None));
        let (says, shows) = (outside.clone(), outside_page.clone());
        let fetch = Fetch::in_memory(move |_| {
            let status = StatusCode::from_u16(says.load(Ordering::SeqCst)).map_err(|_| Failed)?;
            let mut answer = FetchAnswer::of(status);
            let page: std::sync::MutexGuard<'_, Option<OutsidePage>> =
                shows.lock().map_err(|_| Failed)?;
            if let Some((kind, body)) = &*page {
                let kind = http::HeaderValue::from_str(kind).map_err(|_| Failed)?;
                answer.headers.insert(http::header::CONTENT_TYPE, kind);
                answer.body = body.clone().into();
            }
            Ok(answer)
        });
        let state = AppState::open_with(config, clock.clone(), fetch, reactions::reactions)
            .await
            .expect("the site opens");
        Self {
            router: urls::router(state.clone()),
            state,
            clock,
            outside,
            outside_page,
            session,
            _folder: folder,
        }
    }

    /// Somebody without a session.
    pub fn stranger(&self) -> Browser {
        Browser::new(self.state.clone(), self.router.clone())
    }

    /// The author of a [`Site::ready`], logged in since the set-up.
    pub fn author(&self) -> Browser {
        let browser = self.stranger();
        browser.keep_cookie("daebon", &self.session);
        browser
    }

    /// The address that the console prints at the first start.
    pub async fn setup_address(&self) -> String {
        let token = daebon::features::accounts::open_setup(&self.state.db)
            .await
            .expect("asked")
            .expect("no account yet");
        format!("/admin/setup/{}", token.reveal())
    }

    /// Does the work that waits in the queue, and says how many jobs it was.
    pub async fn run_jobs(&self) -> usize {
        let handler = reactions::handler(self.state.clone());
        jobs::run_due(&self.state.db, &handler)
            .await
            .expect("the queue runs")
    }

    /// Turns the clock forward, and does what the schedule does at that minute.
    pub async fn pass(&self, ms: i64) {
        self.clock.set(self.clock.now().plus_ms(ms));
        daebon::features::posts::publish_due(&self.state.db)
            .await
            .expect("the schedule runs");
    }
}

/// Copies a closed site: everything but the lock and the ballast, which it makes anew.
fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (name, path) = (entry.file_name(), entry.path());
        let target = to.join(&name);
        if path.is_dir() {
            std::fs::create_dir_all(&target).expect("a folder");
            copy(&path, &target);
        } else if name != "lock" && name != "ballast" {
            std::fs::copy(&path, &target).expect("copied");
        }
    }
}
