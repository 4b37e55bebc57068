//! Why there is nothing to hear, with the sentence that says so to the author.
use std::io;

use crate::formats::audio::AudioError;
use crate::kernel::Message;

/// Why a recording could not be decoded at all.
#[derive(Debug, thiserror::Error)]
pub enum SoundError {
    /// A form of coding that browsers may play, but that is not decoded here.
    #[error("not decoded here: {0}")]
    Unsupported(&'static str),
    /// Nothing in the file could be decoded.
    #[error("nothing in the file could be decoded")]
    Damaged,
    /// It is no recording that is taken.
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// The bytes could not be read; no fault of the file.
    #[error("the file could not be read: {0}")]
    Io(io::Error),
}

impl SoundError {
    /// The sentence for the author.
    pub fn message(&self) -> Message {
        match self {
            Self::Unsupported(_) => Message::new("sound-unsupported"),
            Self::Damaged => Message::new("sound-damaged"),
            Self::Audio(error) => error.message(),
            Self::Io(_) => Message::new("audio-unreadable"),
        }
    }

    /// Whether the machine is to blame and another try may help.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Io(_) | Self::Audio(AudioError::Io(_)))
    }
}

impl From<symphonia::core::errors::Error> for SoundError {
    fn from(error: symphonia::core::errors::Error) -> Self {
        use symphonia::core::errors::Error;
        match error {
            Error::IoError(e) if e.kind() != io::ErrorKind::UnexpectedEof => Self::Io(e),
            Error::Unsupported(what) => Self::Unsupported(what),
            _ => Self::Damaged,
        }
    }
}
