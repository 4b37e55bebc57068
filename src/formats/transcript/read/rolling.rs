//! Captions that roll: each shows the line before once more above its own (YouTube's).
use super::entities::Entities;
use super::inline::{Markup, runs};
use crate::formats::transcript::clean;
use crate::formats::transcript::timed::Form;

/// Of so many cues one must repeat what was shown, in hundredths, before any is taken for rolling.
const LEAST_PERCENT: usize = 40;

/// Takes out of each cue the lines that the cue before has shown already, if the file rolls.
/// What shows nothing new is left without lines.
pub fn unroll(cues: &mut [&mut Vec<&str>], form: Form) {
    if form == Form::Sbv || cues.len() < 3 {
        return;
    }
    let markup = if form == Form::Vtt {
        Markup::Vtt
    } else {
        Markup::Srt
    };
    let mut entities = Entities::default();
    let mut seen: Vec<Vec<String>> = Vec::with_capacity(cues.len());
    for cue in cues.iter() {
        let lines = cue.iter().map(|line| {
            let runs = runs(line, markup, &mut entities);
            clean::line(&runs.iter().map(|run| run.text.as_str()).collect::<String>())
        });
        seen.push(lines.collect());
    }
    let repeated: Vec<usize> = (0..seen.len())
        .map(|at| {
            at.checked_sub(1)
                .map_or(0, |before| shown(&seen[before], &seen[at]))
        })
        .collect();
    let rolling = repeated.iter().filter(|lines| **lines > 0).count();
    // A refrain is no rolling: it does not stand above something new.
    let goes_on =
        (0..seen.len()).filter(|at| repeated[*at] > 0 && repeated[*at] < filled(&seen[*at]));
    if rolling * 100 < seen.len() * LEAST_PERCENT || goes_on.count() * 4 < seen.len() {
        return;
    }
    for (cue, repeated) in cues.iter_mut().zip(repeated) {
        let mut left = repeated;
        let mut lines = std::mem::take(*cue).into_iter().peekable();
        while left > 0
            && let Some(line) = lines.next()
        {
            left -= usize::from(!line.trim().is_empty());
        }
        **cue = lines.collect();
        if repeated > 0 && cue.iter().all(|line| line.trim().is_empty()) {
            cue.clear();
        }
    }
}

fn filled(lines: &[String]) -> usize {
    lines.iter().filter(|line| !line.is_empty()).count()
}

/// How many lines at the start of a cue are the last ones of the cue before.
fn shown(before: &[String], now: &[String]) -> usize {
    let before: Vec<&String> = before.iter().filter(|line| !line.is_empty()).collect();
    let now: Vec<&String> = now.iter().filter(|line| !line.is_empty()).collect();
    let most = before.len().min(now.len()).min(3);
    (1..=most)
        .rev()
        .find(|count| before[before.len() - count..] == now[..*count])
        .unwrap_or(0)
}
