//! What a recording's silence sounds like, before anything else of it is known.
use super::DIMS;
use super::learn::{Learner, split};
use super::models::{Gaussian, Models};
use super::rows::{Row, Rows};
use super::voice::Voice;

/// Frames with less voice than this.
const SILENT: f32 = 0.15;
const LAPS: usize = 4;
const GAUSSIANS: usize = 4;

/// Models of the frames without a voice; what the table says if there are hardly any.
pub fn learn(rows: &Rows, voice: &Voice, prior: &Models, spread: &Row) -> Vec<Gaussian> {
    let known = prior.last().cloned().unwrap_or_default();
    let only: Models = vec![known.clone()];
    let first: Models = vec![known.into_iter().take(1).collect()];
    let mut learner = Learner::new(first);
    let mut row = [[0.0; DIMS]];
    for lap in 0..LAPS {
        if lap > 0 {
            let models = learner.models(&only, 0.0, spread);
            learner = Learner::new(split(&models, &learner, GAUSSIANS, GAUSSIANS));
        }
        let frames = voice.here.iter().enumerate().step_by(2);
        for (frame, _) in frames.filter(|(_, voice)| **voice < SILENT) {
            rows.read(frame, 1, &mut row);
            learner.add(0, &row[0]);
        }
    }
    learner.models(&only, 0.0, spread).remove(0)
}
