//! The log on both engines.
use super::{Act, list, record, record_post, sweep};
use crate::features::testing::sites;

#[tokio::test]
async fn lines_are_kept_newest_first_and_for_two_years() {
    for site in sites().await {
        let (db, who) = (&site.state.db, &site.author.user);
        for (act, words) in [(Act::Published, "첫 글"), (Act::Removed, "둘째 글")] {
            let mut tx = db.begin().await.expect("begins");
            record(&mut tx, &who.id, act, site.post.as_str(), words)
                .await
                .expect("written");
            tx.commit().await.expect("commits");
            site.state.clock.set(site.state.clock.now().plus_ms(1000));
        }
        let told = list(db, None, 10, 0).await.expect("read");
        let acts: Vec<_> = told.iter().map(|e| (e.act, e.words.as_str())).collect();
        assert_eq!(
            acts,
            [
                (Some(Act::Removed), "둘째 글"),
                (Some(Act::Published), "첫 글")
            ]
        );
        assert_eq!(told[0].user_name, who.name);
        let mut tx = db.begin().await.expect("begins");
        record_post(&mut tx, &who.id, Act::Updated, &site.post)
            .await
            .expect("written");
        drop(tx);
        assert_eq!(
            list(db, None, 10, 0).await.expect("read").len(),
            2,
            "nothing happened"
        );
        assert_eq!(
            list(db, Some(who.id.as_str()), 1, 1)
                .await
                .expect("read")
                .len(),
            1
        );
        assert!(
            list(db, Some("nobody"), 10, 0)
                .await
                .expect("read")
                .is_empty()
        );

        site.state.clock.set(
            site.state
                .clock
                .now()
                .plus_ms(super::model::KEPT_MS - 1_500),
        );
        sweep(db).await.expect("swept");
        let left = list(db, None, 10, 0).await.expect("read");
        assert_eq!(left.len(), 1, "the older one is gone");
    }
}

#[test]
fn every_act_has_a_word_of_its_own() {
    let mut words: Vec<_> = Act::ALL.iter().map(|a| a.as_str()).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), Act::ALL.len());
    assert!(Act::ALL.iter().all(|a| Act::parse(a.as_str()) == Some(*a)));
}
