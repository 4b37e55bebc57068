//! A form with lists of rows and several files: what the editor of a post sends.
use std::future::Future;

use axum::extract::Request;
use bytes::Bytes;

use super::Reader;
use crate::kernel::ids::Token;
use crate::kernel::{Error, Result};
use crate::web::form::{FormData, MOST_FIELDS, POST_TEXT_BYTES};

/// What the heads of all parts may take besides content.
const ENVELOPE_BYTES: u64 = 1 << 20;

/// Where the contents of a form's files go, one file after the other.
pub trait FileSinks: Send {
    /// A file begins in a field; `name` is what the client calls it, empty if none was chosen. No
    /// such field is an error.
    fn begin(&mut self, field: &str, name: String) -> Result<()>;

    /// Takes the next piece of the file that began last. What is wrong with a file is told when
    /// the text that comes behind it was read: an error here ends the reading.
    fn write(&mut self, piece: Bytes) -> impl Future<Output = Result<()>> + Send;
}

/// Reads a form of any text fields, each as often as it comes, under the limits that the same form
/// has without files, and of files that may be as long as `files_limit_bytes` together.
///
/// # Errors
/// As `MultipartForm::read`, and whatever the sinks say.
pub async fn read_open(
    request: Request,
    secret: &Token,
    files_limit_bytes: u64,
    sinks: &mut impl FileSinks,
) -> Result<FormData> {
    let limit_bytes = files_limit_bytes
        .saturating_add(POST_TEXT_BYTES as u64)
        .saturating_add(ENVELOPE_BYTES);
    let mut reader = Reader::open(request, limit_bytes, files_limit_bytes)?;
    reader.parser = reader.parser.with_most_parts(MOST_FIELDS);
    let mut fields = vec![reader.token(secret).await?];
    let mut left_bytes = POST_TEXT_BYTES;
    while let Some(head) = reader.head().await? {
        if let Some(name) = head.file_name {
            sinks.begin(&head.name, name)?;
            while let Some(bytes) = reader.data().await? {
                sinks.write(bytes).await?;
            }
        } else {
            let value = reader.text(left_bytes).await.map_err(|error| match error {
                Error::TooLarge { .. } => too_long(),
                other => other,
            })?;
            let took = head.name.len() + value.len();
            left_bytes = left_bytes.checked_sub(took).ok_or_else(too_long)?;
            fields.push((head.name, value));
        }
    }
    Ok(FormData::new(fields))
}

fn too_long() -> Error {
    Error::TooLarge {
        limit_bytes: POST_TEXT_BYTES as u64,
    }
}
