//! Dates, times of day and telephone numbers written in digits.
use super::Reader;
use super::numbers::{native, sino, spelled};
use super::numerals::{month, up_to};

impl Reader<'_> {
    /// 2025-01-28, 2025.1.28., 2025/1/28, '25. 1. 28.
    pub(super) fn date(&mut self, year: &str) -> bool {
        let short = year.len() == 2 && self.at > 0 && {
            let before = &self.plain.tokens[self.at - 1];
            self.plain.of(before) == ['\''] && before.at.end == self.plain.tokens[self.at].at.start
        };
        let spaced = |n: usize| {
            self.peek(n)
                .filter(|t| self.plain.chars[t.at.start].is_ascii_digit())
                .map(|t| self.digits_of(t))
        };
        let (Some(mark @ ('-' | '.' | '/')), Some(m)) = (self.mark(1), spaced(2)) else {
            return false;
        };
        if self.mark(3) != Some(mark) {
            return false;
        }
        let Some(d) = spaced(4) else { return false };
        let plausible = (year.len() == 4
            || short
            || (year.len() == 2 && mark == '.' && m.len() == 2 && d.len() == 2))
            && up_to(&m, 12)
            && up_to(&d, 31);
        if !plausible {
            return false;
        }
        self.say(1, &[format!("{}년", sino(year).concat())]);
        self.drafts.seal();
        self.at += 2;
        self.say(1, &[format!("{}월", month(&m))]);
        self.drafts.seal();
        self.at += 2;
        let said = if self.hangul(1).first() == Some(&'일') {
            ""
        } else {
            "일"
        };
        self.say(1, &[format!("{}{said}", sino(&d).concat())]);
        self.at += if mark == '.' && self.mark(1) == Some('.') {
            2
        } else {
            1
        };
        true
    }

    /// 10:30 and 10:30:15.
    pub(super) fn clock(&mut self, hour: &str) -> bool {
        let (Some(':'), Some(minute)) = (self.mark(1), self.digits(2)) else {
            return false;
        };
        let sexagesimal = |d: &str| d.len() == 2 && (d == "00" || up_to(d, 59));
        if !(hour == "00" || hour == "0" || up_to(hour, 24)) || !sexagesimal(&minute) {
            return false;
        }
        let n: u32 = hour.parse().unwrap_or(0);
        let mut ways = vec![format!("{}시", sino(hour).concat())];
        if let Some(said) = native(n) {
            ways.insert(usize::from(n > 12), format!("{said}시"));
        }
        if minute != "00" {
            ways.push(format!("{}대", sino(hour).concat()));
        }
        self.say(1, &ways);
        if minute == "00" {
            self.at += 3;
            return true;
        }
        self.drafts.seal();
        self.at += 2;
        let minutes = sino(&minute).concat();
        self.say(1, &[format!("{minutes}분"), minutes]);
        self.at += 1;
        if let (Some(':'), Some(second)) = (self.mark(0), self.digits(1))
            && sexagesimal(&second)
        {
            self.drafts.seal();
            self.say(2, &[format!("{}초", sino(&second).concat())]);
            self.at += 2;
        }
        true
    }

    /// 02-123-4567, 1588-1234: digit by digit.
    pub(super) fn telephone(&mut self, first: &str) -> bool {
        let mut groups = vec![first.to_owned()];
        while groups.len() < 6
            && let (Some('-'), Some(more)) = (
                self.mark(2 * groups.len() - 1),
                self.digits(2 * groups.len()),
            )
        {
            groups.push(more);
        }
        let is_one = match groups.as_slice() {
            [a, b] => (a.len(), b.len()) == (4, 4) && a.starts_with('1'),
            [a, b, c] => a.starts_with('0') && (3..=4).contains(&b.len()) && c.len() == 4,
            _ => false,
        };
        if !is_one {
            return false;
        }
        for group in groups {
            self.say(1, &[spelled(&group, "공"), spelled(&group, "영")]);
            self.drafts.seal();
            self.at += 2;
        }
        self.at -= 1;
        true
    }
}
