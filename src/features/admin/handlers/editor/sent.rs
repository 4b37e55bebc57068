//! The editor's form as it comes: without files, or with those that were chosen in a browser that
//! runs no script to send them by themselves.
use axum::extract::Request;
use bytes::{Bytes, BytesMut};
use http::header;

use crate::features::accounts::Author;
use crate::features::admin::model::FileField;
use crate::features::uploads::SoundFile;
use crate::formats::image::MAX_COVER_BYTES;
use crate::formats::transcript::Timed;
use crate::kernel::{Error, Message, Result};
use crate::state::AppState;
use crate::web::form::{self, FormData, POST_FORM_BYTES};
use crate::web::multipart::{self, FileSinks};

/// What came.
pub struct Sent {
    /// The fields.
    pub form: FormData,
    /// The files that were chosen, in the order in which they are taken.
    pub files: Vec<ChosenFile>,
}

/// A file that was chosen.
pub struct ChosenFile {
    /// Where.
    pub field: FileField,
    /// All of it, or why it could not be taken in. `None` for an empty file.
    pub content: Option<Result<Content>>,
    name: String,
}

/// What a file holds.
pub enum Content {
    /// Sound, on the disk.
    Sound(Box<SoundFile>),
    /// Anything else, in memory.
    Small(BytesMut),
}

impl Sent {
    /// Reads a form, with its files or without them. Whatever is wrong with a file is told in its
    /// place, so that the text beside it is read.
    ///
    /// # Errors
    /// Of the form: 413, 415, 403 and 400, as `FormData::read` and `multipart::read_open`.
    pub async fn read(state: &AppState, author: &Author, request: Request) -> Result<Self> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        if !kind.is_some_and(|k| k.as_bytes().starts_with(b"multipart/")) {
            return Ok(Self {
                form: FormData::read(request, &author.secret, POST_FORM_BYTES).await?,
                files: Vec::new(),
            });
        }
        let mut basket = Basket {
            state,
            told_bytes: form::check_length(request.headers(), u64::MAX)?.unwrap_or(0),
            files: Vec::new(),
        };
        let fields = FileField::ALL.into_iter();
        let limit = fields.fold(0, |sum: u64, f| sum.saturating_add(basket.limit_bytes(f)));
        let form = multipart::read_open(request, &author.secret, limit, &mut basket).await?;
        let mut files = basket.files;
        // A form without a choice holds an empty file without a name.
        files.retain(|file| file.content.is_some() || !file.name.is_empty());
        files.sort_by_key(|file| FileField::ALL.iter().position(|f| *f == file.field));
        Ok(Self { form, files })
    }
}

/// Takes the files of a form as they come in.
struct Basket<'a> {
    state: &'a AppState,
    told_bytes: u64,
    files: Vec<ChosenFile>,
}

impl Basket<'_> {
    fn limit_bytes(&self, field: FileField) -> u64 {
        match field {
            FileField::Recording | FileField::Alternate => self.state.config.max_upload_bytes,
            FileField::Cover => MAX_COVER_BYTES as u64,
            FileField::Transcript => Timed::MAX_BYTES as u64,
        }
    }

    async fn begun(&self, file: &ChosenFile) -> Result<Content> {
        Ok(match file.field {
            FileField::Recording | FileField::Alternate => {
                let name = file.name.clone();
                let sound = SoundFile::open(self.state, name, self.told_bytes).await?;
                Content::Sound(Box::new(sound))
            }
            FileField::Cover | FileField::Transcript => Content::Small(BytesMut::new()),
        })
    }

    async fn take(&self, mut content: Content, field: FileField, piece: Bytes) -> Result<Content> {
        match &mut content {
            Content::Sound(file) => file.write(piece).await?,
            Content::Small(bytes) => {
                let limit_bytes = self.limit_bytes(field);
                if (bytes.len() + piece.len()) as u64 > limit_bytes {
                    return Err(Error::TooLarge { limit_bytes });
                }
                bytes.extend_from_slice(&piece);
            }
        }
        Ok(content)
    }
}

impl FileSinks for Basket<'_> {
    fn begin(&mut self, field: &str, name: String) -> Result<()> {
        let field = FileField::parse(field).filter(|f| self.files.iter().all(|c| c.field != *f));
        let broken = || Error::BadRequest(Message::new("error-form-broken"));
        self.files.push(ChosenFile {
            field: field.ok_or_else(broken)?,
            content: None,
            name,
        });
        Ok(())
    }

    async fn write(&mut self, piece: Bytes) -> Result<()> {
        let Some(mut file) = self.files.pop() else {
            return Ok(());
        };
        file.content = Some(match file.content.take() {
            // The rest of what was refused is thrown away: the text stands behind it.
            Some(Err(why)) => Err(why),
            Some(Ok(content)) => self.take(content, file.field, piece).await,
            None => match self.begun(&file).await {
                Ok(content) => self.take(content, file.field, piece).await,
                Err(why) => Err(why),
            },
        });
        self.files.push(file);
        Ok(())
    }
}
