//! HTTP of files that come whole, in one request: the plain forms below a post, and programs.
use axum::extract::{Path, Request, State};
use axum::response::Response;

use crate::features::accounts::Author;
use crate::features::posts;
use crate::features::recordings::Recording;
use crate::features::uploads::actions::{self, Target};
use crate::features::uploads::model::Place;
use crate::features::uploads::receive::Appender;
use crate::kernel::ids::{PostId, UserId, random_base32};
use crate::kernel::{Error, Message, Result, urls};
use crate::ports::media::MediaStore;
use crate::state::AppState;
use crate::web::form::{self, FORM_BYTES, FormData};
use crate::web::multipart::{FileSink, MultipartForm, Spec};
use crate::web::pace::{PacedBody, cut_off};
use crate::web::page;
use crate::web::task::detached;

/// Removes its temporary file when it is dropped, whatever happened.
struct FormFile {
    media: MediaStore,
    name: String,
}

impl Drop for FormFile {
    fn drop(&mut self) {
        if let Err(error) = self.media.remove_temp(&self.name) {
            tracing::warn!(%error, "a temporary file could not be removed");
        }
    }
}

/// `POST /admin/posts/{id}/recording` and `…/alternate`, `multipart/form-data` with `csrf` and
/// `file`: the way without JavaScript.
pub async fn send_form(
    state: AppState,
    author: &Author,
    post: PostId,
    place: Place,
    request: Request,
) -> Result<Response> {
    posts::find_living(&state.db, &post).await?;
    let told = form::check_length(request.headers(), u64::MAX)?.unwrap_or(0);
    let spec = Spec {
        text_fields: &[],
        file_field: "file",
        file_limit_bytes: state.config.max_upload_bytes,
    };
    actions::check_room(&state, told.min(spec.file_limit_bytes))?;
    let temp = FormFile {
        media: state.media.clone(),
        name: format!("form-{}", random_base32::<16>()),
    };
    let mut sink = Appender::open(&state, &temp.name, 0).await?;
    let form = MultipartForm::read(request, &author.secret, spec, &mut sink).await;
    let form = form.map_err(|e| actions::when_full(&state, told, e))?;
    let none = || Error::field("file", Message::new("error-upload-none"));
    let file = form.file.ok_or_else(none)?;
    actions::check_length(&state, file.length_bytes)?;
    let (to, by) = (urls::admin::post(&post), author.user.id.clone());
    detached(async move {
        sink.sync().await?;
        let path = state.media.temp_path(&temp.name);
        let length = file.length_bytes;
        let target = Target {
            post: &post,
            place,
            by: &by,
        };
        actions::attach(&state, path, length, file.name, target, None).await
    })
    .await?;
    Ok(page::see_other(&to))
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
    actions::check_room(state, told)?;
    let temp = FormFile {
        media: state.media.clone(),
        name: format!("form-{}", random_base32::<16>()),
    };
    let mut sink = Appender::open(state, &temp.name, 0).await?;
    let mut body = PacedBody::new(request.into_body());
    while let Some(piece) = body.next().await? {
        if sink.length_bytes() + piece.len() as u64 > limit {
            return Err(Error::TooLarge { limit_bytes: limit });
        }
        let written = sink.write(piece).await;
        written.map_err(|e| actions::when_full(state, told, e))?;
    }
    if told > sink.length_bytes() {
        return Err(cut_off());
    }
    actions::check_length(state, sink.length_bytes())?;
    let (state, by) = (state.clone(), by.clone());
    detached(async move {
        sink.sync().await?;
        let (path, length) = (state.media.temp_path(&temp.name), sink.length_bytes());
        let target = Target {
            post: &post,
            place,
            by: &by,
        };
        actions::attach(&state, path, length, name, target, None).await
    })
    .await
}

/// `POST /admin/posts/{id}/recording/remove`: takes the recording off the working copy, and
/// the second format with it.
pub async fn remove(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response> {
    detach(state, &author, &id, Place::Recording, request).await
}

/// `POST /admin/posts/{id}/alternate/remove`: takes the second format off the working copy.
pub async fn remove_alternate(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response> {
    detach(state, &author, &id, Place::Alternate, request).await
}

async fn detach(
    state: AppState,
    author: &Author,
    id: &str,
    place: Place,
    request: Request,
) -> Result<Response> {
    let post: PostId = id.parse().map_err(|_| Error::NotFound)?;
    FormData::read(request, &author.secret, FORM_BYTES).await?;
    let (to, by) = (urls::admin::post(&post), author.user.id.clone());
    detached(async move {
        let target = Target {
            post: &post,
            place,
            by: &by,
        };
        actions::detach(&state, target).await
    })
    .await?;
    Ok(page::see_other(&to))
}
