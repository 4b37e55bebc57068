//! Text with its accents, widths and ligatures folded away, cut into tokens, each of one script.
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Text as plain characters that know where they came from.
pub(super) struct Plain {
    pub(super) chars: Vec<char>,
    /// For every character the bytes of the text that it stands for.
    from: Vec<(u32, u32)>,
    pub(super) tokens: Vec<Token>,
}

/// What a token is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Hangul,
    /// Single letters of Hangul: ㅋㅋㅋ.
    Jamo,
    Latin,
    /// Digits, with commas between groups of three.
    Digits,
    Han,
    /// Letters of any other script.
    Foreign,
    /// One character that is no letter and no digit.
    Mark(char),
}

/// A run of characters of one kind.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) at: Range<usize>,
    /// Whether it stands apart from the token before it.
    pub(super) spaced: bool,
}

impl Plain {
    pub(super) fn new(text: &str) -> Self {
        let mut plain = Plain {
            chars: Vec::with_capacity(text.len() / 2),
            from: Vec::new(),
            tokens: Vec::new(),
        };
        for (start, c) in text.char_indices() {
            let from = (start as u32, (start + c.len_utf8()) as u32);
            if c.is_ascii() || is_syllable(c) || ('\u{3131}'..='\u{318e}').contains(&c) {
                plain.push(c, from);
            } else {
                plain.fold(c, from);
            }
        }
        plain.cut();
        plain
    }

    /// The bytes of the text behind a range of characters.
    pub(super) fn bytes(&self, at: Range<usize>) -> Range<usize> {
        match (
            self.from.get(at.start),
            self.from.get(at.end.saturating_sub(1)),
        ) {
            (Some(a), Some(b)) if at.start < at.end => {
                a.0 as usize..(b.1 as usize).max(a.1 as usize)
            }
            _ => 0..0,
        }
    }

    /// The characters of a token.
    pub(super) fn of(&self, token: &Token) -> &[char] {
        &self.chars[token.at.clone()]
    }

    /// The mark that a token is, if it stands close to the token before it.
    pub(super) fn mark(&self, at: usize) -> Option<char> {
        match self.tokens.get(at)? {
            Token {
                kind: Kind::Mark(c),
                spaced: false,
                ..
            } => Some(*c),
            _ => None,
        }
    }

    /// The digits that a token is, if it stands close to the token before it.
    pub(super) fn digits(&self, at: usize) -> Option<String> {
        let token = self.tokens.get(at)?;
        (token.kind == Kind::Digits && !token.spaced).then(|| self.digits_of(token))
    }

    /// The digits of a token without the commas between them.
    pub(super) fn digits_of(&self, token: &Token) -> String {
        let chars = self.of(token).iter();
        chars.filter(|c| c.is_ascii_digit()).collect()
    }

    fn push(&mut self, c: char, from: (u32, u32)) {
        self.chars.push(c);
        self.from.push(from);
    }

    fn fold(&mut self, c: char, from: (u32, u32)) {
        let vulgar = matches!(c, '\u{bc}'..='\u{be}' | '\u{2150}'..='\u{215e}');
        if vulgar {
            self.push(' ', from);
        }
        for folded in std::iter::once(c).nfkd() {
            let folded = match folded {
                '’' | '‘' | 'ʼ' | '`' => '\'',
                '“' | '”' => '"',
                '〜' | '∼' => '~',
                '‐' | '‑' | '−' | '–' | '—' => '-',
                'ß' => 's',
                'ø' => 'o',
                'ł' => 'l',
                'đ' => 'd',
                'ı' => 'i',
                other => other,
            };
            if is_combining_mark(folded) || self.join(folded, from) {
                continue;
            }
            self.push(folded, from);
        }
    }

    /// Joins a letter of decomposed Hangul to what stands before it (Unicode 3.12).
    fn join(&mut self, c: char, from: (u32, u32)) -> bool {
        let (Some(last), Some(place)) = (self.chars.last_mut(), self.from.last_mut()) else {
            return false;
        };
        let (l, c) = (*last as u32, c as u32);
        let joined = match c {
            0x1161..=0x1175 if (0x1100..=0x1112).contains(&l) => {
                0xac00 + ((l - 0x1100) * 21 + (c - 0x1161)) * 28
            }
            0x11a8..=0x11c2 if is_syllable(*last) && (l - 0xac00) % 28 == 0 => l + (c - 0x11a7),
            _ => return false,
        };
        *last = char::from_u32(joined).unwrap_or(*last);
        place.1 = from.1;
        true
    }

    fn cut(&mut self) {
        let chars = &self.chars;
        let mut spaced = true;
        let mut i = 0;
        while i < chars.len() {
            let Some(kind) = kind(chars[i]) else {
                spaced = true;
                i += 1;
                continue;
            };
            let start = i;
            i += 1;
            while i < chars.len() && !matches!(kind, Kind::Mark(_)) {
                if self::kind(chars[i]) == Some(kind) || inside(kind, chars, start, i) {
                    i += 1;
                } else {
                    break;
                }
            }
            self.tokens.push(Token {
                kind,
                at: start..i,
                spaced,
            });
            spaced = false;
        }
    }
}

/// Whether the mark at `i` belongs to the token that began at `start`.
fn inside(kind: Kind, chars: &[char], start: usize, i: usize) -> bool {
    let after = |n: usize| chars.get(i + n).copied().unwrap_or(' ');
    match (kind, chars[i]) {
        (Kind::Latin, '\'') => after(1).is_ascii_alphabetic(),
        (Kind::Digits, ',') => {
            let before = chars[start..i]
                .iter()
                .rev()
                .take_while(|c| c.is_ascii_digit())
                .count();
            before <= 3 && (1..=3).all(|n| after(n).is_ascii_digit()) && !after(4).is_ascii_digit()
        }
        _ => false,
    }
}

/// How many sounds characters have that nobody can read here: a syllable of Chinese three, of
/// Japanese two, a letter one.
pub(super) fn stretch(chars: &[char]) -> usize {
    let sounds = |c: &char| match c {
        '\u{3040}'..='\u{30ff}' => 2,
        c if kind(*c) == Some(Kind::Han) => 3,
        _ => 1,
    };
    chars.iter().map(sounds).sum()
}

pub(super) fn is_syllable(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

fn kind(c: char) -> Option<Kind> {
    Some(match c {
        // Typed in place of a middle dot.
        'ㆍ' => Kind::Mark('ㆍ'),
        c if is_syllable(c) => Kind::Hangul,
        '0'..='9' => Kind::Digits,
        'a'..='z' | 'A'..='Z' => Kind::Latin,
        '\u{3131}'..='\u{318e}' | '\u{1100}'..='\u{11ff}' => Kind::Jamo,
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Kind::Han,
        c if c.is_whitespace() || c.is_control() => return None,
        c if c.is_alphanumeric() => Kind::Foreign,
        c => Kind::Mark(c),
    })
}
