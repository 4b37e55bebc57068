//! Why a file is refused as a recording, with the sentence that says so to the author.
use std::io;

use crate::kernel::Message;

/// Why a file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum AudioError {
    /// The bytes are no sound that we know.
    #[error("not an audio file")]
    NotAudio,
    /// Sound whose end, or whose index, is missing or damaged.
    #[error("the audio file is cut off or damaged")]
    CutOff,
    /// Sound that browsers or podcast apps do not play.
    #[error("unsupported audio: {0:?}")]
    Unsupported(Unsupported),
    /// No byte, or tags alone.
    #[error("the file is empty")]
    Empty,
    /// A sound file whose sound lasts less than half a millisecond.
    #[error("the file holds no sound")]
    TooShort,
    /// The bytes could not be read at all; no fault of the file.
    #[error("the file could not be read: {0}")]
    Io(#[from] io::Error),
}

/// What is not played everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsupported {
    /// There is a picture track.
    Video,
    /// Encrypted (DRM).
    Protected,
    /// A codec or container, by the name people know it by.
    Format(&'static str),
}

impl AudioError {
    /// The sentence for the author.
    pub fn message(&self) -> Message {
        match self {
            Self::NotAudio => Message::new("audio-not-audio"),
            Self::CutOff => Message::new("audio-cut-off"),
            Self::Unsupported(Unsupported::Video) => Message::new("audio-unsupported-video"),
            Self::Unsupported(Unsupported::Protected) => {
                Message::new("audio-unsupported-protected")
            }
            Self::Unsupported(Unsupported::Format(name)) => {
                Message::new("audio-unsupported").with("format", name)
            }
            Self::Empty | Self::TooShort => Message::new("audio-no-sound"),
            Self::Io(_) => Message::new("audio-unreadable"),
        }
    }

    /// A format by its name.
    pub(super) fn format(name: &'static str) -> Self {
        Self::Unsupported(Unsupported::Format(name))
    }
}
