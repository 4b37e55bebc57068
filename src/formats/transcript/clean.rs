//! Text from a foreign file into text that may be kept: NFC, one line, nothing that hides.
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::kernel::text;

/// The longest speaker's name in characters.
pub const SPEAKER_CHARS: usize = 80;

/// One line of text in NFC with white space folded; control characters and noncharacters are
/// left out (HARDENING O5), direction marks stay, since Arabic and Hebrew need them.
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = !out.is_empty();
        } else if !c.is_control() && !is_noncharacter(c) && c != '\u{FEFF}' {
            if space {
                out.push(' ');
                space = false;
            }
            out.push(c);
        }
    }
    if is_nfc(&out) {
        return out;
    }
    out.nfc().collect()
}

/// A speaker's name: a line without invisible characters, cut; `None` when nothing is left.
pub fn speaker(name: &str) -> Option<String> {
    let name = text::clean_line(&line(name)).ok()?;
    let name: String = name.chars().take(SPEAKER_CHARS).collect();
    let name = name.trim().to_owned();
    (!name.is_empty()).then_some(name)
}

fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_hides_in_a_line() {
        assert_eq!(line(" a\0\tb\r\n\u{FDD0}c\u{85} "), "a b c");
        assert_eq!(line("\u{1112}\u{1161}\u{11AB}"), "한");
        assert_eq!(line("\u{202E}a"), "\u{202E}a");
        assert_eq!(speaker("\u{202E}김\u{200B} 앵커\n"), Some("김 앵커".into()));
        assert_eq!(speaker("\u{200B}"), None);
    }

    proptest! {
        #[test]
        fn a_line_stays_as_it_is(text in any::<String>()) {
            let once = line(&text);
            prop_assert_eq!(line(&once), once);
        }
    }
}
