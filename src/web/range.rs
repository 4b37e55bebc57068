//! The `Range` and `If-Range` headers (RFC 9110 sections 13.1.5 and 14), as pure functions.
use std::time::UNIX_EPOCH;

/// Bytes `first` to `last` of a file, both included, `first <= last < length`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Position of the first byte.
    pub first: u64,
    /// Position of the last byte.
    pub last: u64,
}

impl Range {
    /// How many bytes these are; at least 1.
    pub fn length(self) -> u64 {
        self.last - self.first + 1
    }
}

/// What a `Range` header asks of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ranges {
    /// 200 with everything: no usable header.
    Whole,
    /// 416: well-formed, but nothing of it lies in the file.
    Unsatisfiable,
    /// 206 with one part.
    Single(Range),
    /// 206 as `multipart/byteranges`: 2 to 8 ranges, ascending, apart from each other.
    Several(Vec<Range>),
}

/// More ranges than this are not a player that seeks (HARDENING L6).
const MAX_RANGES: usize = 8;

/// Reads a `Range` header against a file of `length` bytes.
///
/// - Another unit than `bytes`, and anything malformed, is ignored: [`Ranges::Whole`].
/// - `-500` is the last 500 bytes, or the whole file as a range if it is shorter.
/// - An end past the file is cut to it; a range that starts past it is left out, and if
///   nothing remains the answer is [`Ranges::Unsatisfiable`]. So is anything of an empty file.
/// - More than 8 ranges, and ranges that overlap, repeat or do not ascend, get the whole file:
///   RFC 9110 section 14.2 allows it, and the answer is then never longer than the file and
///   the headers of 8 parts (HARDENING L6).
/// - Neighbours such as `0-1,2-3` are joined to one, since a client may be sent fewer parts
///   than it asked for (section 15.3.7.2).
pub fn parse(header: &str, length: u64) -> Ranges {
    let Some((unit, set)) = header.trim().split_once('=') else {
        return Ranges::Whole;
    };
    if !unit.eq_ignore_ascii_case("bytes") {
        return Ranges::Whole;
    }
    let mut found: Vec<Range> = Vec::new();
    let mut seen = 0;
    for spec in set.split(',').map(trim_ows) {
        // RFC 9110 section 5.6.1.2: empty members of a list are passed over.
        if spec.is_empty() {
            continue;
        }
        seen += 1;
        if seen > MAX_RANGES {
            return Ranges::Whole;
        }
        match resolve(spec, length) {
            Spec::Malformed => return Ranges::Whole,
            Spec::Outside => {}
            Spec::Inside(range) => match found.last_mut() {
                Some(before) if range.first <= before.last => return Ranges::Whole,
                Some(before) if range.first == before.last + 1 => before.last = range.last,
                _ => found.push(range),
            },
        }
    }
    match (seen, found.as_slice()) {
        (0, _) => Ranges::Whole,
        (_, []) => Ranges::Unsatisfiable,
        (_, [one]) => Ranges::Single(*one),
        _ => Ranges::Several(found),
    }
}

enum Spec {
    Malformed,
    Outside,
    Inside(Range),
}

fn resolve(spec: &str, length: u64) -> Spec {
    let Some((first, last)) = spec.split_once('-') else {
        return Spec::Malformed;
    };
    let (first, last) = match (first, last) {
        ("", suffix) => match number(suffix) {
            None => return Spec::Malformed,
            Some(0) => return Spec::Outside,
            Some(n) => (length.saturating_sub(n), u64::MAX),
        },
        (first, "") => match number(first) {
            None => return Spec::Malformed,
            Some(first) => (first, u64::MAX),
        },
        (first, last) => match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => (first, last),
            _ => return Spec::Malformed,
        },
    };
    if first >= length {
        return Spec::Outside;
    }
    Spec::Inside(Range {
        first,
        last: last.min(length - 1),
    })
}

/// A run of digits; one too long for 64 bits is past every file's end.
fn number(text: &str) -> Option<u64> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(text.parse().unwrap_or(u64::MAX))
}

/// Optional white space is space and tab alone (RFC 9110 section 5.6.3).
fn trim_ows(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

/// Whether `If-Range` holds, so that `Range` counts: the entity tag by strong comparison, or
/// the date exactly (RFC 9110 section 13.1.5). `etag` is ours with its quotes. Whoever sends
/// `Range` without `If-Range` does not ask this.
pub fn if_range_matches(header: &str, etag: &str, last_modified_seconds: i64) -> bool {
    let header = trim_ows(header);
    if header.starts_with('"') {
        return header == etag && header.len() >= 2;
    }
    if header.starts_with("W/") {
        return false;
    }
    http_date_seconds(header) == Some(last_modified_seconds)
}

/// An HTTP date in any of the three forms of RFC 9110 section 5.6.7 as seconds since 1970;
/// earlier dates are not read.
pub(crate) fn http_date_seconds(text: &str) -> Option<i64> {
    let date = httpdate::parse_http_date(text).ok()?;
    let seconds = date.duration_since(UNIX_EPOCH).ok()?.as_secs();
    i64::try_from(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn single(first: u64, last: u64) -> Ranges {
        Ranges::Single(Range { first, last })
    }

    fn several(ranges: &[(u64, u64)]) -> Ranges {
        let range = |&(first, last): &(u64, u64)| Range { first, last };
        Ranges::Several(ranges.iter().map(range).collect())
    }

    #[test]
    fn examples_of_the_rfc() {
        // Section 14.1.2, a representation of 10000 bytes.
        for (header, want) in [
            ("bytes=0-499", single(0, 499)),
            ("bytes=500-999", single(500, 999)),
            ("bytes=-500", single(9500, 9999)),
            ("bytes=9500-", single(9500, 9999)),
            ("bytes=0-0,-1", several(&[(0, 0), (9999, 9999)])),
            (
                "bytes= 0-999, 4500-5499, -1000",
                several(&[(0, 999), (4500, 5499), (9000, 9999)]),
            ),
            ("bytes=500-600,601-999", single(500, 999)),
            ("bytes=500-700,601-999", Ranges::Whole),
        ] {
            assert_eq!(parse(header, 10_000), want, "{header}");
        }
    }

    #[test]
    fn edges() {
        for (header, want) in [
            ("bytes=0-", single(0, 99)),
            ("bytes=0-99999999999999999999999999", single(0, 99)),
            ("bytes=-1000", single(0, 99)),
            ("bytes=99-99", single(99, 99)),
            ("Bytes=1-2", single(1, 2)),
            ("bytes=1-2,", single(1, 2)),
            ("bytes=1-2,200-300", single(1, 2)),
            ("bytes=100-", Ranges::Unsatisfiable),
            ("bytes=99999999999999999999-", Ranges::Unsatisfiable),
            ("bytes=-0", Ranges::Unsatisfiable),
            ("bytes=100-200,300-", Ranges::Unsatisfiable),
            ("bytes=5-4", Ranges::Whole),
            ("bytes=", Ranges::Whole),
            ("bytes=,", Ranges::Whole),
            ("bytes=-", Ranges::Whole),
            ("bytes=a-b", Ranges::Whole),
            ("bytes=1 - 2", Ranges::Whole),
            ("bytes=+1-2", Ranges::Whole),
            ("bytes=--1", Ranges::Whole),
            ("bytes=1-2-3", Ranges::Whole),
            ("bytes 1-2", Ranges::Whole),
            ("items=0-1", Ranges::Whole),
            ("seconds=0-1", Ranges::Whole),
            ("", Ranges::Whole),
            ("bytes=50-60,0-10", Ranges::Whole),
            ("bytes=0-10,0-10", Ranges::Whole),
            (
                "bytes=0-0,2-2,4-4,6-6,8-8,10-10,12-12,14-14,16-16",
                Ranges::Whole,
            ),
            ("bytes=0-1,2-3,4-", single(0, 99)),
        ] {
            assert_eq!(parse(header, 100), want, "{header}");
        }
        assert_eq!(parse("bytes=0-", 0), Ranges::Unsatisfiable);
        assert_eq!(parse("bytes=-5", 0), Ranges::Unsatisfiable);
        assert_eq!(parse("bytes=0-", u64::MAX), single(0, u64::MAX - 1));
    }

    #[test]
    fn if_range() {
        let etag = "\"abc\"";
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        assert!(if_range_matches(etag, etag, 0));
        assert!(if_range_matches(date, etag, 784_111_777));
        assert!(if_range_matches(
            "Sunday, 06-Nov-94 08:49:37 GMT",
            etag,
            784_111_777
        ));
        assert!(if_range_matches(
            "Sun Nov  6 08:49:37 1994",
            etag,
            784_111_777
        ));
        assert!(!if_range_matches(date, etag, 784_111_778));
        assert!(!if_range_matches("W/\"abc\"", etag, 0));
        assert!(!if_range_matches("W/\"abc\"", "W/\"abc\"", 0));
        assert!(!if_range_matches("\"abd\"", etag, 0));
        assert!(!if_range_matches("abc", etag, 0));
        assert!(!if_range_matches("", etag, 0));
    }

    proptest! {
        #[test]
        fn never_more_than_the_file(
            header in "(bytes=)?([0-9]{0,4}-?[0-9]{0,4},? ?){0,12}",
            length in 0u64..5000,
        ) {
            let ranges = match parse(&header, length) {
                Ranges::Single(range) => vec![range],
                Ranges::Several(ranges) => ranges,
                Ranges::Whole | Ranges::Unsatisfiable => vec![],
            };
            prop_assert!(ranges.iter().all(|r| r.first <= r.last && r.last < length));
            prop_assert!(ranges.windows(2).all(|w| w[0].last + 1 < w[1].first));
            prop_assert!(ranges.iter().map(|r| r.length()).sum::<u64>() <= length);
            prop_assert!(ranges.len() <= 8);
        }

        #[test]
        fn no_header_panics(header in "\\PC{0,60}", length in any::<u64>()) {
            let _ = parse(&header, length);
            let _ = parse(&format!("bytes={header}"), length);
            let _ = if_range_matches(&header, "\"a\"", 0);
        }
    }
}
