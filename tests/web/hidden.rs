//! What is hidden answers like what never was, byte for byte (HARDENING V1).
use crate::support::browser::request;
use crate::support::files::{MP3, picture};
use crate::support::{Browser, Post, Site};

/// An episode with a script and a cover of its own, not public yet.
async fn whole(author: &Browser, title: &str, slug: &str) -> Post {
    let post = author.draft(title).await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    let colour = [slug.len() as u8 * 9, 20, 30];
    author
        .send_cover(&post, "a.png", &picture(1400, colour))
        .await
        .assert_status(303);
    author.act(&post, &[("slug", slug)], "save").await;
    post
}

/// The public address of a post's cover, as it is once the post is public.
async fn cover_of(author: &Browser, post: &Post) -> String {
    author.act(post, &[], "publish").await;
    let feed = author.get("/@news/feed.xml").await;
    let covers = feed.attributes("item [href*='/covers/']", "href");
    let path = covers[0].strip_prefix("http://127.0.0.1:8080");
    path.expect("of this site").to_owned()
}

/// Every public address of a post beside that of one which never was.
fn addresses(post: &Post, slug: &str) -> Vec<(String, String)> {
    let pair = |start: &str, end: &str| {
        let never = format!("{start}aaaaaaaaaaaa{end}");
        (format!("{start}{}{end}", post.id), never)
    };
    vec![
        (format!("/@news/{slug}"), "/@news/never".to_owned()),
        (
            format!("/@news/{slug}?ui=en"),
            "/@news/never?ui=en".to_owned(),
        ),
        pair("/p/", ""),
        pair("/embed/", ""),
        pair("/oembed?url=http%3A%2F%2F127.0.0.1%3A8080%2Fp%2F", ""),
        pair("/audio/", ".mp3"),
        pair("/audio/", ".m4a"),
        pair("/transcripts/", ".html"),
        pair("/transcripts/", ".txt"),
        pair("/transcripts/", ".vtt"),
        pair("/transcripts/", ".srt"),
        pair("/transcripts/", ".json"),
        pair("/chapters/", ".json"),
        pair("/cards/", ".png"),
        pair("/cards/", "-aaaaaa-aaaaaa.png"),
        pair("/preview/", ""),
        pair("/preview/", "/audio.mp3"),
        pair("/preview/", "/transcript.txt"),
    ]
}

async fn assert_like_never(site: &Site, pairs: &[(String, String)]) {
    let visitors = [site.stranger(), site.author()];
    for (hidden, never) in pairs {
        for visitor in &visitors {
            for method in ["GET", "HEAD", "POST", "OPTIONS"] {
                for headers in [
                    vec![],
                    vec![("if-none-match", "*")],
                    vec![("range", "bytes=0-9")],
                    vec![("accept", "application/json")],
                    vec![("accept-language", "en")],
                    vec![("accept-encoding", "gzip, br")],
                ] {
                    let one = visitor.ask(request(method, hidden, &headers)).await;
                    let other = visitor.ask(request(method, never, &headers)).await;
                    one.assert_same_as(&other);
                    if method == "GET" {
                        one.assert_not_found();
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn a_draft_answers_like_a_post_that_never_was() {
    let site = Site::ready().await;
    let author = site.author();
    let post = whole(&author, "비밀 초안", "secret").await;
    assert_like_never(&site, &addresses(&post, "secret")).await;
}

#[tokio::test]
async fn a_scheduled_post_answers_like_a_post_that_never_was() {
    let site = Site::ready().await;
    let author = site.author();
    let post = whole(&author, "비밀 예약", "secret").await;
    author
        .act(&post, &[("scheduled_at", "2026-12-01T09:00")], "schedule")
        .await;
    assert_like_never(&site, &addresses(&post, "secret")).await;
}

#[tokio::test]
async fn a_removed_post_answers_like_a_post_that_never_was() {
    let site = Site::ready().await;
    let author = site.author();
    let post = whole(&author, "지운 글", "secret").await;
    let cover = cover_of(&author, &post).await;
    for (path, _) in addresses(&post, "secret").iter().take(4) {
        let status = site.stranger().get(path).await.status.as_u16();
        assert!(matches!(status, 200 | 301), "{path}: {status}");
    }
    author.act(&post, &[], "remove").await;
    let mut pairs = addresses(&post, "secret");
    let (_, size) = cover.rsplit_once('-').expect("a size");
    pairs.push((cover.clone(), format!("/covers/0123456789abcdef-{size}")));
    assert_like_never(&site, &pairs).await;
}

#[tokio::test]
async fn the_cover_of_a_draft_is_not_public() {
    let site = Site::ready().await;
    let author = site.author();
    let public = whole(&author, "공개", "public").await;
    let path = cover_of(&author, &public).await;
    site.stranger().get(&path).await.assert_status(200);
    author.act(&public, &[], "remove").await;
    author.act(&public, &[], "restore").await;
    let (_, size) = path.rsplit_once('-').expect("a size");
    let never = format!("/covers/0123456789abcdef-{size}");
    assert_like_never(&site, &[(path, never)]).await;
}

#[tokio::test]
async fn lists_and_feeds_say_nothing_of_what_is_hidden() {
    let site = Site::ready().await;
    let author = site.author();
    author.published("공개한 글").await;
    let paths = [
        "/",
        "/@news",
        "/@news/feed.xml",
        "/@news/posts.xml",
        "/sitemap.xml",
        "/@news/%EA%B3%B5%EA%B0%9C%ED%95%9C-%EA%B8%80",
    ];
    let mut before = Vec::new();
    for path in paths {
        before.push(site.stranger().get(path).await);
    }
    let _draft = whole(&author, "비밀 초안", "secret-1").await;
    let scheduled = whole(&author, "비밀 예약", "secret-2").await;
    author
        .act(
            &scheduled,
            &[("scheduled_at", "2026-12-01T09:00")],
            "schedule",
        )
        .await;
    for (path, before) in paths.iter().zip(&before) {
        let after = site.stranger().get(path).await;
        after.assert_same_as(before);
        assert!(!after.text().contains("비밀") && !after.text().contains("secret"));
    }
}
