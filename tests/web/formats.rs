//! A recording in two formats: its addresses, and what becomes of them.
use crate::support::files::{M4A, MP3, NO_SOUND, OPUS, OTHER_MP3};
use crate::support::{Answer, Browser, Post, Site};

impl Browser {
    /// Sends the same recording in a second format by the form without JavaScript.
    async fn record_second(&self, post: &Post, name: &str, sound: &[u8]) -> Answer {
        let page = self.get(&post.editor).await;
        let form = page.form("#post-form").choose("alternate", name, sound);
        self.submit(form.press("upload_alternate")).await
    }

    async fn both_formats(&self, title: &str) -> Post {
        let post = self.draft(title).await;
        self.record(&post, "a.mp3", MP3).await.assert_status(303);
        self.record_second(&post, "a.opus", OPUS)
            .await
            .assert_redirects_to(&post.editor);
        self.act(&post, &[], "publish").await;
        post
    }

    async fn moved(&self, post: &Post, from: &str, to: &str) {
        let answer = self.get(&post.audio(from)).await;
        assert_eq!(answer.assert_status(302).header("location"), post.audio(to));
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
}

#[tokio::test]
async fn both_formats_answer_alike() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.both_formats("첫 회").await;
    let page = author.get(&post.editor).await;
    assert_eq!(page.texts("#alternate [data-value=name]"), ["a.opus"]);
    let reader = site.stranger();
    for (ending, bytes, kind) in [("mp3", MP3, "audio/mpeg"), ("opus", OPUS, "audio/ogg")] {
        // The second time it comes without the database.
        for _ in 0..2 {
            let whole = reader.get(&post.audio(ending)).await;
            assert!(whole.assert_status(200).body == bytes, "{ending}");
            assert_eq!(whole.header("content-type"), kind);
            assert_eq!(whole.header("accept-ranges"), "bytes");
            assert_eq!(whole.header("access-control-allow-origin"), "*");
            assert!(whole.header("content-disposition").contains(ending));
            let etag = whole.header("etag").to_owned();
            let same = [("if-none-match", &*etag)];
            let again = reader.get_with(&post.audio(ending), &same).await;
            again.assert_status(304);
            let part = reader
                .get_with(&post.audio(ending), &[("range", "bytes=10-19")])
                .await;
            assert_eq!(part.assert_status(206).body, bytes[10..20]);
        }
    }
    reader.get(&post.audio("m4a")).await.assert_not_found();
}

#[tokio::test]
async fn a_second_format_is_public_after_update_and_leads_on_once_it_is_gone() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.episode("첫 회", "a.mp3", MP3).await;
    author
        .record_second(&post, "a.opus", OPUS)
        .await
        .assert_status(303);
    let reader = site.stranger();
    reader.get(&post.audio("opus")).await.assert_not_found();
    assert!(author.get("/admin").await.has(".changed"));
    author.act(&post, &[], "update").await;
    reader.get(&post.audio("opus")).await.assert_status(200);

    let page = author.get(&post.editor).await;
    let remove = page.form("#post-form").press("remove_alternate");
    author
        .submit(remove)
        .await
        .assert_redirects_to(&post.editor);
    assert!(!author.get(&post.editor).await.text().contains("a.opus"));
    reader.get(&post.audio("opus")).await.assert_status(200);
    author.act(&post, &[], "update").await;
    reader.moved(&post, "opus", "mp3").await;
    author.act(&post, &[], "remove").await;
    for ending in ["opus", "mp3"] {
        reader.get(&post.audio(ending)).await.assert_not_found();
    }
}

#[tokio::test]
async fn a_former_ending_comes_back_as_the_second_format() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.episode("첫 회", "a.mp3", MP3).await;
    author.record(&post, "a.m4a", M4A).await.assert_status(303);
    author.act(&post, &[], "update").await;
    let reader = site.stranger();
    reader.moved(&post, "mp3", "m4a").await;
    author
        .record_second(&post, "b.mp3", OTHER_MP3)
        .await
        .assert_status(303);
    author.act(&post, &[], "update").await;
    assert!(reader.get(&post.audio("mp3")).await.assert_status(200).body == OTHER_MP3);
    assert!(reader.get(&post.audio("m4a")).await.body == M4A);
    // Its kind becomes that of the first one: of two MP3 files one is public.
    author.record(&post, "c.mp3", MP3).await.assert_status(303);
    author.act(&post, &[], "update").await;
    assert!(reader.get(&post.audio("mp3")).await.assert_status(200).body == MP3);
    reader.moved(&post, "m4a", "mp3").await;
}

#[tokio::test]
async fn what_is_not_the_same_recording_is_refused_in_a_sentence() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("첫 회").await;
    let refused = async |name: &str, sound: &[u8], word: &str| {
        let back = author.record_second(&post, name, sound).await;
        let words = back
            .assert_status(422)
            .texts("#f-alternate-error")
            .join(" ");
        assert!(words.contains(word), "{words}");
        assert!(back.texts("#f-recording-error").join("").is_empty());
        assert_eq!(back.form("#post-form").value("title"), "첫 회");
    };
    refused("a.opus", OPUS, "먼저 녹음을").await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    refused("b.mp3", OTHER_MP3, "MP3").await;
    refused("b.mp3", NO_SOUND, "소리 파일").await;
    assert!(site.state.media.list_temp().expect("lists").is_empty());
    let page = author.get(&post.editor).await;
    assert!(page.has("#alternate:not([hidden]):not([open])"));
}
