//! Posts with a recording: the same address with something to hear.
use crate::support::Site;
use crate::support::files::{M4A, MP3, OTHER_MP3, picture};

const PAGE: &str = "/@news/%EC%B2%AB-%ED%9A%8C";

#[tokio::test]
async fn a_text_becomes_an_episode_at_its_own_address() {
    let site = Site::ready().await;
    let author = site.author();
    let stranger = site.stranger();
    let post = author.published("첫 회").await;
    let posts = stranger.get("/@news/posts.xml").await;
    let guid = posts.texts("item guid");
    assert!(
        stranger
            .get("/@news/feed.xml")
            .await
            .texts("item")
            .is_empty()
    );
    author
        .record(&post, "a.mp3", MP3)
        .await
        .assert_redirects_to(&post.editor);
    assert!(
        stranger
            .get("/@news/feed.xml")
            .await
            .texts("item")
            .is_empty()
    );
    stranger.get(&post.audio("mp3")).await.assert_not_found();
    author.act(&post, &[], "update").await;
    let podcast = stranger.get("/@news/feed.xml").await;
    assert_eq!(podcast.texts("item guid"), guid);
    assert_eq!(
        podcast.attributes("item enclosure", "url"),
        [format!("http://127.0.0.1:8080{}", post.audio("mp3"))]
    );
    assert_eq!(
        stranger.get("/@news/posts.xml").await.texts("item guid"),
        guid
    );
    assert!(stranger.get(PAGE).await.has("audio"));
}

#[tokio::test]
async fn what_the_file_says_is_offered_and_never_forced() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("내 제목").await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    let page = author.get(&post.editor).await;
    assert_eq!(page.form("#post-form").value("title"), "내 제목");
    assert!(
        page.text().contains("시험 녹음"),
        "the title in the tags is offered"
    );
    assert_eq!(
        page.texts("#recording [data-value=duration_text]"),
        ["0:04"]
    );
    assert_eq!(page.texts("#recording [data-value=name]"), ["a.mp3"]);
}

#[tokio::test]
async fn a_recording_taken_off_leaves_the_text() {
    let site = Site::ready().await;
    let author = site.author();
    let stranger = site.stranger();
    let post = author.episode("첫 회", "a.mp3", MP3).await;
    let page = author.get(&post.editor).await;
    author
        .submit(page.form("#post-form").press("remove_recording"))
        .await
        .assert_redirects_to(&post.editor);
    stranger.get(&post.audio("mp3")).await.assert_status(200);
    author.act(&post, &[], "update").await;
    stranger.get(&post.audio("mp3")).await.assert_not_found();
    stranger.get(PAGE).await.assert_status(200);
    assert!(
        stranger
            .get("/@news/feed.xml")
            .await
            .texts("item")
            .is_empty()
    );
}

#[tokio::test]
async fn a_better_take_has_the_same_address() {
    let site = Site::ready().await;
    let author = site.author();
    let stranger = site.stranger();
    let post = author.episode("첫 회", "a.mp3", MP3).await;
    let before = stranger.get(&post.audio("mp3")).await;
    author
        .record(&post, "b.mp3", OTHER_MP3)
        .await
        .assert_status(303);
    assert_eq!(stranger.get(&post.audio("mp3")).await.body, MP3);
    author.act(&post, &[], "update").await;
    let after = stranger.get(&post.audio("mp3")).await;
    assert_eq!(after.body, OTHER_MP3);
    let held = [("if-none-match", before.header("etag"))];
    stranger
        .get_with(&post.audio("mp3"), &held)
        .await
        .assert_status(200);
    // A player that goes on with the old file gets the new one whole, not half of each.
    let resumed = [("range", "bytes=100-"), ("if-range", before.header("etag"))];
    let answer = stranger.get_with(&post.audio("mp3"), &resumed).await;
    assert_eq!(answer.assert_status(200).body, OTHER_MP3);
}

#[tokio::test]
async fn a_recording_of_another_type_leaves_a_way_from_the_old_ending() {
    let site = Site::ready().await;
    let author = site.author();
    let stranger = site.stranger();
    let post = author.episode("첫 회", "a.mp3", MP3).await;
    author.record(&post, "b.m4a", M4A).await.assert_status(303);
    stranger.get(&post.audio("m4a")).await.assert_not_found();
    author.act(&post, &[], "update").await;
    let old = stranger.get(&post.audio("mp3")).await;
    old.assert_status(302);
    assert_eq!(old.header("location"), post.audio("m4a"));
    assert_eq!(stranger.get(&post.audio("m4a")).await.body, M4A);
    stranger.get(&post.audio("ogg")).await.assert_not_found();
    // What was never public leaves nothing.
    author.act(&post, &[], "remove").await;
    stranger.get(&post.audio("mp3")).await.assert_not_found();
    stranger.get(&post.audio("m4a")).await.assert_not_found();
}

#[tokio::test]
async fn a_file_that_nothing_names_any_more_goes_and_every_other_stays() {
    let site = Site::ready().await;
    let author = site.author();
    let stored = || {
        let media = std::fs::read_dir(site.state.data.path().join("media")).expect("a folder");
        let files = media.flatten().flat_map(|e| walk(&e.path()));
        files
            .filter(|bytes| bytes == MP3 || bytes == OTHER_MP3)
            .count()
    };
    let draft = author.draft("첫 회").await;
    author.record(&draft, "a.mp3", MP3).await.assert_status(303);
    assert_eq!(stored(), 1);
    author
        .record(&draft, "b.mp3", OTHER_MP3)
        .await
        .assert_status(303);
    author.act(&draft, &[], "publish").await;
    site.pass(2 * crate::support::DAY_MS).await;
    let page = author.get(&draft.editor).await;
    author
        .submit(page.form("#post-form").press("remove_recording"))
        .await
        .assert_status(303);
    author.act(&draft, &[], "update").await;
    site.run_jobs().await;
    // A version that was public names the second one still.
    assert!(stored() >= 1);
    assert_eq!(site.run_jobs().await, 0, "the queue is empty");
}

fn walk(path: &std::path::Path) -> Vec<Vec<u8>> {
    if path.is_dir() {
        let entries = std::fs::read_dir(path).expect("a folder");
        return entries.flatten().flat_map(|e| walk(&e.path())).collect();
    }
    vec![std::fs::read(path).expect("a file")]
}

#[tokio::test]
async fn a_picture_of_its_own_is_public_with_the_post() {
    let site = Site::ready().await;
    let author = site.author();
    let stranger = site.stranger();
    let post = author.episode("첫 회", "a.mp3", MP3).await;
    let sent = author
        .send_cover(&post, "내 그림.png", &picture(1400, [200, 30, 60]))
        .await;
    sent.assert_redirects_to(&post.editor);
    let images = async || {
        stranger
            .get("/@news/feed.xml")
            .await
            .attributes("item [href*='/covers/']", "href")
    };
    // Without one of its own it shows the show's (FEED 1: an item's image is recommended).
    let of_show = images().await;
    assert_eq!(of_show.len(), 1);
    let own = author
        .get(&format!("{}/preview/cover.jpg", post.editor))
        .await;
    assert_eq!(own.assert_status(200).header("content-type"), "image/jpeg");
    author.act(&post, &[], "update").await;
    let url = images().await.remove(0);
    assert_ne!(url, of_show[0]);
    let path = url
        .strip_prefix("http://127.0.0.1:8080")
        .expect("of this site")
        .to_owned();
    let public = stranger.get(&path).await;
    let read = image::load_from_memory(&public.assert_status(200).body).expect("a picture");
    assert_eq!((read.width(), read.height()), (1400, 1400));
    author.act(&post, &[], "remove").await;
    stranger.get(&path).await.assert_not_found();
}

#[tokio::test]
async fn a_picture_that_is_too_small_or_none_is_refused_in_a_sentence() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let small = picture(1399, [0, 0, 0]);
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    for bytes in [small.as_slice(), b"", svg, b"\x89PNG\r\n\x1a\n"] {
        let back = author.send_cover(&post, "x.png", bytes).await;
        back.assert_fault_at("cover");
    }
}

#[tokio::test]
async fn the_picture_in_the_file_becomes_the_cover_only_if_it_is_fit() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    // The one in this file is of 64 pixels.
    let page = author.get(&post.editor).await;
    author
        .submit(page.form("#post-form").press("cover_of_recording"))
        .await
        .assert_not_found();
}
