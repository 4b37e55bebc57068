//! English text as words of phones; other languages in Latin letters are read the same way.
mod abbreviations;
mod letters;
mod lexicon;
mod names;
mod numbers;
mod numerals;

use super::Word;
use super::korean;
use super::phone::Phone;
use super::plain::{Kind, Plain, Token, stretch};
use lexicon::allophones;
use std::ops::Range;

/// As many pronunciations as a word may have.
const MOST: usize = 3;
/// The sounds of a stretch that is longer than any word are cut into words of this length.
const LONGEST: usize = 60;

/// Reads text in English, with what else stands in it; `taps` where a t between vowels is one.
pub(super) fn read(plain: &Plain, taps: bool) -> Vec<Word> {
    let mut reader = Reader {
        plain,
        taps,
        shouted: is_shouted(plain),
        at: 0,
        price: None,
        out: Vec::new(),
    };
    while reader.at < plain.tokens.len() {
        reader.token();
    }
    reader.out
}

/// The ways to say a run of Latin letters on its own.
pub(super) fn ways_of(letters: &[char]) -> Vec<Vec<Phone>> {
    names::ways(letters)
}

/// Walks over the tokens.
struct Reader<'a> {
    plain: &'a Plain,
    taps: bool,
    /// Whether capitals say nothing, because all is written in them.
    shouted: bool,
    /// The token to be read.
    at: usize,
    /// The currency of the number to come, which is said behind it.
    price: Option<&'static str>,
    out: Vec<Word>,
}

impl Reader<'_> {
    /// The token `n` further on.
    fn peek(&self, n: usize) -> Option<&Token> {
        self.plain.tokens.get(self.at + n)
    }

    /// The mark `n` further on, if it stands close to the token before it.
    fn mark(&self, n: usize) -> Option<char> {
        self.plain.mark(self.at + n)
    }

    /// The digits `n` further on, if they stand close to the token before them.
    fn digits(&self, n: usize) -> Option<String> {
        self.plain.digits(self.at + n)
    }

    fn digits_of(&self, token: &Token) -> String {
        self.plain.digits_of(token)
    }

    /// The Latin letters `n` further on, in lower case.
    fn latin(&self, n: usize) -> Option<String> {
        self.peek(n)
            .filter(|t| t.kind == Kind::Latin)
            .map(|t| lower(self.plain.of(t)))
    }

    /// Whether the token `n` further on stands close to the one before it.
    fn close(&self, n: usize) -> bool {
        self.peek(n).is_some_and(|t| !t.spaced)
    }

    fn add(&mut self, at: Range<usize>, mut variants: Vec<Vec<Phone>>) {
        let from = self.plain.bytes(at);
        variants.retain(|v| !v.is_empty());
        let mut different: Vec<Vec<Phone>> = Vec::with_capacity(MOST);
        for way in variants {
            if different.len() < MOST && !different.contains(&way) {
                different.push(way);
            }
        }
        match different.first() {
            None => (),
            Some(first) if first.len() > LONGEST => {
                let cut = first.chunks(LONGEST);
                self.out.extend(cut.map(|c| Word {
                    variants: vec![c.to_vec()],
                    from: from.clone(),
                }));
            }
            Some(_) => self.out.push(Word {
                variants: different,
                from,
            }),
        }
    }

    /// Says words in place of the next `n` tokens, in each of these ways.
    fn say(&mut self, n: usize, ways: &[impl AsRef<str>]) {
        let (Some(first), Some(last)) = (self.peek(0), self.peek(n.max(1) - 1)) else {
            return;
        };
        self.add(first.at.start..last.at.end, spoken(ways, self.taps));
    }

    /// Says words right behind the last token, where they are not written.
    fn say_behind(&mut self, ways: &[impl AsRef<str>]) {
        let Some(before) = self
            .at
            .checked_sub(1)
            .map(|i| self.plain.tokens[i].at.clone())
        else {
            return;
        };
        self.add(before, spoken(ways, self.taps));
    }

    fn token(&mut self) {
        let Some(token) = self.peek(0).cloned() else {
            return;
        };
        match token.kind {
            Kind::Latin => return self.word(),
            Kind::Digits => return self.number(),
            Kind::Hangul => self.add(token.at.clone(), korean::ways_of(self.plain.of(&token))),
            Kind::Han | Kind::Foreign => {
                let any = vec![Phone::Any; stretch(self.plain.of(&token))];
                self.add(token.at.clone(), vec![any]);
            }
            Kind::Jamo => (),
            Kind::Mark(c) => self.sign(c),
        }
        self.at += 1;
    }

    fn sign(&mut self, c: char) {
        let number = self.digits(1).is_some();
        let inside = self.close(0) && self.latin(1).is_some() && self.close(1);
        match c {
            '$' | '€' | '£' | '¥' | '₩' if number => self.price = abbreviations::sign(c),
            '-' if number && !self.close(0) => self.say(1, &["minus", "negative"]),
            '#' if number => self.say(1, &["number"]),
            '#' => (),
            '.' if inside => self.say(1, &["dot", "point"]),
            _ => {
                if let Some(said) = abbreviations::sign(c) {
                    self.say(1, &[said]);
                }
            }
        }
    }
}

/// Whether a text of several words is written in capitals.
fn is_shouted(plain: &Plain) -> bool {
    let words = plain
        .tokens
        .iter()
        .filter(|t| t.kind == Kind::Latin && t.at.len() > 1);
    let (mut all, mut capitals) = (0, 0);
    for word in words {
        all += 1;
        capitals += usize::from(plain.of(word).iter().all(char::is_ascii_uppercase));
    }
    all > 3 && 4 * capitals > 3 * all
}

/// How words are said one after the other.
fn spoken(ways: &[impl AsRef<str>], taps: bool) -> Vec<Vec<Phone>> {
    let said = |word| {
        let mut ways = lexicon::ways(word);
        ways.iter_mut().for_each(|w| allophones(w, taps));
        ways
    };
    let mut out = Vec::new();
    for way in ways {
        let words: Vec<_> = way.as_ref().split_whitespace().map(said).collect();
        out.push(
            words
                .iter()
                .flat_map(|w| w.first())
                .flatten()
                .copied()
                .collect(),
        );
        if let [word] = &words[..] {
            out.extend(word.iter().skip(1).cloned());
        }
    }
    out
}

fn lower(letters: &[char]) -> String {
    letters.iter().map(char::to_ascii_lowercase).collect()
}
