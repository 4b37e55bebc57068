//! The page of a post as its readers get it: each sentence at its address with its seconds, and
//! everything that hangs on sentences.
mod around;
mod passages;
mod text;

use daebon::features::posts::{self, writing};
use daebon::features::transcripts;
use daebon::formats::transcript::{Gap, Origin, Times, Timing};
use daebon::kernel::ids::{PostId, SentenceId};

use crate::support::files::MP3;
use crate::support::{Answer, Browser, Post, Site};

/// A script of six sentences: a heading, a link, a sentence that is not spoken.
const SCRIPT: &str = "가람: 첫 문장입니다. 둘째는 [링크](https://a.example/)가 있습니다.\n\n\
    # 셋째는 제목\n\n넷째 <문장>입니다. 다섯째는 읽지 않습니다.\n\n여섯째 \"문장\"입니다.";

/// The ids of the sentences that the public reads.
async fn sentences(site: &Site, post: &Post) -> Vec<SentenceId> {
    let id: PostId = post.id.parse().expect("an id");
    let sentences = posts::public_sentences(&site.state.db, &id).await;
    let sentences = sentences.expect("public");
    sentences.into_iter().map(|sentence| sentence.id).collect()
}

/// When a sentence is spoken.
fn at(start_ms: u64, end_ms: u64, origin: Origin, percent: u8) -> Times {
    Times::At(Timing {
        start_ms,
        end_ms,
        origin,
        percent,
    })
}

/// Says when the sentences of a post are spoken, and where something else is.
async fn time(site: &Site, post: &Post, times: &[(&SentenceId, Times)], gaps: &[(u64, u64)]) {
    let id: PostId = post.id.parse().expect("an id");
    let db = &site.state.db;
    let copy = writing::working_copy(db, &id).await.expect("there").content;
    let recording = copy.recording_id.expect("a recording");
    let mut tx = db.begin().await.expect("begins");
    let stored = transcripts::find_in(&mut tx, &id, &recording).await;
    let mut timeline = stored.expect("reads").unwrap_or_default();
    for (sentence, times) in times {
        timeline.set((*sentence).clone(), times.clone());
    }
    let gap = |&(start_ms, end_ms): &(u64, u64)| Gap { start_ms, end_ms };
    timeline.gaps = gaps.iter().map(gap).collect();
    transcripts::put(&mut tx, &id, &recording, &timeline)
        .await
        .expect("stored");
    tx.commit().await.expect("committed");
}

/// A text post with [`SCRIPT`], and the ids of its sentences.
async fn text_post(site: &Site) -> (Post, Vec<SentenceId>) {
    let author = site.author();
    let post = author.new_post().await;
    let fields = [("title", "글 \"하나\""), ("script", SCRIPT)];
    author.act(&post, &fields, "publish").await;
    let ids = sentences(site, &post).await;
    assert_eq!(ids.len(), 6);
    (post, ids)
}

/// The same as an episode: five sentences are spoken, of two it is not sure when; after the fourth
/// something else is.
async fn episode(site: &Site) -> (Post, Vec<SentenceId>) {
    let author = site.author();
    let post = author.new_post().await;
    let fields = [("title", "회차 \"하나\""), ("script", SCRIPT)];
    author.act(&post, &fields, "save").await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    author.act(&post, &[], "publish").await;
    let ids = sentences(site, &post).await;
    assert_eq!(ids.len(), 6);
    let times = [
        (&ids[0], at(0, 101, Origin::Measured, 90)),
        (&ids[1], at(101, 204, Origin::Imported, 50)),
        (&ids[2], at(204, 300, Origin::ByHand, 100)),
        (&ids[3], at(300, 400, Origin::Inferred, 90)),
        (&ids[4], Times::NotSpoken(false)),
        (&ids[5], at(600, 700, Origin::Measured, 20)),
    ];
    time(site, &post, &times, &[(430, 580)]).await;
    (post, ids)
}

/// The page's address without a query.
async fn address(who: &Browser, post: &Post) -> String {
    let short = who.get(&format!("/p/{}", post.id)).await;
    short.assert_status(301).header("location").to_owned()
}

/// The page of a post, in Korean unless the query says otherwise.
async fn page(site: &Site, post: &Post, query: &str) -> Answer {
    let who = site.stranger();
    let path = address(&who, post).await + query;
    let page = who.get_with(&path, &[("accept-language", "ko")]).await;
    page.assert_status(200);
    page
}
