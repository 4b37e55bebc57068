//! Recordings that were listened to. Listening is done once, by a worker, and what it keeps lies
//! under `data/cache`: the aligner and the waveform of the mending page live on that. It can be
//! thrown away, and is when its file goes or when others need the room.
use std::io::{BufReader, Read};

use bytes::Bytes;
use tokio::sync::Mutex;

use crate::features::recordings::Recording;
use crate::formats::ear::{Alignment, Asked};
use crate::formats::hearing::{self, Deaf, Hearing, sound_of};
use crate::formats::sound::Sound;
use crate::kernel::{Error, Message, Result};
use crate::ports::worker::{Failure, Input, LongTask};
use crate::state::AppState;
use crate::web::task::blocking;

use super::jobs::Fault;

/// Listens to a recording: its file in, what is kept of it out.
pub const HEAR: LongTask = LongTask {
    name: "hear",
    work: hearing::hear,
    // Ten hours, and more than any upload holds.
    max_answer_bytes: 64 << 20,
};

/// Looks for sentences in what was heard.
pub const ALIGN: LongTask = LongTask {
    name: "align",
    work: hearing::align,
    max_answer_bytes: 16 << 20,
};

/// The beginning of the names of the files that are kept.
const PREFIX: &str = "heard-";
/// The beginning of the names of small files that say why a recording could not be listened to.
const UNHEARD: &str = "unheard-";
/// Why that is: the keys that stand in them.
const WHY_UNHEARD: [&str; 3] = ["sound-unsupported", "sound-damaged", "error-align-broken"];
/// All of them together, in bytes: some fifty hours.
const MOST_BYTES: u64 = 256 << 20;

/// Held by whoever listens.
static LISTENING: Mutex<()> = Mutex::const_new(());

/// Processor time that a worker may take for a recording, in seconds (HARDENING L8).
fn cpu_s(recording: &Recording) -> u64 {
    20 + 2 * recording.duration_ms.div_ceil(60_000)
}

fn file_name(recording: &Recording) -> String {
    format!("{PREFIX}{}", recording.media_hash)
}

/// What is kept of a recording, if it was listened to. One that is half
/// written or of another version is as good as none.
async fn kept(state: &AppState, recording: &Recording) -> Result<Option<Vec<u8>>> {
    let (cache, name) = (state.cache.clone(), file_name(recording));
    blocking(move || {
        let Some(mut file) = cache.read(&name) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let whole = file.read_to_end(&mut bytes).is_ok();
        let is_good = whole && Hearing::from_bytes(&bytes).is_some();
        Ok(is_good.then_some(bytes))
    })
    .await
}

/// Whether a recording was listened to, as far as names of files tell.
pub fn is_heard(state: &AppState, recording: &Recording) -> bool {
    state.cache.read(&file_name(recording)).is_some()
}

/// The outline of a recording for the eye, and how loud it is, if it was listened to.
pub async fn outline(state: &AppState, recording: &Recording) -> Result<Option<Sound>> {
    let (cache, name) = (state.cache.clone(), file_name(recording));
    blocking(move || {
        Ok(cache
            .read(&name)
            .and_then(|file| sound_of(&mut BufReader::new(file))))
    })
    .await
}

/// Listens to a recording, or takes what is kept of it. `told` hears how far it is, in percent.
///
/// # Errors
/// A file that cannot be decoded is at fault for good; a worker that cannot be started, for now.
pub(super) async fn heard(
    state: &AppState,
    recording: &Recording,
    told: &(dyn Fn(u8) + Send + Sync),
) -> Result<Vec<u8>, Fault> {
    if let Some(bytes) = kept(state, recording).await? {
        return Ok(bytes);
    }
    // One at a time, so that who wants the same waits and finds it.
    let _alone = LISTENING.lock().await;
    if let Some(bytes) = kept(state, recording).await? {
        return Ok(bytes);
    }
    if !recording.present {
        return Err(Fault::ForGood(Message::new("error-align-no-file")));
    }
    let (media, hash) = (state.media.clone(), recording.media_hash.clone());
    let file = blocking(move || Ok(media.open(&hash)?)).await?;
    let worker = &state.worker;
    let answer = worker
        .run_long(&HEAR, Input::File(file), cpu_s(recording), told)
        .await;
    let heard = answer
        .map_err(fault)
        .and_then(|answer| hearing::hear_answer(answer).map_err(deaf));
    keep(state, recording, &heard).await?;
    sweep(state).await?;
    heard
}

/// Keeps what was heard, or why nothing was.
async fn keep(
    state: &AppState,
    recording: &Recording,
    heard: &Result<Vec<u8>, Fault>,
) -> Result<()> {
    let (name, unheard) = (file_name(recording), unheard_name(recording));
    let (keeps, goes, bytes) = match heard {
        Ok(bytes) => (name, Some(unheard), bytes.clone()),
        Err(Fault::ForGood(why)) => (unheard, None, why.key.as_bytes().to_vec()),
        Err(_) => return Ok(()),
    };
    let cache = state.cache.clone();
    let written = blocking(move || {
        if let Some(name) = goes {
            cache.remove(&name);
        }
        Ok(cache.write(&keeps, |out| out.write_all(&bytes))?)
    });
    if let Err(error) = written.await {
        // It is listened to again another time.
        tracing::warn!(%error, "what was heard could not be kept");
    }
    Ok(())
}

/// Why a recording could not be listened to when that was tried last; `None` if it could, or nobody
/// has tried.
pub async fn unheard(state: &AppState, recording: &Recording) -> Result<Option<Message>> {
    let (cache, name) = (state.cache.clone(), unheard_name(recording));
    blocking(move || {
        let mut key = String::new();
        let file = cache.read(&name);
        let is_read = file.is_some_and(|file| file.take(64).read_to_string(&mut key).is_ok());
        let why = WHY_UNHEARD.into_iter().find(|why| is_read && *why == key);
        Ok(why.map(Message::new))
    })
    .await
}

fn unheard_name(recording: &Recording) -> String {
    format!("{UNHEARD}{}", recording.media_hash)
}

/// Looks for sentences in what was heard; `span` in milliseconds is where all that is sought lies.
///
/// # Errors
/// As for [`heard`].
pub(super) async fn align(
    state: &AppState,
    recording: &Recording,
    heard: Vec<u8>,
    asked: &[Asked],
    span: Option<(u64, u64)>,
    told: &(dyn Fn(u8) + Send + Sync),
) -> Result<Alignment, Fault> {
    let input = hearing::align_input(&heard, asked, span);
    drop(heard);
    let input = Input::Bytes(Bytes::from(input));
    let answer = state
        .worker
        .run_long(&ALIGN, input, cpu_s(recording), told)
        .await;
    let answer = answer.map_err(fault)?;
    hearing::align_answer(&answer, asked.len()).ok_or_else(|| {
        let error = Error::Internal(anyhow::anyhow!("the aligner's answer could not be read"));
        Fault::ForNow(Message::new("error-align-machine"), error)
    })
}

fn deaf(why: Deaf) -> Fault {
    match why {
        Deaf::Unsupported => Fault::ForGood(Message::new("sound-unsupported")),
        Deaf::Damaged => Fault::ForGood(Message::new("sound-damaged")),
        Deaf::Unread => Error::Internal(anyhow::anyhow!("a recording could not be read")).into(),
    }
}

/// A worker that met its limits met them by the file; one that was killed or not reached, by the
/// machine.
fn fault(failure: Failure) -> Fault {
    match failure {
        Failure::Ended(how) => {
            tracing::warn!(how, "a recording could not be worked through");
            Fault::ForGood(Message::new("error-align-broken"))
        }
        Failure::Killed => {
            let error = Error::Internal(anyhow::anyhow!("the worker was killed"));
            Fault::ForNow(Message::new("error-align-memory"), error)
        }
        Failure::Unreachable(error) => error_of(error).into(),
    }
}

fn error_of(error: std::io::Error) -> Error {
    Error::Internal(anyhow::Error::new(error).context("the worker could not be reached"))
}

/// Takes away what was heard of files that are gone, and the oldest of what is too much.
pub async fn sweep(state: &AppState) -> Result<()> {
    let (cache, media) = (state.cache.clone(), state.media.clone());
    blocking(move || {
        let mut room = MOST_BYTES;
        // Newest first.
        for file in cache.list(PREFIX) {
            let hash = file.name.trim_start_matches(PREFIX);
            let goes = media.length_bytes(hash).is_none() || file.length_bytes > room;
            if goes {
                cache.remove(&file.name);
            } else {
                room -= file.length_bytes;
            }
        }
        for file in cache.list(UNHEARD) {
            let hash = file.name.trim_start_matches(UNHEARD);
            if media.length_bytes(hash).is_none() {
                cache.remove(&file.name);
            }
        }
        Ok(())
    })
    .await
}
