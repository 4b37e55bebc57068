//! Digits within Korean: which words they are depends on what stands around them.
use super::Reader;
use super::numbers::{english, native, sino, spelled};
use super::tables::{self, Counting};
use crate::formats::ear::reading::plain::Kind;

/// Days that are known by the digits of their date.
const DAYS: [&str; 11] = [
    "3.1", "4.3", "4.19", "5.16", "5.18", "6.10", "6.25", "8.15", "9.11", "12.3", "12.12",
];

impl Reader<'_> {
    /// A number with the unit behind it, or its first part where a second number follows.
    pub(super) fn number(&mut self) {
        let digits = self.digits_of(&self.plain.tokens[self.at]);
        if self.date(&digits) || self.clock(&digits) || self.telephone(&digits) {
            self.price = None;
            return;
        }
        if let (Some(mark), Some(second)) = (self.mark(1), self.digits(2)) {
            match mark {
                '.' => {
                    self.decimal(&digits, &second);
                    return self.measure();
                }
                '·' | 'ㆍ' | '・' => {
                    self.say(3, &[dated(&digits, &second)]);
                    self.at += 3;
                    return self.measure();
                }
                '/' | '⁄' => return self.fraction(&digits, &second, mark),
                ':' => return self.first(&digits, &["대"]),
                '~' => return self.first(&digits, &["에서", "", "내지"]),
                '-' => return self.first(&digits, &["대", "에서", ""]),
                _ => (),
            }
        }
        let after = self.hangul(1).to_vec();
        self.counted(1, &digits, &after, &[""]);
        self.at += 1;
        self.measure();
    }

    /// The first of two numbers, and how what stands between them is said.
    fn first(&mut self, digits: &str, between: &[&str]) {
        let after = self.hangul(3).to_vec();
        self.counted(2, digits, &after, between);
        self.drafts.seal();
        self.at += 2;
    }

    /// Says the number at hand, as it is said before `after`, with each of `tails` behind it.
    fn counted(&mut self, tokens: usize, digits: &str, after: &[char], tails: &[&str]) {
        let start = self.plain.tokens[self.at].at.start;
        let ordinal = self.drafts.is_open() && start > 0 && self.plain.chars[start - 1] == '제';
        let (first, mut last) = ways(digits, if ordinal { &[] } else { after });
        for word in first {
            self.say(1, &[word]);
            self.drafts.seal();
        }
        let latin = |n: usize| {
            self.peek(n)
                .is_some_and(|t| t.kind == Kind::Latin && !t.spaced)
        };
        let named = self.at > 0
            && self.drafts.is_open()
            && self.plain.tokens[self.at - 1].kind == Kind::Latin;
        if (latin(1) && self.unit_at(1).is_none()) || named {
            last.extend(digits.parse().ok().and_then(english).map(str::to_owned));
        } else if after.is_empty() && (3..=4).contains(&self.plain.tokens[self.at].at.len()) {
            last.push(spelled(digits, "공"));
        }
        let last: Vec<String> = tails
            .iter()
            .flat_map(|t| last.iter().map(move |w| format!("{w}{t}")))
            .collect();
        self.say(tokens, &last);
    }

    /// 3.5, and 1.2.3 besides.
    fn decimal(&mut self, digits: &str, fraction: &str) {
        let mut whole = sino(digits);
        let last = whole.pop().unwrap_or_default();
        for word in whole {
            self.say(1, &[word]);
            self.drafts.seal();
        }
        let mut ways = vec![format!("{last}쩜{}", spelled(fraction, "영"))];
        if DAYS.contains(&format!("{digits}.{fraction}").as_str()) {
            ways.insert(
                usize::from(self.hangul(3).is_empty()),
                dated(digits, fraction),
            );
        }
        if fraction.contains('0') {
            ways.push(format!("{last}쩜{}", spelled(fraction, "공")));
        }
        self.say(3, &ways);
        self.at += 3;
        while let (Some('.'), Some(more)) = (self.mark(0), self.digits(1)) {
            self.say(2, &[format!("쩜{}", sino(&more).concat())]);
            self.at += 2;
        }
    }

    /// 1/3, which may be a day of the year too.
    fn fraction(&mut self, above: &str, below: &str, mark: char) {
        let date = mark == '/' && up_to(above, 12) && up_to(below, 31);
        let day = date && self.hangul(3).first() == Some(&'일');
        let (upper, lower) = (sino(above).concat(), sino(below).concat());
        let mut ways = [vec![format!("{lower}분의")], vec![upper]];
        if date {
            ways[0].push(format!("{}월", month(above)));
            ways[1].push(if day { lower } else { format!("{lower}일") });
        }
        if day {
            ways = ways.map(|w| w.into_iter().skip(1).collect());
        }
        self.say(2, &ways[0]);
        self.drafts.seal();
        self.at += 2;
        self.say(1, &ways[1]);
        self.at += 1;
        self.measure();
    }

    /// A currency or a unit of measure behind the number that was just said.
    fn measure(&mut self) {
        if let Some(price) = self.price.take() {
            // $100만 is 100만 달러.
            let scale = self
                .hangul(0)
                .iter()
                .take_while(|c| "만억조천백".contains(**c))
                .count();
            if scale > 0 && self.peek(0).is_some_and(|t| !t.spaced) {
                self.say_part(scale);
            }
            self.say_here(price);
            return;
        }
        if let Some((tokens, said)) = self.unit_at(0) {
            self.say(tokens, said);
            self.at += tokens;
        }
    }

    /// A unit of measure in the tokens from `n` on: how many tokens, how it is said.
    fn unit_at(&self, n: usize) -> Option<(usize, &'static [&'static str])> {
        let token = self.peek(n)?;
        let start = token.at.start;
        let (length, said) = tables::unit(&self.plain.chars[start..])?;
        if token.spaced && !self.plain.chars[start].is_ascii_alphabetic() {
            return None;
        }
        let tokens = (1..=length).find(|k| {
            self.peek(n + k - 1)
                .is_some_and(|t| t.at.end == start + length)
        })?;
        Some((tokens, said))
    }
}

/// How a number is said before this text: the words before its last, and the ways of the last.
fn ways(digits: &str, after: &[char]) -> (Vec<String>, Vec<String>) {
    if digits.len() > 1 && digits.starts_with('0') {
        return (vec![], vec![spelled(digits, "공"), spelled(digits, "영")]);
    }
    if digits == "0" {
        return (vec![], vec!["영".into(), "공".into(), "제로".into()]);
    }
    let mut words = sino(digits);
    let last = words.pop().unwrap_or_default();
    if after.first() == Some(&'월') {
        return (words, vec![month(digits)]);
    }
    let Ok(n) = digits.parse::<u32>() else {
        return (words, vec![last]);
    };
    let counting = tables::counting(after);
    let mut ways = vec![last];
    if counting != Counting::Sino
        && let Some(tail) = native(n % 100)
    {
        let hour = after.first() == Some(&'시') && after.get(1) != Some(&'간');
        let first = match counting {
            Counting::Native => n < 100 && (!hour || n <= 12),
            Counting::Both => n <= 20,
            _ => false,
        };
        let tail = if n == 1 && after.starts_with(&['번', '째']) {
            "첫".to_owned()
        } else {
            tail
        };
        let hundreds = if n < 100 {
            String::new()
        } else {
            sino(&(n / 100 * 100).to_string()).concat()
        };
        if n < 10_000 {
            ways.insert(usize::from(!first), format!("{hundreds}{tail}"));
        }
    }
    (words, ways)
}

/// Whether a number is at least one and at most this.
pub(super) fn up_to(digits: &str, most: u32) -> bool {
    digits.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n))
}

/// The number of a month as it is said: 유월 and 시월 lose their last consonant.
pub(super) fn month(digits: &str) -> String {
    match digits.trim_start_matches('0') {
        "6" => "유".to_owned(),
        "10" => "시".to_owned(),
        other => sino(other).concat(),
    }
}

/// A day by its digits: 육이오, 십이십이.
fn dated(first: &str, second: &str) -> String {
    let second = if second.len() == 2 && !up_to(first, 9) {
        sino(second).concat()
    } else {
        spelled(second, "공")
    };
    format!("{}{second}", sino(first).concat())
}
