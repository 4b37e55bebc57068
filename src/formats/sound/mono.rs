//! Any rate and number of channels into one channel at [`RATE_HZ`].
use rubato::audioadapter_buffers::direct::SequentialSliceOfVecs;
use rubato::{Fft, FixedSync, Indexing, Resampler, WindowFunction};

use super::{Block, RATE_HZ, SoundError};

/// Samples given to the resampler at a time, and the length of its filter: long enough to keep
/// what lies below 7.5 kHz whole.
const CHUNK: usize = 2048;
/// Rates of recordings: below is no speech, above is a broken header.
const RATES_HZ: std::ops::RangeInclusive<u32> = 4_000..=768_000;

/// Mixes and resamples.
pub(super) struct Mono {
    rate_hz: u32,
    resampler: Option<Fft<f32>>,
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
            .then(|| {
                let (from, to) = (rate_hz as usize, RATE_HZ as usize);
                let window = WindowFunction::BlackmanHarris2;
                Fft::new_custom(from, to, CHUNK, 1, 1, window, FixedSync::Input)
            })
            .transpose()
            .map_err(|_| SoundError::Unsupported("sample rate"))?;
        let room = resampler.as_ref().map_or(0, Resampler::output_frames_max);
        Ok(Self {
            rate_hz,
            delay: resampler.as_ref().map_or(0, Resampler::output_delay),
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
        // Silence pushes out what the transform holds, at most two of its lengths: a second each
        // at the oddest rates.
        for _ in 0..4 + 2 * self.rate_hz as usize / CHUNK {
            if self.given >= due {
                break;
            }
            self.input[0].resize(CHUNK, 0.0);
            self.turn(sink);
        }
    }
}
