//! A script out of a file with times, where there is none: paragraphs where speakers change and
//! where they rest, its Markdown such that the words come back as they were.
use std::collections::{HashMap, HashSet};

use super::carry::{Signs, carry_times};
use super::model::Times;
use super::timed::{Cue, Form, Timed};
use super::{names, spoken, unpunctuated};
use crate::formats::script;

/// A rest of this many milliseconds behind a sentence ends a paragraph.
const REST_MS: u64 = 1500;
/// A rest at all, in milliseconds.
const SHORT_REST_MS: u64 = 300;
/// A paragraph ends behind a sentence when it takes this long to say: some 300 Korean syllables,
/// a minute.
const PARAGRAPH: u64 = 30_000;
/// Speech recognition may write no full stops: then something this long ends at a rest …
const NO_STOP: u64 = 12_000;
/// … and something this long where it is.
const NO_STOP_AT_ALL: u64 = 24_000;

/// Marks that end sentences.
const STOPS: [char; 7] = ['.', '!', '?', '…', '。', '！', '？'];

/// Whether a mark ends a sentence where the text ends.
pub(super) fn ends_with_stop(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', ')', '」', '』', ']'])
        .ends_with(STOPS)
}

/// A script, and when its sentences are spoken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scripted {
    /// In the small Markdown of [`script`], speakers as labels.
    pub markdown: String,
    /// For each sentence of [`script::cut`] of it.
    pub times: Vec<Times>,
}

/// Makes the cues a script. The words stay as they are; plain text is taken to be Markdown
/// already.
pub fn to_script(timed: &Timed) -> Scripted {
    let units = units(&timed.cues);
    let are_sentences = are_sentences(&timed.cues);
    let mut breaks: HashSet<usize> = HashSet::new();
    let mut markdown = write(timed, &units, &breaks);
    if are_sentences {
        // The file knows where sentences end; where the script alone would not tell, a paragraph
        // ends too.
        breaks = unseen_ends(&units, &markdown);
        if !breaks.is_empty() {
            markdown = write(timed, &units, &breaks);
        }
    } else if unpunctuated::lacks_stops(&units) {
        breaks = unpunctuated::starts(&units);
        markdown = write(timed, &units, &breaks);
    }
    let pieces = script::cut(&markdown);
    let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let times = match carry_times(timed, &texts) {
        Ok(carried) => carried.times,
        Err(_) => vec![Times::Unknown; texts.len()],
    };
    Scripted { markdown, times }
}

/// Cues that belong together: pieces of one sentence.
fn units(cues: &[Cue]) -> Vec<&[Cue]> {
    let same = |a: &Cue, b: &Cue| {
        a.ends_sentence == Some(false)
            || (a.name == b.name && a.name.as_deref().is_some_and(names::is_id))
    };
    cues.chunk_by(same).collect()
}

/// Whether every cue tells its sentence, as those of our writers do.
fn are_sentences(cues: &[Cue]) -> bool {
    cues.iter()
        .all(|cue| cue.ends_sentence.is_some() || cue.name.as_deref().is_some_and(names::is_id))
}

/// The units that begin where the sentences of the script do not.
fn unseen_ends(units: &[&[Cue]], markdown: &str) -> HashSet<usize> {
    let mut signs = Vec::new();
    let mut ends = HashSet::new();
    for piece in script::cut(markdown) {
        Signs::All.push(&piece.text, &mut signs);
        ends.insert(signs.len());
    }
    signs.clear();
    let mut unseen = HashSet::new();
    for (at, unit) in units.iter().enumerate() {
        if at > 0 && !ends.contains(&signs.len()) {
            unseen.insert(at);
        }
        for cue in *unit {
            Signs::All.push(&cue.text, &mut signs);
        }
    }
    unseen
}

/// The words of cues as one text.
pub(super) fn words(unit: &[Cue]) -> String {
    let mut text = String::new();
    for cue in unit {
        if !text.is_empty() && !cue.is_joined {
            text.push(' ');
        }
        text.push_str(&cue.text);
    }
    text
}

/// What is known of the paragraph that is being written.
#[derive(Default)]
struct Open {
    /// How long it takes to say.
    length: u64,
    /// The same since the last sentence ended.
    since_end: u64,
    ends_sentence: bool,
    end_ms: Option<u64>,
    is_heading: bool,
    /// Who speaks, as far as the script says.
    speaker: Option<String>,
}

fn write(timed: &Timed, units: &[&[Cue]], breaks: &HashSet<usize>) -> String {
    let mut out = String::new();
    let mut open = Open::default();
    let mut labels = Labels::default();
    for (at, unit) in units.iter().enumerate() {
        let Some(first) = unit.first() else { continue };
        let speaker = first.speaker.as_deref().and_then(|name| labels.label(name));
        let changes = speaker.is_some() && speaker != open.speaker;
        let text = words(unit);
        let is_heading = unit.iter().any(|cue| cue.is_heading);
        let starts =
            at == 0 || changes || is_heading || breaks.contains(&at) || open.ends_before(first);
        if !starts {
            out.push(' ');
        } else if at > 0 {
            out.push_str("\n\n");
        }
        if starts {
            (open.length, open.since_end) = (0, 0);
            open.is_heading = is_heading;
            let name = speaker.as_ref().or(open.speaker.as_ref()).cloned();
            if is_heading {
                out.push_str("# ");
                open.speaker = None;
            } else if let Some(name) = name.filter(|_| changes || reads_as_label(&text)) {
                out.push_str(&format!("**{}:** ", escaped(&name, false)));
                open.speaker = Some(name);
            }
        }
        match timed.form {
            Form::Plain => out.push_str(&text),
            _ => out.push_str(&escaped(&text, starts && !out.ends_with("** "))),
        }
        open.take(
            &text,
            unit.last().and_then(|cue| cue.span).map(|span| span.end_ms),
        );
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

impl Open {
    /// Whether the paragraph ends before this cue.
    fn ends_before(&self, cue: &Cue) -> bool {
        let start_ms = cue.span.map(|span| span.start_ms);
        let rest_ms = start_ms
            .zip(self.end_ms)
            .map_or(0, |(start, end)| start.saturating_sub(end));
        cue.starts_paragraph
            || self.is_heading
            || (self.ends_sentence && (rest_ms >= REST_MS || self.length >= PARAGRAPH))
            || (self.since_end >= NO_STOP && rest_ms >= SHORT_REST_MS)
            || self.since_end >= NO_STOP_AT_ALL
    }

    fn take(&mut self, text: &str, end_ms: Option<u64>) {
        self.length += spoken::of_text(text);
        let last = text.rfind(STOPS);
        self.since_end = match last {
            Some(at) => spoken::of_text(&text[at..]),
            None => self.since_end + spoken::of_text(text),
        };
        self.ends_sentence = ends_with_stop(text);
        self.end_ms = end_ms;
    }
}

/// Whether a paragraph of a conversation that begins so would be taken for another speaker's.
fn reads_as_label(text: &str) -> bool {
    if !text.contains([':', '：']) && !text.starts_with('[') {
        return false;
    }
    let blocks = script::blocks(&format!("**A:** a\n\n**A:** b\n\n{}", escaped(text, true)));
    blocks.last().and_then(|block| block.speaker.as_deref()) != Some("A")
}

/// Speakers as the script can name them.
#[derive(Default)]
struct Labels {
    known: HashMap<String, Option<String>>,
}

impl Labels {
    /// The name, with what no label holds left out; `None` when it can be none.
    fn label(&mut self, name: &str) -> Option<String> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let plain: String = name
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || ".'’-·&()".contains(c) {
                    c
                } else {
                    ' '
                }
            })
            .take(30)
            .collect();
        let words: Vec<&str> = plain.split_whitespace().take(5).collect();
        let words = words.join(" ");
        // `1`, as some hosts number their speakers, is none; `S1` is.
        let numbered = words
            .starts_with(|c: char| c.is_ascii_digit())
            .then(|| format!("S{words}"));
        let found = [Some(words), numbered].into_iter().flatten().find(|name| {
            let blocks = script::blocks(&format!("**{}:** a", escaped(name, false)));
            blocks.first().and_then(|block| block.speaker.as_ref()) == Some(name)
        });
        self.known.insert(name.to_owned(), found.clone());
        found
    }
}

/// Text whose signs mean nothing in Markdown; `starts`: it begins a line.
fn escaped(text: &str, starts: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut before = ' ';
    let mut signs = text.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        let after = signs.peek().map_or(' ', |(_, c)| *c);
        let means = match c {
            '\\' | '*' | '`' | '[' => true,
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '<' => after.is_ascii_alphabetic() || "/!?".contains(after),
            '&' => after.is_ascii_alphanumeric() || after == '#',
            '#' | '>' => starts && at == 0,
            '-' | '+' | '~' | '=' => starts && at == 0 && (after == ' ' || after == c),
            '.' | ')' => starts && at == digits && (1..=9).contains(&digits) && after == ' ',
            _ => false,
        };
        if means {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn signs_are_escaped_where_they_mean_something() {
        assert_eq!(
            escaped("# *a* 파일_이름 _b_", true),
            "\\# \\*a\\* 파일_이름 \\_b\\_"
        );
        assert_eq!(
            escaped("1. R&D &amp; a<b>", true),
            "1\\. R\\&D \\&amp; a\\<b>"
        );
        assert_eq!(escaped("- 네", true), "\\- 네");
        assert_eq!(escaped("-5도 1.5", true), "-5도 1.5");
    }
}
