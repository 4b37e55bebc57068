//! Where each sentence is, roughly: one look at the whole recording and the whole script.
//!
//! A state a phone and frames of 40 ms or more. Of the way only the sentences' ends are kept:
//! when a sentence that ends now was entered, and where a gap was entered from. What lies far
//! enough back is settled, so that memory does not grow with the recording; and of a long script
//! only what lies near the best way so far is looked at, so that work grows no faster than it.
use super::chain::{Chain, NEVER};

/// Ways that cost this much more than the best one are given up.
const BEAM: f32 = 9000.0;
/// So many states before and behind the best way may be alive: a script of 25 minutes.
const WINDOW: usize = 6000;
/// Leaving any number of sentences out in a row costs this at most, in sentences.
const MOST_SKIPS: f32 = 4.0;
/// Costs are brought back to small numbers after so many frames.
const RESET: usize = 32;
const FROM_SENTENCE: u16 = u16::MAX;
/// Frames between two looks back, and those that stay open at one.
const STRIDE: usize = 3000;
const OPEN: usize = 6000;

/// One frame of the search, for the gaps that were alive in it.
struct Trace {
    first: u32,
    /// Where each gap was entered from: 0 it was there before, [`FROM_SENTENCE`], or how many
    /// gaps back.
    from: Vec<u16>,
    /// If from its sentence: how many frames that had taken.
    spent: Vec<u16>,
}

/// Searches; frames are pushed one after the other.
pub struct Coarse<'a> {
    chain: &'a Chain,
    skip: f32,
    now: Vec<f32>,
    next: Vec<f32>,
    /// When the way to a state entered its sentence.
    entered: Vec<u32>,
    next_entered: Vec<u32>,
    due: Vec<f32>,
    /// For how many frames the way to a state has been in it.
    held: Vec<f32>,
    next_held: Vec<f32>,
    /// Of the frames from `settled` on.
    traces: Vec<Trace>,
    settled: usize,
    /// From which frame to which each sentence goes, the end excluded.
    spans: Vec<Option<(usize, usize)>>,
    /// Sentences whose gaps and states are alive.
    alive: (usize, usize),
    /// The state of the best way.
    best: usize,
}

impl<'a> Coarse<'a> {
    pub fn new(chain: &'a Chain, skip: f32) -> Self {
        let states = chain.len() + 2;
        Self {
            chain,
            skip,
            now: vec![NEVER; states],
            next: vec![NEVER; states],
            entered: vec![0; states],
            next_entered: vec![0; states],
            due: vec![0.0; states],
            held: vec![0.0; states],
            next_held: vec![0.0; states],
            traces: Vec::new(),
            settled: 0,
            spans: vec![None; chain.sentences()],
            alive: (0, 0),
            best: 0,
        }
    }

    fn gap(&self, j: usize) -> usize {
        self.chain.gaps[j] as usize
    }

    /// The states of the sentences that are alive, with their gaps.
    fn range(&self, first: usize, end: usize) -> (usize, usize) {
        let high = self
            .chain
            .gaps
            .get(end)
            .map_or(self.chain.len(), |gap| *gap as usize);
        (self.gap(first), high)
    }

    /// The next frame: costs by class.
    pub fn push(&mut self, costs: &[f32]) {
        let gaps = self.chain.gaps_within(
            self.best.saturating_sub(WINDOW),
            (self.best + WINDOW).min(self.chain.len()),
        );
        let first = self.alive.0.max(gaps.start);
        let end = self.alive.1.max(gaps.end).max(first + 1);
        let (low, high) = self.range(first, end);
        let (old_low, old_high) = self.range(self.alive.0, self.alive.1);
        self.now[old_low + 2..low.max(old_low) + 2].fill(NEVER);
        let classes = &self.chain.class[low..high];
        for (due, class) in self.due[low..high].iter_mut().zip(classes) {
            *due = costs[usize::from(*class)];
        }
        let mut trace = Trace {
            first: first as u32,
            from: vec![0; end - first],
            spent: vec![0; end - first],
        };
        if self.frames() == 0 {
            for j in first..end {
                let (gap, skipped) = (self.gap(j), (j - first) as f32);
                self.next[gap + 2] = self.due[gap] + self.skip * skipped.min(MOST_SKIPS);
                self.next_entered[gap + 2] = 1;
            }
        } else {
            self.advance(low, high);
            self.detours(low, high);
            self.gaps(first, end, &mut trace);
        }
        self.traces.push(trace);
        self.now[old_low + 2..old_high.max(old_low) + 2].fill(NEVER);
        std::mem::swap(&mut self.now, &mut self.next);
        std::mem::swap(&mut self.entered, &mut self.next_entered);
        std::mem::swap(&mut self.held, &mut self.next_held);
        self.alive = (first, end);
        if self.frames().is_multiple_of(RESET) {
            self.narrow();
        }
        if self.traces.len() >= STRIDE + OPEN {
            let frame = self.frames() - 1;
            let gaps = self.alive.0..self.alive.1;
            let best = gaps.min_by(|a, b| self.cost(*a).total_cmp(&self.cost(*b)));
            self.follow(best.unwrap_or(first), frame, self.settled + STRIDE);
            self.traces.drain(..STRIDE);
            self.settled += STRIDE;
        }
    }

    fn frames(&self) -> usize {
        self.settled + self.traces.len()
    }

    fn cost(&self, gap: usize) -> f32 {
        self.now[self.gap(gap) + 2]
    }

    fn advance(&mut self, low: usize, high: usize) {
        let chain = self.chain;
        let n = high - low;
        let (now, was) = (&self.now[low..], &self.entered[low..]);
        let (same, one, two) = (&now[2..][..n], &now[1..][..n], &now[..n]);
        let (same_e, one_e, two_e) = (&was[2..][..n], &was[1..][..n], &was[..n]);
        let stay = &chain.stay[low..][..n];
        let step = &chain.step[low..][..n];
        let leap = &chain.leap[low..][..n];
        let over = &chain.over[low..][..n];
        let due = &self.due[low..][..n];
        let held = &self.held[low..][..n];
        let next_held = &mut self.next_held[low..][..n];
        let next = &mut self.next[low + 2..][..n];
        let next_e = &mut self.next_entered[low + 2..][..n];
        let patience = chain.shape.patience;
        for s in 0..n {
            let long = if held[s] >= patience { over[s] } else { 0.0 };
            let stayed = same[s] + stay[s] + long;
            let stepped = one[s] + step[s];
            let leapt = two[s] + leap[s];
            let moved = if leapt < stepped { leapt } else { stepped };
            let moved_e = if leapt < stepped { two_e[s] } else { one_e[s] };
            let stays = stayed <= moved;
            next_e[s] = if stays { same_e[s] } else { moved_e };
            next_held[s] = if stays { held[s] + 1.0 } else { 0.0 };
            next[s] = due[s] + if stays { stayed } else { moved };
        }
    }

    fn detours(&mut self, low: usize, high: usize) {
        let chain = self.chain;
        for detour in &chain.detours[chain.detours_within(low, high)] {
            let to = detour.to as usize;
            let enter = if chain.class[to] == chain.shape.silence {
                chain.step[to]
            } else {
                0.0
            };
            for from in &detour.from {
                let from = *from as usize;
                let cost = self.now[from + 2] + enter + self.due[to];
                if cost < self.next[to + 2] {
                    self.next[to + 2] = cost;
                    self.next_entered[to + 2] = self.entered[from + 2];
                    self.next_held[to] = 0.0;
                }
            }
        }
    }

    /// Gaps are entered from themselves, from the sentence before or from any gap before that;
    /// whoever leaves a gap enters its sentence with the next frame.
    fn gaps(&mut self, first: usize, end: usize, trace: &mut Trace) {
        let frame = self.frames() as u32;
        let most = self.skip * MOST_SKIPS;
        // The gap before, and the cheapest of all before it.
        let mut before = NEVER;
        let mut far = (NEVER, first);
        for j in first..end {
            let gap = self.gap(j);
            let mut best = self.now[gap + 2];
            let stayed = best;
            let (mut from, mut spent) = (0, 0);
            for state in j
                .checked_sub(1)
                .map_or(&[][..], |before| &self.chain.ends[before])
            {
                let state = *state as usize + 2;
                if self.now[state] < best {
                    best = self.now[state];
                    from = FROM_SENTENCE;
                    let frames = frame.saturating_sub(self.entered[state]);
                    spent = frames.min(u32::from(u16::MAX)) as u16;
                }
            }
            let (one_out, many_out) = (before + self.skip, far.0 + most);
            let back = if one_out <= many_out { 1 } else { j - far.1 };
            if one_out.min(many_out) < best && back < usize::from(FROM_SENTENCE) {
                best = one_out.min(many_out);
                from = back as u16;
            }
            trace.from[j - first] = from;
            trace.spent[j - first] = spent;
            self.next[gap + 2] = best + self.due[gap];
            self.next_entered[gap + 2] = frame + 1;
            before = stayed;
            if stayed < far.0 {
                far = (stayed, j);
            }
        }
    }

    /// Gives up what is far behind at the start of what is alive, and keeps numbers small.
    fn narrow(&mut self) {
        let (mut first, end) = self.alive;
        let (low, high) = self.range(first, end);
        let costs = &mut self.now[low + 2..high + 2];
        let best = (0..costs.len()).min_by(|a, b| costs[*a].total_cmp(&costs[*b]));
        let best = best.unwrap_or_default();
        let least = costs[best];
        self.best = low + best;
        for cost in costs {
            *cost = (*cost - least).min(NEVER);
        }
        while first + 1 < end {
            let states = self.gap(first) + 2..self.gap(first + 1) + 2;
            if self.now[states].iter().any(|cost| *cost < BEAM) {
                break;
            }
            first += 1;
        }
        let dropped = self.gap(first);
        self.now[low + 2..dropped + 2].fill(NEVER);
        self.alive.0 = first;
    }

    /// After the last frame: from which frame to which each sentence goes, the end excluded.
    pub fn finish(mut self) -> Vec<Option<(usize, usize)>> {
        let sentences = self.chain.sentences();
        let (first, end) = self.alive;
        // What comes after the best of the gaps was not spoken.
        let cost = |j: &usize| {
            let left_out = ((sentences - j) as f32).min(MOST_SKIPS) * self.skip;
            self.cost(*j) + left_out
        };
        let best = (first..end).min_by(|a, b| cost(a).total_cmp(&cost(b)));
        if let (Some(gap), Some(frame)) = (best, self.frames().checked_sub(1)) {
            self.follow(gap, frame, frame);
        }
        self.spans
    }

    /// Goes back along the way to a gap as far as frames are open, and writes down the sentences
    /// on it that end by the frame `limit`.
    fn follow(&mut self, mut gap: usize, mut frame: usize, limit: usize) {
        let mut found = Vec::new();
        while frame > self.settled {
            let trace = &self.traces[frame - self.settled];
            let Some(at) = gap.checked_sub(trace.first as usize) else {
                break;
            };
            match trace.from[at] {
                0 => frame -= 1,
                FROM_SENTENCE => {
                    gap -= 1;
                    let begin = frame - usize::from(trace.spent[at]).clamp(1, frame);
                    found.push((gap, begin, frame));
                    frame = begin.saturating_sub(1);
                }
                back => {
                    gap -= usize::from(back);
                    frame -= 1;
                }
            }
        }
        self.spans[gap..].fill(None);
        for (sentence, begin, end) in found.into_iter().filter(|(_, _, end)| *end <= limit) {
            self.spans[sentence] = Some((begin, end));
        }
    }
}
