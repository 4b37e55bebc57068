//! Models learnt from frames whose classes are known or guessed.
use super::DIMS;
use super::models::{Gaussian, Models};
use super::rows::Row;

/// How many frames the spread of all frames counts for in the spread of a class, and how much
/// of it.
const SPREAD_FRAMES: f32 = 20.0;
const SPREAD_SHARE: f32 = 0.5;
/// No class is narrower than this share of all frames.
const LEAST_SPREAD: f32 = 0.05;
/// A class of fewer frames keeps what is known of it.
const FEWEST_FRAMES: f32 = 5.0;
/// Each Gaussian of a mixture wants this many frames.
const FRAMES_A_GAUSSIAN: f32 = 60.0;

#[derive(Clone)]
struct Sums {
    count: f32,
    sum: Row,
    squares: Row,
}

impl Sums {
    const EMPTY: Self = Self {
        count: 0.0,
        sum: [0.0; DIMS],
        squares: [0.0; DIMS],
    };

    fn add(&mut self, row: &Row, weight: f32) {
        self.count += weight;
        let sums = self.sum.iter_mut().zip(&mut self.squares);
        for ((sum, squares), x) in sums.zip(row) {
            let part = weight * x;
            *sum += part;
            *squares += part * x;
        }
    }
}

/// Gathers frames by class.
pub struct Learner {
    /// How the frames of a class are shared out among its Gaussians.
    shares: Models,
    sums: Vec<Vec<Sums>>,
}

impl Learner {
    /// Frames of a class are shared out among the Gaussians that it has in `shares`.
    pub fn new(shares: Models) -> Self {
        Self {
            sums: shares.iter().map(|m| vec![Sums::EMPTY; m.len()]).collect(),
            shares,
        }
    }

    /// A frame of a class.
    pub fn add(&mut self, class: usize, row: &Row) {
        let (mixture, sums) = (&self.shares[class], &mut self.sums[class]);
        if let [sums] = sums.as_mut_slice() {
            sums.add(row, 1.0);
            return;
        }
        let densities: Vec<f32> = mixture.iter().map(|g| g.ln_density(row)).collect();
        let most = densities.iter().copied().fold(f32::MIN, f32::max);
        let total: f32 = densities.iter().map(|d| (d - most).exp()).sum();
        for (sums, density) in sums.iter_mut().zip(&densities) {
            let weight = (density - most).exp() / total;
            if weight > 1e-3 {
                sums.add(row, weight);
            }
        }
    }

    /// Models of the frames. `prior` says what is known beforehand, and counts as `weight`
    /// frames of each class; `spread` is the variance of all frames.
    pub fn models(&self, prior: &Models, weight: f32, spread: &Row) -> Models {
        let classes = self.sums.iter().zip(prior);
        classes
            .map(|(sums, prior)| {
                let count: f32 = sums.iter().map(|s| s.count).sum();
                if count < FEWEST_FRAMES {
                    return prior.clone();
                }
                let mut known = [0f32; DIMS];
                for gaussian in prior {
                    let share = gaussian.ln_share.exp();
                    for (known, mean) in known.iter_mut().zip(&gaussian.mean) {
                        *known += share * mean;
                    }
                }
                let alive = sums.iter().filter(|s| s.count >= 1.0);
                alive
                    .map(|s| gaussian(s, &known, weight * s.count / count, count, spread))
                    .collect()
            })
            .collect()
    }
}

fn gaussian(sums: &Sums, known: &Row, weight: f32, count: f32, spread: &Row) -> Gaussian {
    let n = sums.count;
    let mut mean = [0f32; DIMS];
    let mut precision = [0f32; DIMS];
    for d in 0..DIMS {
        let own = sums.sum[d] / n;
        let variance = (sums.squares[d] / n - own * own).max(0.0);
        let smooth =
            (variance * n + spread[d] * SPREAD_SHARE * SPREAD_FRAMES) / (n + SPREAD_FRAMES);
        precision[d] = 1.0 / smooth.max(LEAST_SPREAD * spread[d]);
        mean[d] = (own * n + known[d] * weight) / (n + weight);
    }
    Gaussian {
        ln_share: (n / count).max(1e-3).ln(),
        mean,
        precision,
    }
}

/// Mixtures of up to `most` Gaussians, made by parting those that are there; the last class gets
/// up to `most_between`. Counts of frames come from `learner`.
pub fn split(models: &Models, learner: &Learner, most: usize, most_between: usize) -> Models {
    let last = models.len() - 1;
    models
        .iter()
        .enumerate()
        .map(|(class, mixture)| {
            let count: f32 = learner.sums[class].iter().map(|s| s.count).sum();
            let enough = 1 + (count / FRAMES_A_GAUSSIAN) as usize;
            let wanted = enough.min(if class == last { most_between } else { most });
            if mixture.len() >= wanted {
                return mixture.clone();
            }
            parted(mixture, wanted)
        })
        .collect()
}

fn parted(mixture: &[Gaussian], wanted: usize) -> Vec<Gaussian> {
    let mut out = Vec::with_capacity(wanted);
    for (i, gaussian) in mixture.iter().enumerate() {
        let pieces = wanted / mixture.len() + usize::from(i < wanted % mixture.len());
        for piece in 0..pieces {
            let mut part = gaussian.clone();
            part.ln_share -= (pieces as f32).ln();
            let side = piece as f32 - (pieces as f32 - 1.0) / 2.0;
            for d in 0..DIMS {
                let along = if d % 2 == 0 { 0.4 } else { 0.28 };
                part.mean[d] += side * along / gaussian.precision[d].sqrt();
            }
            out.push(part);
        }
    }
    out
}
