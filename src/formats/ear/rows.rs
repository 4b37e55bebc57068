//! From what was heard to what models see: 39 numbers a frame, freed of the microphone's colour.
use super::heard::Heard;
use super::{CEPSTRA, DIMS};

/// Voice from here on is speech where loudness and colour are measured.
const SPEECH: u8 = 128;

/// One frame as the models see it: cepstra, how they change, how that changes.
pub type Row = [f32; DIMS];

/// Reads rows of a stretch of a recording.
pub struct Rows<'a> {
    frames: &'a [[i8; CEPSTRA]],
    mean: [f32; CEPSTRA],
    per_deviation: [f32; CEPSTRA],
}

impl<'a> Rows<'a> {
    /// Mean and deviation are taken over speech, or over everything where there is none.
    pub fn new(heard: &'a Heard) -> Self {
        let frames = heard.frames();
        let speech: Vec<&[i8; CEPSTRA]> = frames
            .iter()
            .zip(heard.voice())
            .filter_map(|(frame, voice)| (*voice >= SPEECH).then_some(frame))
            .collect();
        let (mean, per_deviation) = if speech.len() < 20 {
            spread(frames.iter())
        } else {
            spread(speech.into_iter())
        };
        Self {
            frames,
            mean,
            per_deviation,
        }
    }

    fn base(&self, frame: isize) -> [f32; CEPSTRA] {
        let last = self.frames.len() as isize - 1;
        let frame = &self.frames[frame.clamp(0, last) as usize];
        std::array::from_fn(|k| (f32::from(frame[k]) - self.mean[k]) * self.per_deviation[k])
    }

    /// The rows of the frames from `first` on, `step` apart, as many as `rows` holds. Frames
    /// beyond the end repeat the last; there must be at least one.
    pub fn read(&self, first: usize, step: usize, rows: &mut [Row]) {
        if rows.is_empty() {
            return;
        }
        let span = (rows.len() - 1) * step + 1;
        let first = first as isize;
        let base: Vec<[f32; CEPSTRA]> = (first - 4..first + span as isize + 4)
            .map(|at| self.base(at))
            .collect();
        let change: Vec<[f32; CEPSTRA]> = slopes(&base, 0.25);
        let turn = slopes(&change, 0.2);
        for (i, row) in rows.iter_mut().enumerate() {
            let at = i * step;
            row[..CEPSTRA].copy_from_slice(&base[at + 4]);
            row[CEPSTRA..2 * CEPSTRA].copy_from_slice(&change[at + 2]);
            row[2 * CEPSTRA..].copy_from_slice(&turn[at]);
        }
    }
}

/// The regression slope over five frames, scaled to a spread near 1; four frames shorter.
fn slopes(frames: &[[f32; CEPSTRA]], scale: f32) -> Vec<[f32; CEPSTRA]> {
    frames
        .windows(5)
        .map(|w| std::array::from_fn(|k| ((w[3][k] - w[1][k]) + 2.0 * (w[4][k] - w[0][k])) * scale))
        .collect()
}

fn spread<'f>(frames: impl Iterator<Item = &'f [i8; CEPSTRA]>) -> ([f32; CEPSTRA], [f32; CEPSTRA]) {
    let (mut sum, mut squares, mut count) = ([0f64; CEPSTRA], [0f64; CEPSTRA], 0f64);
    for frame in frames {
        count += 1.0;
        for k in 0..CEPSTRA {
            let x = f64::from(frame[k]);
            sum[k] += x;
            squares[k] += x * x;
        }
    }
    let count = count.max(1.0);
    let mean = sum.map(|s| s / count);
    let per_deviation = std::array::from_fn(|k| {
        let variance = (squares[k] / count - mean[k] * mean[k]).max(1.0);
        (1.0 / variance.sqrt()) as f32
    });
    (mean.map(|m| m as f32), per_deviation)
}
