//! The check before publishing.
use std::sync::atomic::Ordering;

use crate::support::Site;
use crate::support::files::MP3;

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
    let page = author.get(&format!("{}/check", post.editor)).await;
    page.assert_status(200);
    let facts = page.texts(".facts span").join(" ");
    assert!(facts.contains("MP3") && facts.contains("kHz"), "{facts}");
}
