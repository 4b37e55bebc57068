//! One post is one address, for good (invariant 4).
use crate::support::Site;

#[tokio::test]
async fn a_korean_title_gives_a_korean_address() {
    let site = Site::ready().await;
    let author = site.author();
    author.published("말보다 글이 먼저, 2026!").await;
    let list = site.stranger().get("/@news").await;
    let links = list.attributes("main a[href^='/@news/']", "href");
    let path = "/@news/%EB%A7%90%EB%B3%B4%EB%8B%A4-%EA%B8%80%EC%9D%B4-%EB%A8%BC%EC%A0%80-2026";
    assert!(links.iter().any(|l| l == path), "{links:?}");
    site.stranger().get(path).await.assert_status(200);
}

#[tokio::test]
async fn other_spellings_lead_to_the_one_address() {
    let site = Site::ready().await;
    site.author().published("한 글").await;
    let stranger = site.stranger();
    let right = "/@news/%ED%95%9C-%EA%B8%80";
    for other in [
        "/@news/%ed%95%9c-%ea%b8%80",
        // The same syllables in single letters, as some systems write file names.
        "/@news/%E1%84%92%E1%85%A1%E1%86%AB-%E1%84%80%E1%85%B3%E1%86%AF",
        "/%40news/%ED%95%9C-%EA%B8%80",
        "/@news/%ED%95%9C%2D%EA%B8%80",
    ] {
        stranger.get(other).await.assert_moved_to(right);
        let asked = format!("{other}?ui=en");
        stranger
            .get(&asked)
            .await
            .assert_moved_to(&format!("{right}?ui=en"));
    }
    for none in [
        "/@news/%ED%95%9C-%EA%B8%80/",
        "/@news//%ED%95%9C-%EA%B8%80",
        "/@news/%ED%95%9C-%EA%B8",
        "/@news/%ED%95%9C-%EA%B8%80%00",
        "/@NEWS/%ED%95%9C-%EA%B8%80",
        "/news/%ED%95%9C-%EA%B8%80",
        "/@news/..",
    ] {
        stranger.get(none).await.assert_not_found();
    }
}

#[tokio::test]
async fn a_query_of_somebody_else_s_changes_nothing() {
    let site = Site::ready().await;
    site.author().published("글").await;
    let bare = site.stranger().get("/@news/%EA%B8%80").await;
    for query in [
        "utm_source=x",
        "s=zzz",
        "t=abc",
        "%00",
        "a=b&c",
        "ui=fr",
        "",
    ] {
        let answer = site
            .stranger()
            .get(&format!("/@news/%EA%B8%80?{query}"))
            .await;
        answer.assert_same_as(&bare);
    }
}

#[tokio::test]
async fn a_new_address_leaves_the_old_one_leading_on() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.published("처음").await;
    author.act(&post, &[("slug", "second")], "update").await;
    author.act(&post, &[("slug", "third")], "update").await;
    let stranger = site.stranger();
    stranger.get("/@news/third").await.assert_status(200);
    for old in ["/@news/%EC%B2%98%EC%9D%8C", "/@news/second"] {
        stranger.get(old).await.assert_moved_to("/@news/third");
        let asked = format!("{old}?ui=ko");
        stranger
            .get(&asked)
            .await
            .assert_moved_to("/@news/third?ui=ko");
    }
    // A former address of a post that is gone leads nowhere.
    author.act(&post, &[], "remove").await;
    for old in ["/@news/%EC%B2%98%EC%9D%8C", "/@news/second", "/@news/third"] {
        stranger.get(old).await.assert_not_found();
    }
}

#[tokio::test]
async fn an_address_is_never_given_to_another_post() {
    let site = Site::ready().await;
    let author = site.author();
    let first = author.published("첫째").await;
    author.act(&first, &[("slug", "moved")], "update").await;
    let second = author.draft("둘째").await;
    for taken in ["moved", "첫째", "MOVED", " 첫째 "] {
        let back = author.press(&second, &[("slug", taken)], "publish").await;
        back.assert_fault_at("slug");
        assert_eq!(back.form("#post-form").value("slug"), taken);
    }
    author.act(&first, &[], "remove").await;
    let back = author.press(&second, &[("slug", "moved")], "publish").await;
    back.assert_fault_at("slug");
}

#[tokio::test]
async fn the_same_title_twice_gives_two_addresses() {
    let site = Site::ready().await;
    let author = site.author();
    author.published("오늘").await;
    author.published("오늘").await;
    let stranger = site.stranger();
    stranger
        .get("/@news/%EC%98%A4%EB%8A%98")
        .await
        .assert_status(200);
    stranger
        .get("/@news/%EC%98%A4%EB%8A%98-2")
        .await
        .assert_status(200);
}

#[tokio::test]
async fn words_that_the_site_needs_itself_are_no_addresses_of_posts() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    for reserved in [
        "audio",
        "transcripts",
        "chapters",
        "covers",
        "cards",
        "search",
        "tags",
        "people",
        "archive",
        "feed",
        "page",
        "Feed",
        "feed.xml",
        "posts.xml",
        "a/b",
        "..",
        "a?b",
        "🙂",
    ] {
        let back = author.press(&post, &[("slug", reserved)], "publish").await;
        back.assert_fault_at("slug");
    }
    let long = "가".repeat(80);
    author.act(&post, &[("slug", &long)], "publish").await;
    let titled = author.published("Feed").await;
    let page = author.get(&titled.editor).await;
    assert_eq!(page.form("#post-form").value("title"), "Feed");
    site.stranger()
        .get("/@news/feed-1")
        .await
        .assert_status(200);
    assert!(
        site.stranger()
            .get("/@news/feed.xml")
            .await
            .text()
            .contains("<rss")
    );
}

#[tokio::test]
async fn a_title_without_letters_still_gets_an_address() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.published("?!… ♥").await;
    let path = format!("/@news/{}", post.id);
    site.stranger().get(&path).await.assert_status(200);
}

#[tokio::test]
async fn a_slug_tried_and_given_up_before_publishing_is_free_again() {
    let site = Site::ready().await;
    let author = site.author();
    let one = author.draft("하나").await;
    let due = ("scheduled_at", "2026-12-01T09:00");
    author
        .act(&one, &[("slug", "wanted"), due], "schedule")
        .await;
    author
        .act(&one, &[("slug", "other"), due], "schedule")
        .await;
    let two = author.draft("둘").await;
    author.act(&two, &[("slug", "wanted")], "publish").await;
    site.stranger()
        .get("/@news/wanted")
        .await
        .assert_status(200);
    site.stranger().get("/@news/other").await.assert_not_found();
}
