//! The list of pages for search engines.
use super::{BASE, elements, page_of, texts};
use crate::support::{MINUTE_MS, Site};

#[tokio::test]
async fn it_holds_what_is_listed_and_nothing_else() {
    let site = Site::ready().await;
    let author = site.author();
    let stranger = site.stranger();
    let show = format!("{BASE}/@news");
    let first = stranger.get("/sitemap.xml").await;
    assert_eq!(texts(&first, "loc").concat(), show);
    author.draft("초안").await;
    let scheduled = author.draft("예약").await;
    let at = [("scheduled_at", "2026-12-01T09:00")];
    author.act(&scheduled, &at, "schedule").await;
    let listed = author.published("글 & 말").await;
    let hidden = author.published("숨긴 글").await;
    author.act(&hidden, &[], "unlist").await;
    let removed = author.published("지운 글").await;
    author.act(&removed, &[], "remove").await;
    let page = format!("{BASE}{}", page_of(&site, &listed.id).await);
    let sitemap = stranger.get("/sitemap.xml").await;
    sitemap.assert_status(200);
    assert_eq!(
        sitemap.header("content-type"),
        "application/xml; charset=utf-8"
    );
    assert_eq!(elements(&sitemap)[0].0, "urlset");
    assert_eq!(texts(&sitemap, "loc"), [show.clone(), page.clone()]);
    let now = "2026-11-24T00:00:00Z".to_owned();
    assert_eq!(texts(&sitemap, "lastmod"), [now.clone(), now.clone()]);
    // A change shows at once, and a due post by itself.
    site.clock.set(site.clock.now().plus_ms(MINUTE_MS));
    author.act(&listed, &[("script", "새 글.")], "update").await;
    let after = stranger.get("/sitemap.xml").await;
    assert_eq!(texts(&after, "lastmod")[1], "2026-11-24T00:01:00Z");
    author.act(&hidden, &[], "relist").await;
    assert_eq!(texts(&stranger.get("/sitemap.xml").await, "loc").len(), 3);
    let robots = stranger.get("/robots.txt").await;
    let line = format!("Sitemap: {BASE}/sitemap.xml");
    assert!(
        robots.text().lines().any(|l| l == line),
        "{}",
        robots.text()
    );
    for none in [
        "/sitemaps/1.xml",
        "/sitemaps/0.xml",
        "/sitemaps/x.xml",
        "/sitemaps/",
    ] {
        stranger.get(none).await.assert_not_found();
    }
}
