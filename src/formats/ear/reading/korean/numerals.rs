//! Digits within Korean: which words they are depends on what stands around them.
use super::Reader;
use super::numbers::{english, native, sino, spelled};
use super::tables::{self, Counting};
use crate::formats::ear::reading::plain::Kind;

/// Days that are known by the digits of their date.
const DAYS: [&str; 12] = [
    "3.1", "4.3", "4.19", "5.16", "5.18", "6.3", "6.10", "6.25", "8.15", "9.11", "12.3", "12.12",
];

/// How the names of those days go on.
const DAY_NAMES: [&str; 16] = [
    "절", "운동", "선거", "대선", "지선", "총선", "지방", "민주", "항쟁", "혁명", "사태", "전쟁",
    "테러", "비상", "계엄", "광복",
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
                '·' | 'ㆍ' | '・' | '‧' | '∙' | '•' => {
                    self.say(3, &[dated(&digits, &second)]);
                    self.at += 3;
                    return self.measure();
                }
                '/' | '⁄' => return self.fraction(&digits, &second, mark),
                ':' => return self.span(&digits, "", ["대", "대"]),
                '~' => return self.span(&digits, &second, ["에서", "내지"]),
                '-' => return self.span(&digits, &second, ["대", "에서"]),
                _ => (),
            }
        }
        let after = self.hangul(1).to_vec();
        self.counted(&digits, &after);
        self.at += 1;
        self.measure();
    }

    /// The first of two numbers, and how what stands between them is said: two or three of
    /// something (2~3명) are 두세 명, other spans go from one to the other.
    fn span(&mut self, digits: &str, second: &str, between: [&str; 2]) {
        let (_, before) = ways(digits, self.hangul(3));
        let number = |d: &str| d.parse::<u32>().unwrap_or(0);
        let near = number(digits) < 10 && number(digits) + 1 == number(second);
        let (mut words, _) = ways(digits, &[]);
        words.push(sino(digits).pop().unwrap_or_default());
        let last = words.pop().unwrap_or_default();
        for word in words {
            self.say(1, &[word]);
            self.drafts.seal();
        }
        let [first, other] = between.map(|b| format!("{last}{b}"));
        let bare = before.first().cloned().unwrap_or_default();
        let said = if near {
            [bare, last, first]
        } else {
            [first, bare, other]
        };
        self.say(2, &said);
        self.drafts.seal();
        self.at += 2;
    }

    /// Says the number at hand as it is said before `after`.
    fn counted(&mut self, digits: &str, after: &[char]) {
        let token = &self.plain.tokens[self.at];
        let (start, length) = (token.at.start, token.at.len());
        let ordinal = self.drafts.is_open() && start > 0 && self.plain.chars[start - 1] == '제';
        let (first, mut last) = ways(digits, if ordinal { &[] } else { after });
        for word in first {
            self.say(1, &[word]);
            self.drafts.seal();
        }
        let is_close = |n: usize| self.peek(n).is_some_and(|t| !t.spaced);
        let is_unit = self.unit_at(1).is_some();
        let before = self.at.checked_sub(1).map(|i| self.plain.tokens[i].kind);
        let named = self.drafts.is_open() && is_close(0) && before == Some(Kind::Latin);
        let names = is_close(1) && self.peek(1).is_some_and(|t| t.kind == Kind::Latin) && !is_unit;
        if named || names {
            // 5G, V3: small numbers of names are English as often as not.
            let english = digits.parse().ok().and_then(english).map(str::to_owned);
            let place = if digits.len() == 1 { 0 } else { last.len() };
            last.splice(place..place, english);
        } else if after.is_empty() && !is_unit && (3..=4).contains(&length) {
            last.push(spelled(digits, "공"));
        }
        self.say(1, &last);
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
            let after: String = self.hangul(3).iter().take(2).collect();
            let named = DAY_NAMES.iter().any(|n| after.starts_with(n));
            ways.insert(usize::from(!named), dated(digits, fraction));
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
        if self.hangul(3).starts_with(&['분', '기']) {
            self.say(3, &[upper + &lower]);
            self.at += 3;
            return;
        }
        let part = mark == '⁄' || up_to(above, below.parse().unwrap_or(0));
        let mut ways = [
            vec![if part {
                format!("{lower}분의")
            } else {
                upper.clone()
            }],
            vec![if part { upper } else { lower.clone() }],
        ];
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
    if n == 1 && matches!(after.first(), Some('만' | '천' | '백')) {
        // 1만 is 만 more often than 일만.
        return (words, vec![last, String::new()]);
    }
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
