//! Sentences that are aligned again: what is known of them stays, in public too, until there is an
//! answer.
use serde_json::json;

use crate::mending::{Bench, at, draft};
use crate::support::{Browser, Post, Site};
use crate::timing;

/// Imported times of the first two sentences, and the hand's of the third one; it is public.
async fn public_times(author: &Browser) -> Post {
    let post = draft(author).await;
    let vtt = "WEBVTT\n\n00:00.000 --> 00:00.800\n첫 문장입니다.\n\n\
        00:00.800 --> 00:01.500\n둘째 문장입니다.\n";
    timing::send(author, &post, vtt.as_bytes())
        .await
        .assert_status(200);
    author.act(&post, &[], "publish").await;
    let bench = Bench::open(author, &post).await;
    let set = json!([{ "id": bench.id(2), "set": { "start_ms": 1600, "end_ms": 2400 } }]);
    bench.save(set).await.assert_status(200);
    post
}

#[tokio::test]
async fn times_stay_until_the_aligner_answers() {
    let site = Site::ready().await;
    let author = site.author();
    let post = public_times(&author).await;
    let public = format!("/transcripts/{}.vtt", post.id);
    let before = site.stranger().get(&public).await.body.clone();
    let mut bench = Bench::open(&author, &post).await;
    let lines = bench.state["lines"].clone();
    let status = format!("{}/transcript/status", post.editor);
    let work = async || author.get(&status).await.json()["state"].clone();
    let between = json!({ "version": bench.version(), "after": null, "before": bench.id(2) });

    // It waits, it is taken back, it is asked for again and stopped: all is as it was.
    let asked = bench.send("/align", &between).await;
    let asked = asked.assert_status(200).json();
    assert_eq!(asked["work"]["open"], true);
    assert_eq!(asked["lines"], lines);
    let mut stop = between.clone();
    stop["stop"] = true.into();
    bench.send("/align", &stop).await.assert_status(200);
    bench.send("/align", &between).await.assert_status(200);
    assert_eq!(work().await, "waiting");
    let page = author.get(&post.editor).await;
    let form = page.form("#post-form").press("cancel_work");
    author.submit(form).await.assert_status(303);
    assert_eq!(work().await, "cancelled");
    bench.look().await;
    assert_eq!(bench.state["lines"], lines);
    assert_eq!(bench.state["version"], between["version"]);
    assert_eq!(site.stranger().get(&public).await.body, before);

    // Between sentences that are all fixed there is nothing to look for.
    let fixed = json!({ "version": bench.version(), "after": bench.id(1), "before": null });
    bench.send("/align", &fixed).await.assert_status(422);
}

#[tokio::test]
async fn everything_is_aligned_again_without_javascript() {
    let site = Site::ready().await;
    let author = site.author();
    let post = public_times(&author).await;
    let page = format!("{}/timing", post.editor);
    let form = author.get(&page).await.form("#mending-plain");
    let form = form.set_nth("end", 2, "2.3").press("anew");
    author
        .submit(form)
        .await
        .assert_redirects_to(&format!("{page}?page=1"));
    let bench = Bench::open(&author, &post).await;
    assert_eq!(bench.state["work"]["open"], true);
    assert_eq!(bench.times(0), &at(0, 800, "imported", 100));
    assert_eq!(bench.times(2), &at(1600, 2300, "by-hand", 100));
    let told = author.get(&page).await.texts("#mending-work");
    assert_eq!(told.len(), 1, "{told:?}");
}
