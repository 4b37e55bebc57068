//! Recordings and covers over HTTP.
use http::{Method, StatusCode};

use crate::features::feed::tests::support::Site;
use crate::kernel::events::Event;
use crate::kernel::ids::PostId;
use crate::kernel::urls;

fn sound(length: u32) -> Vec<u8> {
    (0..length).map(|n| (n % 255) as u8).collect()
}

#[tokio::test]
async fn an_enclosure_answers_players() {
    let site = Site::new().await;
    let bytes = sound(300_000);
    let id = site.episode("첫 회", &bytes).await;
    let path = urls::audio(&id, "mp3");
    // The second time it comes without the database.
    for _ in 0..2 {
        let whole = site.get(&path).await;
        assert_eq!(whole.status, StatusCode::OK);
        assert_eq!(whole.body, bytes);
        assert_eq!(whole.header("content-type"), "audio/mpeg");
        assert_eq!(whole.header("accept-ranges"), "bytes");
        assert_eq!(whole.header("access-control-allow-origin"), "*");
        assert!(!whole.headers.contains_key("set-cookie"));
        let part = site.get_with(&path, &[("range", "bytes=10-19")]).await;
        assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
        assert_eq!(part.body, bytes[10..20]);
        let head = site.ask(Method::HEAD, &path, &[]).await;
        assert_eq!(head.header("content-length"), "300000");
        assert!(head.body.is_empty());
    }
    assert!(site.state.rendered.file(&path).is_some());
}

#[tokio::test]
async fn what_is_not_public_answers_like_what_is_not_there() {
    let site = Site::new().await;
    let draft = site.draft("초안").await;
    site.record(&draft, &sound(10), "mp3").await;
    let missing = site.get(&urls::audio(&PostId::random(), "mp3")).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let text = site.post("글").await;
    for target in [
        urls::audio(&draft, "mp3"),
        urls::audio(&text, "mp3"),
        format!("/audio/{draft}"),
        "/audio/x.mp3".to_owned(),
        format!("/audio/%2e%2e%2f{draft}.mp3"),
        urls::cover(&"c".repeat(64), 300),
        "/covers/../../daebon.db-300.jpg".to_owned(),
        "/covers/x-y.jpg".to_owned(),
    ] {
        let answer = site.get(&target).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{target}");
        assert_eq!(answer.body, missing.body, "{target}");
    }
}

#[tokio::test]
async fn a_withdrawn_recording_is_gone_at_once() {
    let site = Site::new().await;
    let id = site.episode("첫 회", &sound(100)).await;
    let path = urls::audio(&id, "mp3");
    let before = site.get(&path).await;
    let etag = before.header("etag").to_owned();
    assert_eq!(
        site.get_with(&path, &[("if-none-match", &etag)])
            .await
            .status,
        304
    );
    site.remove(&id).await;
    for headers in [
        vec![],
        vec![("if-none-match", etag.as_str())],
        vec![("range", "bytes=0-1")],
    ] {
        assert_eq!(site.get_with(&path, &headers).await.status, 404);
    }
}

#[tokio::test]
async fn a_replaced_recording_leads_on_from_its_former_ending() {
    let site = Site::new().await;
    let id = site.episode("첫 회", &sound(100)).await;
    let old = site.get(&urls::audio(&id, "mp3")).await;
    site.record(&id, &sound(200), "m4a").await;
    site.update(&id).await;
    let moved = site.get(&urls::audio(&id, "mp3")).await;
    assert_eq!(moved.status, StatusCode::FOUND);
    assert_eq!(moved.header("location"), urls::audio(&id, "m4a"));
    let new = site.get(&urls::audio(&id, "m4a")).await;
    assert_eq!(new.header("content-type"), "audio/x-m4a");
    assert_eq!(new.body.len(), 200);
    assert_ne!(old.header("etag"), new.header("etag"));
    assert_eq!(site.get(&urls::audio(&id, "wav")).await.status, 404);
}

#[tokio::test]
async fn covers_stay_for_a_year() {
    let site = Site::new().await;
    let stored = site.state.media.put(b"a picture").expect("stored");
    let mut tx = site.tx().await;
    sqlx::query(
        "INSERT INTO media (hash, length_bytes, state, created_at) VALUES ($1, 9, 'present', 1)",
    )
    .bind(stored.hash.as_str())
    .execute(tx.conn())
    .await
    .expect("a row");
    sqlx::query(
        "INSERT INTO covers (hash, size_px, media_hash, created_at) VALUES ($1, 300, $2, 1)",
    )
    .bind("c".repeat(64))
    .bind(stored.hash.as_str())
    .execute(tx.conn())
    .await
    .expect("a row");
    tx.announce(Event::ShowChanged(site.show.clone()));
    tx.commit().await.expect("committed");
    let answer = site.get(&urls::cover(&"c".repeat(64), 300)).await;
    assert_eq!(answer.body, b"a picture");
    assert_eq!(answer.header("content-type"), "image/jpeg");
    assert_eq!(
        answer.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(
        site.get(&urls::cover(&"c".repeat(64), 600)).await.status,
        404
    );
}
