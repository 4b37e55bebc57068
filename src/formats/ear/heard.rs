//! What is kept of a recording that was listened to: enough to align it again and again.
use super::{CEPSTRA, HOP, RATE};

/// Begins the bytes; the digit is the version.
const MAGIC: &[u8; 8] = b"daebonH1";
const HEAD: usize = MAGIC.len() + 8;
/// A frame's bytes: its cepstra and its voice.
const FRAME: usize = CEPSTRA + 1;

/// A recording as the aligner knows it: 14 bytes for each 10 ms, 5 MB an hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    frames: Vec<[i8; CEPSTRA]>,
    voice: Vec<u8>,
    samples: u64,
}

impl Heard {
    /// `voice` is as long as `frames`.
    pub(super) fn new(frames: Vec<[i8; CEPSTRA]>, voice: Vec<u8>, samples: u64) -> Self {
        debug_assert_eq!(frames.len(), voice.len());
        Self {
            frames,
            voice,
            samples,
        }
    }

    /// How long the recording is.
    pub fn duration_ms(&self) -> u64 {
        self.samples.saturating_mul(1000) / RATE as u64
    }

    /// Cepstra of each 10 ms.
    pub(super) fn frames(&self) -> &[[i8; CEPSTRA]] {
        &self.frames
    }

    /// How much each 10 ms sounds like a voice, 0 to 255.
    pub fn voice(&self) -> &[u8] {
        &self.voice
    }

    /// To be kept, and read by [`Heard::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD + self.frames.len() * FRAME);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.samples.to_le_bytes());
        for (frame, voice) in self.frames.iter().zip(&self.voice) {
            bytes.extend(frame.iter().map(|x| x.to_le_bytes()[0]));
            bytes.push(*voice);
        }
        bytes
    }

    /// `None` for what [`Heard::to_bytes`] of this version did not write.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (samples, rest) = rest.split_first_chunk::<8>()?;
        let samples = u64::from_le_bytes(*samples);
        let (frames, torn) = rest.as_chunks::<FRAME>();
        if !torn.is_empty() || frames.len() as u64 != samples / HOP as u64 {
            return None;
        }
        Some(Self {
            voice: frames.iter().map(|frame| frame[CEPSTRA]).collect(),
            frames: frames
                .iter()
                .map(|frame| std::array::from_fn(|k| i8::from_le_bytes([frame[k]])))
                .collect(),
            samples,
        })
    }
}
