//! The kinds of recording the house takes, with the names they go by.
use serde::{Deserialize, Serialize};

/// Container and codec of a recording. The stored name, the address and the content type are
/// all derived from this value alone (HARDENING M1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub enum AudioKind {
    /// MPEG audio layer III.
    Mp3,
    /// AAC in MPEG-4.
    M4a,
    /// AAC in ADTS frames.
    Aac,
    /// Vorbis in Ogg.
    #[serde(rename = "ogg")]
    OggVorbis,
    /// Opus in Ogg.
    Opus,
    /// FLAC in its own container.
    Flac,
    /// PCM, float, A-law or µ-law in RIFF.
    Wav,
}

impl AudioKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Mp3,
        Self::M4a,
        Self::Aac,
        Self::OggVorbis,
        Self::Opus,
        Self::Flac,
        Self::Wav,
    ];

    /// The last piece of the recording's address, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Mp3 => "mp3",
            Self::M4a => "m4a",
            Self::Aac => "aac",
            Self::OggVorbis => "ogg",
            Self::Opus => "opus",
            Self::Flac => "flac",
            Self::Wav => "wav",
        }
    }

    /// What the database holds; the same as the extension.
    pub fn as_str(self) -> &'static str {
        self.extension()
    }

    /// Reads back what [`Self::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The kind that an ending of one of our addresses names; exact, lower case.
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::parse(extension)
    }

    /// The type in `Content-Type` and in the feed's enclosure.
    ///
    /// `audio/mpeg` and `audio/x-m4a` are the spellings that Apple asks for. Opus is plain
    /// `audio/ogg`: RFC 7845 section 9 registers no type of its own, and feed readers compare
    /// the enclosure's type as a whole, so that a `codecs` parameter would hide the episode
    /// from some of them.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Mp3 => "audio/mpeg",
            Self::M4a => "audio/x-m4a",
            Self::Aac => "audio/aac",
            Self::OggVorbis | Self::Opus => "audio/ogg",
            Self::Flac => "audio/flac",
            Self::Wav => "audio/wav",
        }
    }

    /// Whether Apple Podcasts takes it: MP3, and AAC in M4A or ADTS.
    pub fn apple_accepts(self) -> bool {
        matches!(self, Self::Mp3 | Self::M4a | Self::Aac)
    }
}
