//! Where a recording's sound begins: in the file, and on the time line.
use std::io::{Read, Seek};

use super::mp4_boxes::{find, find_path, pieces};
use super::source::{Source, be};
use super::{AudioError, AudioKind, MAX_TAG_BYTES, adts, detect, frames, mp4, mpeg};

/// What a decoder has to know before the first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beginning {
    /// Where the sound's container or first frame begins, in bytes: behind tags and junk.
    pub offset: u64,
    /// Encoder delay that an MP4 file tells of (edit list, `iTunSMPB`), as units and units per
    /// second; 0 of 1 where there is none.
    lead: (u64, u64),
}

impl Beginning {
    /// The samples of a decoder at this rate that lie before 0:00.
    pub fn lead_samples(&self, rate_hz: u32) -> u64 {
        let (units, per_second) = self.lead;
        super::mul_div(units, u64::from(rate_hz), per_second)
    }
}

/// Finds the beginning of a recording whose kind a probe found.
///
/// # Errors
/// The file is not of this kind, or cannot be read.
pub fn beginning<R: Read + Seek>(
    reader: &mut R,
    length_bytes: u64,
    kind: AudioKind,
) -> Result<Beginning, AudioError> {
    let mut source = Source::new(reader, length_bytes);
    let behind_tags = detect::behind_id3(&mut source)?;
    let offset = match kind {
        AudioKind::Mp3 => first(&mut source, mpeg::frame, behind_tags)?,
        AudioKind::Aac => first(&mut source, adts::frame, behind_tags)?,
        _ => behind_tags,
    };
    let lead = match kind {
        AudioKind::M4a => mp4_lead(&mut source, offset)?,
        _ => None,
    };
    Ok(Beginning {
        offset,
        lead: lead.unwrap_or((0, 1)),
    })
}

fn first<R: Read + Seek>(
    source: &mut Source<'_, R>,
    parse: frames::Parse,
    from: u64,
) -> Result<u64, AudioError> {
    let found = frames::first(source, parse, from, detect::MAX_JUNK_BYTES)?;
    found.map(|(at, _)| at).ok_or(AudioError::CutOff)
}

fn mp4_lead<R: Read + Seek>(
    source: &mut Source<'_, R>,
    offset: u64,
) -> Result<Option<(u64, u64)>, AudioError> {
    let Some((from, end)) = mp4::find_index(source, offset)? else {
        return Ok(None);
    };
    if end - from > MAX_TAG_BYTES {
        return Ok(None);
    }
    let moov = source.at(from, usize::try_from(end - from).unwrap_or(0))?;
    let track = pieces(moov)
        .filter(|piece| piece.kind == *b"trak")
        .find(|piece| {
            let handler = find_path(piece.body, &[b"mdia", b"hdlr"]);
            handler.and_then(|hdlr| hdlr.get(8..12)) == Some(b"soun")
        });
    Ok(track.and_then(|track| {
        let mdhd = find_path(track.body, &[b"mdia", b"mdhd"])?;
        let at = if mdhd.first() == Some(&1) { 20 } else { 12 };
        let per_second = be(mdhd, at, 4).filter(|units| *units > 0)?;
        let units = edit(track.body).or_else(|| itunes_delay(moov))?;
        // More than a second is no encoder's delay.
        (units > 0 && units < per_second).then_some((units, per_second))
    }))
}

/// Where the first edit that shows anything begins in the media (ISO/IEC 14496-12, 8.6.6).
fn edit(track: &[u8]) -> Option<u64> {
    let elst = find_path(track, &[b"edts", b"elst"])?;
    let wide = elst.first() == Some(&1);
    let (width, none) = if wide {
        (8, u64::MAX)
    } else {
        (4, 0xFFFF_FFFF)
    };
    let count = usize::try_from(be(elst, 4, 4)?).ok()?;
    let entries = elst.get(8..)?.chunks_exact(2 * width + 4).take(count);
    entries
        .filter_map(|entry| be(entry, width, width))
        .find(|start| *start != none)
}

/// The second number of the comment that iTunes leaves where it writes no edit list.
fn itunes_delay(moov: &[u8]) -> Option<u64> {
    let name = b"iTunSMPB";
    let tags = find_path(moov, &[b"udta", b"meta"])?;
    let tags = find(tags.get(4..)?, b"ilst").or_else(|| find(tags, b"ilst"))?;
    let at = tags.windows(name.len()).position(|bytes| bytes == name)?;
    let data = tags.get(at + name.len() + 16..)?;
    let text = std::str::from_utf8(data.get(..data.len().min(40))?).ok()?;
    u64::from_str_radix(text.split_ascii_whitespace().nth(1)?, 16).ok()
}
