//! Opus in Ogg (RFC 7845): the packets of one stream of one or two channels.
use opus_rs::OpusDecoder;
use symphonia::core::packet::Packet;

use super::SoundError;

/// What Opus counts in, and is decoded to.
pub(super) const RATE_HZ: u32 = 48_000;
/// The longest packet (RFC 6716, 3.2): 120 ms.
const MAX_FRAMES: usize = 5760;

/// A decoder of one logical stream.
pub(super) struct Opus {
    decoder: OpusDecoder,
    channels: usize,
    /// Linear, from the header's output gain.
    gain: f32,
    /// Samples a channel that are still to be cut off at the beginning.
    pre_skip: usize,
    buffer: Vec<f32>,
}

impl Opus {
    /// From the identification header (RFC 7845, 5.1).
    ///
    /// # Errors
    /// It is none, or there are more than two channels.
    pub fn new(head: &[u8]) -> Result<Self, SoundError> {
        let (true, Some(fields)) = (head.starts_with(b"OpusHead"), head.get(8..19)) else {
            return Err(SoundError::Damaged);
        };
        let channels = usize::from(fields[1]);
        // Family 1 with up to two channels is coded as family 0 is.
        let streams = head.get(19).copied().unwrap_or(1);
        if !(1..=2).contains(&channels) || fields[10] > 1 || streams != 1 {
            return Err(SoundError::Unsupported("Opus of many channels"));
        }
        let decoder =
            OpusDecoder::new(RATE_HZ as i32, channels).map_err(SoundError::Unsupported)?;
        let gain_q8 = f32::from(i16::from_le_bytes([fields[8], fields[9]]));
        Ok(Self {
            decoder,
            channels,
            gain: 10_f32.powf(gain_q8 / (20.0 * 256.0)),
            pre_skip: usize::from(u16::from_le_bytes([fields[2], fields[3]])),
            buffer: vec![0.0; MAX_FRAMES * channels],
        })
    }

    /// One or two.
    pub fn channels(&self) -> usize {
        self.channels
    }

    /// Decodes a packet behind what is in `out`; false where it is damaged.
    pub fn decode(&mut self, packet: &Packet, out: &mut Vec<f32>) -> bool {
        let Some(frames) = frames(&packet.data) else {
            return false;
        };
        let made = self.decoder.decode(&packet.data, frames, &mut self.buffer);
        let Ok(made) = made else {
            return false;
        };
        let made = made.min(MAX_FRAMES);
        let end = made.saturating_sub(usize::try_from(packet.trim_end.get()).unwrap_or(made));
        let begin = self.pre_skip.min(made);
        self.pre_skip -= begin;
        let samples = self.buffer.get(begin * self.channels..end * self.channels);
        out.extend(samples.unwrap_or_default().iter().map(|x| x * self.gain));
        true
    }
}

/// Samples a channel of a packet (RFC 6716, 3.1 and 3.2); `None` for what is no packet.
fn frames(packet: &[u8]) -> Option<usize> {
    let toc = *packet.first()?;
    let frame = match toc >> 3 {
        config @ 0..12 => [480, 960, 1920, 2880][usize::from(config & 3)],
        config @ 12..16 => [480, 960][usize::from(config & 1)],
        config => [120, 240, 480, 960][usize::from(config & 3)],
    };
    let count = match toc & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => usize::from(packet.get(1)? & 0x3F),
    };
    let frames = frame * count;
    (1..=MAX_FRAMES).contains(&frames).then_some(frames)
}
