//! SAMI (`.smi`): what is shown from one `SYNC` to the next, in one language or several.
use super::draft::{Draft, RawCue};
use super::labels;
use super::marks::{Mark, Marks};
use crate::formats::transcript::clean;
use crate::formats::transcript::timed::{NotTimed, Timed};

/// Whether a text, white space before it gone, is such a file.
pub fn looks_like(start: &str) -> bool {
    let near: String = start.chars().take(4000).collect();
    let near = near.to_ascii_lowercase();
    near.starts_with("<sami") || (near.starts_with('<') && near.contains("<sync "))
}

/// What is shown from a time on.
struct Shown {
    line: usize,
    start_ms: Option<u64>,
    /// Its language's, in capitals; empty where the file names none.
    class: String,
    text: String,
}

/// Reads the file into the draft: of several languages Korean, or else the first.
///
/// # Errors
/// [`NotTimed::TooManyCues`].
pub fn read(text: &str, draft: &mut Draft) -> Result<(), NotTimed> {
    let mut shown = shown(text);
    shown.iter_mut().for_each(|s| s.text = clean::line(&s.text));
    let spoken = || shown.iter().filter(|s| !s.text.is_empty());
    let korean = spoken().find(|s| s.class.contains("KR") || s.class.contains("KO"));
    let class = korean.or_else(|| spoken().find(|s| !s.class.is_empty()));
    let class = class.map(|s| s.class.clone()).unwrap_or_default();
    draft.language = language(&class).map(str::to_owned);
    shown.retain(|s| s.class.is_empty() || s.class == class);
    for (at, now) in shown.iter().enumerate() {
        if now.text.is_empty() {
            // It ends what was shown before.
            continue;
        }
        if now.start_ms.is_none() {
            draft.push_words(now.line, None, &now.text)?;
            continue;
        }
        let next = shown[at + 1..].iter().find_map(|next| next.start_ms);
        draft.push(RawCue {
            line: now.line,
            start_ms: now.start_ms,
            end_ms: next.filter(|next| Some(*next) >= now.start_ms),
            text: now.text.clone(),
            ..RawCue::default()
        })?;
    }
    labels::part_from_text(draft, false);
    Ok(())
}

fn shown(text: &str) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::new();
    for (line, mark) in Marks::new(text) {
        match (mark, shown.last_mut()) {
            (Mark::Tag(tag), last) => match (tag.name.as_str(), last) {
                ("sync", _) if !tag.closing => shown.push(Shown {
                    line,
                    start_ms: tag.get("start").and_then(milliseconds),
                    class: String::new(),
                    text: String::new(),
                }),
                ("p", Some(last)) if !tag.closing => {
                    let class = tag.get("class").unwrap_or_default().to_ascii_uppercase();
                    if last.text.trim().is_empty() && last.class.is_empty() {
                        last.class = class;
                    } else {
                        let start_ms = last.start_ms;
                        shown.push(Shown {
                            line,
                            start_ms,
                            class,
                            text: String::new(),
                        });
                    }
                }
                ("br" | "p" | "div", Some(last)) => last.text.push(' '),
                ("body" | "sami", _) if tag.closing => break,
                _ => {}
            },
            (Mark::Text(words), Some(last)) => last.text.push_str(words),
            (Mark::Decoded(words), Some(last)) => last.text.push_str(&words),
            (_, None) => {}
        }
    }
    shown
}

/// `1500`, or `1500ms`.
fn milliseconds(text: &str) -> Option<u64> {
    let digits = text.trim().trim_end_matches(|c: char| c.is_alphabetic());
    digits.parse().ok().filter(|ms| *ms <= Timed::MAX_MS)
}

/// The language that a class is usually named after.
fn language(class: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 5] = [
        ("KR", "ko"),
        ("KO", "ko"),
        ("EN", "en"),
        ("EG", "en"),
        ("JP", "ja"),
    ];
    let found = NAMES.iter().find(|(name, _)| class.starts_with(name));
    found.map(|(_, language)| *language)
}
