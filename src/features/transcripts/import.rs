//! A file with times, or plain text, taken in: it becomes the script where there is none; where
//! there is one, its words stay and the times are laid on them. Where there is no recording yet,
//! the times wait for it.
//!
//! The long work is done first, with nothing held ([`prepare`]); then one transaction looks whether
//! all is as it was, and writes ([`take_in`]).
use bytes::Bytes;

use super::actions::{cancel, put};
use super::model::{Timeline, Verdict};
use super::store::{self, early};
use crate::db::{Db, Tx};
use crate::features::audit::{self, Act};
use crate::features::posts::{self, Content, writing};
use crate::features::recordings;
use crate::formats::transcript::{
    self, Line, Scripted, Timed, Times, carry_times_by_id, to_script,
};
use crate::kernel::ids::{PostId, RecordingId, SentenceId, UserId};
use crate::kernel::text::SCRIPT_CHARS;
use crate::kernel::{Error, Message, Result};
use crate::web::task::{blocking, detached};

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

/// A file that is ready to be taken in by the post that it was made ready for.
#[derive(Debug)]
pub struct Prepared {
    /// Of the working copy.
    version: i64,
    timed: Timed,
    ready: Ready,
    field: &'static str,
}

#[derive(Debug)]
enum Ready {
    /// It becomes the script.
    Script(Scripted),
    /// Its times for the sentences of the script, or why it has none for them.
    Times(Vec<Line>, Result<Vec<Times>, Message>),
}

/// Takes in the bytes of a file or a pasted text, under the version of the working copy that the
/// author saw.
///
/// # Errors
/// A fault of `field` for what is no text and no file with times; else as [`prepare`] and
/// [`take_in`].
pub async fn import_file(
    db: &Db,
    by: &UserId,
    post: &PostId,
    version: i64,
    bytes: Bytes,
    field: &'static str,
) -> Result<Imported> {
    let (db, by, post) = (db.clone(), by.clone(), post.clone());
    detached(async move {
        let read = blocking(move || Ok(transcript::read(&bytes))).await?;
        let timed = read.map_err(|why| Error::field(field, why.message()))?;
        let prepared = prepare(&db, &post, version, timed, field).await?;
        let mut tx = db.begin().await?;
        posts::living_in(&mut tx, &post).await?;
        let imported = take_in(&mut tx, &post, prepared).await?;
        audit::record_post(&mut tx, &by, Act::TranscriptSent, &post).await?;
        tx.commit().await?;
        Ok(imported)
    })
    .await
}

/// Does the long work of taking a file in, under the version of the working copy that the author
/// saw. Writes nothing.
///
/// # Errors
/// `Conflict` if the working copy is not at `version` any more; a fault of `field` where there is
/// nothing to take: no times for a script that is there, a script that would be too long.
/// `NotFound` if there is no such post.
pub async fn prepare(
    db: &Db,
    post: &PostId,
    version: i64,
    timed: Timed,
    field: &'static str,
) -> Result<Prepared> {
    let copy = writing::working_copy(db, post).await?;
    if copy.version != version {
        return Err(posts::saved_elsewhere(copy.version));
    }
    let fault = |message| Error::field(field, message);
    let (timed, ready) = if copy.content.script.trim().is_empty() {
        let (timed, scripted) = blocking(move || {
            let scripted = to_script(&timed);
            Ok((timed, scripted))
        })
        .await?;
        if scripted.markdown.chars().count() > SCRIPT_CHARS {
            let long = Message::new("error-import-long").with("most", SCRIPT_CHARS);
            return Err(fault(long));
        }
        (timed, Ready::Script(scripted))
    } else if !timed.has_times() {
        return Err(fault(Message::new("error-import-no-times")));
    } else {
        let lines = posts::foreseen_lines(db, post, &copy.content.script).await?;
        let (timed, times) = carried(timed, &lines).await?;
        (timed, Ready::Times(lines, times))
    };
    Ok(Prepared {
        version,
        timed,
        ready,
        field,
    })
}

/// Takes a file in. Work that runs is stopped, since it would bring other times.
///
/// # Errors
/// `Conflict` if the working copy is not at the version any more for which the file was made ready;
/// a fault of its field if it holds another text.
pub async fn take_in(tx: &mut Tx, post: &PostId, prepared: Prepared) -> Result<Imported> {
    let Prepared {
        version,
        timed,
        ready,
        field,
    } = prepared;
    let copy = writing::working_copy_in(tx, post).await?;
    if copy.version != version {
        return Err(posts::saved_elsewhere(copy.version));
    }
    let fault = |message| Error::field(field, message);
    let mut done = Imported {
        form: timed.form.name(),
        is_script: matches!(ready, Ready::Script(_)),
        sentences: 0,
        timed: 0,
        by_hand: 0,
        warnings: timed.warnings.iter().map(|w| w.message.clone()).collect(),
    };
    let recording = copy.content.recording_id.clone();
    // An upload that ends raises no version, so the script is looked at, too.
    let ready = match ready {
        Ready::Script(scripted) => {
            let content = Content {
                script: scripted.markdown,
                ..copy.content
            };
            posts::save_in(tx, post, version, &copy.slug, &content).await?;
            Ok(scripted.times)
        }
        Ready::Times(foreseen, times) => Err((foreseen, times)),
    };
    posts::save_version_for_times(tx, post).await?;
    let lines = posts::newest_lines(tx, post).await?;
    done.sentences = lines.len();
    if !timed.has_times() {
        return Ok(done);
    }
    let times = match ready {
        Ok(times) if times.len() == lines.len() => times,
        Err((foreseen, times)) if foreseen == lines => times.map_err(fault)?,
        // Sentences were cut by hand meanwhile: rare enough to be done here.
        _ => carried(timed, &lines).await?.1.map_err(fault)?,
    };
    cancel(tx, post).await?;
    let ids = lines.iter().map(|line| line.id.clone());
    let found: Vec<(SentenceId, Times)> = ids.zip(times).collect();
    let Some(recording) = recording else {
        let is_timed = |(_, times): &&(SentenceId, Times)| times.timing().is_some();
        done.timed = found.iter().filter(is_timed).count();
        done.warnings.push(Message::new("import-early"));
        early::put(tx, post, &found).await?;
        return Ok(done);
    };
    early::take(tx, post).await?;
    let laid = lay(tx, post, &recording, found).await?;
    if laid.beyond > 0 {
        let message = Message::new("import-beyond").with("count", laid.beyond);
        done.warnings.push(message);
    }
    (done.timed, done.by_hand) = (laid.timed, laid.by_hand);
    Ok(done)
}

/// Lays times on a recording that has just come, if they waited for one.
///
/// # Errors
/// `NotFound` if there is no such post or recording.
pub async fn lay_early(tx: &mut Tx, post: &PostId, recording: &RecordingId) -> Result<()> {
    if let Some(found) = early::take(tx, post).await? {
        let laid = lay(tx, post, recording, found).await?;
        tracing::info!(%post, timed = laid.timed, beyond = laid.beyond, "times met their recording");
    }
    Ok(())
}

/// The times of a file for these lines, or why it has none for them; and the file.
async fn carried(timed: Timed, lines: &[Line]) -> Result<(Timed, Result<Vec<Times>, Message>)> {
    let owned: Vec<(SentenceId, String)> = lines
        .iter()
        .map(|line| (line.id.clone(), line.text.clone()))
        .collect();
    blocking(move || {
        let sentences: Vec<(&SentenceId, &str)> =
            owned.iter().map(|(id, text)| (id, text.as_str())).collect();
        let carried = carry_times_by_id(&timed, &sentences);
        let times = carried.map(|c| c.times).map_err(|why| why.message());
        Ok((timed, times))
    })
    .await
}

/// Of sentences that were laid on a recording.
struct Laid {
    /// How many have a time.
    timed: usize,
    /// How many are as the author set them.
    by_hand: usize,
    /// How many lie beyond the end.
    beyond: usize,
}

/// Stores the times of sentences, as far as they lie in the recording and the author left room.
async fn lay(
    tx: &mut Tx,
    post: &PostId,
    recording: &RecordingId,
    found: Vec<(SentenceId, Times)>,
) -> Result<Laid> {
    let length_ms = recordings::find_in(tx, recording).await?.duration_ms;
    let stored = store::find_in(tx, post, recording).await?;
    let mut timeline = stored.unwrap_or_default();
    let (ids, times): (Vec<SentenceId>, Vec<Times>) = found.into_iter().unzip();
    let (times, beyond) = within(times, length_ms);
    let found = timeline.fitted(&ids, times);
    timeline.take_found(ids.iter().cloned().zip(found));
    timeline.gaps.clear();
    timeline.algorithm = 0;
    timeline.verdict = Verdict::Unjudged;
    put(tx, post, recording, &timeline).await?;
    let has_time = |id: &&SentenceId| timeline.of(id).timing().is_some();
    Ok(Laid {
        timed: ids.iter().filter(has_time).count(),
        by_hand: ids.iter().filter(|id| timeline.is_by_hand(id)).count(),
        beyond,
    })
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
