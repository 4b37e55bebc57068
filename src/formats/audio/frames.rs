//! Streams of frames that each begin with a header of their own (MPEG audio, ADTS): finding
//! the first, and walking to the last.
use std::io::{self, Read, Seek};

use super::source::Source;

/// The most bytes that a header takes to be read.
const HEADER_BYTES: usize = 8;
/// Frames in a row that make bytes a stream.
const CHAIN: u32 = 4;

/// So near to the file's end anything may follow the frames: half a tag, padding.
const TAIL_BYTES: u64 = 256;

/// What a frame's header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    /// Bytes of the frame, its header included; at least 4.
    pub length: u32,
    /// Samples per channel.
    pub samples: u32,
    pub sample_rate_hz: u32,
    pub channels: u16,
    /// MPEG layer, 0 for AAC.
    pub layer: u8,
    /// What is the same in all frames of one stream.
    pub stream: u32,
}

/// Reads a header; `None` for bytes that are none.
pub(super) type Parse = fn(&[u8]) -> Option<Frame>;

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Walk {
    pub frames: u64,
    pub samples: u64,
    pub bytes: u64,
}

/// The first frame at or behind `from` that others of its stream follow, and its offset. Up to
/// `max_junk` bytes may lie before it, for which more frames in a row are asked.
pub(super) fn first<R: Read + Seek>(
    source: &mut Source<'_, R>,
    parse: Parse,
    from: u64,
    max_junk: u64,
) -> io::Result<Option<(u64, Frame)>> {
    for offset in from..from.saturating_add(max_junk + 1).min(source.length()) {
        let Some(frame) = parse(source.at(offset, HEADER_BYTES)?) else {
            continue;
        };
        let (frames, at_end) = chain(source, parse, offset, frame)?;
        let few = if offset == from { 1 } else { 2 };
        if frames >= CHAIN || (at_end && frames >= few) {
            return Ok(Some((offset, frame)));
        }
    }
    Ok(None)
}

/// Counts whole frames in a row, at most [`CHAIN`]; also says whether the file, or its tags at
/// the end, ended the row.
fn chain<R: Read + Seek>(
    source: &mut Source<'_, R>,
    parse: Parse,
    from: u64,
    frame: Frame,
) -> io::Result<(u32, bool)> {
    let mut offset = from;
    let mut length = frame.length;
    let mut frames = 0;
    loop {
        offset = offset.saturating_add(u64::from(length));
        if offset > source.length() {
            return Ok((frames, true));
        }
        frames += 1;
        if frames == CHAIN {
            return Ok((frames, false));
        }
        let bytes = source.at(offset, HEADER_BYTES)?;
        match parse(bytes) {
            Some(next) if next.stream == frame.stream => length = next.length,
            _ => {
                let ends = ends_stream(bytes) || source.length() - offset < TAIL_BYTES;
                return Ok((frames, ends));
            }
        }
    }
}

/// Whether these bytes are the end of the file or a tag there.
fn ends_stream(bytes: &[u8]) -> bool {
    bytes.len() < 4
        || [&b"TAG"[..], b"APET", b"LYRI", b"ID3", b"3DI"]
            .iter()
            .any(|magic| bytes.starts_with(magic))
}

/// Walks from a frame to the end of the file. Bytes between frames are skipped; a last frame
/// without its end is not counted.
pub(super) fn walk<R: Read + Seek>(
    source: &mut Source<'_, R>,
    parse: Parse,
    from: u64,
    stream: u32,
) -> io::Result<Walk> {
    let mut walk = Walk::default();
    let mut offset = from;
    let own = |bytes: &[u8]| parse(bytes).filter(|frame| frame.stream == stream);
    while offset < source.length() {
        let bytes = source.at(offset, HEADER_BYTES)?;
        if bytes.is_empty() {
            break;
        }
        if let Some(frame) = own(bytes) {
            let next = offset.saturating_add(u64::from(frame.length));
            if next > source.length() {
                offset += 1;
                continue;
            }
            walk.frames += 1;
            walk.samples += u64::from(frame.samples);
            walk.bytes += u64::from(frame.length);
            offset = next;
        } else {
            // Off the row a header alone is no proof.
            offset = resync(source, parse, offset + 1, stream)?;
        }
    }
    Ok(walk)
}

/// The next offset at which two frames of the stream follow each other; the file's end if none.
fn resync<R: Read + Seek>(
    source: &mut Source<'_, R>,
    parse: Parse,
    from: u64,
    stream: u32,
) -> io::Result<u64> {
    let mut offset = from;
    loop {
        // Both kinds of frame begin with eleven or twelve set bits: skip to the next such byte.
        let block = source.at(offset, 4096)?;
        if block.is_empty() {
            return Ok(source.length());
        }
        let Some(skip) = block.iter().position(|b| *b == 0xFF) else {
            offset += block.len() as u64;
            continue;
        };
        offset += skip as u64;
        if let Some(frame) = parse(source.at(offset, HEADER_BYTES)?)
            && frame.stream == stream
        {
            let behind = source.at(offset.saturating_add(u64::from(frame.length)), HEADER_BYTES)?;
            if parse(behind).is_some_and(|next| next.stream == stream) {
                return Ok(offset);
            }
        }
        offset += 1;
    }
}
