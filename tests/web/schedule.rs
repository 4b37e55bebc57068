//! Posts that become public by the clock (HARDENING D9).
use crate::editing::autosave;
use crate::support::{MINUTE_MS, Site, posts_feed_links};

const PAGE: &str = "/@news/%EB%82%B4%EC%9D%BC";

#[tokio::test]
async fn it_appears_at_its_minute_without_a_visitor() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("내일").await;
    // The clock stands at nine in the morning in Seoul.
    author
        .act(&post, &[("scheduled_at", "2026-11-24T10:00")], "schedule")
        .await;
    let stranger = site.stranger();
    site.pass(59 * MINUTE_MS).await;
    stranger.get(PAGE).await.assert_not_found();
    assert!(posts_feed_links(&stranger.get("/@news/posts.xml").await).is_empty());
    assert!(!stranger.get("/@news").await.text().contains("내일"));
    site.pass(MINUTE_MS).await;
    stranger.get(PAGE).await.assert_status(200);
    assert!(stranger.get("/@news").await.text().contains("내일"));
    let feed = stranger.get("/@news/posts.xml").await;
    assert_eq!(
        feed.texts("item pubDate"),
        ["Tue, 24 Nov 2026 01:00:00 +0000"]
    );
}

#[tokio::test]
async fn it_is_dated_at_its_minute_even_if_the_server_was_down() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("내일").await;
    author
        .act(&post, &[("scheduled_at", "2026-11-24T10:00")], "schedule")
        .await;
    site.pass(600 * MINUTE_MS).await;
    let feed = site.stranger().get("/@news/posts.xml").await;
    assert_eq!(
        feed.texts("item pubDate"),
        ["Tue, 24 Nov 2026 01:00:00 +0000"]
    );
}

#[tokio::test]
async fn the_author_sees_it_before_everybody_else() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("내일").await;
    author
        .act(&post, &[("scheduled_at", "2026-11-24T10:00")], "schedule")
        .await;
    let list = author.get("/admin?state=scheduled").await;
    assert!(list.texts("li.post").iter().any(|l| l.contains("내일")));
    assert_eq!(
        list.attributes("li.post time", "datetime"),
        ["2026-11-24T01:00:00Z"]
    );
    let editor = author.get(&post.editor).await;
    assert!(editor.has(".badge-scheduled"));
    assert!(editor.text().contains("Asia/Seoul"));
    assert_eq!(
        editor.form("#post-form").value("scheduled_at"),
        "2026-11-24T10:00"
    );
}

#[tokio::test]
async fn it_can_be_put_off_taken_back_or_made_public_now() {
    let site = Site::ready().await;
    let author = site.author();
    let stranger = site.stranger();
    let post = author.draft("내일").await;
    author
        .act(&post, &[("scheduled_at", "2026-11-24T10:00")], "schedule")
        .await;
    author
        .act(&post, &[("scheduled_at", "2026-11-24T11:00")], "schedule")
        .await;
    site.pass(60 * MINUTE_MS).await;
    stranger.get(PAGE).await.assert_not_found();
    author.act(&post, &[], "unschedule").await;
    site.pass(120 * MINUTE_MS).await;
    stranger.get(PAGE).await.assert_not_found();
    author
        .act(&post, &[("scheduled_at", "2026-11-25T10:00")], "schedule")
        .await;
    author.act(&post, &[], "publish").await;
    stranger.get(PAGE).await.assert_status(200);
}

#[tokio::test]
async fn what_appears_is_what_was_scheduled() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("내일").await;
    author
        .act(&post, &[("scheduled_at", "2026-11-24T10:00")], "schedule")
        .await;
    author
        .act(&post, &[("script", "아직 다듬는 중.")], "save")
        .await;
    site.pass(60 * MINUTE_MS).await;
    let page = site.stranger().get(PAGE).await;
    assert!(page.text().contains("내일의 첫 문장."));
    assert!(!page.text().contains("다듬는 중"));
}

#[tokio::test]
async fn a_correction_after_it_is_told_and_can_be_put_in() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("내일").await;
    author
        .act(&post, &[("scheduled_at", "2026-11-24T10:00")], "schedule")
        .await;
    let aside = async |script: &str| {
        let form = author.get(&post.editor).await.form("#post-form");
        let saved = autosave(&author, &form.set("script", script)).await;
        saved.assert_status(200).json()["aside"].clone()
    };
    let told = async || {
        let (desk, editor) = (author.get("/admin").await, author.get(&post.editor).await);
        (desk.has(".changed"), editor.texts("#save-state").join(" "))
    };
    assert!(aside("내일의 첫 문장. 그다음 문장.").await.is_null());
    assert!(!told().await.0 && !told().await.1.contains("예약"));
    let sentence = aside("고친 문장.").await;
    assert_eq!(sentence, "고친 내용은 아직 예약에 들어가지 않았어요");
    let (desk, editor) = told().await;
    assert!(desk && editor.contains(sentence.as_str().expect("a sentence")));
    author.act(&post, &[], "update").await;
    let done = author.get(&format!("{}?did=update", post.editor)).await;
    done.assert_contains("고친 내용을 예약에 반영했어요.");
    assert!(!told().await.0);
    site.pass(60 * MINUTE_MS).await;
    let page = site.stranger().get(PAGE).await;
    page.assert_status(200).assert_contains("고친 문장.");
}

#[tokio::test]
async fn a_moment_that_has_passed_or_is_none_is_refused() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("내일").await;
    for wrong in [
        "2026-11-24T09:00",
        "2020-01-01T00:00",
        "",
        "tomorrow",
        "2026-13-01T00:00",
    ] {
        let back = author
            .press(&post, &[("scheduled_at", wrong)], "schedule")
            .await;
        back.assert_fault_at("scheduled_at");
        let kept = back.form("#post-form").value("scheduled_at").to_owned();
        assert_eq!(kept == wrong, !wrong.is_empty(), "{kept}");
    }
    assert!(author.get(&post.editor).await.has(".badge-draft"));
}

#[tokio::test]
async fn a_clock_that_jumps_back_undoes_nothing() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("내일").await;
    author
        .act(&post, &[("scheduled_at", "2026-11-24T10:00")], "schedule")
        .await;
    site.pass(61 * MINUTE_MS).await;
    site.stranger().get(PAGE).await.assert_status(200);
    site.pass(-120 * MINUTE_MS).await;
    site.stranger().get(PAGE).await.assert_status(200);
}
