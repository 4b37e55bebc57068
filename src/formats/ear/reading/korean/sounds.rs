//! The standard pronunciation of Korean (표준 발음법): what letters do to each other when they
//! meet, and the phones that come of it.
use super::syllable::{OPEN, Syllable, Unit};
use crate::formats::ear::reading::phone::Phone;

/// How carefully somebody speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// As the standard says first, every word on its own.
    Careful,
    /// As it allows besides, and as most people speak: words run into each other, ㅎ between
    /// voiced sounds is dropped, ㅢ is ㅣ or ㅔ, and where tension cannot be told from the writing,
    /// the other guess.
    Casual,
}

/// The syllables that a word touches when no pause and no mark stands between.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Neighbours {
    pub(super) before: Option<Syllable>,
    pub(super) after: Option<Syllable>,
}

/// The phones of a form.
pub(super) fn phones(form: &[Unit], beside: Neighbours, manner: Manner) -> Vec<Phone> {
    let mut form = form.to_vec();
    if let (Some(before), Some(Unit::Syllable(first))) = (beside.before, form.first_mut()) {
        begin(before, first, manner);
    }
    for i in 1..form.len() {
        if let [Unit::Syllable(a), Unit::Syllable(b)] = &mut form[i - 1..=i] {
            meet(a, b, manner);
        }
    }
    let mut out = Vec::with_capacity(3 * form.len() + 1);
    for (i, unit) in form.iter().enumerate() {
        match *unit {
            Unit::Sound(phone) => out.push(phone),
            Unit::Syllable(s) => {
                let place = match i {
                    0 => Place::First,
                    _ if i + 1 == form.len() => Place::Last,
                    _ => Place::Within,
                };
                speak(s, place, manner, &mut out);
            }
        }
    }
    if manner == Manner::Casual
        && let (Some(Unit::Syllable(last)), Some(after)) = (form.last(), beside.after)
        && let Some(end) = run_on(neutral(last.coda), after.onset)
    {
        out.pop();
        out.push(end);
    }
    out
}

/// The first onset of a word after the last coda of the word before it.
fn begin(before: Syllable, first: &mut Syllable, manner: Manner) {
    let tense = match neutral(before.coda) {
        'ㄱ' | 'ㄷ' | 'ㅂ' => manner == Manner::Casual,
        // -(으)ㄹ before a noun that cannot stand alone (표준 발음법 27).
        'ㄹ' => {
            manner == Manner::Careful
                && "수것거게걸건데줄듯바지때적"
                    .chars()
                    .any(|c| opens(*first, c))
        }
        _ => false,
    };
    if tense {
        first.onset = tensed(first.onset);
    }
}

fn opens(s: Syllable, c: char) -> bool {
    Syllable::of(c).is_some_and(|c| (c.onset, c.vowel) == (s.onset, s.vowel))
}

/// What a last coda turns into before the first onset of the next word.
fn run_on(coda: char, onset: char) -> Option<Phone> {
    Some(match (coda, onset) {
        ('ㄱ', 'ㄴ' | 'ㅁ') => Phone::Ng,
        ('ㄷ', 'ㄴ' | 'ㅁ') => Phone::N,
        ('ㅂ', 'ㄴ' | 'ㅁ') => Phone::M,
        ('ㄱ', 'ㅎ') => Phone::K,
        ('ㄷ', 'ㅎ') => Phone::T,
        ('ㅂ', 'ㅎ') => Phone::P,
        ('ㄱ', 'ㅇ') => Phone::G,
        ('ㄷ', 'ㅇ') => Phone::D,
        ('ㅂ', 'ㅇ') => Phone::B,
        ('ㄹ', 'ㅇ') => Phone::Dx,
        _ => return None,
    })
}

/// Two syllables of a word become what they are when spoken.
fn meet(a: &mut Syllable, b: &mut Syllable, manner: Manner) {
    let fronted = matches!(b.vowel, 'ㅣ' | 'ㅕ');
    let casual = manner == Manner::Casual;
    (a.coda, b.onset) = match (a.coda, b.onset) {
        (OPEN, onset) => (OPEN, onset),
        ('ㅇ', 'ㅎ') if casual => ('ㅇ', 'ㅇ'),
        ('ㅇ', 'ㅇ') => ('ㅇ', 'ㅇ'),
        ('ㄷ', 'ㅇ') if fronted => (OPEN, 'ㅈ'),
        ('ㅌ', 'ㅇ') | ('ㄷ', 'ㅎ') if fronted => (OPEN, 'ㅊ'),
        ('ㄾ', 'ㅇ') if fronted => ('ㄹ', 'ㅊ'),
        (coda, 'ㅇ') => carried(coda),
        (coda, 'ㅎ') => aspirating(coda, casual),
        ('ㅎ' | 'ㄶ' | 'ㅀ', onset @ ('ㄱ' | 'ㄷ' | 'ㅈ')) => {
            (rest(a.coda), aspirated(onset))
        }
        ('ㅎ' | 'ㄶ' | 'ㅀ', 'ㅅ') => (rest(a.coda), 'ㅆ'),
        ('ㅎ', 'ㄴ') => ('ㄴ', 'ㄴ'),
        // A stem in ㄺ before ㄱ of an ending (표준 발음법 11).
        ('ㄺ', 'ㄱ') if matches!(b.vowel, 'ㅔ' | 'ㅗ' | 'ㅓ' | 'ㅣ') => ('ㄹ', 'ㄲ'),
        ('ㄵ' | 'ㄻ' | 'ㄼ' | 'ㄾ' | 'ㄽ', onset) if tensed(onset) != onset => {
            (neutral(a.coda), tensed(onset))
        }
        ('ㄹ', onset @ ('ㄷ' | 'ㅅ' | 'ㅈ')) => {
            let tense = hardens(*b) != casual;
            ('ㄹ', if tense { tensed(onset) } else { onset })
        }
        (coda, onset) => assimilated(neutral(coda), onset),
    };
}

/// Liaison (연음): the last consonant moves over to an empty onset.
fn carried(coda: char) -> (char, char) {
    match coda {
        'ㅎ' => (OPEN, 'ㅇ'),
        'ㄶ' => (OPEN, 'ㄴ'),
        'ㅀ' => (OPEN, 'ㄹ'),
        'ㄳ' => ('ㄱ', 'ㅆ'),
        'ㄵ' => ('ㄴ', 'ㅈ'),
        'ㄺ' => ('ㄹ', 'ㄱ'),
        'ㄻ' => ('ㄹ', 'ㅁ'),
        'ㄼ' => ('ㄹ', 'ㅂ'),
        'ㄽ' => ('ㄹ', 'ㅆ'),
        'ㄾ' => ('ㄹ', 'ㅌ'),
        'ㄿ' => ('ㄹ', 'ㅍ'),
        'ㅄ' => ('ㅂ', 'ㅆ'),
        single => (OPEN, single),
    }
}

/// A coda before ㅎ.
fn aspirating(coda: char, casual: bool) -> (char, char) {
    match coda {
        'ㄱ' | 'ㄲ' | 'ㅋ' | 'ㄳ' => (OPEN, 'ㅋ'),
        'ㄺ' => ('ㄹ', 'ㅋ'),
        'ㄷ' | 'ㅅ' | 'ㅆ' | 'ㅌ' | 'ㅊ' => (OPEN, 'ㅌ'),
        'ㅈ' => (OPEN, 'ㅊ'),
        'ㄵ' => ('ㄴ', 'ㅊ'),
        'ㅂ' | 'ㅍ' | 'ㅄ' => (OPEN, 'ㅍ'),
        'ㄼ' => ('ㄹ', 'ㅍ'),
        voiced if casual => carried(voiced),
        voiced => (neutral(voiced), 'ㅎ'),
    }
}

/// A neutral coda before a consonant.
fn assimilated(coda: char, onset: char) -> (char, char) {
    match (coda, onset) {
        ('ㄱ', 'ㄴ' | 'ㅁ') => ('ㅇ', onset),
        ('ㄷ', 'ㄴ' | 'ㅁ') => ('ㄴ', onset),
        ('ㅂ', 'ㄴ' | 'ㅁ') => ('ㅁ', onset),
        ('ㄱ' | 'ㅇ', 'ㄹ') => ('ㅇ', 'ㄴ'),
        ('ㄷ', 'ㄹ') => ('ㄴ', 'ㄴ'),
        ('ㅂ' | 'ㅁ', 'ㄹ') => ('ㅁ', 'ㄴ'),
        ('ㄴ', 'ㄹ') | ('ㄹ', 'ㄴ') => ('ㄹ', 'ㄹ'),
        // The closure of ㄷ is not heard before another ㅅ.
        ('ㄷ', 'ㅅ' | 'ㅆ') => (OPEN, 'ㅆ'),
        ('ㄱ' | 'ㄷ' | 'ㅂ', _) => (coda, tensed(onset)),
        _ => (coda, onset),
    }
}

/// Whether ㄷ, ㅅ, ㅈ after ㄹ are likely to be tense: in words of Chinese origin (표준 발음법 26),
/// not in endings and particles.
fn hardens(b: Syllable) -> bool {
    !"다더던도든듯되디지자죠져진질잖서".chars().any(|c| b.is(c))
}

/// A coda as it sounds when nothing follows (표준 발음법 9-11).
fn neutral(coda: char) -> char {
    match coda {
        'ㄲ' | 'ㅋ' | 'ㄳ' | 'ㄺ' => 'ㄱ',
        'ㅅ' | 'ㅆ' | 'ㅈ' | 'ㅊ' | 'ㅌ' | 'ㅎ' => 'ㄷ',
        'ㅍ' | 'ㅄ' | 'ㄿ' => 'ㅂ',
        'ㄵ' | 'ㄶ' => 'ㄴ',
        'ㄼ' | 'ㄽ' | 'ㄾ' | 'ㅀ' => 'ㄹ',
        'ㄻ' => 'ㅁ',
        other => other,
    }
}

/// What a coda in ㅎ leaves behind.
fn rest(coda: char) -> char {
    match coda {
        'ㄶ' => 'ㄴ',
        'ㅀ' => 'ㄹ',
        _ => OPEN,
    }
}

fn aspirated(onset: char) -> char {
    match onset {
        'ㄱ' => 'ㅋ',
        'ㄷ' => 'ㅌ',
        'ㅂ' => 'ㅍ',
        'ㅈ' => 'ㅊ',
        other => other,
    }
}

fn tensed(onset: char) -> char {
    match onset {
        'ㄱ' => 'ㄲ',
        'ㄷ' => 'ㄸ',
        'ㅂ' => 'ㅃ',
        'ㅅ' => 'ㅆ',
        'ㅈ' => 'ㅉ',
        other => other,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    First,
    Within,
    Last,
}

fn speak(s: Syllable, place: Place, manner: Manner, out: &mut Vec<Phone>) {
    let fronted = matches!(
        s.vowel,
        'ㅣ' | 'ㅑ' | 'ㅒ' | 'ㅕ' | 'ㅖ' | 'ㅛ' | 'ㅠ' | 'ㅟ'
    );
    let after_l = out.last() == Some(&Phone::L);
    match s.onset {
        // A double ㄹ is one long sound.
        'ㄹ' if after_l => (),
        'ㅅ' | 'ㅆ' if fronted => out.push(Phone::Sh),
        onset => out.extend(consonant(onset)),
    }
    let casual = manner == Manner::Casual;
    let bare = s.onset == 'ㅇ';
    let palatal = fronted && matches!(s.onset, 'ㅅ' | 'ㅆ' | 'ㅈ' | 'ㅉ' | 'ㅊ');
    match s.vowel {
        'ㅢ' if !bare => out.push(Phone::Iy),
        // The particle 의 is ㅔ for nearly everybody.
        'ㅢ' if place == Place::Last && s.coda == OPEN => {
            out.push(if casual { Phone::Iy } else { Phone::Eh })
        }
        'ㅢ' if place != Place::First => out.push(Phone::Iy),
        'ㅢ' if casual => out.push(Phone::Eu),
        'ㅖ' if !bare && (casual || s.onset != 'ㄹ') => out.push(Phone::Eh),
        'ㅑ' | 'ㅒ' | 'ㅕ' | 'ㅖ' | 'ㅛ' | 'ㅠ' if palatal => {
            out.extend(vowel(s.vowel).last())
        }
        other => out.extend(vowel(other)),
    }
    out.extend(match neutral(s.coda) {
        'ㄱ' => Some(Phone::Kq),
        'ㄷ' => Some(Phone::Tq),
        'ㅂ' => Some(Phone::Pq),
        'ㄴ' => Some(Phone::N),
        'ㄹ' => Some(Phone::L),
        'ㅁ' => Some(Phone::M),
        'ㅇ' => Some(Phone::Ng),
        _ => None,
    });
}

fn consonant(onset: char) -> Option<Phone> {
    Some(match onset {
        'ㄱ' => Phone::G,
        'ㄲ' => Phone::Gg,
        'ㄴ' => Phone::N,
        'ㄷ' => Phone::D,
        'ㄸ' => Phone::Dd,
        'ㄹ' => Phone::Dx,
        'ㅁ' => Phone::M,
        'ㅂ' => Phone::B,
        'ㅃ' => Phone::Bb,
        'ㅅ' => Phone::S,
        'ㅆ' => Phone::Ss,
        'ㅈ' => Phone::Jh,
        'ㅉ' => Phone::Jj,
        'ㅊ' => Phone::Ch,
        'ㅋ' => Phone::K,
        'ㅌ' => Phone::T,
        'ㅍ' => Phone::P,
        'ㅎ' => Phone::Hh,
        _ => return None,
    })
}

fn vowel(vowel: char) -> &'static [Phone] {
    use Phone::{Aa, Ah, Eh, Eu, Iy, O, Uw, W, Y};
    match vowel {
        'ㅏ' => &[Aa],
        'ㅐ' | 'ㅔ' => &[Eh],
        'ㅑ' => &[Y, Aa],
        'ㅒ' | 'ㅖ' => &[Y, Eh],
        'ㅓ' => &[Ah],
        'ㅕ' => &[Y, Ah],
        'ㅗ' => &[O],
        'ㅘ' => &[W, Aa],
        'ㅙ' | 'ㅚ' | 'ㅞ' => &[W, Eh],
        'ㅛ' => &[Y, O],
        'ㅜ' => &[Uw],
        'ㅝ' => &[W, Ah],
        'ㅟ' => &[W, Iy],
        'ㅠ' => &[Y, Uw],
        'ㅡ' => &[Eu],
        'ㅢ' => &[Eu, Iy],
        _ => &[Iy],
    }
}
