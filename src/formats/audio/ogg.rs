//! Ogg (RFC 3533) with Vorbis or Opus (RFC 7845): pages walked from the first to the last.
use std::io::{Read, Seek};

use super::source::{Source, le};
use super::{AudioError, AudioKind, Sound, Unsupported, samples_to_ms};

/// The rate in which Opus counts, whatever it was recorded in.
const OPUS_RATE_HZ: u32 = 48_000;
/// Logical streams one after the other, as in the recording of a broadcast.
const MAX_STREAMS: usize = 10_000;

/// A page's header.
struct Page {
    first: bool,
    granule: u64,
    serial: u64,
    body: u64,
    end: u64,
}

/// A logical stream of sound.
struct Stream {
    serial: u64,
    kind: AudioKind,
    rate_hz: u32,
    channels: u16,
    pre_skip: u64,
    granule: u64,
}

impl Stream {
    fn duration_ms(&self) -> u64 {
        let samples = self.granule.saturating_sub(self.pre_skip);
        samples_to_ms(samples, u64::from(self.rate_hz))
    }
}

/// Walks an Ogg file whose first page lies at `offset`.
///
/// # Errors
/// `CutOff` where a page's end is missing, `Unsupported` for film and for other codecs.
pub(super) fn sound<R: Read + Seek>(
    source: &mut Source<'_, R>,
    offset: u64,
) -> Result<Sound, AudioError> {
    let mut streams: Vec<Stream> = Vec::new();
    let mut at = offset;
    let mut tag_bytes = 0;
    let mut audio_bytes = 0;
    let mut seen = false;
    while let Some(page) = next_page(source, at)? {
        seen = true;
        if page.end > source.length() {
            return Err(AudioError::CutOff);
        }
        if page.first {
            let body = source.at(page.body, 64)?;
            if let Some(stream) = stream(body, page.serial)?
                && streams.len() < MAX_STREAMS
            {
                streams.push(stream);
            }
        }
        if let Some(current) = streams.last_mut()
            && current.serial == page.serial
        {
            // All bits set: no packet ends on this page.
            if page.granule < 1 << 62 {
                current.granule = current.granule.max(page.granule);
            }
            if current.granule == 0 {
                tag_bytes += page.end - page.body;
            } else {
                audio_bytes += page.end - page.body;
            }
        }
        at = page.end;
    }
    let Some(first) = streams.first() else {
        return Err(if seen {
            AudioError::format("Ogg")
        } else {
            AudioError::CutOff
        });
    };
    Ok(Sound {
        kind: first.kind,
        duration_ms: streams
            .iter()
            .fold(0, |ms: u64, s| ms.saturating_add(s.duration_ms())),
        audio_bytes,
        sample_rate_hz: first.rate_hz,
        channels: first.channels,
        tag_bytes,
        chapters: Vec::new(),
    })
}

/// The page at `from`, or the next behind it; `None` where no other begins.
fn next_page<R: Read + Seek>(
    source: &mut Source<'_, R>,
    from: u64,
) -> Result<Option<Page>, AudioError> {
    let mut at = from;
    loop {
        let block = source.at(at, 4096)?;
        if block.len() < 4 {
            return Ok(None);
        }
        match block.windows(4).position(|piece| piece == b"OggS") {
            Some(skip) => {
                at += skip as u64;
                break;
            }
            None => at += (block.len() - 3) as u64,
        }
    }
    let head = source.at(at, 27 + 255)?;
    let number = |offset, count| le(head, offset, count).ok_or(AudioError::CutOff);
    let (flags, granule, serial) = (number(5, 1)?, number(6, 8)?, number(14, 4)?);
    let segments = usize::try_from(number(26, 1)?).unwrap_or(255);
    let lacing = head.get(27..27 + segments).ok_or(AudioError::CutOff)?;
    let body = at + 27 + segments as u64;
    let size: u64 = lacing.iter().map(|b| u64::from(*b)).sum();
    Ok(Some(Page {
        first: flags & 2 != 0,
        granule,
        serial,
        body,
        end: body + size,
    }))
}

/// The stream that a first packet opens; `None` for streams beside the sound.
fn stream(packet: &[u8], serial: u64) -> Result<Option<Stream>, AudioError> {
    let number = |offset, count| le(packet, offset, count).ok_or(AudioError::CutOff);
    let (kind, channels, rate_hz, pre_skip) = if packet.starts_with(b"\x01vorbis") {
        (AudioKind::OggVorbis, number(11, 1)?, number(12, 4)?, 0)
    } else if packet.starts_with(b"OpusHead") {
        (
            AudioKind::Opus,
            number(9, 1)?,
            u64::from(OPUS_RATE_HZ),
            number(10, 2)?,
        )
    } else if packet.starts_with(b"\x80theora")
        || packet.starts_with(b"BBCD")
        || packet.starts_with(b"\x01video")
        || packet.starts_with(b"OVP80")
    {
        return Err(AudioError::Unsupported(Unsupported::Video));
    } else if packet.starts_with(b"\x7FFLAC") {
        return Err(AudioError::format("FLAC (Ogg)"));
    } else if packet.starts_with(b"Speex   ") {
        return Err(AudioError::format("Speex"));
    } else {
        return Ok(None);
    };
    Ok(Some(Stream {
        serial,
        kind,
        rate_hz: u32::try_from(rate_hz).unwrap_or(0),
        channels: u16::try_from(channels).unwrap_or(0),
        pre_skip,
        granule: 0,
    }))
}
