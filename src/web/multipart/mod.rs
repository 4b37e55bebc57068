//! Forms with a file, read under limits (HARDENING L3, L5): the token against forgery comes
//! first and is checked before anything else is read, unknown and duplicate fields are refused,
//! and a file goes piece by piece into a sink, never whole into memory. The form of a post, which
//! has lists and several files, is read by [`read_open`].
mod open;
mod parser;
#[cfg(test)]
mod tests;

use std::future::Future;

use axum::extract::Request;
use bytes::{Bytes, BytesMut};
use http::header;

pub use open::{FileSinks, read_open};
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
        let mut reader = Reader::open(request, spec.body_limit_bytes(), spec.file_limit_bytes)?;
        reader.form(secret, spec, sink).await
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

fn malformed() -> Error {
    Error::BadRequest(Message::new("error-form-broken"))
}

struct Reader {
    body: PacedBody,
    parser: Parser,
    left_bytes: u64,
    /// The limit that a person knows: that of the file.
    told_bytes: u64,
}

impl Reader {
    fn open(request: Request, limit_bytes: u64, told_bytes: u64) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let parser = parts
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .and_then(Parser::from_content_type)
            .ok_or_else(|| Error::Unsupported(Message::new("error-content-type")))?;
        form::check_length(&parts.headers, limit_bytes).map_err(|error| match error {
            Error::TooLarge { .. } => Error::TooLarge {
                limit_bytes: told_bytes,
            },
            other => other,
        })?;
        Ok(Self {
            body: PacedBody::new(body),
            parser,
            left_bytes: limit_bytes,
            told_bytes,
        })
    }

    async fn form(
        &mut self,
        secret: &Token,
        spec: Spec<'_>,
        sink: &mut impl FileSink,
    ) -> Result<MultipartForm> {
        let mut fields = vec![self.token(secret).await?];
        let mut seen_file = false;
        let mut file = None;
        while let Some(head) = self.head().await? {
            if let Some(name) = head.file_name {
                if head.name != spec.file_field || seen_file {
                    return Err(malformed());
                }
                seen_file = true;
                file = self.file(name, spec, sink).await?;
            } else {
                let known = spec.text_fields.contains(&head.name.as_str());
                if !known || fields.iter().any(|(n, _)| *n == head.name) {
                    return Err(malformed());
                }
                let value = self.text(TEXT_FIELD_BYTES).await?;
                fields.push((head.name, value));
            }
        }
        Ok(MultipartForm {
            fields: FormData::new(fields),
            file,
        })
    }

    /// The token, which has to stand before all else.
    async fn token(&mut self, secret: &Token) -> Result<(String, String)> {
        let given = match self.head().await? {
            Some(head) if head.name == csrf::FIELD && head.file_name.is_none() => {
                self.text(TEXT_FIELD_BYTES).await?
            }
            _ => return Err(no_token()),
        };
        csrf::check_token(secret, Some(&given))?;
        Ok((csrf::FIELD.to_owned(), given))
    }

    /// The head of the next part; `None` at the end of the form.
    async fn head(&mut self) -> Result<Option<Head>> {
        match self.piece().await? {
            Piece::Begin(head) => Ok(Some(head)),
            Piece::Close => Ok(None),
            Piece::Data(_) | Piece::End => Err(malformed()),
        }
    }

    /// The next bytes of a part; `None` at its end.
    async fn data(&mut self) -> Result<Option<Bytes>> {
        match self.piece().await? {
            Piece::Data(bytes) => Ok(Some(bytes)),
            Piece::End => Ok(None),
            Piece::Begin(_) | Piece::Close => Err(malformed()),
        }
    }

    /// The next piece, reading on as far as is needed.
    async fn piece(&mut self) -> Result<Piece> {
        loop {
            let piece = self.parser.next().map_err(|fault| match fault {
                Fault::Malformed => malformed(),
                Fault::TooManyParts | Fault::HeadTooLong => Error::TooLarge {
                    limit_bytes: self.told_bytes,
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
                        limit_bytes: self.told_bytes,
                    })?;
            self.parser.push(&bytes);
        }
    }

    async fn text(&mut self, limit_bytes: usize) -> Result<String> {
        let mut value = Vec::new();
        while let Some(bytes) = self.data().await? {
            value.extend_from_slice(&bytes);
            if value.len() > limit_bytes {
                return Err(Error::TooLarge {
                    limit_bytes: limit_bytes as u64,
                });
            }
        }
        String::from_utf8(value).map_err(|_| malformed())
    }

    async fn file(
        &mut self,
        name: String,
        spec: Spec<'_>,
        sink: &mut impl FileSink,
    ) -> Result<Option<SentFile>> {
        let mut length_bytes = 0;
        while let Some(bytes) = self.data().await? {
            length_bytes += bytes.len() as u64;
            if length_bytes > spec.file_limit_bytes {
                return Err(Error::TooLarge {
                    limit_bytes: spec.file_limit_bytes,
                });
            }
            sink.write(bytes).await?;
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
