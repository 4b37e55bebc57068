//! Transcripts as the world gets them: every form, whom it is there for, and what feeds say of it.
use daebon::features::posts::writing;
use daebon::features::transcripts;
use daebon::formats::transcript::{Origin, Times, Timing};
use daebon::kernel::ids::{PostId, SentenceId};

use crate::support::files::MP3;
use crate::support::{Browser, Post, Site};

/// The forms that are nothing without times, with their types.
const TIMED: [(&str, &str); 3] = [
    ("vtt", "text/vtt"),
    ("srt", "application/x-subrip"),
    ("json", "application/json"),
];
/// Those that are there for every script.
const WORDS: [(&str, &str); 2] = [("html", "text/html"), ("txt", "text/plain")];

fn file(post: &Post, ending: &str) -> String {
    format!("/transcripts/{}.{ending}", post.id)
}

/// The ids of the sentences that the public reads.
async fn sentences(site: &Site, post: &Post) -> Vec<SentenceId> {
    let id: PostId = post.id.parse().expect("an id");
    let sentences = daebon::features::posts::public_sentences(&site.state.db, &id).await;
    let sentences = sentences.expect("public");
    sentences.into_iter().map(|sentence| sentence.id).collect()
}

/// Says when the sentences of a post are spoken, a second each; the second one is not.
async fn time(site: &Site, post: &Post, from_ms: u64, ids: &[SentenceId]) {
    let id: PostId = post.id.parse().expect("an id");
    let db = &site.state.db;
    let copy = writing::working_copy(db, &id).await.expect("there").content;
    let recording = copy.recording_id.expect("a recording");
    let mut tx = db.begin().await.expect("begins");
    let stored = transcripts::find_in(&mut tx, &id, &recording).await;
    let mut timeline = stored.expect("reads").unwrap_or_default();
    for (n, sentence) in (0..).zip(ids) {
        let start_ms = from_ms + n * 1000;
        let spoken = Times::At(Timing {
            start_ms,
            end_ms: start_ms + 900,
            origin: Origin::Measured,
            percent: 20,
        });
        let times = if n == 1 {
            Times::NotSpoken(false)
        } else {
            spoken
        };
        timeline.set(sentence.clone(), times);
    }
    transcripts::put(&mut tx, &id, &recording, &timeline)
        .await
        .expect("stored");
    tx.commit().await.expect("committed");
}

/// An episode of three sentences and its ids.
async fn episode(site: &Site) -> (Post, Vec<SentenceId>) {
    let author = site.author();
    let post = author.new_post().await;
    let script = "첫 문장입니다.\n\n빠진 문장입니다.\n\n마지막 <문장>입니다.";
    let fields = [("title", "회차"), ("script", script)];
    author.act(&post, &fields, "save").await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    author.act(&post, &[], "publish").await;
    let ids = sentences(site, &post).await;
    assert_eq!(ids.len(), 3);
    (post, ids)
}

#[tokio::test]
async fn every_form_is_there_with_its_times() {
    let site = Site::ready().await;
    let (post, ids) = episode(&site).await;
    time(&site, &post, 1000, &ids).await;
    for (ending, kind) in TIMED.into_iter().chain(WORDS) {
        let answer = site.stranger().get(&file(&post, ending)).await;
        answer.assert_status(200);
        assert_eq!(
            answer.header("content-type"),
            format!("{kind}; charset=utf-8")
        );
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        let missing = !answer.text().contains("빠진 문장");
        assert_eq!(missing, ending != "html" && ending != "txt", "{ending}");
        let escaped = ending == "vtt" || ending == "html";
        let last = if escaped {
            "마지막 &lt;문장&gt;입니다."
        } else {
            "마지막 <문장>입니다."
        };
        assert!(answer.text().contains(last), "{}", answer.text());
        let headers = [("if-none-match", answer.header("etag"))];
        let (stranger, path) = (site.stranger(), file(&post, ending));
        stranger.get_with(&path, &headers).await.assert_status(304);
    }
    let vtt = site.stranger().get(&file(&post, "vtt")).await;
    assert!(vtt.text().starts_with("WEBVTT"));
    assert!(vtt.text().contains("00:00:01.000 --> 00:00:01.900"));
    let page = site.stranger().get(&format!("/p/{}", post.id)).await;
    let page = site.stranger().get(page.header("location")).await;
    for (ending, _) in TIMED.into_iter().chain(WORDS) {
        assert!(page.has(&format!("a[href='{}']", file(&post, ending))));
    }
}

#[tokio::test]
async fn without_times_there_are_the_words() {
    let site = Site::ready().await;
    let (post, _) = episode(&site).await;
    for (ending, _) in TIMED {
        site.stranger()
            .get(&file(&post, ending))
            .await
            .assert_not_found();
    }
    for (ending, _) in WORDS {
        site.stranger()
            .get(&file(&post, ending))
            .await
            .assert_status(200);
    }
    let feed = site.stranger().get("/@news/feed.xml").await;
    assert_eq!(transcript_urls(&feed, &post), ["html", "txt"]);
}

/// The endings that the feed names, in its order.
fn transcript_urls(feed: &crate::support::Answer, post: &Post) -> Vec<String> {
    let named = feed.text().split("<podcast:transcript ").skip(1);
    let ending = |tag: &str| {
        let tag = &tag[..tag.find('>').expect("an end")];
        let (_, rest) = tag.split_once(&format!("/transcripts/{}.", post.id))?;
        Some(rest[..rest.find('"').expect("an end")].to_owned())
    };
    named.filter_map(ending).collect()
}

#[tokio::test]
async fn the_feed_names_what_is_there_and_renews_that_one_item() {
    let site = Site::ready().await;
    let author = site.author();
    let other = author.episode("다른 회", "b.mp3", MP3).await;
    let (post, ids) = episode(&site).await;
    let before = site.stranger().get("/@news/feed.xml").await;
    site.clock.set(site.clock.now().plus_ms(5000));
    time(&site, &post, 1000, &ids).await;
    let feed = site.stranger().get("/@news/feed.xml").await;
    assert_ne!(feed.header("etag"), before.header("etag"));
    assert_eq!(
        transcript_urls(&feed, &post),
        ["vtt", "srt", "json", "html", "txt"]
    );
    assert_eq!(transcript_urls(&feed, &other), ["html", "txt"]);
    let tags = feed.text().split("<podcast:transcript ").skip(1);
    let captions =
        tags.filter(|tag| tag[..tag.find('>').expect("an end")].contains("rel=\"captions\""));
    assert_eq!(captions.count(), 2);
    for (_, kind) in TIMED.into_iter().chain(WORDS) {
        assert!(feed.text().contains(&format!("type=\"{kind}\"")), "{kind}");
    }
    let json = site.stranger().get("/@news/posts.json").await;
    assert!(
        !json.text().contains("/transcripts/"),
        "attachments are sound"
    );
}

#[tokio::test]
async fn a_change_of_times_is_seen_at_once() {
    let site = Site::ready().await;
    let (post, ids) = episode(&site).await;
    time(&site, &post, 1000, &ids).await;
    let before = site.stranger().get(&file(&post, "vtt")).await;
    site.clock.set(site.clock.now().plus_ms(5000));
    time(&site, &post, 2000, &ids).await;
    let after = site.stranger().get(&file(&post, "vtt")).await;
    assert!(after.text().contains("00:00:02.000 -->"));
    assert_ne!(after.header("etag"), before.header("etag"));
    assert_ne!(
        after.header("last-modified"),
        before.header("last-modified")
    );
    let headers = [("if-none-match", before.header("etag"))];
    let asked = site
        .stranger()
        .get_with(&file(&post, "vtt"), &headers)
        .await;
    asked.assert_status(200);
}

#[tokio::test]
async fn what_is_not_public_has_no_files() {
    let site = Site::ready().await;
    let author = site.author();
    let (post, ids) = episode(&site).await;
    time(&site, &post, 1000, &ids).await;
    author.act(&post, &[], "unlist").await;
    site.stranger()
        .get(&file(&post, "vtt"))
        .await
        .assert_status(200);
    author.act(&post, &[], "remove").await;
    let never = site.stranger().get("/transcripts/aaaaaaaaaaaa.vtt").await;
    never.assert_not_found();
    for (ending, _) in TIMED.into_iter().chain(WORDS) {
        let gone = site.stranger().get(&file(&post, ending)).await;
        gone.assert_same_as(&never);
    }
    for odd in ["exe", "vtt.txt", "", "VTT"] {
        site.stranger()
            .get(&file(&post, odd))
            .await
            .assert_not_found();
    }
}

async fn preview_link(author: &Browser, post: &Post) -> String {
    let page = author.get(&post.editor).await;
    let made = author
        .submit(page.form("#post-form").press("preview_link"))
        .await;
    let url = made
        .assert_status(200)
        .attributes("#new-preview-url", "value");
    let path = url[0].strip_prefix("http://127.0.0.1:8080");
    path.expect("an address of this site").to_owned()
}

#[tokio::test]
async fn a_preview_has_the_files_of_the_newest_version() {
    let site = Site::ready().await;
    let author = site.author();
    let (post, ids) = episode(&site).await;
    time(&site, &post, 1000, &ids).await;
    author.act(&post, &[], "remove").await;
    author.act(&post, &[], "restore").await;
    let own = format!("{}/preview/", post.editor);
    let link = format!("{}/", preview_link(&author, &post).await);
    for (ending, kind) in TIMED.into_iter().chain(WORDS) {
        site.stranger()
            .get(&file(&post, ending))
            .await
            .assert_not_found();
        for (who, place) in [(&author, &own), (&site.stranger(), &link)] {
            let answer = who.get(&format!("{place}transcript.{ending}")).await;
            answer.assert_status(200);
            assert!(answer.header("content-type").starts_with(kind));
            assert_eq!(answer.header("cache-control"), "no-store");
            assert!(answer.text().contains("첫 문장입니다."));
        }
    }
    let page = site.stranger().get(link.trim_end_matches('/')).await;
    assert!(page.has(&format!("a[href='{link}transcript.vtt']")));
    assert!(!page.text().contains("/transcripts/"));
    author
        .get(&format!("{own}transcript.exe"))
        .await
        .assert_not_found();
    site.stranger()
        .get(&format!("{link}transcript.exe"))
        .await
        .assert_not_found();
}

#[tokio::test]
async fn a_draft_that_was_never_kept_has_its_words() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let page = author.get(&post.editor).await;
    let form = page.form("#post-form").set("script", "첫 문장입니다.");
    let (_, body) = form.encode();
    let autosave = format!("{}/autosave", post.editor);
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    let saved = author.script("POST", &autosave, &kind, body.into()).await;
    saved.assert_status(200);
    let own = format!("{}/preview/transcript", post.editor);
    let text = author.get(&format!("{own}.txt")).await;
    assert_eq!(text.assert_status(200).text(), "첫 문장입니다.\n");
    author.get(&format!("{own}.vtt")).await.assert_not_found();
}
