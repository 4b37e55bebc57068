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
