//! Where sentences end, in Korean and in English.
//!
//! A sentence ends with `.`, `?`, `!`, `…` or their wide forms, alone or in a run, closing quotes
//! and brackets behind them included; at a line break; and at the end of its block. It goes on
//!
//! - inside brackets, and inside a quotation that stands in a sentence: what is said there is cut
//!   only if the quotation is a sentence or more by itself, or longer than [`LONGEST_PAIR`];
//! - behind a quotation with a particle or a verb of saying (`“…했다.” 라고 말했다`, `“…” she said`);
//! - behind the full stop of a number (`3.5`, `2025. 1. 28.`, `No. 5`), of an abbreviation or an
//!   initial (`Dr.`, `U.S.`, `J. K.`), of a list mark (`1.`, `가.`), and before a small letter;
//! - behind an ellipsis, unless a Korean ending stands before it or a new sentence clearly begins;
//! - where no space follows, unless a Korean ending stands before and Korean or a number behind
//!   (`했다.그리고`), words call or ask (`뭐?왜`, `What?Why`), or a small English word
//!   stands before one that begins sentences (`space.Next`);
//! - inside addresses, links and code.
mod pairs;
mod signs;
mod unmarked;
mod unspaced;
mod words;

use std::ops::Range;

pub use unmarked::ends_unmarked;

use signs::{first_latin, is_camel, is_korean, is_mark, is_quoted, is_small, is_wide};

/// A longer quotation or bracket is cut like any text, in characters.
const LONGEST_PAIR: usize = 300;
/// How far a look ahead or back goes, in characters.
const NEAR: usize = 60;
/// Syllables that count the points of a list, with a full stop behind.
const LIST_MARKS: &str = "가나다라마바사아자차카타파하";

/// Where the sentences of a text stand, in bytes: rising, not overlapping, never empty, and all
/// between them is white space. `whole`: rising ranges that are not cut inside. Time grows with the
/// length of the text.
pub fn spans(text: &str, whole: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut cutter = Cutter::new(text, whole);
    cutter.walk();
    let Cutter { at, cuts, .. } = cutter;
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for to in cuts.into_iter().map(|i| at[i]).chain([text.len()]) {
        let piece = &text[from..to];
        let begin = from + piece.len() - piece.trim_start().len();
        let end = begin + piece.trim().len();
        if begin < end {
            join_or_push(text, &mut spans, begin..end);
        }
        from = to;
    }
    spans
}

/// Signs without a word belong to the sentence before them, or else to the one behind.
fn join_or_push(text: &str, spans: &mut Vec<Range<usize>>, span: Range<usize>) {
    let speaks = |span: &Range<usize>| text[span.clone()].chars().any(char::is_alphanumeric);
    if let Some(last) = spans.last_mut() {
        let same_line = !text[last.end..span.start].contains('\n');
        if same_line && (!speaks(&span) || !speaks(last)) {
            last.end = span.end;
            return;
        }
    }
    spans.push(span);
}

struct Cutter<'a> {
    text: &'a str,
    chars: Vec<char>,
    /// The byte where each character begins, and the length of the text.
    at: Vec<usize>,
    closes: Vec<Option<usize>>,
    whole: &'a [Range<usize>],
    /// Characters before which a sentence ends.
    cuts: Vec<usize>,
    /// Where the present sentence begins: its first character that is no space.
    start: Option<usize>,
    /// Where the present word begins.
    word: usize,
}

impl<'a> Cutter<'a> {
    fn new(text: &'a str, whole: &'a [Range<usize>]) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let at = text.char_indices().map(|(at, _)| at);
        Self {
            text,
            at: at.chain([text.len()]).collect(),
            closes: pairs::matched(&chars),
            chars,
            whole,
            cuts: Vec::new(),
            start: None,
            word: 0,
        }
    }

    fn walk(&mut self) {
        let mut whole = self.whole.iter().peekable();
        let mut i = 0;
        while i < self.chars.len() {
            let c = self.chars[i];
            if c == '\n' {
                self.cut(i + 1);
                i += 1;
                continue;
            }
            if c.is_whitespace() {
                self.word = i + 1;
                i += 1;
                continue;
            }
            let begins = self.start.is_none();
            self.start.get_or_insert(i);
            while whole.next_if(|w| w.end <= self.at[i]).is_some() {}
            if let Some(range) = whole.peek().filter(|w| w.start <= self.at[i]) {
                let mut end = i + 1;
                while self.at[end] < range.end && self.chars[end] != '\n' {
                    end += 1;
                }
                // What it ends with may be the end of the sentence.
                if is_mark(self.chars[end - 1]) {
                    end = self.end_of_run(end - 1, end);
                }
                i = end;
            } else if let Some(close) = self.closes[i].filter(|c| c - i <= LONGEST_PAIR) {
                i = self.pair(i, close, begins);
            } else if is_mark(c) {
                i = self.end_of_run(i, self.run_end(i));
            } else {
                i += 1;
            }
        }
    }

    fn cut(&mut self, before: usize) {
        if self.cuts.last() != Some(&before) {
            self.cuts.push(before);
        }
        (self.start, self.word) = (None, before);
    }

    /// Passes a pair of quotes or brackets; gives where to go on.
    fn pair(&mut self, open: usize, close: usize, begins: bool) -> usize {
        let ends_inside = self.chars[open..close]
            .iter()
            .rev()
            .find(|c| !c.is_whitespace() && !pairs::is_closer(**c))
            .is_some_and(|c| is_mark(*c));
        let quote = pairs::is_quote(self.chars[open]);
        let after = close + 1;
        if !ends_inside {
            return after;
        }
        let ends = if quote {
            !self.quotation_goes_on(open, after, begins)
        } else {
            begins && self.chars.get(after).is_none_or(|c| c.is_whitespace())
        };
        match (ends, quote && begins) {
            // It stands alone: what is said in it is cut as if the quotes were not there.
            (true, true) => open + 1,
            (true, false) => {
                let end = self.trailing(after);
                self.cut(end);
                end
            }
            (false, _) => after,
        }
    }

    /// Whether the sentence goes on behind a quotation that ends with a mark.
    fn quotation_goes_on(&self, open: usize, after: usize, begins: bool) -> bool {
        let Some(next) = self.chars.get(after).copied() else {
            return false;
        };
        if !next.is_whitespace() {
            return !pairs::is_opener(next);
        }
        let Some((at, next)) = self.next_word(after) else {
            return false;
        };
        let rest = self.near(at);
        if is_korean(next) {
            let announced = self.chars[..open]
                .iter()
                .rev()
                .find(|c| !c.is_whitespace())
                .is_some_and(|c| matches!(c, ':' | ',' | '：'));
            return words::goes_on_quoting(rest) || (!begins && !announced);
        }
        if next.is_alphabetic() {
            return next.is_lowercase() || words::tells_who_said(rest);
        }
        matches!(next, '—' | '–' | '-' | ',')
    }

    /// Where a run of marks ends with the closing signs behind it.
    fn run_end(&self, from: usize) -> usize {
        let mut end = from + 1;
        while self.chars.get(end).is_some_and(|c| is_mark(*c)) {
            end += 1;
        }
        end
    }

    /// Closing signs right behind a sentence, and what stands in brackets there.
    fn trailing(&self, mut end: usize) -> usize {
        while let Some(c) = self.chars.get(end).copied() {
            let note = matches!(c, '(' | '[' | '（')
                .then(|| self.closes[end])
                .flatten()
                .filter(|close| close - end <= NEAR);
            end = match note {
                Some(close) => close + 1,
                None if self.closes[end].is_none()
                    && (pairs::is_closer(c) || is_mark(c) || is_small(c)) =>
                {
                    end + 1
                }
                None => return end,
            };
        }
        end
    }

    /// Cuts behind a run of marks if a sentence ends there; gives where to go on.
    fn end_of_run(&mut self, from: usize, to: usize) -> usize {
        let end = self.trailing(to);
        let run = &self.chars[from..to];
        let ends = match self.chars.get(end).copied() {
            None | Some('\n') => true,
            Some(_) if run.iter().any(|c| is_wide(*c)) => !self.particle_follows(end),
            Some(c) if !c.is_whitespace() => self.ends_without_space(from, end, c),
            Some(_) => match self.next_word(end) {
                None => true,
                Some((at, next)) => self.ends_before(from, run, at, next),
            },
        };
        if ends {
            self.cut(end);
            return end;
        }
        to
    }

    fn particle_follows(&self, at: usize) -> bool {
        let rest = self.near(at);
        words::goes_on(rest, true) || words::goes_on_quoting(rest)
    }

    /// Whether a run of marks with a space behind ends the sentence before this word.
    fn ends_before(&self, from: usize, run: &[char], at: usize, next: char) -> bool {
        let called = run
            .iter()
            .any(|c| matches!(c, '?' | '!' | '‼' | '⁇' | '⁈' | '⁉'));
        let rest = self.near(at);
        if is_korean(next) && words::goes_on(rest, called) {
            return false;
        }
        if called {
            return !next.is_lowercase()
                || is_camel(rest)
                || !(words::is_called_name(self.word_before(from)) || words::tells_who_said(rest));
        }
        let word = self.word_before(from);
        let last = word.chars().next_back();
        if run.len() > 1 || run[0] == '…' || run[0] == '‥' {
            return self.ellipsis_ends(from, last, rest, next);
        }
        let Some(last) = last else {
            // It stands alone, between spaces.
            return self.start.is_some_and(|start| start < from);
        };
        if word
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '-' | '.'))
        {
            return self.number_ends(from, next);
        }
        if is_korean(last) {
            let mark = word.chars().count() == 1 && self.is_first_word(from);
            return !(mark && LIST_MARKS.contains(last));
        }
        if next.is_lowercase() && !is_camel(rest) {
            return false;
        }
        if words::before_number(word) && next.is_ascii_digit() {
            return false;
        }
        let roman = !word.is_empty() && word.chars().all(|c| "IVXLivxl".contains(c));
        if self.is_first_word(from) && (word.len() == 1 || roman) {
            return false;
        }
        if words::never_ends(word) {
            return false;
        }
        if words::may_end(word) {
            return words::starts_sentence(first_latin(rest)) && next.is_uppercase();
        }
        true
    }

    fn ellipsis_ends(&self, from: usize, last: Option<char>, rest: &str, next: char) -> bool {
        let Some(last) = last else {
            return false;
        };
        if is_korean(last) {
            return words::is_clear_final(last);
        }
        let told = self
            .start
            .map_or("", |start| &self.text[self.at[start]..self.at[from]]);
        let enough = told.split_whitespace().nth(2).is_some();
        let first = first_latin(rest);
        let pronoun = matches!(first.split(['\'', '’']).next(), Some("I"));
        enough && !pronoun && (next.is_uppercase() || is_korean(next) || is_quoted(next))
    }

    /// A number with a full stop ends a sentence before a capital letter, unless it is a list
    /// mark or part of a date.
    fn number_ends(&self, from: usize, next: char) -> bool {
        if self.is_first_word(from) || !(next.is_uppercase() || is_quoted(next)) {
            return false;
        }
        let before = self.text[..self.at[self.word]].trim_end();
        let before = before.strip_suffix('.').unwrap_or_default();
        !before.ends_with(|c: char| c.is_ascii_digit())
    }

    fn is_first_word(&self, from: usize) -> bool {
        self.start.is_some_and(|start| start >= self.word) && self.word <= from
    }

    /// The word before a mark, without signs that open something before it.
    fn word_before(&self, from: usize) -> &str {
        let begin = self.word.max(from.saturating_sub(NEAR)).min(from);
        let word = &self.text[self.at[begin]..self.at[from]];
        word.trim_matches(|c: char| pairs::is_opener(c) || pairs::is_closer(c))
    }

    /// Where the next word begins, and with which character; `None` at a line's end.
    fn next_word(&self, from: usize) -> Option<(usize, char)> {
        for (i, c) in self.chars.iter().enumerate().skip(from) {
            if *c == '\n' {
                return None;
            }
            if !c.is_whitespace() {
                return Some((i, *c));
            }
        }
        None
    }

    /// The text from here on, as far as anybody looks.
    fn near(&self, from: usize) -> &str {
        let to = (from + NEAR).min(self.chars.len());
        &self.text[self.at[from.min(to)]..self.at[to]]
    }
}

#[cfg(test)]
mod tests;
