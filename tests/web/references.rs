//! References that are filled in from the page of their address.
use std::sync::atomic::Ordering;

use axum::body::Body;
use http::Request;
use url::form_urlencoded;

use crate::support::Site;

const PAGE: &str = "<title>x</title><meta property='og:title' content='첫눈 &lt;b&gt;'>\
    <meta property='og:site_name' content='하루신문'>\
    <meta property='article:published_time' content='2026-11-20T07:30:00+09:00'>";

fn answers(site: &Site, status: u16, kind: &str, body: &str) {
    site.outside.store(status, Ordering::SeqCst);
    let mut page = site.outside_page.lock().expect("free");
    *page = Some((kind.to_owned(), body.as_bytes().to_vec()));
}

async fn look_up(site: &Site, url: &str) -> serde_json::Value {
    let author = site.author();
    let body = form_urlencoded::Serializer::new(String::new())
        .append_pair("csrf", &author.token().await)
        .append_pair("url", url)
        .finish();
    let request = Request::post("/admin/references/look-up")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .expect("a request");
    let answer = author.ask(request).await;
    answer.assert_status(200);
    answer.json()
}

#[tokio::test]
async fn the_page_of_an_address_gives_title_outlet_and_date() {
    let site = Site::ready().await;
    answers(&site, 200, "text/html; charset=utf-8", PAGE);
    let found = look_up(&site, "https://paper.example/snow").await;
    assert_eq!(found["title"], "첫눈 <b>");
    assert_eq!(found["outlet"], "하루신문");
    assert_eq!(found["date"], "2026-11-20");
    let asked = site.state.fetch.heard();
    assert_eq!(
        asked.last().expect("asked").url,
        "https://paper.example/snow"
    );

    answers(&site, 404, "text/html", "");
    let found = look_up(&site, "paper.example/gone").await;
    let message = found["message"].as_str().expect("a sentence");
    assert!(message.contains("404"), "{message}");
    answers(&site, 200, "application/pdf", "%PDF-1.4 <title>x</title>");
    let found = look_up(&site, "https://paper.example/a.pdf").await;
    assert!(found["title"].is_null() && found["message"].is_string());
    let before = site.state.fetch.heard().len();
    for wrong in ["", "javascript:alert(1)", "file:///etc/passwd", "https://"] {
        let found = look_up(&site, wrong).await;
        assert!(found["message"].is_string(), "{wrong}");
    }
    assert_eq!(site.state.fetch.heard().len(), before, "nobody was asked");
}

#[tokio::test]
async fn without_javascript_a_button_fills_what_is_empty() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    answers(&site, 200, "text/html", PAGE);
    let typed = [
        ("ref_url", "https://paper.example/snow"),
        ("ref_outlet", "내 이름"),
    ];
    let page = author.press(&post, &typed, "ref-look-up:0").await;
    page.assert_status(200);
    let filled = page.form("#post-form");
    assert_eq!(filled.value("ref_title"), "첫눈 <b>");
    assert_eq!(
        filled.value("ref_outlet"),
        "내 이름",
        "what was typed stays"
    );
    assert_eq!(filled.value("ref_date"), "2026-11-20");

    answers(&site, 500, "text/html", "");
    let page = author.press(&post, &typed, "ref-look-up:0").await;
    page.assert_status(200);
    let faults = page.texts("#error-summary li").join(" ");
    assert!(faults.contains("500"), "{faults}");
    assert_eq!(page.form("#post-form").value("ref_title"), "");
}
