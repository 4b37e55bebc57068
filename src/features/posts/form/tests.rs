//! The editor's form into a working copy, and back into its fields.
use super::*;
use crate::features::posts::details::{HalfSoundbite, PostDetails};
use crate::formats::podcast::values::{License, Location, Person, SocialPost, Soundbite};

fn form(pairs: &[(&str, &str)]) -> FormData {
    FormData::new(
        pairs
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect(),
    )
}

#[test]
fn references_keep_their_order_and_lose_empty_rows() {
    let parsed = PostForm::parse(&form(&[
        ("version", "3"),
        ("ref_title", "하나"),
        ("ref_title", ""),
        ("ref_title", "둘"),
        ("ref_url", "https://a.example/1"),
        ("ref_url", ""),
        ("ref_url", "www.example.org"),
    ]))
    .expect("good");
    assert_eq!(parsed.version, 3);
    let titles: Vec<_> = parsed
        .content
        .references
        .iter()
        .map(|r| r.title.as_str())
        .collect();
    assert_eq!(titles, ["하나", "둘"]);
    assert_eq!(parsed.content.references[1].url, "https://www.example.org");
}

#[test]
fn faults_name_their_field() {
    let errors = PostForm::parse(&form(&[
        ("season", "zero"),
        ("episode", "0"),
        ("note", "a\0b"),
    ]))
    .expect_err("bad");
    for field in ["season", "episode", "note"] {
        assert!(errors.get(field).is_some(), "{field}");
    }
}

#[test]
fn half_a_link_is_fine_in_a_draft_and_not_in_public() {
    let parsed =
        PostForm::parse(&form(&[("ref_url", "javascript:alert(1)")])).expect("a draft takes it");
    let faults = parsed.content.faults_for_public(None);
    assert!(faults.get("references").is_some() && faults.get("title").is_some());
}

fn whole_details() -> PostDetails {
    PostDetails {
        people: vec![
            Person {
                name: "김하나".into(),
                role: "guest".into(),
                group: "cast".into(),
                href: "https://example.org/kim".into(),
                img: "https://example.org/kim.jpg".into(),
            },
            Person {
                name: "두나".into(),
                role: "editor".into(),
                group: "video post-production".into(),
                ..Person::default()
            },
            Person {
                name: "세나".into(),
                ..Person::default()
            },
        ],
        season_name: "겨울".into(),
        episode_display: "7-1".into(),
        license: Some(License {
            identifier: "cc-by-4.0".into(),
            url: String::new(),
        }),
        location: Some(Location {
            name: "서울".into(),
            geo: "geo:37.57,126.98".into(),
            osm: "R2297418".into(),
            country: "KR".into(),
        }),
        social: vec![SocialPost {
            protocol: "activitypub".into(),
            uri: "https://example.social/@a/1".into(),
            account_id: "@a@example.social".into(),
        }],
        soundbites: vec![Soundbite {
            start_ms: 75_500,
            duration_ms: 30_000,
            title: "가장 좋은 대목".into(),
        }],
        half_soundbites: Vec::new(),
        ai_content: Some(false),
        cover_alt: "바다".into(),
        block: true,
    }
}

fn parsed(details: &PostDetails) -> PostDetails {
    let form = FormData::new(details.fields());
    PostForm::parse(&form).expect("good").content.details
}

#[test]
fn details_come_back_as_they_went_in() {
    let mut details = whole_details();
    assert_eq!(parsed(&details), details);
    let mut errors = FieldErrors::new();
    details.faults_for_public(Some(600_000), &mut errors);
    assert!(errors.is_empty(), "{errors:?}");
    details.license = Some(License {
        identifier: "우리끼리".into(),
        url: "https://example.org/terms".into(),
    });
    details.half_soundbites = vec![HalfSoundbite {
        start: "1:".into(),
        ..HalfSoundbite::default()
    }];
    details.ai_content = None;
    assert_eq!(parsed(&details), details);
    assert_eq!(parsed(&PostDetails::default()), PostDetails::default());
    // The column of a row that is older than a field.
    let old: PostDetails = serde_json::from_str(r#"{"season_name":"겨울"}"#).expect("reads");
    assert_eq!(old.season_name, "겨울");
}

#[test]
fn what_people_mean_is_understood() {
    let meant = PostForm::parse(&form(&[
        ("person_name", "가"),
        ("person_href", "www.example.org/가"),
        ("location_geo", "37.57, 126.98"),
        ("location_country", "kr"),
        ("soundbite_start", "75"),
        ("soundbite_length", "0:30"),
        ("social_protocol", "disabled"),
    ]));
    let details = meant.expect("good").content.details;
    assert_eq!(details.people[0].href, "https://www.example.org/%EA%B0%80");
    for (typed, osm) in [
        (
            "https://www.openstreetmap.org/relation/2297418#map=10/37/126",
            "R2297418",
        ),
        ("https://www.openstreetmap.org/way/12", "W12"),
        ("w12", "W12"),
        (
            "https://www.openstreetmap.org/user/a",
            "https://www.openstreetmap.org/user/a",
        ),
    ] {
        let parsed = PostForm::parse(&form(&[("location_osm", typed)])).expect("good");
        assert_eq!(parsed.content.details.location.expect("a place").osm, osm);
    }
    let location = details.location.expect("a place");
    assert_eq!(
        (&*location.geo, &*location.country),
        ("geo:37.57,126.98", "KR")
    );
    assert_eq!(details.soundbites[0].start_ms, 75_000);
    assert_eq!(details.social[0].protocol, "disabled");
}

#[test]
fn a_draft_takes_halves_and_the_public_none_of_them() {
    let long = "가".repeat(129);
    for (field, pairs) in [
        ("people", vec![("person_role", "cast/guest")]),
        (
            "people",
            vec![("person_name", "가"), ("person_href", "http")],
        ),
        (
            "people",
            vec![("person_name", "가"), ("person_img", "http://a.example/b")],
        ),
        ("people", vec![("person_name", &*long)]),
        ("soundbites", vec![("soundbite_start", "1:")]),
        ("soundbites", vec![("soundbite_title", "제목만")]),
        (
            "soundbites",
            vec![("soundbite_start", "0"), ("soundbite_length", "14")],
        ),
        (
            "soundbites",
            vec![("soundbite_start", "0"), ("soundbite_length", "2:01")],
        ),
        (
            "soundbites",
            vec![("soundbite_start", "41"), ("soundbite_length", "20")],
        ),
        ("social", vec![("social_uri", "https://a.example/1")]),
        (
            "social",
            vec![
                ("social_protocol", "activitypub"),
                ("social_uri", "javascript:1"),
            ],
        ),
        ("social", vec![("social_protocol", "matrix")]),
        ("license", vec![("license", "other"), ("license_name", "x")]),
        ("license", vec![("license", "no-such-one")]),
        ("location", vec![("location_geo", "37.57")]),
        (
            "location",
            vec![("location_name", "가"), ("location_osm", "2297418")],
        ),
        (
            "location",
            vec![("location_name", "가"), ("location_country", "K")],
        ),
        ("season_name", vec![("season_name", &*long)]),
        ("episode_display", vec![("episode_display", &*long)]),
    ] {
        let content = PostForm::parse(&form(&pairs)).expect("a draft").content;
        let faults = content.faults_for_public(Some(60_000));
        assert!(faults.get(field).is_some(), "{field} {pairs:?} {faults:?}");
        assert_eq!(parsed(&content.details), content.details, "{pairs:?}");
    }
    let many = vec![("person_name", "가"); 101];
    let errors = PostForm::parse(&form(&many)).expect_err("too many");
    assert!(errors.get("people").is_some());
}
