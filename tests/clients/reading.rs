//! What went into the forms comes out of the feed, read by a parser that is not ours.
use std::time::Duration;

use feed_rs::model::{Entry, Feed};

use crate::server::Server;
use crate::support::files::{M4A, MP3, OTHER_MP3};

async fn read(server: &Server, path: &str) -> Feed {
    let got = server.get(&server.url(path)).await;
    assert_eq!(got.status, 200);
    feed_rs::parser::parse(got.body.as_ref()).expect("a feed")
}

fn title(entry: &Entry) -> &str {
    &entry.title.as_ref().expect("a title").content
}

#[tokio::test]
async fn the_show_is_what_was_set_up() {
    let server = Server::ready().await;
    let feed = read(&server, "/@news/feed.xml").await;
    assert_eq!(feed.title.expect("a title").content, "아침 논평");
    assert_eq!(feed.description.expect("a line").content, "매일 아침 한 편");
    assert_eq!(feed.language.as_deref(), Some("ko"));
    let links: Vec<&str> = feed.links.iter().map(|l| l.href.as_str()).collect();
    assert!(links.contains(&server.url("/@news").as_str()), "{links:?}");
    let picture = server
        .get(&feed.logo.or(feed.icon).expect("a picture").uri)
        .await;
    assert_eq!(picture.status, 200);
    let picture = image::load_from_memory(&picture.body).expect("a picture");
    assert!(picture.width() >= 1400 && picture.width() == picture.height());
}

#[tokio::test]
async fn hostile_text_comes_out_as_it_went_in() {
    let server = Server::ready().await;
    let author = server.site.author();
    let titles = [
        "1 < 2 & 3 > 2",
        "</title><script>alert(1)</script>",
        "]]> &amp; &lt;b&gt; &#x41;",
        "“따옴표” 'single' \"double\" — 그리고 …",
        "🎙️ 👩‍💻 é 한글",
        "<!-- 주석 --> <?php ?> %s %00 \\n",
    ];
    for title in titles {
        let post = author.new_post().await;
        let note = format!("{title} 라고 했습니다.");
        let fields = [("title", title), ("note", note.as_str())];
        author.act(&post, &fields, "save").await;
        author.record(&post, "a.mp3", MP3).await.assert_status(303);
        author.act(&post, &[], "publish").await;
    }
    for path in ["/@news/feed.xml", "/@news/posts.xml"] {
        let feed = read(&server, path).await;
        assert_eq!(feed.entries.len(), titles.len());
        for wanted in titles {
            let entry = feed.entries.iter().find(|e| title(e) == wanted);
            let entry = entry.unwrap_or_else(|| panic!("{wanted} is missing in {path}"));
            let told = entry.summary.as_ref().expect("a summary");
            assert!(!told.content.contains("<script"), "{}", told.content);
            let whole = entry.content.as_ref().and_then(|c| c.body.clone());
            assert!(!whole.unwrap_or_default().contains("<script"));
        }
    }
}

#[tokio::test]
async fn an_item_names_the_file_that_is_there() {
    let server = Server::ready().await;
    let author = server.site.author();
    for (name, sound, kind, seconds) in [
        ("a.mp3", MP3, "audio/mpeg", 4),
        ("b.mp3", OTHER_MP3, "audio/mpeg", 4),
        ("c.m4a", M4A, "audio/x-m4a", 4),
    ] {
        let post = author.episode(name, name, sound).await;
        let feed = read(&server, "/@news/feed.xml").await;
        let entry = feed
            .entries
            .iter()
            .find(|e| title(e) == name)
            .expect("the item");
        let media = &entry.media[0].content[0];
        let url = media.url.as_ref().expect("an address").as_str();
        let ending = name.split_once('.').expect("an ending").1;
        assert_eq!(url, server.url(&post.audio(ending)));
        assert_eq!(media.size, Some(sound.len() as u64));
        assert_eq!(
            media.content_type.as_ref().expect("a type").to_string(),
            kind
        );
        let duration = media
            .duration
            .or(entry.media[0].duration)
            .expect("a length");
        assert!(duration.abs_diff(Duration::from_secs(seconds)) <= Duration::from_secs(1));
        let got = server.get(url).await;
        assert_eq!(got.body, sound);
        assert_eq!(got.header("content-type"), kind);
    }
}

#[tokio::test]
async fn guid_and_date_stay_whatever_is_changed() {
    let server = Server::ready().await;
    let author = server.site.author();
    let post = author.episode("첫 회", "a.mp3", MP3).await;
    let before = read(&server, "/@news/feed.xml").await.entries.remove(0);
    server.site.pass(60_000).await;
    let fields = [
        ("title", "고친 제목"),
        ("slug", "another"),
        ("note", "새 머리말"),
    ];
    author.act(&post, &fields, "update").await;
    author.record(&post, "b.m4a", M4A).await.assert_status(303);
    author.act(&post, &[], "update").await;
    let after = read(&server, "/@news/feed.xml").await.entries.remove(0);
    assert_eq!(after.id, before.id);
    assert_eq!(after.published, before.published);
    assert_eq!(title(&after), "고친 제목");
    let link = &after.links[0].href;
    assert_eq!(*link, server.url("/@news/another"));
    assert_eq!(server.get(link).await.status, 200);
    // Whoever holds the old item still finds page and sound.
    let old = server.get(&before.links[0].href).await;
    assert_eq!(
        (old.status.as_u16(), old.header("location")),
        (301, "/@news/another")
    );
    let url = before.media[0].content[0].url.as_ref().expect("an address");
    let old = server.get(url.as_str()).await;
    assert_eq!(old.status.as_u16(), 302);
    assert_eq!(old.header("location"), post.audio("m4a"));
}

#[tokio::test]
async fn every_format_says_the_same() {
    let server = Server::ready().await;
    let author = server.site.author();
    for (title, sound) in [("첫 <회> & \"하나\"", MP3), ("둘째 회", OTHER_MP3)] {
        author.episode(title, "a.mp3", sound).await;
    }
    let whole = read(&server, "/@news/posts.xml").await;
    let json = read(&server, "/@news/posts.json").await;
    assert_eq!(json.title, whole.title);
    assert_eq!(json.entries.len(), 2);
    for (one, other) in whole.entries.iter().zip(&json.entries) {
        assert_eq!((&one.id, title(one)), (&other.id, title(other)));
        assert_eq!(one.links[0].href, other.links[0].href);
        assert_eq!(one.published, other.published);
        let html = |e: &Entry| {
            let body = e.content.as_ref().and_then(|c| c.body.clone());
            body.expect("a text").trim().to_owned()
        };
        assert_eq!(html(one), html(other));
    }
    let got = server.get(&server.url("/@news/posts.json")).await;
    let feed: serde_json::Value = serde_json::from_slice(&got.body).expect("JSON");
    let attached = &feed["items"][0]["attachments"][0];
    let sound = server
        .get(attached["url"].as_str().expect("an address"))
        .await;
    assert_eq!(attached["size_in_bytes"], sound.body.len());
    let got = server.get(&server.url("/opml.xml")).await;
    let list = String::from_utf8_lossy(&got.body).into_owned();
    let feed = format!("xmlUrl=\"{}\"", server.url("/@news/feed.xml"));
    assert!(list.contains(&feed), "{list}");
}
