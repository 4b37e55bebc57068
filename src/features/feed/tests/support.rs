//! A site in a temporary folder with a show, posts and recordings, and requests to it through
//! the short way and a router, as the accept loop makes them.
use axum::Router;
use axum::body::Body;
use axum::routing::get;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::config::Config;
use crate::db::Tx;
use crate::db::testing::NOW;
use crate::features::posts::{self, Content};
use crate::features::show::{self, ShowAddress, ShowDetails, ShowDraft, ShowType};
use crate::features::{delivery, feed, site, transcripts};
use crate::kernel::events::Event;
use crate::kernel::ids::{PostId, RecordingId, ShowId, UserId};
use crate::kernel::language::Language;
use crate::kernel::time::Zone;
use crate::kernel::urls::BaseUrl;
use crate::ports::clock::Clock;
use crate::state::AppState;

/// A site for one test; its folder goes when it is dropped.
pub(crate) struct Site {
    pub state: AppState,
    pub clock: Clock,
    pub show: ShowId,
    _dir: tempfile::TempDir,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |v| v.to_str().expect("ASCII"))
    }
}

pub fn a_show(address: &str) -> ShowDraft {
    ShowDraft {
        address: ShowAddress::parse(address).expect("an address"),
        title: "아침 <대본>".into(),
        description: "아침마다 읽는 글 & 소리".into(),
        language: Language::parse("ko").expect("a tag"),
        time_zone: Zone::parse("Asia/Seoul").expect("a zone"),
        author: "글쓴이".into(),
        owner_email: String::new(),
        copyright: String::new(),
        category: "News > News Commentary".into(),
        explicit: false,
        locked: true,
        show_type: ShowType::Episodic,
        details: ShowDetails::default(),
    }
}

impl Site {
    /// A site with the empty show `/@morning`.
    pub async fn new() -> Self {
        Self::under(None).await
    }

    /// The same under a public address.
    pub async fn under(public_url: Option<&str>) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let clock = Clock::standing(NOW);
        let mut config = Config::for_testing(dir.path().to_owned());
        config.public_url = public_url.map(|u| BaseUrl::parse(u).expect("an address"));
        let state = AppState::open(config, clock.clone(), |_, _| Vec::new())
            .await
            .expect("a site opens");
        let mut site = Self {
            state,
            clock,
            show: ShowId::random(),
            _dir: dir,
        };
        site.show = site.add_show("morning").await;
        site
    }

    /// Stops and starts again on the same folder.
    pub async fn restart(&mut self) {
        let config = self.state.config.clone();
        self.state.db.close().await;
        let elsewhere = tempfile::tempdir().expect("a folder");
        let other = Config::for_testing(elsewhere.path().to_owned());
        // The folder is free once the last holder of the state is gone.
        self.state = AppState::open(other, self.clock.clone(), |_, _| Vec::new())
            .await
            .expect("a site opens");
        self.state = loop {
            match AppState::open(config.clone(), self.clock.clone(), |_, _| Vec::new()).await {
                Ok(state) => break state,
                Err(_) => tokio::task::yield_now().await,
            }
        };
    }

    /// Changes what the author says of the show.
    pub async fn change_show(&self, change: impl FnOnce(&mut ShowDraft)) {
        let show = show::find(&self.state.db, &self.show).await.expect("there");
        let mut draft = show.draft.clone();
        change(&mut draft);
        let mut tx = self.tx().await;
        show::update(&mut tx, &show, &draft, &show.cover_hash)
            .await
            .expect("changed");
        tx.announce(Event::ShowChanged(show.id.clone()));
        tx.commit().await.expect("committed");
        self.later(1000);
    }

    pub async fn add_show(&self, address: &str) -> ShowId {
        self.later(1000);
        let mut tx = self.tx().await;
        let id = show::insert(&mut tx, &a_show(address), &"c".repeat(64))
            .await
            .expect("a show");
        tx.announce(Event::ShowChanged(id.clone()));
        tx.commit().await.expect("committed");
        id
    }

    pub async fn tx(&self) -> Tx {
        self.state.db.begin().await.expect("a transaction")
    }

    pub fn later(&self, ms: i64) {
        self.clock.set(self.clock.now().plus_ms(ms));
    }

    /// A draft with a title and a script.
    pub async fn draft(&self, title: &str) -> PostId {
        self.draft_of(Content {
            title: title.into(),
            note: "한 줄 메모".into(),
            script: "첫 문장입니다.\n둘째 <문장>입니다.".into(),
            ..Content::default()
        })
        .await
    }

    pub async fn draft_of(&self, content: Content) -> PostId {
        let db = &self.state.db;
        let nonce = PostId::random();
        let id = posts::create(db, &self.show, None, nonce.as_str())
            .await
            .expect("a draft");
        posts::save(db, &UserId::random(), &id, 1, "", &content)
            .await
            .expect("saved");
        id
    }

    pub async fn publish(&self, id: &PostId) {
        let mut tx = self.tx().await;
        posts::publish(&mut tx, id).await.expect("published");
        tx.commit().await.expect("committed");
        self.later(1000);
    }

    /// A text post that is public.
    pub async fn post(&self, title: &str) -> PostId {
        let id = self.draft(title).await;
        self.publish(&id).await;
        id
    }

    /// An episode that is public, with these bytes as its MP3.
    pub async fn episode(&self, title: &str, bytes: &[u8]) -> PostId {
        let id = self.draft(title).await;
        self.record(&id, bytes, "mp3").await;
        self.publish(&id).await;
        id
    }

    /// Gives the working copy a recording.
    pub async fn record(&self, id: &PostId, bytes: &[u8], kind: &str) {
        let stored = self.state.media.put(bytes).expect("stored");
        let recording = RecordingId::random();
        let mut tx = self.tx().await;
        sqlx::query(
            "INSERT INTO media (hash, length_bytes, state, created_at) VALUES ($1, $2, 'present', 1) \
             ON CONFLICT (hash) DO NOTHING",
        )
        .bind(stored.hash.as_str())
        .bind(i64::try_from(stored.length_bytes).expect("small"))
        .execute(tx.conn())
        .await
        .expect("a row");
        sqlx::query(
            "INSERT INTO recordings (id, media_hash, kind, duration_ms, bitrate_bps, sample_rate_hz, \
             channels, original_name, tags, created_at) VALUES ($1, $2, $3, 754321, 64000, 44100, 1, 'a', '{}', 1)",
        )
        .bind(recording.as_str())
        .bind(stored.hash.as_str())
        .bind(kind)
        .execute(tx.conn())
        .await
        .expect("a row");
        posts::attach_recording(&mut tx, id, Some(&recording))
            .await
            .expect("attached");
        tx.commit().await.expect("committed");
    }

    /// Makes the working copy public again.
    pub async fn update(&self, id: &PostId) {
        let mut tx = self.tx().await;
        posts::update(&mut tx, id).await.expect("updated");
        tx.commit().await.expect("committed");
        self.later(1000);
    }

    pub async fn remove(&self, id: &PostId) {
        let mut tx = self.tx().await;
        posts::remove(&mut tx, id).await.expect("removed");
        tx.commit().await.expect("committed");
    }

    pub async fn get(&self, target: &str) -> Answer {
        self.ask(Method::GET, target, &[]).await
    }

    pub async fn get_with(&self, target: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(Method::GET, target, headers).await
    }

    /// Asks as the accept loop does: from memory, else through the router.
    pub async fn ask(&self, method: Method, target: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).expect("a request");
        let (method, uri) = (request.method(), request.uri());
        let fast = self.state.rendered.fast(method, uri, request.headers());
        let response = match fast {
            Some(response) => response,
            None => self.router().oneshot(request).await.expect("infallible"),
        };
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.expect("a body").to_bytes().to_vec(),
        }
    }

    fn router(&self) -> Router {
        Router::new()
            .route("/", get(site::handlers::home))
            .route("/robots.txt", get(site::handlers::robots))
            .route("/sitemap.xml", get(site::handlers::sitemap::whole))
            .route("/sitemaps/{file}", get(site::handlers::sitemap::part))
            .route("/favicon.ico", get(site::handlers::favicon))
            .route("/assets/{hash}/{name}", get(site::handlers::asset))
            .route("/p/{id}", get(site::handlers::short))
            .route(
                "/transcripts/{file}",
                get(transcripts::handlers::public_file),
            )
            .route("/audio/{file}", get(delivery::handlers::audio))
            .route("/covers/{file}", get(delivery::handlers::cover))
            .route("/@{show}", get(site::handlers::show))
            .route("/@{show}/feed.xml", get(feed::handlers::podcast))
            .route("/@{show}/posts.xml", get(feed::handlers::posts))
            .route("/@{show}/posts.json", get(feed::handlers::posts_json))
            .route("/opml.xml", get(feed::handlers::opml))
            .route(
                "/chapters/{file}",
                get(transcripts::handlers::public_chapters),
            )
            .route("/@{show}/{slug}", get(site::handlers::post))
            .layer(axum::middleware::from_fn(crate::web::error::render))
            .with_state(self.state.clone())
    }
}
