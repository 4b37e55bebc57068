//! The queue: what waits, what fails, what runs side by side.
use std::sync::Mutex;

use super::*;
use crate::db::Hooks;
use crate::db::testing::{NOW, Scratch};
use crate::kernel::events::{Event, NewJob};
use crate::kernel::{Error, Message};
use crate::ports::clock::Clock;

#[test]
fn pauses_grow_and_stop_growing() {
    assert_eq!(backoff_ms(0), 5_000);
    assert_eq!(backoff_ms(3), 40_000);
    assert_eq!(backoff_ms(60), LONGEST_BACKOFF_MS);
}

/// A queue into which every released file puts two jobs: one now, one in two seconds.
async fn queues() -> Vec<(Db, Clock, Scratch)> {
    let mut all = Vec::new();
    for scratch in Scratch::both().await {
        let job = |kind, after_ms| NewJob {
            kind,
            subject: String::new(),
            after_ms,
        };
        let hooks = Hooks {
            reactions: Arc::new(move |_| vec![job("now", 0), job("later", 2_000)]),
            ..Hooks::default()
        };
        let clock = Clock::standing(NOW);
        all.push((scratch.open(clock.clone(), hooks).await, clock, scratch));
    }
    all
}

async fn announce(db: &Db) {
    let mut tx = db.begin().await.expect("begins");
    tx.announce(Event::MediaReleased);
    tx.commit().await.expect("commits");
}

async fn due_in(db: &Db, kind: &str) -> Option<(i64, i64)> {
    let all = waiting(db, kind).await.expect("read");
    assert!(all.len() <= 1, "{all:?}");
    all.first().map(|w| (w.run_at.0 - NOW.0, w.attempts))
}

fn handler(
    work: impl Fn(Job) -> BoxFuture<'static, Result<()>> + Send + Sync + 'static,
) -> Handler {
    Arc::new(work)
}

fn failing() -> Handler {
    handler(|_| Box::pin(async { Err(Error::Conflict(Message::new("error-required"))) }))
}

#[tokio::test]
async fn what_is_announced_again_keeps_its_time() {
    for (db, clock, _scratch) in queues().await {
        announce(&db).await;
        for ms in [500, 1_900] {
            clock.set(NOW.plus_ms(ms));
            announce(&db).await;
            assert_eq!(due_in(&db, "later").await, Some((2_000, 0)));
        }
        assert_eq!(store::next_due(&db, &[]).await.expect("read"), Some(NOW.0));
        let done = handler(|_| Box::pin(async { Ok(()) }));
        assert_eq!(run_due(&db, &done).await.expect("runs"), 1);
        assert_eq!(
            store::next_due(&db, &[]).await.expect("read"),
            Some(NOW.0 + 2_000)
        );
        clock.set(NOW.plus_ms(2_000));
        assert_eq!(run_due(&db, &done).await.expect("runs"), 1);
        assert_eq!(due_in(&db, "later").await, None);
        assert_eq!(store::next_due(&db, &[]).await.expect("read"), None);
    }
}

#[tokio::test]
async fn what_fails_waits_longer_and_longer_until_announced_anew() {
    for (db, clock, _scratch) in queues().await {
        announce(&db).await;
        run_due(&db, &failing()).await.expect("runs");
        assert_eq!(due_in(&db, "now").await, Some((5_000, 1)));
        clock.set(NOW.plus_ms(5_000));
        run_due(&db, &failing()).await.expect("runs");
        assert_eq!(due_in(&db, "now").await, Some((15_000, 2)));
        announce(&db).await;
        assert_eq!(due_in(&db, "now").await, Some((5_000, 0)));
    }
}

#[tokio::test]
async fn what_failed_is_told_first_and_can_be_hurried() {
    for (db, clock, _scratch) in queues().await {
        announce(&db).await;
        run_due(&db, &failing()).await.expect("runs");
        clock.set(NOW.plus_ms(1_000));
        let all = queued(&db, 10).await.expect("read");
        let kinds: Vec<_> = all.iter().map(|job| job.kind.as_str()).collect();
        assert_eq!(kinds, ["now", "later"]);
        assert!(all[0].attempts == 1 && !all[0].is_running && all[0].since == NOW);
        assert_eq!(queued(&db, 1).await.expect("read").len(), 1);

        let hurried = async |kind: &str| {
            let mut tx = db.begin().await.expect("begins");
            let hurried = hurry(&mut tx, kind, "").await.expect("written");
            tx.commit().await.expect("commits");
            hurried
        };
        assert!(hurried("now").await && !hurried("never").await);
        assert_eq!(due_in(&db, "now").await, Some((1_000, 1)));
        let claimed = store::claim(&db, 1_000, &[]).await.expect("read");
        assert_eq!(claimed.map(|job| job.kind), Some("now".to_owned()));
        assert!(!hurried("now").await, "somebody works on it");
        assert!(queued(&db, 1).await.expect("read")[0].is_running);
    }
}

#[tokio::test]
async fn what_is_announced_while_it_runs_runs_again_however_it_ended() {
    for (db, clock, _scratch) in queues().await {
        announce(&db).await;
        let (again, ran) = (db.clone(), Arc::new(Mutex::new(0)));
        let count = ran.clone();
        let once = handler(move |job: Job| {
            let (again, count) = (again.clone(), count.clone());
            Box::pin(async move {
                assert_eq!(job.kind, "now", "the clock stands");
                *count.lock().expect("whole") += 1;
                if *count.lock().expect("whole") > 1 {
                    return Ok(());
                }
                announce(&again).await;
                Err(Error::NotFound)
            })
        });
        assert_eq!(run_due(&db, &once).await.expect("runs"), 2);
        assert_eq!(*ran.lock().expect("whole"), 2);
        clock.set(NOW.plus_ms(1));
        assert_eq!(due_in(&db, "now").await, None);
    }
}

#[tokio::test]
async fn a_panic_is_a_failure() {
    for (db, _clock, _scratch) in queues().await {
        announce(&db).await;
        let panics = handler(|_| Box::pin(async { panic!("in a job") }));
        run_due(&db, &panics).await.expect("runs");
        assert_eq!(due_in(&db, "now").await, Some((5_000, 1)));
    }
}

#[tokio::test]
async fn one_that_hangs_holds_nobody_up_and_is_given_back() {
    for (db, clock, _scratch) in queues().await {
        announce(&db).await;
        clock.set(NOW.plus_ms(2_000));
        let done = Arc::new(Notify::new());
        let other = done.clone();
        let hangs = handler(move |job: Job| {
            let other = other.clone();
            Box::pin(async move {
                if job.kind == "now" {
                    std::future::pending::<()>().await;
                }
                other.notify_one();
                Ok(())
            })
        });
        let mut running = Running::new(&db, &hangs, &[]);
        assert_eq!(running.fill().await.expect("claimed"), 2);
        done.notified().await;
        running.next().await.expect("one ended").expect("well");
        assert_eq!(due_in(&db, "later").await, None);
        // Somebody works on it: no other worker takes it.
        assert_eq!(run_due(&db, &failing()).await.expect("looked"), 0);
        running.end(Duration::ZERO).await;
        assert_eq!(run_due(&db, &failing()).await.expect("runs"), 1);
    }
}

#[tokio::test]
async fn of_a_kind_that_takes_long_one_runs_and_others_pass_it() {
    for (db, clock, _scratch) in queues().await {
        announce(&db).await;
        clock.set(NOW.plus_ms(2_000));
        let taken = ["now"];
        let due = store::next_due(&db, &taken).await.expect("read");
        assert_eq!(due, Some(NOW.0 + 2_000));
        let other = store::claim(&db, LEASE_MS, &taken).await.expect("claims");
        assert_eq!(other.expect("the other").kind, "later");
        let none = store::claim(&db, LEASE_MS, &taken).await.expect("claims");
        assert!(none.is_none());
        let first = store::claim(&db, LEASE_MS, &[]).await.expect("claims");
        assert_eq!(first.expect("the first").kind, "now");
    }
}

#[tokio::test]
async fn a_lease_is_held_while_it_is_renewed_and_falls_to_others_when_it_is_not() {
    for (db, clock, _scratch) in queues().await {
        announce(&db).await;
        let mut job = store::claim(&db, LEASE_MS, &[])
            .await
            .expect("claims")
            .expect("due");
        clock.set(NOW.plus_ms(LEASE_MS / 2));
        let until = store::renew(&db, &job, LEASE_MS).await.expect("renews");
        job.leased_until = until.expect("still held");
        clock.set(NOW.plus_ms(LEASE_MS + 1));
        let others = store::claim(&db, LEASE_MS, &["later"])
            .await
            .expect("looks");
        assert!(others.is_none());
        clock.set(NOW.plus_ms(2 * LEASE_MS));
        let other = store::claim(&db, LEASE_MS, &["later"])
            .await
            .expect("claims");
        assert_eq!(other.expect("given up").id, job.id);
        let late = store::renew(&db, &job, LEASE_MS).await.expect("looks");
        assert_eq!(late, None);
    }
}

#[tokio::test]
async fn a_node_that_was_killed_goes_on_at_once_where_it_is_alone() {
    for (db, _clock, _scratch) in queues().await {
        announce(&db).await;
        let job = store::claim(&db, LEASE_MS, &[]).await.expect("claims");
        assert!(job.is_some());
        recover(&db).await.expect("looks");
        let again = store::claim(&db, LEASE_MS, &[]).await.expect("claims");
        assert_eq!(again.is_some(), db.engine() == Engine::Sqlite);
    }
}
