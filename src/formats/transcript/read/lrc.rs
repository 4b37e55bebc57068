//! LRC: lines with their starts before them, as `[01:02.34]words`; some with the starts of words.
use super::draft::{Draft, RawCue};
use super::entities::Entities;
use super::inline::{Markup, runs};
use super::labels;
use super::lines::lines;
use crate::formats::transcript::clock;
use crate::formats::transcript::timed::{NotTimed, Timed};

/// Of so many lines with words one has a start, at least.
const LINES_A_TIME: usize = 4;

/// Whether the lines are such a file: they begin with a time or what describes the file, and times
/// come often.
pub fn looks_like(lines: &[&str]) -> bool {
    let mut filled = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .peekable();
    let begins = filled
        .peek()
        .is_some_and(|line| !stamps(line).0.is_empty() || described(line).is_some());
    if !begins {
        return false;
    }
    let (mut all, mut stamped) = (0usize, 0usize);
    for line in filled {
        all += 1;
        stamped += usize::from(!stamps(line).0.is_empty());
    }
    stamped >= 2 && stamped.saturating_mul(LINES_A_TIME) >= all
}

/// Words with the times they are shown at.
struct Shown {
    line: usize,
    starts: Vec<u64>,
    text: String,
}

/// Reads the file into the draft. A time without words ends what is before it.
///
/// # Errors
/// [`NotTimed::TooManyCues`].
pub fn read(text: &str, draft: &mut Draft) -> Result<(), NotTimed> {
    let mut shown: Vec<Shown> = Vec::new();
    let mut earlier_ms = 0i64;
    for (at, line) in lines(text).enumerate() {
        let (starts, words) = stamps(line);
        if !starts.is_empty() {
            shown.push(Shown {
                line: at + 1,
                starts,
                text: words.to_owned(),
            });
            continue;
        }
        match (described(line), shown.last_mut()) {
            (Some(("offset", value)), _) => earlier_ms = value.parse().unwrap_or(0),
            (Some(("la", value)), _) => draft.language = Some(value.to_owned()),
            (Some(_), _) => {}
            (None, Some(last)) => {
                last.text.push('\n');
                last.text.push_str(line);
            }
            (None, None) if line.trim().is_empty() => {}
            (None, None) => draft.warn_at(at + 1, "transcript-warning-stray"),
        }
    }
    let moved = |ms: u64| {
        ms.saturating_add_signed(earlier_ms.saturating_neg())
            .min(Timed::MAX_MS)
    };
    let repeats = shown.iter().any(|shown| shown.starts.len() > 1);
    let all = shown.iter();
    let mut all: Vec<(u64, &Shown)> = all
        .flat_map(|shown| shown.starts.iter().map(move |start| (*start, shown)))
        .collect();
    if repeats {
        all.sort_by_key(|(start, _)| *start);
    }
    let mut entities = Entities::default();
    for (at, (start, shown)) in all.iter().enumerate() {
        if shown.text.trim().is_empty() {
            continue;
        }
        let ends = all
            .get(at + 1)
            .filter(|(_, next)| next.text.trim().is_empty());
        let runs = runs(&shown.text, Markup::Vtt, &mut entities);
        let timed = runs.iter().any(|run| run.start_ms.is_some()) && shown.starts.len() == 1;
        let words = runs.iter().filter(|_| timed);
        draft.push(RawCue {
            line: shown.line,
            start_ms: Some(moved(*start)),
            end_ms: ends.map(|(end, _)| moved(*end)),
            text: runs.iter().map(|run| run.text.as_str()).collect(),
            words: words
                .map(|run| {
                    (
                        moved(run.start_ms.unwrap_or(*start)),
                        None,
                        run.text.clone(),
                    )
                })
                .collect(),
            ..RawCue::default()
        })?;
    }
    labels::part_from_text(draft, false);
    Ok(())
}

/// The times that a line begins with, and what is behind them.
fn stamps(line: &str) -> (Vec<u64>, &str) {
    let mut starts = Vec::new();
    let mut rest = line.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    while let Some((inside, behind)) = rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
        let time = clock::parse(inside).filter(|_| inside.contains(':'));
        let Some(time) = time else { break };
        starts.push(time);
        rest = behind.trim_start();
    }
    (starts, rest)
}

/// `[ar:name]`: what it describes, and how.
fn described(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let (key, value) = line.strip_prefix('[')?.strip_suffix(']')?.split_once(':')?;
    let good = (1..=10).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_lowercase());
    good.then(|| (key, value.trim()))
}
