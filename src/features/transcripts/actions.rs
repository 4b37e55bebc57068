//! What changes transcripts and asks for work on them, inside the caller's transaction.
use std::collections::BTreeSet;

use super::form::{CHAPTERS, chapters};
use super::jobs::plan::{Sought, basis_of, sought};
use super::model::{ChapterWish, LEAST_CHAPTERS, Timeline, Work, WorkKind, WorkState, chapters_of};
use super::store;
use crate::db::{Db, Tx};
use crate::features::posts::{self, writing};
use crate::features::recordings;
use crate::formats::script;
use crate::formats::transcript::{Line, Times, Transcript};
use crate::kernel::events::Event;
use crate::kernel::ids::{PostId, RecordingId, SentenceId};
use crate::kernel::{Error, Message, Result};

/// Somebody changed the times first; they are at this version by now.
pub fn timed_elsewhere(now: i64) -> Error {
    Error::Conflict(Message::new("error-timed-elsewhere").with("version", now))
}

/// Stores what is known of a post's sentences in a recording and gives the new version. What the
/// public hears changes with it; chapters that are made of headings are made anew.
///
/// # Errors
/// `Conflict` if what is stored is not at the timeline's version any more; nothing is written
/// then. `NotFound` if there is no such post or recording.
pub async fn put(
    tx: &mut Tx,
    post: &PostId,
    recording: &RecordingId,
    timeline: &Timeline,
) -> Result<i64> {
    let show = store::public_show(tx, post, recording).await?;
    // What the feed promises is what the public revision has; a draft's newest one will be that.
    let lines = match show {
        Some(_) => posts::public_lines(tx, post).await?,
        None => posts::newest_lines(tx, post).await?,
    };
    let sound = recordings::find_in(tx, recording).await?;
    let mut timeline = timeline.clone();
    let lines = timeline.fill(lines);
    timeline.propose_chapters(&lines, &sound.tags.chapters);
    let is_timed = lines.iter().any(|line| line.times.timing().is_some());
    let Some(version) = store::save(tx, post, recording, &timeline, is_timed).await? else {
        let now = store::find_in(tx, post, recording).await?;
        return Err(timed_elsewhere(now.map_or(0, |t| t.version)));
    };
    if let Some(show) = show {
        tx.announce(Event::TranscriptChanged(show, post.clone()));
    }
    Ok(version)
}

/// Sets whose chapters a recording has, under the version of the timeline that the author saw
/// (0: none was stored).
///
/// # Errors
/// `Conflict` if the timeline is not at that version any more; a fault of the field `chapters`
/// for rows that are none, and where neither headings nor file tell of any; `NotFound` without a
/// recording.
pub async fn set_chapters(
    tx: &mut Tx,
    post: &PostId,
    version: i64,
    wish: ChapterWish,
) -> Result<()> {
    let copy = writing::working_copy_in(tx, post).await?.content;
    let recording = copy.recording_id.ok_or(Error::NotFound)?;
    let stored = store::find_in(tx, post, &recording).await?;
    let mut timeline = stored.unwrap_or_default();
    if timeline.version != version {
        return Err(timed_elsewhere(timeline.version));
    }
    let none = |key| Error::field(CHAPTERS, Message::new(key));
    timeline.chapters = match wish {
        ChapterWish::Own(rows) => {
            let sound = recordings::find_in(tx, &recording).await?;
            Some(chapters(&rows, sound.duration_ms)?)
        }
        ChapterWish::Headings => {
            let lines = timeline.fill(posts::newest_lines(tx, post).await?);
            let found = chapters_of(&lines);
            if found.len() < LEAST_CHAPTERS {
                return Err(none("error-chapters-no-headings"));
            }
            Some(found)
        }
        ChapterWish::File => {
            let sound = recordings::find_in(tx, &recording).await?;
            if sound.tags.chapters.is_empty() {
                return Err(none("error-chapters-no-file"));
            }
            None
        }
    };
    put(tx, post, &recording, &timeline).await?;
    Ok(())
}

/// The transcript of what is not public, from the newest version of the post: with the times in
/// this recording, if there is one.
///
/// # Errors
/// `NotFound` if there is no such post.
pub async fn transcript_of(
    db: &Db,
    post: &PostId,
    recording: Option<&RecordingId>,
    title: &str,
    language: &str,
) -> Result<Transcript> {
    let mut lines = posts::newest_lines_of(db, post).await?;
    if lines.is_empty() {
        // A draft that was never kept as a version has words and no times.
        let copy = writing::working_copy(db, post).await?;
        lines = words_of(post, &copy.content.script);
    }
    let timeline = match recording {
        Some(recording) => store::find(db, post, recording).await?.unwrap_or_default(),
        None => Timeline::default(),
    };
    Ok(Transcript {
        language: language.to_owned(),
        title: title.to_owned(),
        lines: timeline.fill(lines),
        gaps: timeline.gaps,
    })
}

/// The lines of a script that was never kept. Nothing hangs on their ids.
fn words_of(post: &PostId, text: &str) -> Vec<Line> {
    let pieces = (0..).zip(script::cut(text));
    let line = |(n, piece): (u32, script::Piece)| Line {
        id: SentenceId::numbered(post, n),
        block: piece.block,
        is_heading: piece.is_heading(),
        speaker: piece.speaker,
        text: piece.text,
        times: Times::Unknown,
    };
    pieces.map(line).collect()
}

/// Asks that the script be looked for in the recording: for what is new in it, or anew for
/// `whole` of it but what is fixed by hand. What is known stays until there is an answer. The
/// working copy is frozen as a version first, if it differs from the newest one in what is looked
/// for, since times derive from versions. Work that runs and would do the very same goes on.
///
/// # Errors
/// A fault of the field `align` where there is no recording or no script; `NotFound` if there is
/// no such post.
pub async fn request_align(tx: &mut Tx, post: &PostId, whole: bool) -> Result<()> {
    look_for(tx, post, whole, BTreeSet::new()).await
}

/// Asks the same for what is new and for these sentences again, as far as they are not fixed by
/// hand.
///
/// # Errors
/// As [`request_align`].
pub async fn request_again(
    tx: &mut Tx,
    post: &PostId,
    sentences: BTreeSet<SentenceId>,
) -> Result<()> {
    look_for(tx, post, false, sentences).await
}

/// Takes [`request_again`] back for these sentences. Work that is on them begins anew with what is
/// left of it.
pub async fn spare(tx: &mut Tx, post: &PostId, sentences: &BTreeSet<SentenceId>) -> Result<()> {
    let Some(mut work) = open_work(tx, post).await? else {
        return Ok(());
    };
    let asked = work.again.len();
    work.again.retain(|id| !sentences.contains(id));
    if work.again.len() == asked {
        return Ok(());
    }
    want(tx, post, WorkKind::Align, work.whole, work.again).await
}

async fn open_work(tx: &mut Tx, post: &PostId) -> Result<Option<Work>> {
    let row = store::work::find_in(tx, post).await?;
    Ok(row.filter(|w| w.kind == WorkKind::Align && w.state.is_open()))
}

async fn look_for(
    tx: &mut Tx,
    post: &PostId,
    whole: bool,
    mut again: BTreeSet<SentenceId>,
) -> Result<()> {
    let copy = writing::working_copy_in(tx, post).await?.content;
    let missing = match (&copy.recording_id, copy.script.trim()) {
        (None, _) => Some("error-align-no-recording"),
        (_, "") => Some("error-align-no-script"),
        _ => None,
    };
    if let Some(key) = missing {
        return Err(Error::field("align", Message::new(key)));
    }
    posts::save_version_for_times(tx, post).await?;
    // What looks for everything anew finds what is new.
    let open = open_work(tx, post).await?;
    let whole = whole || open.as_ref().is_some_and(|w| w.whole);
    again.extend(open.into_iter().flat_map(|w| w.again));
    let found = writing::find_in(tx, post).await?;
    if let Sought::Sentences(plan) = sought(tx, &found, whole, &again).await?
        && store::work::runs_on(tx, post, WorkKind::Align, &plan.basis()).await?
    {
        return Ok(());
    }
    want(tx, post, WorkKind::Align, whole, again).await
}

/// Asks that the recording be written down by the server for speech into text. Work that does it
/// already goes on.
///
/// # Errors
/// A fault of the field `speech` where there is no recording, or a script already; `NotFound` if
/// there is no such post.
pub async fn request_transcription(tx: &mut Tx, post: &PostId) -> Result<()> {
    let copy = writing::working_copy_in(tx, post).await?.content;
    let fault = match (&copy.recording_id, copy.script.trim()) {
        (None, _) => Some("error-align-no-recording"),
        (_, "") => None,
        _ => Some("error-speech-script"),
    };
    if let Some(key) = fault {
        return Err(Error::field("speech", Message::new(key)));
    }
    if let Some(recording) = &copy.recording_id
        && store::work::runs_on(tx, post, WorkKind::Transcribe, &basis_of(recording)).await?
    {
        return Ok(());
    }
    want(tx, post, WorkKind::Transcribe, false, BTreeSet::new()).await
}

async fn want(
    tx: &mut Tx,
    post: &PostId,
    kind: WorkKind,
    whole: bool,
    again: BTreeSet<SentenceId>,
) -> Result<()> {
    let work = Work {
        kind,
        state: WorkState::Waiting,
        whole,
        again,
        progress_percent: 0,
        message: None,
        changed_at: tx.now(),
    };
    store::work::set(tx, post, &work).await?;
    tx.announce(Event::TranscriptWanted(post.clone()));
    Ok(())
}

/// Stops the work of a post; what it found so far is kept where it can go on from. Work that
/// ended already stays as it is.
pub async fn cancel(tx: &mut Tx, post: &PostId) -> Result<()> {
    if let Some(mut work) = store::work::find_in(tx, post).await?
        && work.state.is_open()
    {
        work.state = WorkState::Cancelled;
        store::work::set(tx, post, &work).await?;
    }
    Ok(())
}

/// Goes on with work that was cancelled or failed. Other work stays as it is.
pub async fn go_on(tx: &mut Tx, post: &PostId) -> Result<()> {
    if let Some(mut work) = store::work::find_in(tx, post).await?
        && matches!(work.state, WorkState::Cancelled | WorkState::Failed)
    {
        work.state = WorkState::Waiting;
        work.message = None;
        store::work::set(tx, post, &work).await?;
        tx.announce(Event::TranscriptWanted(post.clone()));
    }
    Ok(())
}
