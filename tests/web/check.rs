//! The check before publishing.
use std::sync::atomic::Ordering;

use crate::support::Site;
use crate::support::files::{MP3, OPUS};

fn found(page: &crate::support::Answer) -> String {
    page.texts(".checks li").join("\n")
}

#[tokio::test]
async fn what_is_missing_is_told_with_the_way_to_mend_it() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let address = format!("{}/check", post.editor);
    let page = author.get(&address).await;
    page.assert_status(200);
    let (musts, links) = (
        page.texts(".check-must"),
        page.attributes(".checks a", "href"),
    );
    assert_eq!(musts.len(), 2, "{musts:?}");
    assert!(links.contains(&format!("{}#f-title", post.editor)));
    let editor = author.get(&post.editor).await;
    assert!(links.contains(&"/admin/shows/news".to_owned()));
    for link in links {
        let Some((_, place)) = link.split_once('#') else {
            continue;
        };
        assert!(editor.has(&format!("[id=\"{place}\"]")), "{place}");
    }
    assert!(editor.has(&format!("a[href=\"{address}\"]")));

    site.outside.store(404, Ordering::SeqCst);
    let fields = [
        ("title", "첫눈"),
        ("note", "메모"),
        ("script", "첫 문장. 둘째 문장."),
        ("ref_title", "<b>자료</b>"),
        ("ref_url", "https://paper.example/gone"),
    ];
    author.act(&post, &fields, "save").await;
    let page = author.get(&address).await;
    let told = found(&page);
    assert!(
        told.contains("<b>자료</b>") && told.contains("404"),
        "{told}"
    );
    assert!(!page.has(".check-must"), "{told}");

    site.outside.store(200, Ordering::SeqCst);
    let told = found(&author.get(&address).await);
    assert!(!told.contains("자료"), "{told}");
    let stranger = site.stranger().get(&address).await;
    stranger.assert_status(303);
    assert!(stranger.header("location").starts_with("/admin/login"));
}

#[tokio::test]
async fn a_recording_is_told_of_with_its_loudness_once_it_was_heard() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("첫눈").await;
    author
        .record(&post, "a.mp3", MP3)
        .await
        .assert_redirects_to(&post.editor);
    let check = format!("{}/check", post.editor);
    let page = author.get(&check).await;
    page.assert_status(200);
    let facts = page.texts(".facts span").join(" ");
    assert!(facts.contains("MP3") && facts.contains("kHz"), "{facts}");
    assert!(!facts.contains("LUFS"), "{facts}");
    let sound = format!("{}/recording/sound", post.editor);
    let part = author.get(&sound).await;
    assert!(part.has("[data-pending]") && !part.has("svg"), "it waits");

    // Nobody asked for anything: a recording is listened to as soon as it is there.
    site.run_jobs().await;
    let facts = author.get(&check).await.texts(".facts span").join(" ");
    assert!(facts.contains("LUFS"), "{facts}");
    for page in [author.get(&sound).await, author.get(&post.editor).await] {
        page.assert_status(200);
        assert!(page.has("svg.outline path[d^=M0]") && !page.has("[data-pending]"));
        assert!(page.texts(".facts span").join(" ").contains("LUFS"));
        assert!(!page.has("button[value=listen]"));
    }

    // What was heard may be thrown away; then the author can ask for it again.
    for kept in site.state.cache.list("heard-") {
        site.state.cache.remove(&kept.name);
    }
    let editor = author.get(&post.editor).await;
    assert!(editor.has("button[value=listen]") && !editor.has("svg.outline"));
    let asked = author
        .submit(editor.form("#post-form").press("listen"))
        .await;
    asked.assert_redirects_to(&format!("{}#recording", post.editor));
    assert!(author.get(&sound).await.has("[data-pending]"));
    site.run_jobs().await;
    assert!(author.get(&sound).await.has("svg.outline"));
}

/// A recording that says of itself that it has six channels, which nobody here decodes.
fn spoilt() -> Vec<u8> {
    let mut bytes = OPUS.to_vec();
    let head = bytes.windows(8).position(|eight| eight == b"OpusHead");
    let head = head.expect("an Opus file");
    bytes[head + 9] = 6;
    bytes[head + 18] = 1;
    bytes
}

/// Whether it is said that nothing could be heard, whichever way.
fn is_unheard(told: &str) -> bool {
    told.contains("손상") || told.contains("압축 방식")
}

#[tokio::test]
async fn a_recording_that_cannot_be_decoded_is_told_before_it_is_public() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("첫눈").await;
    author
        .record(&post, "a.opus", &spoilt())
        .await
        .assert_redirects_to(&post.editor);
    site.run_jobs().await;
    let check = format!("{}/check/short", post.editor);
    let told = author.get(&check).await.texts(".check-should").join(" ");
    assert!(is_unheard(&told), "{told}");
    let editor = author.get(&post.editor).await;
    let told = editor.texts("#recording .warning").join(" ");
    assert!(is_unheard(&told), "{told}");
    assert!(editor.has("button[value=listen]"));

    // Another one in its place is another matter.
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    site.run_jobs().await;
    let told = found(&author.get(&check).await);
    assert!(!is_unheard(&told), "{told}");
    let told = author.get(&post.editor).await.texts("#recording .warning");
    assert!(!is_unheard(&told.join(" ")), "{told:?}");
}

#[tokio::test]
async fn the_editor_tells_in_short_what_stands_in_the_way() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let editor = author.get(&post.editor).await;
    let address = editor.attributes(".check-part", "data-fresh").remove(0);
    let part = author.get(&address).await;
    part.assert_status(200);
    let told = part.texts("summary").join(" ");
    assert!(
        told.contains("공개를 막는 것 2개") && told.contains("살펴볼 것"),
        "{told}"
    );
    assert!(!part.has("html[lang]"), "a part of a page");
    for link in part.attributes(".checks a", "href") {
        if let Some((_, place)) = link.split_once('#') {
            assert!(editor.has(&format!("[id=\"{place}\"]")), "{place}");
        }
    }
    let fields = [
        ("title", "첫눈"),
        ("note", "메모"),
        ("script", "첫 문장."),
        ("ref_url", "https://paper.example/"),
    ];
    author.act(&post, &fields, "save").await;
    let part = author.get(&address).await;
    assert!(!part.has(".check-must"));
    assert!(
        site.state.fetch.heard().is_empty(),
        "no other site is asked"
    );
    site.stranger().get(&address).await.assert_status(303);
}

#[tokio::test]
async fn an_address_that_publish_would_refuse_is_told() {
    let site = Site::ready().await;
    let author = site.author();
    author.published("가을").await;
    let post = author.draft("겨울").await;
    for (slug, sentence) in [("a b/c", "주소"), ("가을", "다른 글")] {
        author.act(&post, &[("slug", slug)], "save").await;
        for part in ["check", "check/short"] {
            let page = author.get(&format!("{}/{part}", post.editor)).await;
            let musts = page.texts(".check-must").join("\n");
            assert!(musts.contains(sentence), "{part}: {musts}");
            let links = page.attributes(".check-must a", "href");
            assert!(links.contains(&format!("{}#f-slug", post.editor)));
        }
    }
    author.act(&post, &[("slug", "겨울")], "save").await;
    let page = author.get(&format!("{}/check", post.editor)).await;
    assert!(!page.has(".check-must"));
}
