//! Files with times: before there is a recording, without a change of the words, with new headings.
use crate::support::Site;
use crate::support::files::OTHER_MP3;
use crate::timing::{VTT, draft, file, send, with_headings};

#[tokio::test]
async fn times_that_came_before_the_recording_wait_for_it() {
    let site = Site::ready().await;
    let author = site.author();
    let words = "첫 문장입니다. 둘째 문장입니다.";
    // The second one of this file lies beyond the recording.
    let late = VTT.replace(
        "00:00:01.000 --> 00:00:02.500",
        "00:59:00.000 --> 00:59:02.000",
    );
    for (script, file_of_times, second) in
        [("", VTT, true), (words, VTT, true), (words, &late, false)]
    {
        let post = draft(&author, script).await;
        send(&author, &post, file_of_times.as_bytes())
            .await
            .assert_status(200);
        author
            .record(&post, "b.mp3", OTHER_MP3)
            .await
            .assert_status(303);
        let vtt = file(&author, &post, "vtt").await;
        assert!(vtt.assert_status(200).text().contains("00:00:00.000 -->"));
        assert_eq!(vtt.text().contains("00:00:01.000 -->"), second);
        assert!(!vtt.text().contains("00:59:00"));
        author.act(&post, &[], "publish").await;
        let public = format!("/transcripts/{}.vtt", post.id);
        let public = site.stranger().get(&public).await;
        assert_eq!(public.assert_status(200).body, vtt.body);
    }
}

#[tokio::test]
async fn times_alone_make_no_version() {
    let site = Site::ready().await;
    let author = site.author();
    let post = draft(&author, "첫 문장입니다. 둘째 문장입니다.").await;
    author
        .record(&post, "b.mp3", OTHER_MP3)
        .await
        .assert_status(303);
    author.act(&post, &[], "publish").await;
    let versions = async || {
        let page = author.get(&format!("{}/history", post.editor)).await;
        page.texts("select[name=from] option").len()
    };
    let before = versions().await;
    let form = author.get(&post.editor).await.form("#post-form");
    let mut form = form.set("title", "새 제목").set("note", "덧붙인 말");
    form.action = format!("{}/autosave", post.editor);
    author.submit(form).await.assert_status(200);
    send(&author, &post, VTT.as_bytes())
        .await
        .assert_status(200);
    send(&author, &post, VTT.as_bytes())
        .await
        .assert_status(200);
    assert_eq!(versions().await, before);
}

#[tokio::test]
async fn a_heading_that_is_new_is_a_chapter_at_once() {
    let site = Site::ready().await;
    let author = site.author();
    let post = with_headings(&site).await;
    let words = "# 여는 말\n\n# 첫 문장입니다.\n\n# 맺는 말\n\n둘째 문장입니다.";
    author.act(&post, &[("script", words)], "update").await;
    site.run_jobs().await;
    let page = author.get(&post.editor).await;
    let form = page.form("#post-form");
    let titles = form.values("chapter_title");
    assert_eq!(titles[..3], ["여는 말", "첫 문장입니다.", "맺는 말"]);
}
