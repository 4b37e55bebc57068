//! Pages as newspapers make them, and as nobody does.
use proptest::prelude::*;

use super::*;

fn facts(title: &str, outlet: &str, date: &str) -> PageFacts {
    PageFacts {
        title: title.to_owned(),
        outlet: outlet.to_owned(),
        date: date.to_owned(),
    }
}

#[test]
fn what_a_newspaper_says_of_an_article_is_found() {
    let page = r#"<!doctype html><html><head><meta charset="utf-8">
        <title>첫눈 열흘 일찍 | 하루신문</title>
        <meta property="og:title" content="첫눈, 작년보다 열흘 &quot;일찍&quot;">
        <meta property="og:site_name" content="하루신문">
        <meta property="article:published_time" content="2026-11-28T07:30:00+09:00">
        </head><body><svg><title>메뉴</title></svg></body></html>"#;
    let found = facts("첫눈, 작년보다 열흘 \"일찍\"", "하루신문", "2026-11-28");
    assert_eq!(read(page.as_bytes(), Some("text/html")), found);
}

#[test]
fn a_bare_title_gives_up_the_name_of_its_outlet() {
    let page = "<title>\n Snow in   November - The Paper</title><meta name=application-name content='The Paper'>";
    assert_eq!(
        read(page.as_bytes(), None),
        facts("Snow in November", "The Paper", "")
    );
    let whole = "<title>The Paper</title><meta property=og:site_name content='The Paper'>";
    assert_eq!(
        read(whole.as_bytes(), None),
        facts("The Paper", "The Paper", "")
    );
}

#[test]
fn schema_org_is_read_where_the_tags_say_nothing() {
    let page = r#"<title>x</title><script type="application/ld+json">{"@graph":[{"@type":"WebSite"},
        {"@type":"NewsArticle","headline":"Ferry to close","datePublished":"2026.10.02 11:20",
         "publisher":{"@type":"Organization","name":"River Post"}}]}</script>"#;
    assert_eq!(
        read(page.as_bytes(), None),
        facts("Ferry to close", "River Post", "2026-10-02")
    );
}

#[test]
fn a_script_that_writes_tags_says_nothing() {
    let page = r#"<script>document.write('<meta property="og:title" content="no">')</script>
        <!-- <title>no</title> --><textarea><title>no</title></textarea><title>yes</title>"#;
    assert_eq!(read(page.as_bytes(), None).title, "yes");
}

#[test]
fn old_korean_pages_are_read_by_what_they_say_or_what_fits() {
    let page =
        "<meta http-equiv=Content-Type content='text/html; charset=euc-kr'><title>옛 신문</title>";
    let (bytes, _, _) = encoding_rs::EUC_KR.encode(page);
    assert_eq!(read(&bytes, None).title, "옛 신문");
    let (bare, _, _) = encoding_rs::EUC_KR.encode("<title>옛 신문</title>");
    assert_eq!(read(&bare, None).title, "옛 신문");
    assert_eq!(
        read(&bare, Some("text/html; charset=EUC-KR")).title,
        "옛 신문"
    );
    let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode("<title>新聞</title>");
    assert_eq!(
        read(&sjis, Some("text/html;charset=\"shift_jis\"")).title,
        "新聞"
    );
}

#[test]
fn what_nobody_sees_and_what_is_too_long_is_cut() {
    let page = format!("<title>a\u{202e}b\u{200b}c {}</title>", "긴 ".repeat(2000));
    let title = read(page.as_bytes(), None).title;
    assert!(title.starts_with("abc 긴"));
    assert_eq!(title.chars().count(), 500);
    for date in ["2026-13-40", "어제", "1026-01-01", "2026-1-1", ""] {
        let page = format!("<meta property=article:published_time content='{date}'>");
        assert_eq!(read(page.as_bytes(), None).date, "", "{date}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_a_page(bytes in prop::collection::vec(any::<u8>(), 0..600), kind in "[ -~]{0,40}") {
        let found = read(&bytes, Some(&kind));
        prop_assert!(found.title.chars().count() <= 500 && found.outlet.chars().count() <= 200);
        prop_assert!(!found.title.contains(char::is_control));
    }

    #[test]
    fn any_tags_end_well(pieces in prop::collection::vec(prop::sample::select(vec![
        "<title>", "</title>", "<meta ", "property=og:title ", "content='", "'>", "<script ",
        "type=application/ld+json>", "</script>", "{\"headline\":", "\"가\"", "}", "<!--", "-->", "&quot;", "x", "<",
    ]), 0..40)) {
        let page = pieces.concat();
        let found = read(page.as_bytes(), None);
        prop_assert!(found.title.chars().count() <= 500);
    }
}
