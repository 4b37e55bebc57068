//! What the places that were found are worth, and what is said of them.
use crate::formats::transcript::{Gap, Origin, Times, Timing};

use super::asked::{Alignment, Asked, Known, Verdict};
use super::fine::Place;
use super::likeness::Likeness;
use super::script::Piece;
use super::voice::Voice;

/// Speech without a sentence is told of from this many frames of 10 ms on.
const LEAST_GAP: usize = 250;
/// Pauses of fewer frames do not end it.
const PAUSE: usize = 60;
/// At least this share of it is voice.
const VOICED_SHARE: f32 = 0.5;
/// Frames of voice are those with more than this.
const VOICE: f32 = 0.5;
/// Where the mean cost of all sentences lies if the script is another one's, or may be.
const OTHER_COST: f32 = 2.75;
const DOUBTFUL_COST: f32 = 2.5;
/// The same for the share of phones whose sentences were found.
const OTHER_SHARE: f32 = 0.25;
const DOUBTFUL_SHARE: f32 = 0.6;

/// A sentence is doubtful that is so many deviations off, or costs so much, as a whole or at its
/// beginning, or is so much faster or slower (as a logarithm): of some 1,400 sentences with known
/// places these warn of nearly all wrong ones and of one right one in forty.
const FAR_OFF: f32 = 3.8;
const MOST_COST: f32 = 2.5;
const COST_ROOM: f32 = 0.25;
const MOST_HEAD: f32 = 2.65;
const HEAD_ROOM: f32 = 0.4;
const PACE_ROOM: f32 = 0.5;

/// What was measured, by pieces.
pub struct Measured<'a> {
    pub asked: &'a [Asked],
    pub pieces: &'a [Piece],
    /// Of the sentences of each piece.
    pub places: &'a [Vec<Place>],
    /// Phones of everything that was asked for.
    pub phones: &'a [usize],
    pub voice: &'a Voice,
    pub likeness: Option<&'a Likeness>,
}

impl Measured<'_> {
    /// The answer.
    pub fn alignment(&self) -> Alignment {
        let norm = Norm::of(self);
        let mut times: Vec<Times> = self.asked.iter().map(known).collect();
        for (j, place) in self.found() {
            if let Some((start, end)) = place.span {
                times[j] = Times::At(Timing {
                    start_ms: start as u64 * 10,
                    end_ms: end as u64 * 10,
                    origin: Origin::Measured,
                    percent: norm.percent(self, j, place),
                });
            }
        }
        let verdict = self.verdict();
        Alignment {
            gaps: self.gaps(&times),
            times,
            verdict,
        }
    }

    /// Sentences that were looked for.
    fn found(&self) -> impl Iterator<Item = (usize, &Place)> {
        let pieces = self.pieces.iter().zip(self.places);
        let free = pieces.filter(|(piece, _)| !piece.is_fixed);
        free.flat_map(|(piece, places)| piece.sentences.iter().copied().zip(places))
    }

    /// Seconds of voice a phone.
    fn pace(&self, j: usize, place: &Place) -> Option<f32> {
        let (start, end) = place.span?;
        let voice = self.voice.here.get(start as usize..end as usize)?;
        let voiced = voice.iter().filter(|v| **v > VOICE).count();
        Some(voiced as f32 / 100.0 / self.phones[j].max(1) as f32)
    }

    fn verdict(&self) -> Verdict {
        let (mut cost, mut frames, mut phones, mut placed) = (0.0, 0.0, 0, 0);
        for (j, place) in self.found() {
            cost += place.cost;
            frames += place.frames;
            phones += self.phones[j];
            placed += if place.span.is_some() {
                self.phones[j]
            } else {
                0
            };
        }
        if phones == 0 {
            return Verdict::Good;
        }
        let mean = if frames > 0.0 {
            cost / frames
        } else {
            f32::MAX
        };
        let share = placed as f32 / phones as f32;
        if mean > OTHER_COST || share < OTHER_SHARE {
            Verdict::OtherScript
        } else if mean > DOUBTFUL_COST || share < DOUBTFUL_SHARE {
            Verdict::Doubtful
        } else {
            Verdict::Good
        }
    }

    /// Speech between the times.
    fn gaps(&self, times: &[Times]) -> Vec<Gap> {
        let frames = self.voice.here.len();
        let mut taken = vec![true; frames];
        for piece in self.pieces {
            taken[piece.stretch.clone()].fill(false);
        }
        for timing in times.iter().filter_map(Times::timing) {
            let frame = |ms: u64| usize::try_from(ms / 10).unwrap_or(frames).min(frames);
            taken[frame(timing.start_ms)..frame(timing.end_ms).max(frame(timing.start_ms))]
                .fill(true);
        }
        let mut gaps = Vec::new();
        let mut run: Option<Run> = None;
        // What is taken at the very end closes the last one.
        for (frame, is_taken) in taken.into_iter().chain([true]).enumerate() {
            if let Some(ended) = run.take_if(|run| is_taken || frame - run.last > PAUSE) {
                gaps.extend(ended.gap());
            }
            let foreign = self.likeness.is_some_and(|l| l.is_foreign(frame));
            if !is_taken && !foreign && self.voice.here[frame] > VOICE {
                let run = run.get_or_insert(Run {
                    first: frame,
                    last: frame,
                    voiced: 0,
                });
                run.last = frame;
                run.voiced += 1;
            }
        }
        gaps
    }
}

/// Frames of voice, not far from each other.
struct Run {
    first: usize,
    last: usize,
    voiced: usize,
}

impl Run {
    fn gap(&self) -> Option<Gap> {
        let length = self.last + 1 - self.first;
        let is_speech = self.voiced as f32 > VOICED_SHARE * length as f32;
        (length >= LEAST_GAP && is_speech).then_some(Gap {
            start_ms: self.first as u64 * 10,
            end_ms: (self.last + 1) as u64 * 10,
        })
    }
}

fn known(sentence: &Asked) -> Times {
    match sentence.known {
        Known::NotSpoken => Times::NotSpoken(true),
        Known::Nothing => Times::NotSpoken(false),
        Known::At { start_ms, end_ms } => Times::At(Timing {
            start_ms,
            end_ms,
            origin: Origin::ByHand,
            percent: 100,
        }),
    }
}

/// What is usual in this recording.
struct Norm {
    cost: Usual,
    head: Usual,
    pace: Usual,
}

/// Middle and spread that single values do not move.
struct Usual {
    middle: f32,
    spread: f32,
}

impl Usual {
    fn of(mut values: Vec<f32>, least_spread: f32) -> Self {
        values.sort_by(f32::total_cmp);
        let middle = values.get(values.len() / 2).copied().unwrap_or_default();
        let mut off: Vec<f32> = values.iter().map(|v| (v - middle).abs()).collect();
        off.sort_by(f32::total_cmp);
        let spread = off.get(off.len() / 2).copied().unwrap_or_default();
        Self {
            middle,
            // As a standard deviation, were it a normal distribution.
            spread: (spread * 1.48).max(least_spread),
        }
    }

    fn off(&self, value: f32) -> f32 {
        (value - self.middle) / self.spread
    }
}

impl Norm {
    fn of(measured: &Measured) -> Self {
        let found = || measured.found().filter(|(_, place)| place.span.is_some());
        Self {
            cost: Usual::of(found().map(|(_, p)| cost(p)).collect(), 0.15),
            head: Usual::of(found().map(|(_, p)| head(p)).collect(), 0.25),
            pace: Usual::of(
                found().filter_map(|(j, p)| measured.pace(j, p)).collect(),
                0.005,
            ),
        }
    }

    fn percent(&self, measured: &Measured, j: usize, place: &Place) -> u8 {
        let pace = measured.pace(j, place).unwrap_or_default() / self.pace.middle.max(1e-3);
        let (cost, head) = (cost(place), head(place));
        let doubts = [
            self.cost.off(cost) / FAR_OFF,
            self.head.off(head) / FAR_OFF,
            cost / MOST_COST.max(self.cost.middle + COST_ROOM),
            head / MOST_HEAD.max(self.head.middle + HEAD_ROOM),
            pace.max(0.01).ln().abs() / PACE_ROOM,
        ];
        let most = doubts.into_iter().fold(0f32, f32::max);
        // From 99 without a doubt to 50 where it becomes one, and down to 1.
        (100.0 - 50.0 * most).clamp(1.0, 99.0) as u8
    }
}

fn cost(place: &Place) -> f32 {
    place.cost / place.frames.max(1.0)
}

fn head(place: &Place) -> f32 {
    place.head_cost / place.head_frames.max(1.0)
}
