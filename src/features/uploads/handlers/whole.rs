//! Files that come whole, in one request: with the form of a post, and from programs.
use axum::extract::Request;
use bytes::Bytes;

use crate::features::posts;
use crate::features::recordings::Recording;
use crate::features::uploads::actions::{self, Target};
use crate::features::uploads::model::Place;
use crate::features::uploads::receive::Appender;
use crate::kernel::ids::{PostId, UserId, random_base32};
use crate::kernel::{Error, Result};
use crate::ports::media::MediaStore;
use crate::state::AppState;
use crate::web::form;
use crate::web::multipart::FileSink;
use crate::web::pace::{PacedBody, cut_off};
use crate::web::task::detached;

/// Removes its temporary file when it is dropped, whatever happened.
struct TempFile {
    media: MediaStore,
    name: String,
}

impl Drop for TempFile {
    fn drop(&mut self) {
        if let Err(error) = self.media.remove_temp(&self.name) {
            tracing::warn!(%error, "a temporary file could not be removed");
        }
    }
}

/// A sound file on its way to the disk; dropped, it leaves nothing behind.
pub struct SoundFile {
    state: AppState,
    temp: TempFile,
    sink: Appender,
    /// What the file is called, for the author's eyes.
    name: String,
    told_bytes: u64,
}

impl SoundFile {
    /// Begins a file, of whose length a client told this much.
    ///
    /// # Errors
    /// 507 when the disk has no room for it.
    pub async fn open(state: &AppState, name: String, told_bytes: u64) -> Result<Self> {
        let told_bytes = told_bytes.min(state.config.max_upload_bytes);
        actions::check_room(state, told_bytes)?;
        let temp = TempFile {
            media: state.media.clone(),
            name: format!("form-{}", random_base32::<16>()),
        };
        Ok(Self {
            state: state.clone(),
            sink: Appender::open(state, &temp.name, 0).await?,
            temp,
            name,
            told_bytes,
        })
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// 413 over the limit, 507 when the disk is full.
    pub async fn write(&mut self, piece: Bytes) -> Result<()> {
        let limit_bytes = self.state.config.max_upload_bytes;
        if self.length_bytes() + piece.len() as u64 > limit_bytes {
            return Err(Error::TooLarge { limit_bytes });
        }
        let written = self.sink.write(piece).await;
        written.map_err(|e| actions::when_full(&self.state, self.told_bytes, e))
    }

    /// How long it is by now.
    pub fn length_bytes(&self) -> u64 {
        self.sink.length_bytes()
    }

    /// Makes the whole file the recording of a post, in a task that a client who hangs up does not
    /// cut.
    ///
    /// # Errors
    /// 422 for what is no sound, or does not fit its place; 404 for no such post, 409 for one in
    /// the trash.
    pub async fn attach(mut self, by: &UserId, post: &PostId, place: Place) -> Result<Recording> {
        posts::find_living(&self.state.db, post).await?;
        actions::check_length(&self.state, self.length_bytes())?;
        let (by, post) = (by.clone(), post.clone());
        detached(async move {
            self.sink.sync().await?;
            let path = self.state.media.temp_path(&self.temp.name);
            let length = self.length_bytes();
            let target = Target {
                post: &post,
                place,
                by: &by,
            };
            actions::attach(&self.state, path, length, self.name.clone(), target, None).await
        })
        .await
    }
}

/// Takes the whole body of a request as a file of a post: the way of programs. `name` is what the
/// file is called, for the author's eyes.
///
/// # Errors
/// As the form: 422 for what is no sound, 413, 404, 409 for a post in the trash, 507.
pub async fn receive_whole(
    state: &AppState,
    by: &UserId,
    post: PostId,
    place: Place,
    name: String,
    request: Request,
) -> Result<Recording> {
    posts::find_living(&state.db, &post).await?;
    let limit = state.config.max_upload_bytes;
    let told = form::check_length(request.headers(), limit)?.unwrap_or(0);
    let mut file = SoundFile::open(state, name, told).await?;
    let mut body = PacedBody::new(request.into_body());
    while let Some(piece) = body.next().await? {
        file.write(piece).await?;
    }
    if told > file.length_bytes() {
        return Err(cut_off());
    }
    file.attach(by, &post, place).await
}
