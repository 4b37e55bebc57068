//! The editor without JavaScript: whatever button is pressed, what was typed elsewhere on the page
//! stays.
use crate::support::files::{MP3, NO_SOUND, OTHER_MP3, picture};
use crate::support::{Browser, Post, Site};
use crate::timing::{VTT, with_headings};

async fn script(author: &Browser, post: &Post) -> String {
    let page = author.get(&post.editor).await;
    page.form("#post-form").value("script").to_owned()
}

fn cover() -> Vec<u8> {
    picture(1400, [20, 90, 60])
}

#[tokio::test]
async fn every_button_saves_what_was_typed_before_it_does_anything_else() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    author
        .send_cover(&post, "a.png", &cover())
        .await
        .assert_status(303);
    let page = author.get(&post.editor).await;
    let not_about_text = [
        "upload_recording",
        "listen",
        "align",
        "cancel_work",
        "chapters_file",
        "preview_link",
        "restore_version:1",
        "remove_cover",
        "remove_recording",
    ];
    let text_buttons = page.attributes("button[name=action][form=post-form]", "value");
    assert!(text_buttons.contains(&"preview_link".to_owned()));
    for (n, button) in not_about_text.into_iter().enumerate() {
        let words = format!("{n}째로 쓴 글.");
        let page = author.get(&post.editor).await;
        let form = page.form("#post-form").set("script", &words);
        let sent = author.submit(form.press_any(button)).await;
        match button {
            // No file was chosen, which is told beside the field.
            "upload_recording" => sent.assert_status(422),
            "preview_link" => sent.assert_status(200),
            _ => sent.assert_status(303),
        };
        if button == "restore_version:1" {
            // Kept as a version, since another one took its place.
            let page = author.get(&post.editor).await;
            let newest = &page.attributes("button[value^='restore_version:']", "value")[0];
            let number = newest.trim_start_matches("restore_version:");
            let compare = format!("{}/history/compare?from={number}&to=now", post.editor);
            let page = author.get(&compare).await;
            let gone = page.texts(".diff del").join(" ");
            assert!(gone.contains(&format!("{n}째로")), "{button}: {gone}");
        } else {
            assert_eq!(script(&author, &post).await, words, "{button}");
        }
    }
}

#[tokio::test]
async fn files_come_along_with_whatever_is_pressed() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let page = author.get(&post.editor).await;
    let form = page
        .form("#post-form")
        .set("title", "첫 회")
        .set("script", "첫 문장입니다. 둘째 문장입니다.")
        .choose("recording", "a.mp3", MP3)
        .choose("cover", "a.png", &cover())
        .choose("transcript", "a.vtt", VTT.as_bytes())
        .press("publish");
    let answer = author.submit(form).await;
    answer.assert_status(200);
    assert!(answer.has("#imported"), "what came of the times is told");
    let page = author.get(&post.editor).await;
    assert!(page.has(".badge-published") && page.has(".cover-field img"));
    assert_eq!(page.texts("#recording [data-value=name]"), ["a.mp3"]);
    let sound = site.stranger().get(&post.audio("mp3")).await;
    assert_eq!(sound.body, MP3);
    let times = format!("/transcripts/{}.vtt", post.id);
    site.stranger().get(&times).await.assert_status(200);
}

#[tokio::test]
async fn a_file_that_is_refused_costs_nobody_his_text() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let form = async || author.get(&post.editor).await.form("#post-form");
    let sent = form()
        .await
        .set("script", "아직 저장 안 한 글.")
        .set("scheduled_at", "2030-01-02T03:04")
        .choose("recording", "a.mp3", NO_SOUND)
        .choose("cover", "a.png", b"no picture");
    let back = author.submit(sent.press("publish")).await;
    back.assert_fault_at("cover");
    assert!(!back.texts("#f-recording-error")[0].is_empty());
    let again = back.form("#post-form");
    assert_eq!(again.value("script"), "아직 저장 안 한 글.");
    assert_eq!(again.value("scheduled_at"), "2030-01-02T03:04");
    let page = author.get(&post.editor).await;
    assert!(page.has(".badge-draft"), "nothing became public without it");
    assert_eq!(script(&author, &post).await, "아직 저장 안 한 글.");

    // Over the limit of its kind, and read to its end all the same.
    let large = vec![0; 21 << 20];
    let sent = form().await.set("script", "더 쓴 글.");
    let sent = sent.choose("cover", "a.png", &large).press("upload_cover");
    let back = author.submit(sent).await;
    back.assert_status(413);
    assert_eq!(back.texts("#f-cover-error").len(), 1);
    assert_eq!(script(&author, &post).await, "더 쓴 글.");
}

#[tokio::test]
async fn faults_of_the_text_come_before_the_file() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let page = author.get(&post.editor).await;
    let form = page
        .form("#post-form")
        .set("season", "일곱")
        .set("note", "쪽지")
        .choose("recording", "a.mp3", MP3)
        .press("upload_recording");
    let back = author.submit(form).await;
    back.assert_fault_at("season");
    let again = back.form("#post-form");
    assert_eq!(
        (again.value("season"), again.value("note")),
        ("일곱", "쪽지")
    );
    assert!(!author.get(&post.editor).await.has("audio[src]"));
}

#[tokio::test]
async fn who_was_late_is_shown_both_texts_whatever_he_pressed() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let page = author.get(&post.editor).await;
    author.act(&post, &[("script", "먼저 쓴 글")], "save").await;
    for button in ["upload_recording", "preview_link"] {
        let form = page
            .form("#post-form")
            .set("script", "나중에 쓴 글")
            .choose("recording", "a.mp3", MP3)
            .press(button);
        let back = author.submit(form).await;
        back.assert_status(409);
        let typed = back.texts(".conflict ins").join(" ");
        assert!(typed.contains("나중"), "{typed}");
        assert_eq!(back.form("#post-form").value("script"), "나중에 쓴 글");
    }
    assert_eq!(script(&author, &post).await, "먼저 쓴 글");
}

#[tokio::test]
async fn a_post_without_a_title_gets_one_proposed() {
    let site = Site::ready().await;
    let author = site.author();
    let title = async |post: &Post| {
        let page = author.get(&post.editor).await;
        page.form("#post-form").value("title").to_owned()
    };
    let words = "# 첫눈 오는 날\n\n첫 문장입니다.";
    let post = author.new_post().await;
    author.act(&post, &[("script", words)], "save").await;
    assert_eq!(title(&post).await, "첫눈 오는 날");
    // Who empties it wants none, and nothing is put over what was typed.
    author.act(&post, &[("title", "")], "save").await;
    assert_eq!(title(&post).await, "");
    author.act(&post, &[("title", "내 제목")], "save").await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    assert_eq!(title(&post).await, "내 제목");
    // Nothing becomes public under a title that nobody saw.
    let post = author.new_post().await;
    let back = author.press(&post, &[("script", words)], "publish").await;
    back.assert_fault_at("title");

    // A recording without a heading: its own title, or the name of its file.
    let post = author.new_post().await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    assert!(
        !title(&post).await.is_empty(),
        "the file has one in its tags"
    );
    let post = author.new_post().await;
    let file = "2026-11-24_아침_논평.mp3";
    author
        .record(&post, file, OTHER_MP3)
        .await
        .assert_status(303);
    assert_eq!(title(&post).await, "2026-11-24 아침 논평");
}

#[tokio::test]
async fn what_a_button_does_not_take_is_still_there_after_it() {
    let site = Site::ready().await;
    let author = site.author();
    let post = with_headings(&site).await;
    for (button, status) in [("save", 200), ("ref-more", 200), ("preview_link", 200)] {
        let page = author.get(&post.editor).await;
        let form = page
            .form("#post-form")
            .set_nth("chapter_title", 1, "아직 안 받은 장")
            .set("transcript_text", "붙여 넣은 글")
            .set("correction_remark", "숫자를 고침")
            .press(button);
        let answer = author.submit(form).await;
        answer.assert_status(status);
        let again = answer.form("#post-form");
        assert_eq!(again.values("chapter_title")[1], "아직 안 받은 장");
        assert_eq!(again.value("transcript_text").trim(), "붙여 넣은 글");
        assert_eq!(again.value("correction_remark").trim(), "숫자를 고침");
        assert!(answer.has("#chapters[open]"));
    }
    // Taken in the end, from the page that came back.
    let page = author.get(&post.editor).await;
    let form = page.form("#post-form").set_nth("chapter_title", 1, "새 장");
    let back = author.submit(form.press("save")).await;
    let own = back.form("#post-form").press("chapters_own");
    author.submit(own).await.assert_status(303);
    let chapters = format!("/chapters/{}.json", post.id);
    let json = site.stranger().get(&chapters).await;
    assert!(json.text().contains("새 장"), "{}", json.text());
}
