//! HTTP of covers: forms that hold one.
use axum::extract::Request;

use super::take_in;
use crate::formats::image::MAX_COVER_BYTES;
use crate::kernel::ids::Token;
use crate::kernel::{Error, FieldErrors, Result};
use crate::state::AppState;
use crate::web::form::FormData;
use crate::web::multipart::{MultipartForm, Spec};

/// Name of the file field.
const FIELD: &str = "cover";

/// A form with a picture, read whole.
#[derive(Debug)]
pub struct CoverForm {
    /// The text fields, whatever became of the picture.
    pub fields: FormData,
    /// The hash of the picture that was chosen and stored, or what is wrong with it.
    pub cover: Result<Option<String>, FieldErrors>,
}

/// Reads a `multipart/form-data` form with these text fields and a picture in the field
/// `cover`; a picture that was chosen is stored and its hash handed back with the fields. One
/// that is none, too small or too large is a fault beside the fields: what was typed goes back to the page.
///
/// # Errors
/// As `MultipartForm::read`; 507 when the disk has no room.
pub async fn read_upload(
    state: &AppState,
    request: Request,
    secret: &Token,
    text_fields: &[&'static str],
) -> Result<CoverForm> {
    let spec = Spec {
        text_fields,
        file_field: FIELD,
        file_limit_bytes: MAX_COVER_BYTES as u64,
    };
    let (form, bytes) = MultipartForm::read_small(request, secret, spec).await?;
    if form.file.is_none() {
        return Ok(CoverForm {
            fields: form.fields,
            cover: Ok(None),
        });
    }
    let cover = match take_in(state, bytes).await {
        Ok(hash) => Ok(Some(hash)),
        Err(Error::Invalid(faults)) => Err(faults),
        Err(other) => return Err(other),
    };
    Ok(CoverForm {
        fields: form.fields,
        cover,
    })
}
