//! Tags by `lofty`, under its limits: what is broken in them is left out, never an error.
use std::io::{BufReader, Read, Seek};

use lofty::config::{GlobalOptions, ParseOptions, ParsingMode, apply_global_options};
use lofty::file::AudioFile;
use lofty::ogg::OggPictureStorage;
use lofty::picture::{Picture as TagPicture, PictureType};
use lofty::tag::Accessor;

use super::{AudioKind, AudioTags, Picture, chapters};
use crate::formats::image::{MAX_COVER_BYTES, PictureKind};
use crate::kernel::text;

/// The longest text of a tag that is kept, in characters.
const MAX_CHARS: usize = 500;
/// The most characters of a raw tag that are looked at.
const MAX_RAW_CHARS: usize = 10_000;

/// Reads the tags of a recording of a known kind; chapters are not tidied yet.
pub(super) fn read<R: Read + Seek>(reader: &mut R, kind: AudioKind) -> AudioTags {
    // Kept per thread by lofty, so set for each file.
    let mut global = GlobalOptions::new();
    global.allocation_limit(MAX_COVER_BYTES + 1024 * 1024);
    global.use_custom_resolvers(false);
    global.preserve_format_specific_items(false);
    apply_global_options(global);
    let mut options = ParseOptions::new();
    options.read_properties(false);
    options.parsing_mode(ParsingMode::Relaxed);
    if reader.rewind().is_err() {
        return AudioTags::default();
    }
    let mut reader = BufReader::with_capacity(16 * 1024, reader);
    of_kind(&mut reader, kind, options).unwrap_or_default()
}

fn of_kind<R: Read + Seek>(
    reader: &mut R,
    kind: AudioKind,
    options: ParseOptions,
) -> Option<AudioTags> {
    let mut found = Found::default();
    match kind {
        AudioKind::Mp3 => {
            let file = lofty::mpeg::MpegFile::read_from(reader, options).ok()?;
            found.id3(file.id3v2());
            found.texts(file.ape());
            found.texts(file.id3v1());
        }
        AudioKind::Aac => {
            let file = lofty::aac::AacFile::read_from(reader, options).ok()?;
            found.id3(file.id3v2());
            found.texts(file.id3v1());
        }
        AudioKind::M4a => {
            let file = lofty::mp4::Mp4File::read_from(reader, options).ok()?;
            found.texts(file.ilst());
            found.pictures(
                file.ilst()
                    .and_then(|tag| tag.pictures())
                    .into_iter()
                    .flatten(),
            );
        }
        AudioKind::OggVorbis => {
            let file = lofty::ogg::VorbisFile::read_from(reader, options).ok()?;
            found.vorbis(Some(file.vorbis_comments()));
        }
        AudioKind::Opus => {
            let file = lofty::ogg::OpusFile::read_from(reader, options).ok()?;
            found.vorbis(Some(file.vorbis_comments()));
        }
        AudioKind::Flac => {
            let file = lofty::flac::FlacFile::read_from(reader, options).ok()?;
            found.pictures(file.pictures().iter().map(|(picture, _)| picture));
            found.vorbis(file.vorbis_comments());
            found.id3(file.id3v2());
        }
        AudioKind::Wav => {
            let file = lofty::iff::wav::WavFile::read_from(reader, options).ok()?;
            found.id3(file.id3v2());
            found.texts(file.riff_info());
        }
    }
    Some(found.0)
}

/// What several tags of one file say: the first that says something wins.
#[derive(Default)]
struct Found(AudioTags);

impl Found {
    fn texts(&mut self, tag: Option<&impl Accessor>) {
        let Some(tag) = tag else {
            return;
        };
        let fill = |slot: &mut Option<String>, text: Option<std::borrow::Cow<'_, str>>| {
            if slot.is_none() {
                *slot = text.and_then(|text| clean(&text));
            }
        };
        fill(&mut self.0.title, tag.title());
        fill(&mut self.0.artist, tag.artist());
        fill(&mut self.0.album, tag.album());
        fill(&mut self.0.comment, tag.comment());
    }

    fn id3(&mut self, tag: Option<&lofty::id3::v2::Id3v2Tag>) {
        self.texts(tag);
        let Some(tag) = tag else {
            return;
        };
        let pictures = tag.into_iter().filter_map(|frame| match frame {
            lofty::id3::v2::Frame::Picture(frame) => Some(frame.picture.as_ref()),
            _ => None,
        });
        self.pictures(pictures);
        if self.0.chapters.is_empty() {
            self.0.chapters = chapters::of_id3(tag);
        }
    }

    fn vorbis(&mut self, tag: Option<&lofty::ogg::tag::VorbisComments>) {
        self.texts(tag);
        let Some(tag) = tag else {
            return;
        };
        self.pictures(tag.pictures().iter().map(|(picture, _)| picture));
        self.0.chapters = chapters::of_vorbis(tag);
    }

    /// Keeps the front cover, else the first picture that is one.
    fn pictures<'a>(&mut self, pictures: impl Iterator<Item = &'a TagPicture>) {
        if self.0.picture.is_some() {
            return;
        }
        let mut best: Option<(&TagPicture, PictureKind)> = None;
        for picture in pictures.filter(|picture| picture.data().len() <= MAX_COVER_BYTES) {
            let Some(kind) = PictureKind::detect(picture.data()) else {
                continue;
            };
            let front = picture.pic_type() == PictureType::CoverFront;
            if front || best.is_none() {
                best = Some((picture, kind));
            }
            if front {
                break;
            }
        }
        self.0.picture = best.map(|(picture, kind)| Picture {
            bytes: picture.data().to_vec(),
            kind,
        });
    }
}

/// A line fit to be shown: without control and invisible characters, NFC, white space folded,
/// cut at 500 characters; nothing left makes `None`.
pub(super) fn clean(raw: &str) -> Option<String> {
    let spaced: String = raw
        .chars()
        .take(MAX_RAW_CHARS)
        .map(|c| {
            if c.is_control() || c == '\u{FFFD}' {
                ' '
            } else {
                c
            }
        })
        .collect();
    // What is still refused (noncharacters) is no text.
    let line = text::clean_line(&spaced).ok()?;
    let cut: String = line.chars().take(MAX_CHARS).collect();
    let cut = cut.trim();
    (!cut.is_empty()).then(|| cut.to_owned())
}
