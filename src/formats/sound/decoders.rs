//! The decoders behind one face: a packet in, interleaved samples out.
use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::well_known::{CODEC_ID_AAC, CODEC_ID_OPUS};
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::formats::Track;
use symphonia::core::packet::Packet;

use super::opus::Opus;
use super::{Block, SoundError};
use crate::formats::audio::AudioKind;

/// A decoder, and what it made of the last packet.
pub(super) struct Decoder {
    codec: Codec,
    samples: Vec<f32>,
    channels: usize,
    rate_hz: u32,
}

enum Codec {
    Symphonia(Box<dyn AudioDecoder>),
    Opus(Box<Opus>),
}

impl Decoder {
    /// The decoder of a track.
    ///
    /// # Errors
    /// There is none.
    pub fn for_track(track: &Track, kind: AudioKind) -> Result<Self, SoundError> {
        let Some(CodecParameters::Audio(params)) = &track.codec_params else {
            return Err(SoundError::Damaged);
        };
        if kind == AudioKind::Opus || params.codec == CODEC_ID_OPUS {
            let opus = Opus::new(params.extra_data.as_deref().unwrap_or_default())?;
            return Ok(Self {
                samples: Vec::new(),
                channels: opus.channels(),
                rate_hz: super::opus::RATE_HZ,
                codec: Codec::Opus(Box::new(opus)),
            });
        }
        let mut params = params.clone();
        if params.codec == CODEC_ID_AAC {
            without_sbr(&mut params);
        }
        let registry = symphonia::default::get_codecs();
        let decoder = registry.make_audio_decoder(&params, &AudioDecoderOptions::default())?;
        let known = decoder.codec_params();
        Ok(Self {
            samples: Vec::new(),
            channels: known
                .channels
                .as_ref()
                .map_or(1, |channels| channels.count()),
            rate_hz: known.sample_rate.unwrap_or(0),
            codec: Codec::Symphonia(decoder),
        })
    }

    /// Samples per second of what comes out; `None` while unknown.
    pub fn rate_hz(&self) -> Option<u32> {
        (self.rate_hz > 0).then_some(self.rate_hz)
    }

    /// Decodes a packet; false where it is damaged.
    pub fn decode(&mut self, packet: &Packet) -> bool {
        self.samples.clear();
        match &mut self.codec {
            Codec::Opus(opus) => opus.decode(packet, &mut self.samples),
            Codec::Symphonia(decoder) => {
                let Ok(buffer) = decoder.decode(packet) else {
                    return false;
                };
                self.channels = buffer.num_planes();
                self.rate_hz = buffer.spec().rate();
                buffer.copy_to_vec_interleaved(&mut self.samples);
                true
            }
        }
    }

    /// Puts silence of so many samples a channel in the place of what was decoded, at most a
    /// second.
    pub fn silence(&mut self, frames: u64) {
        let frames = frames.min(u64::from(self.rate_hz));
        self.samples.clear();
        self.samples
            .resize(usize::try_from(frames).unwrap_or(0) * self.channels, 0.0);
    }

    /// What was decoded last.
    pub fn block(&self) -> Block<'_> {
        Block {
            samples: &self.samples,
            channels: self.channels,
            rate_hz: self.rate_hz,
        }
    }
}

/// Makes the configuration of an HE-AAC stream (ISO/IEC 14496-3, 1.6.2.1) that of the plain AAC in
/// it, which holds everything below a quarter of the rate: enough for an ear at 16 kHz.
fn without_sbr(params: &mut AudioCodecParameters) {
    let Some(bytes) = params.extra_data.as_deref() else {
        return;
    };
    let bits = bytes
        .iter()
        .take(8)
        .fold(0_u64, |n, b| n << 8 | u64::from(*b));
    let bits = bits << (8 * (8 - bytes.len().min(8)));
    let (object, rate, channels) = (bits >> 59, bits >> 55 & 15, bits >> 51 & 15);
    // Rates that are spelled out are rare and stay as they are.
    if matches!(object, 2 | 5 | 29) && rate != 15 {
        let plain = (2_u16 << 11) | (rate as u16) << 7 | (channels as u16) << 3;
        params.extra_data = Some(Box::from(plain.to_be_bytes()));
    }
}
