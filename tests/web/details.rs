//! What a post can say besides the common case: kept in drafts, checked before it is public,
//! brought back from old versions, and all of it without JavaScript.
use crate::support::{Browser, Form, Post, Site};

const FIELDS: [(&str, &str); 20] = [
    ("person_name", "김하나"),
    ("person_role", "cast/guest"),
    ("person_href", "https://example.org/kim"),
    ("soundbite_start", "0:01"),
    ("soundbite_length", "0:15"),
    ("soundbite_title", "첫 대목"),
    ("social_protocol", "activitypub"),
    ("social_uri", "https://example.social/@a/1"),
    ("social_account", "@a@example.social"),
    ("location_name", "서울"),
    ("location_country", "KR"),
    ("location_geo", "geo:37.57,126.98"),
    ("location_osm", "R2297418"),
    ("license", "cc-by-4.0"),
    ("season_name", "겨울"),
    ("episode_display", "7-1"),
    ("ai_content", "no"),
    ("explicit", "yes"),
    ("cover_alt", "바다"),
    ("block", "yes"),
];

async fn editor(author: &Browser, post: &Post) -> Form {
    author.get(&post.editor).await.form("#post-form")
}

fn assert_holds(form: &Form, fields: &[(&str, &str)]) {
    for (name, value) in fields {
        assert_eq!(form.value(name), *value, "{name}");
    }
}

#[tokio::test]
async fn what_is_said_is_kept_and_comes_back_from_an_old_version() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    author.act(&post, &FIELDS, "publish").await;
    assert_holds(&editor(&author, &post).await, &FIELDS);
    assert!(!author.get("/admin").await.has(".changed"));
    let emptied = FIELDS.map(|(name, _)| match name {
        "ai_content" | "explicit" => (name, "show"),
        _ => (name, ""),
    });
    author.act(&post, &emptied, "update").await;
    assert_holds(&editor(&author, &post).await, &emptied[..3]);
    let page = author.get(&post.editor).await;
    let restore = page.form("#post-form").press("restore_version:2");
    author
        .submit(restore)
        .await
        .assert_redirects_to(&post.editor);
    assert_holds(&editor(&author, &post).await, &FIELDS);
    assert!(author.get("/admin").await.has(".changed"));
}

#[tokio::test]
async fn a_fault_opens_its_panel_and_keeps_every_word() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let panels = ["#details", "#people", "#soundbites", "#more"];
    let page = author.get(&post.editor).await;
    for panel in panels {
        assert!(page.has(&format!("{panel}:not([open])")), "{panel}");
    }
    for (panel, field, typed) in [
        (
            "#people",
            "people",
            [
                ("person_href", "https://example.org/a"),
                ("person_role", "cast/host"),
            ],
        ),
        (
            "#soundbites",
            "soundbites",
            [("soundbite_start", "1:"), ("soundbite_title", "가")],
        ),
        (
            "#more",
            "social",
            [("social_uri", "example"), ("social_protocol", "nostr")],
        ),
        (
            "#more",
            "license",
            [("license", "other"), ("license_name", "우리끼리")],
        ),
        (
            "#more",
            "location",
            [("location_geo", "여기"), ("location_name", "")],
        ),
        (
            "#details",
            "episode_display",
            [("episode_display", &*"가".repeat(33)), ("explicit", "no")],
        ),
    ] {
        let post = author.draft("글").await;
        let back = author.press(&post, &typed, "publish").await;
        back.assert_fault_at(field);
        assert!(back.has(&format!("{panel}[open] #f-{field}")), "{field}");
        assert_holds(&back.form("#post-form"), &typed);
        // The draft takes it as it is.
        author.act(&post, &typed, "save").await;
        assert_holds(&editor(&author, &post).await, &typed);
        for other in panels.into_iter().filter(|other| *other != panel) {
            assert!(back.has(&format!("{other}:not([open])")), "{other}");
        }
    }
}

#[tokio::test]
async fn a_soundbite_after_the_end_is_refused() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let sound = crate::support::files::MP3;
    author
        .record(&post, "a.mp3", sound)
        .await
        .assert_status(303);
    let fields = [("soundbite_start", "0"), ("soundbite_length", "15")];
    let back = author.press(&post, &fields, "publish").await;
    back.assert_fault_at("soundbites");
    assert!(back.text().contains("0:15") && back.text().contains("0:04"));
}

#[tokio::test]
async fn rows_of_people_move_without_a_script() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let form = editor(&author, &post).await;
    let form = form
        .set_nth("person_name", 0, "하나")
        .set_nth("person_role", 0, "cast/host")
        .set_nth("person_name", 1, "둘")
        .set_nth("person_role", 1, "writing/translator");
    let press = async |form: Form, button: &str, names: &[&str], roles: &[&str]| {
        let page = author.submit(form.press(button)).await;
        assert!(page.assert_status(200).has("#people[open]"));
        let form = page.form("#post-form");
        assert_eq!(form.values("person_name"), [names, &["", ""]].concat());
        assert_eq!(form.values("person_role"), [roles, &["", ""]].concat());
        form
    };
    let (host, translator) = ("cast/host", "writing/translator");
    let form = press(form, "person-up:1", &["둘", "하나"], &[translator, host]).await;
    let form = press(form, "person-more", &["둘", "하나"], &[translator, host]).await;
    let form = press(form, "person-remove:0", &["하나"], &[host]).await;
    author.submit(form.press("save")).await.assert_status(303);
    assert_eq!(
        editor(&author, &post).await.values("person_name")[0],
        "하나"
    );
}
