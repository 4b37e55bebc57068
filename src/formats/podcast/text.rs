//! Texts and addresses as feeds may hold them: trimmed, cut, of XML's characters, https.
use unicode_normalization::char::is_combining_mark;
use url::{Host, Url};

use crate::formats::html::{safe_link, xml_string, xml_text};

/// Longest text that is not bounded otherwise, in characters (PSP-1).
pub const TEXT_CHARS: usize = 255;
/// Longest name or label of the Podcasting 2.0 namespace, in characters.
pub const LABEL_CHARS: usize = 128;

/// Schemes of social protocols whose posts have no page.
const SOCIAL_SCHEMES: [&str; 4] = ["at", "nostr", "matrix", "lightning"];

/// One line of at most `max` characters (at least 2), trimmed; what is too long ends with `…`.
pub fn line(text: &str, max: usize) -> String {
    // Attributes lose line ends and tabs to blanks when they are read (XML 1.0 section
    // 3.3.3); the same text must come out of both.
    let blank = |c: char| matches!(c, '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let clean = if text.contains(blank) {
        xml_string(text.replace("\r\n", " ").replace(blank, " "))
    } else {
        xml_text(text)
    };
    let text = clean.trim();
    // No text has more characters than bytes.
    if text.len() <= max || text.chars().count() <= max {
        return text.to_owned();
    }
    format!("{}…", cut(text, max - 1).trim_end())
}

/// The beginning in at most `max` characters. The cut is not inside what readers see as one
/// sign, as far as that can be told from marks, joiners, flags and conjoining jamo.
pub fn cut(text: &str, max: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(max) else {
        return text;
    };
    let mut at = end;
    // A sign of more parts than this was made to annoy.
    for _ in 0..16 {
        let mut before = text[..at].chars().rev();
        let Some(last) = before.next() else {
            return &text[..end];
        };
        let next = text[at..].chars().next().unwrap_or(' ');
        let flags = text[..at].chars().rev().take_while(|c| is_flag(*c)).count();
        let splits = joins(next) || last == ZWJ || (is_flag(next) && flags % 2 == 1);
        if !splits {
            return &text[..at];
        }
        at -= last.len_utf8();
    }
    &text[..end]
}

const ZWJ: char = '\u{200D}';

/// Half of a flag.
fn is_flag(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

/// Whether the character is part of what stands before it.
fn joins(c: char) -> bool {
    let modifier = matches!(c, ZWJ | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}');
    let jamo = matches!(c, '\u{1160}'..='\u{11FF}' | '\u{D7B0}'..='\u{D7FF}');
    modifier || jamo || is_combining_mark(c)
}

/// An address that an element of the Podcasting 2.0 namespace may hold: https, as the namespace
/// asks. Plain http passes for this machine alone, where a trial runs without certificates.
pub fn address(text: &str) -> Option<String> {
    let link = safe_link(text)?;
    if link.starts_with("https:") {
        return Some(link);
    }
    let url = Url::parse(&link).ok()?;
    let local = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    };
    local.then_some(link)
}

/// The address of a post: [`address`], or one of the protocols' own.
pub fn social_address(text: &str) -> Option<String> {
    let (scheme, rest) = text.trim().split_once(':')?;
    let plain = rest.len() > 1
        && text.len() <= 2_000
        && rest
            .bytes()
            .all(|b| b.is_ascii_graphic() && !b"\"<>".contains(&b));
    if SOCIAL_SCHEMES.contains(&scheme) && plain {
        return Some(text.trim().to_owned());
    }
    address(text)
}

/// A `geo:` address (RFC 5870): two or three numbers, then parameters.
pub fn geo(text: &str) -> Option<&str> {
    let text = text.trim();
    let (place, parameters) = match text.strip_prefix("geo:")?.split_once(';') {
        Some((place, parameters)) => (place, parameters),
        None => (text.strip_prefix("geo:")?, ""),
    };
    let digits = |b: u8| b.is_ascii_digit() || b"-.,".contains(&b);
    let numbers: Vec<Option<f64>> = place.split(',').map(|n| n.parse().ok()).collect();
    let within = |n: &Option<f64>, max: f64| n.is_some_and(|n| n.abs() <= max);
    let good = matches!(numbers.as_slice(), [lat, lon, height @ ..]
        if within(lat, 90.0) && within(lon, 180.0) && height.len() <= 1
            && height.iter().all(|h| within(h, 1e9)));
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"=;.-_%".contains(&b);
    (good
        && place.bytes().all(digits)
        && parameters.bytes().all(allowed)
        && text.len() <= LABEL_CHARS)
        .then_some(text)
}

/// An object of OpenStreetMap: `N`, `W` or `R` and its number, a revision after `#`.
pub fn osm(text: &str) -> Option<&str> {
    let text = text.trim();
    let (object, revision) = text.split_once('#').unwrap_or((text, "1"));
    let number = object.strip_prefix(['N', 'W', 'R'])?;
    let is_number = |n: &str| (1..=19).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit());
    (is_number(number) && is_number(revision)).then_some(text)
}

/// Seconds with as many decimals as it takes, at least one: `73.0`, `1234.25`.
pub fn seconds(ms: u64) -> String {
    let fraction = format!("{:03}", ms % 1000);
    let decimals = match fraction.trim_end_matches('0') {
        "" => "0",
        some => some,
    };
    format!("{}.{decimals}", ms / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_trimmed_and_cut() {
        assert_eq!(line(" 가\n나\t다\r\n\0 ", 9), "가 나 다");
        assert_eq!(line("가나다라마", 5), "가나다라마");
        assert_eq!(line("가나다라마바", 5), "가나다라…");
        assert_eq!(line("가나다 라마바", 5), "가나다…");
    }

    #[test]
    fn cuts_keep_signs_whole() {
        // A flag of two halves, a family of joined people, a marked letter, a syllable of jamo.
        for sign in [
            "🇰🇷",
            "👩\u{200D}👧",
            "e\u{301}",
            "\u{1112}\u{1161}\u{11AB}",
            "👍\u{1F3FD}",
        ] {
            let text = format!("가{sign}나");
            for max in 2..=sign.chars().count() {
                assert_eq!(cut(&text, max), "가", "{sign} at {max}");
            }
            assert_eq!(cut(&text, sign.chars().count() + 1), format!("가{sign}"));
        }
        assert_eq!(cut("🇰🇷🇫🇷", 2), "🇰🇷");
        // Marks without end are cut all the same.
        let pile = format!("a{}", "\u{301}".repeat(400));
        assert_eq!(cut(&pile, 255).chars().count(), 255);
    }

    #[test]
    fn addresses_are_https() {
        let same = |a: &str| assert_eq!(address(a).as_deref(), Some(a));
        same("https://a.example/x?a=1&b=2");
        same("http://127.0.0.1:8080/x");
        same("http://[::1]/x");
        same("http://localhost:8080/x");
        for bad in [
            "",
            "http://a.example/",
            "ftp://a.example/",
            "https://",
            "/x",
            "https://u:p@a.example/",
        ] {
            assert_eq!(address(bad), None, "{bad}");
        }
        assert_eq!(
            address("https://a.example/한").as_deref(),
            Some("https://a.example/%ED%95%9C")
        );
        assert!(social_address("nostr:note1abc").is_some());
        for bad in [
            "javascript:alert(1)",
            "nostr:",
            "nostr:a b",
            "at:\"><x>",
            "http://a.example/",
        ] {
            assert_eq!(social_address(bad), None, "{bad}");
        }
    }

    #[test]
    fn places_are_places() {
        for good in [
            "geo:37.5,-122.4",
            "geo:37.5,126.9,250",
            "geo:37.5,126.9;u=350",
        ] {
            assert_eq!(geo(good), Some(good));
        }
        for bad in [
            "37.5,126.9",
            "geo:",
            "geo:1",
            "geo:91,0",
            "geo:0,181",
            "geo:1,2,3,4",
            "geo:1e1,2",
            "geo:nan,0",
            "geo:1,2;\"x",
        ] {
            assert_eq!(geo(bad), None, "{bad}");
        }
        assert_eq!(
            (osm("R7444#188"), osm(" N1 ")),
            (Some("R7444#188"), Some("N1"))
        );
        for bad in ["", "R", "7444", "X1", "R1a", "R1#", "R1#x"] {
            assert_eq!(osm(bad), None, "{bad}");
        }
    }

    #[test]
    fn seconds_have_a_decimal() {
        let read = [0, 73_000, 1_234_250, 7].map(seconds);
        assert_eq!(read, ["0.0", "73.0", "1234.25", "0.007"]);
    }
}
