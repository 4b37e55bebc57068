//! Forms with a file, read under limits (HARDENING L3, L5): the token against forgery comes
//! first and is checked before anything else is read, unknown and duplicate fields are refused,
//! and a file goes piece by piece into a sink, never whole into memory.
mod parser;
#[cfg(test)]
mod tests;

use std::future::Future;

use axum::extract::Request;
use bytes::{Bytes, BytesMut};
use http::header;

pub use parser::{Fault, Head, MAX_HEAD_BYTES, MAX_PARTS, Parser, Piece};

use crate::kernel::ids::Token;
use crate::kernel::{Error, Message, Result};
use crate::web::csrf;
use crate::web::form::{self, FormData};
use crate::web::pace::{PacedBody, cut_off};

/// Most bytes of one text field (HARDENING L3).
pub const TEXT_FIELD_BYTES: usize = 64 << 10;
/// What boundaries and heads of all parts may take besides content.
const ENVELOPE_BYTES: u64 = 256 << 10;

/// Which fields a form may hold, besides the token.
#[derive(Debug, Clone, Copy)]
pub struct Spec<'a> {
    /// Names of the text fields, each at most once.
    pub text_fields: &'a [&'static str],
    /// Name of the one file field.
    pub file_field: &'static str,
    /// Most bytes of the file.
    pub file_limit_bytes: u64,
}

impl Spec<'_> {
    /// Most bytes of the whole body.
    fn body_limit_bytes(&self) -> u64 {
        let texts = (self.text_fields.len() + 1) * TEXT_FIELD_BYTES;
        self.file_limit_bytes
            .saturating_add(texts as u64)
            .saturating_add(ENVELOPE_BYTES)
    }
}

/// Where the content of a file goes.
pub trait FileSink: Send {
    /// Takes the next piece, in order; nothing more is read until it is done.
    fn write(&mut self, piece: Bytes) -> impl Future<Output = Result<()>> + Send;
}

/// A sink for small files: what is written stays in memory.
#[derive(Debug, Default)]
pub struct InMemory(BytesMut);

impl FileSink for InMemory {
    async fn write(&mut self, piece: Bytes) -> Result<()> {
        self.0.extend_from_slice(&piece);
        Ok(())
    }
}

impl InMemory {
    /// All that was written.
    pub fn into_bytes(self) -> Bytes {
        self.0.freeze()
    }
}

/// A form that was read whole.
#[derive(Debug)]
pub struct MultipartForm {
    /// The text fields, the token included.
    pub fields: FormData,
    /// The file, if one was chosen.
    pub file: Option<SentFile>,
}

/// What is known of a file besides its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFile {
    /// As the client says; to be shown at most, never to name anything (M2).
    pub name: String,
    /// How many bytes went into the sink; 0 for an empty file that was chosen.
    pub length_bytes: u64,
}

impl MultipartForm {
    /// Reads a request's form; the file goes into the sink. An error leaves the sink with what
    /// came until then, to be thrown away.
    ///
    /// # Errors
    /// 413 over a limit (from `Content-Length` before the body where it is told), 415 for
    /// another type, 403 if the token does not come first or is wrong, 400 for what is
    /// malformed, unknown, doubled or cut off, and whatever the sink says.
    pub async fn read(
        request: Request,
        secret: &Token,
        spec: Spec<'_>,
        sink: &mut impl FileSink,
    ) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let parser = parts
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .and_then(Parser::from_content_type)
            .ok_or_else(|| Error::Unsupported(Message::new("error-content-type")))?;
        let told = form::check_length(&parts.headers, spec.body_limit_bytes());
        told.map_err(|e| file_limit(e, spec))?;
        let mut reader = Reader {
            body: PacedBody::new(body),
            parser,
            left_bytes: spec.body_limit_bytes(),
            spec,
        };
        reader.form(secret, sink).await
    }

    /// The same for a small file, which is handed back from memory.
    pub async fn read_small(
        request: Request,
        secret: &Token,
        spec: Spec<'_>,
    ) -> Result<(Self, Bytes)> {
        let mut sink = InMemory::default();
        let form = Self::read(request, secret, spec, &mut sink).await?;
        Ok((form, sink.into_bytes()))
    }
}

/// The limit that a person knows is that of the file.
fn file_limit(error: Error, spec: Spec<'_>) -> Error {
    match error {
        Error::TooLarge { .. } => Error::TooLarge {
            limit_bytes: spec.file_limit_bytes,
        },
        other => other,
    }
}

fn malformed() -> Error {
    Error::BadRequest(Message::new("error-form-broken"))
}

struct Reader<'a> {
    body: PacedBody,
    parser: Parser,
    left_bytes: u64,
    spec: Spec<'a>,
}

impl Reader<'_> {
    async fn form(&mut self, secret: &Token, sink: &mut impl FileSink) -> Result<MultipartForm> {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut seen_file = false;
        let mut file = None;
        loop {
            let head = match self.piece().await? {
                Piece::Begin(head) => head,
                Piece::Close if fields.is_empty() => return Err(no_token()),
                Piece::Close => break,
                Piece::Data(_) | Piece::End => return Err(malformed()),
            };
            if fields.is_empty() {
                let given = match (head.name.as_str(), &head.file_name) {
                    (csrf::FIELD, None) => self.text().await?,
                    _ => return Err(no_token()),
                };
                csrf::check_token(secret, Some(&given))?;
                fields.push((csrf::FIELD.to_owned(), given));
            } else if let Some(name) = head.file_name {
                if head.name != self.spec.file_field || seen_file {
                    return Err(malformed());
                }
                seen_file = true;
                file = self.file(name, sink).await?;
            } else {
                let known = self.spec.text_fields.contains(&head.name.as_str());
                if !known || fields.iter().any(|(n, _)| *n == head.name) {
                    return Err(malformed());
                }
                let value = self.text().await?;
                fields.push((head.name, value));
            }
        }
        Ok(MultipartForm {
            fields: FormData::new(fields),
            file,
        })
    }

    /// The next piece, reading on as far as is needed.
    async fn piece(&mut self) -> Result<Piece> {
        loop {
            let piece = self.parser.next().map_err(|fault| match fault {
                Fault::Malformed => malformed(),
                Fault::TooManyParts | Fault::HeadTooLong => Error::TooLarge {
                    limit_bytes: self.spec.body_limit_bytes(),
                },
            })?;
            if let Some(piece) = piece {
                return Ok(piece);
            }
            let bytes = self.body.next().await?.ok_or_else(cut_off)?;
            self.left_bytes =
                self.left_bytes
                    .checked_sub(bytes.len() as u64)
                    .ok_or(Error::TooLarge {
                        limit_bytes: self.spec.file_limit_bytes,
                    })?;
            self.parser.push(&bytes);
        }
    }

    async fn text(&mut self) -> Result<String> {
        let mut value = Vec::new();
        loop {
            match self.piece().await? {
                Piece::Data(bytes) => value.extend_from_slice(&bytes),
                Piece::End => break,
                Piece::Begin(_) | Piece::Close => return Err(malformed()),
            }
            if value.len() > TEXT_FIELD_BYTES {
                return Err(Error::TooLarge {
                    limit_bytes: TEXT_FIELD_BYTES as u64,
                });
            }
        }
        String::from_utf8(value).map_err(|_| malformed())
    }

    async fn file(&mut self, name: String, sink: &mut impl FileSink) -> Result<Option<SentFile>> {
        let mut length_bytes = 0;
        loop {
            match self.piece().await? {
                Piece::Data(bytes) => {
                    length_bytes += bytes.len() as u64;
                    if length_bytes > self.spec.file_limit_bytes {
                        return Err(Error::TooLarge {
                            limit_bytes: self.spec.file_limit_bytes,
                        });
                    }
                    sink.write(bytes).await?;
                }
                Piece::End => break,
                Piece::Begin(_) | Piece::Close => return Err(malformed()),
            }
        }
        // A form sent without a choice holds an empty file without a name.
        let chosen = length_bytes > 0 || !name.is_empty();
        Ok(chosen.then_some(SentFile { name, length_bytes }))
    }
}

/// The token is missing, or something stands before it.
fn no_token() -> Error {
    Error::Forbidden(Message::new("error-cross-site"))
}
