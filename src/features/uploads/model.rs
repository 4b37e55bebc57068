//! What an upload is, and the header values of tus.
use std::time::Duration;

use crate::kernel::ids::{PostId, RecordingId, UploadId, UserId};
use crate::kernel::time::Instant;
use crate::kernel::{Error, Message, Result};

/// The protocol's version spoken here.
pub const TUS_VERSION: &str = "1.0.0";
/// What is spoken besides the core.
pub const TUS_EXTENSIONS: &str = "creation,termination,expiration,checksum";
/// An upload that nothing came in for is forgotten after so long, in milliseconds: 24 hours.
pub const EXPIRES_MS: i64 = 24 * 3_600_000;

/// How long who works on an upload may take to stop when he is asked to.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// What an upload is to a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// Its recording.
    #[default]
    Recording,
    /// The same in a second format.
    Alternate,
}

impl Place {
    /// The word in the database and in `Upload-Metadata`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Recording => "recording",
            Self::Alternate => "alternate",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Recording, Self::Alternate]
            .into_iter()
            .find(|p| p.as_str() == word)
    }
}

/// An upload under way, or one that ended lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Given once; also the name of the temporary file.
    pub id: UploadId,
    /// Who sends it; nobody else sees it.
    pub user: UserId,
    /// The post that gets the recording.
    pub post: PostId,
    /// What it is to the post.
    pub place: Place,
    /// As the client says it.
    pub original_name: String,
    /// How long it will be, at least 1.
    pub length_bytes: u64,
    /// How much of it is synced to disk.
    pub offset_bytes: u64,
    /// What it became.
    pub recording: Option<RecordingId>,
    /// When it is forgotten.
    pub expires_at: Instant,
}

impl Upload {
    /// How much is missing.
    pub fn remaining_bytes(&self) -> u64 {
        self.length_bytes.saturating_sub(self.offset_bytes)
    }
}

/// What `Upload-Metadata` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// The post that gets the recording.
    pub post: PostId,
    /// What it is to the post.
    pub place: Place,
    /// Name of the file; empty if the client tells none.
    pub file_name: String,
}

impl Metadata {
    /// Reads `filename <base64>,post <base64>,place <base64>`; other keys are passed over.
    /// `place` is `recording`, as where there is none, or `alternate`.
    ///
    /// # Errors
    /// `BadRequest` for what is malformed, doubled, or names no place; `NotFound` for a post that is
    /// none.
    pub fn parse(header: &str) -> Result<Self> {
        let mut post = None;
        let mut file_name = None;
        let mut place = None;
        for pair in header.split(',') {
            let (key, value) = pair.trim().split_once(' ').unwrap_or((pair.trim(), ""));
            let slot = match key {
                "post" => &mut post,
                "filename" => &mut file_name,
                "place" => &mut place,
                _ => continue,
            };
            let bytes = data_encoding::BASE64.decode(value.trim().as_bytes());
            if slot.replace(bytes.map_err(|_| bad_header())?).is_some() {
                return Err(bad_header());
            }
        }
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|_| bad_header());
        let post = post.ok_or_else(bad_header)?;
        let post = text(post).ok().and_then(|id| id.parse().ok());
        let place = match place {
            Some(word) => Place::parse(&text(word)?).ok_or_else(bad_header)?,
            None => Place::default(),
        };
        Ok(Self {
            post: post.ok_or(Error::NotFound)?,
            place,
            file_name: file_name.map(text).transpose()?.unwrap_or_default(),
        })
    }
}

/// A header of the protocol is missing or malformed.
pub fn bad_header() -> Error {
    Error::BadRequest(Message::new("error-upload-header"))
}

/// Somebody else works on this upload, or did since the client asked.
pub fn busy() -> Error {
    Error::Conflict(Message::new("error-upload-busy"))
}
