//! A look at a whole stretch at once, with few frames and one state a phone.
use std::ops::Range;

use super::DIMS;
use super::chain::{Chain, Shape, Word};
use super::coarse::Coarse;
use super::fine::{ANY_COST, FOREIGN, Span};
use super::progress::{Progress, Stopped};
use super::rows::Rows;
use super::scores::Scorer;
use super::table::STATES;
use super::voice::Voice;

/// What 10 ms of voice without a sentence cost, with models that know the speaker or not yet.
pub const FIRST_GAP: f32 = 4.3;
pub const SECOND_GAP: f32 = 3.8;
/// The same without a voice.
const QUIET_GAP: f32 = 2.0;
/// What a phone costs more where there is no voice.
const UNVOICED: f32 = 2.0;
/// What leaving a sentence out costs.
const SKIP: f32 = 200.0;
/// Frames of 10 ms a step, and how long a stretch may be for that.
const HOP: usize = 4;
const LONG_HOP: usize = 6;
const LONG: usize = 150_000;
/// Every other frame is looked at.
const EVERY: usize = 2;
const BLOCK: usize = 32;

/// Where the sentences (their words) are, within steps of some frames.
pub fn look(
    rows: &Rows,
    voice: &Voice,
    scorer: &Scorer,
    words: &[Vec<Word>],
    stretch: Range<usize>,
    gap_cost: f32,
    progress: &mut Progress,
) -> Result<Vec<Option<Span>>, Stopped> {
    let hop = if stretch.len() < LONG { HOP } else { LONG_HOP };
    let classes = scorer.classes();
    let phones = (classes - 1) / STATES;
    let (silence, gap, any) = (phones, phones + 1, phones + 2);
    let shape = Shape {
        states: 1,
        leap: 1.0,
        pause: 1.0,
        pause_step: 0.3 * hop as f32,
        patience: 30.0 / hop as f32,
        over: 2.0 * hop as f32,
        any: phones as u16,
        any_class: any as u16,
        silence: silence as u16,
        gap: gap as u16,
    };
    let sentences: Vec<&[Word]> = words.iter().map(Vec::as_slice).collect();
    let chain = Chain::new(&sentences, shape);
    let mut search = Coarse::new(&chain, SKIP);
    let steps = stretch.len() / hop;
    let each = hop / EVERY;
    let weight = EVERY as f32;
    let mut block = vec![[0f32; DIMS]; BLOCK * each];
    let mut costs = vec![0f32; BLOCK * each * classes];
    let mut column = vec![0f32; phones + 3];
    for step in (0..steps).step_by(BLOCK) {
        let count = BLOCK.min(steps - step);
        let first = stretch.start + step * hop;
        let (block, costs) = (
            &mut block[..count * each],
            &mut costs[..count * each * classes],
        );
        rows.read(first, EVERY, block);
        scorer.costs(block, classes, costs);
        for (i, costs) in costs.chunks_exact(each * classes).enumerate() {
            let at = first + i * hop;
            let here = voice.here[at..at + hop].iter().sum::<f32>() / hop as f32;
            let foreign = if voice.is_foreign[at] { FOREIGN } else { 0.0 };
            let unvoiced = hop as f32 * (UNVOICED * (1.0 - here) + foreign);
            column.fill(0.0);
            column[..phones].fill(unvoiced);
            for costs in costs.chunks_exact(classes) {
                let (states, _) = costs.as_chunks::<STATES>();
                for (sum, states) in column.iter_mut().zip(states) {
                    *sum += weight * states[0].min(states[1]).min(states[2]);
                }
                column[silence] += weight * costs[classes - 1];
            }
            let other = hop as f32 * (QUIET_GAP + (gap_cost - QUIET_GAP) * here);
            column[gap] = column[silence].min(other);
            column[any] = unvoiced + hop as f32 * ANY_COST;
            search.push(&column);
        }
        progress.step(count * hop)?;
    }
    let start = stretch.start;
    let frame = |step: usize| (start + step * hop) as f32;
    let found = search.finish().into_iter();
    Ok(found
        .map(|span| span.map(|(a, b)| (frame(a), frame(b))))
        .collect())
}
