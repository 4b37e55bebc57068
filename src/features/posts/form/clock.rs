//! Positions in a recording as people write them: `1:02:03`, `12:34`, `75`, `75.5`.

/// Reads hours, minutes and seconds, or seconds alone, into milliseconds. At most three digits
/// behind the point are read.
pub fn parse(text: &str) -> Option<u64> {
    let mut parts = text.trim().rsplit(':');
    let seconds = parts.next()?.trim();
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let mut ms = digits(whole)?.checked_mul(1000)?;
    if seconds.contains('.') {
        digits(fraction)?;
        let padded: String = fraction.chars().chain("000".chars()).take(3).collect();
        ms = ms.checked_add(digits(&padded)?)?;
    }
    for unit_ms in [60_000, 3_600_000] {
        if let Some(part) = parts.next() {
            ms = ms.checked_add(digits(part.trim())?.checked_mul(unit_ms)?)?;
        }
    }
    parts.next().is_none().then_some(ms)
}

fn digits(text: &str) -> Option<u64> {
    let good = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    good.then(|| text.parse().ok()).flatten()
}

/// The same back: `1:02:03`, `0:15.5`.
pub fn text(ms: u64) -> String {
    let clock = crate::kernel::time::clock_length(ms);
    match ms % 1000 {
        0 => clock,
        rest => format!("{clock}.{rest:03}")
            .trim_end_matches('0')
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_back_as_they_went_in() {
        for (typed, ms, shown) in [
            ("75", 75_000, "1:15"),
            ("1:15", 75_000, "1:15"),
            (" 0:15.5 ", 15_500, "0:15.5"),
            ("0.07", 70, "0:00.07"),
            ("1:02:03", 3_723_000, "1:02:03"),
            ("90:00", 5_400_000, "1:30:00"),
            ("2.0009", 2_000, "0:02"),
        ] {
            assert_eq!(parse(typed), Some(ms), "{typed}");
            assert_eq!(text(ms), shown);
            assert_eq!(parse(shown), Some(ms), "{shown}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for typed in [
            "",
            ":",
            "1:",
            ":30",
            "a",
            "-5",
            "1.",
            "1:02:03:04",
            "1e3",
            "9999999999",
            "1,5",
            "0:00:999999999:1",
        ] {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }
}
