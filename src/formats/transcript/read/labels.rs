//! Speakers that stand in the text: `Name: words`.
use std::collections::HashMap;

use super::draft::{Draft, RawCue};
use crate::formats::transcript::clean::SPEAKER_CHARS;
use crate::formats::transcript::write::JOINER;

/// Longest label in characters.
const LABEL_CHARS: usize = 40;
/// Longest label in words.
const LABEL_WORDS: usize = 4;

/// Takes labels out of the texts, if the file names no speakers otherwise. A speaker goes on
/// until the next label. A label counts where the file is a conversation: it stands twice, or at
/// the very beginning, or another one counts and it is written like a name. In a file of `our_own`
/// only what our writer put there is one.
pub fn part_from_text(draft: &mut Draft, our_own: bool) {
    let cues = draft.cues_mut();
    if cues.iter().any(|cue| cue.speaker.is_some()) {
        return;
    }
    if our_own || cues.iter().any(|cue| sure_label(&cue.text).is_some()) {
        part_sure_ones(cues);
        return;
    }
    let mut times: HashMap<String, usize> = HashMap::new();
    for (at, cue) in cues.iter().enumerate() {
        if let Some((name, _)) = label(&cue.text) {
            // The first words of a file are a label sooner than any other.
            *times.entry(name.to_owned()).or_default() += if at == 0 { 2 } else { 1 };
        }
    }
    let is_conversation = times.values().any(|n| *n > 1);
    if !is_conversation {
        return;
    }
    let mut speaker: Option<String> = None;
    for cue in cues {
        let found = label(&cue.text).filter(|(name, _)| times[*name] > 1 || is_like_a_name(name));
        if let Some((name, words)) = found {
            speaker = Some(name.to_owned());
            cue.text = words.to_owned();
        }
        cue.speaker.clone_from(&speaker);
    }
}

fn part_sure_ones(cues: &mut [RawCue]) {
    let mut speaker: Option<String> = None;
    for cue in cues {
        if let Some((name, words)) = sure_label(&cue.text) {
            speaker = Some(name.to_owned());
            cue.text = words.to_owned();
        } else if let Some(words) = cue.text.strip_prefix(JOINER) {
            speaker = None;
            cue.text = words.to_owned();
        }
        cue.speaker.clone_from(&speaker);
    }
}

/// A label that our SRT writer has put there, with its [`JOINER`] behind it; alone it stands
/// before words of nobody.
fn sure_label(text: &str) -> Option<(&str, &str)> {
    let joiner = text
        .char_indices()
        .take(SPEAKER_CHARS + 3)
        .find(|(_, c)| *c == JOINER)?
        .0;
    let name = text[..joiner]
        .strip_suffix(": ")
        .filter(|name| !name.is_empty())?;
    Some((name, &text[joiner + JOINER.len_utf8()..]))
}

/// The label that a text begins with, and the words behind it.
fn label(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let colon = text
        .char_indices()
        .take(LABEL_CHARS + 1)
        .find(|(_, c)| matches!(c, ':' | '：'))?;
    let name = text[..colon.0].trim_end();
    let behind = &text[colon.0 + colon.1.len_utf8()..];
    let mark = |c: char| !c.is_alphanumeric() && !" .'’-·&()_>".contains(c);
    let good = behind.starts_with(char::is_whitespace)
        && !behind.trim().is_empty()
        && name.starts_with(char::is_alphabetic)
        && !name.contains(mark)
        && name.split_whitespace().count() <= LABEL_WORDS;
    good.then(|| (name, behind.trim_start()))
}

/// Every word begins with a capital, or with a letter that has none.
fn is_like_a_name(name: &str) -> bool {
    name.split_whitespace()
        .all(|word| !word.starts_with(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_label() {
        assert_eq!(
            label("Adam Curry: podcasting"),
            Some(("Adam Curry", "podcasting"))
        );
        assert_eq!(label("진행자：\u{3000}네."), Some(("진행자", "네.")));
        for no in [
            "12:30 now",
            "no colon",
            "So, this: that",
            "http://a",
            "Name:",
            "a b c d e: f",
        ] {
            assert_eq!(label(no), None, "{no}");
        }
    }
}
