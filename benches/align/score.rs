//! Sentence starts against the truth.
use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;

/// What is known of a recording.
#[derive(Deserialize)]
pub struct Truth {
    /// In seconds.
    pub duration: f64,
    sentences: Vec<Sentence>,
}

#[derive(Deserialize)]
struct Sentence {
    i: usize,
    spoken: bool,
    /// Spoken at another place than it is written.
    #[serde(default)]
    moved: bool,
    start: Option<f64>,
}

/// Where a cue puts a sentence.
pub struct Start {
    seconds: f64,
    sure: bool,
}

/// The cues `s<N>` of a WebVTT file; a `?` behind says that the time is unsure.
pub fn starts(vtt: &str) -> HashMap<usize, Start> {
    let mut found = HashMap::new();
    let mut name = None;
    for line in vtt.lines() {
        if let Some((from, _)) = line.split_once(" --> ") {
            if let (Some((number, sure)), Some(seconds)) = (name, clock(from)) {
                found.entry(number).or_insert(Start { seconds, sure });
            }
            name = None;
        } else {
            name = named(line);
        }
    }
    found
}

fn named(line: &str) -> Option<(usize, bool)> {
    let rest = line.trim().strip_prefix('s')?;
    let number = rest.strip_suffix('?').unwrap_or(rest);
    Some((number.parse().ok()?, !rest.ends_with('?')))
}

fn clock(text: &str) -> Option<f64> {
    text.trim().split(':').try_fold(0.0, |sum, part| {
        Some(sum * 60.0 + part.parse::<f64>().ok()?)
    })
}

/// How starts compare with the truth.
#[derive(Default)]
pub struct Score {
    /// Seconds off, of the sentences that were placed.
    errors: Vec<f64>,
    /// Spoken where they are written: what the shares are shares of.
    sentences: usize,
    unspoken: usize,
    unspoken_left_out: usize,
    /// More than a second off, or left out although spoken.
    wrong: usize,
    wrong_warned: usize,
    right_warned: usize,
}

impl Score {
    /// Sentences that are spoken elsewhere than they are written are in no count.
    pub fn of(truth: &Truth, starts: &HashMap<usize, Start>) -> Self {
        let mut score = Self::default();
        for sentence in &truth.sentences {
            let placed = starts.get(&sentence.i);
            let warned = placed.is_none_or(|start| !start.sure);
            let Some(start) = sentence.start.filter(|_| sentence.spoken) else {
                score.unspoken += 1;
                score.unspoken_left_out += usize::from(warned);
                continue;
            };
            if sentence.moved {
                continue;
            }
            score.sentences += 1;
            let error = placed.map(|placed| (placed.seconds - start).abs());
            let wrong = error.is_none_or(|error| error > 1.0);
            score.wrong += usize::from(wrong);
            score.wrong_warned += usize::from(wrong && warned);
            score.right_warned += usize::from(!wrong && warned);
            score.errors.extend(error);
        }
        score
    }

    /// Takes the sentences of another recording in.
    pub fn add(&mut self, other: Self) {
        self.errors.extend(other.errors);
        self.sentences += other.sentences;
        self.unspoken += other.unspoken;
        self.unspoken_left_out += other.unspoken_left_out;
        self.wrong += other.wrong;
        self.wrong_warned += other.wrong_warned;
        self.right_warned += other.right_warned;
    }

    fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.errors.clone();
        sorted.sort_by(f64::total_cmp);
        let at = (share * sorted.len() as f64) as usize;
        sorted
            .get(at)
            .or(sorted.last())
            .copied()
            .unwrap_or(f64::NAN)
    }

    /// Sentences that were left out count as beyond every limit.
    fn within(&self, seconds: f64) -> f64 {
        let near = self.errors.iter().filter(|error| **error <= seconds);
        near.count() as f64 / self.sentences.max(1) as f64
    }

    /// The cells of the table from the number of sentences on.
    pub fn cells(&self) -> String {
        format!(
            "{} | {:.3} s | {:.2} s | {:.3} | {:.3} | {:.3} | {}/{} | {}/{} | {}/{}",
            self.sentences,
            self.quantile(0.5),
            self.quantile(0.95),
            self.within(0.2),
            self.within(0.5),
            self.within(1.0),
            self.unspoken_left_out,
            self.unspoken,
            self.wrong_warned,
            self.wrong,
            self.right_warned,
            self.sentences - self.wrong,
        )
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.cells())
    }
}
