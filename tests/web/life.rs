//! The life of a post, through the forms: draft, public, changed, off the lists, gone, back.
use crate::support::{MINUTE_MS, Post, Site, posts_feed_links};

const PAGE: &str = "/@news/%EA%B0%80%EC%9D%84";

async fn assert_public(site: &Site, path: &str, public: bool) {
    let stranger = site.stranger();
    let status = if public { 200 } else { 404 };
    stranger.get(path).await.assert_status(status);
    let listed = posts_feed_links(&stranger.get("/@news/posts.xml").await);
    assert_eq!(
        listed.iter().any(|l| l.ends_with(path)),
        public,
        "{listed:?}"
    );
    for list in ["/", "/@news"] {
        let page = stranger.get(list).await;
        let links = page.attributes("a", "href");
        assert_eq!(links.iter().any(|l| l == path), public, "{list}: {links:?}");
    }
}

async fn open(site: &Site) -> Post {
    site.author().published("가을").await
}

#[tokio::test]
async fn a_draft_becomes_public_with_one_button() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("가을").await;
    assert_public(&site, PAGE, false).await;
    author.act(&post, &[], "publish").await;
    assert_public(&site, PAGE, true).await;
    let page = site.stranger().get(PAGE).await;
    assert_eq!(page.texts("h1"), ["가을"]);
    assert!(page.text().contains("가을의 첫 문장."));
    let short = site.stranger().get(&format!("/p/{}", post.id)).await;
    short.assert_moved_to(PAGE);
}

#[tokio::test]
async fn the_button_saves_what_was_typed_first() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let fields = [
        ("title", "가을"),
        ("script", "첫 문장."),
        ("note", "머리말입니다"),
    ];
    author.act(&post, &fields, "publish").await;
    let page = site.stranger().get(PAGE).await;
    assert!(page.text().contains("첫 문장.") && page.text().contains("머리말입니다"));
}

#[tokio::test]
async fn without_a_title_nothing_becomes_public() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let back = author
        .press(&post, &[("script", "글은 있다")], "publish")
        .await;
    back.assert_fault_at("title");
    assert_eq!(back.form("#post-form").value("script"), "글은 있다");
    assert!(back.has(".badge-draft"));
}

#[tokio::test]
async fn a_change_is_public_only_after_update() {
    let site = Site::ready().await;
    let author = site.author();
    let post = open(&site).await;
    let before = site.stranger().get(PAGE).await;
    let feed_before = site.stranger().get("/@news/posts.xml").await;
    site.pass(MINUTE_MS).await;
    author.act(&post, &[("script", "고친 문장.")], "save").await;
    let after = site.stranger().get(PAGE).await;
    after.assert_same_as(&before);
    site.stranger()
        .get("/@news/posts.xml")
        .await
        .assert_same_as(&feed_before);
    author.act(&post, &[], "update").await;
    let updated = site.stranger().get(PAGE).await;
    assert!(updated.text().contains("고친 문장."));
    assert!(!updated.text().contains("첫 문장."));
    let feed = site.stranger().get("/@news/posts.xml").await;
    assert!(feed.text().contains("고친 문장."));
    let headers = [("if-none-match", before.header("etag"))];
    site.stranger()
        .get_with(PAGE, &headers)
        .await
        .assert_status(200);
}

#[tokio::test]
async fn an_unlisted_post_is_read_by_whoever_has_the_address() {
    let site = Site::ready().await;
    let author = site.author();
    let post = open(&site).await;
    author.act(&post, &[], "unlist").await;
    assert_by_link_only(&site, PAGE).await;
    author.act(&post, &[], "relist").await;
    assert_public(&site, PAGE, true).await;
}

/// The page opens, and nothing leads to it.
async fn assert_by_link_only(site: &Site, path: &str) {
    let stranger = site.stranger();
    let page = stranger.get(path).await;
    page.assert_status(200);
    assert!(page.has("meta[name=robots][content*=noindex]"));
    assert!(posts_feed_links(&stranger.get("/@news/posts.xml").await).is_empty());
    for list in ["/", "/@news"] {
        assert!(!stranger.get(list).await.text().contains("가을"), "{list}");
    }
}

#[tokio::test]
async fn a_draft_is_published_by_link_alone() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("가을").await;
    author.act(&post, &[], "publish_unlisted").await;
    assert_by_link_only(&site, PAGE).await;
    author.act(&post, &[], "relist").await;
    assert_public(&site, PAGE, true).await;
}

#[tokio::test]
async fn a_removed_post_is_gone_at_once() {
    let site = Site::ready().await;
    let author = site.author();
    let post = open(&site).await;
    let stranger = site.stranger();
    let before = stranger.get(PAGE).await;
    assert_public(&site, PAGE, true).await;
    author.act(&post, &[], "remove").await;
    assert_public(&site, PAGE, false).await;
    for headers in [
        vec![("if-none-match", before.header("etag"))],
        vec![("if-none-match", "*")],
        vec![("if-modified-since", before.header("last-modified"))],
        vec![("range", "bytes=0-9")],
    ] {
        stranger.get_with(PAGE, &headers).await.assert_not_found();
    }
    stranger
        .get(&format!("/p/{}", post.id))
        .await
        .assert_not_found();
}

#[tokio::test]
async fn what_was_removed_can_be_brought_back() {
    let site = Site::ready().await;
    let author = site.author();
    let post = open(&site).await;
    let feed = site.stranger().get("/@news/posts.xml").await;
    let (guid, date) = (feed.texts("item guid"), feed.texts("item pubDate"));
    author.act(&post, &[], "remove").await;
    assert!(!author.get("/admin").await.text().contains(&post.editor));
    let trash = author.get("/admin?state=removed").await;
    assert!(trash.text().contains(&post.editor));
    site.pass(MINUTE_MS).await;
    author.act(&post, &[], "restore").await;
    assert_public(&site, PAGE, false).await;
    author.act(&post, &[], "publish").await;
    assert_public(&site, PAGE, true).await;
    let feed = site.stranger().get("/@news/posts.xml").await;
    assert_eq!(feed.texts("item guid"), guid);
    assert_eq!(
        feed.texts("item pubDate"),
        date,
        "the date of the piece stays"
    );
}

#[tokio::test]
async fn a_button_that_the_state_does_not_offer_does_nothing() {
    let site = Site::ready().await;
    let author = site.author();
    let draft = author.draft("초안").await;
    let public = open(&site).await;
    for (post, buttons) in [
        (
            &draft,
            ["update", "unlist", "relist", "restore", "unschedule"],
        ),
        (
            &public,
            [
                "publish_unlisted",
                "schedule",
                "relist",
                "restore",
                "unschedule",
            ],
        ),
    ] {
        for button in buttons {
            let page = author.get(&post.editor).await;
            let form = page.form("#post-form");
            assert!(!form.has_button(button), "{button}");
            let form = form.with("action", button);
            let form = if button == "schedule" {
                form.with("scheduled_at", "2027-01-01T09:00")
            } else {
                form
            };
            author.submit(form).await.assert_status(409);
        }
    }
    assert_public(&site, PAGE, true).await;
}

#[tokio::test]
async fn an_unknown_button_is_refused() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("초안").await;
    for button in ["destroy", "", "ref-up:x", "ref-up:-1", "publish "] {
        let form = author.get(&post.editor).await.form("#post-form");
        author
            .submit(form.with("action", button))
            .await
            .assert_status(400);
    }
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_post() {
    let site = Site::ready().await;
    let author = site.author();
    let page = author.get("/admin").await;
    let form = page.form(r#"form[action="/admin/posts"]"#);
    let (one, other) = tokio::join!(author.submit(form.clone()), author.submit(form.clone()));
    one.assert_status(303);
    assert_eq!(one.header("location"), other.header("location"));
    let third = author.submit(form).await;
    assert_eq!(one.header("location"), third.header("location"));
    let list = author.get("/admin").await;
    assert_eq!(list.texts("li.post").len(), 1);
    // As long as nothing stands in it, it is the new post.
    let fresh = async || {
        author
            .get("/admin")
            .await
            .form(r#"form[action="/admin/posts"]"#)
    };
    let next = author.submit(fresh().await).await;
    assert_eq!(one.header("location"), next.header("location"));
    let form = author.get(one.header("location")).await.form("#post-form");
    let saved = author.submit(form.set("script", "글").press("save")).await;
    saved.assert_status(303);
    let next = author.submit(fresh().await).await;
    assert_ne!(one.header("location"), next.header("location"));
}

#[tokio::test]
async fn a_show_at_another_address_leads_on() {
    let site = Site::ready().await;
    let author = site.author();
    open(&site).await;
    let settings = author.get("/admin/shows/news").await;
    let form = settings.form(r#"form[action="/admin/shows/news"]"#);
    author
        .submit(form.set("address", "morning"))
        .await
        .assert_redirects_to("/admin/shows/morning");
    let stranger = site.stranger();
    for (old, new) in [
        ("/@news", "/@morning"),
        (PAGE, "/@morning/%EA%B0%80%EC%9D%84"),
        ("/@news/feed.xml", "/@morning/feed.xml"),
        ("/@news/posts.xml", "/@morning/posts.xml"),
        ("/@news?ui=en", "/@morning?ui=en"),
    ] {
        stranger.get(old).await.assert_moved_to(new);
        stranger.get(new).await.assert_status(200);
    }
}

#[tokio::test]
async fn what_a_button_does_to_the_feeds_is_said_before_it_is_pressed() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("가을").await;
    let said = async || author.get(&post.editor).await.texts(".confirm p");
    assert!(
        said()
            .await
            .join(" ")
            .contains("피드에는 아무 변화가 없어요")
    );
    author.act(&post, &[], "publish").await;
    let public = said().await;
    assert_eq!(public.len(), 2, "{public:?}");
    assert!(public.iter().all(|s| s.contains("피드")), "{public:?}");
    author.act(&post, &[], "unlist").await;
    let unlisted = said().await;
    assert!(
        unlisted.len() == 1 && unlisted[0].contains("변화가 없어요"),
        "{unlisted:?}"
    );
}

#[tokio::test]
async fn what_was_done_is_said_and_what_would_change_is_shown() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("가을").await;
    let pressed = author.press(&post, &[], "publish").await;
    let page = author.get(pressed.header("location")).await;
    let said = page.texts("#save-state").join(" ");
    assert!(said.contains("공개했어요"), "{said}");
    assert!(
        page.attributes("#save-state a", "href")
            .iter()
            .any(|a| a == PAGE)
    );
    // An address that somebody made up tells nothing that is not so.
    let page = author.get(&format!("{}?did=remove", post.editor)).await;
    assert!(!page.texts("#save-state").join(" ").contains("휴지통"));

    let changes = format!("{}/changes", post.editor);
    let none = author.get(&changes).await;
    assert_eq!(none.assert_status(200).text().trim(), "");
    let fields = [("script", "가을의 고친 문장. 그다음 문장.")];
    author.act(&post, &fields, "save").await;
    let part = author.get(&changes).await;
    assert_eq!(part.texts("del"), ["첫"]);
    assert_eq!(part.texts("ins"), ["고친"]);
    assert!(!part.has(".hint"), "no more than the text");
    let whole = part.attributes("a.button", "href").remove(0);
    let whole = author.get(&whole).await;
    assert!(
        whole
            .assert_status(200)
            .texts("ins")
            .contains(&"고친".to_owned())
    );
    let draft = author.draft("초안").await;
    let none = author.get(&format!("{}/changes", draft.editor)).await;
    assert_eq!(none.assert_status(200).text().trim(), "");
}
