//! A recording without a script, written down by the server that the operator named. What comes
//! back goes through the same door as a file of the author's.
use std::sync::atomic::AtomicU8;

use anyhow::anyhow;
use serde_json::Value;

use super::plan::basis_of;
use super::watch::Watch;
use super::{Fault, conclude};
use crate::features::posts::{WorkingCopy, writing};
use crate::features::recordings::{self, Recording};
use crate::features::show;
use crate::features::transcripts::actions::request_align;
use crate::features::transcripts::import::{prepare, take_in};
use crate::features::transcripts::model::{WorkKind, WorkState};
use crate::features::transcripts::speech::{self, Refused};
use crate::features::transcripts::store::work;
use crate::formats::transcript::{self, Form, NotTimed, Timed};
use crate::jobs::Job;
use crate::kernel::ids::{PostId, RecordingId};
use crate::kernel::{Error, Message, Result};
use crate::state::AppState;
use crate::web::task::blocking;

/// Does a job of the kind `transcribe`. One that nobody wants any more does nothing.
///
/// # Errors
/// The machine's faults and those of a server that may do it another time, to be tried again by
/// the queue.
pub async fn transcribe(state: &AppState, job: &Job) -> Result<()> {
    let Ok(post) = job.subject.parse::<PostId>() else {
        return Err(Error::Internal(anyhow!("no post: {}", job.subject)));
    };
    let mut tx = state.db.begin().await?;
    let wanted = work::find_in(&mut tx, &post).await?;
    let wanted = wanted.is_some_and(|w| w.kind == WorkKind::Transcribe && w.state.is_open());
    if !wanted {
        return Ok(());
    }
    let copy = writing::working_copy_in(&mut tx, &post).await?.content;
    let basis = copy.recording_id.as_ref().map(basis_of).unwrap_or_default();
    if !work::begin(&mut tx, &post, WorkKind::Transcribe, &basis).await? {
        return Ok(());
    }
    tx.commit().await?;
    let watch = Watch {
        state,
        post: &post,
        kind: WorkKind::Transcribe,
        percent: AtomicU8::new(0),
    };
    let outcome = work_on(&watch).await;
    conclude(state, job, &post, WorkKind::Transcribe, outcome).await
}

async fn work_on(watch: &Watch<'_>) -> Result<(), Fault> {
    let (state, post) = (watch.state, watch.post);
    let (recording, language) = what(state, post).await?;
    // Switched off since it was asked for.
    let server = state.config.transcription.as_ref();
    let server = server.ok_or_else(|| Fault::ForGood(Message::new("error-speech-off")))?;
    let answer = watch.over(speech::write_down(state, server, &recording, &language));
    let body = answer.await??.map_err(|refused| match refused {
        Refused::ForGood(message) => Fault::ForGood(message),
        Refused::ForNow(message) => {
            let error = Error::Internal(anyhow!("{}", message.key));
            Fault::ForNow(message, error)
        }
    })?;
    let read = blocking(move || {
        let read = transcript::read(&body);
        Ok(read.map_err(|why| silent(&body, &why)))
    });
    let timed = match read.await? {
        // A web page is a proxy's, or asks to log in.
        Ok(timed) if timed.form != Form::Html => timed,
        Err(true) => return Err(Fault::ForGood(Message::new("error-speech-silence"))),
        _ => return Err(Fault::ForGood(Message::new("error-speech-unreadable"))),
    };
    let mut kept = keep(state, post, &recording.id, timed.clone()).await;
    if matches!(kept, Err(Error::Conflict(_))) {
        // Somebody wrote meanwhile, perhaps the title alone.
        kept = keep(state, post, &recording.id, timed).await;
    }
    match kept {
        Ok(()) => Ok(()),
        Err(Error::Invalid(errors)) => {
            let first = errors.0.into_iter().next().map(|(_, message)| message);
            let message = first.unwrap_or_else(|| Message::new("error-speech-unreadable"));
            Err(Fault::ForGood(message))
        }
        Err(other) => Err(other.into()),
    }
}

/// Whether an answer that could not be used is a whole one, of a recording without words.
fn silent(body: &[u8], why: &NotTimed) -> bool {
    let json = || serde_json::from_slice::<Value>(body).ok();
    match why {
        NotTimed::NoCues => true,
        NotTimed::OtherJson => json().is_some_and(|json| {
            let says_nothing = json["text"].as_str().is_some_and(|t| t.trim().is_empty());
            says_nothing || json["segments"].as_array().is_some_and(Vec::is_empty)
        }),
        _ => false,
    }
}

/// The recording of the working copy, and the language that is spoken in it.
async fn what(state: &AppState, post: &PostId) -> Result<(Recording, String), Fault> {
    let copy = writing::working_copy(&state.db, post).await?.content;
    let id = copy.recording_id.as_ref();
    let id = id.ok_or_else(|| Fault::ForGood(Message::new("error-align-no-recording")))?;
    let show_id = writing::find(&state.db, post).await?.show_id;
    let show = show::find(&state.db, &show_id).await?;
    let language = copy.language_in(&show).to_owned();
    Ok((recordings::find(&state.db, id).await?, language))
}

/// Makes it the script, unless there is one by now, or another recording.
async fn keep(
    state: &AppState,
    post: &PostId,
    recording: &RecordingId,
    timed: Timed,
) -> Result<()> {
    let changed = |copy: &WorkingCopy| {
        !copy.content.script.trim().is_empty()
            || copy.content.recording_id.as_ref() != Some(recording)
    };
    let fault = || Error::field("speech", Message::new("error-speech-changed"));
    let copy = writing::working_copy(&state.db, post).await?;
    if changed(&copy) {
        return Err(fault());
    }
    let has_times = timed.has_times();
    let prepared = prepare(&state.db, post, copy.version, timed, "speech").await?;
    let mut tx = state.db.begin().await?;
    if changed(&writing::working_copy_in(&mut tx, post).await?) {
        return Err(fault());
    }
    let row = work::find_in(&mut tx, post).await?;
    if !row.is_some_and(|w| w.kind == WorkKind::Transcribe && w.state == WorkState::Running) {
        return Ok(());
    }
    // Ended first: taking a file in stops work that runs.
    work::end(&mut tx, post, WorkKind::Transcribe, Ok(())).await?;
    take_in(&mut tx, post, prepared).await?;
    if !has_times {
        // A server that gives the words alone: their times are found here.
        request_align(&mut tx, post, false).await?;
    }
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_without_words_is_told_from_one_that_is_none() {
        for (body, want) in [
            (r#"{"text":""}"#, true),
            (
                r#"{"task":"transcribe","text":" ","segments":[],"words":[]}"#,
                true,
            ),
            (r#"{"segments":[]}"#, true),
            (r#"{"segments":[{"start":0,"end":1,"text":" "}]}"#, true),
            (r#"{"error":"no"}"#, false),
            (r#"{"text":"#, false),
        ] {
            let why = transcript::read(body.as_bytes()).expect_err(body);
            assert_eq!(silent(body.as_bytes(), &why), want, "{body}");
        }
    }
}
