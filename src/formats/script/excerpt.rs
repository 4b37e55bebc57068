//! The beginning of a text as a summary, and how long reading it takes.

/// What may follow the mark that ends a sentence and still belongs to it.
const CLOSERS: [char; 11] = ['"', '\'', '”', '’', ')', ']', '」', '』', '》', '〉', '*'];

/// The beginning of a plain text in at most `max_bytes` bytes (at least 3, else nothing).
///
/// A text that fits is given whole. Else the cut is after the last sentence that fits, when
/// that keeps more than half of the room; else after the last word that fits, with `…`; a
/// single word longer than the room is cut between characters. A sentence ends with `.`, `?`,
/// `!`, `…` or their wide forms, closing quotes and brackets after it included, before white
/// space; a line end ends one too. A full stop after a single digit run (`1.`, `11.`) or in
/// `3.5` does not.
pub fn excerpt(text: &str, max_bytes: usize) -> String {
    let text = text.trim();
    if text.len() <= max_bytes {
        return text.to_owned();
    }
    let room = &text[..floor_char_boundary(text, max_bytes)];
    if let Some(end) = last_sentence_end(text, room.len()).filter(|end| *end > max_bytes / 2) {
        return text[..end].trim_end().to_owned();
    }
    let Some(room) = max_bytes.checked_sub('…'.len_utf8()) else {
        return String::new();
    };
    let room = floor_char_boundary(text, room);
    let word_ends_here = text[room..].starts_with(char::is_whitespace);
    let cut = if word_ends_here {
        room
    } else {
        text[..room]
            .char_indices()
            .rev()
            .find(|(_, c)| c.is_whitespace())
            .map_or(room, |(at, _)| at)
    };
    // A word that fills everything is cut inside, but not inside a character.
    let cut = if text[..cut].trim_end().is_empty() {
        room
    } else {
        cut
    };
    let kept = text[..cut].trim_end_matches(|c: char| c.is_whitespace() || ",;:·-–—".contains(c));
    format!("{kept}…")
}

/// The greatest character boundary at or below `at`.
fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where the last sentence ends that ends at or before `limit`, which lies inside the text.
fn last_sentence_end(text: &str, limit: usize) -> Option<usize> {
    let mut end = None;
    let mut chars = text[..limit].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\n' {
            end = Some(at);
            continue;
        }
        let full = matches!(c, '.' | '?' | '!' | '…' | '。' | '？' | '！');
        if !full || (c == '.' && is_number_dot(&text[..at])) {
            continue;
        }
        let mut after = at + c.len_utf8();
        while let Some((at, closer)) = chars.next_if(|(_, c)| is_closer(*c)) {
            after = at + closer.len_utf8();
        }
        if text[after..]
            .chars()
            .next()
            .is_none_or(|c| c.is_whitespace() || is_wide_stop(c))
        {
            end = Some(after);
        }
    }
    end
}

fn is_closer(c: char) -> bool {
    CLOSERS.contains(&c) || matches!(c, '.' | '?' | '!' | '…')
}

/// After `。` and its kin no space is written; before them nothing else is.
fn is_wide_stop(c: char) -> bool {
    matches!(c, '。' | '？' | '！')
}

/// Whether a full stop behind this text only ends a number: `12.` at the start of a date.
fn is_number_dot(before: &str) -> bool {
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let word = word.trim_start_matches(['(', '‘', '“', '\'', '"']);
    (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

/// Minutes to read a text silently, rounded up, at least 1. Korean counts 500 syllables a
/// minute, other languages 230 words: our own choice, near what is usually measured for
/// adults who read without haste.
pub fn reading_minutes(text: &str, korean: bool) -> u32 {
    let (count, pace) = if korean {
        // Latin words and numbers in a Korean text count by their characters, which is near
        // enough; spaces and punctuation do not count.
        (text.chars().filter(|c| c.is_alphanumeric()).count(), 500)
    } else {
        (text.split_whitespace().count(), 230)
    };
    u32::try_from(count.div_ceil(pace))
        .unwrap_or(u32::MAX)
        .max(1)
}
