//! What is written short and said long.
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static LONG: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
    include_str!("abbreviations.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once(' '))
        .map(|(short, long)| (short, long.replace('%', " ")))
        .collect()
});
static ACRONYMS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("acronyms.txt").split_whitespace().collect());

/// Units that are a letter: only close behind a number.
const LETTERS: &str = "mkb";

/// What an abbreviation before a point, or a unit of measure, stands for; in lower case.
pub(super) fn long(short: &str) -> Option<&'static str> {
    LONG.get(short).map(String::as_str)
}

/// How a sign is said.
pub(super) fn sign(c: char) -> Option<&'static str> {
    if c.is_ascii_alphanumeric() {
        None
    } else {
        long(c.encode_utf8(&mut [0; 4]))
    }
}

/// What a unit behind a number is called.
pub(super) fn unit(short: &str, close: bool) -> Option<&'static str> {
    const NOT_UNITS: [&str; 6] = ["co", "st", "no", "is", "in", "v"];
    if (short.len() == 1 && (!close || !LETTERS.contains(short))) || NOT_UNITS.contains(&short) {
        return None;
    }
    let measures = [
        "km", "cm", "mm", "kg", "mg", "mph", "ft", "lb", "lbs", "oz", "hz", "khz", "mhz", "ghz",
        "mb", "gb", "tb", "kb", "kw", "mw", "gw", "kwh", "ml", "hrs", "hr", "min", "sec", "bn",
        "tn", "b", "m", "k",
    ];
    measures.contains(&short).then(|| long(short)).flatten()
}

/// Whether capitals are said as a word; in lower case.
pub(super) fn is_acronym(word: &str) -> bool {
    ACRONYMS.contains(word)
}

/// The months by their names, in order and in lower case.
pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a word is the name of a month or the beginning of it.
pub(super) fn is_month(word: &str) -> bool {
    MONTHS
        .iter()
        .any(|m| *m == word || (word.len() >= 3 && word.len() <= 4 && m.starts_with(word)))
}
