//! `--demo` and `--demo=N`: a show to look at and to measure with (DESIGN 3.1).
use daebon::app::start;

use crate::support::{Site, setup_form};

async fn filled(episodes: u32) -> Site {
    let site = Site::with(|c| c.demo = Some(episodes)).await;
    start::prepare(&site.state).await.expect("filled");
    site
}

#[tokio::test]
async fn an_empty_site_gets_a_show_to_look_at() {
    let site = filled(0).await;
    let stranger = site.stranger();
    let page = stranger.get("/").await;
    assert_eq!(page.texts("h1"), ["대본 데모"]);
    let links = page.attributes("main a[href^='/@demo/']", "href");
    for link in links {
        stranger.get(&link).await.assert_status(200);
    }
    let feed = stranger.get("/@demo/feed.xml").await;
    assert_eq!(feed.texts("item").len(), 2);
    assert_eq!(
        stranger.get("/@demo/posts.xml").await.texts("item").len(),
        4
    );
    for url in feed.attributes("item enclosure", "url") {
        let path = url
            .strip_prefix("http://127.0.0.1:8080")
            .expect("of this site");
        let sound = stranger.get(path).await;
        let told = feed.attributes(&format!("item enclosure[url='{url}']"), "length");
        assert_eq!(told, [sound.assert_status(200).body.len().to_string()]);
    }
}

#[tokio::test]
async fn what_is_heard_is_timed() {
    let site = filled(0).await;
    let stranger = site.stranger();
    let feed = stranger.get("/@demo/feed.xml").await;
    let named = feed.text().split("<podcast:transcript ").skip(1);
    let vtt = named.filter_map(|tag| tag.split('"').find(|part| part.ends_with(".vtt")));
    let vtt: Vec<&str> = vtt.collect();
    assert_eq!(vtt.len(), 2);
    for (url, last) in vtt.iter().zip(["고맙습니다.", "Thank you"]) {
        let path = url
            .strip_prefix("http://127.0.0.1:8080")
            .expect("of this site");
        let file = stranger.get(path).await;
        let text = file.assert_status(200).text();
        assert!(text.starts_with("WEBVTT") && text.contains(last), "{text}");
    }
}

#[tokio::test]
async fn it_has_no_account_and_leaves_the_set_up_open() {
    let site = filled(0).await;
    let author = site.stranger();
    let page = author.get(&site.setup_address().await).await;
    author
        .submit(setup_form(&page))
        .await
        .assert_redirects_to("/admin");
    author.get("/admin?show=demo").await.assert_status(200);
    author.get("/admin?show=news").await.assert_status(200);
    let home = site.stranger().get("/").await;
    assert!(home.text().contains("대본 데모") && home.text().contains("아침 논평"));
}

#[tokio::test]
async fn a_second_start_leaves_it_alone() {
    let site = filled(3).await;
    let before = site.stranger().get("/@demo/posts.xml").await;
    start::prepare(&site.state).await.expect("starts");
    let after = site.stranger().get("/@demo/posts.xml").await;
    after.assert_same_as(&before);
}

#[tokio::test]
async fn a_site_in_use_is_left_alone() {
    let site = Site::ready_with(|c| c.demo = Some(30)).await;
    start::prepare(&site.state).await.expect("starts");
    site.stranger().get("/@demo").await.assert_not_found();
}

#[tokio::test]
async fn so_many_episodes_and_half_as_many_texts() {
    let site = filled(30).await;
    let stranger = site.stranger();
    assert_eq!(
        stranger.get("/@demo/feed.xml").await.texts("item").len(),
        30
    );
    assert_eq!(
        stranger.get("/@demo/posts.xml").await.texts("item").len(),
        45
    );
    stranger.get("/@demo?page=2").await.assert_status(200);
    stranger.get("/@demo?page=99").await.assert_not_found();
}

#[tokio::test]
async fn two_sites_filled_alike_give_the_same_bytes() {
    let (one, other) = (filled(3).await, filled(3).await);
    for path in ["/@demo/feed.xml", "/@demo/posts.xml", "/@demo", "/"] {
        let first = one.stranger().get(path).await;
        let second = other.stranger().get(path).await;
        first.assert_status(200);
        first.assert_same_as(&second);
    }
}
