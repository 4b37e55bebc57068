//! The script as a chain of states: what may follow what, and at which cost.
//!
//! Before each sentence and after the last stands a gap, any sound at all. A state is reached
//! from itself, from the one before it and from the one before that, so that all of them can be
//! advanced at once. What does not fit into that are few arcs: from a gap to the next one, which
//! leaves the sentence between them out, and around the other ways to say a word.
use std::ops::Range;

/// No way.
pub const NEVER: f32 = 1e30;

/// A word: one way to say it or several, each a list of phones.
pub type Word = Vec<Vec<u16>>;

/// What a chain is built with.
#[derive(Clone, Copy)]
pub struct Shape {
    /// States of a phone, 1 or 3; their classes are `phone * states + state`.
    pub states: usize,
    /// Cost of passing over a phone (with one state) or a state of it (with three).
    pub leap: f32,
    /// Cost of a pause after a word, and of each step of it.
    pub pause: f32,
    pub pause_step: f32,
    /// For how many steps a state may hold on for nothing, and what each further one costs:
    /// no phone is a note of music.
    pub patience: f32,
    pub over: f32,
    /// The phone of which nothing is known but that it is one; it has one class, `any_class`.
    pub any: u16,
    pub any_class: u16,
    /// Classes of what is no phone.
    pub silence: u16,
    pub gap: u16,
}

/// States that are also reached from elsewhere.
pub struct Detour {
    pub to: u32,
    /// Where from.
    pub from: Vec<u32>,
}

/// States in the order of the script.
pub struct Chain {
    pub shape: Shape,
    /// The column of the costs that each state pays from.
    pub class: Vec<u16>,
    /// What it costs to come from the same state, from the one before, from two before.
    pub stay: Vec<f32>,
    pub step: Vec<f32>,
    pub leap: Vec<f32>,
    /// What holding on for too long costs a step.
    pub over: Vec<f32>,
    /// Which sentence a state belongs to; a gap belongs to the one after it.
    pub sentence: Vec<u32>,
    /// How much of its sentence lies before the state, 0 to 1.
    pub passed: Vec<f32>,
    /// States of the gaps, one more than sentences.
    pub gaps: Vec<u32>,
    /// States with which each sentence may end.
    pub ends: Vec<Vec<u32>>,
    /// By `to`; without those into gaps.
    pub detours: Vec<Detour>,
}

impl Chain {
    pub fn new(sentences: &[&[Word]], shape: Shape) -> Self {
        let mut chain = Self {
            shape,
            class: Vec::new(),
            stay: Vec::new(),
            step: Vec::new(),
            leap: Vec::new(),
            over: Vec::new(),
            sentence: Vec::new(),
            passed: Vec::new(),
            gaps: Vec::new(),
            ends: Vec::new(),
            detours: Vec::new(),
        };
        for (j, words) in sentences.iter().enumerate() {
            chain.gap(j);
            chain.sentence(j, words);
        }
        chain.gap(sentences.len());
        chain
    }

    pub fn len(&self) -> usize {
        self.class.len()
    }

    /// How many sentences there are.
    pub fn sentences(&self) -> usize {
        self.gaps.len() - 1
    }

    /// States of the sentence without its gap.
    pub fn states_of(&self, sentence: usize) -> Range<usize> {
        self.gaps[sentence] as usize + 1..self.gaps[sentence + 1] as usize
    }

    pub fn is_gap(&self, state: usize) -> bool {
        self.class[state] == self.shape.gap
    }

    /// Which of the gaps lie within a range of states.
    pub fn gaps_within(&self, low: usize, high: usize) -> Range<usize> {
        let before = |bound: usize| self.gaps.partition_point(|gap| (*gap as usize) < bound);
        before(low)..before(high)
    }

    /// Which of the detours lead into a range of states.
    pub fn detours_within(&self, low: usize, high: usize) -> Range<usize> {
        let before = |bound: usize| self.detours.partition_point(|d| (d.to as usize) < bound);
        before(low)..before(high)
    }

    fn gap(&mut self, j: usize) {
        self.gaps.push(self.class.len() as u32);
        let step = if j == 0 { NEVER } else { 0.0 };
        self.push(self.shape.gap, 0.0, step, NEVER, j, 0.0);
    }

    fn sentence(&mut self, j: usize, words: &[Word]) {
        let phones = |word: &Word| word.first().map_or(0, Vec::len) as f32;
        let total = words.iter().map(phones).sum::<f32>().max(1.0);
        let mut before = 0.0;
        // What the next word may follow directly, and the gap or pause between them.
        let mut ends: Vec<u32> = Vec::new();
        let mut entry = self.gaps[j];
        for (w, word) in words.iter().enumerate() {
            if w > 0 {
                entry = self.pause(j, before / total, &ends);
            }
            let share = phones(word) / total;
            ends = self.word(
                j,
                word,
                entry,
                &ends,
                before / total..before / total + share,
            );
            before += phones(word);
        }
        self.ends.push(ends);
    }

    fn pause(&mut self, j: usize, passed: f32, ends: &[u32]) -> u32 {
        let Shape {
            silence,
            pause,
            pause_step,
            ..
        } = self.shape;
        let at = self.push(silence, pause_step, pause, NEVER, j, passed);
        self.detour(at, ends, &[at.wrapping_sub(1)]);
        at
    }

    /// Gives the states that end it.
    fn word(
        &mut self,
        j: usize,
        word: &Word,
        entry: u32,
        before: &[u32],
        part: Range<f32>,
    ) -> Vec<u32> {
        let shape = self.shape;
        let mut ends = Vec::with_capacity(word.len());
        for (v, phones) in word.iter().enumerate() {
            let each = (part.end - part.start) / phones.len().max(1) as f32;
            let mut first = None;
            for (i, phone) in phones.iter().enumerate() {
                for state in 0..shape.states {
                    let passed = i as f32 + state as f32 / shape.states as f32;
                    let class = if *phone == shape.any {
                        shape.any_class
                    } else {
                        *phone * shape.states as u16 + state as u16
                    };
                    let nth = i * shape.states + state;
                    let (step, leap) = match (v, nth) {
                        // Over the pause; the gap is not left without a frame in it.
                        (0, 0) => (0.0, if before.is_empty() { NEVER } else { 0.0 }),
                        (0, 1) => (0.0, shape.leap),
                        (_, 0) => (NEVER, NEVER),
                        (_, 1) => (0.0, NEVER),
                        _ => (0.0, shape.leap),
                    };
                    let passed = part.start + passed * each;
                    let at = self.push(class, 0.0, step, leap, j, passed);
                    first.get_or_insert(at);
                }
            }
            let Some(first) = first else { continue };
            if v == 0 {
                self.detour(first, before, &[first.wrapping_sub(2)]);
            } else {
                let all: Vec<u32> = before.iter().copied().chain([entry]).collect();
                self.detour(first, &all, &[]);
            }
            ends.push(self.class.len() as u32 - 1);
        }
        ends
    }

    /// Ways into a state from those that do not stand right before it.
    fn detour(&mut self, to: u32, from: &[u32], except: &[u32]) {
        let from: Vec<u32> = from
            .iter()
            .copied()
            .filter(|f| !except.contains(f))
            .collect();
        if !from.is_empty() {
            self.detours.push(Detour { to, from });
        }
    }

    fn push(&mut self, class: u16, stay: f32, step: f32, leap: f32, j: usize, passed: f32) -> u32 {
        let shape = &self.shape;
        let is_phone = class != shape.gap && class != shape.silence;
        self.over.push(if is_phone { shape.over } else { 0.0 });
        self.class.push(class);
        self.stay.push(stay);
        self.step.push(step);
        self.leap.push(leap);
        self.sentence.push(j as u32);
        self.passed.push(passed);
        self.class.len() as u32 - 1
    }
}
