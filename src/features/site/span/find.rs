//! Which sentences and which sound a wish means, where sentences may be spoken in another order
//! than they are written.
use super::{Passage, Wish};

/// A passage may end so much after the recording does, since seconds are rounded.
const LATE_MS: u64 = 1000;
/// How far a second may lie before the sentence that it opens.
const EARLY_MS: u64 = 3000;
/// What of a sentence must be heard for it to belong to a stretch.
const LEAST_MS: u64 = 200;

/// A sentence in reading order: its id, and when it is heard, in milliseconds.
pub type Spoken<'a> = (&'a str, Option<(u64, u64)>);

/// The passage that a wish means; `None` if these sentences have no such one. `duration` is the
/// length of the recording in milliseconds, if there is one.
pub fn passage(sentences: &[Spoken<'_>], duration: Option<u64>, wish: &Wish) -> Option<Passage> {
    match wish {
        Wish::Sentences(from, to) => {
            let place = |id: &str| sentences.iter().position(|(own, _)| *own == id);
            let (first, last) = (place(from.as_str())?, place(to.as_str())?);
            if first > last {
                return None;
            }
            let sound = duration.and_then(|_| sound_of(sentences, first, last));
            Some(Passage::of_sentences((from, to), (first, last), sound))
        }
        Wish::Stretch(from, to) => {
            let duration = duration?;
            if *from >= duration || to.is_some_and(|to| to > duration + LATE_MS) {
                return None;
            }
            let found = match to {
                Some(to) => heard_between(sentences, *from, *to),
                None => heard_at(sentences, *from).map(|at| (at, at)),
            };
            Some(Passage::of_stretch(found, *from, *to))
        }
    }
}

/// From where to where the sentences of a passage are heard. A stretch of sound is one piece: of
/// a passage that was not read in one go it is the piece with the first sentence, as long as no
/// sentence from elsewhere comes in between.
fn sound_of(sentences: &[Spoken<'_>], first: usize, last: usize) -> Option<(u64, u64)> {
    let is_own = |at: &usize| (first..=last).contains(at);
    let all = sentences.iter().enumerate();
    let mut heard: Vec<(u64, u64, usize)> = all
        .filter_map(|(at, (_, heard))| heard.map(|(start, end)| (start, end, at)))
        .collect();
    heard.sort_by_key(|(start, _, at)| (*start, *at));
    let begin = sentences[first..=last].iter().position(|s| s.1.is_some())? + first;
    let middle = heard.iter().position(|(.., at)| *at == begin)?;
    let after = heard[middle..].iter().take_while(|(.., at)| is_own(at));
    let before = heard[..middle]
        .iter()
        .rev()
        .take_while(|(.., at)| is_own(at));
    let start = before.clone().map(|(start, ..)| *start).last();
    let end = after.chain(before).map(|(_, end, _)| *end).max()?;
    Some((start.unwrap_or(heard[middle].0), end))
}

/// The sentences of which enough is heard there: from the one that is heard first, as far as they
/// stand together in the text. Those that are never heard belong to what is around them.
fn heard_between(sentences: &[Spoken<'_>], from: u64, to: u64) -> Option<(usize, usize)> {
    let is_heard = |(start, end): (u64, u64)| {
        let common = end.min(to).saturating_sub(start.max(from));
        common > 0 && common >= LEAST_MS.min((end - start) / 2)
    };
    let all = sentences.iter().enumerate();
    let (_, anchor) = all
        .filter_map(|(at, (_, heard))| heard.filter(|h| is_heard(*h)).map(|h| (h.0, at)))
        .min()?;
    let furthest = |places: &mut dyn Iterator<Item = usize>| {
        let mut found = anchor;
        for at in places {
            match sentences[at].1 {
                Some(heard) if is_heard(heard) => found = at,
                Some(_) => break,
                None => {}
            }
        }
        found
    };
    let first = furthest(&mut (0..anchor).rev());
    let last = furthest(&mut (anchor + 1..sentences.len()));
    Some((first, last))
}

/// The sentence that is heard at a moment, or soon after.
fn heard_at(sentences: &[Spoken<'_>], ms: u64) -> Option<usize> {
    let times = || {
        let all = sentences.iter().enumerate();
        all.filter_map(|(at, (_, heard))| heard.map(|(start, end)| (start, end, at)))
    };
    let now = times().find(|(start, end, _)| *start <= ms && ms < *end);
    let soon = || {
        times()
            .filter(|(start, ..)| (ms..ms + EARLY_MS).contains(start))
            .min()
    };
    now.or_else(soon).map(|(.., at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ids::{PostId, SentenceId};

    /// Written as a, b, c, d, e; d was spoken before the others, c never.
    fn mixed() -> Vec<SentenceId> {
        let post = PostId::from_db("abcdefghijkl".to_owned());
        (0..5).map(|n| SentenceId::numbered(&post, n)).collect()
    }

    fn spoken(ids: &[SentenceId]) -> Vec<Spoken<'_>> {
        let times = [
            Some((2000, 3000)),
            Some((3000, 4000)),
            None,
            Some((1000, 2000)),
            Some((4000, 5000)),
        ];
        ids.iter().map(SentenceId::as_str).zip(times).collect()
    }

    #[test]
    fn sentences_that_were_moved_are_heard_alone() {
        let ids = mixed();
        let sound = |first: usize, last: usize| {
            let wish = Wish::Sentences(ids[first].clone(), ids[last].clone());
            passage(&spoken(&ids), Some(9000), &wish).map(|p| p.sound)
        };
        let piece = |from, to| Some(Some((from, Some(to))));
        assert_eq!(sound(0, 1), piece(2000, 4000));
        assert_eq!(sound(3, 3), piece(1000, 2000));
        // Not the whole sound from d to b and on to e: the piece with the first one.
        assert_eq!(sound(1, 3), piece(3000, 4000));
        assert_eq!(sound(3, 4), piece(1000, 2000));
        // All of them are one piece after all.
        assert_eq!(sound(0, 4), piece(1000, 5000));
        assert_eq!(sound(2, 2), Some(None));
        assert_eq!(sound(1, 0), None);
    }

    #[test]
    fn a_stretch_marks_what_is_heard_in_it() {
        let ids = mixed();
        let found = |from, to| {
            let wish = Wish::Stretch(from, to);
            passage(&spoken(&ids), Some(9000), &wish).and_then(|p| p.sentences)
        };
        assert_eq!(found(1000, Some(2000)), Some((3, 3)));
        // From d on to a: what stands between them in the text is not heard.
        assert_eq!(found(1000, Some(3000)), Some((3, 3)));
        assert_eq!(found(2000, Some(4000)), Some((0, 1)));
        // The one without sound belongs to what is around it.
        assert_eq!(found(3000, Some(9000)), Some((1, 1)));
        assert_eq!(found(3200, None), Some((1, 1)));
        assert_eq!(found(500, None), Some((3, 3)));
        assert_eq!(found(6000, None), None);
    }
}
