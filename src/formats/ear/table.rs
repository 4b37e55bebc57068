//! The table of phone models that every recording starts from.
//!
//! Made by `examples/train_ear.rs` from sentences of our own, spoken by a synthesiser in several
//! voices; numbers are rounded to a byte each.
use super::DIMS;
use super::chain::Word;
use super::models::{Gaussian, Models};
use super::reading::Phone;

/// States of a phone.
pub const STATES: usize = 3;
const MAGIC: &[u8; 8] = b"daebonP1";
const MEAN_STEPS: f32 = 24.0;
const PRECISION_STEPS: f32 = 32.0;
const PRECISION_FLOOR: f32 = -3.0;
const SHARE_STEPS: f32 = 40.0;
const GAUSSIAN_BYTES: usize = 1 + 2 * DIMS;
/// A script of fewer phones is told apart with all phones of the table.
const FEW_PHONES: usize = 500;

/// Models of the phones' states, and of silence.
#[derive(Debug, Clone)]
pub struct Table {
    /// [`STATES`] classes for each phone of [`Phone::ALL`], and silence.
    pub models: Models,
}

impl Table {
    /// The one that is built in.
    ///
    /// # Panics
    /// If the program was built with a torn file, which the tests would have shown.
    pub fn built_in() -> Self {
        Self::from_bytes(include_bytes!("../../../assets/ear/phones.bin"))
            .expect("the built-in table is whole")
    }

    /// As a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for mixture in &self.models {
            bytes.push(mixture.len() as u8);
            for gaussian in mixture {
                let mean = |m: &f32| ((m * MEAN_STEPS).round() as i8).to_le_bytes()[0];
                let precision =
                    |p: &f32| ((p.ln() - PRECISION_FLOOR) * PRECISION_STEPS).round() as u8;
                bytes.push((-gaussian.ln_share * SHARE_STEPS).round() as u8);
                bytes.extend(gaussian.mean.iter().map(mean));
                bytes.extend(gaussian.precision.iter().map(precision));
            }
        }
        bytes
    }

    /// `None` for what [`Table::to_bytes`] did not write.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut models = Models::new();
        while let Some((count, more)) = rest.split_first() {
            let (gaussians, more) = more.split_at_checked(usize::from(*count) * GAUSSIAN_BYTES)?;
            rest = more;
            models.push(gaussians.chunks(GAUSSIAN_BYTES).map(gaussian_of).collect());
        }
        let whole = models.len() == Phone::COUNT * STATES + 1;
        (whole && models.iter().all(|m| !m.is_empty())).then_some(Self { models })
    }
}

/// The part of the table that a script needs.
pub struct Phones {
    /// For each phone of the table its place in `models`, or that of the unknown phone.
    names: Vec<u16>,
    pub models: Models,
}

impl Phones {
    pub fn of(table: &Table, words: &[Vec<Word>]) -> Self {
        let mut used = [0usize; Phone::COUNT + 1];
        for phone in words.iter().flatten().flatten().flatten() {
            used[usize::from(*phone)] += 1;
        }
        let is_short = used.iter().sum::<usize>() < FEW_PHONES;
        let is_in = |phone: usize| is_short || used[phone] > 0;
        let kept: Vec<usize> = (0..Phone::COUNT).filter(|p| is_in(*p)).collect();
        let mut names = vec![kept.len() as u16; Phone::COUNT + 1];
        let mut models = Models::new();
        for (new, old) in kept.iter().enumerate() {
            names[*old] = new as u16;
            models.extend_from_slice(&table.models[old * STATES..(old + 1) * STATES]);
        }
        models.extend(table.models.last().cloned());
        Self { names, models }
    }

    /// The words in phones of `models`.
    pub fn renamed(&self, words: &[Word]) -> Vec<Word> {
        let name = |phone: &u16| self.names[usize::from(*phone)];
        let variant = |phones: &Vec<u16>| phones.iter().map(name).collect();
        words
            .iter()
            .map(|word| word.iter().map(variant).collect())
            .collect()
    }
}

fn gaussian_of(bytes: &[u8]) -> Gaussian {
    let (mean, precision) = bytes[1..].split_at(DIMS);
    Gaussian {
        ln_share: -f32::from(bytes[0]) / SHARE_STEPS,
        mean: std::array::from_fn(|d| f32::from(i8::from_le_bytes([mean[d]])) / MEAN_STEPS),
        precision: std::array::from_fn(|d| {
            (f32::from(precision[d]) / PRECISION_STEPS + PRECISION_FLOOR).exp()
        }),
    }
}
