//! How much each moment sounds like the speech that was found so far: music and noise do not,
//! however often a detector of voices takes them for one.
use std::ops::Range;

use super::DIMS;
use super::fine::Span;
use super::rows::{Row, Rows};
use super::scores::Scorer;
use super::voice::Voice;

/// Every so many frames are looked at.
const EVERY: usize = 3;
const BLOCK: usize = 64;
/// Looks on either side that a moment is judged with: 0.6 s.
const NEAR: usize = 20;
/// A share of the speech that was found may be something else.
const FOREIGN_SHARE: f32 = 0.02;
/// Sounds are foreign that are further from speech than that by this share of its spread.
const MARGIN: f32 = 0.5;

/// Likeness of moments, [`EVERY`] frames apart.
pub struct Likeness {
    moments: Vec<f32>,
    /// What lies below is foreign.
    pub limit: f32,
    /// That of the middle of speech.
    middle: f32,
}

impl Likeness {
    /// Of a recording, to what was found at `spans`.
    pub fn new(rows: &Rows, voice: &Voice, scorer: &Scorer, spans: &[Span]) -> Self {
        let frames = voice.here.len();
        let looks = frames.div_ceil(EVERY);
        let mut raw = vec![0f32; looks];
        let mut block = vec![[0f32; DIMS]; BLOCK];
        for first in (0..looks).step_by(BLOCK) {
            let count = BLOCK.min(looks - first);
            let block: &mut [Row] = &mut block[..count];
            rows.read(first * EVERY, EVERY, block);
            scorer.likelihoods(block, &mut raw[first..first + count]);
        }
        let voiced: Vec<f32> = (0..looks)
            .map(|i| f32::from(voice.here[i * EVERY] > 0.5))
            .collect();
        let moments = smooth(&raw, &voiced);
        let mut known: Vec<f32> = spans
            .iter()
            .flat_map(|(start, end)| (*start as usize / EVERY)..(*end as usize / EVERY).min(looks))
            .filter(|i| voiced[*i] > 0.0)
            .map(|i| moments[i])
            .collect();
        known.sort_by(f32::total_cmp);
        let at = |share: f32| known.get((known.len() as f32 * share) as usize).copied();
        let (least, middle) = (at(FOREIGN_SHARE), at(0.5));
        let limit = match (least, middle) {
            (Some(least), Some(middle)) => least - MARGIN * (middle - least),
            _ => f32::MIN,
        };
        Self {
            moments,
            limit,
            middle: middle.unwrap_or(limit + 1.0),
        }
    }

    /// How like speech a stretch is: 0 at the limit, 1 as half of all speech.
    pub fn share(&self, stretch: Range<usize>) -> f32 {
        let frames = stretch.len().max(1) as f32;
        let sum: f32 = stretch.map(|frame| self.at(frame) - self.limit).sum();
        sum / frames / (self.middle - self.limit).max(1e-3)
    }

    /// That of a frame.
    pub fn at(&self, frame: usize) -> f32 {
        self.moments.get(frame / EVERY).copied().unwrap_or_default()
    }

    /// Whether a frame is no speech.
    pub fn is_foreign(&self, frame: usize) -> bool {
        self.at(frame) < self.limit
    }
}

/// Mean over the voiced moments nearby.
fn smooth(raw: &[f32], voiced: &[f32]) -> Vec<f32> {
    let mut sums = vec![(0f64, 0f64); raw.len() + 1];
    for (i, (x, voiced)) in raw.iter().zip(voiced).enumerate() {
        let (sum, count) = sums[i];
        sums[i + 1] = (sum + f64::from(x * voiced), count + f64::from(*voiced));
    }
    (0..raw.len())
        .map(|i| {
            let (from, to) = (i.saturating_sub(NEAR), (i + NEAR + 1).min(raw.len()));
            let (sum, count) = (sums[to].0 - sums[from].0, sums[to].1 - sums[from].1);
            if count > 0.0 {
                (sum / count) as f32
            } else {
                0.0
            }
        })
        .collect()
}
