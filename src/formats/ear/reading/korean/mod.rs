//! Korean text as words of phones.
mod dates;
mod drafts;
mod latin;
mod loan;
mod numbers;
mod numerals;
mod sounds;
mod syllable;
mod tables;

use super::Word;
use super::phone::Phone;
use super::plain::{Kind, Plain, Token, stretch};
use drafts::{Drafts, Forms};
use sounds::{Manner, Neighbours};
use syllable::{Syllable, Unit, units};

/// Reads text in Korean, with what else stands in it.
pub(super) fn read(plain: &Plain) -> Vec<Word> {
    let mut reader = Reader {
        plain,
        drafts: Drafts::default(),
        at: 0,
        said_to: 0,
        price: None,
    };
    while reader.at < plain.tokens.len() {
        reader.token();
    }
    reader.drafts.words(plain)
}

/// The ways to say a run of Hangul on its own.
pub(super) fn ways_of(hangul: &[char]) -> Vec<Vec<Phone>> {
    let form = units(tables::respelt(hangul).chars());
    let manners = [Manner::Careful, Manner::Casual];
    manners
        .map(|m| sounds::phones(&form, Neighbours::default(), m))
        .to_vec()
}

/// Walks over the tokens.
struct Reader<'a> {
    plain: &'a Plain,
    drafts: Drafts,
    /// The token to be read.
    at: usize,
    /// The character up to which a token was said already with the one before it.
    said_to: usize,
    /// The currency of the number to come, which is said behind it.
    price: Option<&'static [&'static str]>,
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

    /// The Hangul `n` further on, with or without a space before it.
    fn hangul(&self, n: usize) -> &[char] {
        match self.peek(n) {
            Some(t) if t.kind == Kind::Hangul => self.plain.of(t),
            _ => &[],
        }
    }

    /// Says written Hangul in place of the next `n` tokens.
    fn say(&mut self, n: usize, ways: &[impl AsRef<str>]) {
        let Some(first) = self.peek(0) else { return };
        let spaced = first.spaced;
        let end = self.peek(n.max(1) - 1).map_or(first.at.end, |t| t.at.end);
        let respelt = |w: &str| tables::respelt(&w.chars().collect::<Vec<_>>());
        let forms = ways
            .iter()
            .map(|w| units(respelt(w.as_ref()).chars()))
            .collect();
        self.drafts.add(first.at.start..end, forms, spaced);
    }

    /// Says the first `n` characters of a token of Hangul; the rest remains to be read.
    fn say_part(&mut self, n: usize) {
        let Some(token) = self.peek(0).cloned() else {
            return;
        };
        let part = token.at.start..token.at.start + n;
        let said = units(self.plain.chars[part.clone()].iter().copied());
        self.said_to = part.end;
        self.drafts.add(part, vec![said], false);
    }

    /// Says words that are written elsewhere, right behind the last word.
    fn say_here(&mut self, ways: &[&str]) {
        let forms = ways.iter().map(|w| units(w.chars())).collect();
        self.drafts.add_behind(forms);
    }

    fn token(&mut self) {
        let Some(mut token) = self.peek(0).cloned() else {
            return;
        };
        if self.said_to > token.at.start {
            (token.at.start, token.spaced) = (self.said_to.min(token.at.end), false);
        }
        match token.kind {
            Kind::Hangul => {
                let said = tables::respelt(self.plain.of(&token));
                self.drafts
                    .add(token.at, vec![units(said.chars())], token.spaced);
            }
            Kind::Jamo => {
                let said = self
                    .plain
                    .of(&token)
                    .iter()
                    .filter_map(|&c| jamo(c))
                    .collect();
                self.drafts.add(token.at, vec![said], token.spaced);
            }
            Kind::Latin => return self.latin(),
            Kind::Digits => return self.number(),
            Kind::Han => self.han(&token),
            Kind::Foreign => {
                let any = vec![Unit::Sound(Phone::Any); stretch(self.plain.of(&token))];
                self.drafts.add(token.at, vec![any], token.spaced);
            }
            Kind::Mark(c) => return self.sign(c, token.spaced),
        }
        self.at += 1;
    }

    fn han(&mut self, token: &Token) {
        let gloss = self.at > 0
            && matches!(
                self.plain.tokens[self.at - 1].kind,
                Kind::Mark('(' | '[' | '（')
            )
            && self.drafts.last_length() >= token.at.len();
        if gloss {
            // 대한민국(大韓民國): the same word again, which nobody reads twice.
            return;
        }
        let mut forms: Forms = vec![vec![], vec![]];
        for &c in self.plain.of(token) {
            let ways = tables::hanja(c);
            for (i, form) in forms.iter_mut().enumerate() {
                match ways.get(i).or(ways.first()) {
                    Some(said) => form.extend(units(said.chars())),
                    None => form.extend(vec![Unit::Sound(Phone::Any); stretch(&[c])]),
                }
            }
        }
        if forms[0] == forms[1] {
            forms.pop();
        }
        self.drafts.add(token.at.clone(), forms, token.spaced);
    }

    /// Whether the token stands between Latin letters, as the points of an address.
    fn is_inside(&self) -> bool {
        let before = self.at.checked_sub(1).map(|i| self.plain.tokens[i].kind);
        let next = self.peek(1).filter(|t| !t.spaced).map(|t| t.kind);
        before == Some(Kind::Latin) && next == Some(Kind::Latin) && self.drafts.is_open()
    }

    /// A mark: spoken, a place to pause, or nothing at all.
    fn sign(&mut self, c: char, spaced: bool) {
        let number_next = self.digits(1).is_some();
        match c {
            '$' | '€' | '£' | '¥' | '₩' | '₿' if number_next => {
                self.price = Some(tables::sign(c))
            }
            '+' if number_next && spaced => self.say(1, &["플러스"]),
            '-' if number_next && spaced => {
                self.say(1, &["마이너스"]);
                self.drafts.seal();
            }
            '~' if self.drafts.is_open() => {
                self.say(1, &["에서", "부터", ""]);
                self.drafts.seal();
            }
            '.' if self.is_inside() => self.say(1, &["점", "닷"]),
            '\'' | '"' | ')' | ']' | '}' | '>' | '」' | '』' | '》' | '〉' | '*' | '_' => {
                if spaced {
                    self.drafts.seal();
                }
            }
            ',' | '.' | '!' | '?' | ';' | ':' | '(' | '[' | '…' => self.drafts.stop(),
            _ => {
                let ways = tables::sign(c);
                if ways.is_empty() {
                    self.drafts.seal();
                } else {
                    self.say(1, ways);
                }
            }
        }
        self.at += 1;
    }
}

/// A single letter as it is said when somebody types laughter: ㅋㅋ, ㅎㅎ; others are not read.
fn jamo(c: char) -> Option<Unit> {
    let said = match c {
        'ㅋ' => '크',
        'ㅎ' => '흐',
        'ㅠ' => '유',
        'ㅜ' => '우',
        _ => return None,
    };
    Syllable::of(said).map(Unit::Syllable)
}
