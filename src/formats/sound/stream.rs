//! From a container's packets to blocks of samples on a time line without holes.
use std::ops::ControlFlow;

use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatOptions, FormatReader, Track, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::units::Duration;
use symphonia::default::formats::{
    AdtsReader, FlacReader, IsoMp4Reader, MpaReader, OggReader, WavReader,
};

use super::decoders::Decoder;
use super::{Block, SoundError};
use crate::formats::audio::{AudioKind, Beginning};

/// Damaged packets in a row after which a file is given up.
const MAX_DAMAGED_RUN: u32 = 10_000;
/// Logical streams one after the other in an Ogg file.
const MAX_STREAMS: u32 = 10_000;
/// Packets of MP3 that may lie whole behind the end that a Xing header tells: padding is shorter.
const PADDING_PACKETS: u32 = 4;

/// How a stream ended.
#[derive(Debug, Default)]
pub(super) struct End {
    /// Before its end.
    pub is_cut_off: bool,
    /// Packets that were decoded.
    pub good_packets: u64,
    /// Packets that became silence.
    pub damaged_packets: u64,
    /// The length that the container speaks of.
    pub expected_ms: Option<u64>,
}

impl End {
    /// What could not be followed to its end.
    pub fn cut() -> Self {
        Self {
            is_cut_off: true,
            ..Self::default()
        }
    }
}

/// An opened recording.
pub(super) struct Stream<'s> {
    reader: Box<dyn FormatReader + 's>,
    kind: AudioKind,
    decoder: Decoder,
    track: u32,
    expected_ms: Option<u64>,
    /// Samples still to be cut off at the beginning: what the container's reader does not do.
    lead: u64,
    /// Seconds of a unit of the container, as a fraction.
    unit: (u64, u64),
    /// Packets that were cut off whole since they lie behind the end.
    behind: u32,
}

impl<'s> Stream<'s> {
    /// Opens the container that the kind names.
    ///
    /// # Errors
    /// It is none, or holds no sound that is decoded here.
    pub fn open(
        source: Box<dyn MediaSource + 's>,
        kind: AudioKind,
        beginning: &Beginning,
    ) -> Result<Self, SoundError> {
        let bytes = MediaSourceStream::new(source, MediaSourceStreamOptions::default());
        let options = FormatOptions::default();
        let reader: Box<dyn FormatReader + 's> = match kind {
            AudioKind::Mp3 => Box::new(MpaReader::try_new(bytes, options)?),
            AudioKind::M4a => Box::new(IsoMp4Reader::try_new(bytes, options)?),
            AudioKind::Aac => Box::new(AdtsReader::try_new(bytes, options)?),
            AudioKind::OggVorbis | AudioKind::Opus => Box::new(OggReader::try_new(bytes, options)?),
            AudioKind::Flac => Box::new(FlacReader::try_new(bytes, options)?),
            AudioKind::Wav => Box::new(WavReader::try_new(bytes, options)?),
        };
        let track = track(reader.as_ref())?;
        let decoder = Decoder::for_track(track, kind)?;
        let lead = decoder
            .rate_hz()
            .map_or(0, |rate| beginning.lead_samples(rate));
        Ok(Self {
            track: track.id,
            expected_ms: expected_ms(track),
            unit: unit(track),
            behind: 0,
            lead,
            decoder,
            kind,
            reader,
        })
    }

    /// Decodes to the end, or until `sink` breaks.
    ///
    /// # Errors
    /// What the sink says, and an error of the reader.
    pub fn run(
        &mut self,
        sink: &mut dyn FnMut(&Block<'_>) -> Result<ControlFlow<()>, SoundError>,
    ) -> Result<End, SoundError> {
        let mut end = End {
            expected_ms: self.expected_ms,
            ..End::default()
        };
        let (mut damaged_run, mut streams) = (0, 0);
        loop {
            let mut packet = match self.reader.next_packet() {
                Ok(Some(packet)) => packet,
                Ok(None) => return Ok(end),
                Err(Error::ResetRequired) if streams < MAX_STREAMS => {
                    streams += 1;
                    end.expected_ms = None;
                    self.next_stream()?;
                    continue;
                }
                Err(Error::IoError(e)) if e.kind() != std::io::ErrorKind::UnexpectedEof => {
                    return Err(SoundError::Io(e));
                }
                Err(_) => {
                    end.is_cut_off = true;
                    return Ok(end);
                }
            };
            if packet.track_id != self.track {
                continue;
            }
            if packet.trim_end >= packet.dur && self.kind == AudioKind::Mp3 {
                self.behind += 1;
                if self.behind > PADDING_PACKETS {
                    // Two files joined, of which the first one tells its own length.
                    packet.trim_end = Duration::ZERO;
                }
            }
            if self.decoder.decode(&packet) {
                damaged_run = 0;
                end.good_packets += 1;
            } else {
                end.damaged_packets += 1;
                damaged_run += 1;
                if damaged_run > MAX_DAMAGED_RUN {
                    end.is_cut_off = true;
                    return Ok(end);
                }
                let (numerator, denominator) = self.unit;
                let rate = u64::from(self.decoder.rate_hz().unwrap_or(0));
                let frames = packet
                    .dur
                    .get()
                    .saturating_mul(numerator)
                    .saturating_mul(rate);
                self.decoder.silence(frames / denominator);
            }
            if self.pass(sink)?.is_break() {
                return Ok(end);
            }
        }
    }

    /// Hands on what the decoder holds, less what lies before the beginning.
    fn pass(
        &mut self,
        sink: &mut dyn FnMut(&Block<'_>) -> Result<ControlFlow<()>, SoundError>,
    ) -> Result<ControlFlow<()>, SoundError> {
        let mut block = self.decoder.block();
        if block.channels == 0 || block.samples.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        let frames = (block.samples.len() / block.channels) as u64;
        let skip = self.lead.min(frames);
        self.lead -= skip;
        let skip = usize::try_from(skip).unwrap_or(0) * block.channels;
        block.samples = &block.samples[skip..];
        sink(&block)
    }

    /// Another logical stream follows.
    fn next_stream(&mut self) -> Result<(), SoundError> {
        let track = track(self.reader.as_ref())?;
        self.decoder = Decoder::for_track(track, self.kind)?;
        self.track = track.id;
        self.unit = unit(track);
        Ok(())
    }
}

/// The track of sound.
fn track<'r>(reader: &'r (dyn FormatReader + '_)) -> Result<&'r Track, SoundError> {
    let track = reader.first_track_known_codec(TrackType::Audio);
    track
        .or_else(|| reader.first_track(TrackType::Audio))
        .ok_or(SoundError::Damaged)
}

fn unit(track: &Track) -> (u64, u64) {
    let unit = track
        .time_base
        .map(|base| (base.numer.get(), base.denom.get()));
    unit.map_or((0, 1), |(numerator, denominator)| {
        (numerator.into(), denominator.into())
    })
}

fn expected_ms(track: &Track) -> Option<u64> {
    let time = track.time_base?.calc_duration(track.duration?)?;
    u64::try_from(time.as_micros() / 1000).ok()
}
