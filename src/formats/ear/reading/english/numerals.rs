//! Digits within English: which words they are depends on what stands around them.
use super::numbers::{Ways, cardinal, ordinal, pair, spelled, year};
use super::{Reader, abbreviations};

impl Reader<'_> {
    /// A number with the unit behind it, or its first part where a second number follows.
    pub(super) fn number(&mut self) {
        let digits = self.digits_of(&self.plain.tokens[self.at]);
        if self.date(&digits) || self.telephone(&digits) || self.clock(&digits) {
            self.price = None;
            return;
        }
        if let (Some(mark), Some(second)) = (self.mark(1), self.digits(2)) {
            match mark {
                '.' => return self.decimal(&digits, &second),
                '/' | '⁄' => return self.fraction(&digits, &second),
                ':' => return self.first(&digits, &["to"]),
                '-' | '~' => return self.first(&digits, &["to", "through", ""]),
                _ => (),
            }
        }
        if self.ordinal(&digits) {
            return;
        }
        let said = self.whole(&digits);
        for ways in said {
            self.say(1, &ways);
        }
        self.at += 1;
        self.measure();
    }

    /// The words of a number without a fraction.
    fn whole(&self, digits: &str) -> Vec<Ways> {
        let commas = self.plain.of(&self.plain.tokens[self.at]).len() > digits.len();
        if digits.len() > 1 && digits.starts_with('0') {
            return vec![vec![spelled(digits), spelled(digits).replace("oh", "zero")]];
        }
        let n: u32 = digits.parse().unwrap_or(u32::MAX);
        let month = self.at > 0
            && (1..=2).any(|back| {
                self.at.checked_sub(back).is_some_and(|i| {
                    let t = &self.plain.tokens[i];
                    abbreviations::is_month(&super::lower(self.plain.of(t)))
                })
            });
        if month && (1..=31).contains(&n) && !commas {
            return vec![vec![
                ordinal(&pair(n)),
                format!("the {}", ordinal(&pair(n))),
                pair(n),
            ]];
        }
        if !commas && self.price.is_none() && (1100..2100).contains(&n) {
            return year(n);
        }
        let mut said = cardinal(digits);
        if !commas && digits.len() == 3 && !n.is_multiple_of(100) && said.len() == 2 {
            // 747 is seven forty seven, 911 is nine one one.
            let (hundreds, rest) = (pair(n / 100), pair(n % 100));
            let short = if n % 100 < 10 {
                format!("{hundreds} oh")
            } else {
                hundreds
            };
            said = vec![
                vec![said[0][0].clone(), said[0][1].clone(), short],
                vec![rest, spelled(&digits[1..])],
            ];
        }
        said
    }

    /// The first of two numbers, and how what stands between them is said.
    fn first(&mut self, digits: &str, between: &[&str]) {
        let mut said = self.whole(digits);
        let last = said.pop().unwrap_or_default();
        for ways in said {
            self.say(1, &ways);
        }
        let last: Ways = between
            .iter()
            .flat_map(|b| last.iter().take(1).map(move |l| format!("{l} {b}")))
            .collect();
        self.say(2, &last);
        self.at += 2;
    }

    /// 3.5, and 1.2.3 besides.
    fn decimal(&mut self, digits: &str, fraction: &str) {
        let cents = self.price.is_some() && fraction.len() == 2;
        let mut said = cardinal(digits);
        let last = said.pop().unwrap_or_default();
        for ways in said {
            self.say(1, &ways);
        }
        let whole = last.first().cloned().unwrap_or_default();
        if cents {
            let price = self.price.take().unwrap_or_default();
            let price = if digits == "1" {
                price.trim_end_matches('s')
            } else {
                price
            };
            self.say(1, &[format!("{whole} {price}"), whole]);
            self.at += 2;
            let n = fraction.parse().unwrap_or(0);
            if n > 0 {
                self.say(1, &[pair(n), format!("and {} cents", pair(n))]);
            }
            self.at += 1;
            return;
        }
        let point = format!("point {}", spelled(fraction));
        let mut ways = vec![format!("{whole} {point}")];
        if digits == "0" {
            ways.push(point.clone());
        }
        if fraction.contains('0') {
            ways.push(format!("{whole} {}", point.replace("oh", "zero")));
        }
        self.say(3, &ways);
        self.at += 3;
        while let (Some('.'), Some(more)) = (self.mark(0), self.digits(1)) {
            self.say(2, &[format!("point {}", spelled(&more))]);
            self.at += 2;
        }
        self.measure();
    }

    /// 1/3; where it is none, a day, or numbers one after the other: 9/11, 24/7, 50/50.
    fn fraction(&mut self, above: &str, below: &str) {
        let (a, b): (u32, u32) = (above.parse().unwrap_or(0), below.parse().unwrap_or(0));
        if (1..b).contains(&a) && (b <= 10 || b == 16 || b == 100) && a < 100 {
            let part = match b {
                2 => "half".to_owned(),
                4 => "quarter".to_owned(),
                _ => ordinal(&cardinal(below).concat()[0]),
            };
            let part = if a == 1 {
                part
            } else {
                format!("{part}s").replace("halfs", "halves")
            };
            let mut ways = vec![format!("{} {part}", pair(a))];
            if b == 4 {
                ways.push(ways[0].replace("quarter", "fourth"));
            }
            ways.push(format!("{} {}", pair(a), cardinal(below).concat()[0]));
            self.say(3, &ways);
        } else {
            for ways in [cardinal(above), cardinal(below)].concat() {
                self.say(3, &ways);
            }
        }
        self.at += 3;
        self.measure();
    }

    /// 21st, 1990s, 20s.
    fn ordinal(&mut self, digits: &str) -> bool {
        let Some(end) = self.latin(1).filter(|_| self.close(1)) else {
            return false;
        };
        let mut said = match end.as_str() {
            "s" | "'s" => self.whole(digits),
            "st" | "nd" | "rd" | "th" => cardinal(digits),
            _ => return false,
        };
        let mut last = said.pop().unwrap_or_default();
        for ways in &said {
            self.say(1, ways);
        }
        let plural = end.ends_with('s');
        last = last
            .iter()
            .map(|l| if plural { plural_of(l) } else { ordinal(l) })
            .collect();
        self.say(2, &last);
        self.at += 2;
        true
    }

    /// 10:30, ten thirty.
    fn clock(&mut self, hour: &str) -> bool {
        let (Some(':'), Some(minute)) = (self.mark(1), self.digits(2)) else {
            return false;
        };
        let (h, m): (u32, u32) = (hour.parse().unwrap_or(99), minute.parse().unwrap_or(99));
        if h > 24 || m > 59 || minute.len() != 2 {
            return false;
        }
        let said = match m {
            0 => [
                pair(h),
                format!("{} o'clock", pair(h)),
                format!("{} hundred", pair(h)),
            ],
            1..10 => [
                format!("{} oh {}", pair(h), pair(m)),
                format!("{} {}", pair(h), pair(m)),
                format!("{} zero {}", pair(h), pair(m)),
            ],
            _ => [
                format!("{} {}", pair(h), pair(m)),
                format!("{} to {}", pair(h), pair(m)),
                format!("{} and {}", pair(h), pair(m)),
            ],
        };
        self.say(3, &said);
        self.at += 3;
        true
    }

    /// 2025-01-28 and 1/28/2025.
    fn date(&mut self, first: &str) -> bool {
        let (Some(mark @ ('-' | '/' | '.')), Some(second), Some(third)) =
            (self.mark(1), self.digits(2), self.digits(4))
        else {
            return false;
        };
        let (y, m, d) = match (first.len(), third.len()) {
            (4, _) => (first, &second, &third),
            (1 | 2, 4) => (third.as_str(), &first.to_owned(), &second),
            _ => return false,
        };
        let number = |s: &str| s.parse::<u32>().unwrap_or(0);
        let (y, m, d) = (number(y), number(m), number(d));
        let Some(month) = (m as usize)
            .checked_sub(1)
            .and_then(|i| abbreviations::MONTHS.get(i))
        else {
            return false;
        };
        if self.mark(3) != Some(mark) || !(1..=31).contains(&d) || !(1000..2200).contains(&y) {
            return false;
        }
        self.say(5, &[(*month).to_owned(), pair(m)]);
        self.say(
            5,
            &[
                ordinal(&pair(d)),
                pair(d),
                format!("the {}", ordinal(&pair(d))),
            ],
        );
        for ways in year(y) {
            self.say(5, &ways);
        }
        self.at += 5;
        true
    }

    /// 555-1234 and 800-555-1234, digit by digit.
    fn telephone(&mut self, first: &str) -> bool {
        let mut groups = vec![first.to_owned()];
        while groups.len() < 6
            && let (Some('-'), Some(more)) = (
                self.mark(2 * groups.len() - 1),
                self.digits(2 * groups.len()),
            )
        {
            groups.push(more);
        }
        let lengths: Vec<usize> = groups.iter().map(String::len).collect();
        if !matches!(lengths[..], [3, 4] | [3, 3, 4] | [1, 3, 3, 4]) {
            return false;
        }
        for group in groups {
            let said = spelled(&group);
            self.say(1, &[said.clone(), said.replace("oh", "zero")]);
            self.at += 2;
        }
        self.at -= 1;
        true
    }

    /// A currency or a unit of measure behind the number that was just said.
    fn measure(&mut self) {
        let close = self.close(0);
        let scale = self.latin(0).and_then(|word| match word.as_str() {
            "hundred" | "thousand" | "million" | "billion" | "trillion" => Some(word),
            short => abbreviations::unit(short, close)
                .filter(|long| long.ends_with("lion") || *long == "thousand")
                .map(str::to_owned),
        });
        if self.price.is_some()
            && let Some(scale) = scale
        {
            self.say(1, &[scale]);
            self.at += 1;
        }
        if let Some(price) = self.price.take() {
            return self.say_behind(&[price]);
        }
        if self.mark(0) == Some('°')
            && let Some(unit @ ("c" | "f")) = self.latin(1).as_deref()
        {
            let kind = if unit == "c" { "celsius" } else { "fahrenheit" };
            self.say(2, &[format!("degrees {kind}"), "degrees".to_owned()]);
            self.at += 2;
        } else if let Some(long) = self.latin(0).and_then(|u| abbreviations::unit(&u, close)) {
            let power = self.digits(1).and_then(|d| match d.as_str() {
                "2" => Some("square"),
                "3" => Some("cubic"),
                _ => None,
            });
            let letter = self.peek(0).map(|t| self.plain.of(t).to_vec());
            match (power, letter.as_deref()) {
                (Some(power), Some([_, _, ..])) => {
                    self.say(2, &[format!("{power} {long}")]);
                    self.at += 1;
                }
                (_, Some(['m'])) => self.say(1, &["meters", long]),
                (_, Some(['k' | 'K'])) => self.say(1, &["kay", long]),
                _ => self.say(1, &[long]),
            }
            self.at += 1;
        }
    }
}

fn plural_of(said: &str) -> String {
    match said.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{said}s"),
    }
}
