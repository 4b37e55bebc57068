//! FLAC (RFC 9639): length from STREAMINFO, completeness from the last frame in the file.
use std::io::{Read, Seek};

use super::flac_frame::{self, Stream};
use super::source::{Source, be};
use super::{AudioError, AudioKind, Sound, samples_to_ms};

/// Metadata blocks looked at; a real file has fewer than ten.
const MAX_BLOCKS: usize = 1024;
/// The least and the most bytes at the end that are searched for the last frame.
const TAIL_BYTES: (u64, u64) = (256 * 1024, 4 * 1024 * 1024);

/// Walks a FLAC file whose marker lies at `offset`.
///
/// # Errors
/// `CutOff` where a metadata block or the end of the sound is missing.
pub(super) fn sound<R: Read + Seek>(
    source: &mut Source<'_, R>,
    offset: u64,
) -> Result<Sound, AudioError> {
    let mut at = offset + 4;
    let mut info = None;
    for number in 0.. {
        let header = source.array::<4>(at)?.ok_or(AudioError::CutOff)?;
        let size = be(&header, 1, 3).unwrap_or(0);
        at += 4;
        if number == 0 {
            let bytes = source.array::<34>(at)?.ok_or(AudioError::CutOff)?;
            if header[0] & 0x7F != 0 || size < 34 {
                return Err(AudioError::CutOff);
            }
            info = Some(stream_info(&bytes));
        }
        at += size;
        if at > source.length() || number > MAX_BLOCKS {
            return Err(AudioError::CutOff);
        }
        if header[0] & 0x80 != 0 {
            break;
        }
    }
    let (stream, total, max_frame_bytes) = info.ok_or(AudioError::CutOff)?;
    if stream.sample_rate_hz == 0 || at >= source.length() {
        return Err(AudioError::CutOff);
    }
    let wanted = (max_frame_bytes * 2 + 65_536).clamp(TAIL_BYTES.0, TAIL_BYTES.1);
    let from = at.max(source.length().saturating_sub(wanted));
    let count = usize::try_from(source.length() - from).unwrap_or(0);
    let last = flac_frame::last(source.at(from, count)?, stream, total);
    let samples = match (last, total) {
        (None, _) => return Err(AudioError::CutOff),
        (Some(end), 0) => end,
        (Some(end), total) if end >= total => total,
        (Some(_), _) => return Err(AudioError::CutOff),
    };
    Ok(Sound {
        kind: AudioKind::Flac,
        duration_ms: samples_to_ms(samples, u64::from(stream.sample_rate_hz)),
        audio_bytes: source.length() - at,
        sample_rate_hz: stream.sample_rate_hz,
        channels: stream.channels,
        tag_bytes: at,
        chapters: Vec::new(),
    })
}

/// The stream's properties, its samples (0 where not known), and the bytes of its largest frame
/// (0 where not known).
fn stream_info(bytes: &[u8; 34]) -> (Stream, u64, u64) {
    let number = |offset, count| be(bytes, offset, count).unwrap_or(0);
    let packed = number(10, 8);
    let stream = Stream {
        block_samples: number(0, 2),
        sample_rate_hz: u32::try_from(packed >> 44).unwrap_or(0),
        channels: u16::try_from((packed >> 41 & 7) + 1).unwrap_or(1),
        bits: u8::try_from((packed >> 36 & 31) + 1).unwrap_or(0),
    };
    (stream, packed & 0xF_FFFF_FFFF, number(7, 3))
}
