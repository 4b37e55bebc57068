//! Sites for tests of features: the whole state on each engine at hand, with an author, a show
//! and a draft.
use crate::config::Config;
use crate::db::testing::{NOW, Scratch};
use crate::features::accounts::{self, Author, Email, NewAccount, Password, Role};
use crate::features::posts;
use crate::features::recordings::Recording;
use crate::features::show::{self, ShowAddress, ShowDetails, ShowDraft, ShowType};
use crate::formats::audio::{AudioKind, AudioTags};
use crate::kernel::ids::{PostId, RecordingId, ShowId, Token, random_base32};
use crate::kernel::language::{Language, UiLanguage};
use crate::kernel::time::{Instant, Zone};
use crate::ports::clock::Clock;
use crate::ports::fetch::{Failed, Fetch};
use crate::state::AppState;
use crate::web::ui::Ui;

/// A site with one author, one show and one draft.
pub struct Site {
    /// Its machines; the clock stands at `db::testing::NOW`.
    pub state: AppState,
    /// Its author, logged in.
    pub author: Author,
    /// Its show.
    pub show: ShowId,
    /// A draft without text.
    pub post: PostId,
    /// Keeps folder and database.
    pub scratch: Scratch,
}

/// One site of each engine at hand.
pub async fn sites() -> Vec<Site> {
    sites_with(|_| {}).await
}

/// The same with settings changed.
pub async fn sites_with(change: impl Fn(&mut Config)) -> Vec<Site> {
    let mut all = Vec::new();
    for scratch in Scratch::both().await {
        let mut config = Config::for_testing(scratch.dir.path().to_owned());
        config.database_url = scratch.database_url.clone();
        change(&mut config);
        let nobody = Fetch::in_memory(|_| Err(Failed));
        let state = AppState::open_with(config, Clock::standing(NOW), nobody, |_, _| Vec::new())
            .await
            .expect("opens");
        let (author, show) = author_and_show(&state).await;
        let post = draft(&state, &show).await;
        all.push(Site {
            state,
            author,
            show,
            post,
            scratch,
        });
    }
    all
}

/// A further draft.
pub async fn draft(state: &AppState, show: &ShowId) -> PostId {
    posts::create(&state.db, show, None, &random_base32::<12>())
        .await
        .expect("a draft")
}

/// A further author.
pub async fn author(state: &AppState, email: &str) -> Author {
    let account = NewAccount {
        name: "글쓴이".to_owned(),
        email: Email::parse(email).expect("an address"),
        password: Password::parse("a long password").expect("long enough"),
        ui_language: Some(UiLanguage::Ko),
        role: Role::Owner,
        shows: Vec::new(),
    };
    let mut tx = state.db.begin().await.expect("begins");
    let user = accounts::create_account(&mut tx, &account, "no hash", false)
        .await
        .expect("an account");
    tx.commit().await.expect("commits");
    Author {
        user,
        session_id: "session".to_owned(),
        secret: Token::random(),
        ui: Ui::new(UiLanguage::Ko),
    }
}

async fn author_and_show(state: &AppState) -> (Author, ShowId) {
    let author = author(state, "author@example.org").await;
    let draft = ShowDraft {
        address: ShowAddress::parse("show").expect("good"),
        title: "제목".to_owned(),
        description: "한 줄".to_owned(),
        language: Language::parse("ko").expect("known"),
        time_zone: Zone::parse("Asia/Seoul").expect("known"),
        author: "글쓴이".to_owned(),
        owner_email: String::new(),
        copyright: String::new(),
        category: "News".to_owned(),
        explicit: false,
        locked: true,
        show_type: ShowType::Episodic,
        details: ShowDetails::default(),
    };
    let mut tx = state.db.begin().await.expect("begins");
    let show = show::insert(&mut tx, &draft, "0123456789abcdef")
        .await
        .expect("a show");
    tx.commit().await.expect("commits");
    (author, show)
}

/// A WAV file of this many bytes of sound, at least one; the seed makes its content differ.
pub fn wav(sound_bytes: usize, seed: u8) -> Vec<u8> {
    let length = u32::try_from(sound_bytes & !1).expect("a small file");
    let mut file = Vec::with_capacity(sound_bytes + 44);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(length + 36).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend_from_slice(&8000u32.to_le_bytes());
    file.extend_from_slice(&16000u32.to_le_bytes());
    file.extend_from_slice(b"\x02\0\x10\0data");
    file.extend_from_slice(&length.to_le_bytes());
    let mut state = u32::from(seed) + 1;
    file.extend((0..length).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    }));
    file
}

/// A good recording of a minute, in no database.
pub fn recording() -> Recording {
    Recording {
        id: RecordingId::random(),
        media_hash: "a".repeat(64),
        length_bytes: 960_000,
        present: true,
        kind: AudioKind::Mp3,
        duration_ms: 60_000,
        bitrate_bps: 128_000,
        sample_rate_hz: 44_100,
        channels: 1,
        original_name: "a.mp3".to_owned(),
        tags: AudioTags::default(),
        artwork_hash: None,
        created_at: Instant(0),
    }
}
