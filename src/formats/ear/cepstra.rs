//! Mel-frequency cepstra: what a frame of sound is like, in 13 small numbers.
//!
//! Frames of 25 ms every 10 ms, pre-emphasis 0.97, Hamming window, 26 triangular filters between
//! 80 and 7200 Hz on the mel scale, logarithm, cosine transform (Davis and Mermelstein, 1980;
//! the filters and the scale as in the HTK Book, 5.4).
use std::f32::consts::PI;
use std::sync::Arc;

use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner};

use super::{CEPSTRA, HOP, RATE};

/// Samples of a frame: 25 ms.
const WINDOW: usize = 400;
/// A frame's window is centred on its 10 ms, so that it begins this much before them.
const LEAD: usize = (WINDOW - HOP) / 2;
const FFT: usize = 512;
const FILTERS: usize = 26;
const LOWEST_HZ: f32 = 80.0;
const HIGHEST_HZ: f32 = 7200.0;
const PRE_EMPHASIS: f32 = 0.97;
/// What complete silence has for energy, so that its logarithm stays finite.
const FLOOR: f32 = 1e-7;
/// Steps a unit that are kept: the first coefficient is the loudness and spans a wide range.
const STEPS: [f32; CEPSTRA] = {
    let mut steps = [4.0; CEPSTRA];
    steps[0] = 1.0;
    steps
};

/// Sound in, frames out, in whatever pieces it comes.
pub struct Cepstra {
    fft: Arc<dyn Fft<f32>>,
    window: Vec<f32>,
    filters: Vec<Filter>,
    cosines: Vec<[f32; FILTERS]>,
    /// Samples that are still needed; the first one stands at `-1 - LEAD` before the next frame.
    waiting: Vec<f32>,
    /// Two windowed frames as real and imaginary part, then their spectrum.
    spectrum: Vec<Complex<f32>>,
    /// Of the two frames, up to half the rate.
    powers: Vec<[f32; 2]>,
    scratch: Vec<Complex<f32>>,
}

struct Filter {
    first_bin: usize,
    weights: Vec<f32>,
}

impl Cepstra {
    pub fn new() -> Self {
        let fft = FftPlanner::<f32>::new().plan_fft_forward(FFT);
        let window = (0..WINDOW)
            .map(|i| 0.54 - 0.46 * (2.0 * PI * i as f32 / (WINDOW - 1) as f32).cos())
            .collect();
        let scale = (2.0 / FILTERS as f32).sqrt();
        let cosine =
            |k: usize, b: usize| (PI * k as f32 * (b as f32 + 0.5) / FILTERS as f32).cos() * scale;
        Self {
            window,
            filters: filters(),
            cosines: (0..CEPSTRA)
                .map(|k| std::array::from_fn(|b| cosine(k, b)))
                .collect(),
            waiting: vec![0.0; LEAD + 1],
            spectrum: vec![Complex::ZERO; FFT],
            powers: vec![[0.0; 2]; FFT / 2 + 1],
            scratch: vec![Complex::ZERO; fft.get_inplace_scratch_len()],
            fft,
        }
    }

    /// Takes samples of 16 kHz and gives the frames that they complete, two at a time: always the
    /// same two, in whatever pieces the sound comes.
    pub fn push(&mut self, samples: &[f32], frames: &mut Vec<[i8; CEPSTRA]>) {
        self.waiting.extend_from_slice(samples);
        let mut at = 0;
        while at + HOP + WINDOW < self.waiting.len() {
            frames.extend(self.two_frames(at));
            at += 2 * HOP;
        }
        self.waiting.drain(..at);
    }

    /// The frames that the end cuts short, up to `total`.
    pub fn finish(mut self, total: usize, frames: &mut Vec<[i8; CEPSTRA]>) {
        while frames.len() < total {
            self.push(&[0.0; HOP], frames);
        }
        frames.truncate(total);
    }

    /// One transform has the spectra of two frames: that of the one is what is symmetric in it,
    /// that of the other the rest (Press et al., Numerical Recipes, 12.3).
    fn two_frames(&mut self, at: usize) -> [[i8; CEPSTRA]; 2] {
        let samples = &self.waiting[at..=at + HOP + WINDOW];
        let emphasised = |at: usize| samples[at + 1] - PRE_EMPHASIS * samples[at];
        self.spectrum.fill(Complex::ZERO);
        for (i, (slot, weight)) in self.spectrum.iter_mut().zip(&self.window).enumerate() {
            *slot = Complex::new(emphasised(i) * weight, emphasised(i + HOP) * weight);
        }
        self.fft
            .process_with_scratch(&mut self.spectrum, &mut self.scratch);
        let mut energies = [[0f32; FILTERS]; 2];
        for (bin, power) in self.powers.iter_mut().enumerate().skip(1) {
            let (low, high) = (self.spectrum[bin], self.spectrum[FFT - bin].conj());
            *power = [(low + high).norm_sqr() / 4.0, (low - high).norm_sqr() / 4.0];
        }
        for (b, filter) in self.filters.iter().enumerate() {
            let bins = &self.powers[filter.first_bin..];
            let sum = bins.iter().zip(&filter.weights);
            let sum = sum.fold([0.0; 2], |sum: [f32; 2], (power, weight)| {
                [sum[0] + power[0] * weight, sum[1] + power[1] * weight]
            });
            for (energies, sum) in energies.iter_mut().zip(sum) {
                energies[b] = (sum + FLOOR).ln();
            }
        }
        energies.map(|energies| self.transformed(&energies))
    }

    fn transformed(&self, energies: &[f32; FILTERS]) -> [i8; CEPSTRA] {
        std::array::from_fn(|k| {
            let sum: f32 = self.cosines[k]
                .iter()
                .zip(energies)
                .map(|(c, e)| c * e)
                .sum();
            // A cast saturates, and makes 0 of what is no number.
            (sum * STEPS[k]).round() as i8
        })
    }
}

fn mel(hz: f32) -> f32 {
    1127.0 * (1.0 + hz / 700.0).ln()
}

fn filters() -> Vec<Filter> {
    let (low, high) = (mel(LOWEST_HZ), mel(HIGHEST_HZ));
    let edge = |k: usize| low + (high - low) * k as f32 / (FILTERS + 1) as f32;
    let of_bin = |bin: usize| mel(bin as f32 * RATE as f32 / FFT as f32);
    (0..FILTERS)
        .map(|b| {
            let (left, middle, right) = (edge(b), edge(b + 1), edge(b + 2));
            let weight = |bin: usize| {
                let z = of_bin(bin);
                let rising = (z - left) / (middle - left);
                let falling = (right - z) / (right - middle);
                rising.min(falling)
            };
            let bins: Vec<usize> = (1..=FFT / 2).filter(|bin| weight(*bin) > 0.0).collect();
            Filter {
                first_bin: bins.first().copied().unwrap_or_default(),
                weights: bins.iter().map(|bin| weight(*bin)).collect(),
            }
        })
        .collect()
}
