//! Transcripts on both engines: what is stored, who may change it, and the states of the work.
use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::db::testing::NOW;
use crate::db::{Db, Tx};
use crate::features::posts::{self, Content, writing};
use crate::features::recordings;
use crate::features::testing::{Site, sites, wav};
use crate::formats::chapters::Chapter;
use crate::formats::transcript::{Gap, Line, Origin, Times, Timing};
use crate::kernel::ids::{PostId, RecordingId, SentenceId};
use crate::kernel::{Error, Message};

fn sid(text: &str) -> SentenceId {
    text.parse().expect("a sentence's id")
}

fn at(start_ms: u64, origin: Origin) -> Times {
    Times::At(Timing {
        start_ms,
        end_ms: start_ms + 900,
        origin,
        percent: 90,
    })
}

/// Gives the site's draft a script and a recording.
async fn with_recording(site: &Site) -> RecordingId {
    let file = wav(16_000, 1);
    let temp = site.state.media.temp_path("test");
    std::fs::write(&temp, &file).expect("writes");
    let arrived = recordings::take_in(&site.state, temp, file.len() as u64, "a.wav".into())
        .await
        .expect("sound");
    let db = &site.state.db;
    let mut tx = db.begin().await.expect("begins");
    let recording = arrived.write(&mut tx).await.expect("writes").id;
    posts::attach_recording(&mut tx, &site.post, Some(&recording))
        .await
        .expect("attaches");
    let copy = writing::working_copy_in(&mut tx, &site.post)
        .await
        .expect("there");
    let content = Content {
        title: "제목".into(),
        script: "첫 문장입니다. 둘째 문장입니다.".into(),
        ..copy.content
    };
    posts::save_in(&mut tx, &site.post, copy.version, "", &content)
        .await
        .expect("saves");
    tx.commit().await.expect("commits");
    recording
}

async fn open(db: &Db) -> Tx {
    db.begin().await.expect("begins")
}

async fn revision_of(site: &Site) -> i64 {
    let show = crate::features::show::find(&site.state.db, &site.show).await;
    show.expect("there").revision
}

#[tokio::test]
async fn what_is_stored_is_read_and_the_slower_one_is_refused() {
    for site in sites().await {
        let (db, post) = (&site.state.db, &site.post);
        let recording = with_recording(&site).await;
        assert_eq!(find(db, post, &recording).await.expect("reads"), None);
        let mut timeline = Timeline {
            algorithm: 3,
            verdict: Verdict::Doubtful,
            chapters: Some(vec![Chapter {
                start_ms: 10,
                title: "하나".into(),
                ..Chapter::default()
            }]),
            gaps: vec![Gap {
                start_ms: 5,
                end_ms: 9,
            }],
            times: BTreeMap::from([
                (sid("aaaaaa"), at(100, Origin::Measured)),
                (sid("bbbbbb"), Times::NotSpoken(true)),
            ]),
            ..Timeline::default()
        };
        let mut tx = open(db).await;
        assert_eq!(
            put(&mut tx, post, &recording, &timeline)
                .await
                .expect("saves"),
            1
        );
        let again = put(&mut tx, post, &recording, &timeline).await;
        assert!(
            matches!(again, Err(Error::Conflict(_))),
            "it is there already"
        );
        tx.commit().await.expect("commits");
        let stored = find(db, post, &recording)
            .await
            .expect("reads")
            .expect("there");
        (timeline.version, timeline.changed_at) = (1, NOW);
        assert_eq!(stored, timeline);
        let told = public_times(db, post, &recording).await.expect("reads");
        assert_eq!(
            (told.version, told.is_timed),
            (1, false),
            "no version has these sentences"
        );

        timeline.times.clear();
        timeline.chapters = None;
        let mut tx = open(db).await;
        assert_eq!(
            put(&mut tx, post, &recording, &timeline)
                .await
                .expect("saves"),
            2
        );
        let late = put(&mut tx, post, &recording, &timeline).await;
        assert!(matches!(late, Err(Error::Conflict(_))), "an older version");
        let stored = find_in(&mut tx, post, &recording)
            .await
            .expect("reads")
            .expect("there");
        assert_eq!(
            (stored.version, stored.times.len(), stored.chapters),
            (2, 0, None)
        );
    }
}

#[tokio::test]
async fn only_what_the_public_hears_raises_the_show() {
    for site in sites().await {
        let (db, post) = (&site.state.db, &site.post);
        let recording = with_recording(&site).await;
        let mut timeline = Timeline::default();
        let before = revision_of(&site).await;
        let mut tx = open(db).await;
        timeline.version = put(&mut tx, post, &recording, &timeline)
            .await
            .expect("saves");
        tx.commit().await.expect("commits");
        assert_eq!(revision_of(&site).await, before, "a draft");
        let mut tx = open(db).await;
        posts::publish(&mut tx, post).await.expect("publishes");
        tx.commit().await.expect("commits");
        let before = revision_of(&site).await;
        let mut tx = open(db).await;
        put(&mut tx, post, &recording, &timeline)
            .await
            .expect("saves");
        tx.commit().await.expect("commits");
        assert_eq!(revision_of(&site).await, before + 1);
    }
}

#[tokio::test]
async fn what_is_asked_for_freezes_a_version_once() {
    for site in sites().await {
        let (db, post) = (&site.state.db, &site.post);
        let mut tx = open(db).await;
        let without = request_align(&mut tx, post, false).await;
        assert!(matches!(without, Err(Error::Invalid(_))), "no recording");
        drop(tx);
        with_recording(&site).await;
        for _ in 0..2 {
            let mut tx = open(db).await;
            request_align(&mut tx, post, true).await.expect("asks");
            tx.commit().await.expect("commits");
        }
        let count = writing::find(db, post).await.expect("there").revision_count;
        assert_eq!(count, 1, "nothing was changed between the two");
        let work = work(db, post).await.expect("reads").expect("there");
        let told = (work.kind, work.state, work.whole, work.progress_percent);
        assert_eq!(told, (WorkKind::Align, WorkState::Waiting, true, 0));
    }
}

/// What the job of a post would do now: marks it as running.
async fn begin_planned(tx: &mut Tx, site: &Site, whole: bool) {
    let found = writing::find_in(tx, &site.post).await.expect("there");
    let row = work_in(tx, &site.post)
        .await
        .expect("reads")
        .expect("there");
    let sought = jobs::plan::sought(tx, &found, whole, &row.again)
        .await
        .expect("plans");
    let jobs::plan::Sought::Sentences(plan) = sought else {
        panic!("nothing is sought");
    };
    let begun = super::begin(tx, &site.post, WorkKind::Align, &plan.basis()).await;
    assert!(begun.expect("begins"));
}

#[tokio::test]
async fn what_runs_is_begun_anew_only_for_something_else() {
    for site in sites().await {
        let (db, post, kind) = (&site.state.db, &site.post, WorkKind::Align);
        let recording = with_recording(&site).await;
        let mut tx = open(db).await;
        let state = async |tx: &mut Tx| {
            let work = work_in(tx, post).await.expect("reads").expect("there");
            (work.state, work.progress_percent, work.whole)
        };
        let (running, waiting) = (WorkState::Running, WorkState::Waiting);
        request_align(&mut tx, post, false).await.expect("asks");
        begin_planned(&mut tx, &site, false).await;
        assert!(progress(&mut tx, post, kind, 40).await.expect("notes"));
        request_align(&mut tx, post, false).await.expect("asks");
        assert_eq!(state(&mut tx).await, (running, 40, false), "the same");
        request_align(&mut tx, post, true).await.expect("asks");
        assert_eq!(state(&mut tx).await, (waiting, 0, true), "anew");
        begin_planned(&mut tx, &site, true).await;
        assert!(progress(&mut tx, post, kind, 50).await.expect("notes"));
        request_align(&mut tx, post, false).await.expect("asks");
        assert_eq!(state(&mut tx).await, (running, 50, true), "part of it");
        // The author fixes a sentence.
        let lines = posts::newest_lines(&mut tx, post).await.expect("reads");
        let mut timeline = Timeline::default();
        timeline.set(lines[0].id.clone(), at(100, Origin::ByHand));
        put(&mut tx, post, &recording, &timeline)
            .await
            .expect("saves");
        request_align(&mut tx, post, false).await.expect("asks");
        assert_eq!(state(&mut tx).await, (waiting, 0, true), "fixed");
        begin_planned(&mut tx, &site, true).await;
        assert!(progress(&mut tx, post, kind, 60).await.expect("notes"));
        // And another script.
        let copy = writing::working_copy_in(&mut tx, post)
            .await
            .expect("there");
        let content = Content {
            script: format!("{} 끝입니다.", copy.content.script),
            ..copy.content
        };
        posts::save_in(&mut tx, post, copy.version, "", &content)
            .await
            .expect("saves");
        request_align(&mut tx, post, false).await.expect("asks");
        assert_eq!(state(&mut tx).await, (waiting, 0, true), "another text");
    }
}

#[tokio::test]
async fn sentences_are_sought_again_until_they_are_spared() {
    for site in sites().await {
        let (db, post, kind) = (&site.state.db, &site.post, WorkKind::Align);
        let recording = with_recording(&site).await;
        let mut tx = open(db).await;
        request_align(&mut tx, post, false).await.expect("asks");
        let lines = posts::newest_lines(&mut tx, post).await.expect("reads");
        let [first, second] = [0, 1].map(|n: usize| BTreeSet::from([lines[n].id.clone()]));
        let both: BTreeSet<SentenceId> = &first | &second;
        let mut timeline = Timeline::default();
        for id in &both {
            timeline.set(id.clone(), at(100, Origin::Imported));
        }
        timeline.version = put(&mut tx, post, &recording, &timeline)
            .await
            .expect("saves");
        cancel(&mut tx, post).await.expect("stops");
        let of = async |tx: &mut Tx| {
            let work = work_in(tx, post).await.expect("reads").expect("there");
            (work.state, work.again)
        };
        let (running, waiting) = (WorkState::Running, WorkState::Waiting);

        for ids in [&first, &second] {
            request_again(&mut tx, post, ids.clone())
                .await
                .expect("asks");
        }
        assert_eq!(of(&mut tx).await, (waiting, both.clone()));
        begin_planned(&mut tx, &site, false).await;
        request_again(&mut tx, post, first.clone())
            .await
            .expect("asks");
        assert_eq!(of(&mut tx).await, (running, both.clone()), "the same");
        spare(&mut tx, post, &first).await.expect("spares");
        assert_eq!(of(&mut tx).await, (waiting, second.clone()), "less");
        begin_planned(&mut tx, &site, false).await;
        spare(&mut tx, post, &first).await.expect("spares");
        assert_eq!(of(&mut tx).await, (running, second.clone()), "not asked");
        // Stopped and gone on with, or given up, it changes no time.
        cancel(&mut tx, post).await.expect("stops");
        spare(&mut tx, post, &second)
            .await
            .expect("changes nothing");
        go_on(&mut tx, post).await.expect("goes on");
        assert_eq!(of(&mut tx).await, (waiting, second.clone()));
        begin_planned(&mut tx, &site, false).await;
        let why = Message::new("error-align-machine");
        assert!(end(&mut tx, post, kind, Err(&why)).await.expect("ends"));
        let stored = find_in(&mut tx, post, &recording).await.expect("reads");
        let stored = stored.expect("there");
        assert_eq!(
            (stored.version, stored.times),
            (timeline.version, timeline.times)
        );
        // What is asked for after that begins with nothing of it.
        request_align(&mut tx, post, true).await.expect("asks");
        assert_eq!(of(&mut tx).await, (waiting, BTreeSet::new()));
    }
}

#[tokio::test]
async fn work_that_ended_well_tells_what_came_of_it() {
    for site in sites().await {
        let (db, post, kind) = (&site.state.db, &site.post, WorkKind::Align);
        with_recording(&site).await;
        let mut tx = open(db).await;
        let told = async |tx: &mut Tx| {
            let work = work_in(tx, post).await.expect("reads").expect("there");
            work.message
        };
        let what = Message::new("align-found")
            .with("found", 1)
            .with("sought", 2);
        request_align(&mut tx, post, false).await.expect("asks");
        store::work::tell(&mut tx, post, &what)
            .await
            .expect("tells");
        assert_eq!(told(&mut tx).await, None, "it only waits");
        begin_planned(&mut tx, &site, false).await;
        assert!(end(&mut tx, post, kind, Ok(())).await.expect("ends"));
        store::work::tell(&mut tx, post, &what)
            .await
            .expect("tells");
        assert_eq!(told(&mut tx).await, Some(StoredMessage::from(&what)));
        request_align(&mut tx, post, false).await.expect("asks");
        assert_eq!(told(&mut tx).await, None, "another work");
    }
}

#[tokio::test]
async fn times_without_a_recording_are_kept_once() {
    for site in sites().await {
        let (db, post) = (&site.state.db, &site.post);
        let mut tx = open(db).await;
        let take = async |tx: &mut Tx| store::early::take(tx, post).await.expect("reads");
        assert_eq!(take(&mut tx).await, None);
        let first = vec![(sid("bbbbbb"), at(1, Origin::Imported))];
        let second = vec![
            (sid("bbbbbb"), at(5, Origin::Imported)),
            (sid("aaaaaa"), Times::NotSpoken(false)),
        ];
        for times in [&first, &second] {
            store::early::put(&mut tx, post, times)
                .await
                .expect("keeps");
        }
        assert_eq!(take(&mut tx).await, Some(second));
        assert_eq!(take(&mut tx).await, None);
        store::early::put(&mut tx, post, &first)
            .await
            .expect("keeps");
        tx.commit().await.expect("commits");
        let recording = with_recording(&site).await;
        let mut tx = open(db).await;
        lay_early(&mut tx, post, &recording).await.expect("lays");
        let laid = find_in(&mut tx, post, &recording).await.expect("reads");
        assert_eq!(laid.expect("there").of(&sid("bbbbbb")), &first[0].1);
        assert_eq!(take(&mut tx).await, None);
    }
}

#[tokio::test]
async fn work_is_begun_stopped_taken_up_and_ended() {
    for site in sites().await {
        let (db, post, kind) = (&site.state.db, &site.post, WorkKind::Align);
        with_recording(&site).await;
        let mut tx = open(db).await;
        assert!(
            !super::begin(&mut tx, post, kind, "b").await.expect("asks"),
            "none"
        );
        request_align(&mut tx, post, false).await.expect("asks");
        assert!(
            !progress(&mut tx, post, kind, 5).await.expect("asks"),
            "it only waits"
        );
        assert!(
            !super::begin(&mut tx, post, WorkKind::Transcribe, "b")
                .await
                .expect("asks")
        );
        assert!(
            super::begin(&mut tx, post, kind, "b")
                .await
                .expect("begins")
        );
        assert!(progress(&mut tx, post, kind, 40).await.expect("notes"));
        cancel(&mut tx, post).await.expect("cancels");
        assert!(
            !progress(&mut tx, post, kind, 50).await.expect("asks"),
            "cancelled"
        );
        assert!(
            !end(&mut tx, post, kind, Ok(())).await.expect("asks"),
            "cancelled"
        );
        go_on(&mut tx, post).await.expect("goes on");
        let now = work_in(&mut tx, post).await.expect("reads").expect("there");
        assert_eq!((now.state, now.progress_percent), (WorkState::Waiting, 40));
        assert!(
            super::begin(&mut tx, post, kind, "b")
                .await
                .expect("begins")
        );
        let why = Message::new("error-align-no-script").with("name", "값");
        store::work::note_fault(&mut tx, post, kind, &why)
            .await
            .expect("notes");
        let tried = work_in(&mut tx, post).await.expect("reads").expect("there");
        assert_eq!(tried.message, Some(StoredMessage::from(&why)));
        assert_eq!(tried.state, WorkState::Running);
        assert!(end(&mut tx, post, kind, Err(&why)).await.expect("ends"));
        let failed = work_in(&mut tx, post).await.expect("reads").expect("there");
        assert_eq!(failed.message, Some(StoredMessage::from(&why)));
        cancel(&mut tx, post).await.expect("changes nothing");
        go_on(&mut tx, post).await.expect("goes on");
        assert!(
            super::begin(&mut tx, post, kind, "b")
                .await
                .expect("begins")
        );
        assert!(end(&mut tx, post, kind, Ok(())).await.expect("ends"));
        go_on(&mut tx, post).await.expect("changes nothing");
        let done = work_in(&mut tx, post).await.expect("reads").expect("there");
        assert_eq!(
            (done.state, done.progress_percent, done.message),
            (WorkState::Done, 100, None)
        );
    }
}

#[tokio::test]
async fn open_work_is_listed_until_it_is_done_or_stopped() {
    for site in sites().await {
        let (db, post) = (&site.state.db, &site.post);
        with_recording(&site).await;
        let states = async || {
            let all = super::open_work(db, 10).await.expect("reads");
            let of = |(id, work): (PostId, Work)| (id == *post).then_some(work.state);
            all.into_iter().filter_map(of).collect::<Vec<_>>()
        };
        assert_eq!(states().await, []);
        for (state, listed) in [
            (WorkState::Waiting, true),
            (WorkState::Running, true),
            (WorkState::Failed, true),
            (WorkState::Cancelled, false),
            (WorkState::Done, false),
        ] {
            let mut tx = open(db).await;
            request_align(&mut tx, post, true).await.expect("asks");
            let work = work_in(&mut tx, post).await.expect("reads").expect("there");
            let work = Work { state, ..work };
            super::set_work(&mut tx, post, &work).await.expect("writes");
            tx.commit().await.expect("commits");
            let expected: &[WorkState] = if listed { &[state] } else { &[] };
            assert_eq!(states().await, expected);
        }
        assert!(super::open_work(db, 0).await.expect("reads").is_empty());
    }
}

#[test]
fn machines_move_nothing_that_the_author_set() {
    let mut timeline = Timeline::default();
    timeline.set(sid("aaaaaa"), at(100, Origin::ByHand));
    timeline.set(sid("bbbbbb"), Times::NotSpoken(true));
    timeline.set(sid("cccccc"), at(300, Origin::Imported));
    timeline.set(sid("dddddd"), Times::NotSpoken(false));
    timeline.set(sid("eeeeee"), at(500, Origin::Measured));
    timeline.take_found([
        (sid("aaaaaa"), at(1, Origin::Measured)),
        (sid("bbbbbb"), at(2, Origin::Measured)),
        (sid("cccccc"), Times::Unknown),
        (sid("dddddd"), at(4, Origin::Inferred)),
    ]);
    let of = |id: &str| timeline.of(&sid(id)).clone();
    assert_eq!(of("aaaaaa"), at(100, Origin::ByHand));
    assert_eq!(of("bbbbbb"), Times::NotSpoken(true));
    assert_eq!(of("cccccc"), Times::Unknown);
    assert_eq!(of("dddddd"), at(4, Origin::Inferred));
    assert_eq!(
        of("eeeeee"),
        at(500, Origin::Measured),
        "nothing was said of it"
    );
    timeline.forget_found();
    assert_eq!(timeline.times.len(), 2);
    let line = |id: &str| Line {
        id: sid(id),
        block: 0,
        is_heading: false,
        speaker: None,
        text: String::new(),
        times: Times::Unknown,
    };
    let filled = timeline.fill(vec![line("bbbbbb"), line("ffffff")]);
    assert_eq!(filled[0].times, Times::NotSpoken(true));
    assert_eq!(filled[1].times, Times::Unknown);
}

#[test]
fn headings_that_are_not_read_begin_with_what_stands_under_them() {
    let line = |n: u32, is_heading, start_ms: Option<u64>| Line {
        id: SentenceId::numbered(&PostId::from_db("abcdefghijkl".to_owned()), n),
        block: 0,
        is_heading,
        speaker: None,
        text: String::new(),
        times: start_ms.map_or(Times::Unknown, |start_ms| {
            Times::At(Timing {
                start_ms,
                end_ms: start_ms + 500,
                origin: Origin::Measured,
                percent: 90,
            })
        }),
    };
    let lines = [
        line(0, true, None),
        line(1, false, None),
        line(2, false, Some(2000)),
        line(3, true, Some(3000)),
        line(4, true, None),
        line(5, true, None),
        line(6, false, Some(6000)),
    ];
    let starts = [0, 3, 4, 5].map(|at| heading_start(&lines[at..]));
    assert_eq!(starts, [Some(2000), Some(3000), None, Some(6000)]);
}
