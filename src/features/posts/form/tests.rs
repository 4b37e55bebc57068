//! The editor's form into a working copy, and back into its fields.
use super::*;

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
