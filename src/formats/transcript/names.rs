//! Sentences' ids as numbers: the identifiers of cues in our own files.
//!
//! WebVTT lets an identifier be anything, but much used parsers (`subtitle`, `transcriptator`)
//! take numbers alone.
use crate::kernel::ids::{SENTENCE_ID_CHARS, SentenceId};

const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// Ids have 30 bits. Above them so that no file that counts its cues is taken for ours.
const FIRST: u32 = 1 << 30;

/// The number of a sentence's id, 2^30 to 2^31 - 1; `None` for what is no such id.
pub fn number(id: &SentenceId) -> Option<u32> {
    let id = id.as_str().as_bytes();
    let digit = |letter: &u8| DIGITS.iter().position(|digit| digit == letter);
    if id.len() != SENTENCE_ID_CHARS {
        return None;
    }
    id.iter().try_fold(1u32, |number, letter| {
        Some(number << 5 | u32::try_from(digit(letter)?).ok()?)
    })
}

/// The id of a number; `None` for others.
pub fn id(number: &str) -> Option<SentenceId> {
    let number: u32 = number
        .parse()
        .ok()
        .filter(|n| (FIRST..=FIRST | (FIRST - 1)).contains(n))?;
    let letters = (0..SENTENCE_ID_CHARS).rev().map(|place| {
        let digit = number >> (5 * place) & 31;
        char::from(DIGITS[digit as usize])
    });
    letters.collect::<String>().parse().ok()
}

/// Whether a name is a sentence's id.
pub fn is_id(name: &str) -> bool {
    name.parse::<SentenceId>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_id() {
        for bad in [
            "",
            "1",
            "1073741823",
            "2147483648",
            "-1",
            "99999999999",
            "aaaaaa",
            "+1073741824 ",
        ] {
            assert_eq!(id(bad), None, "{bad}");
        }
        assert_eq!(
            id("1073741824").map(|id| id.to_string()).as_deref(),
            Some("aaaaaa")
        );
        assert_eq!(number(&SentenceId::from_db("가나".into())), None);
    }

    proptest! {
        #[test]
        fn numbers_and_ids(letters in "[a-z2-7]{6}") {
            let sentence = SentenceId::from_db(letters);
            let number = number(&sentence).map(|number| number.to_string());
            prop_assert_eq!(id(&number.unwrap_or_default()), Some(sentence));
        }
    }
}
