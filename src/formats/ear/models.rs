//! Models of sounds: what frames of each class look like, as mixtures of Gaussians.
use super::DIMS;
use super::rows::Row;

/// One Gaussian with a diagonal covariance.
#[derive(Debug, Clone)]
pub struct Gaussian {
    /// Natural logarithm of its share of the mixture.
    pub ln_share: f32,
    /// Where it stands.
    pub mean: Row,
    /// Inverse of the variance along each axis.
    pub precision: Row,
}

impl Gaussian {
    /// Of a class of which nothing is known.
    pub fn wide() -> Self {
        Self {
            ln_share: 0.0,
            mean: [0.0; DIMS],
            precision: [0.5; DIMS],
        }
    }

    /// Logarithm of the density, without the constant that all share.
    pub fn ln_density(&self, row: &Row) -> f32 {
        let mut sum = 0.0;
        let axes = self.mean.iter().zip(&self.precision);
        for ((mean, precision), x) in axes.zip(row) {
            sum += (x - mean) * (x - mean) * precision;
        }
        self.constant() - 0.5 * sum
    }

    /// The part of [`Gaussian::ln_density`] that no row changes.
    pub fn constant(&self) -> f32 {
        self.ln_share + 0.5 * self.precision.iter().map(|p| p.ln()).sum::<f32>()
    }
}

/// A mixture for each class; the last class is what lies between words.
pub type Models = Vec<Vec<Gaussian>>;
