//! Recordings.
use serde::Serialize;

use super::Chapter;
use crate::formats::audio::AudioKind;

/// A sound file of a post.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Recording {
    /// Container and codec.
    pub kind: AudioKind,
    /// Length.
    pub duration_ms: u64,
    /// Length of the file.
    pub length_bytes: u64,
    /// Mean bits per second.
    pub bitrate_bps: u64,
    /// Samples per second.
    pub sample_rate_hz: u32,
    /// Channels.
    pub channels: u16,
    /// What the file was called when it was sent.
    pub file_name: String,
    /// SHA-256 of the file in lower-case hexadecimal.
    pub sha256: String,
}

/// The recording of a working copy, with what is known of it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct RecordingFacts {
    /// The file.
    #[serde(flatten)]
    pub recording: Recording,
    /// What listeners may find odd in it, a sentence each, in the language of `Accept-Language`.
    pub warnings: Vec<String>,
    /// How it sounds, once it was listened to.
    pub sound: Option<Sound>,
    /// Whether somebody listens to it or will in a moment.
    pub is_being_heard: bool,
    /// Why it could not be listened to.
    pub fault: Option<String>,
    /// What the file offers for the post.
    pub suggestions: Suggestions,
}

/// How a recording sounds.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Sound {
    /// Loudness in LUFS (EBU R 128); `null` for silence and for less than 0.4 s.
    pub integrated_lufs: Option<f32>,
    /// The greatest sample in dB, 0 is full scale; `null` for silence.
    pub peak_dbfs: Option<f32>,
    /// Whether the file ends before its sound does, or cannot be decoded from some place on.
    pub is_cut_off: bool,
    /// Packets that could not be decoded and are silence.
    pub damaged_packets: u64,
}

/// What a file's tags offer; nothing of it is taken by itself.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Suggestions {
    /// A title.
    pub title: Option<String>,
    /// Whether there is a picture (`POST …/cover/from-recording`).
    pub has_artwork: bool,
    /// Chapters (`PUT …/chapters` with the source `file`).
    pub chapters: Vec<Chapter>,
}
