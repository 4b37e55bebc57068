//! Telling the world: what a published post sends, to whom, what comes of it in the admin.
use std::sync::atomic::Ordering;

use daebon::config::{Config, Podping};
use daebon::kernel::urls::BaseUrl;
use daebon::ports::fetch::Request;

use crate::support::{Answer, Site};

const HUB: &str = "http://hub.internal:8080/hub";
/// How long the changes of a moment are gathered.
const TOGETHER_MS: i64 = 2_000;

fn configured(config: &mut Config) {
    config.public_url = Some(BaseUrl::parse("http://news.example").expect("a base"));
    config.websub_hub = Some(HUB.to_owned());
    config.podping = Some(Podping {
        url: "https://podping.example/?a=b".to_owned(),
        token: "secret".to_owned(),
    });
}

async fn site(answers: u16) -> Site {
    let site = Site::ready_with(configured).await;
    site.outside.store(answers, Ordering::SeqCst);
    site
}

/// The requests since the last look, by their host.
fn to_hub(heard: &[Request]) -> Vec<&Request> {
    heard.iter().filter(|r| r.url == HUB).collect()
}

async fn settings(site: &Site) -> Answer {
    let page = site.author().get("/admin/shows/news").await;
    page.assert_status(200);
    page
}

fn told(page: &Answer) -> String {
    page.texts("[aria-labelledby$=-pings] dd").join(" | ")
}

/// Jobs of a published post that send nothing: one looks for its script in its recording.
const LOOKS: usize = 1;

#[tokio::test]
async fn a_published_post_is_told_to_the_hub_and_to_podping() {
    let site = site(202).await;
    site.author().published("가을").await;
    assert_eq!(
        site.run_jobs().await,
        LOOKS,
        "the changes of a moment go together"
    );
    assert!(site.state.fetch.heard().is_empty());
    site.pass(TOGETHER_MS).await;
    assert_eq!(site.run_jobs().await, 2);
    let heard = site.state.fetch.heard();
    let bodies: Vec<String> = to_hub(&heard)
        .iter()
        .map(|r| String::from_utf8_lossy(&r.body).into_owned())
        .collect();
    let wanted = ["feed.xml", "posts.xml", "posts.json"].map(|feed| {
        let feed = format!("http%3A%2F%2Fnews.example%2F%40news%2F{feed}");
        format!("hub.mode=publish&hub.url={feed}&hub.topic={feed}")
    });
    assert_eq!(bodies, wanted);
    assert!(to_hub(&heard).iter().all(|r| r.method == "POST"));
    let podping = heard.iter().find(|r| r.url != HUB).expect("told");
    assert_eq!(podping.method, "GET");
    assert_eq!(
        podping.url,
        "https://podping.example/?a=b&url=http%3A%2F%2Fnews.example%2F%40news%2Ffeed.xml\
         &reason=update&medium=podcast"
    );
    assert_eq!(podping.headers["authorization"], "secret");
    assert_eq!(heard.len(), 4);
}

#[tokio::test]
async fn many_changes_in_a_moment_are_one_ping() {
    let site = site(204).await;
    let author = site.author();
    let post = author.published("가을").await;
    for text in ["하나", "둘", "셋"] {
        author.act(&post, &[("script", text)], "update").await;
    }
    author.act(&post, &[], "remove").await;
    site.pass(TOGETHER_MS).await;
    assert_eq!(site.run_jobs().await, 2 + LOOKS);
    assert_eq!(site.state.fetch.heard().len(), 4);
    // What nobody outside sees is told to nobody.
    author.draft("초안").await;
    site.pass(TOGETHER_MS).await;
    assert_eq!(site.run_jobs().await, 0);
}

#[tokio::test]
async fn a_hub_that_fails_is_tried_again() {
    let site = site(503).await;
    site.author().published("가을").await;
    site.pass(TOGETHER_MS).await;
    site.run_jobs().await;
    assert_eq!(
        to_hub(&site.state.fetch.heard()).len(),
        1,
        "the first feed failed"
    );
    let page = settings(&site).await;
    assert!(told(&page).contains("알리지 못했어요"), "{}", told(&page));
    assert!(told(&page).contains("503") && told(&page).contains("다시 시도해요"));
    assert_eq!(site.run_jobs().await, 0, "not before its time");
    site.outside.store(0, Ordering::SeqCst);
    site.pass(5_000).await;
    assert_eq!(site.run_jobs().await, 2);
    let page = settings(&site).await;
    assert!(told(&page).contains("연결되지 않아요"), "{}", told(&page));
    site.outside.store(200, Ordering::SeqCst);
    site.pass(10_000).await;
    assert_eq!(site.run_jobs().await, 2);
    assert_eq!(to_hub(&site.state.fetch.heard()).len(), 5);
    let page = settings(&site).await;
    assert!(told(&page).contains("2026년 11월 24일 9:00에 잘 알렸어요(응답 200)"));
    assert!(!told(&page).contains("시도"), "{}", told(&page));
    site.pass(24 * 3_600_000).await;
    assert_eq!(site.run_jobs().await, 0);
}

#[tokio::test]
async fn the_result_is_on_the_page_of_health_in_both_languages() {
    let site = site(202).await;
    site.author().published("가을").await;
    site.pass(TOGETHER_MS).await;
    site.run_jobs().await;
    let page = site.author().get("/admin/health").await;
    assert_eq!(
        page.texts("[aria-labelledby=health-pings] h3"),
        ["아침 논평"]
    );
    assert!(
        told(&page).contains("9:00에 잘 알렸어요(응답 202)"),
        "{}",
        told(&page)
    );
    assert!(!told(&page).contains("--"), "all is switched on");
    for path in ["/admin/health", "/admin/shows/news"] {
        let page = site.author().get(&format!("{path}?ui=en")).await;
        let told = told(&page);
        assert!(
            told.contains("Announced on 24 November 2026, 9:00 (answer 202)."),
            "{told}"
        );
    }
    for page in [page, settings(&site).await] {
        assert!(!page.text().contains("secret"));
    }
}

#[tokio::test]
async fn nothing_configured_is_nothing_sent() {
    let site = Site::ready().await;
    site.author().published("가을").await;
    site.pass(TOGETHER_MS).await;
    assert_eq!(site.run_jobs().await, LOOKS);
    assert!(site.state.fetch.heard().is_empty());
    for path in ["/admin/health", "/admin/shows/news"] {
        let page = site.author().get(path).await;
        let told = told(&page);
        assert!(
            told.contains("--websub-hub") && told.contains("--podping-token-file"),
            "{told}"
        );
    }
}

#[tokio::test]
async fn a_site_at_home_tells_nobody_and_says_why() {
    let site = Site::ready_with(|config| {
        configured(config);
        config.public_url = None;
    })
    .await;
    site.author().published("가을").await;
    site.pass(TOGETHER_MS).await;
    assert_eq!(site.run_jobs().await, 2 + LOOKS);
    assert!(site.state.fetch.heard().is_empty());
    let page = settings(&site).await;
    assert!(
        told(&page).contains("공개 주소가 없어서"),
        "{}",
        told(&page)
    );
    assert_eq!(site.run_jobs().await, 0);
}
