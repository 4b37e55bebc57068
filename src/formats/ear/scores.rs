//! What it costs to say that a frame is of a class: a negative log posterior.
//!
//! Likelihoods of neighbouring frames depend on each other, so they count for less than they say
//! (`TRUST`); as posteriors they have a scale that holds for every recording, and capped ones
//! can't be ruined by one odd frame.
use super::DIMS;
use super::models::Models;
use super::rows::Row;

const TRUST: f32 = 0.35;
/// The most a frame costs.
pub const CAP: f32 = 9.0;
/// Gaussians that are scored together, and frames.
const LANES: usize = 8;
const FRAMES: usize = 4;
const WEIGHTS: usize = 2 * DIMS;

/// Models, laid out for many frames at once: a quadratic form is a product with the row and its
/// squares.
pub struct Scorer {
    /// Of each group of [`LANES`] Gaussians, for each weight, a value for each lane.
    weights: Vec<[[f32; LANES]; WEIGHTS]>,
    constants: Vec<[f32; LANES]>,
    /// Where the Gaussians of each class begin; one more at the end.
    classes: Vec<usize>,
}

impl Scorer {
    pub fn new(models: &Models) -> Self {
        let total: usize = models.iter().map(Vec::len).sum();
        let groups = total.div_ceil(LANES);
        let mut weights = vec![[[0f32; LANES]; WEIGHTS]; groups];
        let mut constants = vec![[0f32; LANES]; groups];
        let mut classes = vec![0];
        for (at, gaussian) in models.iter().flatten().enumerate() {
            let (group, lane) = (at / LANES, at % LANES);
            let mut constant = gaussian.constant();
            for d in 0..DIMS {
                let (mean, precision) = (gaussian.mean[d], gaussian.precision[d]);
                weights[group][d][lane] = mean * precision;
                weights[group][DIMS + d][lane] = -0.5 * precision;
                constant -= 0.5 * mean * mean * precision;
            }
            constants[group][lane] = constant;
        }
        for class in models {
            classes.push(classes[classes.len() - 1] + class.len());
        }
        Self {
            weights,
            constants,
            classes,
        }
    }

    pub fn classes(&self) -> usize {
        self.classes.len() - 1
    }

    /// Costs of the rows, 0 to [`CAP`]: `stride` values a row, of which the classes fill the
    /// first ones.
    pub fn costs(&self, rows: &[Row], stride: usize, costs: &mut [f32]) {
        let mut densities = vec![[0f32; FRAMES]; self.weights.len() * LANES];
        for (rows, costs) in rows.chunks(FRAMES).zip(costs.chunks_mut(FRAMES * stride)) {
            self.densities(&inputs(rows), &mut densities);
            for (f, costs) in costs.chunks_mut(stride).enumerate() {
                self.posteriors(&densities, f, costs);
            }
        }
    }

    /// The logarithm of the highest density of each row in any class of sound but the last one,
    /// which is silence.
    pub fn likelihoods(&self, rows: &[Row], out: &mut [f32]) {
        let mut densities = vec![[0f32; FRAMES]; self.weights.len() * LANES];
        let sounds = self.classes[self.classes() - 1];
        for (rows, out) in rows.chunks(FRAMES).zip(out.chunks_mut(FRAMES)) {
            self.densities(&inputs(rows), &mut densities);
            for (f, out) in out.iter_mut().enumerate() {
                let all = densities[..sounds].iter();
                *out = all.fold(f32::MIN, |best, density| best.max(density[f]));
            }
        }
    }

    fn densities(&self, inputs: &[[f32; FRAMES]; WEIGHTS], densities: &mut [[f32; FRAMES]]) {
        let groups = self.weights.iter().zip(&self.constants);
        for ((weights, constants), out) in groups.zip(densities.chunks_mut(LANES)) {
            let mut sums = [*constants; FRAMES];
            for (weight, input) in weights.iter().zip(inputs) {
                for f in 0..FRAMES {
                    for lane in 0..LANES {
                        sums[f][lane] += weight[lane] * input[f];
                    }
                }
            }
            for (lane, out) in out.iter_mut().enumerate() {
                *out = std::array::from_fn(|f| sums[f][lane]);
            }
        }
    }

    fn posteriors(&self, densities: &[[f32; FRAMES]], f: usize, costs: &mut [f32]) {
        let classes = self.classes();
        let costs = &mut costs[..classes];
        for (cost, range) in costs.iter_mut().zip(self.classes.windows(2)) {
            let best = densities[range[0]..range[1]]
                .iter()
                .fold(f32::MIN, |best, density| best.max(density[f]));
            *cost = best * TRUST;
        }
        let most = costs.iter().copied().fold(f32::MIN, f32::max);
        let sum: f32 = costs.iter().map(|cost| exp(cost - most)).sum();
        let norm = most + sum.ln();
        for cost in costs {
            *cost = (norm - *cost).clamp(0.0, CAP);
        }
    }
}

/// Rows and their squares, side by side.
fn inputs(rows: &[Row]) -> [[f32; FRAMES]; WEIGHTS] {
    let mut inputs = [[0f32; FRAMES]; WEIGHTS];
    for (f, row) in rows.iter().enumerate() {
        for (d, x) in row.iter().enumerate() {
            inputs[d][f] = *x;
            inputs[DIMS + d][f] = x * x;
        }
    }
    inputs
}

/// e to a power of 0 or less, within 0.2 %, many at once: the exponent is put together as bits.
fn exp(x: f32) -> f32 {
    let power = (x * std::f32::consts::LOG2_E).max(-120.0);
    // Towards zero, and one below: at most the whole part, at least one less.
    let whole = (power - 1.0) as i32;
    let part = power - whole as f32;
    let mantissa = 1.0 + part * (0.656_366_4 + part * 0.343_633_6);
    f32::from_bits(((whole + 127) << 23) as u32) * mantissa
}
