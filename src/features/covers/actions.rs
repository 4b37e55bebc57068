//! Reading pictures and bringing covers into the store.
use bytes::Bytes;

use crate::features::media;
use crate::formats::image::{self, Cover, ImageError};
use crate::kernel::{Error, Message, Result};
use crate::ports::disk::Space;
use crate::ports::media::{MediaStore, Stored};
use crate::ports::worker::{Failure, Task};
use crate::state::AppState;
use crate::web::task::{blocking, detached};

/// A picture file into a cover, by a worker: the largest takes half a gigabyte of memory.
pub const READ_COVER: Task = Task {
    name: "cover",
    work: image::work,
    max_answer_bytes: image::MAX_ANSWER_BYTES,
};

/// A cover whose files are in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverFiles {
    /// Names the cover in addresses.
    pub hash: String,
    /// Side of the square in pixels, and the file.
    pub files: Vec<(u32, Stored)>,
}

/// Makes a cover of a picture file.
///
/// # Errors
/// A fault of the field `cover`, in one sentence.
pub async fn read_cover(state: &AppState, bytes: Bytes) -> Result<Cover> {
    let fault = |message| Error::field("cover", message);
    match state.worker.run(&READ_COVER, bytes).await {
        Ok(answer) => match image::read_answer(&answer) {
            Some(read) => read.map_err(|e| fault(e.message())),
            None => {
                tracing::warn!("a picture: the worker's answer cannot be read");
                Err(fault(ImageError::Broken.message()))
            }
        },
        Err(failure @ Failure::Ended(_)) => {
            tracing::warn!(%failure, "a picture was too much");
            Err(fault(ImageError::TooHeavy.message()))
        }
        Err(failure @ (Failure::Killed | Failure::Unreachable(_))) => {
            tracing::error!(%failure, "a picture could not be looked at");
            Err(fault(Message::new("image-not-now")))
        }
    }
}

/// Makes a cover of the picture in a recording's tags. One that is not fit for a cover, or
/// smaller than one must be, is simply not offered.
pub async fn read_artwork(state: &AppState, bytes: Vec<u8>) -> Result<Option<Cover>> {
    match read_cover(state, bytes.into()).await {
        Ok(cover) => Ok(Some(cover)),
        Err(Error::Invalid(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Writes every size of a cover into the store. Blocks; the caller holds `media::hold`.
pub fn put_files(store: &MediaStore, cover: &Cover) -> Result<CoverFiles> {
    let mut files = Vec::with_capacity(cover.variants.len());
    for (size_px, jpeg) in &cover.variants {
        let file = store.put(jpeg).map_err(media::io_error)?;
        files.push((*size_px, file));
    }
    Ok(CoverFiles {
        hash: cover.hash.clone(),
        files,
    })
}

/// Stores a cover, files first, then its rows, and hands back its hash. What names it (a show,
/// a post) must be written within a day, else it is collected.
pub async fn store_cover(state: &AppState, cover: Cover) -> Result<String> {
    let _held = media::hold().await;
    let store = state.media.clone();
    let files = blocking(move || put_files(&store, &cover)).await?;
    let mut tx = state.db.begin().await?;
    super::insert(&mut tx, &files).await?;
    tx.commit().await?;
    Ok(files.hash)
}

/// Makes a cover of a picture file that was sent, stores it, and hands back its hash.
///
/// # Errors
/// As [`read_cover`]; 507 when the disk has no room.
pub async fn take_in(state: &AppState, bytes: Bytes) -> Result<String> {
    Space::of(state.data.path())?.check_room_for(bytes.len() as u64)?;
    let state = state.clone();
    detached(async move {
        let cover = read_cover(&state, bytes).await?;
        store_cover(&state, cover).await
    })
    .await
}
