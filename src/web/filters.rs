//! Dates, lengths and sizes as a person reads them, in the interface's language.
use crate::kernel::Message;
use crate::kernel::time::{Instant, Zone, whole_seconds};
use crate::web::ui::Ui;

/// `2026년 11월 24일` or `24 November 2026`: the day in a zone.
pub fn human_date(instant: Instant, zone: &Zone, ui: Ui) -> String {
    ui.message(&day("site-date", instant, zone))
}

/// `2026년 11월 24일 9:08` or `24 November 2026, 9:08`: day and minute in a zone, 24 hours.
pub fn human_date_time(instant: Instant, zone: &Zone, ui: Ui) -> String {
    let civil = instant.civil(zone);
    let time = format!("{}:{:02}", civil.hour(), civil.minute());
    ui.message(&day("site-date-time", instant, zone).with("time", time))
}

fn day(key: &'static str, instant: Instant, zone: &Zone) -> Message {
    let civil = instant.civil(zone);
    Message::new(key)
        .with("year", civil.year())
        .with("month", civil.month())
        // Fluent chooses a variant by a word, not by a digit in a string.
        .with("name", format_args!("m{}", civil.month()))
        .with("day", civil.day())
}

/// `12분 34초`, `1시간 2분`, `34초` or `12 min 34 s`; from an hour on without seconds. `ms` in
/// milliseconds, told in [`whole_seconds`].
pub fn audio_length(ms: u64, ui: Ui) -> String {
    let s = whole_seconds(ms);
    let (hours, minutes, seconds) = (s / 3600, s / 60 % 60, s % 60);
    match (hours, minutes, seconds) {
        (0, 0, s) => ui.n("site-seconds", s),
        (0, m, 0) => ui.n("site-minutes", m),
        (0, m, s) => [ui.n("site-minutes", m), ui.n("site-seconds", s)].join(" "),
        (h, 0, _) => ui.n("site-hours", h),
        (h, m, _) => [ui.n("site-hours", h), ui.n("site-minutes", m)].join(" "),
    }
}

/// `14 MB`, `1.4 GB`: decimal units, two significant digits below ten.
pub fn file_size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KB", "MB", "GB", "TB"];
    let bytes = u128::from(bytes);
    let rounded = |times: u128, divisor: u128| (bytes * times + divisor / 2) / divisor;
    let (mut unit, mut divisor) = (0, 1);
    while unit < UNITS.len() - 1 && rounded(1, divisor) >= 1000 {
        divisor *= 1000;
        unit += 1;
    }
    match rounded(10, divisor) {
        tenths if unit > 0 && tenths < 100 => {
            format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
        }
        _ => format!("{} {}", rounded(1, divisor), UNITS[unit]),
    }
}

/// `읽는 데 5분` or `5 min read`.
pub fn reading_time(minutes: u32, ui: Ui) -> String {
    ui.n("site-reading-time", minutes.max(1))
}

/// `12:03`: the time on the wall in a zone.
pub fn clock_time(instant: Instant, zone: &Zone) -> String {
    instant.civil(zone).strftime("%H:%M").to_string()
}

/// The time on the wall in a zone, with its day if that is not the one of `now`.
pub fn recent_time(instant: Instant, now: Instant, zone: &Zone, ui: Ui) -> String {
    if instant.civil(zone).date() == now.civil(zone).date() {
        clock_time(instant, zone)
    } else {
        human_date_time(instant, zone, ui)
    }
}

/// How long ago something was, in rough words.
pub fn ago(then: Instant, now: Instant, ui: Ui) -> String {
    let minutes = (now.0 - then.0).max(0) / 60_000;
    match minutes {
        0..=1 => ui.t("site-ago-now"),
        2..=59 => ui.n("site-ago-minutes", minutes),
        60..=1439 => ui.n("site-ago-hours", minutes / 60),
        _ => ui.n("site-ago-days", minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::language::UiLanguage;

    const KO: Ui = Ui {
        lang: UiLanguage::Ko,
    };
    const EN: Ui = Ui {
        lang: UiLanguage::En,
    };

    #[test]
    fn dates_are_local() {
        // 2026-11-23T22:08Z is the next morning in Seoul.
        let instant = Instant(1_795_471_680_000);
        let seoul = Zone::parse("Asia/Seoul").unwrap();
        assert_eq!(instant.rfc3339(), "2026-11-23T22:08:00Z");
        assert_eq!(human_date(instant, &seoul, KO), "2026년 11월 24일");
        assert_eq!(human_date(instant, &seoul, EN), "24 November 2026");
        assert_eq!(
            human_date_time(instant, &seoul, KO),
            "2026년 11월 24일 7:08"
        );
        assert_eq!(
            human_date_time(instant, &seoul, EN),
            "24 November 2026, 7:08"
        );
    }

    #[test]
    fn a_time_of_another_day_has_its_date() {
        let seoul = Zone::parse("Asia/Seoul").unwrap();
        // Seven in the morning in Seoul, where the day before ended at 15:00Z.
        let now = Instant(1_795_471_680_000);
        let at = |hours: i64| recent_time(now.plus_ms(hours * -3_600_000), now, &seoul, KO);
        assert_eq!((at(0), at(7)), ("07:08".into(), "00:08".into()));
        assert_eq!(at(8), "2026년 11월 23일 23:08");
    }

    #[test]
    fn every_month_has_a_name() {
        let utc = Zone::parse("UTC").unwrap();
        let names: std::collections::HashSet<String> = (0..12)
            .map(|month| human_date(Instant((month * 30 + 16) * 86_400_000), &utc, EN))
            .map(|date| date.split(' ').nth(1).unwrap().to_owned())
            .collect();
        assert_eq!(names.len(), 12, "{names:?}");
    }

    #[test]
    fn lengths() {
        assert_eq!(audio_length(754_999, KO), "12분 34초");
        assert_eq!(audio_length(754_999, EN), "12 min 34 s");
        assert_eq!(audio_length(3_723_000, KO), "1시간 2분");
        assert_eq!(audio_length(3_600_000, EN), "1 h");
        assert_eq!(audio_length(60_000, KO), "1분");
        assert_eq!(audio_length(0, KO), "0초");
        assert_eq!(reading_time(0, KO), "읽는 데 1분");
        assert_eq!(reading_time(7, EN), "7 min read");
    }

    #[test]
    fn sizes() {
        for (bytes, want) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.0 KB"),
            (9_949, "9.9 KB"),
            (9_950, "10 KB"),
            (999_499, "999 KB"),
            (999_500, "1.0 MB"),
            (14_100_000, "14 MB"),
            (u64::MAX, "18446744 TB"),
        ] {
            assert_eq!(file_size(bytes), want, "{bytes}");
        }
    }
}
