//! What the author's hand changes, one transaction each.
use std::collections::BTreeSet;

use super::form::{Join, Realign, Split};
use super::model::{self, Change, between, joined_times, split_times};
use crate::db::{Db, Tx};
use crate::features::audit::{self, Act};
use crate::features::posts::{self, revisions};
use crate::features::recordings::{self, Recording};
use crate::features::transcripts::{self, Timeline};
use crate::formats::transcript::{Line, Times};
use crate::kernel::ids::{PostId, RevisionId, SentenceId, UserId};
use crate::kernel::{Error, Message, Result};

/// The sentences that are mended, inside a transaction: those of the newest version.
struct Bench {
    revision: RevisionId,
    recording: Recording,
    lines: Vec<Line>,
    timeline: Timeline,
}

impl Bench {
    /// Takes it up, unless the times are not at the version that the author saw any more.
    async fn open(tx: &mut Tx, post: &PostId, seen: i64) -> Result<Self> {
        // Locks the post, so that no version of it is made meanwhile.
        let newest = posts::living_in(tx, post).await?.revision_count;
        let (revision, content) = revisions::find_in(tx, post, newest).await?;
        let lines = posts::lines_in(tx, post, &revision.id).await?;
        let id = content.recording_id.ok_or(Error::NotFound)?;
        let recording = recordings::find_in(tx, &id).await?;
        let timeline = transcripts::find_in(tx, post, &id)
            .await?
            .unwrap_or_default();
        if timeline.version != seen {
            return Err(transcripts::timed_elsewhere(timeline.version));
        }
        Ok(Self {
            revision: revision.id,
            recording,
            lines,
            timeline,
        })
    }

    /// A sentence of it.
    fn line(&self, id: &SentenceId) -> Result<&Line> {
        let line = self.lines.iter().find(|line| line.id == *id);
        line.ok_or_else(|| Error::Conflict(Message::new("mending-error-text")))
    }

    /// Times that undo puts back, checked.
    fn whole(&self, times: Times) -> Result<Times> {
        Change::Back(times).times(self.recording.duration_ms)
    }

    async fn keep(self, tx: &mut Tx, by: &UserId, post: &PostId) -> Result<i64> {
        note(tx, by, post).await?;
        transcripts::put(tx, post, &self.recording.id, &self.timeline).await
    }
}

/// The line in the log. The page saves often.
async fn note(tx: &mut Tx, by: &UserId, post: &PostId) -> Result<()> {
    audit::record_post_once(tx, by, Act::TimesSet, post).await
}

/// Stores changes and gives the new version of the times. Nothing is stored if one of them is
/// not good. With `anew` all that is not the author's is then looked for again.
///
/// # Errors
/// `Conflict` if the times or the sentences changed since the author saw them, a fault of the
/// field `times` for one outside the recording, `NotFound` if there is nothing to mend.
pub async fn save(
    db: &Db,
    by: &UserId,
    post: &PostId,
    seen: i64,
    changes: Vec<(SentenceId, Change)>,
    anew: bool,
) -> Result<i64> {
    let mut tx = db.begin().await?;
    let mut bench = Bench::open(&mut tx, post, seen).await?;
    let known: std::collections::HashSet<&SentenceId> =
        bench.lines.iter().map(|line| &line.id).collect();
    let is_changed = !changes.is_empty();
    for (id, change) in changes {
        if !known.contains(&id) {
            return Err(Error::Conflict(Message::new("mending-error-text")));
        }
        let times = change.times(bench.recording.duration_ms)?;
        bench.timeline.set(id, times);
    }
    let version = if is_changed {
        bench.keep(&mut tx, by, post).await?
    } else {
        bench.timeline.version
    };
    if anew {
        note(&mut tx, by, post).await?;
        transcripts::request_align(&mut tx, post, true).await?;
    }
    tx.commit().await?;
    Ok(version)
}

/// What cannot be cut or joined is no conflict with others: tried again it cannot either.
fn at_hand(error: Error) -> Error {
    match error {
        Error::Conflict(why) => model::fault(why),
        Error::NotFound => Error::Conflict(Message::new("mending-error-text")),
        other => other,
    }
}

/// Cuts a sentence in two. Both share its time: where the author said that the second begins, else
/// by their lengths. What hangs on the sentence stays with the first part.
///
/// # Errors
/// As [`save`]; a fault of the field `times` if there are no words on one side.
pub async fn split(db: &Db, by: &UserId, post: &PostId, sent: Split) -> Result<()> {
    let mut tx = db.begin().await?;
    let mut bench = Bench::open(&mut tx, post, sent.version).await?;
    let line = bench.line(&sent.id)?;
    let share = sent.at as f64 / line.text.chars().count().max(1) as f64;
    let (first, second) = match sent.times {
        Some([first, second]) => (bench.whole(first)?, bench.whole(second)?),
        None => split_times(bench.timeline.of(&sent.id), share, sent.ms),
    };
    let cut = posts::split_sentence(&mut tx, post, &bench.revision, &sent.id, sent.at).await;
    let new_id = cut.map_err(at_hand)?;
    bench.timeline.set(sent.id, first);
    bench.timeline.set(new_id, second);
    bench.keep(&mut tx, by, post).await?;
    tx.commit().await
}

/// Joins a sentence with the next one of its paragraph.
///
/// # Errors
/// As [`save`]; a fault of the field `times` if there is no next one.
pub async fn join(db: &Db, by: &UserId, post: &PostId, sent: Join) -> Result<()> {
    let mut tx = db.begin().await?;
    let mut bench = Bench::open(&mut tx, post, sent.version).await?;
    let next = bench.lines.iter().skip_while(|line| line.id != sent.id);
    let next = next.skip(1).map(|line| line.id.clone()).next();
    let next_times = next
        .as_ref()
        .map_or(&Times::Unknown, |id| bench.timeline.of(id));
    let times = match sent.times {
        Some(times) => bench.whole(times)?,
        None => joined_times(bench.timeline.of(&sent.id), next_times),
    };
    let joined = posts::join_sentence(&mut tx, post, &bench.revision, &sent.id).await;
    joined.map_err(at_hand)?;
    if let Some(next) = next {
        bench.timeline.set(next, Times::Unknown);
    }
    bench.timeline.set(sent.id, times);
    bench.keep(&mut tx, by, post).await?;
    tx.commit().await
}

/// Asks the aligner to look again for the sentences between two others, or takes that back. What is
/// known of them stays until it answers, and what the author set between them for good.
///
/// # Errors
/// As [`save`]; a fault of the field `times` if nothing lies between them.
pub async fn realign(db: &Db, by: &UserId, post: &PostId, sent: &Realign) -> Result<()> {
    let mut tx = db.begin().await?;
    let bench = Bench::open(&mut tx, post, sent.version).await?;
    let ids: Vec<SentenceId> = bench.lines.iter().map(|line| line.id.clone()).collect();
    let wanted = between(&ids, sent.after.as_ref(), sent.before.as_ref());
    if sent.stop {
        let wanted = wanted.iter().cloned().collect();
        transcripts::spare(&mut tx, post, &wanted).await?;
        return tx.commit().await;
    }
    let free = wanted.iter().filter(|id| !bench.timeline.is_by_hand(id));
    let free: BTreeSet<SentenceId> = free.cloned().collect();
    if free.is_empty() {
        return Err(model::fault(Message::new("mending-error-fixed")));
    }
    transcripts::request_again(&mut tx, post, free).await?;
    note(&mut tx, by, post).await?;
    tx.commit().await
}
