//! The settings of a show: everything that its feed can say, filled in and read again.
use daebon::features::show;

use crate::support::files::picture;
use crate::support::{Answer, Browser, Form, Site};

const PAGE: &str = "/admin/shows/news";
const GUID: &str = "917393e3-1b1e-5cef-ace4-edaa54e1f810";
const HOSTILE: &str = "]]></textarea><script>alert(1)</script>\"'&amp;";

fn form(page: &Answer) -> Form {
    page.form("form[data-settings]")
}

async fn open(author: &Browser) -> Form {
    form(author.get(PAGE).await.assert_status(200))
}

/// Everything filled in, each list with one row.
fn filled(form: Form) -> Form {
    [
        ("cover_alt", HOSTILE),
        ("category2", "Arts > Books"),
        ("person_name", HOSTILE),
        ("person_role", "writing/author"),
        ("person_href", "https://example.org/me"),
        ("person_img", "https://example.org/me.jpg"),
        ("funding_label", "커피 한 잔"),
        ("funding_url", "www.example.org/coffee"),
        ("license", "cc-by-sa-4.0"),
        ("update_frequency", "weekdays"),
        ("location_name", "서울"),
        ("location_geo", "37.57, 126.98"),
        ("location_osm", "R2297418"),
        ("location_country", "kr"),
        ("social_protocol", "activitypub"),
        ("social_uri", "https://example.social/@a/1"),
        ("social_account", "@a@example.social"),
        ("podroll_title", "친구의 채널"),
        ("podroll_guid", GUID),
        ("txt_purpose", "applepodcastsverify"),
        ("txt_value", "1234\n두 줄"),
        ("ai_content", "no"),
        ("feed_text", "full"),
        ("feed_page_size", "100"),
        ("enclosure_prefix", "https://op3.dev/e/"),
        ("moved_to", "https://elsewhere.example/feed.xml"),
        ("show_type", "serial"),
        ("owner_email", "me@example.org"),
    ]
    .into_iter()
    .fold(form, |form, (name, value)| form.set(name, value))
    .with("complete", "yes")
    .with("blocked_service", "spotify")
}

#[tokio::test]
async fn everything_is_kept_and_saving_again_changes_nothing() {
    let site = Site::ready().await;
    let author = site.author();
    let saved = author.submit(filled(open(&author).await)).await;
    saved.assert_redirects_to(PAGE);
    let first = show::find_by_address(&site.state.db, "news")
        .await
        .expect("the show");
    let details = &first.draft.details;
    assert_eq!(details.people[0].name, HOSTILE);
    assert_eq!(details.people[0].group, "writing");
    assert_eq!(details.funding[0].url, "https://www.example.org/coffee");
    assert_eq!(details.txt[0].value, "1234\n두 줄");
    assert_eq!(details.blocked_services, ["spotify"]);
    assert!(details.complete && !details.block);
    assert_eq!(details.feed_page_size, 100);
    let page = author.get(PAGE).await;
    assert!(!page.has("script:not([src])"), "text stays text");
    assert!(!page.has("details.group[open]"), "nothing is wrong");
    let example = page.texts(".example code");
    assert!(example[0].starts_with("https://op3.dev/e/"), "{example:?}");
    author.submit(form(&page)).await.assert_redirects_to(PAGE);
    let second = show::find_by_address(&site.state.db, "news")
        .await
        .expect("the show");
    assert_eq!(second.draft, first.draft);
}

#[tokio::test]
async fn a_fault_opens_its_group_and_what_was_typed_stays() {
    let site = Site::ready().await;
    let author = site.author();
    let wrong = filled(open(&author).await)
        .set("person_img", "http://example.org/me.jpg")
        .set("location_osm", "Seoul")
        .set_nth("podroll_title", 1, "GUID를 모름");
    let back = author.submit(wrong).await;
    for field in ["people", "location_osm", "podroll"] {
        back.assert_fault_at(field);
    }
    assert!(back.has("details[open] input#person_img-0[aria-invalid=true]"));
    assert!(back.has("details[open] input#podroll_guid-1[aria-invalid=true]"));
    assert!(
        !back.has("details[open] #f-funding"),
        "nothing is wrong there"
    );
    let typed = form(&back);
    assert_eq!(typed.value("person_name"), HOSTILE);
    assert_eq!(typed.value("person_img"), "http://example.org/me.jpg");
    assert_eq!(
        typed.values("podroll_title")[..2],
        ["친구의 채널", "GUID를 모름"]
    );
    assert_eq!(typed.values("blocked_service"), ["spotify"]);
    assert_eq!(typed.value("feed_page_size"), "100");
    let stored = show::find_by_address(&site.state.db, "news").await;
    assert!(stored.expect("the show").draft.details.people.is_empty());
}

#[tokio::test]
async fn a_feed_does_not_move_to_where_it_is() {
    let site = Site::ready().await;
    let author = site.author();
    let form = open(&author).await;
    author
        .submit(form.set("address", "morning"))
        .await
        .assert_redirects_to("/admin/shows/morning");
    let at = |path: &str| format!("{}{path}", site.state.base_url.as_str());
    // The test site speaks http, which is refused as well; its name alone must be enough.
    let secure = |path: &str| at(path).replacen("http://", "https://", 1);
    for here in [
        "/@morning/feed.xml",
        "/@news/feed.xml",
        "/@evening/feed.xml?page=2",
    ] {
        let page = author.get("/admin/shows/morning").await;
        let form = page.form("form[data-settings]");
        let form = form
            .set("address", "evening")
            .set("moved_to", &secure(here));
        author.submit(form).await.assert_fault_at("moved_to");
    }
    let page = author.get("/admin/shows/morning").await;
    let form = page.form("form[data-settings]");
    author
        .submit(form.set("moved_to", &secure("/@other/feed.xml")))
        .await
        .assert_redirects_to("/admin/shows/morning");
}

#[tokio::test]
async fn the_picture_has_a_form_of_its_own() {
    let site = Site::ready().await;
    let author = site.author();
    author
        .submit(filled(open(&author).await))
        .await
        .assert_redirects_to(PAGE);
    let before = show::find_by_address(&site.state.db, "news")
        .await
        .expect("the show");
    let page = author.get(PAGE).await;
    let chosen = |colour| {
        page.form("#cover-form")
            .choose("cover", "a.png", &picture(colour, [200, 30, 60]))
    };
    let small = author.submit(chosen(300)).await;
    small.assert_fault_at("cover");
    assert_eq!(form(&small).value("person_name"), HOSTILE, "all is there");
    author.submit(chosen(1_400)).await.assert_redirects_to(PAGE);
    let after = show::find_by_address(&site.state.db, "news")
        .await
        .expect("the show");
    assert_ne!(after.cover_hash, before.cover_hash);
    assert_eq!(after.draft, before.draft);
    author
        .submit(form(&author.get(PAGE).await))
        .await
        .assert_redirects_to(PAGE);
    let kept = show::find_by_address(&site.state.db, "news").await;
    assert_eq!(kept.expect("the show").cover_hash, after.cover_hash);
    let none = page.form("#cover-form");
    author.submit(none).await.assert_redirects_to(PAGE);
}

#[tokio::test]
async fn a_new_show_asks_for_the_common_fields_alone() {
    let site = Site::ready().await;
    let author = site.author();
    let page = author.get("/admin/shows/new").await;
    for name in ["person_name", "moved_to", "license", "feed_page_size"] {
        assert!(!page.has(&format!("[name={name}]")), "{name}");
    }
    let form = page
        .form("form[data-setup]")
        .set("title", "저녁 논평")
        .set("address", "evening")
        .set("description", "하루를 돌아봅니다");
    author.submit(form).await.assert_status(303);
    let made = show::find_by_address(&site.state.db, "evening").await;
    let details = made.expect("the show").draft.details;
    assert_eq!(details, show::ShowDetails::default());
}

#[tokio::test]
async fn no_row_is_too_many_and_no_text_too_long() {
    let site = Site::ready().await;
    let author = site.author();
    let mut form = open(&author).await;
    for n in 0..51 {
        form = form.with("person_name", &format!("사람 {n}"));
    }
    author.submit(form).await.assert_fault_at("people");
    let form = open(&author).await.set("txt_purpose", "verify");
    let long = "가".repeat(4_000);
    author
        .submit(form.clone().set("txt_value", &long))
        .await
        .assert_redirects_to(PAGE);
    author
        .submit(form.clone().set("txt_value", &format!("{long}나")))
        .await
        .assert_fault_at("txt");
    let vast = form.set("txt_value", &"가".repeat(130_000));
    author.submit(vast).await.assert_status(413);
}
