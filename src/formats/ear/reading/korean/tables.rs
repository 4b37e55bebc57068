//! The lists that reading Korean needs, from plain text files.
use std::collections::HashMap;
use std::sync::LazyLock;

/// How a number before a counter is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counting {
    Sino,
    Native,
    /// Native or Sino-Korean, by the size of the number.
    Both,
    /// Sino-Korean or, less often, native.
    Either,
}

type Lists = HashMap<&'static str, Vec<&'static str>>;

fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once(' '))
}

fn lists(text: &'static str) -> Lists {
    lines(text)
        .map(|(key, said)| (key, said.split('|').map(str::trim).collect()))
        .collect()
}

static COUNTERS: LazyLock<HashMap<&'static str, Counting>> = LazyLock::new(|| {
    lines(include_str!("counters.txt"))
        .flat_map(|(how, counters)| {
            let how = match how {
                "native" => Counting::Native,
                "both" => Counting::Both,
                "either" => Counting::Either,
                _ => Counting::Sino,
            };
            counters.split_whitespace().map(move |c| (c, how))
        })
        .collect()
});
static UNITS: LazyLock<Lists> = LazyLock::new(|| lists(include_str!("units.txt")));
static SIGNS: LazyLock<Lists> = LazyLock::new(|| lists(include_str!("signs.txt")));
static HANJA: LazyLock<Lists> = LazyLock::new(|| lists(include_str!("hanja.txt")));
static LATIN: LazyLock<Lists> = LazyLock::new(|| lists(include_str!("latin.txt")));
static SPOKEN: LazyLock<Lists> = LazyLock::new(|| lists(include_str!("spoken.txt")));

/// How numbers are said before this text.
pub(super) fn counting(after: &[char]) -> Counting {
    longest(after, 4, |key| COUNTERS.get(key).copied()).map_or(Counting::Sino, |(_, how)| how)
}

/// A unit of measure at the start of this text: how many characters it has, how it is said.
pub(super) fn unit(after: &[char]) -> Option<(usize, &'static [&'static str])> {
    let (n, said) = longest(after, 6, |key| UNITS.get(key))?;
    let goes_on = after.get(n).is_some_and(char::is_ascii_alphabetic);
    (!goes_on || !after[n - 1].is_ascii_alphabetic()).then_some((n, said))
}

/// How a sign is said.
pub(super) fn sign(c: char) -> &'static [&'static str] {
    SIGNS
        .get(c.encode_utf8(&mut [0; 4]) as &str)
        .map_or(&[], Vec::as_slice)
}

/// How a Chinese character is said in a Korean headline.
pub(super) fn hanja(c: char) -> &'static [&'static str] {
    HANJA
        .get(c.encode_utf8(&mut [0; 4]) as &str)
        .map_or(&[], Vec::as_slice)
}

/// How Koreans say a name in Latin letters; in lower case.
pub(super) fn latin(name: &str) -> &'static [&'static str] {
    LATIN.get(name).map_or(&[], Vec::as_slice)
}

/// Hangul with the words respelt whose sound their letters do not tell.
pub(super) fn respelt(written: &[char]) -> String {
    let mut out = String::with_capacity(3 * written.len());
    let mut i = 0;
    while i < written.len() {
        match longest(&written[i..], 4, |key| SPOKEN.get(key)).filter(|(n, _)| *n > 1) {
            Some((n, said)) => {
                out.push_str(said[0]);
                i += n;
            }
            None => {
                out.push(written[i]);
                i += 1;
            }
        }
    }
    out
}

fn longest<T>(text: &[char], most: usize, find: impl Fn(&str) -> Option<T>) -> Option<(usize, T)> {
    let mut key = String::with_capacity(4 * most);
    let mut ends = Vec::with_capacity(most);
    for &c in text.iter().take(most) {
        key.push(c);
        ends.push(key.len());
    }
    (1..=ends.len())
        .rev()
        .find_map(|n| find(&key[..ends[n - 1]]).map(|found| (n, found)))
}
