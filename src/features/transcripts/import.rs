//! A file with times, or plain text, taken in: it becomes the script where there is none; where
//! there is one, its words stay and the times are laid on them.
use super::actions::{cancel, put};
use super::model::{Timeline, Verdict};
use super::store;
use crate::db::Tx;
use crate::features::posts::{self, Content, writing};
use crate::features::recordings;
use crate::formats::transcript::{Line, Timed, Times, carry_times_by_id, to_script};
use crate::kernel::ids::{PostId, RecordingId, SentenceId};
use crate::kernel::text::SCRIPT_CHARS;
use crate::kernel::{Error, Message, Result};
use crate::web::task::blocking;

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// What it was: `VTT`, `SRT`, `JSON` …
    pub form: &'static str,
    /// Whether it became the script.
    pub is_script: bool,
    /// Sentences of the script.
    pub sentences: usize,
    /// Of those, how many have a time now.
    pub timed: usize,
    /// Of those, how many are as the author set them by hand.
    pub by_hand: usize,
    /// What was mended or left out, a sentence each.
    pub warnings: Vec<Message>,
}

/// Takes a file in, under the version of the working copy that the author saw. Work that runs is
/// stopped, since it would bring other times.
///
/// # Errors
/// `Conflict` if the working copy is not at `version` any more; a fault of `field` where there is
/// nothing to take: another text, no times for a script that is there, no recording in which to
/// hear them, a script that would be too long.
pub async fn take_in(
    tx: &mut Tx,
    post: &PostId,
    version: i64,
    timed: Timed,
    field: &'static str,
) -> Result<Imported> {
    let copy = writing::working_copy_in(tx, post).await?;
    if copy.version != version {
        return Err(Error::Conflict(Message::new("error-saved-elsewhere")));
    }
    let mut done = Imported {
        form: timed.form.name(),
        is_script: copy.content.script.trim().is_empty(),
        sentences: 0,
        timed: 0,
        by_hand: 0,
        warnings: timed.warnings.iter().map(|w| w.message.clone()).collect(),
    };
    let recording = copy.content.recording_id.clone();
    let fault = |message| Error::field(field, message);
    let (timed, times) = if done.is_script {
        let (timed, scripted) = blocking(move || {
            let scripted = to_script(&timed);
            Ok((timed, scripted))
        })
        .await?;
        if scripted.markdown.chars().count() > SCRIPT_CHARS {
            let long = Message::new("error-import-long").with("most", SCRIPT_CHARS);
            return Err(fault(long));
        }
        let content = Content {
            script: scripted.markdown,
            ..copy.content
        };
        posts::save_in(tx, post, version, &copy.slug, &content).await?;
        (timed, Some(scripted.times))
    } else if !timed.has_times() {
        return Err(fault(Message::new("error-import-no-times")));
    } else if recording.is_none() {
        return Err(fault(Message::new("error-import-no-recording")));
    } else {
        (timed, None)
    };
    posts::save_version_if_changed(tx, post).await?;
    let lines = posts::newest_lines(tx, post).await?;
    done.sentences = lines.len();
    let Some(recording) = recording else {
        if timed.has_times() {
            done.warnings.push(Message::new("import-words-only"));
        }
        return Ok(done);
    };
    if !timed.has_times() {
        return Ok(done);
    }
    let times = match times.filter(|times| times.len() == lines.len()) {
        Some(times) => times,
        None => carried(timed, &lines).await?.map_err(fault)?,
    };
    cancel(tx, post).await?;
    lay(tx, post, &recording, &lines, times, &mut done).await?;
    Ok(done)
}

/// The times of a file for these lines, or why it has none for them.
async fn carried(timed: Timed, lines: &[Line]) -> Result<Result<Vec<Times>, Message>> {
    let owned: Vec<(SentenceId, String)> = lines
        .iter()
        .map(|line| (line.id.clone(), line.text.clone()))
        .collect();
    blocking(move || {
        let sentences: Vec<(&SentenceId, &str)> =
            owned.iter().map(|(id, text)| (id, text.as_str())).collect();
        let carried = carry_times_by_id(&timed, &sentences);
        Ok(carried.map(|c| c.times).map_err(|why| why.message()))
    })
    .await
}

/// Stores the times of the lines, as far as they lie in the recording and the author left room.
async fn lay(
    tx: &mut Tx,
    post: &PostId,
    recording: &RecordingId,
    lines: &[Line],
    times: Vec<Times>,
    done: &mut Imported,
) -> Result<()> {
    let length_ms = recordings::find_in(tx, recording).await?.duration_ms;
    let stored = store::find_in(tx, post, recording).await?;
    let mut timeline = stored.unwrap_or_default();
    let (times, beyond) = within(times, length_ms);
    if beyond > 0 {
        let message = Message::new("import-beyond").with("count", beyond);
        done.warnings.push(message);
    }
    let ids: Vec<SentenceId> = lines.iter().map(|line| line.id.clone()).collect();
    let found = timeline.fitted(&ids, times);
    timeline.take_found(ids.iter().cloned().zip(found));
    timeline.gaps.clear();
    timeline.algorithm = 0;
    timeline.verdict = Verdict::Unjudged;
    put(tx, post, recording, &timeline).await?;
    let has_time = |id: &&SentenceId| timeline.of(id).timing().is_some();
    done.timed = ids.iter().filter(has_time).count();
    done.by_hand = ids.iter().filter(|id| timeline.is_by_hand(id)).count();
    Ok(())
}

/// The same times inside a recording of this length, and how many sentences lie beyond its end.
fn within(times: Vec<Times>, length_ms: u64) -> (Vec<Times>, usize) {
    let mut beyond = 0;
    let inside = times.into_iter().map(|times| match times {
        Times::At(mut timing) if timing.start_ms < length_ms => {
            timing.end_ms = timing.end_ms.min(length_ms);
            Times::At(timing)
        }
        Times::At(_) => {
            beyond += 1;
            Times::Unknown
        }
        other => other,
    });
    let inside = inside.collect();
    (inside, beyond)
}

impl Timeline {
    /// What a machine found for these sentences, in the order of reading, cut to the room that
    /// what the author set by hand leaves: a sentence between two of his is spoken between them,
    /// and of one for which no room is left nothing is known.
    pub fn fitted(&self, ids: &[SentenceId], found: Vec<Times>) -> Vec<Times> {
        let by_hand = |id: &SentenceId| {
            let timing = self.of(id).timing()?;
            self.is_by_hand(id)
                .then_some((timing.start_ms, timing.end_ms))
        };
        let mut upper = vec![u64::MAX; ids.len()];
        let mut next = u64::MAX;
        for (n, id) in ids.iter().enumerate().rev() {
            upper[n] = next;
            if let Some((start_ms, _)) = by_hand(id) {
                next = start_ms;
            }
        }
        let mut lower = 0;
        let mut fitted = Vec::with_capacity(found.len());
        for ((id, times), upper) in ids.iter().zip(found).zip(upper) {
            fitted.push(cut(times, lower, upper));
            if let Some((_, end_ms)) = by_hand(id) {
                lower = end_ms;
            }
        }
        fitted
    }
}

fn cut(times: Times, lower: u64, upper: u64) -> Times {
    let Times::At(mut timing) = times else {
        return times;
    };
    // The author spoke in another order there: nothing can be said of what must lie between.
    if lower > upper {
        return Times::At(timing);
    }
    timing.start_ms = timing.start_ms.max(lower);
    timing.end_ms = timing.end_ms.min(upper);
    if timing.start_ms < timing.end_ms {
        Times::At(timing)
    } else {
        Times::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::transcript::{Origin, Timing};

    fn at(start_ms: u64, end_ms: u64, origin: Origin) -> Times {
        Times::At(Timing {
            start_ms,
            end_ms,
            origin,
            percent: 80,
        })
    }

    #[test]
    fn what_is_set_by_hand_leaves_room_or_none() {
        let id = |n: u8| SentenceId::from_db(format!("aaaaa{}", char::from(b'a' + n)));
        let ids: Vec<SentenceId> = (0..5).map(id).collect();
        let mut timeline = Timeline::default();
        timeline.set(id(1), at(1000, 2000, Origin::ByHand));
        timeline.set(id(3), at(3000, 4000, Origin::ByHand));
        let found = [
            (0, 1500),
            (900, 1900),
            (1800, 3500),
            (3000, 3900),
            (3100, 3900),
        ];
        let found = found.map(|(start, end)| at(start, end, Origin::Imported));
        let fitted = timeline.fitted(&ids, found.to_vec());
        assert_eq!(fitted[0], at(0, 1000, Origin::Imported));
        assert_eq!(fitted[2], at(2000, 3000, Origin::Imported));
        assert_eq!(fitted[4], Times::Unknown);
    }

    #[test]
    fn times_end_with_the_recording() {
        let times = vec![
            at(0, 500, Origin::Imported),
            at(900, 1500, Origin::Imported),
            Times::NotSpoken(false),
            at(1000, 1500, Origin::Imported),
        ];
        let (times, beyond) = within(times, 1000);
        assert_eq!(beyond, 1);
        assert_eq!(times[1], at(900, 1000, Origin::Imported));
        assert_eq!(times[3], Times::Unknown);
    }
}
