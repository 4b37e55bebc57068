//! The script in its recording: what is new in it, or all of it but what is fixed by hand.
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU8, Ordering};

use anyhow::anyhow;

use super::plan::{self, Plan, Sought};
use super::watch::Watch;
use super::{Fault, conclude};
use crate::db::Tx;
use crate::features::posts::writing;
use crate::features::recordings::{self, Recording};
use crate::features::transcripts::actions::put;
use crate::features::transcripts::hearing;
use crate::features::transcripts::model::{Timeline, Verdict, Work, WorkKind, WorkState};
use crate::features::transcripts::store::{self, work};
use crate::formats::ear::{self, ALGORITHM, Alignment};
use crate::formats::transcript::Line;
use crate::jobs::Job;
use crate::kernel::ids::{PostId, RecordingId};
use crate::kernel::{Error, Message, Result};
use crate::state::AppState;

/// Of the whole work, the part that listening is, in percent.
const LISTENING_PERCENT: u8 = 30;

/// Does a job of the kind `align`. One for a post in which there is nothing to look for, or whose
/// author stopped it, does nothing.
///
/// # Errors
/// The machine's faults, to be tried again by the queue.
pub async fn align(state: &AppState, job: &Job) -> Result<()> {
    let Ok(post) = job.subject.parse::<PostId>() else {
        return Err(Error::Internal(anyhow!("no post: {}", job.subject)));
    };
    let mut tx = state.db.begin().await?;
    let plan = plan(&mut tx, &post).await;
    let Some(plan) = plan? else {
        return tx.commit().await;
    };
    tx.commit().await?;
    let watch = Watch {
        state,
        post: &post,
        kind: WorkKind::Align,
        percent: AtomicU8::new(0),
    };
    let outcome = work_on(&watch, &plan).await;
    conclude(state, job, &post, WorkKind::Align, outcome).await
}

/// What there is to do, and marks it as begun; `None` if there is nothing.
async fn plan(tx: &mut Tx, post: &PostId) -> Result<Option<Plan>> {
    let found = match writing::find_in(tx, post).await {
        Err(Error::NotFound) => return Ok(None),
        found => found?,
    };
    let row = work::find_in(tx, post).await?;
    let asked_for = row
        .as_ref()
        .is_some_and(|w| w.kind == WorkKind::Align && w.state.is_open());
    let other_way = row
        .as_ref()
        .is_some_and(|w| w.state == WorkState::Cancelled || (w.state.is_open() && !asked_for));
    if other_way {
        return Ok(None);
    }
    let asked = row.filter(|_| asked_for);
    let (whole, again) = asked.map_or((false, BTreeSet::new()), |w| (w.whole, w.again));
    let none = Message::new("error-align-nothing");
    let outcome = match plan::sought(tx, &found, whole, &again).await? {
        Sought::Sentences(plan) => {
            begin(tx, post, asked_for, &plan.basis()).await?;
            return Ok(Some(plan));
        }
        Sought::AllKnown(recording, lines) => {
            renew_chapters(tx, post, &recording, &lines).await?;
            Ok(())
        }
        Sought::Nothing => Err(&none),
    };
    if asked_for {
        work::begin(tx, post, WorkKind::Align, "").await?;
        work::end(tx, post, WorkKind::Align, outcome).await?;
        work::tell(tx, post, &Message::new("align-all-known")).await?;
    }
    Ok(None)
}

async fn begin(tx: &mut Tx, post: &PostId, asked_for: bool, basis: &str) -> Result<()> {
    if !asked_for {
        let fresh = Work {
            kind: WorkKind::Align,
            state: WorkState::Waiting,
            whole: false,
            again: BTreeSet::new(),
            progress_percent: 0,
            message: None,
            changed_at: tx.now(),
        };
        work::set(tx, post, &fresh).await?;
    }
    work::begin(tx, post, WorkKind::Align, basis)
        .await
        .map(drop)
}

/// Makes the chapters anew that stand for headings, where a version has others.
async fn renew_chapters(
    tx: &mut Tx,
    post: &PostId,
    recording: &RecordingId,
    lines: &[Line],
) -> Result<()> {
    let Some(timeline) = store::find_in(tx, post, recording).await? else {
        return Ok(());
    };
    let sound = recordings::find_in(tx, recording).await?;
    let mut renewed = timeline.clone();
    let lines = timeline.fill(lines.to_vec());
    renewed.propose_chapters(&lines, &sound.tags.chapters);
    if renewed.chapters != timeline.chapters {
        put(tx, post, recording, &timeline).await?;
    }
    Ok(())
}

async fn work_on(watch: &Watch<'_>, plan: &Plan) -> Result<(), Fault> {
    let state = watch.state;
    let recording = recordings::find(&state.db, &plan.recording).await?;
    let listening = |percent: u8| {
        let part = u32::from(percent.min(100)) * u32::from(LISTENING_PERCENT) / 100;
        watch.percent.store(part as u8, Ordering::Relaxed);
    };
    let heard = watch
        .over(hearing::heard(state, &recording, &listening))
        .await??;
    let aligning = |percent: u8| {
        let part = u32::from(percent.min(100)) * u32::from(100 - LISTENING_PERCENT) / 100;
        let part = LISTENING_PERCENT + part as u8;
        watch.percent.store(part.min(99), Ordering::Relaxed);
    };
    let work = hearing::align(state, &recording, heard, &plan.asked, plan.span, &aligning);
    let found = watch.over(work).await??;
    Ok(keep(watch, plan, &recording, found).await?)
}

/// Writes down what was found, unless the work was stopped in the last moment. What the author
/// set meanwhile stays.
async fn keep(
    watch: &Watch<'_>,
    plan: &Plan,
    recording: &Recording,
    found: Alignment,
) -> Result<()> {
    let mut tx = watch.state.db.begin().await?;
    if !work::end(&mut tx, watch.post, WorkKind::Align, Ok(())).await? {
        return Ok(());
    }
    let stored = store::find_in(&mut tx, watch.post, &recording.id).await?;
    let mut timeline = stored.unwrap_or_default();
    let count = take(&mut timeline, plan, found);
    put(&mut tx, watch.post, &recording.id, &timeline).await?;
    let told = match count {
        0 => Message::new("align-found-none"),
        count => Message::new("align-found")
            .with("found", count)
            .with("sought", plan.sought().count()),
    };
    work::tell(&mut tx, watch.post, &told).await?;
    tx.commit().await
}

/// Lays what was found over what was known, and gives how many sentences that is. If it is none,
/// what was known stays.
fn take(timeline: &mut Timeline, plan: &Plan, found: Alignment) -> usize {
    timeline.algorithm = ALGORITHM;
    let verdict = match found.verdict {
        ear::Verdict::Good => Verdict::Good,
        ear::Verdict::Doubtful => Verdict::Doubtful,
        ear::Verdict::OtherScript => Verdict::OtherScript,
    };
    let is_first = timeline.verdict == Verdict::Unjudged;
    // What a few new sentences are like says little of the whole.
    if plan.whole || plan.span.is_none() || is_first {
        timeline.verdict = verdict;
    }
    let times = timeline.fitted(&plan.ids, found.times);
    let is_found = |n: &usize| times.get(*n).is_some_and(|t| t.timing().is_some());
    let count = plan.sought().filter(is_found).count();
    if verdict == Verdict::OtherScript || count == 0 {
        return 0;
    }
    if plan.whole {
        timeline.forget_found();
    }
    let (from, to) = plan.span.unwrap_or((0, u64::MAX));
    timeline
        .gaps
        .retain(|gap| gap.end_ms <= from || gap.start_ms >= to);
    timeline.gaps.extend(found.gaps);
    timeline.gaps.sort_by_key(|gap| gap.start_ms);
    let found = plan.sought().filter_map(|n| {
        let (id, times) = (plan.ids.get(n)?, times.get(n)?);
        Some((id.clone(), times.clone()))
    });
    timeline.take_found(found.collect::<Vec<_>>());
    count
}

#[cfg(test)]
mod tests {
    use super::super::plan::{known, span};
    use super::*;
    use crate::formats::ear::{Asked, Known};
    use crate::formats::transcript::{Gap, Origin, Times, Timing};
    use crate::kernel::ids::SentenceId;

    fn id(n: usize) -> SentenceId {
        let post = PostId::from_db("abcdefghijkl".to_owned());
        SentenceId::numbered(&post, n as u32)
    }

    fn at(start_ms: u64, origin: Origin) -> Times {
        Times::At(Timing {
            start_ms,
            end_ms: start_ms + 900,
            origin,
            percent: 90,
        })
    }

    /// A plan over sentences of which so much is known.
    fn planned(timeline: &Timeline, sentences: usize, whole: bool) -> Plan {
        planned_again(timeline, sentences, whole, &[])
    }

    fn planned_again(timeline: &Timeline, sentences: usize, whole: bool, again: &[usize]) -> Plan {
        let ids: Vec<SentenceId> = (0..sentences).map(id).collect();
        let asked = ids.iter().enumerate().map(|(n, id)| Asked {
            text: "글".to_owned(),
            language: "ko".to_owned(),
            known: known(timeline, id, whole || again.contains(&n)),
        });
        let asked: Vec<Asked> = asked.collect();
        Plan {
            recording: RecordingId::random(),
            whole,
            span: span(&asked),
            ids,
            asked,
        }
    }

    #[test]
    fn only_the_stretch_around_what_is_new_is_looked_at() {
        let mut timeline = Timeline::default();
        assert_eq!(planned(&timeline, 4, false).span, None);
        for n in [0, 1, 4] {
            timeline.set(id(n), at(n as u64 * 1000, Origin::Measured));
        }
        assert_eq!(planned(&timeline, 5, false).span, Some((1900, 4000)));
        assert_eq!(planned(&timeline, 6, false).span, Some((1900, u64::MAX)));
        assert_eq!(planned(&timeline, 5, true).span, None);
        timeline.set(id(2), Times::NotSpoken(false));
        timeline.set(id(3), at(500, Origin::ByHand));
        let plan = planned(&timeline, 6, true);
        let by_hand = Known::At {
            start_ms: 500,
            end_ms: 1400,
        };
        assert_eq!(plan.asked[3].known, by_hand);
        assert_eq!(plan.asked[2].known, Known::Nothing);
    }

    #[test]
    fn what_was_known_stays_and_what_is_by_hand_is_never_moved() {
        let mut timeline = Timeline::default();
        timeline.set(id(0), at(0, Origin::Imported));
        timeline.set(id(1), at(1000, Origin::ByHand));
        timeline.gaps = vec![
            Gap {
                start_ms: 100,
                end_ms: 200,
            },
            Gap {
                start_ms: 2000,
                end_ms: 2500,
            },
        ];
        timeline.verdict = Verdict::Good;
        let found = || Alignment {
            times: vec![
                at(50, Origin::Measured),
                at(60, Origin::Measured),
                at(3000, Origin::Measured),
            ],
            gaps: vec![Gap {
                start_ms: 4000,
                end_ms: 7000,
            }],
            verdict: ear::Verdict::Doubtful,
        };
        let plan = planned(&timeline, 3, false);
        // The author fixes one more while the work goes on.
        let mut partly = timeline.clone();
        take(&mut partly, &plan, found());
        assert_eq!(*partly.of(&id(0)), at(0, Origin::Imported));
        assert_eq!(*partly.of(&id(1)), at(1000, Origin::ByHand));
        assert_eq!(*partly.of(&id(2)), at(3000, Origin::Measured));
        assert_eq!(partly.gaps.len(), 2);
        assert_eq!(partly.verdict, Verdict::Good);

        let plan = planned(&timeline, 3, true);
        let mut whole = timeline.clone();
        whole.set(id(2), at(2000, Origin::ByHand));
        take(&mut whole, &plan, found());
        assert_eq!(*whole.of(&id(0)), at(50, Origin::Measured));
        assert_eq!(*whole.of(&id(1)), at(1000, Origin::ByHand));
        assert_eq!(*whole.of(&id(2)), at(2000, Origin::ByHand));
        assert_eq!(whole.verdict, Verdict::Doubtful);
    }

    fn answer(times: Vec<Times>, verdict: ear::Verdict) -> Alignment {
        Alignment {
            times,
            gaps: vec![Gap {
                start_ms: 1200,
                end_ms: 1300,
            }],
            verdict,
        }
    }

    #[test]
    fn what_is_sought_again_is_replaced_by_the_answer_alone() {
        let mut timeline = Timeline::default();
        timeline.set(id(0), at(0, Origin::ByHand));
        timeline.set(id(1), at(1000, Origin::Imported));
        timeline.set(id(2), at(2000, Origin::ByHand));
        timeline.set(id(3), at(3000, Origin::Imported));
        let plan = planned_again(&timeline, 4, false, &[1, 2]);
        assert_eq!(plan.span, Some((900, 2000)));
        assert_eq!(plan.sought().collect::<Vec<_>>(), [1]);
        let mut mended = timeline.clone();
        let times = [0, 1100, 2000, 3000].map(|ms| at(ms, Origin::Measured));
        let found = answer(times.to_vec(), ear::Verdict::Good);
        assert_eq!(take(&mut mended, &plan, found), 1);
        assert_eq!(*mended.of(&id(1)), at(1100, Origin::Measured));
        for n in [0, 2, 3] {
            assert_eq!(mended.of(&id(n)), timeline.of(&id(n)));
        }
        assert_eq!(mended.gaps.len(), 1);
    }

    #[test]
    fn an_answer_that_found_nothing_takes_nothing_away() {
        let mut timeline = Timeline::default();
        timeline.set(id(0), at(0, Origin::Imported));
        timeline.set(id(1), at(1000, Origin::Measured));
        timeline.gaps = vec![Gap {
            start_ms: 5000,
            end_ms: 6000,
        }];
        let nowhere = vec![Times::NotSpoken(false); 2];
        let somewhere = vec![at(300, Origin::Measured), Times::NotSpoken(false)];
        for (times, verdict) in [
            (nowhere, ear::Verdict::Doubtful),
            (somewhere, ear::Verdict::OtherScript),
        ] {
            for again in [&[][..], &[0, 1]] {
                let plan = planned_again(&timeline, 2, again.is_empty(), again);
                let mut kept = timeline.clone();
                assert_eq!(take(&mut kept, &plan, answer(times.clone(), verdict)), 0);
                assert_eq!((&kept.times, &kept.gaps), (&timeline.times, &timeline.gaps));
            }
        }
    }
}
