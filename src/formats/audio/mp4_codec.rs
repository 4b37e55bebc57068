//! What an MP4 track is coded in: the sample description and the MPEG-4 descriptors in it.
use super::adts::SAMPLE_RATES_HZ;
use super::mp4_boxes::{find, find_path, pieces};
use super::source::be;
use super::{AudioError, Unsupported};

/// A track's sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Codec {
    pub sample_rate_hz: u32,
    pub channels: u16,
}

/// Reads the sample description (`stsd`) of a track of sound.
///
/// # Errors
/// `Unsupported` for everything but AAC, `CutOff` where the description is broken.
pub(super) fn codec(stsd: &[u8]) -> Result<Codec, AudioError> {
    let entry = pieces(stsd.get(8..).unwrap_or_default())
        .next()
        .ok_or(AudioError::CutOff)?;
    match &entry.kind {
        b"mp4a" => {}
        b"alac" => return Err(AudioError::format("Apple Lossless (ALAC)")),
        b"fLaC" => return Err(AudioError::format("FLAC (MP4)")),
        b"Opus" => return Err(AudioError::format("Opus (MP4)")),
        b"ac-3" | b"ec-3" | b"ac-4" => return Err(AudioError::format("Dolby Digital")),
        b".mp3" => return Err(AudioError::format("MP3 (MP4)")),
        b"samr" | b"sawb" => return Err(AudioError::format("AMR")),
        b"enca" | b"drms" => return Err(AudioError::Unsupported(Unsupported::Protected)),
        b"sowt" | b"twos" | b"lpcm" | b"in24" | b"fl32" | b"raw " | b"ipcm" => {
            return Err(AudioError::format("PCM (MOV)"));
        }
        _ => return Err(AudioError::format("MP4")),
    }
    let channels = be(entry.body, 16, 2).ok_or(AudioError::CutOff)?;
    let rate = be(entry.body, 24, 2).ok_or(AudioError::CutOff)?;
    // QuickTime's versions 1 and 2 put more fields before the boxes.
    let fields = match be(entry.body, 8, 2) {
        Some(1) => 44,
        Some(2) => 64,
        _ => 28,
    };
    let boxes = entry.body.get(fields..).unwrap_or_default();
    let esds = find(boxes, b"esds").or_else(|| find_path(boxes, &[b"wave", b"esds"]));
    let coded = esds.map(decoder).transpose()?.flatten();
    Ok(Codec {
        sample_rate_hz: coded.map_or(u32::try_from(rate).unwrap_or(0), |c| c.sample_rate_hz),
        channels: coded
            .map(|c| c.channels)
            .filter(|channels| *channels > 0)
            .unwrap_or(u16::try_from(channels).unwrap_or(0)),
    })
}

/// The descriptors in `esds` (ISO/IEC 14496-1, 7.2.6): the object type, and for AAC its own
/// configuration.
fn decoder(esds: &[u8]) -> Result<Option<Codec>, AudioError> {
    let Some(config) = decoder_config(esds) else {
        return Ok(None);
    };
    match config.first() {
        Some(0x40 | 0x66..=0x68) => {}
        Some(0x69 | 0x6B) => return Err(AudioError::format("MP3 (MP4)")),
        Some(0xA5 | 0xA6) => return Err(AudioError::format("Dolby Digital")),
        Some(0xA9 | 0xAC) => return Err(AudioError::format("DTS")),
        Some(0xDD) => return Err(AudioError::format("Vorbis (MP4)")),
        _ => return Err(AudioError::format("MP4")),
    }
    let specific = config.get(13..).and_then(|bytes| descriptor(bytes, 5));
    specific.map_or(Ok(None), audio_specific)
}

fn decoder_config(esds: &[u8]) -> Option<&[u8]> {
    let stream = descriptor(esds.get(4..)?, 3)?;
    let flags = *stream.get(2)?;
    let mut at = 3;
    if flags & 0x80 != 0 {
        at += 2;
    }
    if flags & 0x40 != 0 {
        at += 1 + usize::from(*stream.get(at)?);
    }
    if flags & 0x20 != 0 {
        at += 2;
    }
    descriptor(stream.get(at..)?, 4)
}

/// The body of a descriptor with this tag at the beginning of the bytes; a length that runs
/// over is cut.
fn descriptor(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    if *bytes.first()? != tag {
        return None;
    }
    let mut length = 0;
    for at in 1..=4 {
        let byte = *bytes.get(at)?;
        length = length << 7 | usize::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            let body = &bytes[at + 1..];
            return Some(&body[..length.min(body.len())]);
        }
    }
    None
}

/// AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1).
fn audio_specific(bytes: &[u8]) -> Result<Option<Codec>, AudioError> {
    let mut bits = Bits { bytes, at: 0 };
    let (Some(object), Some(mut rate), Some(channels)) =
        (bits.object_type(), bits.sample_rate(), bits.take(4))
    else {
        return Ok(None);
    };
    match object {
        1..=4 | 42 => {}
        // SBR and PS: the rate that is heard follows.
        5 | 29 => rate = bits.sample_rate().unwrap_or(rate),
        36 => return Err(AudioError::format("MPEG-4 ALS")),
        _ => return Err(AudioError::format("MPEG-4")),
    }
    let channels = match channels {
        7 => 8,
        n => u16::try_from(n).unwrap_or(0),
    };
    Ok((rate > 0).then_some(Codec {
        sample_rate_hz: rate,
        channels,
    }))
}

/// Bits from the highest down.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: usize) -> Option<u32> {
        let mut value = 0;
        for _ in 0..count {
            let byte = self.bytes.get(self.at / 8)?;
            value = value << 1 | u32::from(byte >> (7 - self.at % 8) & 1);
            self.at += 1;
        }
        Some(value)
    }

    fn object_type(&mut self) -> Option<u32> {
        match self.take(5)? {
            31 => Some(32 + self.take(6)?),
            object => Some(object),
        }
    }

    fn sample_rate(&mut self) -> Option<u32> {
        match self.take(4)? {
            15 => self.take(24),
            index => SAMPLE_RATES_HZ.get(usize::try_from(index).ok()?).copied(),
        }
    }
}
