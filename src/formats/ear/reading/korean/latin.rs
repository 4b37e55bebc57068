//! Latin letters within Korean: capitals by their names, what Koreans have a word for by that, and
//! the rest as a Korean and as an English speaker would say it.
use super::drafts::Forms;
use super::syllable::{Unit, units};
use super::{Reader, loan, tables};
use crate::formats::ear::reading::english;

const LETTERS: [&str; 26] = [
    "에이",
    "비",
    "씨",
    "디",
    "이",
    "에프",
    "지",
    "에이치",
    "아이",
    "제이",
    "케이",
    "엘",
    "엠",
    "엔",
    "오",
    "피",
    "큐",
    "알",
    "에스",
    "티",
    "유",
    "브이",
    "더블유",
    "엑스",
    "와이",
    "제트",
];

impl Reader<'_> {
    /// A run of Latin letters.
    pub(super) fn latin(&mut self) {
        let Some(token) = self.peek(0).cloned() else {
            return;
        };
        self.drafts
            .add(token.at.clone(), forms(self.plain.of(&token)), token.spaced);
        self.at += 1;
    }
}

/// The ways to say a run of letters.
fn forms(written: &[char]) -> Forms {
    let plain: String = written.iter().map(char::to_ascii_lowercase).collect();
    let capitals = written.iter().filter(|c| c.is_ascii_uppercase()).count();
    if written.len() == 1 && capitals == 1 {
        return vec![lettered(written)];
    }
    let listed = tables::latin(&plain);
    if !listed.is_empty() {
        let mut forms: Forms = listed.iter().map(|w| units(w.chars())).collect();
        if capitals == written.len() && capitals < 3 {
            forms.insert(0, lettered(written));
        }
        forms.extend(foreign(written));
        return forms;
    }
    let in_capitals = capitals == written.len();
    let has_vowel = plain.bytes().any(|c| b"aeiouy".contains(&c));
    if written.len() == 1 || (in_capitals && written.len() < 6) || (!has_vowel && written.len() < 5)
    {
        let mut forms = vec![lettered(written)];
        if has_vowel && written.len() > 3 {
            forms.extend(borrowed(written, &plain));
        }
        return forms;
    }
    borrowed(written, &plain)
        .into_iter()
        .chain(foreign(written))
        .collect()
}

/// In English.
fn foreign(written: &[char]) -> Option<Vec<Unit>> {
    let sounds = english::ways_of(written).into_iter().next()?;
    Some(sounds.into_iter().map(Unit::Sound).collect())
}

/// English with a Korean tongue.
fn borrowed(written: &[char], plain: &str) -> Option<Vec<Unit>> {
    english::ways_of(written)
        .first()
        .map(|sounds| loan::syllables(sounds, plain))
}

/// Letters by their Korean names.
fn lettered(letters: &[char]) -> Vec<Unit> {
    let name = |c: &char| LETTERS.get((c.to_ascii_lowercase() as usize).wrapping_sub('a' as usize));
    letters
        .iter()
        .filter_map(name)
        .flat_map(|n| units(n.chars()))
        .collect()
}
