//! Instants as UTC milliseconds, and lengths of audio.
//!
//! Local time exists in views and forms alone; the conversions stand here so that both use
//! the same ones. The time zone database is in the binary.
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

use super::Message;

/// Milliseconds since 1970-01-01T00:00:00Z, as stored in every `*_at` column; the default is
/// that instant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

/// The years that an author can mean: before them an instant is a slip.
const EARLIEST_MS: i64 = 0;
/// 2200-01-01, past which no date of ours lies.
const LATEST_MS: i64 = 7_258_118_400_000;

impl Instant {
    /// Whole seconds, as HTTP dates and feeds count.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The same instant `ms` later (or earlier, if negative).
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0.clamp(EARLIEST_MS, LATEST_MS))
            .expect("the clamped range is inside jiff's")
    }

    /// `Tue, 24 Nov 2026 00:08:12 +0000`, RFC 2822, as `pubDate` wants it.
    pub fn rfc2822(self) -> String {
        jiff::fmt::rfc2822::to_string(&self.timestamp().to_zoned_datetime(TimeZone::UTC))
            .expect("the year has four digits")
    }

    /// `2026-11-24T00:08:12Z`, RFC 3339.
    pub fn rfc3339(self) -> String {
        let t = Timestamp::from_second(self.timestamp().as_second()).expect("inside jiff's range");
        t.to_string()
    }

    /// Reads RFC 3339 with an offset, as programs send it.
    pub fn from_rfc3339(text: &str) -> Result<Self, Message> {
        let bad = || Message::new("error-instant");
        let read: Timestamp = text.trim().parse().map_err(|_| bad())?;
        let instant = Self(read.as_millisecond());
        if (EARLIEST_MS..=LATEST_MS).contains(&instant.0) {
            Ok(instant)
        } else {
            Err(bad())
        }
    }

    /// The date and time on the wall in a zone.
    pub fn civil(self, zone: &Zone) -> civil::DateTime {
        self.timestamp()
            .to_zoned_datetime(zone.0.clone())
            .datetime()
    }

    /// `+09:00`: the zone's offset from UTC at this instant.
    pub fn offset(self, zone: &Zone) -> String {
        let seconds = zone.0.to_offset(self.timestamp()).seconds();
        let sign = if seconds < 0 { '-' } else { '+' };
        let minutes = seconds.abs() / 60;
        format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// `2026-11-24T09:08`: what `<input type="datetime-local">` holds.
    pub fn to_form(self, zone: &Zone) -> String {
        self.civil(zone).strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// Reads what `<input type="datetime-local">` sends, as a time on the wall in a zone. In
    /// the hour that a change to summer time leaves out the later instant is meant, in the
    /// hour that comes twice the earlier one.
    pub fn from_form(text: &str, zone: &Zone) -> Result<Self, Message> {
        let bad = || Message::new("error-instant");
        let civil: civil::DateTime = text.trim().parse().map_err(|_| bad())?;
        let zoned = civil.to_zoned_datetime(zone.0.clone()).map_err(|_| bad())?;
        let instant = Self(zoned.timestamp().as_millisecond());
        if (EARLIEST_MS..=LATEST_MS).contains(&instant.0) {
            Ok(instant)
        } else {
            Err(bad())
        }
    }
}

/// A time zone of the IANA database.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone(TimeZone);

impl Zone {
    /// `Asia/Seoul` and the like.
    pub fn parse(name: &str) -> Result<Self, Message> {
        let name = name.trim();
        if name.is_empty() || name.len() > 64 {
            return Err(Message::new("error-time-zone"));
        }
        TimeZone::get(name)
            .map(Self)
            .map_err(|_| Message::new("error-time-zone"))
    }

    /// A name read back from our own database; UTC if the zone database lost it since.
    pub fn from_db(name: &str) -> Self {
        Self(TimeZone::get(name).unwrap_or(TimeZone::UTC))
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// Every zone name, sorted, for the form's list.
    pub fn all_names() -> Vec<String> {
        let mut names: Vec<String> = jiff::tz::db()
            .available()
            .map(|n| n.as_str().to_owned())
            .filter(|n| n.contains('/') && !n.starts_with("Etc/") && !n.starts_with("posix"))
            .collect();
        names.push("UTC".to_owned());
        names.sort();
        names.dedup();
        names
    }
}

/// A length or a place in a recording in whole seconds, rounded down as players show it: the one
/// rule for pages, feeds and data, so that no two of them tell another length. `ms` in milliseconds.
pub fn whole_seconds(ms: u64) -> u64 {
    ms / 1000
}

/// `1:02:03` or `4:05`, for a length in milliseconds, in [`whole_seconds`].
pub fn clock_length(ms: u64) -> String {
    let s = whole_seconds(ms);
    let (h, m, s) = (s / 3600, s / 60 % 60, s % 60);
    if h > 0 {
        format!("{h}:{m:02}:{s:02}")
    } else {
        format!("{m}:{s:02}")
    }
}

/// `12.34`, `3`: seconds with two decimals at most, rounded.
pub fn seconds_text(ms: u64) -> String {
    let hundredths = ms.saturating_add(5) / 10;
    let mut text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Instant = Instant(1_764_072_492_345);

    #[test]
    fn formats() {
        assert_eq!(NOON.rfc2822(), "Tue, 25 Nov 2025 12:08:12 +0000");
        assert_eq!(NOON.rfc3339(), "2025-11-25T12:08:12Z");
        assert_eq!(clock_length(3_723_999), "1:02:03");
        assert_eq!(clock_length(245_000), "4:05");
        for (ms, want) in [
            (0, "0"),
            (994, "0.99"),
            (995, "1"),
            (12_300, "12.3"),
            (100_000, "100"),
        ] {
            assert_eq!(seconds_text(ms), want);
        }
    }

    #[test]
    fn forms_speak_local_time() {
        let seoul = Zone::parse("Asia/Seoul").expect("known");
        assert_eq!(NOON.to_form(&seoul), "2025-11-25T21:08");
        assert_eq!(NOON.offset(&seoul), "+09:00");
        let back = Instant::from_form("2025-11-25T21:08", &seoul).expect("reads");
        assert_eq!(back.0, NOON.0 / 60_000 * 60_000);
    }

    #[test]
    fn nonsense_is_refused() {
        let utc = Zone::parse("UTC").expect("known");
        for bad in [
            "",
            "tomorrow",
            "2025-13-01T00:00",
            "9999-01-01T00:00",
            "-000001-01-01T00:00",
        ] {
            assert!(Instant::from_form(bad, &utc).is_err(), "{bad}");
        }
        for bad in ["", "Mars/Olympus", "../../etc/passwd"] {
            assert!(Zone::parse(bad).is_err(), "{bad}");
        }
        assert!(Zone::all_names().contains(&"Asia/Seoul".to_owned()));
    }
}
