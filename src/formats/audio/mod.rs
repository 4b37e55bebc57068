//! Recordings: what kind of sound a file holds, how long it is, and what its tags say.
//!
//! The kind is decided from the bytes alone, never from a name or a declared type
//! (HARDENING M1). Length and completeness come from parsers of our own that walk the
//! container's structure; tags come from `lofty` under its limits.
mod adts;
mod beginning;
mod chapters;
mod detect;
mod error;
mod flac;
mod flac_frame;
mod frames;
mod kind;
mod mp4;
mod mp4_boxes;
mod mp4_codec;
mod mpeg;
mod ogg;
mod source;
mod tags;
#[cfg(test)]
mod tests;
mod wav;

use std::io::{Read, Seek};

use serde::{Deserialize, Serialize};

pub use beginning::{Beginning, beginning};
pub use error::{AudioError, Unsupported};
pub use kind::AudioKind;

use crate::formats::image::PictureKind;
use source::Source;

/// Tags of more bytes than this are not read: they are no tags.
const MAX_TAG_BYTES: u64 = 64 * 1024 * 1024;
/// The longest recording taken, in milliseconds: a hundred days. What claims more is broken.
const MAX_DURATION_MS: u64 = 100 * 24 * 3600 * 1000;

/// What a recording is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AudioInfo {
    /// Container and codec.
    pub kind: AudioKind,
    /// Length in milliseconds, at least 1.
    pub duration_ms: u64,
    /// Mean bits per second of the sound, tags not counted.
    pub bitrate_bps: u64,
    /// Samples per second.
    pub sample_rate_hz: u32,
    /// Channels, at least 1.
    pub channels: u16,
    /// What the file says about itself.
    pub tags: AudioTags,
}

/// What a recording's tags say: cleaned text, fit to be shown once escaped. What a stored one does
/// not name, as `{}` names nothing, it does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AudioTags {
    /// Title, one line of at most 500 characters.
    pub title: Option<String>,
    /// Artist, one line of at most 500 characters.
    pub artist: Option<String>,
    /// Album, one line of at most 500 characters.
    pub album: Option<String>,
    /// Comment, one line of at most 500 characters.
    pub comment: Option<String>,
    /// Cover; left out of what is serialised, since a worker hands it over in another way.
    #[serde(skip)]
    pub picture: Option<Picture>,
    /// Chapters by start, at most 500.
    pub chapters: Vec<Chapter>,
}

/// A picture found in tags: its kind by magic only, not decoded yet.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// The bytes of the picture file, at most 20 MiB.
    pub bytes: Vec<u8>,
    /// By magic, not by what the tag says.
    pub kind: PictureKind,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({:?}, {} bytes)", self.kind, self.bytes.len())
    }
}

/// A chapter mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chapter {
    /// Where it begins, in milliseconds; never beyond the recording's end.
    pub start_ms: u64,
    /// Where it ends, where the file says so; greater than the start.
    pub end_ms: Option<u64>,
    /// One line of at most 500 characters; may be empty.
    pub title: String,
}

/// What the walk through a container found.
struct Sound {
    kind: AudioKind,
    duration_ms: u64,
    /// Bytes of the sound itself.
    audio_bytes: u64,
    sample_rate_hz: u32,
    channels: u16,
    /// Bytes that a tag reader may have to hold in memory.
    tag_bytes: u64,
    /// Chapters that lofty does not read (MP4 `chpl`).
    chapters: Vec<Chapter>,
}

/// Reads what a recording is from its bytes. `length_bytes` is the length of the file; the
/// position of the reader does not matter.
///
/// Time is linear in the file for MP3 without a Xing header, ADTS and Ogg, whose frames or
/// pages are walked through a window of 64 KiB; otherwise only headers are read. Memory stays
/// below the 64 MiB of tags or sample tables that are looked at, plus the picture.
///
/// # Errors
/// What is wrong with the file, as a sentence for the author ([`AudioError::message`]), or an
/// error of the reader itself.
pub fn probe<R: Read + Seek>(reader: &mut R, length_bytes: u64) -> Result<AudioInfo, AudioError> {
    if length_bytes == 0 {
        return Err(AudioError::Empty);
    }
    let sound = detect::sound(&mut Source::new(reader, length_bytes))?;
    if sound.sample_rate_hz == 0 || sound.channels == 0 || sound.duration_ms > MAX_DURATION_MS {
        return Err(AudioError::CutOff);
    }
    if sound.duration_ms == 0 {
        return Err(AudioError::TooShort);
    }
    let mut tags = if sound.tag_bytes <= MAX_TAG_BYTES {
        tags::read(reader, sound.kind)
    } else {
        AudioTags::default()
    };
    if tags.chapters.is_empty() {
        tags.chapters = sound.chapters;
    }
    tags.chapters = chapters::tidy(tags.chapters, sound.duration_ms);
    Ok(AudioInfo {
        kind: sound.kind,
        duration_ms: sound.duration_ms,
        bitrate_bps: mul_div(sound.audio_bytes, 8000, sound.duration_ms),
        sample_rate_hz: sound.sample_rate_hz,
        channels: sound.channels,
        tags,
    })
}

/// `a · b / c`, rounded down, without overflow on the way; 0 where `c` is 0.
fn mul_div(a: u64, b: u64, c: u64) -> u64 {
    let wide = (u128::from(a) * u128::from(b)).checked_div(u128::from(c));
    wide.map_or(0, |value| u64::try_from(value).unwrap_or(u64::MAX))
}

/// Samples at a rate, in whole milliseconds, rounded to the nearest.
fn samples_to_ms(samples: u64, rate_hz: u64) -> u64 {
    if rate_hz == 0 {
        return 0;
    }
    let wide = (u128::from(samples) * 1000 + u128::from(rate_hz) / 2) / u128::from(rate_hz);
    u64::try_from(wide).unwrap_or(u64::MAX)
}
