//! Words in Latin letters: plain, in capitals, abbreviated, or several written as one.
use super::lexicon::{self, phones};
use super::{Reader, abbreviations, lower};
use crate::formats::ear::reading::phone::Phone;
use crate::formats::ear::reading::plain::Kind;

const LETTERS: [&str; 26] = [
    "ey",
    "b iy",
    "s iy",
    "d iy",
    "iy",
    "eh f",
    "jh iy",
    "ey ch",
    "ay",
    "jh ey",
    "k ey",
    "eh l",
    "eh m",
    "eh n",
    "ow",
    "p iy",
    "k y uw",
    "aa r",
    "eh s",
    "t iy",
    "y uw",
    "v iy",
    "d ah b ax l y uw",
    "eh k s",
    "w ay",
    "z iy",
];
/// Roman numbers that are hardly ever anything else.
const ROMAN: [(&str, &str); 11] = [
    ("II", "two"),
    ("III", "three"),
    ("IV", "four"),
    ("VI", "six"),
    ("VII", "seven"),
    ("VIII", "eight"),
    ("IX", "nine"),
    ("XII", "twelve"),
    ("XIII", "thirteen"),
    ("XIV", "fourteen"),
    ("XVI", "sixteen"),
];
/// Capitals that are words too, but rarely.
const RATHER_LETTERS: [&str; 4] = ["us", "it", "who", "am"];

impl Reader<'_> {
    /// A run of Latin letters.
    pub(super) fn word(&mut self) {
        let Some(token) = self.peek(0).cloned() else {
            return;
        };
        let mut written = self.plain.of(&token).to_vec();
        let plain = lower(&written);
        if self.shouted && plain.bytes().any(|c| b"aeiouy".contains(&c)) {
            written = plain.chars().collect();
        }
        if self.initials() {
            return;
        }
        let before = self.at.checked_sub(1).map(|i| self.plain.tokens[i].kind);
        let after_number = before == Some(Kind::Digits);
        let joined =
            self.mark(1) == Some('&') || (before == Some(Kind::Mark('&')) && !token.spaced);
        let short = written.len() < 3 && written.iter().all(char::is_ascii_uppercase);
        if (joined && short) || (after_number && matches!(plain.as_str(), "am" | "pm")) {
            self.add(token.at, vec![lettered(&written)]);
        } else if self.mark(1) == Some('.')
            && let Some(long) = abbreviations::long(&plain).filter(|_| self.is_short(&plain))
        {
            self.say(1, &[long]);
            // The point belongs to it.
            self.at += 1;
        } else if plain == "no" && self.mark(1) == Some('.') && self.number_at(2) {
            self.say(1, &["number"]);
            self.at += 1;
        } else if let Some((_, number)) = ROMAN
            .iter()
            .find(|(r, _)| r.chars().eq(written.iter().copied()))
        {
            self.say(
                1,
                &[
                    number.to_string(),
                    format!("the {}", super::numbers::ordinal(number)),
                ],
            );
        } else {
            let mut ways = ways(&written);
            ways.iter_mut()
                .for_each(|w| lexicon::allophones(w, self.taps));
            self.add(token.at, ways);
        }
        self.at += 1;
    }

    /// Months and days of the week are words on their own; what is short for them needs no more
    /// than the point, other abbreviations are capitalised or stand before something.
    fn is_short(&self, plain: &str) -> bool {
        let next = self.peek(2);
        let words = [
            "mar", "mon", "sat", "sun", "col", "gen", "rep", "fig", "co", "est", "ave", "ch",
            "min", "sec", "wed", "k", "b", "m", "jun", "hon", "inc",
        ];
        !words.contains(&plain)
            || next.is_some_and(|t| matches!(t.kind, Kind::Latin | Kind::Digits))
    }

    fn number_at(&self, n: usize) -> bool {
        self.peek(n).is_some_and(|t| t.kind == Kind::Digits)
    }

    /// U.S., e.g.: single letters with points, said by their names.
    fn initials(&mut self) -> bool {
        let single = |n: usize| {
            self.peek(n)
                .is_some_and(|t| t.kind == Kind::Latin && t.at.len() == 1 && (n == 0 || !t.spaced))
        };
        let mut n = 0;
        while single(2 * n) && self.mark(2 * n + 1) == Some('.') {
            n += 1;
        }
        if n < 2 {
            return false;
        }
        let letters: Vec<char> = (0..n)
            .filter_map(|i| self.peek(2 * i))
            .map(|t| self.plain.of(t)[0])
            .collect();
        let (Some(first), Some(last)) = (self.peek(0), self.peek(2 * n - 1)) else {
            return false;
        };
        let at = first.at.start..last.at.end;
        let mut ways = vec![lettered(&letters)];
        match lower(&letters).as_str() {
            "eg" => ways.extend(super::spoken(&["for example"], self.taps)),
            "ie" => ways.extend(super::spoken(&["that is"], self.taps)),
            _ => (),
        }
        self.add(at, ways);
        self.at += 2 * n;
        true
    }
}

/// Letters by their names.
pub(super) fn lettered(letters: &[char]) -> Vec<Phone> {
    let name = |c: &char| LETTERS.get((c.to_ascii_lowercase() as usize).wrapping_sub('a' as usize));
    letters
        .iter()
        .filter_map(name)
        .flat_map(|n| phones(n))
        .collect()
}

/// The ways to say a run of letters.
pub(super) fn ways(written: &[char]) -> Vec<Vec<Phone>> {
    let plain = lower(written);
    let capitals = written.iter().filter(|c| c.is_ascii_uppercase()).count();
    let no_vowel = !plain.bytes().any(|c| b"aeiouy'".contains(&c));
    if no_vowel && written.len() < 5 && !lexicon::knows(&plain) {
        return vec![lettered(written)];
    }
    if capitals > 1 && capitals == written.len() {
        return in_capitals(written, &plain);
    }
    let few =
        |end: &str| plain.ends_with(end) && capitals > 1 && capitals + end.len() == written.len();
    if few("s") || few("'s") {
        let stem = &written[..capitals];
        return in_capitals(stem, &lower(stem))
            .into_iter()
            .map(lexicon::with_s)
            .collect();
    }
    if !lexicon::knows(&plain)
        && let Some(parts) = parts(written)
    {
        let said = parts
            .iter()
            .map(|p| ways(p).into_iter().next().unwrap_or_default());
        return vec![said.collect::<Vec<_>>().concat()];
    }
    lexicon::ways(&plain)
}

fn in_capitals(written: &[char], plain: &str) -> Vec<Vec<Phone>> {
    let letters = lettered(written);
    let word = lexicon::ways(plain).into_iter().next().unwrap_or_default();
    let has_vowel = plain.bytes().any(|c| b"aeiouy".contains(&c));
    if abbreviations::is_acronym(plain) {
        vec![word]
    } else if plain.len() > 5 && has_vowel {
        vec![word, letters]
    } else if RATHER_LETTERS.contains(&plain) {
        vec![letters, word]
    } else if lexicon::knows(plain) {
        vec![word, letters]
    } else if plain.len() > 3 && has_vowel {
        vec![letters, word]
    } else {
        vec![letters]
    }
}

/// The words in OpenAI, ChatGPT, iPhone.
fn parts(written: &[char]) -> Option<Vec<&[char]>> {
    let cuts: Vec<usize> = (1..written.len())
        .filter(|&i| {
            let (a, b) = (written[i - 1], written[i]);
            let next_small = written.get(i + 1).is_some_and(char::is_ascii_lowercase);
            b.is_ascii_uppercase()
                && (a.is_ascii_lowercase() || (a.is_ascii_uppercase() && next_small))
        })
        .collect();
    if cuts.is_empty() {
        return None;
    }
    let ends = cuts.iter().copied().chain([written.len()]);
    let starts = [0].into_iter().chain(cuts.iter().copied());
    Some(starts.zip(ends).map(|(a, b)| &written[a..b]).collect())
}
