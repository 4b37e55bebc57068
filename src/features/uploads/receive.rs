//! Bytes of an upload on their way to the disk: written in blocks, synced, and only then told.
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::checksum::Checksum;
use super::model::{EXPIRES_MS, Upload, bad_header, busy};
use super::{actions, store};
use crate::features::media::io_error;
use crate::features::recordings::Recording;
use crate::kernel::ids::UploadId;
use crate::kernel::{Error, Result};
use crate::state::AppState;
use crate::web::busy::Held;
use crate::web::multipart::FileSink;
use crate::web::task::blocking;

/// Bytes gathered before they are written.
const BLOCK_BYTES: usize = 1 << 20;
/// Bytes after which what came in is synced and told, should the process die.
const SYNC_BYTES: u64 = 32 << 20;
/// The same in time, for slow lines.
const SYNC_EVERY: Duration = Duration::from_secs(5);

/// A temporary file that grows at its end.
pub struct Appender {
    file: Arc<File>,
    /// Where the next block goes.
    written_bytes: u64,
    pending: Vec<Bytes>,
    pending_bytes: usize,
}

impl Appender {
    /// Opens a temporary file at an offset; what it holds beyond is cut off.
    pub async fn open(state: &AppState, name: &str, at_bytes: u64) -> Result<Self> {
        let (media, name) = (state.media.clone(), name.to_owned());
        let file = blocking(move || media.resume_temp(&name, at_bytes).map_err(io_error)).await?;
        Ok(Self {
            file: Arc::new(file),
            written_bytes: at_bytes,
            pending: Vec::new(),
            pending_bytes: 0,
        })
    }

    /// Length of the file with what waits to be written.
    pub fn length_bytes(&self) -> u64 {
        self.written_bytes + self.pending_bytes as u64
    }

    /// Writes what waits.
    async fn flush(&mut self) -> Result<()> {
        let (file, at) = (self.file.clone(), self.written_bytes);
        let pieces = std::mem::take(&mut self.pending);
        let length = std::mem::take(&mut self.pending_bytes);
        blocking(move || {
            let mut at = at;
            for piece in pieces {
                file.write_all_at(&piece, at).map_err(io_error)?;
                at += piece.len() as u64;
            }
            Ok(())
        })
        .await?;
        self.written_bytes += length as u64;
        Ok(())
    }

    /// Writes what waits and syncs the file. After an error it is not to be believed again.
    pub async fn sync(&mut self) -> Result<()> {
        self.flush().await?;
        let file = self.file.clone();
        blocking(move || file.sync_all().map_err(io_error)).await
    }

    /// Cuts off what was not told, to give the room back.
    async fn cut(&self, at_bytes: u64) -> Result<()> {
        let file = self.file.clone();
        blocking(move || file.set_len(at_bytes).map_err(io_error)).await
    }
}

impl FileSink for Appender {
    async fn write(&mut self, piece: Bytes) -> Result<()> {
        self.pending_bytes += piece.len();
        self.pending.push(piece);
        if self.pending_bytes >= BLOCK_BYTES {
            self.flush().await?;
        }
        Ok(())
    }
}

/// What a request brought.
#[derive(Debug)]
pub struct Progress {
    /// The upload as it is now.
    pub upload: Upload,
    /// What it became, if this was the last of it.
    pub recording: Option<Recording>,
    /// Whether what came was not what was sent, so that nothing of it was kept.
    pub is_refuted: bool,
}

/// Takes in pieces until no more come, keeps what came, and finishes the upload with the last
/// byte. Runs in a task of its own, so that a client who hangs up cuts nothing. What has a checksum
/// is kept as a whole or not at all.
pub async fn receive(
    state: AppState,
    mut upload: Upload,
    held: Held<UploadId>,
    pieces: mpsc::Receiver<Bytes>,
    checksum: Option<Checksum>,
) -> Result<Progress> {
    let mut is_refuted = false;
    if upload.remaining_bytes() > 0 {
        is_refuted = !take_pieces(&state, &mut upload, &held, pieces, checksum).await?;
    }
    let mut recording = None;
    if upload.remaining_bytes() == 0 {
        recording = Some(actions::finish(&state, &upload).await?);
    }
    Ok(Progress {
        upload,
        recording,
        is_refuted,
    })
}

/// Whether what came is what was sent, as far as the client said what that is.
async fn take_pieces(
    state: &AppState,
    upload: &mut Upload,
    held: &Held<UploadId>,
    mut pieces: mpsc::Receiver<Bytes>,
    mut checksum: Option<Checksum>,
) -> Result<bool> {
    let opened = Appender::open(state, upload.id.as_str(), upload.offset_bytes).await;
    let mut file = match opened {
        Ok(file) => file,
        Err(error) => return Err(gone(state, upload, error).await),
    };
    let mut told_at = Instant::now();
    loop {
        let piece = tokio::select! {
            biased;
            () = held.asked_to_stop() => None,
            piece = pieces.recv() => piece,
        };
        let Some(piece) = piece else { break };
        if file.length_bytes() + piece.len() as u64 > upload.length_bytes {
            // More than was announced: nothing of such a piece can be right.
            if checksum.is_some() {
                file.cut(upload.offset_bytes).await?;
            } else {
                tell(state, upload, &mut file).await?;
            }
            return Err(bad_header());
        }
        if let Some(checksum) = &mut checksum {
            checksum.take(&piece);
        }
        if let Err(error) = file.write(piece).await {
            let error = actions::when_full(state, upload.remaining_bytes(), error);
            let _ = file.cut(upload.offset_bytes).await;
            return Err(error);
        }
        let untold = file.length_bytes() - upload.offset_bytes;
        if checksum.is_some() {
            // Nothing of it is known to be right before its end.
            continue;
        }
        if untold >= SYNC_BYTES || told_at.elapsed() >= SYNC_EVERY {
            tell(state, upload, &mut file).await?;
            told_at = Instant::now();
        }
    }
    if checksum.is_some_and(|checksum| !checksum.holds()) {
        file.cut(upload.offset_bytes).await?;
        return Ok(false);
    }
    tell(state, upload, &mut file).await?;
    Ok(true)
}

/// Syncs, then moves the offset. A failed sync ends the upload: what the disk holds of it is
/// not to be believed, and asking again would only seem to help (HARDENING D1).
async fn tell(state: &AppState, upload: &mut Upload, file: &mut Appender) -> Result<()> {
    if file.length_bytes() == upload.offset_bytes {
        return Ok(());
    }
    if let Err(error) = file.sync().await {
        let error = actions::when_full(state, upload.remaining_bytes(), error);
        actions::discard(state, &upload.id).await?;
        return Err(error);
    }
    let mut tx = state.db.begin().await?;
    let expires_at = tx.now().plus_ms(EXPIRES_MS);
    let to = file.length_bytes();
    if !store::set_offset(&mut tx, &upload.id, upload.offset_bytes, to, expires_at).await? {
        return Err(busy());
    }
    tx.commit().await?;
    (upload.offset_bytes, upload.expires_at) = (to, expires_at);
    Ok(())
}

/// An upload whose file is gone or too short cannot go on: it is forgotten, and the client
/// begins anew.
async fn gone(state: &AppState, upload: &Upload, error: Error) -> Error {
    let missing = matches!(&error, Error::Internal(source)
        if source.downcast_ref::<std::io::Error>()
            .is_some_and(|e| e.kind() == std::io::ErrorKind::NotFound));
    if !missing {
        return error;
    }
    match actions::discard(state, &upload.id).await {
        Ok(()) => Error::NotFound,
        Err(error) => error,
    }
}
