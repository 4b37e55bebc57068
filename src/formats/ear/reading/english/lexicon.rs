//! How English words sound: by a list of exceptions, by the stem of an ending, or by the rules.
use super::letters;
use crate::formats::ear::reading::phone::Phone;
use std::collections::HashMap;
use std::sync::LazyLock;

type Sounds = Vec<Phone>;

/// Words that the rules get wrong, and what is said in more than one way.
static EXCEPTIONS: LazyLock<HashMap<&'static str, Vec<Sounds>>> = LazyLock::new(|| {
    [include_str!("derived.txt"), include_str!("words.txt")]
        .into_iter()
        .flat_map(str::lines)
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once(' '))
        .map(|(word, ways)| (word, ways.split('|').map(phones).collect()))
        .collect()
});

pub(super) fn phones(names: &str) -> Sounds {
    names.split_whitespace().filter_map(Phone::named).collect()
}

/// The ways to say a word in lower-case letters.
pub(super) fn ways(word: &str) -> Vec<Sounds> {
    if let Some(known) = EXCEPTIONS.get(word) {
        return known.clone();
    }
    if let Some(stem) = word.strip_suffix("'s").or(word.strip_suffix("s'")) {
        return ways(stem).into_iter().map(with_s).collect();
    }
    if let Some(built) = built(word) {
        return built;
    }
    vec![letters::sounds(word)]
}

/// Whether a word stands in the list.
pub(super) fn knows(word: &str) -> bool {
    EXCEPTIONS.contains_key(word)
}

/// A listed word with an ending.
fn built(word: &str) -> Option<Vec<Sounds>> {
    const ENDINGS: [(&str, &str); 12] = [
        ("ing", "ih ng"),
        ("er", "er"),
        ("ers", "er z"),
        ("ly", "l iy"),
        ("ness", "n ax s"),
        ("ment", "m ax n t"),
        ("ful", "f ax l"),
        ("less", "l ax s"),
        ("able", "ax b ax l"),
        ("y", "iy"),
        ("ings", "ih ng z"),
        ("al", "ax l"),
    ];
    let each = |stem: &str, end: &dyn Fn(Sounds) -> Sounds| {
        stem_of(stem).map(|known| known.iter().cloned().map(end).collect())
    };
    let plural = word.strip_suffix('s').and_then(|s| each(s, &with_s));
    let plural = plural.or_else(|| word.strip_suffix("es").and_then(|s| each(s, &with_s)));
    let past = || word.strip_suffix("ed").and_then(|s| each(s, &with_d));
    let other = || {
        ENDINGS.iter().find_map(|(end, said)| {
            let stem = word.strip_suffix(end).filter(|s| s.len() > 3)?;
            each(stem, &|mut s| {
                s.extend(phones(said));
                s
            })
        })
    };
    plural.or_else(past).or_else(other)
}

/// The listed word behind a stem that may have lost an e, doubled a letter or turned y into i.
fn stem_of(stem: &str) -> Option<&'static Vec<Sounds>> {
    let get = |s: &str| EXCEPTIONS.get(s).filter(|_| s.len() > 2);
    let doubled = || {
        let [.., a, b] = stem.as_bytes() else {
            return None;
        };
        (a == b).then(|| get(&stem[..stem.len() - 1])).flatten()
    };
    get(stem)
        .or_else(|| get(&format!("{stem}e")))
        .or_else(doubled)
        .or_else(|| stem.strip_suffix('i').and_then(|s| get(&format!("{s}y"))))
}

/// Plural, possessive or third person.
pub(super) fn with_s(mut sounds: Sounds) -> Sounds {
    use Phone::{Ch, F, Ih, Jh, K, P, S, Sh, T, Th, Z, Zh};
    match sounds.last() {
        Some(S | Z | Sh | Zh | Ch | Jh) => sounds.extend([Ih, Z]),
        Some(P | T | K | F | Th) => sounds.push(S),
        _ => sounds.push(Z),
    }
    sounds
}

fn with_d(mut sounds: Sounds) -> Sounds {
    use Phone::{Ch, D, F, Ih, K, P, S, Sh, T, Th};
    match sounds.last() {
        Some(T | D) => sounds.extend([Ih, D]),
        Some(P | K | F | Th | S | Sh | Ch) => sounds.push(T),
        _ => sounds.push(D),
    }
    sounds
}

/// What neighbours make of a sound: no breath after s, and between vowels the American t.
pub(super) fn allophones(sounds: &mut [Phone], taps: bool) {
    use Phone::{Ax, Bb, Dd, Dx, Er, Gg, Ih, Iy, K, P, R, S, T};
    for i in 1..sounds.len() {
        let before = sounds[i - 1];
        let after = sounds.get(i + 1).copied();
        sounds[i] = match sounds[i] {
            P if before == S => Bb,
            K if before == S => Gg,
            T if before == S => Dd,
            T if taps
                && (before.index() <= Phone::Oy.index() || before == R)
                && matches!(after, Some(Ax | Er | Ih | Iy)) =>
            {
                Dx
            }
            same => same,
        };
    }
}
