//! What begins, finishes and forgets uploads.
use std::path::PathBuf;

use super::model::{EXPIRES_MS, Metadata, PATIENCE, Place, Upload, busy};
use super::store;
use crate::db::Tx;
use crate::features::audit::{self, Act};
use crate::features::posts::{self, writing};
use crate::features::recordings::{self, Recording};
use crate::features::transcripts;
use crate::kernel::events::Event;
use crate::kernel::ids::{PostId, UploadId, UserId};
use crate::kernel::{Error, Message, Result};
use crate::ports::disk::Space;
use crate::state::AppState;
use crate::web::busy::Held;
use crate::web::task::blocking;

/// Tries to write a recording down when the database is busy, each waiting 3 s.
const WRITE_TRIES: u32 = 3;

/// Begins an upload, if its length is within the limits and the disk has room for it and for
/// what is missing of all others.
///
/// # Errors
/// 422 for an empty file and for a second format where there is no first, 413 for one over the
/// limit, 404 for no such post, 409 for one in the trash and when too much is unfinished, 507 with
/// the numbers.
pub async fn create(
    state: &AppState,
    user: &UserId,
    wanted: Metadata,
    length_bytes: u64,
) -> Result<Upload> {
    check_length(state, length_bytes)?;
    posts::find_living(&state.db, &wanted.post).await?;
    if wanted.place == Place::Alternate {
        first_format(state, &wanted.post).await?;
    }
    let mut tx = state.db.begin().await?;
    let given_up = make_room(state, &mut tx, user, &wanted, length_bytes).await?;
    let (_, missing_bytes) = store::unfinished_bytes(&mut tx).await?;
    check_room(state, length_bytes.saturating_add(missing_bytes))?;
    let upload = Upload {
        id: UploadId::random(),
        user: user.clone(),
        post: wanted.post,
        place: wanted.place,
        original_name: wanted.file_name.chars().take(255).collect(),
        length_bytes,
        offset_bytes: 0,
        recording: None,
        expires_at: tx.now().plus_ms(EXPIRES_MS),
    };
    store::insert(&mut tx, &upload).await?;
    tx.commit().await?;
    for (id, _held) in given_up {
        remove_temp(state, id.as_str().to_owned()).await?;
    }
    Ok(upload)
}

/// Refuses an empty file, and one over the limit.
pub fn check_length(state: &AppState, length_bytes: u64) -> Result<()> {
    if length_bytes == 0 {
        return Err(Error::field("file", Message::new("error-upload-empty")));
    }
    let limit_bytes = state.config.max_upload_bytes;
    if length_bytes > limit_bytes {
        return Err(Error::TooLarge { limit_bytes });
    }
    Ok(())
}

/// Refuses what the disk has no room for (HARDENING D8).
pub fn check_room(state: &AppState, length_bytes: u64) -> Result<()> {
    Space::of(state.data.path())?.check_room_for(length_bytes)
}

/// A disk that filled up meanwhile: small writes get room again, and the error its numbers.
pub fn when_full(state: &AppState, missing_bytes: u64, error: Error) -> Error {
    if !matches!(error, Error::InsufficientStorage { .. }) {
        return error;
    }
    state.data.release_ballast_if_full();
    check_room(state, missing_bytes).err().unwrap_or(error)
}

/// The recording that a second format has to fit beside.
async fn first_format(state: &AppState, post: &PostId) -> Result<Recording> {
    let copy = posts::writing::working_copy(&state.db, post).await?;
    let first = copy.content.recording_id.ok_or_else(posts::no_first)?;
    recordings::find(&state.db, &first).await
}

/// Keeps all unfinished uploads within twice the largest (HARDENING D13). Over that, what the
/// same author left lying for the same place of a post makes way: it holds one recording.
async fn make_room(
    state: &AppState,
    tx: &mut Tx,
    user: &UserId,
    wanted: &Metadata,
    length_bytes: u64,
) -> Result<Vec<(UploadId, Held<UploadId>)>> {
    let limit = state.config.max_upload_bytes.saturating_mul(2);
    let (mut total, _) = store::unfinished_bytes(tx).await?;
    let mut given_up = Vec::new();
    if total.saturating_add(length_bytes) <= limit {
        return Ok(given_up);
    }
    for old in store::list_of_place(tx, user, &wanted.post, wanted.place).await? {
        if let Some(held) = state.busy_uploads.try_hold(&old.id) {
            store::delete(tx, &old.id).await?;
            total = total.saturating_sub(old.length_bytes);
            given_up.push((old.id, held));
        }
    }
    if total.saturating_add(length_bytes) > limit {
        return Err(Error::Conflict(Message::new("error-upload-too-many")));
    }
    Ok(given_up)
}

/// Makes the recording of an upload whose last byte is synced. What is no recording is
/// forgotten, file and row.
pub async fn finish(state: &AppState, upload: &Upload) -> Result<Recording> {
    if state.media.temp_length_bytes(upload.id.as_str()) != Some(upload.length_bytes) {
        // Taken into the store by a process that died before it wrote that down.
        discard(state, &upload.id).await?;
        return Err(Error::NotFound);
    }
    let temp = state.media.temp_path(upload.id.as_str());
    let name = upload.original_name.clone();
    let attached = attach(
        state,
        temp,
        upload.length_bytes,
        name,
        Target {
            post: &upload.post,
            place: upload.place,
            by: &upload.user,
        },
        Some(&upload.id),
    );
    match attached.await {
        Err(refused @ Error::Invalid(_)) => {
            discard(state, &upload.id).await?;
            Err(refused)
        }
        other => other,
    }
}

/// Where a file goes, and who sent it.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The post.
    pub post: &'a PostId,
    /// As its recording, or as the same in a second format.
    pub place: Place,
    /// For the log.
    pub by: &'a UserId,
}

/// Takes a whole temporary file in as a recording of a post, in the order of HARDENING D1:
/// whole and synced under its final name first, then all rows in one transaction.
pub async fn attach(
    state: &AppState,
    temp: PathBuf,
    length_bytes: u64,
    client_name: String,
    target: Target<'_>,
    upload: Option<&UploadId>,
) -> Result<Recording> {
    let post = target.post;
    // Before the file is taken in: who takes the post out of the trash can go on with an upload.
    posts::find_living(&state.db, post).await?;
    let arrived = match target.place {
        Place::Recording => recordings::take_in(state, temp, length_bytes, client_name).await?,
        Place::Alternate => {
            let first = first_format(state, post).await?;
            recordings::take_in_beside(state, temp, length_bytes, client_name, &first).await?
        }
    };
    let mut tries = 1;
    loop {
        match write_down(state, &arrived, target, upload).await {
            // The file is in the store already: giving up now would lose the upload.
            Err(Error::Unavailable { .. }) if tries < WRITE_TRIES => tries += 1,
            other => return other,
        }
    }
}

async fn write_down(
    state: &AppState,
    arrived: &recordings::Arrived,
    Target { post, place, by }: Target<'_>,
    upload: Option<&UploadId>,
) -> Result<Recording> {
    let mut tx = state.db.begin().await?;
    posts::living_in(&mut tx, post).await?;
    // The very file that is there already: the times that hang on it stay, those set by hand too.
    if let Some(there) = recording_at(&mut tx, post, place).await?
        && arrived.is_of(&mut tx, &there).await?
    {
        if let Some(upload) = upload {
            store::finish(&mut tx, upload, &there.id).await?;
        }
        tx.commit().await?;
        return Ok(there);
    }
    let recording = arrived.write(&mut tx).await?;
    let id = Some(&recording.id);
    match place {
        Place::Recording => {
            posts::attach_recording(&mut tx, post, id).await?;
            transcripts::lay_early(&mut tx, post, &recording.id).await?;
        }
        Place::Alternate => posts::attach_alternate(&mut tx, post, id).await?,
    }
    if let Some(upload) = upload {
        store::finish(&mut tx, upload, &recording.id).await?;
    }
    audit::record_post(&mut tx, by, Act::RecordingSet, post).await?;
    // The one that it replaces may be named by nothing now.
    tx.announce(Event::MediaReleased);
    tx.commit().await?;
    Ok(recording)
}

/// What the working copy has at a place.
async fn recording_at(tx: &mut Tx, post: &PostId, place: Place) -> Result<Option<Recording>> {
    let content = writing::working_copy_in(tx, post).await?.content;
    let id = match place {
        Place::Recording => content.recording_id,
        Place::Alternate => content.alternate_id,
    };
    match id {
        Some(id) => recordings::find_in(tx, &id).await.map(Some),
        None => Ok(None),
    }
}

/// Takes the recording off a place of a post's working copy; what is public stays until the
/// next update.
pub async fn detach(state: &AppState, Target { post, place, by }: Target<'_>) -> Result<()> {
    let mut tx = state.db.begin().await?;
    posts::living_in(&mut tx, post).await?;
    audit::record_post(&mut tx, by, Act::RecordingRemoved, post).await?;
    match place {
        Place::Recording => posts::attach_recording(&mut tx, post, None).await?,
        Place::Alternate => posts::attach_alternate(&mut tx, post, None).await?,
    }
    tx.announce(Event::MediaReleased);
    tx.commit().await
}

/// Cancels an upload: who is sending is asked to stop first.
pub async fn cancel(state: &AppState, upload: &Upload) -> Result<()> {
    let held = state.busy_uploads.take_over(&upload.id, PATIENCE).await;
    let _held = held.ok_or_else(busy)?;
    discard(state, &upload.id).await
}

/// Forgets an upload, its row and its file.
pub async fn discard(state: &AppState, id: &UploadId) -> Result<()> {
    let mut tx = state.db.begin().await?;
    store::delete(&mut tx, id).await?;
    tx.commit().await?;
    remove_temp(state, id.as_str().to_owned()).await
}

/// Removes a temporary file; one that is gone already is fine.
pub async fn remove_temp(state: &AppState, name: String) -> Result<()> {
    let media = state.media.clone();
    blocking(move || Ok(media.remove_temp(&name)?)).await
}
