//! `If-None-Match`, `If-Modified-Since` and `Accept-Encoding` as pure functions that allocate
//! nothing: they run on every request of every feed reader.
use crate::web::range::http_date_seconds;

/// Whether the answer is 304 (RFC 9110 section 13.2.2). `etag` is ours with its quotes (and
/// `W/`, if weak), `last_modified_s` is in whole seconds since 1970. `If-None-Match` wins over
/// the date; a date that cannot be read does not count.
pub fn not_modified(
    if_none_match: Option<&str>,
    if_modified_since: Option<&str>,
    etag: &str,
    last_modified_s: i64,
) -> bool {
    match if_none_match {
        Some(header) => header == etag || matches_any(header, etag),
        None => if_modified_since
            .and_then(|date| http_date_seconds(date.trim()))
            .is_some_and(|since| last_modified_s <= since),
    }
}

/// Weak comparison against a list of tags or `*` (RFC 9110 sections 8.8.3.2 and 13.1.2).
/// A tag may hold a comma, so the list is read tag by tag; what comes after a fault is not
/// read.
fn matches_any(header: &str, etag: &str) -> bool {
    if header.trim() == "*" {
        return true;
    }
    let ours = opaque(etag);
    let mut rest = header;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let Some(inner) = opaque(rest).strip_prefix('"') else {
            return false;
        };
        let Some(end) = inner.find('"') else {
            return false;
        };
        if ours
            .strip_prefix('"')
            .and_then(|tag| tag.strip_suffix('"'))
            .is_some_and(|tag| tag == &inner[..end])
        {
            return true;
        }
        rest = &inner[end + 1..];
    }
}

fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// A content coding that bytes are kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// `br`.
    Brotli,
    /// `zstd`.
    Zstd,
    /// `gzip`.
    Gzip,
    /// None.
    Identity,
}

impl Encoding {
    /// All, the best first: the smallest for text before the larger.
    pub const ALL: [Self; 4] = [Self::Brotli, Self::Zstd, Self::Gzip, Self::Identity];

    /// The name in `Content-Encoding`; identity is never sent there.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    fn index(self) -> usize {
        match self {
            Self::Brotli => 0,
            Self::Zstd => 1,
            Self::Gzip => 2,
            Self::Identity => 3,
        }
    }

    fn of_name(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("x-gzip") {
            return Some(Self::Gzip);
        }
        Self::ALL
            .into_iter()
            .find(|e| name.eq_ignore_ascii_case(e.name()))
    }
}

/// What a client takes: a weight in thousandths for each of [`Encoding::ALL`], 0 for never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted([u16; 4]);

/// Codings of one header that are looked at; more is no browser.
const MAX_CODINGS: usize = 32;

/// Reads `Accept-Encoding` (RFC 9110 section 12.5.3). Without the header only identity is
/// taken, as clients that say nothing often cannot unpack. Malformed weights count as 0.
pub fn accept_encoding(header: Option<&str>) -> Accepted {
    let mut weights: [Option<u16>; 4] = [None; 4];
    let mut star = None;
    for part in header.unwrap_or_default().split(',').take(MAX_CODINGS) {
        let (name, parameters) = part.split_once(';').unwrap_or((part, ""));
        let weight = weight(parameters);
        let name = name.trim();
        if name == "*" {
            star = Some(weight);
        } else if let Some(encoding) = Encoding::of_name(name) {
            weights[encoding.index()] = Some(weight);
        }
    }
    let mut accepted = [0; 4];
    for encoding in Encoding::ALL {
        let unnamed = match (encoding, star) {
            // Section 12.5.3: identity is acceptable unless it is excluded by name or by `*;q=0`;
            // named by nobody it comes after all that is named.
            (Encoding::Identity, Some(0)) => 0,
            (Encoding::Identity, _) => 1,
            (_, star) => star.unwrap_or(0),
        };
        accepted[encoding.index()] = weights[encoding.index()].unwrap_or(unnamed);
    }
    Accepted(accepted)
}

/// `q=0.5` in thousandths; without a weight 1000.
fn weight(parameters: &str) -> u16 {
    let parameters = parameters.trim();
    if parameters.is_empty() {
        return 1000;
    }
    let Some(value) = parameters
        .strip_prefix("q=")
        .or_else(|| parameters.strip_prefix("Q="))
    else {
        return 0;
    };
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return 0;
    }
    let mut thousandths = 0;
    for place in 0..3 {
        let digit = fraction.as_bytes().get(place).map_or(0, |b| b - b'0');
        thousandths = thousandths * 10 + u16::from(digit);
    }
    match whole {
        "0" => thousandths,
        "1" if thousandths == 0 => 1000,
        _ => 0,
    }
}

impl Accepted {
    /// Whether the client takes the coding at all.
    pub fn takes(&self, encoding: Encoding) -> bool {
        self.0[encoding.index()] > 0
    }

    /// The coding to send of those there are: the heaviest, among equals the one that stands
    /// first in [`Encoding::ALL`]. Identity is always there, and is the answer too when the
    /// client excludes everything, since 406 helps nobody.
    pub fn choose(&self, available: &[Encoding]) -> Encoding {
        let mut best = (Encoding::Identity, self.0[Encoding::Identity.index()]);
        for encoding in Encoding::ALL.into_iter().rev() {
            let weight = self.0[encoding.index()];
            if weight > 0 && weight >= best.1 && available.contains(&encoding) {
                best = (encoding, weight);
            }
        }
        best.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    const SECONDS: i64 = 784_111_777;

    #[test]
    fn tags() {
        for (header, etag, want) in [
            ("\"a\"", "\"a\"", true),
            ("W/\"a\"", "\"a\"", true),
            ("\"a\"", "W/\"a\"", true),
            ("\"x\", \"a\"", "\"a\"", true),
            ("\"x\",W/\"a\"", "\"a\"", true),
            ("\"x,y\" , \"a\"", "\"a\"", true),
            (", ,\"a\",", "\"a\"", true),
            ("*", "\"a\"", true),
            (" * ", "\"a\"", true),
            ("\"b\"", "\"a\"", false),
            ("\"x,\"a\"", "\"a\"", false),
            ("a", "\"a\"", false),
            ("", "\"a\"", false),
            ("\"a", "\"a\"", false),
            ("\"aa\"", "\"a\"", false),
            ("w/\"a\"", "\"a\"", false),
        ] {
            assert_eq!(not_modified(Some(header), None, etag, 0), want, "{header}");
        }
    }

    #[test]
    fn dates() {
        assert!(not_modified(None, Some(DATE), "\"a\"", SECONDS));
        assert!(not_modified(None, Some(DATE), "\"a\"", SECONDS - 1));
        assert!(!not_modified(None, Some(DATE), "\"a\"", SECONDS + 1));
        assert!(!not_modified(None, Some("yesterday"), "\"a\"", SECONDS));
        assert!(!not_modified(None, None, "\"a\"", SECONDS));
        // The tag wins, both ways.
        assert!(!not_modified(Some("\"b\""), Some(DATE), "\"a\"", SECONDS));
        assert!(not_modified(
            Some("\"a\""),
            Some(DATE),
            "\"a\"",
            SECONDS + 1
        ));
    }

    #[test]
    fn codings() {
        use Encoding::{Brotli, Gzip, Identity, Zstd};
        let all = &Encoding::ALL[..];
        let two = &[Gzip, Identity][..];
        for (header, available, want) in [
            (None, all, Identity),
            (Some(""), all, Identity),
            (Some("gzip, deflate, br, zstd"), all, Brotli),
            (Some("gzip, deflate, br, zstd"), two, Gzip),
            (Some("gzip, zstd"), all, Zstd),
            (Some("GZIP"), all, Gzip),
            (Some("x-gzip"), all, Gzip),
            (Some("deflate"), all, Identity),
            (Some("br;q=0.5, gzip;q=0.8"), all, Gzip),
            (Some("br;q=0, gzip"), all, Gzip),
            (Some("br ; q=0.001 , gzip;q=0"), all, Brotli),
            (Some("*"), all, Brotli),
            (Some("*"), two, Gzip),
            (Some("*;q=0.5, br;q=0"), all, Zstd),
            (Some("identity, gzip;q=0.5"), all, Identity),
            (Some("identity;q=0, *"), two, Gzip),
            (Some("gzip;q=2"), all, Identity),
            (Some("gzip;q=abc"), all, Identity),
            (Some("gzip;q=1.000"), all, Gzip),
            (Some("gzip;q=1.001"), all, Identity),
            (Some("*;q=0"), all, Identity),
        ] {
            assert_eq!(
                accept_encoding(header).choose(available),
                want,
                "{header:?}"
            );
        }
        assert!(!accept_encoding(Some("*;q=0")).takes(Identity));
        assert!(accept_encoding(Some("br")).takes(Brotli));
    }

    proptest! {
        #[test]
        fn nothing_panics(a in "\\PC{0,60}", b in "([a-z*\",;=. 0-9W/-]){0,60}") {
            let _ = not_modified(Some(&a), Some(&b), "\"a\"", 0);
            let _ = not_modified(Some(&b), Some(&a), "\"a\"", 0);
            let _ = not_modified(None, Some(&b), "\"a\"", 0);
            let _ = accept_encoding(Some(&a)).choose(&Encoding::ALL);
            let _ = accept_encoding(Some(&b)).choose(&Encoding::ALL);
        }
    }
}
