//! From a whole temporary file to a recording: looked at, taken into the store, written down.
use std::fs::File;
use std::path::PathBuf;

use anyhow::anyhow;
use tokio::sync::RwLockReadGuard;

use super::model::{Recording, shown_name};
use super::store;
use crate::db::Tx;
use crate::features::covers::{self, CoverFiles};
use crate::features::media;
use crate::formats::audio::{self, AudioError, AudioInfo};
use crate::kernel::ids::RecordingId;
use crate::kernel::{Error, Message, Result};
use crate::ports::media::Stored;
use crate::state::AppState;
use crate::web::task::blocking;

/// A recording whose file is under its final name and whose rows are not written yet. The
/// collection is kept out while this lives.
pub struct Arrived {
    info: AudioInfo,
    file: Stored,
    artwork: Option<CoverFiles>,
    client_name: String,
    _held: RwLockReadGuard<'static, ()>,
}

/// Looks at a whole temporary file and takes it into the media store (HARDENING D1: synced,
/// renamed, folder synced). The caller writes it down by [`Arrived::write`] in its transaction.
///
/// # Errors
/// A fault of the field `file` if it is no sound, cut off, or not played everywhere; the
/// temporary file is still there then.
pub async fn take_in(
    state: &AppState,
    temp: PathBuf,
    length_bytes: u64,
    client_name: String,
) -> Result<Arrived> {
    take_in_if(state, temp, length_bytes, client_name, |_| None).await
}

/// The same for a file that is to stand beside a recording as the same in a second format.
///
/// # Errors
/// As [`take_in`], and where it does not fit beside that one.
pub async fn take_in_beside(
    state: &AppState,
    temp: PathBuf,
    length_bytes: u64,
    client_name: String,
    first: &Recording,
) -> Result<Arrived> {
    let fits = |info: &AudioInfo| first.alternate_fault(info.kind, info.duration_ms);
    take_in_if(state, temp, length_bytes, client_name, fits).await
}

async fn take_in_if(
    state: &AppState,
    temp: PathBuf,
    length_bytes: u64,
    client_name: String,
    fault: impl FnOnce(&AudioInfo) -> Option<Message>,
) -> Result<Arrived> {
    let path = temp.clone();
    let mut info = blocking(move || probe(&path, length_bytes)).await?;
    if let Some(message) = fault(&info) {
        return Err(Error::field("file", message));
    }
    let picture = info.tags.picture.take();
    let cover = match picture {
        Some(picture) => covers::read_artwork(state, picture.bytes).await?,
        None => None,
    };
    let held = media::hold().await;
    let media = state.media.clone();
    let (file, artwork) = blocking(move || {
        let artwork = cover.map(|c| covers::put_files(&media, &c)).transpose()?;
        let file = media.adopt(&temp).map_err(media::io_error)?;
        if file.length_bytes != length_bytes {
            return Err(Error::Internal(anyhow!(
                "{} bytes came in and {} were stored",
                length_bytes,
                file.length_bytes
            )));
        }
        Ok((file, artwork))
    })
    .await?;
    Ok(Arrived {
        info,
        file,
        artwork,
        client_name,
        _held: held,
    })
}

/// Reads what the file is. Blocks.
fn probe(path: &std::path::Path, length_bytes: u64) -> Result<AudioInfo> {
    let mut file = File::open(path)?;
    match audio::probe(&mut file, length_bytes) {
        Ok(info) => Ok(info),
        Err(AudioError::Io(error)) => Err(error.into()),
        Err(error) => Err(Error::field("file", error.message())),
    }
}

impl Arrived {
    /// Whether this is the file of a recording that is there already; should that file have been
    /// lost, it is in place again.
    pub async fn is_of(&self, tx: &mut Tx, recording: &Recording) -> Result<bool> {
        let is_same = recording.media_hash == self.file.hash;
        if is_same {
            media::insert(tx, &self.file).await?;
        }
        Ok(is_same)
    }

    /// Writes file, artwork and recording down; nothing names the recording yet.
    pub async fn write(&self, tx: &mut Tx) -> Result<Recording> {
        media::insert(tx, &self.file).await?;
        if let Some(artwork) = &self.artwork {
            covers::insert(tx, artwork).await?;
        }
        let recording = Recording {
            id: RecordingId::random(),
            media_hash: self.file.hash.clone(),
            length_bytes: self.file.length_bytes,
            present: true,
            kind: self.info.kind,
            duration_ms: self.info.duration_ms,
            bitrate_bps: self.info.bitrate_bps,
            sample_rate_hz: self.info.sample_rate_hz,
            channels: self.info.channels,
            original_name: shown_name(&self.client_name, self.info.kind),
            tags: self.info.tags.clone(),
            artwork_hash: self.artwork.as_ref().map(|a| a.hash.clone()),
            created_at: tx.now(),
        };
        store::insert(tx, &recording).await?;
        Ok(recording)
    }
}
