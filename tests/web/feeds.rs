//! The feeds over HTTP: validators, codings, and when they change.
use std::io::Read;

use axum::body::Body;
use http::Request;

use crate::support::files::{MP3, OTHER_MP3};
use crate::support::{Answer, Site};

const FEED: &str = "/@news/feed.xml";
const POSTS: &str = "/@news/posts.xml";

async fn coded(site: &Site, path: &str, accept: &str) -> Answer {
    let headers = [("accept-encoding", accept)];
    site.stranger().get_with(path, &headers).await
}

#[tokio::test]
async fn a_feed_is_rss_and_may_be_kept_for_a_minute() {
    let site = Site::ready().await;
    site.author().episode("첫 회", "a.mp3", MP3).await;
    for path in [FEED, POSTS] {
        let feed = site.stranger().get(path).await;
        feed.assert_status(200);
        assert_eq!(
            feed.header("content-type"),
            "application/rss+xml; charset=utf-8"
        );
        assert_eq!(
            feed.header("cache-control"),
            "public, max-age=60, must-revalidate"
        );
        assert_eq!(feed.header("vary"), "Accept-Encoding");
        assert_eq!(
            feed.header("last-modified"),
            "Tue, 24 Nov 2026 00:00:00 GMT"
        );
        assert_eq!(feed.header("content-length"), feed.body.len().to_string());
        let head = site.stranger().head(path).await;
        assert_eq!(head.headers, feed.headers);
        assert!(head.body.is_empty());
    }
}

#[tokio::test]
async fn a_poll_that_finds_nothing_new_costs_a_header() {
    let site = Site::ready().await;
    site.author().episode("첫 회", "a.mp3", MP3).await;
    for path in [FEED, POSTS] {
        let feed = site.stranger().get(path).await;
        let (etag, date) = (feed.header("etag"), feed.header("last-modified"));
        for (headers, status) in [
            (vec![("if-none-match", etag)], 304),
            (vec![("if-modified-since", date)], 304),
            (vec![("if-none-match", "*")], 304),
            (
                vec![("if-none-match", "\"x\""), ("if-modified-since", date)],
                200,
            ),
            (
                vec![("if-modified-since", "Mon, 23 Nov 2026 23:59:59 GMT")],
                200,
            ),
            (vec![("if-modified-since", "nonsense")], 200),
        ] {
            site.stranger()
                .get_with(path, &headers)
                .await
                .assert_status(status);
        }
    }
}

#[tokio::test]
async fn the_feed_comes_compressed_to_whoever_takes_it() {
    let site = Site::ready().await;
    let author = site.author();
    for n in 0..5 {
        author.published(&format!("{n}번째 글")).await;
    }
    let plain = coded(&site, POSTS, "identity").await;
    assert_eq!(plain.header("content-encoding"), "");
    let gzip = coded(&site, POSTS, "gzip").await;
    assert_eq!(gzip.header("content-encoding"), "gzip");
    let mut read = Vec::new();
    flate2::read::GzDecoder::new(gzip.body.as_ref())
        .read_to_end(&mut read)
        .expect("gzip");
    assert_eq!(read, plain.body);
    assert!(gzip.body.len() < plain.body.len());
    assert_ne!(gzip.header("etag"), plain.header("etag"));
    // Brotli is made in the background once the feed is asked for again.
    let mut brotli = coded(&site, POSTS, "br").await;
    for _ in 0..100_000 {
        if brotli.header("content-encoding") == "br" {
            break;
        }
        tokio::task::yield_now().await;
        brotli = coded(&site, POSTS, "br").await;
    }
    assert_eq!(brotli.header("content-encoding"), "br");
    let mut read = Vec::new();
    brotli::Decompressor::new(brotli.body.as_ref(), 4096)
        .read_to_end(&mut read)
        .expect("br");
    assert_eq!(read, plain.body);
    // Who holds one form is told that nothing changed, whichever would be sent now.
    for held in [&plain, &gzip, &brotli] {
        let headers = [
            ("accept-encoding", "gzip, br"),
            ("if-none-match", held.header("etag")),
        ];
        site.stranger()
            .get_with(POSTS, &headers)
            .await
            .assert_status(304);
    }
    assert_eq!(
        coded(&site, POSTS, "gzip;q=0, br;q=0")
            .await
            .header("content-encoding"),
        ""
    );
}

#[tokio::test]
async fn the_very_next_poll_after_publish_holds_the_item() {
    let site = Site::ready().await;
    let author = site.author();
    for n in 0..5 {
        let before = site.stranger().get(FEED).await;
        let sound = if n % 2 == 0 { MP3 } else { OTHER_MP3 };
        author.episode(&format!("{n}회"), "a.mp3", sound).await;
        let headers = [("if-none-match", before.header("etag"))];
        let after = site.stranger().get_with(FEED, &headers).await;
        after.assert_status(200);
        let titles = after.texts("item > title");
        assert_eq!(titles.len(), n + 1);
        assert!(titles.contains(&format!("{n}회")), "{titles:?}");
    }
}

#[tokio::test]
async fn typing_changes_no_feed() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.episode("첫 회", "a.mp3", MP3).await;
    let before = [
        site.stranger().get(FEED).await,
        site.stranger().get(POSTS).await,
    ];
    let form = author.get(&post.editor).await.form("#post-form");
    let form = form.set("title", "다른 제목").set("script", "다른 글");
    let (kind, body) = form.encode();
    let request = Request::post(format!("{}/autosave", post.editor))
        .header("content-type", kind)
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body));
    author
        .ask(request.expect("a request"))
        .await
        .assert_status(200);
    author
        .record(&post, "b.mp3", OTHER_MP3)
        .await
        .assert_status(303);
    for before in &before {
        let path = before.asked.strip_prefix("GET ").expect("a path");
        let after = site.stranger().get(path).await;
        after.assert_same_as(before);
        let headers = [("if-none-match", before.header("etag"))];
        site.stranger()
            .get_with(path, &headers)
            .await
            .assert_status(304);
    }
}

#[tokio::test]
async fn no_header_of_a_reader_changes_a_feed() {
    let site = Site::ready().await;
    site.author().episode("첫 회", "a.mp3", MP3).await;
    let plain = site.stranger().get(FEED).await;
    for (name, value) in [
        ("accept-language", "en"),
        ("accept", "text/html"),
        ("user-agent", "AppleCoreMedia/1.0"),
        ("cookie", "daebon=x"),
        ("x-forwarded-proto", "https"),
        ("origin", "https://evil.example"),
        ("dnt", "1"),
    ] {
        let answer = site.stranger().get_with(FEED, &[(name, value)]).await;
        answer.assert_same_as(&plain);
    }
    for query in ["?ui=en", "?utm_source=x", "?page=1"] {
        let answer = site.stranger().get(&format!("{FEED}{query}")).await;
        assert_eq!(answer.body, plain.body, "{query}");
    }
}

#[tokio::test]
async fn a_feed_of_no_show_is_missing() {
    let site = Site::ready().await;
    for path in [
        "/@other/feed.xml",
        "/@News/feed.xml",
        "/@news/feed.xml/",
        "/@news/feed",
        "/@other/posts.json",
        "/@news/feed.json",
        "/@news/posts.json?page=2",
        "/news/feed.xml",
        "/@news/posts.xml?page=2",
    ] {
        site.stranger().get(path).await.assert_not_found();
    }
}

#[tokio::test]
async fn a_changed_show_is_a_changed_feed() {
    let site = Site::ready().await;
    let author = site.author();
    let before = site.stranger().get(FEED).await;
    site.pass(1_000).await;
    let settings = author.get("/admin/shows/news").await;
    let form = settings.form(r#"form[action="/admin/shows/news"]"#);
    let form = form
        .set("title", "저녁 논평")
        .set("owner_email", "me@example.org");
    author
        .submit(form)
        .await
        .assert_redirects_to("/admin/shows/news");
    let headers = [("if-none-match", before.header("etag"))];
    let after = site.stranger().get_with(FEED, &headers).await;
    assert!(after.assert_status(200).text().contains("저녁 논평"));
    assert_eq!(site.stranger().get("/").await.texts("h1"), ["저녁 논평"]);
}
