//! The settings of a show: what its form makes of strings, and that nothing is lost on the way.
use proptest::prelude::*;

use super::apps::{App, AppLink};
use super::details::{FeedText, ShowDetails};
use super::form::ShowForm;
use super::model::ShowDraft;
use super::store;
use crate::db::testing::both_engines;
use crate::formats::podcast::checks;
use crate::formats::podcast::values::{
    Funding, License, Location, Person, RemoteItem, SocialPost, Txt, UpdateFrequency,
};
use crate::formats::podcast::{categories, licenses, roles, services};
use crate::kernel::{FieldErrors, Message};
use crate::web::form::FormData;

const GUID: &str = "917393e3-1b1e-5cef-ace4-edaa54e1f810";

fn is_category(text: &str) -> bool {
    categories::parse(text).is_some()
}

/// The common fields, well filled in.
fn base() -> Vec<(String, String)> {
    [
        ("title", "아침 논평"),
        ("address", "news"),
        ("description", "매일 아침 한 편"),
        ("language", "ko"),
        ("time_zone", "Asia/Seoul"),
        ("category", "News > News Commentary"),
        ("explicit", "no"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

fn parse(pairs: &[(&str, &str)]) -> Result<ShowDraft, FieldErrors> {
    let mut fields = base();
    fields.extend(
        pairs
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
    );
    ShowForm::parse_settings(&FormData::new(fields), "글쓴이", is_category)
}

fn draft(details: ShowDetails) -> ShowDraft {
    let draft = parse(&[]).expect("the common fields are good");
    assert_eq!(draft.details, ShowDetails::default());
    ShowDraft { details, ..draft }
}

/// Through the form and back.
fn again(draft: &ShowDraft) -> ShowDraft {
    let sent = ShowForm::settings(draft);
    ShowForm::parse_settings(&sent, "ein anderer", is_category).expect("what is stored is good")
}

fn person(name: &str, group: &str, role: &str) -> Person {
    Person {
        name: name.to_owned(),
        role: role.to_owned(),
        group: group.to_owned(),
        img: "https://example.org/a.png".to_owned(),
        href: String::new(),
    }
}

/// Every field with something in it that is not its default.
fn filled() -> ShowDetails {
    ShowDetails {
        more_categories: vec!["Arts > Books".to_owned(), "History".to_owned()],
        people: vec![
            person("홍길동", "", ""),
            person("<b>\"김\" & 이", "video post-production", "editor"),
        ],
        funding: vec![Funding {
            url: "https://example.org/%ED%9B%84%EC%9B%90?a=1&b=2".to_owned(),
            label: "커피 한 잔 ☕".to_owned(),
        }],
        license: Some(License {
            identifier: "우리 집 규칙".to_owned(),
            url: "https://example.org/terms".to_owned(),
        }),
        update_frequency: UpdateFrequency::Biweekly,
        location: Some(Location {
            name: "서울".to_owned(),
            geo: "geo:37.57,-126.98,12;u=50".to_owned(),
            osm: "R2297418#3".to_owned(),
            country: "KR".to_owned(),
        }),
        podroll: vec![RemoteItem {
            feed_guid: GUID.to_owned(),
            feed_url: String::new(),
            title: "]]> & 친구".to_owned(),
        }],
        social: vec![
            SocialPost {
                protocol: "activitypub".to_owned(),
                uri: "https://example.social/@a/1".to_owned(),
                account_id: "@a@example.social".to_owned(),
            },
            SocialPost {
                protocol: "atproto".to_owned(),
                uri: "at://did:plc:abc/app.bsky.feed.post/1".to_owned(),
                account_id: String::new(),
            },
            SocialPost {
                protocol: services::DISABLED.to_owned(),
                ..SocialPost::default()
            },
        ],
        txt: vec![
            Txt {
                purpose: "applepodcastsverify".to_owned(),
                value: "1234-abcd".to_owned(),
            },
            Txt {
                purpose: String::new(),
                value: "두 줄\n짜리".to_owned(),
            },
            Txt {
                purpose: "release".to_owned(),
                value: "1.0".to_owned(),
            },
        ],
        ai_content: Some(false),
        blocked_services: vec!["spotify".to_owned(), "podnews".to_owned()],
        block: true,
        complete: true,
        moved_to: "https://new.example.org/feed.xml".to_owned(),
        cover_alt: "책상 위의 원고와 마이크".to_owned(),
        feed_text: FeedText::Full,
        feed_page_size: 200,
        enclosure_prefix: "https://op3.dev/e/".to_owned(),
        apps: vec![AppLink {
            app: App::Apple,
            url: "https://podcasts.apple.com/kr/podcast/id1".to_owned(),
        }],
    }
}

#[test]
fn what_is_stored_comes_back_from_its_form() {
    let draft = draft(filled());
    assert_eq!(again(&draft), draft);
    let known = ShowDetails {
        license: Some(License {
            identifier: "cc-by-4.0".to_owned(),
            url: String::new(),
        }),
        ai_content: Some(true),
        ..ShowDetails::default()
    };
    let draft = ShowDraft {
        details: known,
        ..draft
    };
    assert_eq!(again(&draft), draft);
}

fn texts() -> impl Strategy<Value = String> {
    "[a-z<>&\"'/한글 ]{0,12}".prop_map(|t| {
        let words: Vec<&str> = t.split_whitespace().collect();
        format!("가{}", words.join(" "))
    })
}

fn links() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-z]{1,8}/[a-z0-9?=&]{0,8}".prop_map(|t| format!("https://example.org/{t}"))
    ]
}

fn people() -> impl Strategy<Value = Vec<Person>> {
    let listed: Vec<(&str, &str)> = roles::GROUPS
        .iter()
        .flat_map(|(group, _, listed)| listed.iter().map(|(role, _)| (*group, *role)))
        .chain([("", "")])
        .collect();
    let person = (texts(), proptest::sample::select(listed), links(), links());
    let person = person.prop_map(|(name, (group, role), img, href)| Person {
        name,
        role: role.to_owned(),
        group: group.to_owned(),
        img,
        href,
    });
    prop::collection::vec(person, 0..6)
}

fn licence() -> impl Strategy<Value = Option<License>> {
    let known: Vec<&str> = licenses::LICENSES.iter().map(|l| l.identifier).collect();
    prop_oneof![
        Just(None),
        proptest::sample::select(known).prop_map(|identifier| Some(License {
            identifier: identifier.to_owned(),
            url: String::new()
        })),
        texts().prop_map(|identifier| Some(License {
            identifier,
            url: "https://example.org/".to_owned()
        })),
    ]
}

proptest! {
    #[test]
    fn no_details_are_lost_on_the_way(
        people in people(),
        license in licence(),
        labels in prop::collection::vec(texts(), 0..4),
        txt in prop::collection::vec((texts(), texts()), 0..4),
        services in proptest::sample::subsequence(services::SERVICES.to_vec(), 0..4),
        moved_to in links(),
        flags in any::<(bool, bool, Option<bool>)>(),
        size in proptest::sample::select(super::PAGE_SIZES.to_vec()),
        frequency in proptest::sample::select(UpdateFrequency::ALL.to_vec()),
    ) {
        let details = ShowDetails {
            people,
            license,
            funding: labels.iter().map(|label| Funding {
                url: "https://example.org/".to_owned(),
                label: label.clone(),
            }).collect(),
            podroll: labels.iter().map(|title| RemoteItem {
                feed_guid: GUID.to_owned(),
                feed_url: moved_to.clone(),
                title: title.clone(),
            }).collect(),
            txt: txt.into_iter().map(|(purpose, value)| Txt { purpose, value }).collect(),
            blocked_services: services.iter().map(|(slug, _)| (*slug).to_owned()).collect(),
            moved_to,
            block: flags.0,
            complete: flags.1,
            ai_content: flags.2,
            feed_page_size: size,
            update_frequency: frequency,
            ..ShowDetails::default()
        };
        let draft = draft(details);
        prop_assert_eq!(again(&draft), draft);
    }

    #[test]
    fn whatever_is_sent_is_read_or_refused(pairs: Vec<(String, String)>, text: String) {
        let names = ["people", "person_name", "txt_value", "location_geo", "location_osm",
            "podroll_guid", "enclosure_prefix", "app_apple", "app_pocket_casts", "moved_to", "feed_page_size", "category2"];
        let mut fields = base();
        fields.extend(pairs);
        fields.extend(names.map(|name| (name.to_owned(), text.clone())));
        let _ = ShowForm::parse_settings(&FormData::new(fields), "", is_category);
        let _ = checks::own_feed(&text, "example.org");
    }
}

#[test]
fn a_new_show_has_no_details() {
    let form = ShowForm::settings(&draft(filled()));
    let new = ShowForm::parse(&form, "", is_category).expect("good");
    assert_eq!(new.details, ShowDetails::default());
}

#[test]
fn half_a_link_is_completed() {
    let draft = parse(&[
        ("person_name", " 홍길동 "),
        ("person_role", ""),
        ("person_href", "www.example.org"),
        ("location_name", "서울"),
        ("location_geo", " 37.57, 126.98 "),
        ("location_osm", "r2297418"),
        ("location_country", "kr"),
        ("podroll_guid", "917393E31B1E5CEFACE4EDAA54E1F810"),
        ("license", "other"),
        ("license_name", "CC-BY-4.0"),
    ])
    .expect("good");
    let details = draft.details;
    assert_eq!(details.people[0].name, "홍길동");
    assert_eq!(details.people[0].href, "https://www.example.org/");
    let location = details.location.expect("a place");
    assert_eq!(location.geo, "geo:37.57,126.98");
    assert_eq!(
        (location.osm.as_str(), location.country.as_str()),
        ("R2297418", "KR")
    );
    assert_eq!(details.podroll[0].feed_guid, GUID);
    assert_eq!(
        details.license.map(|l| l.identifier),
        Some("cc-by-4.0".to_owned())
    );
}

#[test]
fn every_fault_stands_at_its_field() {
    let long = "가".repeat(129);
    let very_long = "가".repeat(4_001);
    for (field, pairs) in [
        ("category2", vec![("category2", "Poetry")]),
        ("category2", vec![("category2", "News > News Commentary")]),
        (
            "category3",
            vec![("category2", "Arts"), ("category3", "Arts")],
        ),
        ("people", vec![("person_href", "https://example.org/")]),
        (
            "people",
            vec![("person_name", "a"), ("person_role", "cast/king")],
        ),
        (
            "people",
            vec![
                ("person_name", "a"),
                ("person_img", "http://example.org/a.png"),
            ],
        ),
        ("people", vec![("person_name", long.as_str())]),
        ("funding", vec![("funding_label", "a")]),
        (
            "funding",
            vec![
                ("funding_label", "a"),
                ("funding_url", "javascript:alert(1)"),
            ],
        ),
        ("license", vec![("license", "my own")]),
        (
            "license_name",
            vec![("license", "other"), ("license_url", "https://a.example/")],
        ),
        (
            "license_url",
            vec![("license", "other"), ("license_name", "a")],
        ),
        ("location_name", vec![("location_geo", "geo:1,2")]),
        (
            "location_geo",
            vec![("location_name", "a"), ("location_geo", "geo:91,2")],
        ),
        (
            "location_geo",
            vec![("location_name", "a"), ("location_geo", "geo:1,2;crs=moon")],
        ),
        (
            "location_geo",
            vec![("location_name", "a"), ("location_geo", "geo:nan,inf")],
        ),
        (
            "location_osm",
            vec![("location_name", "a"), ("location_osm", "X12")],
        ),
        (
            "location_osm",
            vec![("location_name", "a"), ("location_osm", "R1#")],
        ),
        (
            "location_country",
            vec![("location_name", "a"), ("location_country", "XX")],
        ),
        ("social", vec![("social_protocol", "activitypub")]),
        (
            "social",
            vec![("social_protocol", "atproto"), ("social_uri", "at://a\" b")],
        ),
        (
            "social",
            vec![
                ("social_protocol", ""),
                ("social_uri", "https://a.example/"),
            ],
        ),
        ("podroll", vec![("podroll_guid", "not-a-uuid")]),
        ("podroll", vec![("podroll_title", "a name alone")]),
        ("txt", vec![("txt_value", "a")]),
        ("txt", vec![("txt_purpose", "verify")]),
        (
            "txt",
            vec![("txt_purpose", "verify"), ("txt_value", &very_long)],
        ),
        (
            "txt",
            vec![
                ("txt_purpose", "other"),
                ("txt_purpose_other", &long),
                ("txt_value", "a"),
            ],
        ),
        (
            "txt",
            vec![
                ("txt_purpose", "other"),
                ("txt_purpose_other", "AI-content"),
                ("txt_value", "true"),
            ],
        ),
        ("blocked_services", vec![("blocked_service", "nobody")]),
        ("moved_to", vec![("moved_to", "http://example.org/feed")]),
        (
            "app_apple",
            vec![("app_apple", "https://open.spotify.com/show/1")],
        ),
        (
            "app_overcast",
            vec![("app_overcast", "http://overcast.fm/itunes1")],
        ),
        ("cover_alt", vec![("cover_alt", &very_long)]),
        ("feed_page_size", vec![("feed_page_size", "7")]),
        (
            "enclosure_prefix",
            vec![("enclosure_prefix", "https://op3.dev/e")],
        ),
        (
            "enclosure_prefix",
            vec![("enclosure_prefix", "https://op3.dev/e?u=/")],
        ),
        (
            "enclosure_prefix",
            vec![("enclosure_prefix", "http://op3.dev/e/")],
        ),
    ] {
        let errors = parse(&pairs).expect_err(field);
        assert_eq!(errors.0.len(), 1, "{pairs:?}: {errors:?}");
        assert!(errors.get(field).is_some(), "{pairs:?}: {errors:?}");
    }
}

#[test]
fn a_row_is_named_by_its_number_and_rows_have_an_end() {
    let errors = parse(&[
        ("person_name", ""),
        ("person_name", "가"),
        ("person_name", "나"),
        ("person_href", ""),
        ("person_href", ""),
        ("person_href", "ftp://example.org/"),
    ])
    .expect_err("the last link");
    let wanted = Message::new("error-show-row").with("row", 2);
    assert_eq!(errors.get("people"), Some(&wanted));
    let many = vec![("person_name", "가"); 51];
    assert!(parse(&many[1..]).is_ok());
    let errors = parse(&many).expect_err("one too many");
    assert_eq!(
        errors.get("people").map(|m| m.key),
        Some("error-show-rows-many")
    );
}

#[test]
fn the_details_are_checked_even_if_the_common_fields_are_faulty() {
    let errors = parse(&[("moved_to", "x")]).expect_err("bad");
    assert_eq!(errors.0.len(), 1);
    let form = FormData::new(vec![("moved_to".to_owned(), "x".to_owned())]);
    let errors = ShowForm::parse_settings(&form, "", is_category).expect_err("bad");
    assert!(errors.get("title").is_some() && errors.get("moved_to").is_some());
}

#[test]
fn a_prefix_takes_the_place_of_the_scheme() {
    let url = "https://example.org/audio/a.mp3";
    assert_eq!(checks::prefixed("", url), url);
    assert_eq!(
        checks::prefixed("https://op3.dev/e/", url),
        "https://op3.dev/e/example.org/audio/a.mp3"
    );
    assert_eq!(
        checks::prefixed("https://op3.dev/e/", "http://example.org/a.mp3"),
        "https://op3.dev/e/http://example.org/a.mp3"
    );
}

#[test]
fn an_own_feed_is_known_in_every_disguise() {
    for own in [
        "https://example.org/@news/feed.xml",
        "http://EXAMPLE.org/@news/feed.xml",
        "https://example.org/@news/feed.xml?page=2",
        "https://example.org/@news/feed.xml//#x",
        "https://example.org:443/@news/feed.xml",
    ] {
        let found = checks::own_feed(own, "example.org");
        assert_eq!(found.as_deref(), Some("news"), "{own}");
    }
    for other in [
        "https://example.com/@news/feed.xml",
        "https://example.org:8443/@news/feed.xml",
        "https://example.org/@news/posts.xml",
        "https://example.org/feed.xml",
        "https://example.org/a/@news/feed.xml",
        "",
    ] {
        assert_eq!(checks::own_feed(other, "example.org"), None, "{other}");
    }
    let here = "http://127.0.0.1:8080/@a/feed.xml";
    let found = checks::own_feed(here, "127.0.0.1:8080");
    assert_eq!(found.as_deref(), Some("a"));
}

#[tokio::test]
async fn details_are_stored_on_both_engines() {
    for (db, _scratch) in both_engines().await {
        let wanted = draft(filled());
        let mut tx = db.begin().await.expect("begins");
        let id = store::insert(&mut tx, &wanted, "cover")
            .await
            .expect("made");
        tx.commit().await.expect("committed");
        let show = store::find(&db, &id).await.expect("there");
        assert_eq!(show.draft, wanted);
        let less = draft(ShowDetails::default());
        let mut tx = db.begin().await.expect("begins");
        store::update(&mut tx, &show, &less, "cover")
            .await
            .expect("changed");
        // As a program without these links wrote it.
        let old = "UPDATE shows SET details = '{\"complete\":true}' WHERE id = $1";
        sqlx::query(old)
            .bind(id.as_str())
            .execute(tx.conn())
            .await
            .expect("changed");
        tx.commit().await.expect("committed");
        let show = store::find(&db, &id).await.expect("there");
        assert!(show.draft.details.complete && show.draft.details.apps.is_empty());
        db.close().await;
    }
}
