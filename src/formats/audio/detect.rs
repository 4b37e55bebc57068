//! The kind of a file by its first bytes, and the way to the parser of that kind.
use std::io::{Read, Seek};

use super::source::{Source, be};
use super::{AudioError, Sound, Unsupported, adts, flac, frames, mp4, mpeg, ogg, wav};

/// Bytes that may lie before the first frame of a stream without a container.
pub(super) const MAX_JUNK_BYTES: u64 = 64 * 1024;
/// ID3v2 tags that may lie before the sound.
const MAX_ID3_TAGS: usize = 4;

/// Beginnings of files that are sound or film, but of kinds that are not played everywhere.
const KNOWN: [(&[u8], Unsupported); 14] = [
    (b"\x1A\x45\xDF\xA3", Unsupported::Format("WebM/Matroska")),
    (
        b"\x30\x26\xB2\x75\x8E\x66\xCF\x11",
        Unsupported::Format("WMA"),
    ),
    (b"caff", Unsupported::Format("CAF")),
    (b"#!AMR", Unsupported::Format("AMR")),
    (b"MAC ", Unsupported::Format("Monkey's Audio")),
    (b"wvpk", Unsupported::Format("WavPack")),
    (b"MPCK", Unsupported::Format("Musepack")),
    (b"MP+", Unsupported::Format("Musepack")),
    (b"TTA1", Unsupported::Format("True Audio")),
    (b"DSD ", Unsupported::Format("DSD")),
    (b".snd", Unsupported::Format("AU")),
    (b"MThd", Unsupported::Format("MIDI")),
    (b"FLV\x01", Unsupported::Video),
    (b"\x00\x00\x01\xBA", Unsupported::Video),
];

/// Beginnings of files that are no sound, whatever may stand further in: archives can hold an
/// MP3 byte for byte, and junk before the first frame would else be passed over.
const FOREIGN: [&[u8]; 22] = [
    b"PK\x03\x04",
    b"%PDF",
    b"\x89PNG",
    b"\xFF\xD8\xFF\xE0",
    b"\xFF\xD8\xFF\xE1",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"\x7FELF",
    b"MZ",
    b"#!/",
    b"\x1F\x8B",
    b"BZh",
    b"\xFD7zXZ",
    b"7z\xBC\xAF",
    b"Rar!",
    b"{",
    b"<",
    b"\xEF\xBB\xBF",
    b"WEBVTT",
    b"SQLite format 3",
];

/// Finds the kind and walks its container.
///
/// # Errors
/// As [`super::probe`].
pub(super) fn sound<R: Read + Seek>(source: &mut Source<'_, R>) -> Result<Sound, AudioError> {
    let offset = behind_id3(source)?;
    if offset > source.length() {
        return Err(AudioError::CutOff);
    }
    if offset == source.length() {
        return Err(AudioError::Empty);
    }
    let head: Vec<u8> = source.at(offset, 16)?.to_vec();
    match head.get(..4).unwrap_or_default() {
        b"fLaC" => return flac::sound(source, offset),
        b"OggS" => return ogg::sound(source, offset),
        b"RIFF" | b"RF64" | b"BW64" => {
            return match head.get(8..12) {
                Some(b"WAVE") => wav::sound(source, offset),
                Some(b"AVI ") => Err(AudioError::Unsupported(Unsupported::Video)),
                Some(_) => Err(AudioError::NotAudio),
                None => Err(AudioError::CutOff),
            };
        }
        b"FORM" if matches!(head.get(8..12), Some(b"AIFF" | b"AIFC")) => {
            return Err(AudioError::format("AIFF"));
        }
        _ => {}
    }
    if is_mp4(&head) {
        return mp4::sound(source, offset);
    }
    if let Some((_, why)) = KNOWN.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(AudioError::Unsupported(*why));
    }
    if FOREIGN.iter().any(|magic| head.starts_with(magic)) {
        return Err(AudioError::NotAudio);
    }
    stream(source, offset)
}

/// Streams without a container: the kind whose frames are found first.
fn stream<R: Read + Seek>(source: &mut Source<'_, R>, offset: u64) -> Result<Sound, AudioError> {
    let mpeg_first = frames::first(source, mpeg::frame, offset, MAX_JUNK_BYTES)?;
    let adts_junk = mpeg_first.map_or(MAX_JUNK_BYTES, |(at, _)| at - offset);
    let adts_first = frames::first(source, adts::frame, offset, adts_junk)?;
    match (mpeg_first, adts_first) {
        (_, Some((at, frame))) => adts::sound(source, at, frame),
        (Some((at, frame)), None) => mpeg::sound(source, at, frame),
        (None, None) => Err(AudioError::NotAudio),
    }
}

/// Whether a file begins with a box that MP4 and QuickTime files begin with.
fn is_mp4(head: &[u8]) -> bool {
    matches!(
        head.get(4..8),
        Some(b"ftyp" | b"moov" | b"mdat" | b"wide" | b"free" | b"skip" | b"pnot" | b"styp")
    ) && be(head, 0, 4).is_some_and(|size| size <= 1 || size >= 8)
}

/// The offset behind the ID3v2 tags at the beginning; may lie behind the file's end.
pub(super) fn behind_id3<R: Read + Seek>(source: &mut Source<'_, R>) -> Result<u64, AudioError> {
    let mut offset = 0;
    for _ in 0..MAX_ID3_TAGS {
        let Some(header) = source.array::<10>(offset)? else {
            break;
        };
        let synchsafe = header[6..].iter().all(|b| b & 0x80 == 0);
        if !header.starts_with(b"ID3") || header[3] == 0xFF || !synchsafe {
            break;
        }
        let size = header[6..].iter().fold(0, |n, b| n << 7 | u64::from(*b));
        let footer = if header[5] & 0x10 != 0 { 10 } else { 0 };
        offset += 10 + size + footer;
        // Some writers pad behind the tag instead of inside it.
        while !is_mp4(source.at(offset, 16)?) && source.at(offset, 1)?.first() == Some(&0) {
            let zeros = source.at(offset, 4096)?;
            let run = zeros.iter().position(|b| *b != 0).unwrap_or(zeros.len());
            offset += run as u64;
        }
    }
    Ok(offset)
}
