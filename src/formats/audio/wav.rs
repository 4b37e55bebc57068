//! WAV: chunks of RIFF, and of RF64/BW64 (EBU Tech 3306) for files over 4 GiB.
use std::io::{Read, Seek};

use super::source::{Source, le};
use super::{AudioError, AudioKind, Sound, mul_div};

/// Chunks looked at; a real file has a handful.
const MAX_CHUNKS: usize = 10_000;
/// The size that writers to a pipe, which cannot go back, leave in the header.
const UNKNOWN: u64 = 0xFFFF_FFFF;

/// The `fmt ` chunk.
struct Format {
    tag: u64,
    channels: u64,
    sample_rate_hz: u64,
    block_bytes: u64,
}

/// Walks a WAV file whose RIFF header lies at `offset`.
///
/// # Errors
/// `CutOff` where the sound is longer than the file or a chunk contradicts itself,
/// `Unsupported` for codecs that browsers do not play.
pub(super) fn sound<R: Read + Seek>(
    source: &mut Source<'_, R>,
    offset: u64,
) -> Result<Sound, AudioError> {
    let length = source.length();
    let mut at = offset + 12;
    let mut format = None;
    let mut wide_size = None;
    for _ in 0..MAX_CHUNKS {
        let Some(header) = source.array::<8>(at)? else {
            break;
        };
        let size = le(&header, 4, 4).unwrap_or(0);
        at += 8;
        match &header[..4] {
            b"ds64" => wide_size = le(source.at(at, 24)?, 8, 8),
            b"fmt " => format = Some(read_format(source.at(at, 40)?)?),
            b"data" => {
                let format = format.ok_or(AudioError::CutOff)?;
                let size = if size == UNKNOWN {
                    wide_size.unwrap_or(size)
                } else {
                    size
                };
                return finish(&format, at, size, length);
            }
            _ => {}
        }
        at = at.saturating_add(size).saturating_add(size & 1);
    }
    // Without the chunk of sound: the end is missing, or there never was any.
    Err(if at > length {
        AudioError::CutOff
    } else {
        AudioError::TooShort
    })
}

fn read_format(bytes: &[u8]) -> Result<Format, AudioError> {
    let number = |offset, count| le(bytes, offset, count).ok_or(AudioError::CutOff);
    let mut tag = number(0, 2)?;
    if tag == 0xFFFE {
        // WAVE_FORMAT_EXTENSIBLE: the tag is the beginning of the GUID.
        tag = number(24, 2)?;
    }
    Ok(Format {
        tag,
        channels: number(2, 2)?,
        sample_rate_hz: number(4, 4)?,
        block_bytes: number(12, 2)?,
    })
}

fn finish(format: &Format, start: u64, size: u64, length: u64) -> Result<Sound, AudioError> {
    match format.tag {
        1 | 3 | 6 | 7 => {}
        2 | 0x11 => return Err(AudioError::format("ADPCM")),
        0x31 => return Err(AudioError::format("GSM 6.10")),
        0x50 | 0x55 => return Err(AudioError::format("MP3 (WAV)")),
        _ => return Err(AudioError::format("WAV")),
    }
    if format.channels == 0 || format.sample_rate_hz == 0 || format.block_bytes == 0 {
        return Err(AudioError::CutOff);
    }
    let there = length.saturating_sub(start);
    let size = match size {
        UNKNOWN => there,
        // A header that was never brought up to date, as after a crash of the recorder.
        0 if there >= 4096 => there,
        // A missing pad byte, or a block begun, is no loss.
        size if size > there.saturating_add(format.block_bytes) => return Err(AudioError::CutOff),
        size => size.min(there),
    };
    // The header's own bytes per second are not asked: they follow from the rest.
    let rate = format.sample_rate_hz * format.block_bytes;
    Ok(Sound {
        kind: AudioKind::Wav,
        duration_ms: mul_div(size, 1000, rate),
        audio_bytes: size,
        sample_rate_hz: u32::try_from(format.sample_rate_hz).unwrap_or(0),
        channels: u16::try_from(format.channels).unwrap_or(0),
        tag_bytes: length.saturating_sub(size),
        chapters: Vec::new(),
    })
}
