//! From what was heard and what was written to when each sentence is spoken.
use std::ops::ControlFlow;

use super::asked::{Alignment, Asked};
use super::chain::{Chain, NEVER, Shape, Word};
use super::fine::{Place, Plan, Scene, Span, round};
use super::heard::Heard;
use super::judge::{Measured, doubt};
use super::learn::{Learner, split};
use super::likeness::Likeness;
use super::models::Models;
use super::moved::{self, Elsewhere};
use super::progress::{Progress, Stopped};
use super::rows::{Row, Rows};
use super::scores::Scorer;
use super::script::{Piece, pieces, words};
use super::table::{Phones, STATES, Table};
use super::voice::Voice;
use super::{overview, silence};

/// Rounds of the exact alignment; the first ones look at every other frame, and after some the
/// whole is looked at once more.
const LAPS: usize = 7;
const FAST_LAPS: usize = 4;
const SECOND_LOOK_AFTER: usize = 2;
/// In the first rounds sentences are hardly left out.
const FIRM_LAPS: usize = 3;
/// From this round on sentences that are in doubt teach nothing: one that was taken for the music
/// before it would make its phones sound like that.
const JUDGED_FROM: usize = 2;
/// Frames that what is known beforehand of a class counts for.
const PRIOR_WEIGHT: f32 = 10.0;

/// Finds the sentences in the recording, or in a stretch of it (in milliseconds). `watch` hears
/// how far it is, in percent, and may stop it. The same input has the same answer.
///
/// # Errors
/// It was stopped.
pub fn align(
    heard: &Heard,
    asked: &[Asked],
    stretch_ms: Option<(u64, u64)>,
    watch: &mut dyn FnMut(u8) -> ControlFlow<()>,
) -> Result<Alignment, Stopped> {
    let frames = heard.frames().len();
    let frame = |ms: u64| usize::try_from(ms / 10).unwrap_or(frames).min(frames);
    let stretch = stretch_ms.map_or(0..frames, |(start, end)| {
        frame(start)..frame(end.max(start))
    });
    let words = words(asked);
    let pieces = pieces(asked, &words, stretch);
    let total = pieces.iter().map(|p| p.stretch.len()).sum::<usize>() * (LAPS + 2);
    let mut progress = Progress::new(total, watch);
    let table = Table::built_in();
    let phones = Phones::of(&table, &words);
    let rows = Rows::new(heard);
    let voice = Voice::of(heard);
    let spread = voice.spread(&rows);
    let lengths = |words: &Vec<Word>| words.iter().filter_map(|w| w.first()).map(Vec::len).sum();
    let mut work = Work {
        asked,
        all: &pieces,
        lengths: words.iter().map(lengths).collect(),
        rows: &rows,
        voice,
        spread,
        prior: phones.models.clone(),
        pieces: pieces
            .iter()
            .map(|p| Part::new(p, &words, &phones))
            .collect(),
    };
    let mut found = work.run(&mut progress)?;
    let words = |j: usize| phones.renamed(&words[j]);
    let moved = work.elsewhere(&found, words, &mut progress)?;
    for (piece, places) in pieces.iter().zip(&mut found.places) {
        for (j, place) in piece.sentences.iter().zip(places) {
            if let Some((_, there)) = moved.iter().find(|(moved, _)| moved == j) {
                *place = *there;
            }
        }
    }
    Ok(work.measured(&found).alignment())
}

/// A piece, ready to be walked through.
struct Part<'p> {
    piece: &'p Piece,
    words: Vec<Vec<Word>>,
    fast: Chain,
    exact: Chain,
}

impl<'p> Part<'p> {
    fn new(piece: &'p Piece, words: &[Vec<Word>], phones: &Phones) -> Self {
        let words: Vec<Vec<Word>> = piece
            .sentences
            .iter()
            .map(|j| phones.renamed(&words[*j]))
            .collect();
        let sentences: Vec<&[Word]> = words.iter().map(Vec::as_slice).collect();
        let exact = exact_shape(phones.models.len());
        let fast = Shape {
            leap: 0.3,
            patience: exact.patience / 2.0,
            ..exact
        };
        Self {
            piece,
            fast: Chain::new(&sentences, fast),
            exact: Chain::new(&sentences, exact),
            words,
        }
    }
}

/// Of chains with three states a phone, for frames of 10 ms.
pub fn exact_shape(classes: usize) -> Shape {
    let phones = (classes - 1) / STATES;
    Shape {
        states: STATES,
        leap: NEVER,
        pause: 1.0,
        pause_step: 0.3,
        patience: 15.0,
        over: 3.0,
        any: phones as u16,
        any_class: classes as u16 + 1,
        silence: classes as u16 - 1,
        gap: classes as u16,
    }
}

struct Work<'a> {
    asked: &'a [Asked],
    all: &'a [Piece],
    /// Phones of everything that was asked for.
    lengths: Vec<usize>,
    rows: &'a Rows<'a>,
    voice: Voice,
    spread: Row,
    prior: Models,
    pieces: Vec<Part<'a>>,
}

/// What the rounds came to.
struct Outcome {
    /// The places of the sentences of each piece.
    places: Vec<Vec<Place>>,
    /// How much each moment sounds like them.
    likeness: Option<Likeness>,
    /// How this voice sounds.
    models: Models,
}

impl Work<'_> {
    /// The places of the sentences of each piece.
    fn run(&mut self, progress: &mut Progress) -> Result<Outcome, Stopped> {
        let silence = self.prior.len() - 1;
        let mut models = self.prior.clone();
        models[silence] = silence::learn(self.rows, &self.voice, &self.prior, &self.spread);
        let mut spans = self.overview(&models, overview::FIRST_GAP, progress)?;
        let mut places = Vec::new();
        let mut likeness = None;
        let mut learner = Learner::new(Models::new());
        for lap in 0..LAPS {
            let shares = if lap == 0 {
                let one = |(class, mixture): (usize, &Vec<_>)| {
                    if class == silence {
                        mixture.clone()
                    } else {
                        mixture[..1].to_vec()
                    }
                };
                models.iter().enumerate().map(one).collect()
            } else {
                models = learner.models(&self.prior, PRIOR_WEIGHT, &self.spread);
                let most = if lap < SECOND_LOOK_AFTER { 1 } else { 2 };
                split(&models, &learner, most, 4)
            };
            learner = Learner::new(shares);
            places = self.round(lap, &models, &spans, &places, &mut learner, progress)?;
            spans = places
                .iter()
                .zip(&self.pieces)
                .map(|(p, part)| filled(p, part))
                .collect();
            if lap == SECOND_LOOK_AFTER {
                let models = learner.models(&self.prior, PRIOR_WEIGHT, &self.spread);
                let all: Vec<Span> = places.iter().flatten().filter_map(|p| p.span).collect();
                let scorer = Scorer::new(&models);
                let found = Likeness::new(self.rows, &self.voice, &scorer, &all);
                self.voice.set_foreign(&found);
                likeness = Some(found);
                spans = self.overview(&models, overview::SECOND_GAP, progress)?;
            }
        }
        Ok(Outcome {
            places,
            likeness,
            models,
        })
    }

    fn measured<'m>(&'m self, found: &'m Outcome) -> Measured<'m> {
        Measured {
            asked: self.asked,
            pieces: self.all,
            places: &found.places,
            phones: &self.lengths,
            voice: &self.voice,
            likeness: found.likeness.as_ref(),
        }
    }

    /// Places of sentences that are spoken in another order than they are written in.
    fn elsewhere(
        &self,
        found: &Outcome,
        words: impl Fn(usize) -> Vec<Word>,
        progress: &mut Progress,
    ) -> Result<Vec<(usize, Place)>, Stopped> {
        let measured = self.measured(found);
        let norm = measured.norm();
        let (sought, speech) = measured.sought(&norm, moved::LEAST, moved::AROUND);
        let there = Elsewhere {
            rows: self.rows,
            voice: &self.voice,
            models: &found.models,
            gap: gap_cost(mean_cost(&found.places), 0.75),
        };
        there.look(&sought, words, &speech, &norm, progress)
    }

    fn round(
        &self,
        lap: usize,
        models: &Models,
        spans: &[Vec<Span>],
        before: &[Vec<Place>],
        learner: &mut Learner,
        progress: &mut Progress,
    ) -> Result<Vec<Vec<Place>>, Stopped> {
        let mean = mean_cost(before);
        let is_fast = lap < FAST_LAPS;
        let hop = if is_fast { 2 } else { 1 };
        let share = lap as f32 / (LAPS - 1) as f32;
        let is_wide = lap == SECOND_LOOK_AFTER + 1;
        let over = if lap < FIRM_LAPS { 1.0 } else { 0.75 };
        let skip = if lap < FIRM_LAPS { 400.0 } else { 150.0 };
        let plan = Plan {
            hop,
            reach: if is_wide {
                1200.0
            } else {
                1200.0 - 800.0 * share
            },
            gap: if lap == 0 { 4.5 } else { gap_cost(mean, over) },
            skip: skip / hop as f32,
        };
        let scorer = Scorer::new(models);
        let is_judged = lap >= JUDGED_FROM;
        let doubted = |places: &Vec<Place>| {
            let doubted = places.iter().map(|p| is_judged && doubt(p) > 1.0);
            doubted.collect()
        };
        let doubted: Vec<Vec<bool>> = before.iter().map(doubted).collect();
        let parts = self.pieces.iter().zip(spans).enumerate();
        parts
            .map(|(i, (part, spans))| {
                let scene = Scene {
                    rows: self.rows,
                    voice: &self.voice,
                    stretch: part.piece.stretch.clone(),
                    chain: if is_fast { &part.fast } else { &part.exact },
                    doubted: doubted.get(i).map_or(&[], Vec::as_slice),
                };
                round(&scene, &scorer, spans, &plan, learner, progress)
            })
            .collect()
    }

    /// Where the sentences are, roughly.
    fn overview(
        &self,
        models: &Models,
        gap: f32,
        progress: &mut Progress,
    ) -> Result<Vec<Vec<Span>>, Stopped> {
        let scorer = Scorer::new(models);
        let look = |part: &Part| {
            let stretch = part.piece.stretch.clone();
            if part.piece.is_fixed {
                progress.step(stretch.len())?;
                return Ok(vec![(stretch.start as f32, stretch.end as f32)]);
            }
            let found = overview::look(
                self.rows,
                &self.voice,
                &scorer,
                &part.words,
                stretch,
                gap,
                progress,
            )?;
            let places: Vec<Place> = found
                .into_iter()
                .map(|span| Place {
                    span,
                    ..Place::default()
                })
                .collect();
            Ok(filled(&places, part))
        };
        self.pieces.iter().map(look).collect()
    }
}

/// Sentences that are left out stand where the one before them ends.
fn filled(places: &[Place], part: &Part) -> Vec<Span> {
    let start = part.piece.stretch.start as f32;
    let mut last = start;
    places
        .iter()
        .map(|place| {
            let span = place.span.unwrap_or((last, last));
            last = span.1;
            span
        })
        .collect()
}

/// What a frame of a gap costs where one of a sentence costs so much.
fn gap_cost(mean: f32, over: f32) -> f32 {
    (mean + over).clamp(2.8, 5.0)
}

fn mean_cost(places: &[Vec<Place>]) -> f32 {
    let all = places.iter().flatten();
    let (cost, frames) = all.fold((0.0, 0.0), |sum, p| (sum.0 + p.cost, sum.1 + p.frames));
    if frames > 0.0 { cost / frames } else { 3.0 }
}
