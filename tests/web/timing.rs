//! The panel of script and sound: files taken in, chapters, work asked for and stopped.
use crate::support::files::{MP3, NO_SOUND, OTHER_MP3};
use crate::support::{Answer, Browser, Post, Site};

pub const VTT: &str = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n첫 문장입니다.\n\n\
    00:00:01.000 --> 00:00:02.500\n둘째 문장입니다.\n";

pub async fn draft(author: &Browser, script: &str) -> Post {
    let post = author.new_post().await;
    let fields = [("title", "회차"), ("script", script)];
    author.act(&post, &fields, "save").await;
    post
}

/// Sends a file by the form.
pub async fn send(author: &Browser, post: &Post, bytes: &[u8]) -> Answer {
    let page = author.get(&post.editor).await;
    let form = page.form("#post-form").press("upload_transcript");
    author
        .submit(form.choose("transcript", "a.exe", bytes))
        .await
}

async fn script(author: &Browser, post: &Post) -> String {
    let page = author.get(&post.editor).await;
    page.form("#post-form").value("script").to_owned()
}

pub async fn file(author: &Browser, post: &Post, ending: &str) -> Answer {
    let path = format!("{}/preview/transcript.{ending}", post.editor);
    author.get(&path).await
}

#[tokio::test]
async fn a_file_becomes_the_script_where_there_is_none() {
    let site = Site::ready().await;
    let author = site.author();
    let post = draft(&author, "").await;
    author
        .record(&post, "b.mp3", OTHER_MP3)
        .await
        .assert_status(303);
    let answer = send(&author, &post, VTT.as_bytes()).await;
    assert!(answer.assert_status(200).has("#imported"));
    let words = script(&author, &post).await;
    assert!(words.contains("첫 문장입니다.") && words.contains("둘째 문장입니다."));
    let vtt = file(&author, &post, "vtt").await;
    assert!(
        vtt.assert_status(200)
            .text()
            .contains("00:00:01.000 --> 00:00:02.500")
    );
    let revisions = author.get(&post.editor).await;
    assert!(revisions.has("#revisions li"), "a version was frozen");
}

#[tokio::test]
async fn the_same_recording_sent_again_changes_nothing() {
    let site = Site::ready().await;
    let author = site.author();
    let post = draft(&author, "첫 문장입니다. 둘째 문장입니다.").await;
    author.record(&post, "b.mp3", OTHER_MP3).await;
    send(&author, &post, VTT.as_bytes())
        .await
        .assert_status(200);
    author.act(&post, &[], "publish").await;
    let before = file(&author, &post, "vtt").await;
    assert!(before.text().contains("00:00:01.000 --> 00:00:02.500"));
    let again = author.record(&post, "다시.mp3", OTHER_MP3).await;
    again.assert_status(303);
    let after = file(&author, &post, "vtt").await;
    assert_eq!(after.text(), before.text());
    let list = author.get("/admin").await;
    assert!(!list.has(".post-changed"), "{}", list.text());
    // Another one is another one.
    author.record(&post, "c.mp3", MP3).await;
    let after = file(&author, &post, "vtt").await;
    assert_ne!(after.text(), before.text());
}

#[tokio::test]
async fn without_a_recording_there_are_only_the_words() {
    let site = Site::ready().await;
    let author = site.author();
    let post = draft(&author, "").await;
    let answer = send(&author, &post, VTT.as_bytes()).await;
    assert!(answer.assert_status(200).has("#imported li"), "it is said");
    assert!(script(&author, &post).await.contains("첫 문장입니다."));
    file(&author, &post, "vtt").await.assert_not_found();
    file(&author, &post, "txt").await.assert_status(200);
}

#[tokio::test]
async fn a_script_keeps_its_words() {
    let site = Site::ready().await;
    let author = site.author();
    let words = "첫 문장입니다. 둘째 문장입니다.";
    let post = draft(&author, words).await;
    author
        .record(&post, "b.mp3", OTHER_MP3)
        .await
        .assert_status(303);
    let answer = send(&author, &post, VTT.as_bytes()).await;
    answer.assert_status(200);
    assert_eq!(script(&author, &post).await, words);
    let vtt = file(&author, &post, "vtt").await;
    assert!(vtt.assert_status(200).text().contains("00:00:01.000 -->"));
    // Nothing of it is public before the post is.
    let public = format!("/transcripts/{}.vtt", post.id);
    site.stranger().get(&public).await.assert_not_found();
    author.act(&post, &[], "publish").await;
    site.stranger().get(&public).await.assert_status(200);
}

#[tokio::test]
async fn pasted_text_is_taken_like_a_file() {
    let site = Site::ready().await;
    let author = site.author();
    let post = draft(&author, "").await;
    author
        .record(&post, "b.mp3", OTHER_MP3)
        .await
        .assert_status(303);
    let page = author.get(&post.editor).await;
    let form = page.form("#post-form").set("transcript_text", VTT);
    let answer = author.submit(form.press("import_text")).await;
    assert!(answer.assert_status(200).has("#imported"));
    file(&author, &post, "srt").await.assert_status(200);
    // Text without times is none for a script that is there, and comes back as it was.
    let page = author.get(&post.editor).await;
    let form = page
        .form("#post-form")
        .set("transcript_text", "그냥 <글>입니다.");
    let answer = author.submit(form.press("import_text")).await;
    answer.assert_fault_at("transcript_text");
    let back = answer.form("#post-form");
    assert_eq!(back.value("transcript_text").trim(), "그냥 <글>입니다.");
}

#[tokio::test]
async fn what_is_no_transcript_changes_nothing() {
    let site = Site::ready().await;
    let author = site.author();
    let words = "첫 문장입니다. 둘째 문장입니다.";
    let post = draft(&author, words).await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    send(&author, &post, VTT.as_bytes())
        .await
        .assert_status(200);
    let before = file(&author, &post, "vtt").await;
    let chapters = br#"{"version":"1.2.0","chapters":[{"startTime":0,"title":"a"}]}"#;
    let other = "WEBVTT\n\n00:00.000 --> 00:01.000\nSomething else altogether\n";
    for wrong in [
        MP3,
        b"",
        b"\xFF\xFE\x00\xD8",
        b"{\"segments\": [",
        chapters,
        NO_SOUND,
        other.as_bytes(),
    ] {
        let answer = send(&author, &post, wrong).await;
        answer.assert_fault_at("transcript");
        assert_eq!(answer.texts("#f-transcript-error").len(), 1, "one sentence");
    }
    let huge = vec![b'a'; 5 * 1024 * 1024 + 1];
    send(&author, &post, &huge).await.assert_status(413);
    assert_eq!(script(&author, &post).await, words);
    assert_eq!(file(&author, &post, "vtt").await.body, before.body);
}

#[tokio::test]
async fn a_file_does_not_overwrite_what_was_saved_elsewhere() {
    let site = Site::ready().await;
    let author = site.author();
    let post = draft(&author, "").await;
    let old = author.get(&post.editor).await;
    author
        .act(&post, &[("script", "다른 창에서 쓴 글.")], "save")
        .await;
    let form = old.form("#post-form").press("upload_transcript");
    let answer = author
        .submit(form.choose("transcript", "a.vtt", VTT.as_bytes()))
        .await;
    answer.assert_status(409);
    assert_eq!(script(&author, &post).await, "다른 창에서 쓴 글.");
}

/// An episode with two headings that are timed, which is public.
pub async fn with_headings(site: &Site) -> Post {
    let author = site.author();
    let words = "# 여는 말\n\n첫 문장입니다.\n\n# 맺는 말\n\n둘째 문장입니다.";
    let post = draft(&author, words).await;
    author
        .record(&post, "b.mp3", OTHER_MP3)
        .await
        .assert_status(303);
    let vtt = "WEBVTT\n\n00:00.000 --> 00:00.500\n여는 말\n\n00:00.500 --> 00:01.000\n첫 문장입니다.\n\n\
        00:01.250 --> 00:01.500\n맺는 말\n\n00:01.500 --> 00:02.500\n둘째 문장입니다.\n";
    send(&author, &post, vtt.as_bytes())
        .await
        .assert_status(200);
    author.act(&post, &[], "publish").await;
    post
}

fn chapters_path(post: &Post) -> String {
    format!("/chapters/{}.json", post.id)
}

async fn press_chapters(author: &Browser, post: &Post, button: &str) -> Answer {
    let page = author.get(&post.editor).await;
    author.submit(page.form("#post-form").press(button)).await
}

#[tokio::test]
async fn headings_make_chapters_until_the_author_has_his_own() {
    let site = Site::ready().await;
    let author = site.author();
    let post = with_headings(&site).await;
    let stranger = site.stranger();
    let json = stranger.get(&chapters_path(&post)).await;
    assert_eq!(
        json.assert_status(200).text(),
        r#"{"version":"1.2.0","chapters":[{"startTime":0,"title":"여는 말"},{"startTime":1.25,"title":"맺는 말"}]}"#
    );
    assert_eq!(
        json.header("content-type"),
        "application/json+chapters; charset=utf-8"
    );
    assert_eq!(json.header("access-control-allow-origin"), "*");
    assert!(
        stranger
            .get("/@news/feed.xml")
            .await
            .text()
            .contains(&chapters_path(&post))
    );

    let page = author.get(&post.editor).await;
    let form = page
        .form("#post-form")
        .set_nth("chapter_start", 1, "0:02")
        .set_nth("chapter_title", 1, "고친 <말>")
        .set_nth("chapter_link", 1, "https://example.org/a")
        .set_nth("chapter_picture", 1, "https://example.org/b.jpg")
        .press("chapters_own");
    author.submit(form).await.assert_status(303);
    let json = stranger.get(&chapters_path(&post)).await;
    let own = r#"{"startTime":2,"title":"고친 <말>","img":"https://example.org/b.jpg","url":"https://example.org/a"}"#;
    assert!(json.text().contains(own), "{}", json.text());

    press_chapters(&author, &post, "chapters_headings")
        .await
        .assert_status(303);
    assert!(
        stranger
            .get(&chapters_path(&post))
            .await
            .text()
            .contains("1.25")
    );

    // None at all is a wish too.
    let page = author.get(&post.editor).await;
    let mut form = page.form("#post-form");
    for n in 0..2 {
        form = form
            .set_nth("chapter_start", n, "")
            .set_nth("chapter_title", n, "");
    }
    author
        .submit(form.press("chapters_own"))
        .await
        .assert_status(303);
    stranger.get(&chapters_path(&post)).await.assert_not_found();
    assert!(
        !stranger
            .get("/@news/feed.xml")
            .await
            .text()
            .contains(&chapters_path(&post))
    );
}

#[tokio::test]
async fn headings_that_are_not_read_are_chapters_too() {
    let site = Site::ready().await;
    let author = site.author();
    let words = "# 여는 말\n\n첫 문장입니다.\n\n# 맺는 말\n\n둘째 문장입니다.";
    let post = draft(&author, words).await;
    author
        .record(&post, "b.mp3", OTHER_MP3)
        .await
        .assert_status(303);
    send(&author, &post, VTT.as_bytes())
        .await
        .assert_status(200);
    author.act(&post, &[], "publish").await;
    let stranger = site.stranger();
    assert_eq!(
        stranger
            .get(&chapters_path(&post))
            .await
            .assert_status(200)
            .text(),
        r#"{"version":"1.2.0","chapters":[{"startTime":0,"title":"여는 말"},{"startTime":1,"title":"맺는 말"}]}"#
    );
    let feed = stranger.get("/@news/feed.xml").await;
    assert!(feed.text().contains(&chapters_path(&post)));
}

#[tokio::test]
async fn chapters_of_the_file_are_public_until_others_are_wished_for() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.episode("회차", "a.mp3", MP3).await;
    let stranger = site.stranger();
    let before = stranger.get(&chapters_path(&post)).await;
    before.assert_status(200);
    let page = author.get(&post.editor).await;
    let form = page
        .form("#post-form")
        .set_nth("chapter_title", 0, "다른 제목");
    author
        .submit(form.press("chapters_own"))
        .await
        .assert_status(303);
    let own = stranger.get(&chapters_path(&post)).await;
    assert!(own.text().contains("다른 제목"));
    press_chapters(&author, &post, "chapters_file")
        .await
        .assert_status(303);
    assert_eq!(stranger.get(&chapters_path(&post)).await.body, before.body);
}

#[tokio::test]
async fn faults_of_chapters_come_back_with_what_was_typed() {
    let site = Site::ready().await;
    let author = site.author();
    let post = with_headings(&site).await;
    let page = author.get(&post.editor).await;
    let form = page
        .form("#post-form")
        .set_nth("chapter_start", 0, "9:59")
        .set_nth("chapter_link", 1, "javascript:alert(1)");
    let answer = author.submit(form.clone().press("chapters_own")).await;
    answer.assert_fault_at("chapters");
    assert_eq!(answer.texts("#f-chapters .fault").len(), 2);
    let back = answer.form("#post-form");
    assert_eq!(back.values("chapter_start")[0], "9:59");
    assert_eq!(back.values("chapter_link")[1], "javascript:alert(1)");
    // Somebody changed them meanwhile.
    press_chapters(&author, &post, "chapters_headings")
        .await
        .assert_status(303);
    author
        .submit(form.press("chapters_headings"))
        .await
        .assert_status(409);
}

#[tokio::test]
async fn work_is_asked_for_and_stopped() {
    let site = Site::ready().await;
    let author = site.author();
    let post = draft(&author, "첫 문장입니다.").await;
    let status = format!("{}/transcript/status", post.editor);
    assert_eq!(author.get(&status).await.json()["open"], false);
    let page = author.get(&post.editor).await;
    assert!(!page.has("#timing-work"), "there is nothing to align with");
    author
        .record(&post, "b.mp3", OTHER_MP3)
        .await
        .assert_status(303);
    let press = async |button: &str| {
        let page = author.get(&post.editor).await;
        author.submit(page.form("#post-form").press(button)).await
    };
    let place = format!("{}#transcript", post.editor);
    press("align").await.assert_redirects_to(&place);
    let told = author.get(&status).await.json();
    assert_eq!(
        (told["state"].as_str(), told["open"].as_bool()),
        (Some("waiting"), Some(true))
    );
    let page = author.get(&post.editor).await;
    assert!(page.has("#transcript progress") && page.has("#transcript [data-part=reload]"));
    press("cancel_work").await.assert_redirects_to(&place);
    assert_eq!(author.get(&status).await.json()["state"], "cancelled");
    press("go_on").await.assert_redirects_to(&place);
    assert_eq!(author.get(&status).await.json()["state"], "waiting");
    site.stranger().get(&status).await.assert_status(303);
    author
        .get("/admin/posts/aaaaaaaaaaaa/transcript/status")
        .await
        .assert_not_found();
}
