//! Databases of earlier versions: each one opens, and nothing in it is lost.
use sqlx::migrate::Migrator;
use sqlx::{AnyConnection, Connection, Executor, Row};

use super::open::{POSTGRES_MIGRATIONS, SQLITE_MIGRATIONS};
use super::testing::{NOW, Scratch};
use super::{Engine, Hooks};
use crate::ports::clock::Clock;

/// A show with an episode, as the first version wrote them.
const FIRST_STOREY: &str = "\
INSERT INTO shows (id, address, title, description, language, time_zone, author, category, explicit, \
 cover_hash, changed_at, created_at) \
 VALUES ('show00000000', 'news', '뉴스', '한 줄', 'ko', 'Asia/Seoul', '글쓴이', 'News', 0, 'c', 1, 1); \
INSERT INTO media (hash, length_bytes, state, created_at) VALUES ('h', 1000, 'present', 1); \
INSERT INTO recordings (id, media_hash, kind, duration_ms, bitrate_bps, sample_rate_hz, channels, \
 original_name, tags, created_at) VALUES ('rec000000000', 'h', 'mp3', 5000, 64000, 44100, 1, 'a', '{}', 1); \
INSERT INTO posts (id, show_id, guid, state, slug, public_revision_id, revision_count, first_public_at, \
 public_changed_at, created_at) \
 VALUES ('post00000000', 'show00000000', 'guid', 'published', 'one', 'rev200000000', 2, 5, 6, 1); \
INSERT INTO post_working_copies (post_id, version, updated_at, slug, title, language, episode_type, \
 recording_id, refs, note, script) \
 VALUES ('post00000000', 7, 1, '', '고친 제목', '', 'full', 'rec000000000', '[]', '메모', '대본'); \
INSERT INTO post_revisions (id, post_id, number, ever_public, created_at, title, language, season, \
 episode, episode_type, explicit, cover_hash, recording_id, refs, note, script) \
 VALUES ('rev100000000', 'post00000000', 1, 0, 1, '옛 제목', '', NULL, NULL, 'full', NULL, NULL, NULL, '[]', '', ''); \
INSERT INTO post_revisions (id, post_id, number, ever_public, created_at, title, language, season, \
 episode, episode_type, explicit, cover_hash, recording_id, refs, note, script) \
 VALUES ('rev200000000', 'post00000000', 2, 1, 1, '제목', 'en', 3, 4, 'bonus', 1, 'c', 'rec000000000', \
 '[]', '공개 메모', '공개 대본');";

/// The migrations up to a version, run on an empty database, and rows put into it.
async fn filled(scratch: &Scratch, version: i64, rows: &'static str) {
    sqlx::any::install_default_drivers();
    let (url, all) = match scratch.engine {
        Engine::Sqlite => {
            let file = scratch.dir.path().join("daebon.db");
            let file = file.to_str().expect("UTF-8").to_owned();
            (format!("sqlite://{file}?mode=rwc"), &SQLITE_MIGRATIONS)
        }
        Engine::Postgres => {
            let url = scratch.database_url.clone();
            (url.expect("a server"), &POSTGRES_MIGRATIONS)
        }
    };
    let mut conn = AnyConnection::connect(&url).await.expect("connects");
    let first = all.iter().filter(|m| m.version <= version).cloned();
    let migrator = Migrator::with_migrations(first.collect());
    migrator.run(&mut conn).await.expect("runs");
    conn.execute(rows).await.expect("rows");
    if scratch.engine == Engine::Sqlite {
        // What marks a file as ours.
        let mark = "PRAGMA application_id = 1145128258; PRAGMA user_version = 1;";
        conn.execute(mark).await.expect("marked");
    }
    conn.close().await.expect("closes");
}

#[tokio::test]
async fn the_first_storey_opens_whole() {
    for scratch in Scratch::both().await {
        filled(&scratch, 1, FIRST_STOREY).await;
        let db = scratch.open(Clock::standing(NOW), Hooks::default()).await;
        let row = sqlx::query("SELECT * FROM listed_posts")
            .fetch_one(db.read())
            .await
            .expect("one post");
        let text = |name: &str| row.get::<String, _>(name);
        let number = |name: &str| row.get::<Option<i64>, _>(name);
        assert_eq!(
            (text("title"), text("note")),
            ("제목".into(), "공개 메모".into())
        );
        assert_eq!(
            (text("script"), text("language")),
            ("공개 대본".into(), "en".into())
        );
        assert_eq!((number("season"), number("episode")), (Some(3), Some(4)));
        assert_eq!(
            (text("episode_type"), number("explicit")),
            ("bonus".into(), Some(1))
        );
        assert_eq!(
            (text("recording_kind"), text("details")),
            ("mp3".into(), "{}".into())
        );
        assert_eq!(row.get::<Option<String>, _>("alternate_id"), None);
        let copy = sqlx::query("SELECT title, version, details FROM post_working_copies")
            .fetch_one(db.read())
            .await
            .expect("one working copy");
        assert_eq!(copy.get::<String, _>(0), "고친 제목");
        assert_eq!(
            (copy.get::<i64, _>(1), copy.get::<String, _>(2)),
            (7, "{}".into())
        );
        let kept = sqlx::query("SELECT title FROM post_revisions ORDER BY number")
            .fetch_all(db.read())
            .await
            .expect("two revisions");
        let titles: Vec<String> = kept.iter().map(|r| r.get(0)).collect();
        assert_eq!(titles, ["옛 제목", "제목"]);
        if scratch.engine == Engine::Sqlite {
            let copy = scratch
                .dir
                .path()
                .join("backups/before-migration-from-1.db");
            assert!(copy.exists(), "a copy is kept of what was there");
        }
        db.close().await;
    }
}
