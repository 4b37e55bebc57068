//! Times as files write them.
use super::timed::Timed;

/// `HH:MM:SS` and the fraction behind `point`: `01:02:03.004`.
pub fn write(ms: u64, point: char) -> String {
    let (s, ms) = (ms / 1000, ms % 1000);
    format!(
        "{:02}:{:02}:{:02}{point}{ms:03}",
        s / 3600,
        s / 60 % 60,
        s % 60
    )
}

/// Seconds with three decimals at most: `12.34`.
pub fn seconds(ms: u64) -> String {
    let mut text = format!("{}.{:03}", ms / 1000, ms % 1000);
    text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    text
}

/// Reads `[[h:]m:]s[.fraction]` with `.` or `,`, any number of digits in each part, in
/// milliseconds. Leaves seconds and minutes above 59 as what they say. `None` for anything
/// else, and beyond [`Timed::MAX_MS`].
pub fn parse(text: &str) -> Option<u64> {
    let (clock, fraction) = match text.find(['.', ',']) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    };
    let mut seconds: u64 = 0;
    for (place, part) in clock.split(':').enumerate() {
        let digits = part.as_bytes();
        let good = place < 3 && (1..=9).contains(&digits.len());
        if !good || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        seconds = seconds.checked_mul(60)?.checked_add(part.parse().ok()?)?;
    }
    let fraction = fraction.as_bytes();
    if !fraction.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let digit = |at: usize| u64::from(fraction.get(at).map_or(0, |d| d - b'0'));
    let ms = seconds.checked_mul(1000)? + digit(0) * 100 + digit(1) * 10 + digit(2);
    (ms <= Timed::MAX_MS).then_some(ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn clocks_of_all_kinds() {
        let good = [
            ("00:00:01.500", 1500),
            ("0:00:02,5", 2500),
            ("0.860", 860),
            ("1:03.100", 63_100),
            ("00:16.500", 16_500),
            ("100:00:00.000", 360_000_000),
            ("00:90", 90_000),
            ("7", 7000),
            ("00:00:01.123456", 1123),
        ];
        for (text, ms) in good {
            assert_eq!(parse(text), Some(ms), "{text}");
        }
        for bad in [
            "",
            ":",
            "1:",
            "a",
            "-1",
            "1:2:3:4",
            "1.2.3",
            "99999:0:0",
            "1e9",
            "１",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
        assert_eq!(seconds(12_340), "12.34");
        assert_eq!(seconds(100_000), "100");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(ms in 0..Timed::MAX_MS) {
            prop_assert_eq!(parse(&write(ms, '.')), Some(ms));
            prop_assert_eq!(parse(&write(ms, ',')), Some(ms));
            prop_assert_eq!(parse(&seconds(ms)), Some(ms));
        }
    }
}
