//! FLAC frame headers (RFC 9639 section 9.1): which samples the last frames of a file hold.

/// What every frame of a stream has in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stream {
    /// Samples of a block, the last one aside, where blocks are of one size.
    pub block_samples: u64,
    pub sample_rate_hz: u32,
    pub channels: u16,
    /// Bits per sample.
    pub bits: u8,
}

/// Samples from the stream's beginning to the end of the last frame whose header is found in
/// the last bytes of the file.
///
/// Bytes of sound can look like a header, checksum and all; so a frame counts when it ends
/// exactly at the stream's `total`, or when the frame before it is there too.
pub(super) fn last(tail: &[u8], stream: Stream, total: u64) -> Option<u64> {
    let mut frames: Vec<(u64, u64)> = tail
        .windows(2)
        .enumerate()
        .filter(|(_, sync)| sync[0] == 0xFF && sync[1] & 0xFE == 0xF8)
        .filter_map(|(at, _)| header(&tail[at..], stream))
        .collect();
    if total > 0 && frames.iter().any(|(_, end)| *end == total) {
        return Some(total);
    }
    frames.sort_unstable();
    let follows = |start: u64| start == 0 || frames.iter().any(|(_, end)| *end == start);
    frames
        .iter()
        .rev()
        .take(1000)
        .find(|(start, _)| follows(*start))
        .or(frames.first())
        .map(|(_, end)| *end)
}

/// First and behind-the-last sample of the frame whose header this is.
fn header(bytes: &[u8], stream: Stream) -> Option<(u64, u64)> {
    let variable = bytes.get(1)? & 1 == 1;
    let (sizes, layout) = (*bytes.get(2)?, *bytes.get(3)?);
    let channels = match layout >> 4 {
        n @ 0..=7 => u16::from(n) + 1,
        8..=10 => 2,
        _ => return None,
    };
    let bits = match layout >> 1 & 7 {
        0 => stream.bits,
        1 => 8,
        2 => 12,
        4 => 16,
        5 => 20,
        6 => 24,
        7 => 32,
        _ => return None,
    };
    if channels != stream.channels || bits != stream.bits || layout & 1 == 1 {
        return None;
    }
    let (number, mut at) = coded_number(bytes, 4)?;
    let block = match sizes >> 4 {
        0 => return None,
        1 => 192,
        n @ 2..=5 => 144 << n,
        6 => {
            at += 1;
            u64::from(*bytes.get(at - 1)?) + 1
        }
        7 => {
            at += 2;
            (u64::from(*bytes.get(at - 2)?) << 8 | u64::from(*bytes.get(at - 1)?)) + 1
        }
        n => 1 << n,
    };
    match sizes & 15 {
        12 => at += 1,
        13 | 14 => at += 2,
        15 => return None,
        _ => {}
    }
    if crc8(bytes.get(..at)?) != *bytes.get(at)? {
        return None;
    }
    let start = if variable {
        number
    } else {
        number * stream.block_samples
    };
    Some((start, start + block))
}

/// The number in the coding of UTF-8, up to 36 bits, and the offset behind it.
fn coded_number(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let first = *bytes.get(at)?;
    let ones = usize::try_from(first.leading_ones()).ok()?;
    let rest = match ones {
        0 => return Some((u64::from(first), at + 1)),
        2..=7 => ones - 1,
        _ => return None,
    };
    let mut number = u64::from(first) & (0x7F >> ones);
    for byte in bytes.get(at + 1..at + 1 + rest)? {
        if byte & 0xC0 != 0x80 {
            return None;
        }
        number = number << 6 | u64::from(byte & 0x3F);
    }
    Some((number, at + 1 + rest))
}

/// CRC-8 with the polynomial x⁸ + x² + x + 1.
fn crc8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ byte, |crc: u8, _| {
            if crc & 0x80 == 0 {
                crc << 1
            } else {
                crc << 1 ^ 0x07
            }
        })
    })
}
