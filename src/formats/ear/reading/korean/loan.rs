//! English sounds as Koreans say them (after 외래어 표기법): every sound becomes part of a syllable.
use super::syllable::{OPEN, Syllable, Unit};
use crate::formats::ear::reading::phone::Phone;

/// The syllables of an English word. Koreans hear the letters besides: an o stays one, and so does
/// an a at the end.
pub(super) fn syllables(sounds: &[Phone], written: &str) -> Vec<Unit> {
    let with_o = written.contains('o');
    let with_a = written.ends_with('a');
    let mut out: Vec<Syllable> = Vec::with_capacity(sounds.len());
    let mut onset = 'ㅇ';
    let mut glide = None;
    for (i, &sound) in sounds.iter().enumerate() {
        let next = sounds.get(i + 1).copied();
        let before_vowel = next.is_some_and(|n| is_vowel(n) || matches!(n, Phone::Y | Phone::W));
        let heard = match sound {
            Phone::Aa if with_o && next != Some(Phone::R) => Phone::O,
            Phone::Ax if with_a && next.is_none() => Phone::Aa,
            other => other,
        };
        if let Some(vowels) = vowels(heard) {
            for (k, &vowel) in vowels.iter().enumerate() {
                let vowel = if k == 0 {
                    glided(glide.take(), vowel, onset)
                } else {
                    vowel
                };
                out.push(Syllable {
                    onset,
                    vowel,
                    coda: OPEN,
                });
                onset = 'ㅇ';
            }
        } else if matches!(sound, Phone::Y | Phone::W) {
            if next.is_some_and(is_vowel) {
                glide = Some(sound);
                if sound == Phone::W && onset != 'ㅇ' && !matches!(onset, 'ㅋ' | 'ㄱ' | 'ㅎ') {
                    out.push(Syllable {
                        onset,
                        vowel: 'ㅡ',
                        coda: OPEN,
                    });
                    onset = 'ㅇ';
                }
            }
        } else if before_vowel && let Some(letter) = letter(sound) {
            if sound == Phone::L
                && let Some(last) = out.last_mut().filter(|s| s.coda == OPEN)
            {
                last.coda = 'ㄹ';
            }
            if sound == Phone::Sh {
                glide = Some(Phone::Y);
            }
            onset = letter;
        } else {
            close(sound, i.checked_sub(1).map(|k| sounds[k]), next, &mut out);
        }
    }
    out.into_iter().map(Unit::Syllable).collect()
}

/// A consonant that no vowel follows.
fn close(sound: Phone, before: Option<Phone>, next: Option<Phone>, out: &mut Vec<Syllable>) {
    use Phone::{Aa, Ae, Ah, Ax, Ch, Eh, Ih, Jh, K, L, M, N, Ng, P, R, Sh, T, Uh, Zh};
    let short = matches!(before, Some(Ae | Ah | Aa | Ax | Eh | Ih | Uh));
    let blocked = !matches!(next, Some(L | R | M | N));
    let coda = match sound {
        M => Some('ㅁ'),
        N => Some('ㄴ'),
        Ng => Some('ㅇ'),
        L => Some('ㄹ'),
        P if short && blocked => Some('ㅂ'),
        T if short && blocked => Some('ㅅ'),
        K if short && blocked => Some('ㄱ'),
        _ => None,
    };
    if let (Some(coda), Some(last)) = (coda, out.last_mut().filter(|s| s.coda == OPEN)) {
        last.coda = coda;
        return;
    }
    let vowel = match sound {
        Sh if next.is_some() => 'ㅠ',
        Sh | Ch | Jh | Zh => 'ㅣ',
        _ => 'ㅡ',
    };
    // An r before a consonant is not said.
    if sound != R
        && let Some(onset) = letter(sound)
    {
        out.push(Syllable {
            onset,
            vowel,
            coda: OPEN,
        });
    }
}

fn is_vowel(sound: Phone) -> bool {
    vowels(sound).is_some()
}

fn vowels(sound: Phone) -> Option<&'static [char]> {
    Some(match sound {
        Phone::Aa => &['ㅏ'],
        Phone::Ae => &['ㅐ'],
        Phone::Eh => &['ㅔ'],
        Phone::Ah | Phone::Ax | Phone::Er => &['ㅓ'],
        Phone::Ao | Phone::O | Phone::Ow => &['ㅗ'],
        Phone::Uw | Phone::Uh => &['ㅜ'],
        Phone::Eu => &['ㅡ'],
        Phone::Ih | Phone::Iy => &['ㅣ'],
        Phone::Ey => &['ㅔ', 'ㅣ'],
        Phone::Ay => &['ㅏ', 'ㅣ'],
        Phone::Aw => &['ㅏ', 'ㅜ'],
        Phone::Oy => &['ㅗ', 'ㅣ'],
        _ => return None,
    })
}

fn glided(glide: Option<Phone>, vowel: char, onset: char) -> char {
    match (glide, vowel) {
        // 주스, not 쥬스.
        (Some(Phone::Y), _) if matches!(onset, 'ㅈ' | 'ㅊ') => vowel,
        (Some(Phone::Y), 'ㅏ') => 'ㅑ',
        (Some(Phone::Y), 'ㅐ' | 'ㅔ') => 'ㅖ',
        (Some(Phone::Y), 'ㅓ') => 'ㅕ',
        (Some(Phone::Y), 'ㅗ') => 'ㅛ',
        (Some(Phone::Y), 'ㅜ') => 'ㅠ',
        (Some(Phone::W), 'ㅏ') => 'ㅘ',
        (Some(Phone::W), 'ㅐ' | 'ㅔ') => 'ㅞ',
        (Some(Phone::W), 'ㅓ' | 'ㅗ') => 'ㅝ',
        (Some(Phone::W), 'ㅣ') => 'ㅟ',
        _ => vowel,
    }
}

fn letter(sound: Phone) -> Option<char> {
    Some(match sound {
        Phone::B | Phone::V => 'ㅂ',
        Phone::D | Phone::Dh => 'ㄷ',
        Phone::G => 'ㄱ',
        Phone::Jh | Phone::Z | Phone::Zh => 'ㅈ',
        Phone::P | Phone::F => 'ㅍ',
        Phone::T => 'ㅌ',
        Phone::K => 'ㅋ',
        Phone::Ch => 'ㅊ',
        Phone::S | Phone::Sh | Phone::Th => 'ㅅ',
        Phone::Hh => 'ㅎ',
        Phone::M => 'ㅁ',
        Phone::N => 'ㄴ',
        Phone::L | Phone::R => 'ㄹ',
        _ => return None,
    })
}
