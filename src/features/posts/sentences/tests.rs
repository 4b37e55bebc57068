//! Sentences of revisions on both engines.
use sqlx::Row;

use super::*;
use crate::features::posts::{self, Content, revisions, writing};
use crate::features::testing::{Site, sites};

const TEXT: &str =
    "첫 문장은 이렇게 시작합니다. 둘째 문장이 있습니다.\n**가람**: 셋째 문장은 말입니다.";

async fn write(site: &Site, markdown: &str) {
    let copy = writing::working_copy(&site.state.db, &site.post)
        .await
        .expect("a copy");
    let content = Content {
        title: "글".into(),
        script: markdown.into(),
        ..copy.content
    };
    posts::save(
        &site.state.db,
        &site.author.user.id,
        &site.post,
        copy.version,
        "",
        &content,
    )
    .await
    .expect("saved");
}

/// Freezes the text as a version and gives its revision.
async fn version(site: &Site, markdown: &str) -> RevisionId {
    write(site, markdown).await;
    let mut tx = site.state.db.begin().await.expect("begins");
    posts::save_version(&mut tx, &site.post)
        .await
        .expect("a version");
    let revision = store::newest(tx.conn(), &site.post)
        .await
        .expect("reads")
        .expect("one");
    tx.commit().await.expect("commits");
    revision
}

async fn stored(site: &Site, revision: &RevisionId) -> Option<Vec<Sentence>> {
    let mut snapshot = site.state.db.snapshot().await.expect("begins");
    let found = store::find(&mut snapshot, &site.post, revision).await;
    found.expect("a revision").sentences
}

async fn given(site: &Site) -> i64 {
    let mut snapshot = site.state.db.snapshot().await.expect("begins");
    store::given(&mut snapshot, &site.post)
        .await
        .expect("a post")
}

/// Numbers of the ids in the order in which they were given.
fn numbers(site: &Site, sentences: &[Sentence]) -> Vec<u32> {
    let number = |s: &Sentence| (0..100).find(|n| SentenceId::numbered(&site.post, *n) == s.id);
    sentences
        .iter()
        .map(|s| number(s).expect("an id of the post"))
        .collect()
}

async fn ids(site: &Site, revision: &RevisionId) -> Vec<u32> {
    numbers(site, &stored(site, revision).await.expect("cut"))
}

#[tokio::test]
async fn every_revision_has_its_sentences() {
    for site in sites().await {
        let first = version(&site, TEXT).await;
        assert_eq!(ids(&site, &first).await, [0, 1, 2]);
        let edited = TEXT.replace("둘째 문장이", "새 문장입니다. 둘째 문장도 여기에");
        let second = version(&site, &edited).await;
        assert_eq!(ids(&site, &second).await, [0, 3, 1, 2]);
        assert_eq!(given(&site).await, 4);
        // A text that comes back has its sentences back.
        let third = version(&site, TEXT).await;
        assert_eq!(stored(&site, &third).await, stored(&site, &first).await);
        let last = version(&site, &TEXT.replace("첫 문장은 이렇게 시작합니다. ", "")).await;
        assert_eq!(ids(&site, &last).await, [1, 2]);
        let again = version(&site, &format!("{TEXT} 넷째 문장도 있습니다.")).await;
        assert_eq!(ids(&site, &again).await, [0, 1, 2, 4]);
        assert_eq!(given(&site).await, 5);

        let mut tx = site.state.db.begin().await.expect("begins");
        posts::publish(&mut tx, &site.post)
            .await
            .expect("published");
        tx.commit().await.expect("commits");
        let public = public_sentences(&site.state.db, &site.post)
            .await
            .expect("public");
        assert_eq!(numbers(&site, &public), [0, 1, 2, 4]);
        let mut tx = site.state.db.begin().await.expect("begins");
        let lines = public_lines(&mut tx, &site.post).await.expect("lines");
        drop(tx);
        let short: Vec<_> = lines
            .iter()
            .map(|l| (l.block, l.speaker.as_deref()))
            .collect();
        assert_eq!(
            short,
            [(0, None), (0, None), (1, Some("가람")), (1, Some("가람"))]
        );
        let newest = newest_lines_of(&site.state.db, &site.post)
            .await
            .expect("lines");
        assert_eq!(newest, lines);
        site.state.db.close().await;
    }
}

/// As a database of before: nothing is cut.
async fn forget(site: &Site) {
    let mut tx = site.state.db.begin().await.expect("begins");
    for sql in [
        "UPDATE post_revisions SET sentences = NULL",
        "UPDATE posts SET sentences_given = 0",
    ] {
        sqlx::query(sql).execute(tx.conn()).await.expect("forgets");
    }
    tx.commit().await.expect("commits");
}

#[tokio::test]
async fn an_old_revision_is_cut_when_first_wanted() {
    for site in sites().await {
        let first = version(&site, TEXT).await;
        let second = version(&site, &format!("앞에 온 문장입니다. {TEXT}")).await;
        let db = &site.state.db;
        forget(&site).await;
        let cut = sentences_of(db, &site.post, &second).await.expect("cut");
        assert_eq!(numbers(&site, &cut), [0, 1, 2, 3]);
        assert_eq!(stored(&site, &second).await, Some(cut));
        assert_eq!(stored(&site, &first).await, None);
        let mut tx = db.begin().await.expect("begins");
        let before = sentences_in(&mut tx, &site.post, &first)
            .await
            .expect("cut");
        assert_eq!(numbers(&site, &before), [1, 2, 3], "from the one behind");
        tx.commit().await.expect("commits");
        assert_eq!(stored(&site, &first).await, Some(before));
        assert_eq!(given(&site).await, 4);

        // What the public sees, too; a broken row counts as not cut.
        let mut tx = db.begin().await.expect("begins");
        posts::publish(&mut tx, &site.post)
            .await
            .expect("published");
        sqlx::query("UPDATE post_revisions SET sentences = '{'")
            .execute(tx.conn())
            .await
            .expect("broken");
        tx.commit().await.expect("commits");
        let public = public_sentences(db, &site.post).await.expect("public");
        assert_eq!(numbers(&site, &public), [4, 5, 6, 7]);
        let other = RevisionId::random();
        assert!(matches!(
            sentences_of(db, &site.post, &other).await,
            Err(Error::NotFound)
        ));
        let nobody = PostId::random();
        assert!(matches!(
            public_sentences(db, &nobody).await,
            Err(Error::NotFound)
        ));
        assert!(newest_lines_of(db, &nobody).await.expect("none").is_empty());
        db.close().await;
    }
}

#[tokio::test]
async fn what_is_cut_by_hand_stays() {
    for site in sites().await {
        let first = version(&site, TEXT).await;
        let second = version(&site, &TEXT.replace("셋째", "마지막")).await;
        let third = version(&site, TEXT).await;
        let all = stored(&site, &first).await.expect("cut");
        let (db, post) = (&site.state.db, &site.post);
        let mut tx = db.begin().await.expect("begins");
        let new = split_sentence(&mut tx, post, &first, &all[0].id, 5)
            .await
            .expect("split");
        join_sentence(&mut tx, post, &first, &new)
            .await
            .expect("joined");
        assert!(matches!(
            split_sentence(&mut tx, post, &first, &all[2].id, 0).await,
            Err(Error::Conflict(_))
        ));
        assert!(matches!(
            join_sentence(&mut tx, post, &first, &all[2].id).await,
            Err(Error::Conflict(_))
        ));
        let gone = SentenceId::numbered(post, 77);
        assert!(matches!(
            join_sentence(&mut tx, post, &first, &gone).await,
            Err(Error::NotFound)
        ));
        tx.commit().await.expect("commits");
        // In the later revisions as well, and in the next one.
        let fourth = version(&site, &format!("앞에 온 문장입니다. {TEXT}")).await;
        for (revision, from) in [(&first, 0), (&second, 0), (&third, 0), (&fourth, 1)] {
            let stored = stored(&site, revision).await.expect("cut");
            let texts: Vec<&str> = stored.iter().map(|s| s.text.as_str()).collect();
            assert_eq!(
                texts[from..from + 2],
                ["첫 문장은", "이렇게 시작합니다. 둘째 문장이 있습니다."]
            );
            assert_eq!(numbers(&site, &stored)[from..], [0, 3, 2]);
        }
        assert_eq!(given(&site).await, 5);
        let mut tx = db.begin().await.expect("begins");
        let row = sqlx::query("SELECT sentences FROM post_revisions WHERE id = $1")
            .bind(first.as_str())
            .fetch_one(tx.conn())
            .await
            .expect("a row");
        let json: String = row.try_get(0).expect("text");
        assert!(
            json.contains(r#""text":"첫 문장은","by_hand":true}"#),
            "{json}"
        );
        drop(tx);
        db.close().await;
    }
}

#[tokio::test]
async fn a_version_that_is_brought_back_has_its_ids() {
    for site in sites().await {
        let first = version(&site, TEXT).await;
        version(&site, "아무 상관도 없는 글을 새로 썼다.").await;
        let copy = writing::working_copy(&site.state.db, &site.post)
            .await
            .expect("a copy");
        let mut tx = site.state.db.begin().await.expect("begins");
        let old = revisions::content(&mut tx, &site.post, 1)
            .await
            .expect("a revision");
        posts::save_in(&mut tx, &site.post, copy.version, "", &old)
            .await
            .expect("saved");
        posts::publish(&mut tx, &site.post)
            .await
            .expect("published");
        tx.commit().await.expect("commits");
        let public = public_sentences(&site.state.db, &site.post)
            .await
            .expect("public");
        assert_eq!(Some(public), stored(&site, &first).await);
        site.state.db.close().await;
    }
}
