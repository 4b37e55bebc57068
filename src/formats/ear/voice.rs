//! Where a voice is heard, as shares of 1.
use super::DIMS;
use super::heard::Heard;
use super::likeness::Likeness;
use super::rows::{Row, Rows};

/// Frames on either side that count as near.
const NEAR: usize = 12;

/// Share of voice in each frame, there and nearby.
pub struct Voice {
    pub here: Vec<f32>,
    /// The highest nearby: what is said does not end with the vowel.
    pub near: Vec<f32>,
    /// Whether it is music or noise that was taken for a voice.
    pub is_foreign: Vec<bool>,
}

impl Voice {
    pub fn of(heard: &Heard) -> Self {
        Self::new(
            heard
                .voice()
                .iter()
                .map(|v| f32::from(*v) / 255.0)
                .collect(),
        )
    }

    pub fn new(here: Vec<f32>) -> Self {
        let frames = here.len();
        let near = (0..frames)
            .map(|t| {
                let window = &here[t.saturating_sub(NEAR)..(t + NEAR + 1).min(frames)];
                window.iter().copied().fold(0.0, f32::max)
            })
            .collect();
        Self {
            is_foreign: vec![false; frames],
            here,
            near,
        }
    }

    /// Marks what sounds unlike the speech that was found.
    pub fn set_foreign(&mut self, likeness: &Likeness) {
        for (frame, is_foreign) in self.is_foreign.iter_mut().enumerate() {
            *is_foreign = likeness.is_foreign(frame);
        }
    }

    /// How far frames with a voice spread along each axis, as variances.
    pub fn spread(&self, rows: &Rows) -> Row {
        let (mut sum, mut squares, mut count) = ([0f64; DIMS], [0f64; DIMS], 1e-9);
        let mut row = [[0.0; DIMS]];
        for frame in (0..self.here.len())
            .step_by(7)
            .filter(|t| self.here[*t] > 0.5)
        {
            rows.read(frame, 1, &mut row);
            count += 1.0;
            for d in 0..DIMS {
                let x = f64::from(row[0][d]);
                sum[d] += x;
                squares[d] += x * x;
            }
        }
        std::array::from_fn(|d| {
            let mean = sum[d] / count;
            ((squares[d] / count - mean * mean) as f32).max(1e-3)
        })
    }
}
