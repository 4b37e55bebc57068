//! Cues as they are gathered, and what is done with all of them in the end.
use crate::formats::transcript::timed::{Cue, Form, NotTimed, Span, Timed, Warning, Word};
use crate::formats::transcript::write::{BREAK, JOINER};
use crate::formats::transcript::{clean, spoken};
use crate::kernel::Message;

/// How long a Korean syllable takes at most, in milliseconds: what ends a last cue without end.
const SYLLABLE_MS: u64 = 220;

/// How long a Korean syllable takes when it is said slowly, in milliseconds, pauses apart: what
/// bounds a guess.
const SLOW_SYLLABLE_MS: u64 = 200;

/// A cue as a form has it: raw text, an end that may be missing.
#[derive(Debug, Default)]
pub struct RawCue {
    /// Line in the file, or place in the list; from 1.
    pub line: usize,
    /// In milliseconds.
    pub start_ms: Option<u64>,
    /// In milliseconds.
    pub end_ms: Option<u64>,
    /// As written, markup gone.
    pub speaker: Option<String>,
    /// As written, markup gone.
    pub text: String,
    /// Start, end if known, and words as written.
    pub words: Vec<(u64, Option<u64>, String)>,
    /// As written.
    pub name: Option<String>,
    /// As [`Cue::ends_sentence`].
    pub ends_sentence: Option<bool>,
    /// As [`Cue::is_heading`].
    pub is_heading: bool,
    /// As [`Cue::starts_paragraph`].
    pub starts_paragraph: bool,
    /// As [`Cue::is_joined`].
    pub is_joined: bool,
}

/// What is read so far.
pub struct Draft {
    /// The form; JSON finds out more.
    pub form: Form,
    /// The file's language, as written.
    pub language: Option<String>,
    /// Whether the file's order is the order of reading, whatever the times say.
    pub keeps_order: bool,
    cues: Vec<RawCue>,
    words: usize,
    warnings: Vec<Warning>,
    passed_over: usize,
}

impl Draft {
    /// Nothing yet.
    pub fn new(form: Form) -> Self {
        Self {
            form,
            language: None,
            keeps_order: false,
            cues: Vec::new(),
            words: 0,
            warnings: Vec::new(),
            passed_over: 0,
        }
    }

    /// Notes something that was mended or left out.
    pub fn warn(&mut self, line: usize, message: Message) {
        if self.warnings.len() < Timed::MAX_WARNINGS - 1 {
            self.warnings.push(Warning { line, message });
        } else {
            self.passed_over += 1;
        }
    }

    /// Notes it with its place in the words of the form: a line, or an entry of a list.
    pub fn warn_at(&mut self, line: usize, key: &'static str) {
        let is_list = matches!(
            self.form,
            Form::PodcastJson | Form::WhisperJson | Form::PodloveJson
        );
        let unit = if is_list { "entry" } else { "line" };
        self.warn(
            line,
            Message::new(key).with("unit", unit).with("line", line),
        );
    }

    /// Notes it with its line, whatever the form.
    pub fn warn_in_line(&mut self, line: usize, key: &'static str) {
        self.warn(
            line,
            Message::new(key).with("unit", "line").with("line", line),
        );
    }

    /// Takes a cue, whatever is in it.
    ///
    /// # Errors
    /// [`NotTimed::TooManyCues`].
    pub fn push(&mut self, cue: RawCue) -> Result<(), NotTimed> {
        self.words += cue.words.len();
        if self.cues.len() + self.words >= Timed::MAX_CUES {
            return Err(NotTimed::TooManyCues);
        }
        self.cues.push(cue);
        Ok(())
    }

    /// Takes words whose time can't be read: they go to the cue before them.
    ///
    /// # Errors
    /// [`NotTimed::TooManyCues`].
    pub fn push_words(
        &mut self,
        line: usize,
        speaker: Option<String>,
        text: &str,
    ) -> Result<(), NotTimed> {
        if text.trim().is_empty() {
            self.warn_at(line, "transcript-warning-time");
            return Ok(());
        }
        self.warn_at(line, "transcript-warning-time-words");
        if let Some(before) = self.cues.last_mut() {
            before.text.push(' ');
            before.text.push_str(text);
            return Ok(());
        }
        self.push(RawCue {
            line,
            speaker,
            text: text.to_owned(),
            ..RawCue::default()
        })
    }

    /// Says anew what line every cue and warning stands in.
    pub fn number_lines(&mut self, line: impl Fn(usize) -> usize) {
        for cue in &mut self.cues {
            cue.line = line(cue.line);
        }
        for warning in &mut self.warnings {
            warning.line = line(warning.line);
            for (name, value) in &mut warning.message.args {
                if *name == "line" {
                    *value = warning.line.to_string();
                }
            }
        }
    }

    /// The cues gathered, to be looked at together.
    pub fn cues_mut(&mut self) -> &mut Vec<RawCue> {
        &mut self.cues
    }

    /// Cleans and orders the cues and gives them the ends that are missing.
    ///
    /// # Errors
    /// [`NotTimed::NoCues`] when none is left.
    pub fn finish(mut self) -> Result<Timed, NotTimed> {
        for cue in &mut self.cues {
            cue.text = clean::line(&cue.text);
            // What our own files hold between words is none.
            if cue.text.trim_matches([JOINER, BREAK, ' ']).is_empty() {
                cue.text.clear();
            }
        }
        let empty: Vec<usize> = self
            .cues
            .iter()
            .filter(|c| c.text.is_empty())
            .map(|c| c.line)
            .collect();
        for line in empty {
            self.warn_at(line, "transcript-warning-no-words");
        }
        self.cues.retain(|cue| !cue.text.is_empty());
        self.order();
        self.close();
        let cues: Vec<Cue> = std::mem::take(&mut self.cues)
            .into_iter()
            .map(finished)
            .collect();
        if cues.is_empty() {
            return Err(NotTimed::NoCues);
        }
        if self.passed_over > 0 {
            let message = Message::new("transcript-warning-more").with("count", self.passed_over);
            self.warnings.push(Warning { line: 0, message });
        }
        self.warnings.sort_by_key(|warning| {
            if warning.line == 0 {
                usize::MAX
            } else {
                warning.line
            }
        });
        Ok(Timed {
            form: self.form,
            cues,
            language: self.language.as_deref().and_then(language),
            warnings: self.warnings,
        })
    }

    /// By time, where all have one and the file's own order says nothing.
    fn order(&mut self) {
        if self.keeps_order || self.cues.iter().any(|cue| cue.start_ms.is_none()) {
            return;
        }
        let late = self
            .cues
            .windows(2)
            .find(|two| two[1].start_ms < two[0].start_ms);
        if let Some(line) = late.map(|two| two[1].line) {
            self.warn_at(line, "transcript-warning-order");
            self.cues.sort_by_key(|cue| cue.start_ms);
        }
    }

    /// Gives every cue with a start an end: what it says, the next start, or what its words take.
    fn close(&mut self) {
        let mut wrong = Vec::new();
        let mut next: Option<u64> = None;
        for cue in self.cues.iter_mut().rev() {
            let Some(start) = cue.start_ms else { continue };
            if cue.end_ms.is_some_and(|end| end < start) {
                wrong.push(cue.line);
                cue.end_ms = None;
            }
            if cue.end_ms.is_none() {
                let by_words = spoken::of_text(&cue.text) * SYLLABLE_MS / 100;
                let said = start.saturating_add(by_words).min(Timed::MAX_MS.max(start));
                // In a file in reading order the next one may be earlier.
                let next = next.filter(|next| *next >= start);
                let most = match self.form {
                    // There a time is that of all speech up to the next.
                    Form::Html => Timed::MAX_MS,
                    _ => longest_end(cue, start),
                };
                cue.end_ms = Some(next.map_or(said, |next| next.min(most)));
            }
            next = Some(start);
        }
        for line in wrong.into_iter().rev() {
            self.warn_at(line, "transcript-warning-end");
        }
    }
}

/// Where a cue whose end nobody knows ends at the latest: its words said slowly, and a second.
fn longest_end(cue: &RawCue, start_ms: u64) -> u64 {
    let words = cue.words.iter().map(|(from, to, _)| to.unwrap_or(*from));
    let slowly = spoken::of_text(&cue.text).saturating_mul(SLOW_SYLLABLE_MS) / 100;
    start_ms
        .saturating_add(slowly)
        .saturating_add(1000)
        .max(words.max().unwrap_or(0))
}

fn finished(raw: RawCue) -> Cue {
    let span = raw
        .start_ms
        .zip(raw.end_ms)
        .map(|(start_ms, end_ms)| Span { start_ms, end_ms });
    let words = span.map_or_else(Vec::new, |span| words(&raw.words, span));
    let name = raw.name.as_deref().map(clean::line);
    Cue {
        span,
        speaker: raw.speaker.as_deref().and_then(clean::speaker),
        text: raw.text,
        words,
        name: name.filter(|name| !name.is_empty() && name.len() <= 200),
        ends_sentence: raw.ends_sentence,
        is_heading: raw.is_heading,
        starts_paragraph: raw.starts_paragraph,
        is_joined: raw.is_joined,
    }
}

/// Words in order, none before another that stands before it, each ending by the next start where
/// its own end is missing.
fn words(raw: &[(u64, Option<u64>, String)], span: Span) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(raw.len());
    for (at, (start_ms, end_ms, text)) in raw.iter().enumerate() {
        let text = clean::line(text);
        if text.is_empty() {
            continue;
        }
        let least = words.last().map_or(0, |before| before.start_ms);
        let start_ms = (*start_ms).max(least);
        let next = raw.get(at + 1).map_or(span.end_ms, |(next, ..)| *next);
        let end_ms = end_ms.unwrap_or(next).max(start_ms);
        words.push(Word {
            start_ms,
            end_ms,
            text,
        });
    }
    words
}

/// A language tag of a file: BCP 47, or the English name that speech recognition writes.
fn language(written: &str) -> Option<String> {
    const NAMES: [(&str, &str); 12] = [
        ("korean", "ko"),
        ("english", "en"),
        ("japanese", "ja"),
        ("chinese", "zh"),
        ("german", "de"),
        ("french", "fr"),
        ("spanish", "es"),
        ("italian", "it"),
        ("portuguese", "pt"),
        ("russian", "ru"),
        ("vietnamese", "vi"),
        ("dutch", "nl"),
    ];
    let tag = written.trim().replace('_', "-");
    let lower = tag.to_ascii_lowercase();
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| *name == lower) {
        return Some((*code).to_owned());
    }
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let good = (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && tag.len() <= 35
        && parts
            .all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    good.then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn languages() {
        assert_eq!(language(" Korean").as_deref(), Some("ko"));
        assert_eq!(language("ko_KR").as_deref(), Some("ko-KR"));
        for bad in ["", "k", "<b>", "klingonese", "en-", "en--x"] {
            assert_eq!(language(bad), None, "{bad}");
        }
    }
}
