//! The feeds over HTTP, read back by a parser that is not ours. `support` is the site that the
//! tests of all public features stand on.
pub(crate) mod support;

use std::time::Duration;

use feed_rs::model::Feed;
use http::{Method, StatusCode};
use tokio::sync::watch;

use self::support::Site;
use super::keep_fresh;
use crate::features::posts::{self, Content, Reference};
use crate::features::show;
use crate::kernel::urls;

const PODCAST: &str = "/@morning/feed.xml";
const POSTS: &str = "/@morning/posts.xml";

async fn feed(site: &Site, target: &str) -> Feed {
    let answer = site.get(target).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    feed_rs::parser::parse(&answer.body[..]).expect("a feed")
}

fn titles(feed: &Feed) -> Vec<&str> {
    let title = |e: &'_ feed_rs::model::Entry| e.title.as_ref().map(|t| t.content.len());
    assert!(feed.entries.iter().all(|e| title(e).is_some()));
    let titles = feed.entries.iter().filter_map(|e| e.title.as_ref());
    titles.map(|t| t.content.as_str()).collect()
}

#[tokio::test]
async fn the_podcast_feed_holds_listed_episodes_alone() {
    let site = Site::new().await;
    let draft = site.draft("초안").await;
    site.record(&draft, b"draft", "mp3").await;
    site.post("글").await;
    let first = site.episode("1 < 2 & \"3\"", b"first sound").await;
    site.episode("둘째 회", b"second").await;
    let hidden = site.episode("숨은 회", b"third").await;
    let mut tx = site.tx().await;
    posts::set_listed(&mut tx, &hidden, false)
        .await
        .expect("unlisted");
    tx.commit().await.expect("committed");

    let read = feed(&site, PODCAST).await;
    assert_eq!(titles(&read), ["둘째 회", "1 < 2 & \"3\""]);
    let post = posts::public::find_by_id(&site.state.db, &first)
        .await
        .expect("public");
    let entry = &read.entries[1];
    assert_eq!(entry.id, post.guid);
    let content = &entry.media[0].content[0];
    let base = &site.state.base_url;
    assert_eq!(
        content.url.as_ref().map(ToString::to_string),
        Some(base.join(&urls::audio(&first, "mp3")))
    );
    assert_eq!(content.size, Some(11));
    assert_eq!(
        entry.published.map(|p| p.timestamp_millis()),
        Some(post.first_public_at.0)
    );
    let xml = site.get(PODCAST).await;
    let xml = xml.text();
    assert!(xml.contains(&base.join(&urls::transcript(&first, "html"))));
    assert!(xml.contains("type=\"audio/mpeg\"") && xml.contains("isPermaLink=\"false\""));
    assert!(
        !xml.contains("podcast:guid"),
        "no guid under a loopback address"
    );
    let everything = feed(&site, POSTS).await;
    assert_eq!(titles(&everything), ["둘째 회", "1 < 2 & \"3\"", "글"]);
    let full = everything.entries[0].content.as_ref().expect("full text");
    let body = full.body.as_deref().unwrap_or_default();
    assert!(body.contains("둘째 &lt;문장&gt;입니다."), "{body}");
}

#[tokio::test]
async fn a_text_post_enters_the_podcast_feed_with_its_recording() {
    let site = Site::new().await;
    let id = site.post("글이 먼저").await;
    let before = feed(&site, POSTS).await;
    assert!(feed(&site, PODCAST).await.entries.is_empty());
    assert!(before.entries[0].media.is_empty());
    site.record(&id, b"sound", "m4a").await;
    assert!(
        feed(&site, PODCAST).await.entries.is_empty(),
        "not public yet"
    );
    site.update(&id).await;
    let after = feed(&site, PODCAST).await;
    assert_eq!(after.entries[0].id, before.entries[0].id);
    assert_eq!(after.entries[0].links, before.entries[0].links);
    assert!(site.get(PODCAST).await.text().contains("audio/x-m4a"));
    site.remove(&id).await;
    assert!(feed(&site, PODCAST).await.entries.is_empty());
}

#[tokio::test]
async fn polling_costs_a_304_until_something_changes() {
    let site = Site::new().await;
    site.episode("첫 회", b"sound").await;
    let first = site.get_with(PODCAST, &[("accept-encoding", "gzip")]).await;
    assert_eq!(
        first.header("content-type"),
        "application/rss+xml; charset=utf-8"
    );
    assert_eq!(first.header("content-encoding"), "gzip");
    assert_eq!(first.header("access-control-allow-origin"), "*");
    assert_eq!(first.header("vary"), "Accept-Encoding");
    assert!(!first.headers.contains_key("set-cookie"));
    let etag = first.header("etag").to_owned();
    let date = first.header("last-modified").to_owned();
    for condition in [("if-none-match", &etag), ("if-modified-since", &date)] {
        let conditions = [("accept-encoding", "gzip"), (condition.0, condition.1)];
        let again = site.get_with(PODCAST, &conditions).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{condition:?}");
        assert!(again.body.is_empty());
    }
    let head = site.ask(Method::HEAD, PODCAST, &[]).await;
    let plain = site.get(PODCAST).await;
    assert_eq!(head.header("content-length"), plain.body.len().to_string());
    // Other languages and cookies make no other bytes, and built anew they are the same.
    let foreign = [("accept-language", "en"), ("cookie", "a=b")];
    assert_eq!(site.get_with(PODCAST, &foreign).await.body, plain.body);
    site.later(86_400_000);
    site.state.rendered.forget_show(&site.show, None);
    assert_eq!(site.get(PODCAST).await.body, plain.body);
    site.episode("둘째 회", b"more").await;
    let changed = site.get_with(PODCAST, &[("if-none-match", &etag)]).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert_ne!(changed.header("last-modified"), date);
}

#[tokio::test]
async fn the_identity_is_given_once_under_a_public_address() {
    let site = Site::under(Some("https://pod.example")).await;
    let xml = site.get(PODCAST).await;
    let want = crate::formats::podcast::podcast_guid("pod.example/@morning/feed.xml");
    assert!(xml.text().contains(&want), "{}", xml.text());
    assert!(xml.headers.contains_key("strict-transport-security"));
    let stored = show::find(&site.state.db, &site.show).await.expect("found");
    assert_eq!(stored.podcast_guid, Some(want));
    assert_eq!(site.get("/@nobody/feed.xml").await.status, 404);
}

#[tokio::test]
async fn a_large_archive_comes_in_pages() {
    let site = Site::new().await;
    let most = usize::try_from(super::build::POSTS_PER_PAGE).expect("small");
    for n in 0..=most {
        let content = Content {
            title: format!("글 {n}"),
            note: "짧은 글".into(),
            ..Content::default()
        };
        let id = site.draft_of(content).await;
        site.publish(&id).await;
    }
    let first = feed(&site, POSTS).await;
    assert_eq!(first.entries.len(), most);
    let link = |feed: &Feed, rel: &str| {
        let found = feed.links.iter().find(|l| l.rel.as_deref() == Some(rel));
        found.map(|l| l.href.clone())
    };
    let base = &site.state.base_url;
    let next = base.join("/@morning/posts.xml?page=2");
    assert_eq!(link(&first, "next"), Some(next));
    assert_eq!(link(&first, "prev"), None);
    let second = feed(&site, "/@morning/posts.xml?page=2").await;
    assert_eq!(titles(&second), ["글 0"]);
    assert_eq!(link(&second, "prev"), Some(base.join(POSTS)));
    assert_eq!(link(&second, "next"), None);
    assert_eq!(site.get("/@morning/posts.xml?page=3").await.status, 404);
    let bare = site.get(POSTS).await.body;
    for same in ["?page=1", "?page=x", "?utm=1"] {
        assert_eq!(
            site.get(&format!("{POSTS}{same}")).await.body,
            bare,
            "{same}"
        );
    }
}

#[tokio::test]
async fn references_stand_in_the_items() {
    let site = Site::new().await;
    let id = site
        .draft_of(Content {
            title: "글".into(),
            note: "[안쪽](/@morning) & 밖".into(),
            references: vec![Reference {
                title: "출처 <1>".into(),
                url: "https://news.example/?a=1&b=\"2\"".into(),
                outlet: "신문".into(),
                remark: "읽을 만한".into(),
                ..Reference::default()
            }],
            ..Content::default()
        })
        .await;
    site.record(&id, b"sound", "mp3").await;
    site.publish(&id).await;
    let read = feed(&site, PODCAST).await;
    let body = read.entries[0]
        .content
        .as_ref()
        .and_then(|c| c.body.as_deref());
    let body = body.expect("content");
    let base = site.state.base_url.as_str();
    for part in [
        "<h3>참고 자료</h3>",
        "출처 &lt;1&gt;</a>, 신문<br>읽을 만한",
        "href=\"https://news.example/?a=1&amp;b=%222%22\"",
        &format!("href=\"{base}/@morning\""),
    ] {
        assert!(body.contains(part), "{part} in {body}");
    }
    assert!(!body.contains("<script"));
}

#[tokio::test]
async fn feeds_are_built_before_anybody_asks() {
    let site = Site::new().await;
    site.episode("첫 회", b"sound").await;
    let (stop, stopped) = watch::channel(false);
    let task = tokio::spawn(keep_fresh(site.state.clone(), stopped));
    let in_memory = |target: &'static str| {
        let rendered = site.state.rendered.clone();
        async move {
            let uri = target.parse().expect("a target");
            let headers = http::HeaderMap::new();
            while rendered.fast(&Method::GET, &uri, &headers).is_none() {
                tokio::task::yield_now().await;
            }
        }
    };
    let limit = Duration::from_secs(30);
    tokio::time::timeout(limit, in_memory(PODCAST))
        .await
        .expect("built at the start");
    site.get(POSTS).await;
    site.episode("둘째 회", b"more").await;
    for target in [PODCAST, POSTS] {
        tokio::time::timeout(limit, in_memory(target))
            .await
            .expect("built after the change");
        assert!(site.get(target).await.text().contains("둘째 회"));
    }
    stop.send(true).expect("it runs");
    task.await.expect("ends");
}

#[tokio::test]
async fn items_of_unchanged_posts_are_taken_over() {
    let site = Site::new().await;
    site.episode("첫 회", b"sound").await;
    site.get(PODCAST).await;
    let parts = || async {
        let shelf = site.state.rendered.shelf(&site.show, "podcast");
        let taken = shelf.take().await;
        let parts = taken.parts.parts().to_vec();
        taken.mended();
        parts
    };
    let before = parts().await;
    site.episode("둘째 회", b"more").await;
    // Nothing but the new post was stale, and nothing is after the building.
    site.get(PODCAST).await;
    let after = parts().await;
    assert_eq!((before.len(), after.len()), (1, 2));
    assert_eq!(before[0].stamp, after[1].stamp);
    assert_eq!(before[0].bytes, after[1].bytes);
}
