//! The rules of changing times by hand: what a change may be, and what becomes of the times of a
//! sentence that is cut in two or of two that become one.
use crate::formats::transcript::{Origin, Times, Timing};
use crate::kernel::ids::SentenceId;
use crate::kernel::time::clock_length;
use crate::kernel::{Error, Message, Result};

/// Most changes in one save: every sentence of the longest script that is likely.
pub const MOST_CHANGES: usize = 20_000;

/// What the author did to one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is spoken from here to there, in milliseconds. No machine moves it after that.
    Set(u64, u64),
    /// It is not spoken.
    NotSpoken,
    /// What stood there before, put back by undo, or given back to the machine.
    Back(Times),
}

impl Change {
    /// What is known of the sentence after it.
    ///
    /// # Errors
    /// A fault of the field `times` if an end is before its start or behind the recording's.
    pub fn times(&self, duration_ms: u64) -> Result<Times> {
        self.checked(duration_ms).map_err(fault)
    }

    /// The same with the bare sentence of what is wrong.
    pub fn checked(&self, duration_ms: u64) -> Result<Times, Message> {
        match self {
            Self::Set(start_ms, end_ms) => whole(
                Timing {
                    start_ms: *start_ms,
                    end_ms: *end_ms,
                    origin: Origin::ByHand,
                    percent: 100,
                },
                duration_ms,
            ),
            Self::NotSpoken => Ok(Times::NotSpoken(true)),
            Self::Back(Times::At(timing)) => whole(timing.clone(), duration_ms),
            Self::Back(times) => Ok(times.clone()),
        }
    }
}

/// A time that lies in the recording.
fn whole(mut timing: Timing, duration_ms: u64) -> Result<Times, Message> {
    if timing.start_ms > timing.end_ms {
        return Err(Message::new("mending-error-order"));
    }
    if timing.end_ms > duration_ms {
        let length = clock_length(duration_ms);
        return Err(Message::new("mending-error-length").with("length", length));
    }
    if timing.percent > 100 {
        return Err(Message::new("error-form-broken"));
    }
    timing.percent = match timing.origin {
        Origin::ByHand => 100,
        _ => timing.percent,
    };
    Ok(Times::At(timing))
}

/// A fault of the times that were sent.
pub fn fault(message: Message) -> Error {
    Error::field("times", message)
}

/// The times of both parts of a sentence that was cut: `share` of its words, 0 to 1, are in the
/// first one. `cut_ms` is where the author says that the second begins. A cut at a guess is not
/// sure, unless the whole was the author's: then both parts stay his.
pub fn split_times(times: &Times, share: f64, cut_ms: Option<u64>) -> (Times, Times) {
    let Times::At(timing) = times else {
        return (times.clone(), times.clone());
    };
    let length_ms = timing.end_ms.saturating_sub(timing.start_ms);
    let guess = timing.start_ms + (length_ms as f64 * share.clamp(0.0, 1.0)) as u64;
    let said = cut_ms.filter(|ms| (timing.start_ms..=timing.end_ms).contains(ms));
    let cut = said.unwrap_or(guess);
    let part = |start_ms: u64, end_ms: u64| {
        let mut part = Timing {
            start_ms,
            end_ms,
            ..timing.clone()
        };
        if said.is_none() && part.origin != Origin::ByHand {
            part.origin = Origin::Inferred;
            part.percent = part.percent.min(Timing::SURE_PERCENT - 1);
        }
        Times::At(part)
    };
    (part(timing.start_ms, cut), part(cut, timing.end_ms))
}

/// The times of two neighbours that became one: from the first start to the last end. It is the
/// author's if he set either, and as sure as the less sure of both.
pub fn joined_times(first: &Times, second: &Times) -> Times {
    match (first, second) {
        (Times::At(a), Times::At(b)) => {
            let by_hand = a.origin == Origin::ByHand || b.origin == Origin::ByHand;
            let weaker = if b.percent < a.percent { b } else { a };
            Times::At(Timing {
                start_ms: a.start_ms.min(b.start_ms),
                end_ms: a.end_ms.max(b.end_ms),
                origin: if by_hand {
                    Origin::ByHand
                } else {
                    weaker.origin
                },
                percent: if by_hand { 100 } else { weaker.percent },
            })
        }
        (Times::At(_), _) => first.clone(),
        (_, Times::At(_)) => second.clone(),
        (Times::NotSpoken(a), Times::NotSpoken(b)) => Times::NotSpoken(*a || *b),
        _ => Times::Unknown,
    }
}

/// Those sentences between two others that a machine may look for again: `after` and `before` are
/// the last and the first that stay, `None` the ends of the script. Empty if one of them is not
/// there or they stand the other way round.
pub fn between<'a>(
    ids: &'a [SentenceId],
    after: Option<&SentenceId>,
    before: Option<&SentenceId>,
) -> &'a [SentenceId] {
    let place = |id: &SentenceId| ids.iter().position(|known| known == id);
    let from = after.map_or(Some(0), |id| place(id).map(|n| n + 1));
    let to = before.map_or(Some(ids.len()), place);
    match (from, to) {
        (Some(from), Some(to)) => ids.get(from..to).unwrap_or_default(),
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(start_ms: u64, end_ms: u64, origin: Origin, percent: u8) -> Times {
        Times::At(Timing {
            start_ms,
            end_ms,
            origin,
            percent,
        })
    }

    fn id(n: u32) -> SentenceId {
        SentenceId::numbered(
            &crate::kernel::ids::PostId::from_db("abcdefghijkl".into()),
            n,
        )
    }

    #[test]
    fn what_the_author_sets_is_his() {
        assert_eq!(
            Change::Set(10, 20).times(100).unwrap(),
            at(10, 20, Origin::ByHand, 100)
        );
        assert_eq!(
            Change::NotSpoken.times(100).unwrap(),
            Times::NotSpoken(true)
        );
        let back = at(10, 20, Origin::Measured, 88);
        assert_eq!(Change::Back(back.clone()).times(100).unwrap(), back);
        let vouched = at(1, 2, Origin::ByHand, 7);
        assert_eq!(
            Change::Back(vouched).times(100).unwrap(),
            at(1, 2, Origin::ByHand, 100)
        );
    }

    #[test]
    fn times_outside_the_recording_are_refused() {
        for change in [
            Change::Set(20, 10),
            Change::Set(0, 101),
            Change::Set(u64::MAX, u64::MAX),
            Change::Back(at(50, 40, Origin::Measured, 1)),
            Change::Back(at(50, 400, Origin::Imported, 1)),
        ] {
            assert!(
                matches!(change.times(100), Err(Error::Invalid(_))),
                "{change:?}"
            );
        }
        assert!(Change::Set(100, 100).times(100).is_ok());
    }

    #[test]
    fn a_cut_shares_the_time() {
        let whole = at(1000, 2000, Origin::Measured, 90);
        let (first, second) = split_times(&whole, 0.25, None);
        assert_eq!(first, at(1000, 1250, Origin::Inferred, 49));
        assert_eq!(second, at(1250, 2000, Origin::Inferred, 49));
        let (first, second) = split_times(&whole, 0.25, Some(1800));
        assert_eq!(first, at(1000, 1800, Origin::Measured, 90));
        assert_eq!(second, at(1800, 2000, Origin::Measured, 90));
        // What lies outside is no cut.
        assert_eq!(
            split_times(&whole, 0.5, Some(5)),
            split_times(&whole, 0.5, None)
        );
        let own = at(1000, 2000, Origin::ByHand, 100);
        assert_eq!(
            split_times(&own, 0.5, None).1,
            at(1500, 2000, Origin::ByHand, 100)
        );
        let silent = Times::NotSpoken(true);
        assert_eq!(split_times(&silent, 0.5, None), (silent.clone(), silent));
    }

    #[test]
    fn two_become_one() {
        let (a, b) = (
            at(1000, 2000, Origin::Measured, 90),
            at(2100, 3000, Origin::Inferred, 30),
        );
        assert_eq!(joined_times(&a, &b), at(1000, 3000, Origin::Inferred, 30));
        let own = at(2100, 3000, Origin::ByHand, 100);
        assert_eq!(joined_times(&a, &own), at(1000, 3000, Origin::ByHand, 100));
        assert_eq!(joined_times(&a, &Times::Unknown), a);
        assert_eq!(joined_times(&Times::NotSpoken(true), &b), b);
        assert_eq!(
            joined_times(&Times::NotSpoken(false), &Times::NotSpoken(true)),
            Times::NotSpoken(true)
        );
    }

    #[test]
    fn what_lies_between_two() {
        let ids: Vec<SentenceId> = (0..5).map(id).collect();
        assert_eq!(between(&ids, None, None), &ids[..]);
        assert_eq!(between(&ids, Some(&ids[0]), Some(&ids[3])), &ids[1..3]);
        assert_eq!(between(&ids, Some(&ids[3]), Some(&ids[0])), &[]);
        assert_eq!(between(&ids, Some(&id(9)), None), &[]);
        assert_eq!(between(&ids, Some(&ids[4]), None), &[]);
    }

    proptest! {
        #[test]
        fn parts_of_a_whole_lie_in_it(start in 0u64..1_000_000, length in 0u64..100_000, share in -1.0f64..2.0, cut: Option<u64>) {
            let whole = at(start, start + length, Origin::Measured, 70);
            let (first, second) = split_times(&whole, share, cut);
            let (first, second) = (first.timing().unwrap(), second.timing().unwrap());
            prop_assert_eq!(first.start_ms, start);
            prop_assert_eq!(first.end_ms, second.start_ms);
            prop_assert_eq!(second.end_ms, start + length);
            prop_assert!(first.start_ms <= first.end_ms && second.start_ms <= second.end_ms);
        }
    }
}
