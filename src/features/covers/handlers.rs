//! HTTP of covers: forms that hold one.
use axum::extract::Request;

use super::{read_cover, store_cover};
use crate::formats::image::MAX_COVER_BYTES;
use crate::kernel::Result;
use crate::kernel::ids::Token;
use crate::ports::disk::Space;
use crate::state::AppState;
use crate::web::form::FormData;
use crate::web::multipart::{MultipartForm, Spec};
use crate::web::task::detached;

/// Name of the file field.
const FIELD: &str = "cover";

/// Reads a `multipart/form-data` form with these text fields and a picture in the field
/// `cover`; a picture that was chosen is stored and its hash handed back with the fields.
///
/// # Errors
/// As `MultipartForm::read`, and a fault of the field `cover` if the picture is none or too
/// small; 507 when the disk has no room.
pub async fn read_upload(
    state: &AppState,
    request: Request,
    secret: &Token,
    text_fields: &[&'static str],
) -> Result<(FormData, Option<String>)> {
    let spec = Spec {
        text_fields,
        file_field: FIELD,
        file_limit_bytes: MAX_COVER_BYTES as u64,
    };
    let (form, bytes) = MultipartForm::read_small(request, secret, spec).await?;
    if form.file.is_none() {
        return Ok((form.fields, None));
    }
    Space::of(state.data.path())?.check_room_for(bytes.len() as u64)?;
    let state = state.clone();
    let hash = detached(async move {
        let cover = read_cover(bytes).await?;
        store_cover(&state, cover).await
    })
    .await?;
    Ok((form.fields, Some(hash)))
}
