//! TTML (W3C), as broadcasters and Apple Podcasts have it: `p` with `begin` and `end`, perhaps
//! words with theirs.
use std::collections::HashMap;

use super::draft::{Draft, RawCue};
use super::html::Tag;
use super::marks::{Mark, Marks};
use crate::formats::transcript::clock;
use crate::formats::transcript::timed::{NotTimed, Timed};

/// Whether a text, white space before it gone, is such a file.
pub fn looks_like(start: &str) -> bool {
    let near: String = start.chars().take(2000).collect();
    near.starts_with('<') && (near.contains("<tt ") || near.contains("<tt:tt "))
}

/// Reads the file into the draft. Times of what stands around paragraphs are not added to theirs.
///
/// # Errors
/// [`NotTimed::TooManyCues`].
pub fn read(text: &str, draft: &mut Draft) -> Result<(), NotTimed> {
    let mut reader = Reader::default();
    for (line, mark) in Marks::new(text) {
        match mark {
            Mark::Text(words) => reader.text(words),
            Mark::Decoded(words) => reader.text(&words),
            Mark::Tag(tag) => reader.tag(line, &tag, draft)?,
        }
    }
    reader.end(draft)
}

/// How long frames and ticks are.
struct Rates {
    frames: u64,
    ticks: u64,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            frames: 30,
            ticks: 1,
        }
    }
}

#[derive(Default)]
struct Reader {
    rates: Rates,
    agents: HashMap<String, String>,
    /// Whose name is being read, by id.
    agent: Option<String>,
    /// The paragraph that is open.
    open: Option<RawCue>,
}

impl Reader {
    fn text(&mut self, text: &str) {
        if let Some(agent) = &self.agent {
            self.agents.entry(agent.clone()).or_default().push_str(text);
        }
        let Some(open) = &mut self.open else { return };
        open.text.push_str(text);
        if let Some((.., word)) = open.words.last_mut() {
            word.push_str(text);
        }
    }

    fn tag(&mut self, line: usize, tag: &Tag, draft: &mut Draft) -> Result<(), NotTimed> {
        let name = tag.name.rsplit(':').next().unwrap_or_default();
        match (name, tag.closing) {
            ("tt", false) => {
                let rate = |key: &str| tag.get(key)?.trim().parse::<u64>().ok().filter(|n| *n > 0);
                draft.language = tag.get("xml:lang").map(str::to_owned);
                self.rates.frames = rate("ttp:framerate").unwrap_or(self.rates.frames);
                self.rates.ticks = rate("ttp:tickrate").unwrap_or(self.rates.ticks);
            }
            ("agent", closing) => {
                self.agent = tag.get("xml:id").filter(|_| !closing).map(str::to_owned);
            }
            ("p", closing) => {
                self.end(draft)?;
                if !closing {
                    self.start(line, tag);
                }
            }
            ("span", false) => {
                let (start, end) = self.times(tag);
                let is_word = tag
                    .attributes()
                    .any(|(key, value)| key.ends_with(":unit") && value == "word");
                let Some(open) = &mut self.open else {
                    return Ok(());
                };
                // Apple's words stand one after the other without spaces.
                if is_word && !open.text.is_empty() && !open.text.ends_with(char::is_whitespace) {
                    open.text.push(' ');
                }
                if let Some(start) = start {
                    open.words.push((start, end, String::new()));
                }
            }
            ("br", _) => self.text(" "),
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, line: usize, tag: &Tag) {
        let (start_ms, end_ms) = self.times(tag);
        let agent = tag.get("ttm:agent");
        let named = agent.map(|id| match self.agents.get(id).map(|name| name.trim()) {
            Some(name) if !name.is_empty() => name,
            _ => id,
        });
        self.open = Some(RawCue {
            line,
            start_ms,
            end_ms,
            speaker: named.map(str::to_owned),
            ..RawCue::default()
        });
    }

    /// Begin and end, or begin and how long.
    fn times(&self, tag: &Tag) -> (Option<u64>, Option<u64>) {
        let time = |key: &str| tag.get(key).and_then(|text| self.rates.time(text));
        let start = time("begin");
        let length = || Some(start?.saturating_add(time("dur")?));
        (start, time("end").or_else(length))
    }

    fn end(&mut self, draft: &mut Draft) -> Result<(), NotTimed> {
        let Some(mut cue) = self.open.take() else {
            return Ok(());
        };
        if cue.text.trim().is_empty() {
            return Ok(());
        }
        let first = cue.words.first().map(|word| word.0);
        let Some(start) = cue.start_ms.or(first) else {
            return draft.push_words(cue.line, cue.speaker, &cue.text);
        };
        if cue.start_ms.is_some() && first.is_some_and(|first| first < start) {
            // By the standard they count from the start of what they stand in.
            for (from, to, _) in &mut cue.words {
                *from = from.saturating_add(start);
                *to = to.map(|to| to.saturating_add(start));
            }
        }
        let last = cue.words.last().and_then(|word| word.1);
        cue.end_ms = cue.end_ms.or(last);
        cue.start_ms = Some(start);
        draft.push(cue)
    }
}

impl Rates {
    /// `01:02:03.4`, `01:02:03:12` with frames, `62.5s`, `62500ms`, `1m`, `90f`, `1000t`.
    fn time(&self, text: &str) -> Option<u64> {
        let text = text.trim();
        let whole = |n: &str, factor: u64, by: u64| {
            let n: u64 = n.parse().ok()?;
            Some(n.checked_mul(factor)? / by)
        };
        let of = |n: &str, factor: u64| clock::parse(n)?.checked_mul(factor);
        let ms = if text.matches(':').count() == 3 {
            let (clock, frames) = text.rsplit_once(':')?;
            clock::parse(clock)?.checked_add(whole(frames, 1000, self.frames)?)
        } else if let Some(n) = text.strip_suffix("ms") {
            clock::parse(n).map(|n| n / 1000)
        } else if let Some(n) = text.strip_suffix('h') {
            of(n, 3600)
        } else if let Some(n) = text.strip_suffix('m') {
            of(n, 60)
        } else if let Some(n) = text.strip_suffix('s') {
            of(n, 1)
        } else if let Some(n) = text.strip_suffix('f') {
            whole(n, 1000, self.frames)
        } else if let Some(n) = text.strip_suffix('t') {
            whole(n, 1000, self.ticks)
        } else {
            clock::parse(text)
        };
        ms.filter(|ms| *ms <= Timed::MAX_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::Rates;

    #[test]
    fn times_in_their_several_writings() {
        let rates = Rates {
            frames: 25,
            ticks: 10_000_000,
        };
        for (text, ms) in [
            ("00:01:02.500", 62_500),
            ("00:01:02:05", 62_200),
            ("62.5s", 62_500),
            ("1500ms", 1500),
            ("1.5m", 90_000),
            ("1h", 3_600_000),
            ("50f", 2000),
            ("36000000000t", 3_600_000),
            ("1:02.5", 62_500),
            ("0.5", 500),
        ] {
            assert_eq!(rates.time(text), Some(ms), "{text}");
        }
        for bad in ["", "s", "x", "-1s", "99999999999h", "18446744073709551615t"] {
            assert_eq!(rates.time(bad), None, "{bad}");
        }
    }
}
