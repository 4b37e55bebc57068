//! Work on a transcript that fails, as the post itself tells it.
use crate::support::Site;
use crate::support::files::OTHER_MP3;
use crate::timing::draft;

#[tokio::test]
async fn work_that_fails_again_and_again_does_not_look_like_progress() {
    let site = Site::ready_with(|config| {
        config.transcription = Some(daebon::config::Transcription {
            // Nobody listens there.
            url: "http://127.0.0.1:1/v1/audio/transcriptions".to_owned(),
            key: None,
            model: "any".to_owned(),
        });
    })
    .await;
    let author = site.author();
    let post = draft(&author, "").await;
    author
        .record(&post, "b.mp3", OTHER_MP3)
        .await
        .assert_status(303);
    let press = async |button: &str| {
        let page = author.get(&post.editor).await;
        author.submit(page.form("#post-form").press(button)).await
    };
    press("transcribe").await.assert_status(303);
    site.run_jobs().await;
    let status = format!("{}/transcript/status", post.editor);
    let told = author.get(&status).await.json();
    assert_eq!(
        (told["retried"].as_bool(), told["open"].as_bool()),
        (Some(true), Some(true))
    );
    let page = author.get(&post.editor).await;
    let shown = page.texts("#timing-state.fault").join(" ");
    assert!(
        shown.contains("받아쓰기 서버") && shown.contains("1번"),
        "{shown}"
    );
    assert!(!page.has("#transcript progress"));
    let place = format!("{}#transcript", post.editor);
    press("try_again").await.assert_redirects_to(&place);
    site.run_jobs().await;
    let page = author.get(&post.editor).await;
    let shown = page.texts("#timing-state.fault").join(" ");
    assert!(shown.contains("2번"), "{shown}");
    press("cancel_work").await.assert_redirects_to(&place);
    assert!(!author.get(&post.editor).await.has("#timing-state.fault"));
}
