//! How the table of phones is made: from sentences that a synthesiser spoke, whose words and
//! places are known.
use std::ops::ControlFlow;

use super::DIMS;
use super::align::exact_shape;
use super::chain::{Chain, NEVER, Word};
use super::fine::{Plan, Scene, Span, round};
use super::heard::Heard;
use super::learn::{Learner, split};
use super::models::{Gaussian, Models};
use super::progress::Progress;
use super::reading::{self, Phone};
use super::rows::Rows;
use super::scores::Scorer;
use super::table::{STATES, Table};
use super::voice::Voice;

/// How far from its first place a state may be, in frames of 10 ms.
const REACH: f32 = 60.0;
const ROUNDS: usize = 6;
/// From this round on phones get mixtures.
const MIXED_FROM: usize = 3;
/// Gaussians of a state, and of silence.
const MIXTURE: usize = 2;
const SILENCE: usize = 4;

/// A sentence of a lesson.
pub struct Spoken {
    /// Its words.
    pub words: Vec<reading::Word>,
    /// Where it is spoken, in milliseconds.
    pub start_ms: u64,
    /// After `start_ms`.
    pub end_ms: u64,
}

/// One voice reading sentences.
pub struct Lesson {
    /// What was heard.
    pub heard: Heard,
    /// In the order in which they are spoken.
    pub sentences: Vec<Spoken>,
}

/// Makes a table, as the bytes that are built in. `watch` hears the mean cost of a frame after
/// each round, which falls.
pub fn train(lessons: &[Lesson], watch: &mut dyn FnMut(f32)) -> Vec<u8> {
    let classes = Phone::COUNT * STATES + 1;
    let wide: Models = vec![vec![Gaussian::wide()]; classes];
    let unit = [1.0; DIMS];
    let pupils: Vec<Pupil> = lessons.iter().map(|l| Pupil::new(l, classes)).collect();
    let mut learner = Learner::new(wide.clone());
    for pupil in &pupils {
        pupil.guess(&mut learner, classes - 1);
    }
    let mut models = learner.models(&wide, 0.0, &unit);
    for lap in 0..ROUNDS {
        let (most, between) = if lap < MIXED_FROM {
            (1, 1)
        } else {
            (MIXTURE, SILENCE)
        };
        let shares = split(&models, &learner, most, between);
        learner = Learner::new(shares);
        let scorer = Scorer::new(&models);
        let costs = pupils
            .iter()
            .map(|pupil| pupil.round(&scorer, &mut learner));
        watch(costs.sum::<f32>() / pupils.len() as f32);
        models = learner.models(&wide, 0.0, &unit);
    }
    Table { models }.to_bytes()
}

struct Pupil<'a> {
    rows: Rows<'a>,
    voice: Voice,
    chain: Chain,
    spans: Vec<Span>,
}

impl<'a> Pupil<'a> {
    fn new(lesson: &'a Lesson, classes: usize) -> Self {
        let sentences: Vec<Vec<Word>> = lesson.sentences.iter().map(|s| words(&s.words)).collect();
        let sentences: Vec<&[Word]> = sentences.iter().map(Vec::as_slice).collect();
        let frame = |ms: u64| ms as f32 / 10.0;
        let spans: Vec<Span> = lesson
            .sentences
            .iter()
            .map(|s| (frame(s.start_ms), frame(s.end_ms)))
            .collect();
        let mut voice = vec![0.0; lesson.heard.frames().len()];
        for (start, end) in &spans {
            let end = (*end as usize).min(voice.len());
            voice[*start as usize..end].fill(1.0);
        }
        Self {
            rows: Rows::new(&lesson.heard),
            voice: Voice::new(voice),
            chain: Chain::new(&sentences, exact_shape(classes)),
            spans,
        }
    }

    /// At first every state of a sentence gets the same share of it.
    fn guess(&self, learner: &mut Learner, silence: usize) {
        let mut row = [[0.0; DIMS]];
        let voice = self.voice.here.iter().enumerate();
        for (frame, _) in voice.filter(|(_, voice)| **voice < 0.5) {
            self.rows.read(frame, 1, &mut row);
            learner.add(silence, &row[0]);
        }
        for (j, (start, end)) in self.spans.iter().enumerate() {
            let classes: Vec<usize> = self
                .chain
                .states_of(j)
                .map(|s| usize::from(self.chain.class[s]))
                .filter(|class| *class < silence)
                .collect();
            let (first, end) = (*start as usize, (*end as usize).min(self.voice.here.len()));
            for frame in first..end {
                let at = (frame - first) * classes.len() / (end - first);
                self.rows.read(frame, 1, &mut row);
                if let Some(class) = classes.get(at) {
                    learner.add(*class, &row[0]);
                }
            }
        }
    }

    /// Gives the mean cost of a frame.
    fn round(&self, scorer: &Scorer, learner: &mut Learner) -> f32 {
        let scene = Scene {
            rows: &self.rows,
            voice: &self.voice,
            stretch: 0..self.voice.here.len(),
            chain: &self.chain,
            doubted: &[],
        };
        let plan = Plan {
            hop: 1,
            reach: REACH,
            gap: NEVER,
            skip: NEVER,
        };
        let watch = &mut |_| ControlFlow::Continue(());
        let mut progress = Progress::new(scene.stretch.len(), watch);
        let places = round(&scene, scorer, &self.spans, &plan, learner, &mut progress);
        // Nobody stops it.
        let places = places.unwrap_or_default();
        let cost: f32 = places.iter().map(|place| place.cost).sum();
        let frames: f32 = places.iter().map(|place| place.frames).sum();
        cost / frames.max(1.0)
    }
}

fn words(read: &[reading::Word]) -> Vec<Word> {
    // The synthesiser has its own mind; the likeliest way is what is taught.
    let phones = |word: &reading::Word| -> Vec<u16> {
        let first = word.variants.first().map(Vec::as_slice).unwrap_or_default();
        first.iter().map(|phone| phone.index() as u16).collect()
    };
    read.iter().map(|word| vec![phones(word)]).collect()
}
