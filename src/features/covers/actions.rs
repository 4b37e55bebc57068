//! Reading pictures and bringing covers into the store.
use bytes::Bytes;
use tokio::sync::Semaphore;

use crate::features::media;
use crate::formats::image::{self, Cover};
use crate::kernel::{Error, Result};
use crate::ports::media::{MediaStore, Stored};
use crate::state::AppState;
use crate::web::task::blocking;

/// One picture is decoded at a time: the largest takes some 300 MiB of memory.
static DECODER: Semaphore = Semaphore::const_new(1);

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
pub async fn read_cover(bytes: Bytes) -> Result<Cover> {
    let _turn = turn().await?;
    blocking(move || image::read_cover(&bytes).map_err(|e| Error::field("cover", e.message())))
        .await
}

/// Makes a cover of the picture in a recording's tags, if it is fit for one.
pub async fn read_artwork(bytes: Vec<u8>) -> Result<Option<Cover>> {
    let _turn = turn().await?;
    blocking(move || Ok(image::read_artwork(&bytes))).await
}

async fn turn() -> Result<tokio::sync::SemaphorePermit<'static>> {
    DECODER
        .acquire()
        .await
        .map_err(|e| Error::Internal(e.into()))
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
