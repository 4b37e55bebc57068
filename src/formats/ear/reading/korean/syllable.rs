//! Syllables of Hangul taken apart into letters.
use crate::formats::ear::reading::phone::Phone;
use crate::formats::ear::reading::plain::is_syllable;

/// Stands for the coda of an open syllable.
pub(super) const OPEN: char = '-';

const ONSETS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ',
    'ㅌ', 'ㅍ', 'ㅎ',
];
const VOWELS: [char; 21] = [
    'ㅏ', 'ㅐ', 'ㅑ', 'ㅒ', 'ㅓ', 'ㅔ', 'ㅕ', 'ㅖ', 'ㅗ', 'ㅘ', 'ㅙ', 'ㅚ', 'ㅛ', 'ㅜ', 'ㅝ', 'ㅞ',
    'ㅟ', 'ㅠ', 'ㅡ', 'ㅢ', 'ㅣ',
];
const CODAS: [char; 28] = [
    OPEN, 'ㄱ', 'ㄲ', 'ㄳ', 'ㄴ', 'ㄵ', 'ㄶ', 'ㄷ', 'ㄹ', 'ㄺ', 'ㄻ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㄿ', 'ㅀ',
    'ㅁ', 'ㅂ', 'ㅄ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];

/// A syllable; `onset` is ㅇ where no consonant opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Syllable {
    pub(super) onset: char,
    pub(super) vowel: char,
    pub(super) coda: char,
}

/// What a spoken form is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Spoken by the rules of Korean.
    Syllable(Syllable),
    /// A sound that is known already.
    Sound(Phone),
}

impl Syllable {
    pub(super) fn of(c: char) -> Option<Self> {
        if !is_syllable(c) {
            return None;
        }
        let k = c as usize - 0xac00;
        Some(Syllable {
            onset: ONSETS[k / 588],
            vowel: VOWELS[k / 28 % 21],
            coda: CODAS[k % 28],
        })
    }

    pub(super) fn is(self, c: char) -> bool {
        Self::of(c) == Some(self)
    }
}

/// The units of written Hangul; anything else in it is passed over.
pub(super) fn units(hangul: impl IntoIterator<Item = char>) -> Vec<Unit> {
    hangul
        .into_iter()
        .filter_map(Syllable::of)
        .map(Unit::Syllable)
        .collect()
}
