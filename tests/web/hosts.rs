//! To which names this site answers (HARDENING V5).
use axum::body::Body;
use daebon::kernel::urls::BaseUrl;
use http::Request;

use crate::support::{Answer, Site};

async fn ask(site: &Site, hosts: &[&str], path: &str) -> Answer {
    let mut request = Request::get(path);
    for host in hosts {
        request = request.header("host", *host);
    }
    if hosts.is_empty() {
        request = request.header("x-no-host", "1");
    }
    let request = request.body(Body::empty()).expect("a request");
    site.stranger().ask(request).await
}

#[tokio::test]
async fn at_home_the_loopback_names_are_right() {
    let site = Site::ready().await;
    for host in [
        "127.0.0.1:8080",
        "localhost:8080",
        "[::1]:8080",
        "LocalHost:8080",
    ] {
        ask(&site, &[host], "/").await.assert_status(200);
    }
}

#[tokio::test]
async fn a_wrong_name_is_misdirected_and_told_the_way_out() {
    let site = Site::ready().await;
    for host in [
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:8081",
        "localhost.evil.example:8080",
        "127.0.0.1:8080.evil.example",
        "user@127.0.0.1:8080",
        "",
    ] {
        for path in [
            "/",
            "/@news/feed.xml",
            "/admin/login",
            "/no/such",
            "/audio/x.mp3",
        ] {
            let answer = ask(&site, &[host], path).await;
            answer.assert_status(421);
            assert!(answer.text().contains("--public-url"), "{host}");
            assert!(!answer.headers.contains_key("set-cookie"));
        }
    }
}

#[tokio::test]
async fn also_what_is_finished_in_memory_asks_for_the_name() {
    let site = Site::ready().await;
    for _ in 0..2 {
        ask(&site, &["127.0.0.1:8080"], "/@news/feed.xml")
            .await
            .assert_status(200);
        ask(&site, &["evil.example"], "/@news/feed.xml")
            .await
            .assert_status(421);
    }
}

#[tokio::test]
async fn no_name_and_two_names_are_malformed() {
    let site = Site::ready().await;
    ask(&site, &[], "/").await.assert_status(400);
    let two = ["127.0.0.1:8080", "127.0.0.1:8080"];
    ask(&site, &two, "/").await.assert_status(400);
    ask(&site, &["127.0.0.1:8080", "evil.example"], "/")
        .await
        .assert_status(400);
}

#[tokio::test]
async fn health_is_told_under_any_name() {
    let site = Site::ready().await;
    for path in ["/healthz", "/readyz"] {
        for hosts in [vec![], vec!["10.1.2.3:8080"], vec!["evil.example"]] {
            ask(&site, &hosts, path).await.assert_status(200);
        }
    }
    ask(&site, &["evil.example"], "/healthz/")
        .await
        .assert_status(421);
}

#[tokio::test]
async fn with_a_public_address_it_alone_is_right() {
    let base = BaseUrl::parse("https://example.org").expect("an address");
    let site = Site::ready_with(|c| c.public_url = Some(base)).await;
    for (host, status) in [
        ("example.org", 200),
        ("EXAMPLE.org", 200),
        ("example.org:443", 200),
        ("example.org:8080", 421),
        ("www.example.org", 421),
        ("localhost:8080", 421),
        ("127.0.0.1:8080", 421),
    ] {
        ask(&site, &[host], "/").await.assert_status(status);
    }
}

#[tokio::test]
async fn what_a_client_says_of_the_name_changes_no_address() {
    let site = Site::ready().await;
    site.author().published("글").await;
    let plain = site.stranger().get("/@news/posts.xml").await;
    for name in [
        "x-forwarded-host",
        "forwarded",
        "x-forwarded-proto",
        "x-original-url",
    ] {
        let headers = [(name, "evil.example")];
        let answer = site.stranger().get_with("/@news/posts.xml", &headers).await;
        assert_eq!(answer.body, plain.body, "{name}");
    }
    assert!(plain.text().contains("http://127.0.0.1:8080/@news/"));
}
