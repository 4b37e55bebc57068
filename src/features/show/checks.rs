//! Single values of a show's details: what is taken, and in which form it is kept.
use url::Url;
use uuid::Uuid;

use crate::formats::html::{LINK_CHARS, safe_link};
use crate::kernel::Message;
use crate::kernel::text::line;

/// Longest name and label in characters (Podcasting 2.0: `person`, `funding`, `location`).
pub const LABEL_CHARS: usize = 128;

/// ISO 3166-1 alpha-2, every code in use.
const COUNTRIES: &str = "\
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE \
EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM \
HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC \
LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA \
NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO \
TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// An address for the feed: `https`, in the form that parsing gives it; empty stays empty.
/// `www.example.org` is meant as a link to it.
pub fn link(text: &str) -> Result<String, Message> {
    let text = line(text, LINK_CHARS)?;
    if text.is_empty() {
        return Ok(text);
    }
    let whole = if text.starts_with("www.") {
        format!("https://{text}")
    } else {
        text
    };
    safe_link(&whole)
        .filter(|url| url.starts_with("https://"))
        .ok_or_else(|| Message::new("error-show-link"))
}

/// The same, and it must be there.
pub fn required_link(text: &str) -> Result<String, Message> {
    let link = link(text)?;
    if link.is_empty() {
        return Err(Message::new("error-required"));
    }
    Ok(link)
}

/// Schemes of social protocols whose posts have no page on the web.
const SOCIAL_SCHEMES: [&str; 4] = ["at", "nostr", "matrix", "lightning"];

/// The address of a post in a social network: [`required_link`], or one of the networks' own.
pub fn social_link(text: &str) -> Result<String, Message> {
    let typed = line(text, LINK_CHARS)?;
    let own = typed.split_once(':').is_some_and(|(scheme, rest)| {
        let plain = |b: u8| b.is_ascii_graphic() && !b"\"<>".contains(&b);
        SOCIAL_SCHEMES.contains(&scheme) && rest.len() > 1 && rest.bytes().all(plain)
    });
    if own {
        Ok(typed)
    } else {
        required_link(&typed)
    }
}

/// What stands before the address of every enclosure: `https`, up to a slash, nothing behind.
pub fn prefix(text: &str) -> Result<String, Message> {
    let link = link(text)?;
    if link.is_empty() || (link.ends_with('/') && !link.contains(['?', '#'])) {
        Ok(link)
    } else {
        Err(Message::new("error-show-prefix"))
    }
}

/// What an app asks for when `prefix` stands before the enclosure at `url`. Services of this
/// kind take the address without `https://`; one of another scheme is left whole.
pub fn prefixed(prefix: &str, url: &str) -> String {
    let rest = if prefix.is_empty() {
        url
    } else {
        url.strip_prefix("https://").unwrap_or(url)
    };
    format!("{prefix}{rest}")
}

/// Coordinates as a geo URI (RFC 5870): latitude, longitude, perhaps a height and an
/// uncertainty in metres. A bare `37.57, 126.98` is taken for one; empty stays empty.
pub fn geo(text: &str) -> Result<String, Message> {
    let bad = || Message::new("error-show-geo");
    let text: String = line(text, LABEL_CHARS)?.split_whitespace().collect();
    if text.is_empty() {
        return Ok(text);
    }
    let rest = match text.get(..4) {
        Some(scheme) if scheme.eq_ignore_ascii_case("geo:") => &text[4..],
        _ => &text,
    };
    let (point, parameter) = match rest.split_once(';') {
        Some((point, parameter)) => (point, Some(parameter)),
        None => (rest, None),
    };
    if let Some(parameter) = parameter {
        let metres = parameter.strip_prefix("u=").and_then(decimal);
        if metres.is_none_or(|m| m < 0.0) {
            return Err(bad());
        }
    }
    let numbers: Option<Vec<f64>> = point.split(',').map(decimal).collect();
    match numbers.as_deref() {
        Some([latitude, longitude] | [latitude, longitude, _])
            if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 =>
        {
            Ok(format!("geo:{rest}"))
        }
        _ => Err(bad()),
    }
}

/// A number as RFC 5870 writes it: digits with an optional sign and fraction.
fn decimal(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let good = all_digits(whole) && all_digits(fraction);
    good.then(|| text.parse().ok()).flatten()
}

/// An object of OpenStreetMap: N, W or R and its number, perhaps `#` and a revision
/// (Podcasting 2.0, `location`); empty stays empty.
pub fn osm(text: &str) -> Result<String, Message> {
    let text = line(text, LABEL_CHARS)?.to_ascii_uppercase();
    let number = |t: &str| (1..=19).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
    let good = text.strip_prefix(['N', 'W', 'R']).is_some_and(|rest| {
        let (id, revision) = rest.split_once('#').unwrap_or((rest, "1"));
        number(id) && number(revision)
    });
    if good || text.is_empty() {
        Ok(text)
    } else {
        Err(Message::new("error-show-osm"))
    }
}

/// A country by its two letters (ISO 3166-1), kept in upper case; empty stays empty.
pub fn country(text: &str) -> Result<String, Message> {
    let text = line(text, LABEL_CHARS)?.to_ascii_uppercase();
    if text.is_empty() || COUNTRIES.split(' ').any(|code| code == text) {
        Ok(text)
    } else {
        Err(Message::new("error-show-country"))
    }
}

/// The `podcast:guid` of a show: a UUID, kept in lower case with hyphens.
pub fn feed_guid(text: &str) -> Result<String, Message> {
    let text = line(text, LABEL_CHARS)?;
    if text.is_empty() {
        return Err(Message::new("error-required"));
    }
    Uuid::try_parse(&text)
        .map(|uuid| uuid.hyphenated().to_string())
        .map_err(|_| Message::new("error-show-guid"))
}

/// The show whose podcast feed an address names, if it is one of this site: `news` of
/// `https://example.org/@news/feed.xml`, whatever the scheme, page or slashes at the end.
pub fn own_feed(link: &str, authority: &str) -> Option<String> {
    let url = Url::parse(link).ok()?;
    let host = url.host_str()?;
    let asked = match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    };
    if !asked.eq_ignore_ascii_case(authority) {
        return None;
    }
    let path = url.path().trim_end_matches('/');
    let address = path.strip_prefix("/@")?.strip_suffix("/feed.xml")?;
    (!address.contains('/')).then(|| address.to_owned())
}
