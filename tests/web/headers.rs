//! What every answer carries. That all of them carry the common ones, `support::browser` checks
//! on each answer of each test (HARDENING O4, A7, M3).
use axum::body::Body;
use daebon::kernel::urls::BaseUrl;
use http::Request;

use crate::support::files::MP3;
use crate::support::routes::all;
use crate::support::{Site, browser::request};

const PAGE: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; \
    media-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

#[tokio::test]
async fn every_route_answers_every_method_under_the_same_policy() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    for route in all(&post.id) {
        for method in [
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE",
        ] {
            for visitor in [&site.stranger(), &author] {
                let answer = visitor.ask(request(method, &route.path, &[])).await;
                let policy = answer.header("content-security-policy");
                let framed = ["/preview/", "/embed/"]
                    .iter()
                    .any(|page| answer.asked.contains(page));
                let framed = framed && answer.status == 200;
                assert!(framed || policy == PAGE, "{}: {policy}", answer.asked);
                assert_eq!(answer.all("content-security-policy").len(), 1);
            }
        }
    }
}

#[tokio::test]
async fn a_method_that_is_not_taken_is_told_which_are() {
    let site = Site::ready().await;
    site.author().published("글").await;
    for (path, method, allowed) in [
        ("/", "DELETE", "GET"),
        ("/@news", "PUT", "GET"),
        ("/@news/feed.xml", "DELETE", "GET"),
        ("/robots.txt", "PUT", "GET"),
        ("/admin/login", "DELETE", "POST"),
    ] {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("sec-fetch-site", "same-origin")
            .body(Body::empty())
            .expect("a request");
        let answer = site.stranger().ask(request).await;
        answer.assert_status(405);
        assert!(answer.header("allow").contains(allowed), "{path}");
        assert!(!answer.texts("h1").is_empty(), "{path}: a page of ours");
    }
}

#[tokio::test]
async fn an_unchanged_answer_carries_them_too() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.episode("첫 회", "a.mp3", MP3).await;
    for path in [
        "/",
        "/@news",
        "/@news/feed.xml",
        "/@news/posts.xml",
        &post.audio("mp3"),
    ] {
        let whole = site.stranger().get(path).await;
        let headers = [("if-none-match", whole.header("etag"))];
        let answer = site.stranger().get_with(path, &headers).await;
        answer.assert_status(304);
        assert!(answer.body.is_empty());
        for name in ["content-security-policy", "cache-control", "etag", "vary"] {
            assert_eq!(answer.header(name), whole.header(name), "{path} {name}");
        }
    }
}

#[tokio::test]
async fn media_can_do_nothing_when_opened_as_a_page() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.episode("첫 회", "a.mp3", MP3).await;
    let settings = author.get("/admin/shows/news").await;
    let cover = settings.attributes("img", "src").remove(0);
    let audio = post.audio("mp3");
    for path in [audio.as_str(), cover.as_str()] {
        for headers in [
            vec![],
            vec![("range", "bytes=0-9")],
            vec![("range", "bytes=999999999-")],
        ] {
            let answer = site.stranger().get_with(path, &headers).await;
            let policy = answer.header("content-security-policy");
            assert_eq!(policy, "default-src 'none'; sandbox", "{path}");
            assert_eq!(answer.header("access-control-allow-origin"), "*");
            assert!(
                !answer
                    .headers
                    .contains_key("access-control-allow-credentials")
            );
        }
    }
}

#[tokio::test]
async fn only_feeds_and_media_are_open_to_other_sites_scripts() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.episode("첫 회", "a.mp3", MP3).await;
    for (path, open) in [
        ("/@news/feed.xml", true),
        ("/@news/posts.xml", true),
        (&format!("/transcripts/{}.html", post.id), true),
        ("/", false),
        ("/@news", false),
        ("/admin", false),
        ("/admin/login", false),
        ("/no/such", false),
    ] {
        let answer = author
            .get_with(path, &[("origin", "https://evil.example")])
            .await;
        let header = answer.header("access-control-allow-origin");
        assert_eq!(header == "*", open, "{path}: {header}");
    }
}

#[tokio::test]
async fn tls_is_asked_for_where_there_is_tls() {
    let base = BaseUrl::parse("https://example.org").expect("an address");
    let site = Site::ready_with(|c| c.public_url = Some(base)).await;
    for path in ["/", "/@news/feed.xml", "/no/such", "/admin"] {
        let answer = site.stranger().get(path).await;
        assert_eq!(
            answer.header("strict-transport-security"),
            "max-age=31536000"
        );
    }
    let home = Site::ready().await.stranger().get("/").await;
    assert_eq!(home.header("strict-transport-security"), "");
}
