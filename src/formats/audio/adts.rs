//! AAC in ADTS frames (ISO/IEC 13818-7, 6.2): every frame has a header, none has a length.
use std::io::{Read, Seek};

use super::frames::{self, Frame};
use super::source::Source;
use super::{AudioError, AudioKind, Sound, samples_to_ms};

/// Sampling frequencies by index (ISO/IEC 14496-3, table 1.18).
pub(super) const SAMPLE_RATES_HZ: [u32; 13] = [
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350,
];

/// Reads an ADTS header.
pub(super) fn frame(bytes: &[u8]) -> Option<Frame> {
    let header: &[u8; 7] = bytes.get(..7)?.try_into().ok()?;
    // Twelve sync bits, then layer 0 (the MPEG version and the CRC bit may be either).
    if header[0] != 0xFF || header[1] & 0xF6 != 0xF0 {
        return None;
    }
    let rate = *SAMPLE_RATES_HZ.get(usize::from(header[2] >> 2 & 0xF))?;
    let configuration = (header[2] & 1) << 2 | header[3] >> 6;
    let length =
        u32::from(header[3] & 3) << 11 | u32::from(header[4]) << 3 | u32::from(header[5] >> 5);
    let blocks = u32::from(header[6] & 3) + 1;
    if length <= 7 {
        return None;
    }
    Some(Frame {
        length,
        samples: 1024 * blocks,
        sample_rate_hz: rate,
        // 0 means that the frame's elements say it; 7 means eight.
        channels: match configuration {
            0 => 2,
            7 => 8,
            n => u16::from(n),
        },
        layer: 0,
        // Sync, version, layer; profile, frequency, upper channel bit (not the private bit).
        stream: u32::from(header[1] & 0xFE) << 8 | u32::from(header[2] & 0xFD),
    })
}

/// Walks an ADTS stream whose first frame is known.
pub(super) fn sound<R: Read + Seek>(
    source: &mut Source<'_, R>,
    offset: u64,
    first: Frame,
) -> Result<Sound, AudioError> {
    let walk = frames::walk(source, frame, offset, first.stream)?;
    Ok(Sound {
        kind: AudioKind::Aac,
        duration_ms: samples_to_ms(walk.samples, u64::from(first.sample_rate_hz)),
        audio_bytes: walk.bytes,
        sample_rate_hz: first.sample_rate_hz,
        channels: first.channels,
        tag_bytes: offset,
        chapters: Vec::new(),
    })
}
