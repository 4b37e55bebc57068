//! What the program may say of sentences in the text, attribute by attribute.
use crate::kernel::ids::SentenceId;

/// Attributes of a sentence, whether it is a link or not.
pub const ATTRIBUTES: [&str; 4] = ["class", "id", "data-t", "data-x"];

/// Whether the value of an attribute is one that the program writes.
pub fn is_right(tag: &str, attribute: &str, value: &str) -> bool {
    match attribute {
        "class" => match tag {
            "a" => matches!(value, "s" | "s-at" | "gap"),
            "sup" => value == "ref",
            _ => value == "s",
        },
        "id" => is_sentence_id(value) || (tag == "a" && is_note_id(value)),
        "data-t" => value.split('-').all(is_number),
        "data-x" => matches!(value, "about" | "unspoken"),
        "lang" => matches!(value, "ko" | "en"),
        "aria-describedby" => matches!(value, "heard-about" | "heard-never"),
        _ => true,
    }
}

/// `s-` and the id of a sentence.
fn is_sentence_id(text: &str) -> bool {
    text.strip_prefix("s-")
        .is_some_and(|id| id.parse::<SentenceId>().is_ok())
}

/// `ref-` and a number.
fn is_note_id(text: &str) -> bool {
    text.strip_prefix("ref-")
        .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}
