//! MP4 (ISO/IEC 14496-12): the index (`moov`), its track of sound, and whether the sound that
//! the index speaks of is in the file.
use std::io::{Read, Seek};

use super::mp4_boxes::{Piece, find, find_path, pieces};
use super::mp4_codec::{self, Codec};
use super::source::{Source, be};
use super::{AudioError, AudioKind, Chapter, MAX_TAG_BYTES, Sound, Unsupported, samples_to_ms};

/// Top-level boxes looked at: a file in fragments of one second has two for each.
const MAX_BOXES: usize = 400_000;
/// The largest fragment index looked at.
const MAX_FRAGMENT_BYTES: u64 = 1024 * 1024;

/// The track of sound.
struct Track {
    id: u64,
    codec: Codec,
    /// Units per second.
    timescale: u64,
    /// In these units; 0 where the fragments say it.
    duration: u64,
    /// The offset of the last piece of sound.
    last_chunk: Option<u64>,
    /// Duration of a sample in fragments that do not say it.
    default_duration: u64,
}

/// Walks an MP4 file whose first box lies at `offset`.
///
/// # Errors
/// `CutOff` where the index or a part of the sound is missing, `Unsupported` for film,
/// protected files, and codecs other than AAC, `NotAudio` without a track of sound.
pub(super) fn sound<R: Read + Seek>(
    source: &mut Source<'_, R>,
    offset: u64,
) -> Result<Sound, AudioError> {
    let mut at = offset;
    let mut moov = None;
    let mut media_bytes = 0;
    let mut fragments = 0;
    for _ in 0..MAX_BOXES {
        let Some((kind, body, end)) = top_box(source, at)? else {
            break;
        };
        if end > source.length() {
            return Err(AudioError::CutOff);
        }
        match &kind {
            b"moov" if moov.is_none() => moov = Some(index(source, body, end)?),
            b"mdat" => media_bytes += end - body,
            b"moof" if end - body <= MAX_FRAGMENT_BYTES => {
                if let Some((track, ..)) = &moov {
                    let count = usize::try_from(end - body).unwrap_or(0);
                    fragments += fragment_duration(source.at(body, count)?, track);
                }
            }
            _ => {}
        }
        at = end;
    }
    let (track, chapters, index_bytes) = moov.ok_or(AudioError::CutOff)?;
    if track
        .last_chunk
        .is_some_and(|chunk| chunk >= source.length())
    {
        return Err(AudioError::CutOff);
    }
    let duration = if track.duration == 0 {
        fragments
    } else {
        track.duration
    };
    Ok(Sound {
        kind: AudioKind::M4a,
        duration_ms: samples_to_ms(duration, track.timescale),
        audio_bytes: media_bytes,
        sample_rate_hz: track.codec.sample_rate_hz,
        channels: track.codec.channels,
        tag_bytes: index_bytes,
        chapters,
    })
}

/// Where the body of the index (`moov`) begins and ends, looked for from `offset` on.
pub(super) fn find_index<R: Read + Seek>(
    source: &mut Source<'_, R>,
    offset: u64,
) -> Result<Option<(u64, u64)>, AudioError> {
    let mut at = offset;
    for _ in 0..MAX_BOXES {
        match top_box(source, at)? {
            Some((kind, body, end)) if kind == *b"moov" => return Ok(Some((body, end))),
            Some((.., end)) if end <= source.length() => at = end,
            _ => break,
        }
    }
    Ok(None)
}

/// Type, beginning of the body, and end of the box at an offset; `None` at the end of the file
/// or where something else follows the boxes.
fn top_box<R: Read + Seek>(
    source: &mut Source<'_, R>,
    at: u64,
) -> Result<Option<([u8; 4], u64, u64)>, AudioError> {
    let length = source.length();
    let head = source.at(at, 16)?;
    let (Some(size), Some(kind)) = (be(head, 0, 4), head.get(4..8)) else {
        return Ok(None);
    };
    let kind: [u8; 4] = kind.try_into().unwrap_or_default();
    let (size, header) = match size {
        0 => (length - at, 8),
        1 => (be(head, 8, 8).ok_or(AudioError::CutOff)?, 16),
        size => (size, 8),
    };
    let printable = kind
        .iter()
        .all(|b| b.is_ascii_graphic() || *b == b' ' || *b == 0xA9);
    if size < header || !printable {
        return Ok(None);
    }
    Ok(Some((kind, at + header, at.saturating_add(size))))
}

/// Reads the index: the track of sound, the chapters, and the bytes it takes.
fn index<R: Read + Seek>(
    source: &mut Source<'_, R>,
    from: u64,
    end: u64,
) -> Result<(Track, Vec<Chapter>, u64), AudioError> {
    let size = end - from;
    if size > MAX_TAG_BYTES {
        return Err(AudioError::format("MP4"));
    }
    let moov = source.at(from, usize::try_from(size).unwrap_or(0))?;
    let mut sound = None;
    for piece in pieces(moov).filter(|piece| piece.kind == *b"trak") {
        let handler = find_path(piece.body, &[b"mdia", b"hdlr"]).and_then(|hdlr| hdlr.get(8..12));
        match handler {
            Some(b"soun") if sound.is_none() => sound = Some(track(piece.body, moov)?),
            Some(b"vide") if is_film(&piece) => {
                return Err(AudioError::Unsupported(Unsupported::Video));
            }
            _ => {}
        }
    }
    let chapters = find_path(moov, &[b"udta", b"chpl"]).and_then(nero_chapters);
    Ok((
        sound.ok_or(AudioError::NotAudio)?,
        chapters.unwrap_or_default(),
        size,
    ))
}

/// Whether a track of pictures is a film: chapter pictures are stills.
fn is_film(trak: &Piece<'_>) -> bool {
    let stsd = find_path(trak.body, &[b"mdia", b"minf", b"stbl", b"stsd"]);
    let entry = stsd.and_then(|stsd| pieces(stsd.get(8..)?).next());
    entry.is_none_or(|entry| !matches!(&entry.kind, b"jpeg" | b"png " | b"tiff"))
}

fn track(trak: &[u8], moov: &[u8]) -> Result<Track, AudioError> {
    let cut = || AudioError::CutOff;
    let mdhd = find_path(trak, &[b"mdia", b"mdhd"]).ok_or_else(cut)?;
    let (timescale, duration) = match mdhd.first() {
        Some(1) => (be(mdhd, 20, 4), be(mdhd, 24, 8)),
        _ => (be(mdhd, 12, 4), be(mdhd, 16, 4)),
    };
    let unknown = |duration: &u64| *duration >= 0xFFFF_FFFF && mdhd.first() != Some(&1);
    let duration = duration.filter(|d| !unknown(d)).unwrap_or(0);
    let table = find_path(trak, &[b"mdia", b"minf", b"stbl"]).ok_or_else(cut)?;
    let codec = mp4_codec::codec(find(table, b"stsd").ok_or_else(cut)?)?;
    let tkhd = find(trak, b"tkhd").unwrap_or_default();
    let id = be(tkhd, if tkhd.first() == Some(&1) { 20 } else { 12 }, 4).unwrap_or(0);
    let in_fragments = find(moov, b"mvex");
    let samples = find(table, b"stsz").and_then(|stsz| be(stsz, 8, 4));
    if samples == Some(0) && in_fragments.is_none() {
        return Err(AudioError::TooShort);
    }
    let default_duration = in_fragments.and_then(|mvex| {
        let trex = pieces(mvex).filter(|piece| piece.kind == *b"trex");
        trex.map(|piece| piece.body)
            .find(|trex| be(trex, 4, 4) == Some(id))
            .and_then(|trex| be(trex, 12, 4))
    });
    Ok(Track {
        id,
        codec,
        timescale: timescale.filter(|scale| *scale > 0).ok_or_else(cut)?,
        duration: if samples == Some(0) { 0 } else { duration },
        last_chunk: last_chunk(table),
        default_duration: default_duration.unwrap_or(0),
    })
}

/// The greatest offset of a chunk (`stco`, `co64`).
fn last_chunk(table: &[u8]) -> Option<u64> {
    let (offsets, width) = match find(table, b"stco") {
        Some(stco) => (stco, 4),
        None => (find(table, b"co64")?, 8),
    };
    let entries = offsets.get(8..)?.chunks_exact(width);
    let count = usize::try_from(be(offsets, 4, 4)?).ok()?;
    entries
        .take(count)
        .filter_map(|entry| be(entry, 0, width))
        .max()
}

/// What a fragment (`moof`) adds to the length of the track, in its units.
fn fragment_duration(moof: &[u8], track: &Track) -> u64 {
    let of_track = |piece: &Piece<'_>| {
        let tfhd = find(piece.body, b"tfhd")?;
        (be(tfhd, 4, 4)? == track.id).then_some(())?;
        let flags = be(tfhd, 1, 3)?;
        let mut at = 8;
        at += if flags & 1 != 0 { 8 } else { 0 };
        at += if flags & 2 != 0 { 4 } else { 0 };
        let own = (flags & 8 != 0).then(|| be(tfhd, at, 4)).flatten();
        let default = own.unwrap_or(track.default_duration);
        let runs = pieces(piece.body).filter(|piece| piece.kind == *b"trun");
        Some(
            runs.filter_map(|run| run_duration(run.body, default))
                .sum::<u64>(),
        )
    };
    let trafs = pieces(moof).filter(|piece| piece.kind == *b"traf");
    trafs.filter_map(|piece| of_track(&piece)).sum()
}

fn run_duration(trun: &[u8], default: u64) -> Option<u64> {
    let flags = be(trun, 1, 3)?;
    let count = be(trun, 4, 4)?;
    if flags & 0x100 == 0 {
        return Some(count.saturating_mul(default).min(1 << 40));
    }
    let skip = 8 + if flags & 1 != 0 { 4 } else { 0 } + if flags & 4 != 0 { 4 } else { 0 };
    let width = 4 * usize::try_from((flags & 0xF00).count_ones()).ok()?;
    let samples = trun.get(skip..)?.chunks_exact(width);
    let count = usize::try_from(count).ok()?;
    Some(
        samples
            .take(count)
            .filter_map(|sample| be(sample, 0, 4))
            .sum(),
    )
}

/// Chapters as Nero wrote them first: start in units of 100 ns, and a title.
fn nero_chapters(chpl: &[u8]) -> Option<Vec<Chapter>> {
    let (count, mut at) = match chpl.first() {
        Some(0) => (be(chpl, 4, 1)?, 5),
        _ => (be(chpl, 8, 1)?, 9),
    };
    let mut chapters = Vec::new();
    for _ in 0..count {
        let (Some(start), Some(length)) = (be(chpl, at, 8), be(chpl, at + 8, 1)) else {
            break;
        };
        let end = at + 9 + usize::try_from(length).ok()?;
        let Some(title) = chpl.get(at + 9..end) else {
            break;
        };
        chapters.push(Chapter {
            start_ms: start / 10_000,
            end_ms: None,
            title: String::from_utf8_lossy(title).into_owned(),
        });
        at = end;
    }
    Some(chapters)
}
