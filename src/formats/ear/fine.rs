//! One round of the exact alignment: the cheapest way near where the sentences were last seen,
//! and what can be learnt from it about the speaker.
use std::ops::Range;

use super::DIMS;
use super::chain::Chain;
use super::learn::Learner;
use super::progress::{Progress, Stopped};
use super::rows::{Row, Rows};
use super::scores::Scorer;
use super::voice::Voice;
use super::walk::Walk;

/// Frames that are scored together.
const BLOCK: usize = 64;
/// Phones in frames without any voice nearby cost this more.
const UNVOICED: f32 = 1.0;
/// Phones in frames of music or noise cost this more.
pub const FOREIGN: f32 = 3.0;
/// Below this share of voice a gap is quiet and costs less.
const QUIET: f32 = 0.3;
const QUIET_SHARE: f32 = 0.7;
/// What a frame of an unknown phone costs.
pub const ANY_COST: f32 = 2.2;
/// So near its end everything that is left of the script may follow.
const END_FRAMES: usize = 200;
/// A frame of a gap of which that costs less may teach what silence is. Notes of music should,
/// speech that the script does not have must not.
const SILENT_COST: f32 = 4.0;

/// Frames of phones that are the beginning of a sentence.
const HEAD_FRAMES: f32 = 60.0;

/// From where to where, in frames of 10 ms.
pub type Span = (f32, f32);

/// How a round looks.
pub struct Plan {
    /// Frames of 10 ms a step.
    pub hop: usize,
    /// How far from its last place a state may be, in frames of 10 ms.
    pub reach: f32,
    /// What a frame of voice without a sentence costs.
    pub gap: f32,
    /// What leaving a sentence out costs.
    pub skip: f32,
}

/// A recording and the stretch of it that is looked at, in frames of 10 ms.
pub struct Scene<'a> {
    pub rows: &'a Rows<'a>,
    pub voice: &'a Voice,
    pub stretch: Range<usize>,
    pub chain: &'a Chain,
    /// Sentences whose places are in doubt, and teach nothing.
    pub doubted: &'a [bool],
}

/// What a round found of a sentence.
#[derive(Clone, Copy, Default)]
pub struct Place {
    /// Nothing if it is left out.
    pub span: Option<Span>,
    /// Sum of the costs of the frames of its phones, and their number.
    pub cost: f32,
    pub frames: f32,
    /// The same of its beginning alone.
    pub head_cost: f32,
    pub head_frames: f32,
}

/// Looks for the sentences of the chain near `spans`, which rise; what they teach goes to
/// `learner`.
pub fn round(
    scene: &Scene,
    scorer: &Scorer,
    spans: &[Span],
    plan: &Plan,
    learner: &mut Learner,
    progress: &mut Progress,
) -> Result<Vec<Place>, Stopped> {
    let classes = scorer.classes();
    let (silence, gap, any) = (classes - 1, classes, classes + 1);
    let stride = classes + 2;
    let steps = scene.stretch.len() / plan.hop;
    let mut bands = Bands::new(scene, spans, plan);
    let mut walk = Walk::new(scene.chain, plan.skip);
    let mut tally = Tally::new(scene, plan, learner, stride);
    let mut path = Vec::new();
    for block in (0..steps).step_by(BLOCK) {
        let count = BLOCK.min(steps - block);
        let first = scene.stretch.start + block * plan.hop;
        let (rows, costs) = tally.room(count);
        scene.rows.read(first, plan.hop, rows);
        scorer.costs(rows, stride, costs);
        for (i, costs) in costs.chunks_exact_mut(stride).enumerate() {
            let frame = first + i * plan.hop;
            let foreign = if scene.voice.is_foreign[frame] {
                FOREIGN
            } else {
                0.0
            };
            let unvoiced = UNVOICED * (1.0 - scene.voice.near[frame]) + foreign;
            for cost in &mut costs[..silence] {
                *cost += unvoiced;
            }
            let quiet = scene.voice.here[frame] < QUIET;
            let foreign = if quiet {
                QUIET_SHARE * plan.gap
            } else {
                plan.gap
            };
            costs[gap] = costs[silence].min(foreign);
            costs[any] = ANY_COST + unvoiced;
            let is_end = block + i + END_FRAMES / plan.hop >= steps;
            walk.push(costs, bands.at(frame as f32, is_end), &mut path);
        }
        tally.take(&path);
        progress.step(count * plan.hop)?;
    }
    walk.finish(&mut path);
    tally.take(&path);
    Ok(tally.places)
}

/// Which states a frame may be in.
struct Bands {
    /// From when and until when each state is expected; both rise. A gap lasts from the end of
    /// one sentence to the start of the next.
    opens: Vec<f32>,
    closes: Vec<f32>,
    reach: f32,
    low: usize,
    high: usize,
}

impl Bands {
    fn new(scene: &Scene, spans: &[Span], plan: &Plan) -> Self {
        let chain = scene.chain;
        let (mut opens, mut closes) = (Vec::new(), Vec::new());
        let mut latest = scene.stretch.start as f32;
        for state in 0..chain.len() {
            if chain.is_gap(state) {
                opens.push(latest);
            }
            let at = match spans.get(chain.sentence[state] as usize) {
                Some((start, end)) => start + (end - start) * chain.passed[state],
                None => scene.stretch.end as f32,
            };
            latest = latest.max(at);
            if !chain.is_gap(state) {
                opens.push(latest);
            }
            closes.push(latest);
        }
        Self {
            opens,
            closes,
            reach: plan.reach,
            low: 0,
            high: 0,
        }
    }

    fn at(&mut self, frame: f32, is_end: bool) -> (usize, usize) {
        let states = self.opens.len();
        while self.low + 1 < states && self.closes[self.low] < frame - self.reach {
            self.low += 1;
        }
        while self.high < states && self.opens[self.high] <= frame + self.reach {
            self.high += 1;
        }
        self.high = self.high.max(self.low + 1);
        if is_end {
            self.high = states;
        }
        (self.low, self.high)
    }
}

/// Adds up what the settled frames say.
struct Tally<'a> {
    scene: &'a Scene<'a>,
    plan: &'a Plan,
    learner: &'a mut Learner,
    stride: usize,
    /// Of frames whose states are not settled yet.
    rows: Vec<Row>,
    costs: Vec<f32>,
    settled: usize,
    places: Vec<Place>,
    /// The last state, and for how many steps it has lasted.
    held: (u32, usize),
}

impl<'a> Tally<'a> {
    fn new(scene: &'a Scene, plan: &'a Plan, learner: &'a mut Learner, stride: usize) -> Self {
        Self {
            places: vec![Place::default(); scene.chain.sentences()],
            scene,
            plan,
            learner,
            stride,
            rows: Vec::new(),
            costs: Vec::new(),
            settled: 0,
            held: (u32::MAX, 0),
        }
    }

    fn room(&mut self, count: usize) -> (&mut [Row], &mut [f32]) {
        let (rows, costs) = (self.rows.len(), self.costs.len());
        self.rows.resize(rows + count, [0.0; DIMS]);
        self.costs.resize(costs + count * self.stride, 0.0);
        (&mut self.rows[rows..], &mut self.costs[costs..])
    }

    fn take(&mut self, path: &[u32]) {
        let rows = std::mem::take(&mut self.rows);
        let costs = std::mem::take(&mut self.costs);
        let count = path.len() - self.settled;
        let lines = rows.iter().zip(costs.chunks_exact(self.stride));
        for (state, (row, costs)) in path[self.settled..].iter().zip(lines) {
            self.add(*state, row, costs);
        }
        (self.rows, self.costs) = (rows, costs);
        self.rows.drain(..count);
        self.costs.drain(..count * self.stride);
    }

    fn add(&mut self, state: u32, row: &Row, costs: &[f32]) {
        let chain = self.scene.chain;
        let at = self.scene.stretch.start + self.settled * self.plan.hop;
        self.settled += 1;
        self.held = match self.held {
            (same, steps) if same == state => (state, steps + 1),
            _ => (state, 1),
        };
        let silence = self.stride - 3;
        let class = usize::from(chain.class[state as usize]);
        if chain.is_gap(state as usize) {
            if costs[silence] < SILENT_COST || self.scene.voice.near[at] < QUIET {
                self.learner.add(silence, row);
            }
            return;
        }
        let sentence = chain.sentence[state as usize] as usize;
        let place = &mut self.places[sentence];
        let end = (at + self.plan.hop) as f32;
        place.span.get_or_insert((at as f32, end)).1 = end;
        if class == silence {
            self.learner.add(silence, row);
            return;
        }
        place.cost += costs[class];
        place.frames += 1.0;
        if place.frames <= HEAD_FRAMES {
            place.head_cost = place.cost;
            place.head_frames = place.frames;
        }
        // What holds on for too long is no phone, and no phone may learn from it.
        let doubted = self.scene.doubted.get(sentence).is_some_and(|d| *d);
        if class < silence && !doubted && self.held.1 as f32 <= chain.shape.patience {
            self.learner.add(class, row);
        }
    }
}
