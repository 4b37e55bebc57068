//! The cheapest way through a chain within a band of states, frame by frame (Viterbi, 1967).
//!
//! Ways that are cheapest up to different states have a common past; what lies far enough back
//! is settled and given away, so that memory does not grow with the recording.
use super::chain::{Chain, NEVER};

/// Frames between two looks back.
const STRIDE: usize = 2000;
/// Frames that stay open at a look back.
const OPEN: usize = 4000;
/// Costs are brought back to small numbers after so many frames.
const RESET: usize = 256;

const STAY: u8 = 0;
const STEP: u8 = 1;
const LEAP: u8 = 2;
const FAR: u8 = 3;

/// Where the states of a frame came from.
struct Frame {
    /// First state of the band.
    low: usize,
    /// Where its two bits a state begin.
    codes: usize,
    /// Where its choices begin, first those of the gaps, then those of the detours.
    choices: usize,
    first_gap: usize,
    gaps: usize,
    first_detour: usize,
}

/// Walks along a chain; frames are pushed one after the other.
pub struct Walk<'a> {
    chain: &'a Chain,
    /// What leaving a sentence out costs.
    skip: f32,
    /// Cost up to each state; two unreachable states stand before the first.
    now: Vec<f32>,
    next: Vec<f32>,
    due: Vec<f32>,
    /// For how many frames the way to a state has been in it.
    held: Vec<f32>,
    next_held: Vec<f32>,
    codes: Vec<u8>,
    /// Of all open frames, one after the other.
    packed: Vec<u8>,
    choices: Vec<u8>,
    open: Vec<Frame>,
    band: (usize, usize),
    frames: usize,
}

impl<'a> Walk<'a> {
    pub fn new(chain: &'a Chain, skip: f32) -> Self {
        let states = chain.len();
        Self {
            chain,
            skip,
            now: vec![NEVER; states + 2],
            next: vec![NEVER; states + 2],
            due: vec![0.0; states],
            held: vec![0.0; states],
            next_held: vec![0.0; states],
            codes: Vec::new(),
            packed: Vec::new(),
            choices: Vec::new(),
            open: Vec::new(),
            band: (0, 0),
            frames: 0,
        }
    }

    /// The next frame: costs by class, and which states it may be. Neither end of the band ever
    /// goes back. Settled states are appended to `path`.
    pub fn push(&mut self, costs: &[f32], band: (usize, usize), path: &mut Vec<u32>) {
        let (low, high) = band;
        let classes = &self.chain.class[low..high];
        for (due, class) in self.due[low..high].iter_mut().zip(classes) {
            *due = costs[usize::from(*class)];
        }
        self.codes.clear();
        self.codes.resize((high - low).next_multiple_of(4), STAY);
        let gaps = self.chain.gaps_within(low, high);
        self.open.push(Frame {
            low,
            first_gap: gaps.start,
            gaps: gaps.len(),
            codes: self.packed.len(),
            choices: self.choices.len(),
            first_detour: self.chain.detours_within(low, high).start,
        });
        if self.frames == 0 {
            self.begin(low, high);
        } else {
            self.advance(low, high);
            self.skips(low, high);
            self.detours(low, high);
        }
        self.now[self.band.0 + 2..self.band.1 + 2].fill(NEVER);
        std::mem::swap(&mut self.now, &mut self.next);
        std::mem::swap(&mut self.held, &mut self.next_held);
        self.band = band;
        let (codes, _) = self.codes.as_chunks::<4>();
        self.packed.extend(
            codes
                .iter()
                .map(|c| c[0] | c[1] << 2 | c[2] << 4 | c[3] << 6),
        );
        self.frames += 1;
        if self.frames.is_multiple_of(RESET) {
            self.reset();
        }
        if self.open.len() >= STRIDE + OPEN {
            self.settle(OPEN, path);
        }
    }

    /// The first frame is a gap; sentences may be left out before it.
    fn begin(&mut self, low: usize, high: usize) {
        self.next[low + 2..high + 2].fill(NEVER);
        let mut skipped = 0.0;
        for j in self.chain.gaps_within(low, high) {
            let gap = self.chain.gaps[j] as usize;
            self.next[gap + 2] = skipped + self.due[gap];
            skipped += self.skip;
        }
    }

    fn advance(&mut self, low: usize, high: usize) {
        let chain = self.chain;
        let n = high - low;
        let same = &self.now[low + 2..][..n];
        let one = &self.now[low + 1..][..n];
        let two = &self.now[low..][..n];
        let stay = &chain.stay[low..][..n];
        let step = &chain.step[low..][..n];
        let leap = &chain.leap[low..][..n];
        let over = &chain.over[low..][..n];
        let due = &self.due[low..][..n];
        let held = &self.held[low..][..n];
        let next_held = &mut self.next_held[low..][..n];
        let next = &mut self.next[low + 2..][..n];
        let codes = &mut self.codes[..n];
        let patience = chain.shape.patience;
        for s in 0..n {
            let long = if held[s] >= patience { over[s] } else { 0.0 };
            let stayed = same[s] + stay[s] + long;
            let stepped = one[s] + step[s];
            let leapt = two[s] + leap[s];
            let moved = if leapt < stepped { leapt } else { stepped };
            let how = if leapt < stepped { LEAP } else { STEP };
            let stays = stayed <= moved;
            codes[s] = if stays { STAY } else { how };
            next_held[s] = if stays { held[s] + 1.0 } else { 0.0 };
            next[s] = due[s] + if stays { stayed } else { moved };
        }
    }

    /// From a gap of the frame before to the next gap, without the sentence between them, and
    /// from the ends of a sentence that do not stand right before its gap.
    fn skips(&mut self, low: usize, high: usize) {
        for j in self.chain.gaps_within(low, high) {
            let Some(before) = j.checked_sub(1) else {
                self.choices.push(0);
                continue;
            };
            let gap = self.chain.gaps[j] as usize;
            let mut choice = 0;
            let mut best = self.now[self.chain.gaps[before] as usize + 2] + self.skip;
            for (i, end) in self.chain.ends[before].iter().enumerate() {
                let end = *end as usize;
                if self.now[end + 2] < best {
                    best = self.now[end + 2];
                    choice = i as u8 + 1;
                }
            }
            self.choices.push(choice);
            if best + self.due[gap] < self.next[gap + 2] {
                self.next[gap + 2] = best + self.due[gap];
                self.codes[gap - low] = FAR;
            }
        }
    }

    fn detours(&mut self, low: usize, high: usize) {
        let chain = self.chain;
        for detour in &chain.detours[chain.detours_within(low, high)] {
            let to = detour.to as usize;
            let costs = detour.from.iter().map(|from| self.now[*from as usize + 2]);
            let best = costs.enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
            let (choice, cost) = best.unwrap_or((0, NEVER));
            self.choices.push(choice as u8);
            // A pause costs the same however it is entered.
            let enter = if chain.class[to] == chain.shape.silence {
                chain.step[to]
            } else {
                0.0
            };
            let cost = cost + enter + self.due[to];
            if cost < self.next[to + 2] {
                self.next[to + 2] = cost;
                self.next_held[to] = 0.0;
                self.codes[to - low] = FAR;
            }
        }
    }

    fn reset(&mut self) {
        let costs = &mut self.now[self.band.0 + 2..self.band.1 + 2];
        let least = costs.iter().copied().fold(NEVER, f32::min);
        for cost in costs {
            *cost = (*cost - least).min(NEVER);
        }
    }

    /// Gives the states of all frames but the last `keep` away.
    fn settle(&mut self, keep: usize, path: &mut Vec<u32>) {
        let (low, high) = self.band;
        let ends = &self.now[low + 2..high + 2];
        let best = (0..ends.len()).min_by(|a, b| ends[*a].total_cmp(&ends[*b]));
        self.settle_from(low + best.unwrap_or_default(), keep, path);
    }

    fn settle_from(&mut self, mut state: usize, keep: usize, path: &mut Vec<u32>) {
        let settled = self.open.len().saturating_sub(keep);
        let begin = path.len();
        path.resize(begin + settled, 0);
        for (at, frame) in self.open.iter().enumerate().rev() {
            if at < settled {
                path[begin + at] = state as u32;
            }
            let off = state.saturating_sub(frame.low);
            let code = self.packed[frame.codes + off / 4] >> (off % 4 * 2) & 3;
            state = match code {
                STEP => state.saturating_sub(1),
                LEAP => state.saturating_sub(2),
                FAR => self.far(frame, state),
                _ => state,
            };
        }
        let cut = self.open.get(settled);
        let (codes, choices) = cut.map_or((self.packed.len(), self.choices.len()), |frame| {
            (frame.codes, frame.choices)
        });
        self.packed.drain(..codes);
        self.choices.drain(..choices);
        self.open.drain(..settled);
        for frame in &mut self.open {
            frame.codes -= codes;
            frame.choices -= choices;
        }
    }

    fn far(&self, frame: &Frame, state: usize) -> usize {
        let chain = self.chain;
        if chain.is_gap(state) {
            let j = chain.sentence[state] as usize;
            let choice = self.choices[frame.choices + j - frame.first_gap];
            let before = j.saturating_sub(1);
            let end = usize::from(choice)
                .checked_sub(1)
                .and_then(|i| chain.ends[before].get(i));
            return *end.unwrap_or(&chain.gaps[before]) as usize;
        }
        let detour = chain.detours.partition_point(|d| (d.to as usize) < state);
        let at = frame.choices + frame.gaps + detour - frame.first_detour;
        chain.detours[detour].from[usize::from(self.choices[at])] as usize
    }

    /// After the last frame: its state is the chain's last one if that can be reached.
    pub fn finish(mut self, path: &mut Vec<u32>) {
        if self.open.is_empty() {
            return;
        }
        let last = self.chain.len() - 1;
        if self.now[last + 2] < NEVER / 2.0 && self.band.1 == last + 1 {
            self.settle_from(last, 0, path);
        } else {
            self.settle(0, path);
        }
    }
}
