//! Whole feeds: across restarts, in pages, moved, in other forms.
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use feed_rs::model::Link;
use http::StatusCode;
use serde_json::Value;

use super::support::Site;
use super::{PODCAST, POSTS, feed, titles};
use crate::features::posts::{self, Content};
use crate::kernel::ids::{PostId, UserId};

const BROTLI: &[(&str, &str)] = &[("accept-encoding", "br")];

/// Waits until the feed as it is now is in its file.
async fn kept(site: &Site) {
    let name = format!("podcast-{}.bin", site.show.as_str());
    let before = site.get_with(PODCAST, BROTLI).await;
    let mut etag = before.header("etag").to_owned();
    while !etag.contains("-br") || site.state.cache.read(&name).is_none() {
        tokio::task::yield_now().await;
        etag = site
            .get_with(PODCAST, BROTLI)
            .await
            .header("etag")
            .to_owned();
    }
}

fn file(site: &Site) -> std::path::PathBuf {
    let name = format!("podcast-{}.bin", site.show.as_str());
    site.state.config.data_dir.join("cache").join(name)
}

#[tokio::test]
async fn a_restart_finds_the_feed_with_all_of_its_codings() {
    let mut site = Site::under(Some("https://pod.example")).await;
    for title in ["하나", "둘", "셋"] {
        site.episode(title, title.as_bytes()).await;
    }
    kept(&site).await;
    let before = site.get(PODCAST).await;
    let packed = site.get_with(PODCAST, BROTLI).await;
    site.restart().await;
    let after = site.get_with(PODCAST, BROTLI).await;
    assert_eq!(after.header("content-encoding"), "br", "nobody had to wait");
    assert_eq!(after.body, packed.body);
    assert_eq!(after.header("etag"), packed.header("etag"));
    assert_eq!(site.get(PODCAST).await.body, before.body);
    // The feed of everything was asked for, and is kept as well.
    let posts = site.state.config.data_dir.join("cache");
    let posts = posts.join(format!("posts-{}.bin", site.show.as_str()));
    let before = site.get(POSTS).await;
    while !posts.exists() {
        tokio::task::yield_now().await;
    }
    site.restart().await;
    let after = site.get_with(POSTS, BROTLI).await;
    assert_eq!(after.header("content-encoding"), "br");
    assert_eq!(site.get(POSTS).await.body, before.body);
}

#[tokio::test]
async fn what_is_kept_is_no_older_than_the_database_and_never_broken() {
    let mut site = Site::under(Some("https://pod.example")).await;
    for title in ["하나", "둘", "셋"] {
        site.episode(title, title.as_bytes()).await;
    }
    kept(&site).await;
    let old = std::fs::read(file(&site)).expect("kept");
    let gone = site.episode("넷", b"four").await;
    site.episode("다섯", b"five").await;
    site.remove(&gone).await;
    let wanted = site.get(PODCAST).await;
    assert!(wanted.text().contains("다섯") && !wanted.text().contains("넷"));
    let mut changed = old.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    for found in [
        old.clone(),
        changed,
        old[..old.len() / 3].to_vec(),
        Vec::new(),
    ] {
        site.restart().await;
        std::fs::write(file(&site), &found).expect("written");
        let again = site.get(PODCAST).await;
        assert_eq!(again.body, wanted.body);
        assert_eq!(again.header("etag"), wanted.header("etag"));
    }
    site.restart().await;
    let _ = std::fs::remove_file(file(&site));
    assert_eq!(
        site.get(PODCAST).await.body,
        wanted.body,
        "from the database alone"
    );
}

#[tokio::test]
async fn changes_one_by_one_give_what_building_anew_gives() {
    let mut site = Site::new().await;
    let mut ids = Vec::new();
    for n in 0..40 {
        ids.push(site.episode(&format!("{n}회"), &[n]).await);
        site.get(PODCAST).await;
    }
    site.remove(&ids[7]).await;
    site.get(PODCAST).await;
    let mut content = posts::writing::working_copy(&site.state.db, &ids[20])
        .await
        .expect("there");
    content.content.title = "고친 글".into();
    let db = &site.state.db;
    posts::save(
        db,
        &UserId::random(),
        &ids[20],
        content.version,
        "",
        &content.content,
    )
    .await
    .expect("saved");
    site.update(&ids[20]).await;
    site.get(PODCAST).await;
    site.change_show(|show| show.explicit = true).await;
    let stepwise = site.get(PODCAST).await;
    assert!(stepwise.text().contains("고친 글") && !stepwise.text().contains(">7회<"));
    site.restart().await;
    let _ = std::fs::remove_file(file(&site));
    let anew = site.get(PODCAST).await;
    assert_eq!(anew.body, stepwise.body);
    assert_eq!(anew.header("etag"), stepwise.header("etag"));
}

fn link<'a>(links: &'a [Link], rel: &str) -> Option<&'a str> {
    let found = links.iter().find(|l| l.rel.as_deref() == Some(rel));
    found.map(|l| l.href.as_str())
}

#[tokio::test]
async fn the_podcast_feed_has_pages_if_the_author_wants_them() {
    let site = Site::new().await;
    for n in 0..5 {
        site.episode(&format!("{n}회"), &[n]).await;
    }
    assert_eq!(site.get("/@morning/feed.xml?page=2").await.status, 404);
    site.change_show(|show| show.details.feed_page_size = 2)
        .await;
    let base = &site.state.base_url;
    let at = |page: u32| base.join(&super::super::build::page_of(PODCAST, page));
    let mut all = Vec::new();
    for page in 1..=3 {
        let read = feed(&site, &format!("{PODCAST}?page={page}")).await;
        all.extend(titles(&read).iter().map(|t| (*t).to_owned()));
        assert_eq!(link(&read.links, "self"), Some(at(page).as_str()));
        assert_eq!(link(&read.links, "first"), Some(at(1).as_str()));
        assert_eq!(link(&read.links, "last"), Some(at(3).as_str()));
        let (prev, next) = (at(page.max(2) - 1), at(page + 1));
        assert_eq!(link(&read.links, "previous"), link(&read.links, "prev"));
        assert_eq!(
            link(&read.links, "prev"),
            (page > 1).then_some(prev.as_str())
        );
        assert_eq!(
            link(&read.links, "next"),
            (page < 3).then_some(next.as_str())
        );
    }
    assert_eq!(all, ["4회", "3회", "2회", "1회", "0회"]);
    assert_eq!(site.get("/@morning/feed.xml?page=4").await.status, 404);
    // A new one moves all pages on.
    site.episode("5회", b"five").await;
    let last = feed(&site, "/@morning/feed.xml?page=3").await;
    assert_eq!(titles(&last), ["1회", "0회"]);
}

#[tokio::test]
async fn a_show_that_moved_away_says_where_to() {
    let site = Site::new().await;
    site.episode("하나", b"one").await;
    let target = "https://elsewhere.example/feed.xml";
    site.change_show(|show| show.details.moved_to = target.into())
        .await;
    let answer = site.get(PODCAST).await;
    assert_eq!(answer.status, StatusCode::MOVED_PERMANENTLY);
    assert_eq!(answer.header("location"), target);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let said = format!("<itunes:new-feed-url>{target}</itunes:new-feed-url>");
    assert!(answer.text().contains(&said), "{}", answer.text());
    assert!(!answer.text().contains("<item>"));
    feed_rs::parser::parse(&answer.body[..]).expect("a feed");
    assert_eq!(site.get(POSTS).await.status, 200, "the posts stay");
    // It came back.
    site.change_show(|show| show.details.moved_to = String::new())
        .await;
    assert_eq!(site.get(PODCAST).await.status, 200);
}

#[tokio::test]
async fn a_show_that_moved_away_stays_away_while_feeds_are_kept_fresh() {
    let site = Site::new().await;
    site.episode("하나", b"one").await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let keeper = tokio::spawn(super::keep_fresh(site.state.clone(), stopped));
    let target = "https://elsewhere.example/feed.xml";
    site.change_show(|show| show.details.moved_to = target.into())
        .await;
    // The feed of another show is built after that of the first: then the keeper was there.
    let other = site.add_show("evening").await;
    let uri: http::Uri = "/@evening/feed.xml".parse().expect("an address");
    let none = http::HeaderMap::new();
    while site
        .state
        .rendered
        .fast(&http::Method::GET, &uri, &none)
        .is_none()
    {
        tokio::task::yield_now().await;
    }
    assert_ne!(other, site.show);
    for headers in [
        &[][..],
        &[("if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT")],
    ] {
        let answer = site.get_with(PODCAST, headers).await;
        assert_eq!(answer.status, StatusCode::MOVED_PERMANENTLY);
    }
    stop.send(true).expect("it runs");
    keeper.await.expect("ends");
}

#[tokio::test]
async fn a_renamed_show_tells_its_new_address() {
    let site = Site::new().await;
    site.episode("하나", b"one").await;
    assert!(!site.get(PODCAST).await.text().contains("new-feed-url"));
    site.change_show(|show| {
        show.address = crate::features::show::ShowAddress::parse("evening").expect("good");
    })
    .await;
    let answer = site.get(PODCAST).await;
    assert_eq!(answer.status, StatusCode::MOVED_PERMANENTLY);
    let present = site.get("/@evening/feed.xml").await;
    let url = site.state.base_url.join("/@evening/feed.xml");
    let said = format!("<itunes:new-feed-url>{url}</itunes:new-feed-url>");
    assert!(present.text().contains(&said), "{}", present.text());
}

#[tokio::test]
async fn the_feed_of_everything_as_json() {
    let site = Site::new().await;
    site.post("글 <하나>").await;
    let episode = site.episode("소리 & 글", b"sound").await;
    let answer = site.get("/@morning/posts.json").await;
    assert_eq!(
        answer.header("content-type"),
        "application/feed+json; charset=utf-8"
    );
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let json: Value = serde_json::from_slice(&answer.body).expect("JSON");
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    let items = json["items"].as_array().expect("items");
    let titles: Vec<_> = items.iter().map(|i| i["title"].as_str()).collect();
    assert_eq!(titles, [Some("소리 & 글"), Some("글 <하나>")]);
    let attachment = &items[0]["attachments"][0];
    let url = site
        .state
        .base_url
        .join(&crate::kernel::urls::audio(&episode, "mp3"));
    assert_eq!(attachment["url"], url);
    assert_eq!(attachment["mime_type"], "audio/mpeg");
    assert_eq!(attachment["size_in_bytes"], 5);
    assert!(items[1].get("attachments").is_none());
    let parsed = feed_rs::parser::parse(&answer.body[..]).expect("a feed");
    assert_eq!(parsed.entries.len(), 2);
    let unchanged = [("if-none-match", answer.header("etag"))];
    let again = site.get_with("/@morning/posts.json", &unchanged).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    site.post("글 셋").await;
    assert!(
        site.get("/@morning/posts.json")
            .await
            .text()
            .contains("글 셋")
    );
}

#[tokio::test]
async fn every_show_stands_in_the_outline() {
    let site = Site::new().await;
    site.add_show("evening").await;
    let text = |answer: super::support::Answer| answer.text().to_owned();
    let before = text(site.get("/opml.xml").await);
    for address in ["morning", "evening"] {
        let feed = site.state.base_url.join(&format!("/@{address}/feed.xml"));
        assert!(before.contains(&format!("xmlUrl=\"{feed}\"")), "{before}");
    }
    assert!(before.contains("아침 &lt;대본&gt;"), "{before}");
    site.change_show(|show| show.details.block = true).await;
    let after = text(site.get("/opml.xml").await);
    assert!(!after.contains("/@morning/") && after.contains("/@evening/"));
}

#[tokio::test]
async fn chapters_of_the_file_are_a_file_and_stand_in_the_feed() {
    let site = Site::new().await;
    let id = site.draft("장이 있는 회").await;
    site.record(&id, b"sound", "mp3").await;
    let tags = r#"{"chapters":[{"start_ms":0,"end_ms":null,"title":"여는 말"},{"start_ms":61500,"end_ms":null,"title":"<끝>"}]}"#;
    let mut tx = site.tx().await;
    sqlx::query("UPDATE recordings SET tags = $1")
        .bind(tags)
        .execute(tx.conn())
        .await
        .expect("written");
    tx.commit().await.expect("committed");
    let address = crate::kernel::urls::chapters(&id);
    assert_eq!(site.get(&address).await.status, 404, "not public yet");
    site.publish(&id).await;
    let answer = site.get(&address).await;
    assert_eq!(
        answer.header("content-type"),
        "application/json+chapters; charset=utf-8"
    );
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let json: Value = serde_json::from_slice(&answer.body).expect("JSON");
    assert_eq!(json["version"], "1.2.0");
    assert_eq!(json["chapters"][1]["startTime"], 61.5);
    assert_eq!(json["chapters"][1]["title"], "<끝>");
    let url = site.state.base_url.join(&address);
    let xml = site.get(PODCAST).await;
    let tag = xml
        .text()
        .split("<podcast:chapters")
        .nth(1)
        .expect("the element");
    let tag = tag.split('>').next().expect("its end");
    assert!(tag.contains(&format!("url=\"{url}\"")) && tag.contains("application/json+chapters"));
    // Without chapters there is neither.
    let plain = site.episode("장이 없는 회", b"other").await;
    let address = crate::kernel::urls::chapters(&plain);
    assert_eq!(site.get(&address).await.status, 404);
    let stranger = PostId::random();
    let address = crate::kernel::urls::chapters(&stranger);
    assert_eq!(site.get(&address).await.status, 404);
}

#[tokio::test]
async fn trailers_stand_in_the_head_and_the_script_in_the_items_if_wanted() {
    let site = Site::new().await;
    let id = site
        .draft_of(Content {
            title: "맛보기".into(),
            note: "곧 시작합니다".into(),
            script: "대본의 한 문장".into(),
            episode_type: posts::EpisodeType::Trailer,
            ..Content::default()
        })
        .await;
    site.record(&id, b"sound", "mp3").await;
    site.publish(&id).await;
    let xml = site.get(PODCAST).await.text().to_owned();
    let (head, items) = xml.split_once("<item>").expect("an item");
    assert!(head.contains("<podcast:trailer ") && head.contains(">맛보기</podcast:trailer>"));
    assert!(!items.contains("대본의 한 문장"));
    site.change_show(|show| show.details.feed_text = crate::features::show::FeedText::Full)
        .await;
    assert!(site.get(PODCAST).await.text().contains("대본의 한 문장"));
    site.remove(&id).await;
    assert!(!site.get(PODCAST).await.text().contains("podcast:trailer"));
}

/// A poll: the titles in the feed, or `None` for a 304 to the tag that was held.
async fn poll(site: &Site, held: &mut String, turn: usize) -> Option<Vec<String>> {
    let coding = ["gzip", "identity", "gzip, deflate, br", "zstd"][turn % 4];
    let mut headers = vec![("accept-encoding", coding)];
    if turn.is_multiple_of(2) {
        headers.push(("if-none-match", held.as_str()));
    }
    let answer = site.get_with(PODCAST, &headers).await;
    if answer.status == StatusCode::NOT_MODIFIED {
        assert!(turn.is_multiple_of(2) && answer.body.is_empty());
        return None;
    }
    assert_eq!(answer.status, StatusCode::OK);
    let mut xml = Vec::new();
    let body = &answer.body[..];
    match answer.header("content-encoding") {
        "gzip" => drop(
            flate2::read::GzDecoder::new(body)
                .read_to_end(&mut xml)
                .expect("gzip"),
        ),
        "br" => brotli::BrotliDecompress(&mut &body[..], &mut xml).expect("brotli"),
        "zstd" => xml = zstd::decode_all(body).expect("Zstandard"),
        _ => xml = body.to_vec(),
    }
    *held = answer.header("etag").to_owned();
    let read = feed_rs::parser::parse(&xml[..]).expect("a whole feed");
    Some(titles(&read).into_iter().map(str::to_owned).collect())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn polls_during_publishing_see_the_old_or_the_new_feed_whole() {
    const EPISODES: usize = 30;
    let site = Arc::new(Site::new().await);
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let mut pollers = Vec::new();
    for first in 0..4 {
        let (site, acknowledged) = (site.clone(), acknowledged.clone());
        pollers.push(tokio::spawn(async move {
            let (mut held, mut had, mut turn) = (String::new(), 0, first);
            while had < EPISODES {
                let least = acknowledged.load(Ordering::SeqCst);
                turn += 1;
                // Finished answers are there at once: others must have their turn, too.
                tokio::task::yield_now().await;
                let Some(seen) = poll(&site, &mut held, turn).await else {
                    // What it has is what there was when it asked.
                    assert!(had >= least, "{had} held, {least} acknowledged");
                    continue;
                };
                let wanted: Vec<String> = (0..seen.len()).rev().map(|n| format!("{n}회")).collect();
                assert_eq!(seen, wanted, "no gap and no item twice");
                assert!(seen.len() >= least.max(had));
                had = seen.len();
            }
        }));
    }
    for n in 0..EPISODES {
        site.episode(&format!("{n}회"), &n.to_le_bytes()).await;
        acknowledged.store(n + 1, Ordering::SeqCst);
    }
    for poller in pollers {
        poller.await.expect("every poll was right");
    }
}
