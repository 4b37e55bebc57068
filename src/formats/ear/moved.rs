//! Sentences that were left out or are doubtful, looked for once more in speech that is no
//! sentence's: who reads aloud sometimes says one earlier or later than it is written.
use std::ops::Range;

use super::align::exact_shape;
use super::chain::{Chain, NEVER, Word};
use super::fine::{Place, Plan, Scene, round};
use super::judge::{Norm, Sought};
use super::learn::Learner;
use super::models::Models;
use super::progress::{Progress, Stopped};
use super::rows::Rows;
use super::scores::Scorer;
use super::voice::Voice;

/// Speech of fewer frames of 10 ms than this holds no sentence.
pub const LEAST: usize = 80;
/// So much of what is free around speech may belong to it.
pub const AROUND: usize = 25;
/// A sentence may be said so much faster than usual.
const FASTEST: f32 = 0.6;
/// From so many percent on a sentence is moved: the least of what is not in doubt, and a little
/// more since it could be anywhere.
const MOVES: u8 = 60;

/// Where to look, and with what.
pub struct Elsewhere<'a> {
    pub rows: &'a Rows<'a>,
    pub voice: &'a Voice,
    pub models: &'a Models,
    /// What a frame without a sentence costs.
    pub gap: f32,
}

/// A sentence in a stretch of speech.
struct Find {
    sentence: usize,
    place: Place,
    percent: u8,
}

impl Elsewhere<'_> {
    /// New places of some of the sentences that are sought, in stretches of speech that overlap
    /// with nothing. What is found is at least as sure as other sentences.
    pub fn look(
        &self,
        sought: &[Sought],
        words: impl Fn(usize) -> Vec<Word>,
        speech: &[Range<usize>],
        norm: &Norm,
        progress: &mut Progress,
    ) -> Result<Vec<(usize, Place)>, Stopped> {
        let scorer = Scorer::new(self.models);
        let mut finds = Vec::new();
        // A script that fits nowhere must not cost more than one that does.
        let mut room = self.voice.here.len();
        for one in sought {
            let words = words(one.sentence);
            let chain = Chain::new(&[&words], exact_shape(self.models.len()));
            for stretch in speech {
                if (stretch.len() as f32) < FASTEST * norm.usual_frames(one.phones) {
                    continue;
                }
                let Some(left) = room.checked_sub(stretch.len()) else {
                    return Ok(best(finds));
                };
                room = left;
                let place = self.place(&chain, &scorer, stretch.clone(), progress)?;
                let percent = norm.percent(&place, one.phones, self.voice, 0.0);
                if percent >= MOVES.max(one.percent) {
                    finds.push(Find {
                        sentence: one.sentence,
                        place,
                        percent,
                    });
                }
            }
        }
        Ok(best(finds))
    }

    /// Where the stretch is most like the sentence.
    fn place(
        &self,
        chain: &Chain,
        scorer: &Scorer,
        stretch: Range<usize>,
        progress: &mut Progress,
    ) -> Result<Place, Stopped> {
        let (first, end) = (stretch.start as f32, stretch.end as f32);
        let scene = Scene {
            rows: self.rows,
            voice: self.voice,
            stretch,
            chain,
            doubted: &[],
        };
        let plan = Plan {
            hop: 1,
            reach: f32::MAX,
            gap: self.gap,
            skip: NEVER,
        };
        let spans = [(first, end)];
        let mut nobody = Learner::new(self.models.clone());
        let places = round(&scene, scorer, &spans, &plan, &mut nobody, progress)?;
        Ok(places.into_iter().next().unwrap_or_default())
    }
}

/// The surest ones that leave each other their places.
fn best(mut finds: Vec<Find>) -> Vec<(usize, Place)> {
    let likelier = |a: &Find, b: &Find| {
        let by_percent = b.percent.cmp(&a.percent);
        by_percent.then(a.sentence.cmp(&b.sentence))
    };
    finds.sort_by(likelier);
    let mut kept: Vec<(usize, Place)> = Vec::new();
    for find in finds {
        let apart = |(sentence, place): &(usize, Place)| {
            let ((a, b), (c, d)) = match (place.span, find.place.span) {
                (Some(one), Some(other)) => (one, other),
                _ => return false,
            };
            *sentence != find.sentence && (b <= c || d <= a)
        };
        if kept.iter().all(apart) && find.place.span.is_some() {
            kept.push((find.sentence, find.place));
        }
    }
    kept
}
