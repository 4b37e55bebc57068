//! Where a show is subscribed to in an app.
use super::{BASE, page_of};
use crate::support::files::MP3;
use crate::support::{Answer, MINUTE_MS, Site};

const SETTINGS: &str = "/admin/shows/news";

fn apps(page: &Answer) -> Vec<(String, String)> {
    let names = page.texts(".app-list a");
    names
        .into_iter()
        .zip(page.attributes(".app-list a", "href"))
        .collect()
}

#[tokio::test]
async fn buttons_come_from_the_author_and_from_the_feed() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.published("글").await;
    let path = page_of(&site, &post.id).await;
    let feed = "http%3A%2F%2F127.0.0.1%3A8080%2F%40news%2Ffeed.xml";
    let antennapod = format!(
        "https://antennapod.org/deeplink/subscribe?url={feed}&title=%EC%95%84%EC%B9%A8%20%EB%85%BC%ED%8F%89"
    );
    let overcast = format!("overcast://x-callback-url/add?url={feed}");
    // An app could be given nothing but an empty feed.
    let bare = site.stranger().get("/@news?ui=ko").await;
    assert_eq!(apps(&bare), []);
    assert!(bare.has("button[data-copy]"));
    author.episode("회차", "a.mp3", MP3).await;
    let bare = site.stranger().get("/@news?ui=ko").await;
    let pair = |name: &str, url: &str| (name.to_owned(), url.to_owned());
    assert_eq!(
        apps(&bare),
        [
            pair(
                "Pocket Casts",
                "pktc://subscribe/127.0.0.1:8080/@news/feed.xml"
            ),
            pair("Overcast", &overcast),
            pair("AntennaPod", &antennapod),
        ]
    );
    let page = author.get(SETTINGS).await;
    let form = page
        .form("form[data-settings]")
        .set("app_apple", " https://podcasts.apple.com/kr/podcast/id1 ")
        .set(
            "app_youtube",
            "https://music.youtube.com/playlist?list=a&b=\"<",
        )
        .set("app_pocket_casts", "https://pca.st/abc");
    author.submit(form).await.assert_redirects_to(SETTINGS);
    for target in ["/@news?ui=ko".to_owned(), format!("{path}?ui=ko")] {
        let page = site.stranger().get(&target).await;
        let youtube = "https://music.youtube.com/playlist?list=a&b=%22%3C";
        assert_eq!(
            apps(&page),
            [
                pair(
                    "Apple 팟캐스트",
                    "https://podcasts.apple.com/kr/podcast/id1"
                ),
                pair("YouTube Music", youtube),
                pair("Pocket Casts", "https://pca.st/abc"),
                pair("Overcast", &overcast),
                pair("AntennaPod", &antennapod),
            ],
            "{target}"
        );
        // Nothing of theirs is fetched, and the feed with its button is still there.
        assert!(!page.has("img[src^=http], script[src^=http], link[rel=stylesheet][href^=http]"));
        let copied = page.attributes("button[data-copy]", "data-copy");
        assert_eq!(copied[0], format!("{BASE}/@news/feed.xml"));
    }
    assert!(
        site.stranger()
            .get("/@news")
            .await
            .text()
            .contains("\"sameAs\":[\"https://podcasts.apple.com")
    );
    // What is there stays there when the form is sent again.
    let page = author.get(SETTINGS).await;
    let form = page.form("form[data-settings]");
    assert_eq!(form.value("app_pocket_casts"), "https://pca.st/abc");
    author.submit(form).await.assert_redirects_to(SETTINGS);
    let again = author.get(SETTINGS).await.form("form[data-settings]");
    assert_eq!(
        again.value("app_apple"),
        "https://podcasts.apple.com/kr/podcast/id1"
    );
}

#[tokio::test]
async fn an_address_of_another_place_is_refused_at_its_field() {
    let site = Site::ready().await;
    let author = site.author();
    for (field, typed) in [
        ("app_apple", "https://podcasts.apple.com.evil.example/id1"),
        ("app_apple", "http://podcasts.apple.com/kr/podcast/id1"),
        ("app_spotify", "https://podcasts.apple.com/kr/podcast/id1"),
        ("app_youtube", "https://music.youtube.com/"),
        ("app_overcast", "javascript:alert(1)"),
    ] {
        let page = author.get(SETTINGS).await;
        let form = page.form("form[data-settings]").set(field, typed);
        let back = author.submit(form).await;
        back.assert_fault_at(field);
        assert_eq!(back.form("form[data-settings]").value(field), typed);
        let open = format!("details.group[open] #f-{field}");
        assert!(back.has(&open), "{open}");
    }
}

#[tokio::test]
async fn a_show_s_page_is_a_calm_list() {
    let site = Site::ready().await;
    let author = site.author();
    for n in 0..21 {
        site.clock.set(site.clock.now().plus_ms(MINUTE_MS));
        author.published(&format!("글 {n}")).await;
    }
    let first = site.stranger().get("/@news?ui=ko").await;
    assert_eq!(first.texts(".post-card").len(), 20);
    assert_eq!(first.texts(".post-card time").len(), 20);
    assert!(first.texts(".post-card-summary")[0].starts_with("글 20의 첫 문장"));
    assert!(first.texts(".post-card .meta")[0].contains("읽는 데 1분"));
    assert_eq!(
        first.attributes("a[rel=next]", "href"),
        ["/@news?page=2&ui=ko"]
    );
    let second = site.stranger().get("/@news?page=2").await;
    assert_eq!(second.texts(".post-card h3"), ["글 0"]);
    assert_eq!(second.attributes("a[rel=prev]", "href"), ["/@news"]);
    let canonical = |page: &Answer| page.attributes("link[rel=canonical]", "href").concat();
    assert_eq!(canonical(&second), format!("{BASE}/@news?page=2"));
    // A page that there can't be is the bare one, and says where that is (DESIGN 3.2).
    for query in ["page=0", "page=-1", "page=abc", "page=1", "page="] {
        let page = site.stranger().get(&format!("/@news?{query}")).await;
        page.assert_status(200);
        assert_eq!(canonical(&page), format!("{BASE}/@news"), "{query}");
        assert_eq!(
            page.header("etag"),
            site.stranger().get("/@news").await.header("etag")
        );
        assert_eq!(
            page.attributes(".languages a", "href"),
            ["/@news?ui=ko", "/@news?ui=en"]
        );
    }
    site.stranger()
        .get("/@news?page=3")
        .await
        .assert_not_found();
}
