//! JSON: the podcast namespace's, Whisper's in its dialects, Podlove's, and lists like them.
use serde_json::Value;

use super::draft::{Draft, RawCue};
use super::json_mend;
use super::json_shapes::{Found, find, seconds_or_clock, string};
use crate::formats::transcript::timed::{Form, NotTimed, Timed};

/// Whether a text, white space before it gone, begins like JSON.
pub fn looks_like(start: &str) -> bool {
    let mut signs = start.chars().filter(|c| !c.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('{'), next) => matches!(next, Some('"' | '}') | None),
        (Some('['), next) => matches!(next, Some('{' | ']' | '[') | None),
        _ => false,
    }
}

/// Reads the file into the draft.
///
/// # Errors
/// [`NotTimed::BrokenJson`], also for nesting deeper than 128; [`NotTimed::Chapters`];
/// [`NotTimed::OtherJson`]; [`NotTimed::TooManyCues`].
pub fn read(text: &str, draft: &mut Draft) -> Result<(), NotTimed> {
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\n', '\r', '\t']);
    let value = match parse(text) {
        Ok(value) => value,
        Err(line) => {
            let value =
                parse(&json_mend::mended(text)).map_err(|_| NotTimed::BrokenJson { line })?;
            draft.warn(
                line,
                crate::kernel::Message::new("transcript-warning-json").with("line", line),
            );
            value
        }
    };
    draft.language = language(&value);
    match find(&value) {
        Found::Segments(form, entries) => {
            draft.form = form;
            let text = string(&value, "text").unwrap_or_default();
            let texts = words_in(entries, text);
            for (at, entry) in entries.iter().enumerate() {
                let text = texts.as_ref().map(|texts| texts[at].as_str());
                push(at + 1, entry, text, draft)?;
            }
            Ok(())
        }
        Found::Text(text) => {
            draft.form = Form::WhisperJson;
            draft.push(RawCue {
                line: 1,
                text: text.to_owned(),
                ..RawCue::default()
            })
        }
        Found::Chapters => Err(NotTimed::Chapters),
        Found::Nothing => Err(NotTimed::OtherJson),
    }
}

/// One value, or several one after the other (a line each), as a list; else the line of the fault.
fn parse(text: &str) -> Result<Value, usize> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let first = values.next().ok_or(1usize)?.map_err(|e| e.line())?;
    let mut all = vec![first];
    for value in values {
        all.push(value.map_err(|e| e.line())?);
    }
    Ok(match all.len() {
        1 => all.swap_remove(0),
        _ => Value::Array(all),
    })
}

fn language(value: &Value) -> Option<String> {
    let inside = |name: &str| value.get(name).and_then(|v| string(v, "language"));
    let found = string(value, "language")
        .or_else(|| inside("result"))
        .or_else(|| inside("params"));
    found.map(str::to_owned)
}

/// What stands in the whole text for each entry of a list of words: the word with its marks, which
/// many servers write there alone, and what they have no entry for. `None` where the two differ.
fn words_in(entries: &[Value], text: &str) -> Option<Vec<String>> {
    let are_words = entries
        .iter()
        .all(|entry| string(entry, "word").is_some() && entry.get("words").is_none());
    if !are_words || text.trim().is_empty() {
        return None;
    }
    let letters = |word: &str| -> String {
        let letters = word.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let mut texts: Vec<String> = Vec::with_capacity(entries.len());
    let mut tokens = text.split_whitespace().peekable();
    for entry in entries {
        let wanted = letters(words_of(entry)?);
        let mut own = String::new();
        while !wanted.is_empty() && letters(&own) != wanted {
            let token = tokens.next()?;
            if !own.is_empty() {
                own.push(' ');
            }
            own.push_str(token);
            if !wanted.starts_with(&letters(&own)) {
                return None;
            }
        }
        // A mark that stands alone belongs to the word before it.
        while let Some(mark) = tokens.next_if(|token| letters(token).is_empty()) {
            own.push(' ');
            own.push_str(mark);
        }
        texts.push(own);
    }
    tokens.next().is_none().then_some(texts)
}

fn push(
    place: usize,
    entry: &Value,
    text: Option<&str>,
    draft: &mut Draft,
) -> Result<(), NotTimed> {
    let Some(text) = text.or_else(|| words_of(entry)) else {
        draft.warn_at(place, "transcript-warning-no-words");
        return Ok(());
    };
    let start = start_ms(entry);
    let Some(start_ms) = start else {
        draft.warn_at(place, "transcript-warning-time");
        // Its words are kept: aligners give no time to what they cannot read, as numbers.
        if let Some(before) = draft.cues_mut().last_mut() {
            before.text.push(' ');
            before.text.push_str(text);
        }
        return Ok(());
    };
    draft.push(RawCue {
        line: place,
        start_ms: Some(start_ms),
        end_ms: end_ms(entry),
        speaker: speaker(entry),
        text: text.to_owned(),
        words: words(entry),
        name: string(entry, "id").map(str::to_owned),
        // As our own files say it.
        is_heading: entry.get("heading") == Some(&Value::Bool(true)),
        ..RawCue::default()
    })
}

fn words_of(entry: &Value) -> Option<&str> {
    let names = [
        "body",
        "text",
        "transcript",
        "word",
        "punctuated_word",
        "content",
        "caption",
    ];
    let text = names.iter().find_map(|name| string(entry, name));
    text.filter(|text| !text.trim().is_empty())
}

fn speaker(entry: &Value) -> Option<String> {
    let names = [
        "speaker",
        "speakerName",
        "speaker_name",
        "speaker_label",
        "voice",
    ];
    names.iter().find_map(|name| match entry.get(name)? {
        Value::String(name) => Some(name.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(person) => Some(person.get("name")?.as_str()?.to_owned()),
        _ => None,
    })
}

/// Words with times inside a segment; Whisper's tokens are as good where there are no words.
fn words(entry: &Value) -> Vec<(u64, Option<u64>, String)> {
    let list = ["words", "tokens"].iter().find_map(|name| {
        entry
            .get(name)?
            .as_array()
            .filter(|list| list.iter().any(Value::is_object))
    });
    let words = list.into_iter().flatten().filter_map(|word| {
        let text = words_of(word)?;
        // `[_BEG_]`, `<|0.00|>`: marks of the model.
        let is_mark = text.starts_with("[_") || text.starts_with("<|");
        (!is_mark).then_some(())?;
        Some((start_ms(word)?, end_ms(word), text.to_owned()))
    });
    words.collect()
}

fn start_ms(entry: &Value) -> Option<u64> {
    let seconds = [
        "startTime",
        "start",
        "start_time",
        "begin",
        "from",
        "startSeconds",
    ];
    time(
        entry,
        &seconds,
        &["start_ms", "startMs", "startTimeMs"],
        "from",
        0,
    )
}

fn end_ms(entry: &Value) -> Option<u64> {
    let seconds = ["endTime", "end", "end_time", "to", "endSeconds"];
    time(entry, &seconds, &["end_ms", "endMs", "endTimeMs"], "to", 1)
}

/// A time by the names that it goes by: in seconds or as a clock, in milliseconds, inside
/// `offsets` (milliseconds) or `timestamps` (clocks), as a place of `timestamp`.
fn time(
    entry: &Value,
    seconds: &[&str],
    milliseconds: &[&str],
    inside: &str,
    place: usize,
) -> Option<u64> {
    let by_name = seconds
        .iter()
        .find_map(|name| entry.get(name).and_then(seconds_or_clock));
    by_name
        .or_else(|| {
            let ms = |value: &Value| value.as_u64().filter(|ms| *ms <= Timed::MAX_MS);
            let named = milliseconds
                .iter()
                .find_map(|name| entry.get(name).and_then(ms));
            named.or_else(|| ms(entry.get("offsets")?.get(inside)?))
        })
        .or_else(|| seconds_or_clock(entry.get("timestamps")?.get(inside)?))
        .or_else(|| seconds_or_clock(entry.get("timestamp")?.get(place)?))
}
