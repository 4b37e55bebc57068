//! Sound: any recording that `formats/audio` takes, decoded into what an ear hears: one channel at
//! 16 kHz, in blocks, with its outline (peaks) and its loudness measured in the same pass.
//!
//! Sample 0 is what a browser plays at 0:00: encoder delay and padding are cut off where the file
//! tells them (LAME tag, edit list, `iTunSMPB`, Ogg granules, Opus pre-skip). Damaged packets are
//! silence of their length, so that what follows keeps its time. Memory does not depend on the
//! length, except for the outline and the tables of MP4.
mod decoders;
mod error;
mod loudness;
mod mono;
mod opus;
mod outline;
mod piece;
mod stream;
#[cfg(test)]
mod tests;

use std::io::{Read, Seek};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};

pub use error::SoundError;
pub use outline::PEAKS_PER_SECOND;

use super::audio::{self, AudioKind};
use loudness::Meter;
use mono::Mono;
use outline::Outline;
use stream::Stream;

/// Samples per second of what is handed on.
pub const RATE_HZ: u32 = 16_000;

/// A recording that is nowhere louder is silent.
const SILENT_DBFS: f32 = -70.0;

/// What was heard of a recording as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sound {
    /// Length of what was handed on, in milliseconds, rounded to the nearest.
    pub duration_ms: u64,
    /// Whether the file ends before its sound does, or from some place on could not be decoded.
    pub is_cut_off: bool,
    /// Packets that could not be decoded and became silence.
    pub damaged_packets: u64,
    /// The greatest amplitude of each stretch, [`PEAKS_PER_SECOND`] of them; 255 is full scale,
    /// louder is cut.
    pub peaks: Vec<u8>,
    /// How loud it is.
    pub loudness: Loudness,
}

impl Sound {
    /// Whether what could be decoded is no sound, and what might be one could not.
    fn is_lost(&self) -> bool {
        let peak = self.loudness.peak_dbfs;
        self.damaged_packets > 0 && peak.is_none_or(|peak| peak < SILENT_DBFS)
    }
}

/// Loudness by EBU R 128 and the greatest sample.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Loudness {
    /// Integrated loudness in LUFS (ITU-R BS.1770-4, gated); `None` for silence and for less than
    /// 0.4 s.
    pub integrated_lufs: Option<f32>,
    /// The greatest sample in dB below full scale (0 is full scale); `None` for silence.
    pub peak_dbfs: Option<f32>,
}

/// Decodes a recording of `length_bytes`, whose kind a probe found, and hands it to `sink` as
/// samples of one channel at [`RATE_HZ`], full scale at ±1, in order and without gaps, in blocks
/// of at most a few thousand. A sink that breaks ends the work early; what was heard until then is
/// the answer.
///
/// # Errors
/// There is nothing to hear: see [`SoundError`]. A file that is damaged or cut off later on is no
/// error, unless nothing but silence is left of it.
pub fn listen<R: Read + Seek + Send + Sync + 'static>(
    mut reader: R,
    length_bytes: u64,
    kind: AudioKind,
    sink: &mut dyn FnMut(&[f32]) -> ControlFlow<()>,
) -> Result<Sound, SoundError> {
    let beginning = audio::beginning(&mut reader, length_bytes, kind)?;
    // Of streams of frames the reader would guess a length from the first ones, and cut the sound
    // there.
    let is_stream = matches!(kind, AudioKind::Mp3 | AudioKind::Aac);
    let piece = piece::Piece::new(reader, beginning.offset, length_bytes, !is_stream);
    let mut heard = Heard::new(sink);
    // The decoders are not ours. One that gives up in the middle is a damaged file, nothing more.
    let run = catch_unwind(AssertUnwindSafe(|| {
        let mut stream = Stream::open(Box::new(piece), kind, &beginning)?;
        stream.run(&mut |block| heard.take(block))
    }));
    let end = match run {
        Ok(Ok(end)) if end.good_packets == 0 => return Err(SoundError::Damaged),
        Ok(Ok(end)) => end,
        Ok(Err(error)) if heard.is_empty() => return Err(error),
        Err(_) if heard.is_empty() => return Err(SoundError::Damaged),
        Ok(Err(_)) | Err(_) => stream::End::cut(),
    };
    let sound = heard.finish(&end);
    if sound.is_lost() {
        return Err(SoundError::Damaged);
    }
    Ok(sound)
}

/// A piece of sound as decoded.
struct Block<'a> {
    /// Channels interleaved, full scale at ±1.
    samples: &'a [f32],
    channels: usize,
    rate_hz: u32,
}

/// What listens to the blocks.
struct Heard<'s> {
    sink: &'s mut dyn FnMut(&[f32]) -> ControlFlow<()>,
    mono: Option<Mono>,
    outline: Outline,
    meter: Meter,
    handed: u64,
    stopped: bool,
}

impl<'s> Heard<'s> {
    fn new(sink: &'s mut dyn FnMut(&[f32]) -> ControlFlow<()>) -> Self {
        Self {
            sink,
            mono: None,
            outline: Outline::default(),
            meter: Meter::default(),
            handed: 0,
            stopped: false,
        }
    }

    fn is_empty(&self) -> bool {
        self.mono.is_none()
    }

    fn take(&mut self, block: &Block<'_>) -> Result<ControlFlow<()>, SoundError> {
        if block.samples.len() < block.channels {
            return Ok(ControlFlow::Continue(()));
        }
        if self
            .mono
            .as_ref()
            .is_some_and(|m| m.rate_hz() != block.rate_hz)
        {
            self.end_mono();
        }
        if self.mono.is_none() {
            self.mono = Some(Mono::new(block.rate_hz)?);
        }
        self.outline.take(block);
        self.meter.take(block);
        if let Some(mono) = &mut self.mono {
            mono.take(
                block,
                &mut hand(self.sink, &mut self.handed, &mut self.stopped),
            );
        }
        Ok(match self.stopped {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        })
    }

    /// What the resampler still holds.
    fn end_mono(&mut self) {
        if let Some(mono) = self.mono.take()
            && !self.stopped
        {
            mono.end(&mut hand(self.sink, &mut self.handed, &mut self.stopped));
        }
    }

    fn finish(mut self, end: &stream::End) -> Sound {
        self.end_mono();
        let rate = u64::from(RATE_HZ);
        let duration_ms = (self.handed * 1000 + rate / 2) / rate;
        let missing = end.expected_ms.is_some_and(|ms| duration_ms + 250 < ms);
        Sound {
            duration_ms,
            is_cut_off: !self.stopped && (end.is_cut_off || missing),
            damaged_packets: end.damaged_packets,
            peaks: self.outline.finish(),
            loudness: self.meter.finish(),
        }
    }
}

/// Hands samples on until the sink has enough.
fn hand<'a>(
    sink: &'a mut dyn FnMut(&[f32]) -> ControlFlow<()>,
    handed: &'a mut u64,
    stopped: &'a mut bool,
) -> impl FnMut(&[f32]) + 'a {
    move |samples| {
        if !*stopped && !samples.is_empty() {
            *handed += samples.len() as u64;
            *stopped = sink(samples).is_break();
        }
    }
}
