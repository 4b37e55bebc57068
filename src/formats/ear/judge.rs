//! What the places that were found are worth, and what is said of them.
use std::ops::Range;

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
/// Music that is taken for voice is less like the speech than this: a little like it, where 1 is
/// speech and 0 nothing like it.
const LIKE_SPEECH: f32 = 0.6;
/// Frames before a sentence that should be another's or quiet.
const BEFORE: usize = 150;
/// Frames of voice are those with more than this.
const VOICE: f32 = 0.5;
/// Where the mean cost of all sentences lies if the script is another one's, or may be.
const OTHER_COST: f32 = 2.75;
const DOUBTFUL_COST: f32 = 2.5;
/// The same for the share of phones whose sentences were found.
const OTHER_SHARE: f32 = 0.25;
const DOUBTFUL_SHARE: f32 = 0.6;

/// A sentence is doubtful from so much on: what its frames cost and those of its beginning, and
/// how much was said right before it that is no sentence's. Of some 3,000 sentences whose places
/// are known this warns of nearly all wrong ones and of one right one in forty.
const DOUBT: f32 = 18.5;
const COST_WEIGHT: f32 = 3.0;
const HEAD_WEIGHT: f32 = 3.5;
const UNSAID_WEIGHT: f32 = 13.0;
const MOST_UNSAID: f32 = 0.67;
/// And one that is so much faster or slower than usual, as a logarithm.
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
        let mut times = self.times();
        let runs = self.unmatched(&self.taken()).into_iter();
        let speech: Vec<Run> = runs.filter(|run| self.is_speech(run)).collect();
        let mut verdict = self.verdict();
        if self.is_chance(&times, &speech) {
            for time in &mut times {
                if let Times::At(timing) = time
                    && timing.origin == Origin::Measured
                {
                    timing.percent = timing.percent.min(Timing::SURE_PERCENT - 1);
                }
            }
            if verdict == Verdict::Good {
                verdict = Verdict::Doubtful;
            }
        }
        let gaps = speech.iter().filter(|run| run.length() >= LEAST_GAP);
        Alignment {
            gaps: gaps.map(Run::gap).collect(),
            times,
            verdict,
        }
    }

    /// Whether the places may have come about by chance: more is said that is no sentence's than
    /// what is, and of the sentences that were looked for most are in doubt. A few sentences of
    /// another's script are like something, somewhere in a long recording; a script of which a part
    /// was read has most of what is said, and the first sentences of a long talk are sure.
    fn is_chance(&self, times: &[Times], speech: &[Run]) -> bool {
        let (mut asked, mut percents, mut matched) = (0, 0, 0);
        for (j, place) in self.found() {
            asked += 1;
            if let Some((start, end)) = place.span {
                percents += times[j].timing().map_or(0, |t| usize::from(t.percent));
                matched += (end - start).max(0.0) as usize;
            }
        }
        let unmatched: usize = speech.iter().map(Run::length).sum();
        unmatched > matched && percents < asked * usize::from(Timing::SURE_PERCENT)
    }

    /// Sentences that are left out or doubtful, and speech that is no sentence's; what lies around
    /// it and is free belongs to it, up to so many frames.
    pub fn sought(
        &self,
        norm: &Norm,
        least: usize,
        around: usize,
    ) -> (Vec<Sought>, Vec<Range<usize>>) {
        let taken = self.taken();
        let sought = self.found().filter_map(|(sentence, place)| {
            let phones = self.phones[sentence];
            let unsaid = self.unsaid(&taken, place);
            let percent = norm.percent(place, phones, self.voice, unsaid);
            (percent < Timing::SURE_PERCENT).then_some(Sought {
                sentence,
                phones,
                percent,
            })
        });
        let speech = self.unmatched(&taken).into_iter();
        let speech = speech.filter(|run| run.length() >= least && self.is_speech(run));
        let free = |frame: &usize| !taken[*frame];
        let speech = speech.map(|run| {
            let before = (run.first.saturating_sub(around)..run.first).rev();
            let behind = run.last + 1..(run.last + 1 + around).min(taken.len());
            let start = run.first - before.take_while(free).count();
            start..run.last + 1 + behind.take_while(free).count()
        });
        let mut sought: Vec<Sought> = sought.collect();
        // First those that are nowhere.
        sought.sort_by_key(|one| one.percent);
        (sought, speech.collect())
    }

    /// What is usual among the sentences that were found.
    pub fn norm(&self) -> Norm {
        Norm::of(self)
    }

    fn times(&self) -> Vec<Times> {
        let norm = Norm::of(self);
        let taken = self.taken();
        let mut times: Vec<Times> = self.asked.iter().map(known).collect();
        for (j, place) in self.found() {
            if let Some((start, end)) = place.span {
                let unsaid = self.unsaid(&taken, place);
                times[j] = Times::At(Timing {
                    start_ms: start as u64 * 10,
                    end_ms: end as u64 * 10,
                    origin: Origin::Measured,
                    percent: norm.percent(place, self.phones[j], self.voice, unsaid),
                });
            }
        }
        times
    }

    /// Sentences that were looked for.
    fn found(&self) -> impl Iterator<Item = (usize, &Place)> {
        let pieces = self.pieces.iter().zip(self.places);
        let free = pieces.filter(|(piece, _)| !piece.is_fixed);
        free.flat_map(|(piece, places)| piece.sentences.iter().copied().zip(places))
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

    /// Whether each frame is a sentence's, or is not looked at.
    fn taken(&self) -> Vec<bool> {
        let frames = self.voice.here.len();
        let mut taken = vec![true; frames];
        for piece in self.pieces {
            taken[piece.stretch.clone()].fill(false);
        }
        let frame = |ms: u64| usize::try_from(ms / 10).unwrap_or(frames).min(frames);
        let fixed = self
            .asked
            .iter()
            .filter_map(|sentence| match sentence.known {
                Known::At { start_ms, end_ms } => Some(frame(start_ms)..frame(end_ms)),
                _ => None,
            });
        let found = self.found().filter_map(|(_, place)| place.span);
        let found = found.map(|(start, end)| start as usize..end as usize);
        for span in fixed.chain(found) {
            taken[span.start..span.end.max(span.start)].fill(true);
        }
        taken
    }

    fn is_speech(&self, run: &Run) -> bool {
        let like = self.likeness.map(|l| l.share(run.first..run.last + 1));
        run.voiced as f32 > VOICED_SHARE * run.length() as f32
            && like.is_none_or(|like| like > LIKE_SPEECH)
    }

    /// Share of the frames right before a sentence that are voice and no sentence's.
    fn unsaid(&self, taken: &[bool], place: &Place) -> f32 {
        let start = place.span.map_or(0, |(start, _)| start as usize);
        let before = start.saturating_sub(BEFORE)..start;
        let unsaid = before.filter(|frame| !taken[*frame] && self.voice.here[*frame] > VOICE);
        unsaid.count() as f32 / BEFORE as f32
    }

    /// Speech in frames that are not taken.
    fn unmatched(&self, taken: &[bool]) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut run: Option<Run> = None;
        // What is taken at the very end closes the last one.
        for (frame, is_taken) in taken.iter().copied().chain([true]).enumerate() {
            if let Some(ended) = run.take_if(|run| is_taken || frame - run.last > PAUSE) {
                runs.push(ended);
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
        runs
    }
}

/// A sentence to look for once more.
pub struct Sought {
    pub sentence: usize,
    pub phones: usize,
    /// How sure the place is that it has; 0 for none.
    pub percent: u8,
}

/// Frames of voice, not far from each other.
struct Run {
    first: usize,
    last: usize,
    voiced: usize,
}

impl Run {
    fn length(&self) -> usize {
        self.last + 1 - self.first
    }

    fn gap(&self) -> Gap {
        Gap {
            start_ms: self.first as u64 * 10,
            end_ms: (self.last + 1) as u64 * 10,
        }
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
pub struct Norm {
    /// Seconds of voice a phone.
    pace: f32,
}

impl Norm {
    fn of(measured: &Measured) -> Self {
        let pace = |(j, p): (usize, &Place)| pace(p, measured.phones[j], measured.voice);
        let mut paces: Vec<f32> = measured.found().filter_map(pace).collect();
        paces.sort_by(f32::total_cmp);
        Self {
            pace: paces.get(paces.len() / 2).copied().unwrap_or_default(),
        }
    }

    /// How many frames of voice so many phones take.
    pub fn usual_frames(&self, phones: usize) -> f32 {
        self.pace * 100.0 * phones as f32
    }

    /// How sure a place is of a sentence of so many phones, given the share of unsaid voice
    /// before it; 0 of no place.
    pub fn percent(&self, place: &Place, phones: usize, voice: &Voice, unsaid: f32) -> u8 {
        let Some(pace) = pace(place, phones, voice) else {
            return 0;
        };
        let pace = pace / self.pace.max(1e-3);
        let unlike = doubt(place) + UNSAID_WEIGHT * unsaid.min(MOST_UNSAID) / DOUBT;
        let hurried = pace.max(0.01).ln().abs() / PACE_ROOM;
        // From 99 without a doubt to 50 where it becomes one, and down to 1.
        (100.0 - 50.0 * unlike.max(hurried)).clamp(1.0, 99.0) as u8
    }
}

/// How unlike its sound a sentence is at its place; from 1 on it is in doubt.
pub fn doubt(place: &Place) -> f32 {
    let cost = place.cost / place.frames.max(1.0);
    let head = place.head_cost / place.head_frames.max(1.0);
    (COST_WEIGHT * cost + HEAD_WEIGHT * head) / DOUBT
}

/// Seconds of voice a phone.
fn pace(place: &Place, phones: usize, voice: &Voice) -> Option<f32> {
    let (start, end) = place.span?;
    let voice = voice.here.get(start as usize..end as usize)?;
    let voiced = voice.iter().filter(|v| **v > VOICE).count();
    Some(voiced as f32 / 100.0 / phones.max(1) as f32)
}
