//! MP3: frames (ISO/IEC 11172-3, 13818-3), and the Xing and VBRI headers that say how many.
use std::io::{Read, Seek};

use super::frames::{self, Frame};
use super::source::{Source, be};
use super::{AudioError, AudioKind, Sound, samples_to_ms};

/// Bytes by which a Xing header may be off before it is taken at its word.
const XING_SLACK_BYTES: u64 = 4096;

/// Bit rates of layer III in kbit/s by index: version 1, then versions 2 and 2.5.
const LAYER_3_KBPS: [[u32; 16]; 2] = [
    [
        0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0,
    ],
    [
        0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0,
    ],
];
/// Layer II, which is recognised to be refused by its name.
const LAYER_2_KBPS: [[u32; 16]; 2] = [
    [
        0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0,
    ],
    [
        0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0,
    ],
];

/// Reads the header of a layer II or III frame. Free format is not read: nobody writes it.
pub(super) fn frame(bytes: &[u8]) -> Option<Frame> {
    let header: &[u8; 4] = bytes.get(..4)?.try_into().ok()?;
    if header[0] != 0xFF || header[1] & 0xE0 != 0xE0 {
        return None;
    }
    let (old, divisor) = match header[1] >> 3 & 3 {
        0 => (1, 4),
        2 => (1, 2),
        3 => (0, 1),
        _ => return None,
    };
    let (layer, kbps) = match header[1] >> 1 & 3 {
        1 => (3, &LAYER_3_KBPS[old]),
        2 => (2, &LAYER_2_KBPS[old]),
        _ => return None,
    };
    let kbps = kbps[usize::from(header[2] >> 4)];
    let base = *[44_100, 48_000, 32_000].get(usize::from(header[2] >> 2 & 3))?;
    if kbps == 0 || header[3] & 3 == 2 {
        return None;
    }
    let sample_rate_hz = base / divisor;
    let samples = if layer == 3 && old == 1 { 576 } else { 1152 };
    let padding = u32::from(header[2] >> 1 & 1);
    Some(Frame {
        length: samples / 8 * kbps * 1000 / sample_rate_hz + padding,
        samples,
        sample_rate_hz,
        channels: if header[3] >> 6 == 3 { 1 } else { 2 },
        layer,
        // Sync, version and layer; sampling frequency.
        stream: u32::from(header[1] & 0xFE) << 8 | u32::from(header[2] & 0x0C),
    })
}

/// What a Xing, Info or VBRI header says about the frames behind it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Summary {
    frames: Option<u64>,
    /// From the header's own frame to the last.
    bytes: Option<u64>,
    /// Encoder delay and padding in samples (the LAME extension).
    silence: u64,
}

/// Walks an MP3 whose first frame is known.
///
/// # Errors
/// `CutOff` where the header promises more than there is, `Unsupported` for layer II.
pub(super) fn sound<R: Read + Seek>(
    source: &mut Source<'_, R>,
    offset: u64,
    first: Frame,
) -> Result<Sound, AudioError> {
    if first.layer != 3 {
        return Err(AudioError::format("MPEG Layer II (MP2)"));
    }
    let (audio_end, tail_bytes) = audio_end(source)?;
    let head = source.at(offset, 256)?;
    let summary = summary(head, first);
    let promised = summary.as_ref().and_then(|s| s.bytes);
    let promised_end = promised.map(|bytes| offset.saturating_add(bytes));
    if promised_end.is_some_and(|end| end > source.length() + XING_SLACK_BYTES) {
        return Err(AudioError::CutOff);
    }
    // A header that speaks of much less than there is stayed behind when files were joined.
    let whole = promised_end.is_some_and(|end| end + XING_SLACK_BYTES * 4 >= audio_end);
    let (frames, bytes) = match summary.as_ref().and_then(|s| s.frames) {
        Some(frames) if whole && frames > 0 => (frames, audio_end.saturating_sub(offset)),
        frames => {
            // The header's own frame is silent by design.
            let from = if summary.is_some() {
                offset + u64::from(first.length)
            } else {
                offset
            };
            let walk = frames::walk(source, frame, from, first.stream)?;
            let missing = frames.is_some_and(|promised| {
                promised_end.is_none() && walk.frames + 4 < promised - promised / 100
            });
            if missing {
                return Err(AudioError::CutOff);
            }
            (walk.frames, walk.bytes)
        }
    };
    let samples = frames.saturating_mul(u64::from(first.samples));
    let silence = summary.map_or(0, |s| s.silence);
    let heard = if silence < samples {
        samples - silence
    } else {
        samples
    };
    Ok(Sound {
        kind: AudioKind::Mp3,
        duration_ms: samples_to_ms(heard, u64::from(first.sample_rate_hz)),
        audio_bytes: bytes,
        sample_rate_hz: first.sample_rate_hz,
        channels: first.channels,
        tag_bytes: offset + tail_bytes,
        chapters: Vec::new(),
    })
}

fn summary(head: &[u8], first: Frame) -> Option<Summary> {
    let mono = first.channels == 1;
    // Behind the header and the side information, which zeros fill in a Xing frame.
    let side = match (first.samples, mono) {
        (1152, false) => 32,
        (1152, true) | (_, false) => 17,
        _ => 9,
    };
    xing(head.get(4 + side..)?).or_else(|| vbri(head.get(36..)?))
}

fn xing(tag: &[u8]) -> Option<Summary> {
    if !tag.starts_with(b"Xing") && !tag.starts_with(b"Info") {
        return None;
    }
    let flags = be(tag, 4, 4)?;
    let mut at = 8;
    let mut next = |bit: u64, bytes: usize| {
        let here = at;
        (flags & bit != 0).then(|| at += bytes)?;
        Some(here)
    };
    let frames = next(1, 4).and_then(|at| be(tag, at, 4));
    let bytes = next(2, 4).and_then(|at| be(tag, at, 4)).filter(|n| *n > 0);
    next(4, 100);
    next(8, 4);
    let encoder = tag.get(at..at + 4).unwrap_or_default();
    let known = [&b"LAME"[..], b"Lavf", b"Lavc"].contains(&encoder);
    let delays = if known { be(tag, at + 21, 3) } else { None };
    let silence = delays.map_or(0, |bits| (bits >> 12) + (bits & 0xFFF));
    Some(Summary {
        frames,
        bytes,
        silence,
    })
}

fn vbri(tag: &[u8]) -> Option<Summary> {
    tag.starts_with(b"VBRI").then_some(Summary {
        frames: be(tag, 14, 4),
        bytes: be(tag, 10, 4).filter(|n| *n > 0),
        silence: 0,
    })
}

/// Where the sound ends at the latest: before the ID3v1 and APE tags at the end. Also the bytes
/// of these tags.
fn audio_end<R: Read + Seek>(source: &mut Source<'_, R>) -> Result<(u64, u64), AudioError> {
    let length = source.length();
    let mut end = length;
    if end >= 128 && source.at(end - 128, 3)? == b"TAG" {
        end -= 128;
    }
    if end >= 32 {
        let footer = source.at(end - 32, 32)?;
        if footer.starts_with(b"APETAGEX") {
            let size = super::source::le(footer, 12, 4).unwrap_or(0);
            let header = super::source::le(footer, 20, 4).unwrap_or(0) >> 31;
            end = end.saturating_sub(size + header * 32);
        }
    }
    Ok((end, length - end))
}
