//! Any rate and number of channels into one channel at [`RATE_HZ`].
use rubato::audioadapter_buffers::direct::SequentialSliceOfVecs;
use rubato::{
    Async, FixedAsync, Indexing, Resampler, SincInterpolationParameters, SincInterpolationType,
    WindowFunction,
};

use super::{Block, RATE_HZ, SoundError};

/// Samples given to the resampler at a time.
const CHUNK: usize = 2048;
/// Length of its filter in samples of up to 48 kHz: with Hann's window long enough to keep what
/// lies below 7.2 kHz whole, where the ear ends, and to leave of what lies above 8 kHz so little
/// (-44 dB and less) that no ear of ours tells.
const FILTER: usize = 160;
/// Least and most filters, one for each place between two samples of the input at which one of the
/// output can stand. 44.1 kHz has 160; odd rates take the nearest one.
const PLACES: std::ops::RangeInclusive<u32> = 128..=1280;
/// Rates of recordings: below is no speech, above is a broken header.
const RATES_HZ: std::ops::RangeInclusive<u32> = 4_000..=768_000;

/// A resampler, and how many samples it gives before the first that counts.
fn resampler(rate_hz: u32) -> Result<(Async<f32>, usize), rubato::ResamplerConstructionError> {
    let ratio = f64::from(RATE_HZ) / f64::from(rate_hz);
    let needed = (RATE_HZ / gcd(rate_hz, RATE_HZ)).min(*PLACES.end());
    let places = needed * (PLACES.start() / needed).max(1);
    let length = FILTER * (rate_hz.div_ceil(48_000)) as usize;
    let parameters = SincInterpolationParameters {
        oversampling_factor: places as usize,
        interpolation: SincInterpolationType::Nearest,
        ..SincInterpolationParameters::new(length, WindowFunction::Hann)
    };
    let resampler = Async::new_sinc(ratio, 1.0, &parameters, CHUNK, 1, FixedAsync::Input)?;
    // Half the filter, and it begins one sample of the output further on than its own word is.
    let delay = (length as f64 / 2.0 * ratio - 1.0).round().max(0.0);
    Ok((resampler, delay as usize))
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Mixes and resamples.
pub(super) struct Mono {
    rate_hz: u32,
    resampler: Option<Async<f32>>,
    /// Mixed samples that wait for a chunk to be full.
    input: Vec<Vec<f32>>,
    output: Vec<Vec<f32>>,
    /// Samples of the resampler's delay that are not cut off yet.
    delay: usize,
    taken: u64,
    given: u64,
}

impl Mono {
    /// For sound of this rate.
    ///
    /// # Errors
    /// It is not a rate of recordings.
    pub fn new(rate_hz: u32) -> Result<Self, SoundError> {
        if !RATES_HZ.contains(&rate_hz) {
            return Err(SoundError::Unsupported("sample rate"));
        }
        let resampler = (rate_hz != RATE_HZ)
            .then(|| resampler(rate_hz))
            .transpose()
            .map_err(|_| SoundError::Unsupported("sample rate"))?;
        let (resampler, delay) = resampler.unzip();
        let room = resampler.as_ref().map_or(0, Resampler::output_frames_max);
        Ok(Self {
            rate_hz,
            delay: delay.unwrap_or(0),
            resampler,
            input: vec![Vec::with_capacity(CHUNK)],
            output: vec![vec![0.0; room]],
            taken: 0,
            given: 0,
        })
    }

    /// The rate of what comes in.
    pub fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    /// Takes a block of this rate and hands on what is ready.
    pub fn take(&mut self, block: &Block<'_>, sink: &mut impl FnMut(&[f32])) {
        let share = 1.0 / block.channels.max(1) as f32;
        for frame in block.samples.chunks_exact(block.channels.max(1)) {
            let sum: f32 = frame.iter().sum();
            // One sample that is no number would spread over all that follow.
            self.input[0].push(if sum.is_finite() { sum * share } else { 0.0 });
            if self.input[0].len() == CHUNK {
                self.taken += CHUNK as u64;
                self.turn(sink);
            }
        }
    }

    /// Resamples a full chunk.
    fn turn(&mut self, sink: &mut impl FnMut(&[f32])) {
        let Some(resampler) = &mut self.resampler else {
            self.given += self.input[0].len() as u64;
            sink(&self.input[0]);
            self.input[0].clear();
            return;
        };
        let frames = self.input[0].len();
        let room = self.output[0].len();
        let made = SequentialSliceOfVecs::new(&self.input[..], 1, frames)
            .ok()
            .zip(SequentialSliceOfVecs::new_mut(&mut self.output[..], 1, room).ok())
            .and_then(|(input, mut output)| {
                let indexing = Indexing::new();
                resampler
                    .process_into_buffer(&input, &mut output, Some(&indexing))
                    .ok()
            })
            .map_or(0, |(_, made)| made);
        self.input[0].clear();
        let skip = self.delay.min(made);
        self.delay -= skip;
        let ready = &self.output[0][skip..made];
        // As many as the input lasted, never more: the last chunk is filled up with silence.
        let due = self.taken * u64::from(RATE_HZ);
        let due = due
            .div_ceil(u64::from(self.rate_hz))
            .saturating_sub(self.given);
        let ready = &ready[..ready.len().min(usize::try_from(due).unwrap_or(usize::MAX))];
        self.given += ready.len() as u64;
        sink(ready);
    }

    /// Hands on what is left.
    pub fn end(mut self, sink: &mut impl FnMut(&[f32])) {
        self.taken += self.input[0].len() as u64;
        if self.resampler.is_none() {
            sink(&self.input[0]);
            return;
        }
        let due = (self.taken * u64::from(RATE_HZ)).div_ceil(u64::from(self.rate_hz));
        // Silence pushes out what the filter holds, at most its length.
        for _ in 0..4 + FILTER * self.rate_hz as usize / 48_000 / CHUNK {
            if self.given >= due {
                break;
            }
            self.input[0].resize(CHUNK, 0.0);
            self.turn(sink);
        }
    }
}
