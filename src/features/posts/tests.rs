//! Posts on both engines: the life of a post, its slugs, its versions, what the public sees.
use super::details::PostDetails;
use super::model::{Content, PostState, Reference};
use super::store::{corrections as corrections_store, preview, public, revisions, writing};
use super::wanted::{PostKind, Wanted};
use super::{Part, TextChange, actions, attach_alternate, attach_recording, corrections};
use super::{creating, saving};
use crate::db::testing::{NOW, both_engines};
use crate::db::{Db, Tx};
use crate::features::posts::{Listed, PublicPost, feed};
use crate::features::show::{self, ShowAddress, ShowDetails, ShowDraft, ShowType};
use crate::formats::podcast::values::Soundbite;
use crate::kernel::ids::{PostId, RecordingId, ShowId, UserId};
use crate::kernel::language::Language;
use crate::kernel::time::{Instant, Zone};
use crate::kernel::{Error, Result};

const HOUR_MS: i64 = 3_600_000;

fn of_state(state: PostState) -> Wanted {
    Wanted {
        state: Some(state),
        ..Wanted::default()
    }
}

async fn a_show(db: &Db, address: &str) -> ShowId {
    let draft = ShowDraft {
        address: ShowAddress::parse(address).unwrap(),
        title: "뉴스".into(),
        description: "한 줄".into(),
        language: Language::parse("ko").unwrap(),
        time_zone: Zone::parse("Asia/Seoul").unwrap(),
        author: "글쓴이".into(),
        owner_email: String::new(),
        copyright: String::new(),
        category: "News".into(),
        explicit: false,
        locked: true,
        show_type: ShowType::Episodic,
        details: ShowDetails::default(),
    };
    let mut tx = db.begin().await.unwrap();
    let id = show::insert(&mut tx, &draft, "cover").await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn a_draft(db: &Db, show: &ShowId, title: &str) -> PostId {
    let id = creating::create(
        db,
        show,
        None,
        &format!("nonce {title} {}", PostId::random()),
    )
    .await
    .unwrap();
    saving::save(db, &UserId::random(), &id, 1, "", &content(title))
        .await
        .unwrap();
    id
}

fn content(title: &str) -> Content {
    Content {
        title: title.into(),
        note: "메모".into(),
        script: "첫 문장입니다.".into(),
        references: vec![Reference {
            title: "출처".into(),
            url: "https://a.example".into(),
            ..Reference::default()
        }],
        season: Some(2),
        explicit: Some(true),
        details: PostDetails {
            season_name: "겨울".into(),
            block: true,
            ..PostDetails::default()
        },
        ..Content::default()
    }
}

async fn a_recording(db: &Db, hash: &str) -> RecordingId {
    a_recording_of(db, hash, "mp3", 5_000).await
}

async fn a_recording_of(db: &Db, hash: &str, kind: &str, duration_ms: i64) -> RecordingId {
    let id = RecordingId::random();
    let mut tx = db.begin().await.unwrap();
    sqlx::query(
        "INSERT INTO media (hash, length_bytes, state, created_at) VALUES ($1, 1000, 'present', 1)",
    )
    .bind(hash)
    .execute(tx.conn())
    .await
    .unwrap();
    sqlx::query(
        "INSERT INTO recordings (id, media_hash, kind, duration_ms, bitrate_bps, sample_rate_hz, channels, \
         original_name, tags, created_at) VALUES ($1, $2, $3, $4, 64000, 44100, 1, 'a.mp3', '{}', 1)",
    )
    .bind(id.as_str())
    .bind(hash)
    .bind(kind)
    .bind(duration_ms)
    .execute(tx.conn())
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

macro_rules! act {
    ($db:expr, |$tx:ident| $action:expr) => {{
        let mut $tx: Tx = $db.begin().await.unwrap();
        let result: Result<_> = $action.await;
        if result.is_ok() {
            $tx.commit().await.unwrap();
        }
        result
    }};
}

async fn reachable(db: &Db, id: &PostId) -> bool {
    public::find_by_id(db, id).await.is_ok()
}

/// What a feed would find, each as the whole post and as its line agree on it.
async fn episodes(db: &Db, show: &ShowId) -> Vec<PublicPost> {
    let mut snapshot = db.snapshot().await.unwrap();
    let lines = feed::episodes(&mut snapshot, show).await.unwrap();
    let posts = feed::without_scripts(&mut snapshot, show, None)
        .await
        .unwrap();
    assert_eq!(posts.iter().map(Listed::from).collect::<Vec<_>>(), lines);
    for post in &posts {
        let same = feed::find(&mut snapshot, &post.id).await.unwrap().unwrap();
        assert_eq!(Listed::from(&same), Listed::from(post));
    }
    posts
}

#[tokio::test]
async fn the_life_of_a_post() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "첫 글").await;
        assert!(!reachable(&db, &id).await);
        let published = act!(db, |tx| actions::publish(&mut tx, &id)).unwrap();
        assert_eq!(published.state, PostState::Published);
        let post = public::find(&db, &show, "첫-글").await.unwrap();
        assert_eq!(
            (post.content.title.as_str(), post.content.language.as_str()),
            ("첫 글", "ko")
        );
        assert_eq!(
            (
                post.first_public_at,
                post.content.season,
                post.content.explicit
            ),
            (NOW, Some(2), Some(true))
        );
        assert_eq!(post.content.references.len(), 1);
        assert!(post.recording.is_none() && post.listed);
        assert!(
            act!(db, |tx| actions::publish(&mut tx, &id)).is_err(),
            "published already"
        );

        act!(db, |tx| actions::set_listed(&mut tx, &id, false)).unwrap();
        assert!(reachable(&db, &id).await);
        assert_eq!(public::count(&db, &show).await.unwrap(), 0);
        act!(db, |tx| actions::set_listed(&mut tx, &id, true)).unwrap();
        assert_eq!(public::count(&db, &show).await.unwrap(), 1);
        assert!(!public::has_episodes(&db, &show).await.unwrap());

        act!(db, |tx| actions::remove(&mut tx, &id)).unwrap();
        assert!(!reachable(&db, &id).await);
        assert_eq!(
            writing::list(&db, &show, &Wanted::default(), 10, 0)
                .await
                .unwrap()
                .len(),
            0
        );
        assert_eq!(
            writing::list(&db, &show, &of_state(PostState::Removed), 10, 0)
                .await
                .unwrap()
                .len(),
            1
        );
        act!(db, |tx| actions::restore(&mut tx, &id)).unwrap();
        assert!(!reachable(&db, &id).await);
        db.clock().set(NOW.plus_ms(HOUR_MS));
        act!(db, |tx| actions::publish(&mut tx, &id)).unwrap();
        let again = public::find_by_id(&db, &id).await.unwrap();
        assert_eq!(
            (again.guid, again.slug, again.first_public_at),
            (post.guid, post.slug, NOW)
        );
        let revision: i64 = show::find(&db, &show).await.unwrap().revision;
        assert_eq!(revision, 6, "publish, unlist, relist, remove, publish");
        db.close().await;
    }
}

#[tokio::test]
async fn a_draft_becomes_public_off_the_lists_at_once() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "먼저 보세요").await;
        let post = act!(db, |tx| actions::publish_unlisted(&mut tx, &id)).unwrap();
        assert_eq!(post.state, PostState::Unlisted);
        assert_eq!(post.first_public_at, Some(NOW));
        let seen = public::find(&db, &show, "먼저-보세요").await.unwrap();
        assert!(!seen.listed);
        assert_eq!(public::count(&db, &show).await.unwrap(), 0);
        assert!(act!(db, |tx| actions::publish_unlisted(&mut tx, &id)).is_err());
        // Another post is told before it is refused.
        let other = a_draft(&db, &show, "다음").await;
        for (whose, fault) in [(&id, None), (&other, Some("error-slug-taken"))] {
            let post = writing::find(&db, whose).await.unwrap();
            let found = actions::slug_fault(&db, &post, "먼저-보세요")
                .await
                .unwrap();
            assert_eq!(found.map(|m| m.key), fault);
        }
        act!(db, |tx| actions::set_listed(&mut tx, &id, true)).unwrap();
        assert_eq!(public::count(&db, &show).await.unwrap(), 1);
        db.close().await;
    }
}

#[tokio::test]
async fn an_update_that_changes_nothing_makes_no_version() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "제목").await;
        let update = async || act!(db, |tx| actions::update(&mut tx, &id));
        assert!(matches!(update().await, Err(Error::Conflict(_))), "a draft");
        act!(db, |tx| actions::publish(&mut tx, &id)).unwrap();
        let numbers = async || -> Vec<i64> {
            let all = revisions::list(&db, &id, 10).await.unwrap();
            all.iter().map(|r| r.number).collect()
        };
        let public = async || revisions::public_number(&db, &id).await.unwrap();
        let before = writing::find(&db, &id).await.unwrap();
        assert!(!update().await.unwrap());
        assert_eq!(writing::find(&db, &id).await.unwrap(), before);
        assert_eq!((numbers().await, public().await), (vec![1], Some(1)));
        // The same text, kept as a version, and cut otherwise there.
        let script = "하나입니다. 둘입니다.";
        let copy = writing::working_copy(&db, &id).await.unwrap();
        let with = |season| Content {
            script: script.into(),
            season,
            ..copy.content.clone()
        };
        saving::save(
            &db,
            &UserId::random(),
            &id,
            copy.version,
            "",
            &with(Some(2)),
        )
        .await
        .unwrap();
        assert!(update().await.unwrap());
        act!(db, |tx| actions::save_version(&mut tx, &id)).unwrap();
        assert!(!update().await.unwrap());
        assert_eq!((numbers().await, public().await), (vec![3, 2, 1], Some(2)));
        let newest = revisions::list(&db, &id, 1).await.unwrap().remove(0).id;
        let first = super::sentences_of(&db, &id, &newest)
            .await
            .unwrap()
            .remove(0)
            .id;
        act!(db, |tx| super::join_sentence(&mut tx, &id, &newest, &first)).unwrap();
        assert!(update().await.unwrap());
        assert_eq!(super::public_sentences(&db, &id).await.unwrap().len(), 1);
        assert!(!update().await.unwrap());
        // What is no text counts as well, and so does the slug.
        let version = writing::working_copy(&db, &id).await.unwrap().version;
        let version = saving::save(&db, &UserId::random(), &id, version, "제목", &with(None))
            .await
            .unwrap();
        let list = writing::list(&db, &show, &Wanted::default(), 10, 0)
            .await
            .unwrap();
        assert!(list[0].changed);
        assert!(update().await.unwrap() && !update().await.unwrap());
        saving::save(
            &db,
            &UserId::random(),
            &id,
            version,
            "다른-제목",
            &with(None),
        )
        .await
        .unwrap();
        assert!(update().await.unwrap() && !update().await.unwrap());
        assert_eq!(public().await, Some(6));
        db.close().await;
    }
}

#[tokio::test]
async fn a_title_is_proposed_where_there_is_none_and_hands_are_known() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "").await;
        let title = async || writing::working_copy(&db, &id).await.unwrap().content.title;
        act!(db, |tx| saving::propose_title(&mut tx, &id)).unwrap();
        assert_eq!(title().await, "", "nothing says anything");
        let copy = writing::working_copy(&db, &id).await.unwrap();
        let headed = Content {
            script: "## **첫눈** 오는 날\n\n첫 문장입니다.".into(),
            ..copy.content
        };
        let by = UserId::random();
        let version = saving::save(&db, &by, &id, copy.version, "", &headed).await;
        for _ in 0..2 {
            act!(db, |tx| saving::propose_title(&mut tx, &id)).unwrap();
            assert_eq!(title().await, "첫눈 오는 날");
        }
        let stored = writing::working_copy(&db, &id).await.unwrap();
        assert_eq!(stored.version, version.unwrap(), "it raises no version");
        let hands = writing::hands(&db, &id).await.unwrap();
        assert_eq!((hands.began, hands.saved), (None, Some(by)));
        let mine = Content {
            title: "내 제목".into(),
            ..headed
        };
        saving::save(&db, &UserId::random(), &id, stored.version, "", &mine)
            .await
            .unwrap();
        act!(db, |tx| saving::propose_title(&mut tx, &id)).unwrap();
        assert_eq!(title().await, "내 제목");
        db.close().await;
    }
}

#[tokio::test]
async fn only_what_was_updated_is_public() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "제목").await;
        act!(db, |tx| actions::publish(&mut tx, &id)).unwrap();
        let copy = writing::working_copy(&db, &id).await.unwrap();
        let edited = Content {
            title: "고친 제목".into(),
            ..copy.content.clone()
        };
        assert_eq!(
            saving::save(&db, &UserId::random(), &id, copy.version, "", &edited)
                .await
                .unwrap(),
            copy.version + 1
        );
        assert_eq!(
            public::find_by_id(&db, &id).await.unwrap().content.title,
            "제목"
        );
        let stale = saving::save(&db, &UserId::random(), &id, copy.version, "", &edited).await;
        assert!(matches!(stale, Err(Error::Conflict(_))));
        let again = saving::autosave(&db, &UserId::random(), &id, copy.version, "", &edited).await;
        assert_eq!(again.unwrap(), copy.version + 1, "its answer was lost");
        let other =
            saving::autosave(&db, &UserId::random(), &id, copy.version, "", &copy.content).await;
        assert!(matches!(other, Err(Error::Conflict(_))));
        act!(db, |tx| actions::update(&mut tx, &id)).unwrap();
        let post = public::find_by_id(&db, &id).await.unwrap();
        assert_eq!(
            (post.content.title.as_str(), post.slug.as_str()),
            ("고친 제목", "제목")
        );
        let seen = writing::working_copy(&db, &id).await.unwrap().version;
        let stale = act!(db, |tx| actions::restore_revision(
            &mut tx,
            &id,
            1,
            seen - 1
        ));
        assert!(matches!(stale, Err(Error::Conflict(_))));
        act!(db, |tx| actions::restore_revision(&mut tx, &id, 1, seen)).unwrap();
        assert_eq!(
            writing::working_copy(&db, &id).await.unwrap().content.title,
            "제목"
        );
        // What it replaced was the second version already.
        let numbers: Vec<_> = revisions::list(&db, &id, 10)
            .await
            .unwrap()
            .iter()
            .map(|r| (r.number, r.ever_public))
            .collect();
        assert_eq!(numbers, [(2, true), (1, true)]);
        let current = writing::find(&db, &id).await.unwrap();
        assert_eq!(
            revisions::public_content(&db, &current)
                .await
                .unwrap()
                .unwrap()
                .title,
            "고친 제목"
        );
        db.close().await;
    }
}

#[tokio::test]
async fn slugs_are_never_given_twice() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let one = a_draft(&db, &show, "같은 제목").await;
        let two = a_draft(&db, &show, "같은 제목").await;
        act!(db, |tx| actions::publish(&mut tx, &one)).unwrap();
        let second = act!(db, |tx| actions::publish(&mut tx, &two)).unwrap();
        assert_eq!(second.slug.unwrap().as_str(), "같은-제목-2");
        let copy = writing::working_copy(&db, &one).await.unwrap();
        saving::save(
            &db,
            &UserId::random(),
            &one,
            copy.version,
            "new-name",
            &copy.content,
        )
        .await
        .unwrap();
        act!(db, |tx| actions::update(&mut tx, &one)).unwrap();
        assert_eq!(
            public::present_slug(&db, &show, "같은-제목")
                .await
                .unwrap()
                .as_deref(),
            Some("new-name")
        );
        let copy = writing::working_copy(&db, &two).await.unwrap();
        saving::save(
            &db,
            &UserId::random(),
            &two,
            copy.version,
            "같은-제목",
            &copy.content,
        )
        .await
        .unwrap();
        let refused = act!(db, |tx| actions::update(&mut tx, &two));
        assert!(
            matches!(refused, Err(Error::Invalid(ref e)) if e.get("slug").is_some()),
            "{refused:?}"
        );
        act!(db, |tx| actions::remove(&mut tx, &one)).unwrap();
        assert_eq!(
            public::present_slug(&db, &show, "같은-제목").await.unwrap(),
            None
        );
        db.close().await;
    }
}

#[tokio::test]
async fn a_scheduled_post_appears_when_due() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "내일").await;
        let due = NOW.plus_ms(HOUR_MS);
        assert!(
            act!(db, |tx| actions::schedule(&mut tx, &id, NOW)).is_err(),
            "not in the past"
        );
        act!(db, |tx| actions::schedule(&mut tx, &id, due)).unwrap();
        assert!(!reachable(&db, &id).await);
        assert_eq!(writing::next_due(&db).await.unwrap(), Some(due));
        assert_eq!(actions::publish_due(&db).await.unwrap(), 0);
        assert_eq!(
            writing::list(&db, &show, &of_state(PostState::Scheduled), 10, 0)
                .await
                .unwrap()
                .len(),
            1
        );
        act!(db, |tx| actions::unschedule(&mut tx, &id)).unwrap();
        act!(db, |tx| actions::schedule(&mut tx, &id, due)).unwrap();
        act!(db, |tx| actions::update(&mut tx, &id)).unwrap();
        db.clock().set(due.plus_ms(5_000));
        assert_eq!(actions::publish_due(&db).await.unwrap(), 1);
        assert_eq!(actions::publish_due(&db).await.unwrap(), 0);
        let post = public::find_by_id(&db, &id).await.unwrap();
        assert_eq!(post.first_public_at, due);
        assert_eq!(
            writing::count_by_state(&db, &show, &Wanted::default())
                .await
                .unwrap(),
            [(PostState::Published, 1)]
        );
        db.close().await;
    }
}

#[tokio::test]
async fn a_text_post_becomes_an_episode_at_the_same_address() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "글").await;
        act!(db, |tx| actions::publish(&mut tx, &id)).unwrap();
        let before = public::find_by_id(&db, &id).await.unwrap();
        let recording = a_recording(&db, "hash-1").await;
        let version = writing::working_copy(&db, &id).await.unwrap().version;
        act!(db, |tx| attach_recording(&mut tx, &id, Some(&recording))).unwrap();
        assert_eq!(
            writing::working_copy(&db, &id).await.unwrap().version,
            version
        );
        assert!(episodes(&db, &show).await.is_empty());
        act!(db, |tx| actions::update(&mut tx, &id)).unwrap();
        let after = episodes(&db, &show).await.remove(0);
        assert_eq!((after.guid, after.slug), (before.guid, before.slug));
        let sound = after.recording.unwrap();
        assert_eq!(
            (sound.kind.as_str(), sound.length_bytes, sound.duration_ms),
            ("mp3", 1000, 5000)
        );
        assert_eq!(public::audio_endings(&db, &id).await.unwrap(), ["mp3"]);
        // Its file lost, the post is as good as one without a recording.
        let mut tx = db.begin().await.unwrap();
        sqlx::query("UPDATE media SET state = 'missing'")
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert!(episodes(&db, &show).await.is_empty());
        assert!(
            writing::list(&db, &show, &Wanted::default(), 10, 0)
                .await
                .unwrap()[0]
                .media_missing
        );
        db.close().await;
    }
}

#[tokio::test]
async fn a_revision_keeps_details_and_both_formats() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "글").await;
        let first = a_recording(&db, "hash-1").await;
        let second = a_recording_of(&db, "hash-2", "opus", 6_900).await;
        act!(db, |tx| attach_recording(&mut tx, &id, Some(&first))).unwrap();
        act!(db, |tx| attach_alternate(&mut tx, &id, Some(&second))).unwrap();
        act!(db, |tx| actions::publish(&mut tx, &id)).unwrap();
        let post = public::find_by_id(&db, &id).await.unwrap();
        assert_eq!(post.content.details, content("").details);
        let alternate = post.alternate.unwrap();
        assert_eq!(
            (alternate.kind.as_str(), alternate.id),
            ("opus", second.clone())
        );
        assert_eq!(
            public::audio_endings(&db, &id).await.unwrap(),
            ["mp3", "opus"]
        );

        let copy = writing::working_copy(&db, &id).await.unwrap();
        let bare = Content {
            title: "글".into(),
            ..Content::default()
        };
        saving::save(&db, &UserId::random(), &id, copy.version, "", &bare)
            .await
            .unwrap();
        act!(db, |tx| attach_recording(&mut tx, &id, None)).unwrap();
        let emptied = writing::working_copy(&db, &id).await.unwrap().content;
        assert_eq!(
            (emptied.alternate_id, emptied.details),
            (None, PostDetails::default())
        );
        let seen = writing::working_copy(&db, &id).await.unwrap().version;
        act!(db, |tx| actions::restore_revision(&mut tx, &id, 1, seen)).unwrap();
        let restored = writing::working_copy(&db, &id).await.unwrap().content;
        assert_eq!(
            (
                restored.recording_id,
                restored.alternate_id,
                restored.details
            ),
            (Some(first), Some(second), content("").details)
        );
        db.close().await;
    }
}

#[tokio::test]
async fn a_second_format_is_of_the_same_length() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        for (n, (first_ms, second_ms, fits)) in [
            (5_000, 7_000, true),
            (5_000, 7_001, false),
            (5_000, 2_999, false),
            (3_600_000, 3_636_000, true),
            (3_600_000, 3_563_999, false),
        ]
        .into_iter()
        .enumerate()
        {
            let id = a_draft(&db, &show, "글").await;
            let first = a_recording_of(&db, &format!("a{n}"), "mp3", first_ms).await;
            let second = a_recording_of(&db, &format!("b{n}"), "m4a", second_ms).await;
            act!(db, |tx| attach_recording(&mut tx, &id, Some(&first))).unwrap();
            let taken = act!(db, |tx| attach_alternate(&mut tx, &id, Some(&second)));
            assert_eq!(taken.is_ok(), fits, "{first_ms} and {second_ms}");
        }
        let alone = a_draft(&db, &show, "글").await;
        let recording = a_recording(&db, "c").await;
        let refused = act!(db, |tx| attach_alternate(&mut tx, &alone, Some(&recording)));
        assert!(matches!(refused, Err(Error::Invalid(_))));
        let nowhere = PostId::random();
        let missing = act!(db, |tx| attach_alternate(&mut tx, &nowhere, None));
        assert!(matches!(missing, Err(Error::NotFound)));
        db.close().await;
    }
}

#[tokio::test]
async fn a_soundbite_ends_with_the_recording() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "글").await;
        let copy = writing::working_copy(&db, &id).await.unwrap();
        let mut edited = copy.content;
        edited.details.soundbites = vec![Soundbite {
            start_ms: 0,
            duration_ms: 15_000,
            title: String::new(),
        }];
        saving::save(&db, &UserId::random(), &id, copy.version, "", &edited)
            .await
            .unwrap();
        let recording = a_recording(&db, "hash-1").await;
        act!(db, |tx| attach_recording(&mut tx, &id, Some(&recording))).unwrap();
        let refused = act!(db, |tx| actions::publish(&mut tx, &id));
        assert!(matches!(refused, Err(Error::Invalid(ref e)) if e.get("soundbites").is_some()));
        act!(db, |tx| attach_recording(&mut tx, &id, None)).unwrap();
        act!(db, |tx| actions::publish(&mut tx, &id)).unwrap();
        db.close().await;
    }
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_post() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let one = creating::create(&db, &show, None, "nonce").await.unwrap();
        assert_eq!(
            creating::create(&db, &show, None, "nonce").await.unwrap(),
            one
        );
        assert_ne!(
            creating::create(&db, &show, None, "other").await.unwrap(),
            one
        );
        db.close().await;
    }
}

#[tokio::test]
async fn a_draft_that_nobody_touched_is_begun_again() {
    for (db, _scratch) in both_engines().await {
        let (news, other) = (a_show(&db, "news").await, a_show(&db, "other").await);
        let (who, colleague) = (UserId::random(), UserId::random());
        let nonce = || PostId::random().to_string();
        let begin = async |show: &ShowId, who: &UserId| {
            let begun = creating::create(&db, show, Some(who), &nonce()).await;
            begun.unwrap()
        };
        let first = begin(&news, &who).await;
        assert_eq!(begin(&news, &who).await, first);
        assert_ne!(begin(&news, &colleague).await, first);
        assert_ne!(begin(&other, &who).await, first);
        // Something saved, a link, a file or the trash make it one that is not empty any more.
        saving::save(&db, &who, &first, 1, "", &Content::default())
            .await
            .unwrap();
        let second = begin(&news, &who).await;
        assert_ne!(second, first);
        actions::create_preview_link(&db, &who, &second)
            .await
            .unwrap();
        let third = begin(&news, &who).await;
        assert_ne!(third, second);
        let sound = a_recording(&db, "m").await;
        act!(db, |tx| attach_recording(&mut tx, &third, Some(&sound))).unwrap();
        let fourth = begin(&news, &who).await;
        assert_ne!(fourth, third);
        act!(db, |tx| actions::remove(&mut tx, &fourth)).unwrap();
        assert_ne!(begin(&news, &who).await, fourth);
        // A form that is sent again means the draft that it made, whatever became of it.
        let once = creating::create(&db, &other, Some(&colleague), "nonce")
            .await
            .unwrap();
        saving::save(&db, &colleague, &once, 1, "", &content("글"))
            .await
            .unwrap();
        assert_ne!(begin(&other, &colleague).await, once);
        let again = creating::create(&db, &other, Some(&colleague), "nonce").await;
        assert_eq!(again.unwrap(), once);
        db.close().await;
    }
}

#[tokio::test]
async fn nothing_is_saved_in_the_trash() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "초안").await;
        act!(db, |tx| actions::remove(&mut tx, &id)).unwrap();
        let copy = writing::working_copy(&db, &id).await.unwrap();
        let by = UserId::random();
        for text in [content("다른 글"), copy.content.clone()] {
            let saved = saving::save(&db, &by, &id, copy.version, "", &text).await;
            assert!(matches!(saved, Err(Error::Conflict(_))));
            let saved = saving::autosave(&db, &by, &id, copy.version - 1, "", &text).await;
            assert!(matches!(saved, Err(Error::Conflict(_))));
        }
        assert_eq!(writing::working_copy(&db, &id).await.unwrap(), copy);
        db.close().await;
    }
}

#[tokio::test]
async fn neighbours_and_pages() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        for n in 0..3 {
            db.clock().set(NOW.plus_ms(n * HOUR_MS));
            let id = a_draft(&db, &show, &format!("글 {n}")).await;
            act!(db, |tx| actions::publish(&mut tx, &id)).unwrap();
        }
        let all = public::list(&db, &show, 10, 0).await.unwrap();
        let titles: Vec<_> = all.iter().map(|p| p.content.title.as_str()).collect();
        assert_eq!(titles, ["글 2", "글 1", "글 0"]);
        let (older, newer) = public::neighbours(&db, &all[1]).await.unwrap();
        assert_eq!(
            (older.unwrap().title, newer.unwrap().title),
            ("글 0".to_owned(), "글 2".to_owned())
        );
        assert_eq!(public::neighbours(&db, &all[0]).await.unwrap().1, None);
        assert_eq!(
            public::list(&db, &show, 1, 2).await.unwrap()[0]
                .content
                .title,
            "글 0"
        );
        // All shows together, the oldest first, and what is unlisted not at all.
        let other = a_show(&db, "more").await;
        let late = a_draft(&db, &other, "딴 글").await;
        // At a time of its own: of two at the same one either may be the first.
        db.clock().set(NOW.plus_ms(3 * HOUR_MS));
        act!(db, |tx| actions::publish(&mut tx, &late)).unwrap();
        let slugs = |found: &[(String, String, Instant)]| -> Vec<String> {
            found
                .iter()
                .map(|(show, slug, _)| format!("{show}/{slug}"))
                .collect()
        };
        let found = public::addresses(&db, 10, 0).await.unwrap();
        assert_eq!(
            slugs(&found),
            ["news/글-0", "news/글-1", "news/글-2", "more/딴-글"]
        );
        assert_eq!(found[1].2, NOW.plus_ms(HOUR_MS));
        assert_eq!(public::count_of_all(&db).await.unwrap(), 4);
        let page = public::addresses(&db, 2, 2).await.unwrap();
        assert_eq!(slugs(&page), slugs(&found)[2..]);
        act!(db, |tx| actions::set_listed(&mut tx, &late, false)).unwrap();
        assert_eq!(public::count_of_all(&db).await.unwrap(), 3);
        db.close().await;
    }
}

#[tokio::test]
async fn preview_links_live_a_week_and_can_be_revoked() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "초안").await;
        let user = UserId::random();
        let token = actions::create_preview_link(&db, &user, &id).await.unwrap();
        assert_eq!(preview::find_post(&db, &token).await.unwrap(), id);
        let link = preview::list(&db, &id).await.unwrap().remove(0);
        actions::revoke_preview_link(&db, &user, &id, &link.id)
            .await
            .unwrap();
        assert!(preview::find_post(&db, &token).await.is_err());
        let other = actions::create_preview_link(&db, &user, &id).await.unwrap();
        db.clock().set(NOW.plus_ms(8 * 24 * HOUR_MS));
        assert!(preview::find_post(&db, &other).await.is_err());
        db.close().await;
    }
}

#[tokio::test]
async fn old_versions_that_were_never_public_go() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "글").await;
        act!(db, |tx| actions::publish(&mut tx, &id)).unwrap();
        for _ in 0..55 {
            act!(db, |tx| actions::save_version(&mut tx, &id)).unwrap();
        }
        let revisions = revisions::list(&db, &id, 100).await.unwrap();
        assert_eq!(revisions.len(), 51, "the newest 50 and the public one");
        assert!(revisions.last().unwrap().ever_public);
        db.close().await;
    }
}

#[tokio::test]
async fn covers_of_drafts_are_hidden() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "글").await;
        let mut tx = db.begin().await.unwrap();
        sqlx::query("INSERT INTO media (hash, length_bytes, state, created_at) VALUES ('m', 7, 'present', 1)")
            .execute(tx.conn())
            .await
            .unwrap();
        sqlx::query(
            "INSERT INTO covers (hash, size_px, media_hash, created_at) VALUES ('c', 600, 'm', 1)",
        )
        .execute(tx.conn())
        .await
        .unwrap();
        writing::set_cover(&mut tx, &id, Some("c")).await.unwrap();
        tx.commit().await.unwrap();
        assert!(public::find_cover(&db, "c", 600).await.is_err());
        act!(db, |tx| actions::publish(&mut tx, &id)).unwrap();
        assert_eq!(
            public::find_cover(&db, "c", 600).await.unwrap(),
            ("m".to_owned(), 7)
        );
        assert!(public::find_cover(&db, "c", 300).await.is_err());
        db.close().await;
    }
}

async fn edit(db: &Db, id: &PostId, change: impl FnOnce(&mut Content)) -> i64 {
    let copy = writing::working_copy(db, id).await.unwrap();
    let mut content = copy.content;
    change(&mut content);
    saving::save(db, &UserId::random(), id, copy.version, "", &content)
        .await
        .unwrap()
}

fn change(part: Part, before: &str, after: &str) -> TextChange {
    TextChange {
        part,
        before: before.into(),
        after: after.into(),
    }
}

#[tokio::test]
async fn readers_are_told_of_a_change_if_the_author_wants_it() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "글").await;
        edit(&db, &id, |c| {
            c.script = "첫 문장입니다.\n틀린 값 3입니다.".into();
        })
        .await;
        let early = act!(db, |tx| corrections::update_and_tell(&mut tx, &id, "말"));
        assert!(matches!(early, Err(Error::Conflict(_))), "not public yet");
        act!(db, |tx| actions::publish(&mut tx, &id)).unwrap();
        let nothing = act!(db, |tx| corrections::update_and_tell(&mut tx, &id, ""));
        assert!(matches!(nothing, Err(Error::Invalid(_))), "nothing to tell");
        db.clock().set(NOW.plus_ms(HOUR_MS));
        edit(&db, &id, |c| {
            c.title = "고친 글".into();
            c.script = "첫 문장입니다.\n맞는 값 4입니다.".into();
        })
        .await;
        let before = show::find(&db, &show).await.unwrap().revision;
        act!(db, |tx| corrections::update_and_tell(
            &mut tx,
            &id,
            "값을 바로잡습니다."
        ))
        .unwrap();
        let told = public::corrections(&db, &id).await.unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!(
            (told[0].at, told[0].remark.as_str()),
            (NOW.plus_ms(HOUR_MS), "값을 바로잡습니다.")
        );
        assert_eq!(
            told[0].changes,
            [
                change(Part::Title, "글", "고친 글"),
                change(Part::Script, "틀린 값 3입니다.", "맞는 값 4입니다."),
            ]
        );
        let after = show::find(&db, &show).await.unwrap().revision;
        assert!(after > before, "pages are made anew");

        // An update without it tells nothing more.
        edit(&db, &id, |c| c.script.push_str("\n더.")).await;
        act!(db, |tx| actions::update(&mut tx, &id)).unwrap();
        assert_eq!(public::corrections(&db, &id).await.unwrap(), told);
        // What is not public tells nothing; it does again when it is back.
        act!(db, |tx| actions::remove(&mut tx, &id)).unwrap();
        assert!(public::corrections(&db, &id).await.unwrap().is_empty());
        act!(db, |tx| actions::restore(&mut tx, &id)).unwrap();
        assert!(public::corrections(&db, &id).await.unwrap().is_empty());
        act!(db, |tx| actions::publish(&mut tx, &id)).unwrap();
        assert_eq!(public::corrections(&db, &id).await.unwrap(), told);
        // A post that goes takes them along.
        let mut tx = db.begin().await.unwrap();
        sqlx::query("DELETE FROM posts WHERE id = $1")
            .bind(id.as_str())
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert!(
            corrections_store::list(&db, &id).await.unwrap().is_empty(),
            "no row is left"
        );
        db.close().await;
    }
}

#[tokio::test]
async fn a_note_can_be_given_afterwards_reworded_and_taken_back() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "글").await;
        act!(db, |tx| actions::publish(&mut tx, &id)).unwrap();
        edit(&db, &id, |c| c.note = "고친 메모".into()).await;
        act!(db, |tx| actions::save_version(&mut tx, &id)).unwrap();
        db.clock().set(NOW.plus_ms(HOUR_MS));
        act!(db, |tx| actions::update(&mut tx, &id)).unwrap();
        db.clock().set(NOW.plus_ms(2 * HOUR_MS));
        for (from, to) in [(1, 2), (2, 3), (3, 1), (3, 3)] {
            let told = act!(db, |tx| corrections::tell_afterwards(
                &mut tx,
                &id,
                (from, to),
                ""
            ));
            assert!(matches!(told, Err(Error::Conflict(_))), "{from} {to}");
        }
        let none = act!(db, |tx| corrections::tell_afterwards(
            &mut tx,
            &id,
            (1, 9),
            ""
        ));
        assert!(matches!(none, Err(Error::NotFound)));
        act!(db, |tx| corrections::tell_afterwards(
            &mut tx,
            &id,
            (1, 3),
            ""
        ))
        .unwrap();
        let told = public::corrections(&db, &id).await.unwrap();
        assert_eq!(told[0].at, NOW.plus_ms(HOUR_MS), "when it became public");
        assert_eq!(told[0].changes, [change(Part::Note, "메모", "고친 메모")]);
        act!(db, |tx| corrections::reword_correction(
            &mut tx,
            &id,
            3,
            "덧붙임"
        ))
        .unwrap();
        let reworded = public::corrections(&db, &id).await.unwrap();
        assert_eq!(reworded[0].remark, "덧붙임");
        assert_eq!(reworded[0].changes, told[0].changes);
        // Given again, it takes the place of the one that is there.
        act!(db, |tx| corrections::tell_afterwards(
            &mut tx,
            &id,
            (1, 3),
            "다시"
        ))
        .unwrap();
        let listed = corrections_store::list(&db, &id).await.unwrap();
        assert_eq!((listed.len(), listed[0].number), (1, 3));
        assert_eq!(listed[0].correction.remark, "다시");
        let wrong = act!(db, |tx| corrections::drop_correction(&mut tx, &id, 1));
        assert!(matches!(wrong, Err(Error::NotFound)));
        act!(db, |tx| corrections::drop_correction(&mut tx, &id, 3)).unwrap();
        assert!(public::corrections(&db, &id).await.unwrap().is_empty());
        db.close().await;
    }
}

#[tokio::test]
async fn what_was_public_is_kept_beside_the_newest_fifty_others() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "글").await;
        act!(db, |tx| actions::save_version(&mut tx, &id)).unwrap();
        act!(db, |tx| actions::publish(&mut tx, &id)).unwrap();
        for n in 0..55 {
            edit(&db, &id, |c| c.script = format!("{n}번째 글.")).await;
            act!(db, |tx| corrections::update_and_tell(&mut tx, &id, "")).unwrap();
        }
        for _ in 0..52 {
            act!(db, |tx| actions::save_version(&mut tx, &id)).unwrap();
        }
        let kept = revisions::page(&db, &id, 1_000, 0).await.unwrap();
        let public = kept.iter().filter(|(r, _)| r.ever_public).count();
        assert_eq!((kept.len() - public, public), (50, 56));
        assert_eq!(public::corrections(&db, &id).await.unwrap().len(), 55);
        assert_eq!(revisions::page(&db, &id, 20, 100).await.unwrap().len(), 6);
        // The oldest that is left is brought back though keeping the present one drops it.
        let oldest = kept.iter().rev().find(|(r, _)| !r.ever_public).unwrap();
        let seen = edit(&db, &id, |c| c.title = "아주 다른 글".into()).await;
        let number = oldest.0.number;
        act!(db, |tx| actions::restore_revision(
            &mut tx, &id, number, seen
        ))
        .unwrap();
        let copy = writing::working_copy(&db, &id).await.unwrap();
        assert_eq!(copy.content, oldest.1);
        db.close().await;
    }
}

#[tokio::test]
async fn references_are_tied_to_sentences_of_their_version() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let id = a_draft(&db, &show, "글").await;
        let with = |script: &str, passage: &str| {
            let mut content = content("글");
            content.script = script.into();
            content.references[0].passage = passage.into();
            content
        };
        let copy = async || writing::working_copy(&db, &id).await.unwrap();
        let save = async |content: &Content| {
            let version = copy().await.version;
            saving::save(&db, &UserId::random(), &id, version, "", content)
                .await
                .unwrap();
        };
        save(&with("첫 문장입니다. 둘째입니다.", "둘째")).await;
        assert_eq!(copy().await.content.references[0].sentence, None);
        let version = copy().await.version;
        act!(db, |tx| actions::publish(&mut tx, &id)).unwrap();
        // The version and the working copy say the same, and nobody's save is refused for it.
        let post = public::find_by_id(&db, &id).await.unwrap();
        let tied = post.content.references[0].clone();
        assert_eq!(tied.passage, "둘째입니다.");
        let ids = super::public_sentences(&db, &id).await.unwrap();
        assert_eq!(tied.sentence.as_ref(), Some(&ids[1].id));
        assert_eq!(copy().await.version, version);
        assert_eq!(copy().await.content.references, post.content.references);
        // As the form sends it back: words without an id.
        save(&with("첫 문장입니다. 둘째입니다.", "둘째입니다.")).await;
        let list = writing::list(&db, &show, &Wanted::default(), 10, 0)
            .await
            .unwrap();
        assert!(!list[0].changed);
        save(&with("첫 문장입니다. 둘째였습니다.", "둘째입니다.")).await;
        act!(db, |tx| actions::update(&mut tx, &id)).unwrap();
        let post = public::find_by_id(&db, &id).await.unwrap();
        let moved = &post.content.references[0];
        assert_eq!(
            (moved.passage.as_str(), &moved.sentence),
            ("둘째였습니다.", &tied.sentence)
        );
    }
}

#[tokio::test]
async fn posts_that_are_near_are_found_around_one() {
    for (db, _scratch) in both_engines().await {
        let show = a_show(&db, "news").await;
        let mut ids = Vec::new();
        for (n, (title, url)) in [
            ("금리 1", "https://a.example/1"),
            ("금리 이야기", "https://b.example/1"),
            ("바다", "https://c.example/1"),
            ("금리 오늘", "https://c.example/2"),
            ("나무", "https://d.example/1"),
            ("숲", "https://c.example/2"),
            ("금리 나중", "https://e.example/1"),
        ]
        .into_iter()
        .enumerate()
        {
            let id = a_draft(&db, &show, title).await;
            let mut content = content(title);
            content.references[0].url = url.into();
            saving::save(&db, &UserId::random(), &id, 2, "", &content)
                .await
                .unwrap();
            let mut tx = db.begin().await.unwrap();
            actions::publish(&mut tx, &id).await.unwrap();
            sqlx::query("UPDATE posts SET first_public_at = $2 WHERE id = $1")
                .bind(id.as_str())
                .bind(NOW.0 + HOUR_MS * i64::try_from(n).unwrap())
                .execute(tx.conn())
                .await
                .unwrap();
            tx.commit().await.unwrap();
            ids.push(id);
        }
        let post = public::find_by_id(&db, &ids[3]).await.unwrap();
        let around = public::around(&db, &post, 2).await.unwrap();
        let titles: Vec<&str> = around.iter().map(|p| p.title.as_str()).collect();
        assert_eq!(titles, ["바다", "금리 이야기", "나무", "숲"]);
        let neighbours: Vec<bool> = around.iter().map(|p| p.is_neighbour).collect();
        assert_eq!(neighbours, [true, false, true, false]);
        let found = super::related(&db, &post).await.unwrap();
        let titles: Vec<&str> = found.iter().map(|p| p.title.as_str()).collect();
        // The same address first; then a word, the nearer in time first.
        assert_eq!(titles, ["숲", "금리 이야기", "금리 1"]);
        act!(db, |tx| actions::remove(&mut tx, &ids[5])).unwrap();
        let found = super::related(&db, &post).await.unwrap();
        assert_eq!(found[0].title, "금리 이야기");
    }
}

#[tokio::test]
async fn a_list_is_narrowed_by_words_and_by_kind() {
    for (db, _dir) in both_engines().await {
        let show = a_show(&db, "news").await;
        let snow = a_draft(&db, &show, "First SNOW 100%").await;
        let rain = a_draft(&db, &show, "비 오는 날_").await;
        let mut gone = content("옛글");
        gone.script = "Snow in a script.\n둘째 문단".into();
        let old = creating::create(&db, &show, None, "nonce old")
            .await
            .unwrap();
        saving::save(&db, &UserId::random(), &old, 1, "", &gone)
            .await
            .unwrap();
        let mut tx = db.begin().await.unwrap();
        actions::remove(&mut tx, &old).await.unwrap();
        tx.commit().await.unwrap();
        let title = writing::title(&db, &rain).await.unwrap();
        assert_eq!(title, Some((show.clone(), "비 오는 날_".to_owned())));
        let nobody = PostId::random();
        assert_eq!(writing::title(&db, &nobody).await.unwrap(), None);
        let found = async |state: &str, kind: &str, words: &str| {
            let wanted = Wanted::parse(state, kind, words);
            let rows = writing::list(&db, &show, &wanted, 10, 0).await.unwrap();
            let ids = rows.iter().map(|r| r.post.id.as_str().to_owned());
            ids.collect::<Vec<_>>().join(" ")
        };
        let [snow, rain, old] = [&snow, &rain, &old].map(PostId::as_str);
        assert_eq!(found("", "", "snow").await, snow);
        assert_eq!(found("", "", "문장 first").await, snow);
        assert_eq!(found("", "", "100%").await, snow);
        assert_eq!(found("", "", "날_").await, rain);
        assert_eq!(found("", "", "S_OW").await, "");
        assert_eq!(found("", "", "!").await, "");
        assert_eq!(found("removed", "", "snow 둘째").await, old);
        assert_eq!(found("", "audio", "").await, "");
        assert_eq!(found("", "text", "").await.split(' ').count(), 2);
        let words = Wanted::parse("draft", "", "snow");
        let counts = writing::count_by_state(&db, &show, &words).await.unwrap();
        let mut counts: Vec<_> = counts.into_iter().map(|(s, n)| (s.as_str(), n)).collect();
        counts.sort_unstable();
        assert_eq!(counts, [("draft", 1), ("removed", 1)]);
        let audio = Wanted {
            kind: Some(PostKind::Audio),
            ..Wanted::default()
        };
        assert!(
            writing::count_by_state(&db, &show, &audio)
                .await
                .unwrap()
                .is_empty()
        );
    }
}
