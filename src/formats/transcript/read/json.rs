//! JSON: the podcast namespace's, Whisper's in its dialects, Podlove's, and lists like them.
use serde_json::Value;

use super::draft::{Draft, RawCue};
use super::json_mend::{self, Place};
use super::json_shapes::{Found, find, seconds_or_clock, string};
use crate::formats::transcript::timed::{Form, NotTimed, Timed};
use crate::kernel::Message;

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
        Err(at) => {
            let (line, entry) = (at.line, json_mend::entry_at(text, at));
            let value = parse(&json_mend::mended(text))
                .map_err(|_| NotTimed::BrokenJson { line, entry })?;
            match entry {
                Some(entry) => draft.warn_at(entry, "transcript-warning-json"),
                None => draft.warn_in_line(line, "transcript-warning-json"),
            }
            value
        }
    };
    draft.language = language(&value);
    match find(&value) {
        Found::Segments(form, entries) => {
            draft.form = form;
            let text = string(&value, "text").unwrap_or_default();
            let texts = words_in(entries, text);
            let mut untimed = Vec::new();
            for (at, entry) in entries.iter().enumerate() {
                let text = texts.as_ref().map(|texts| texts[at].as_str());
                push(at + 1, entry, text, &mut untimed, draft)?;
            }
            keep_untimed(untimed, draft)
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

/// One value, or several one after the other (a line each), as a list; else where the fault is.
fn parse(text: &str) -> Result<Value, Place> {
    let place = |e: serde_json::Error| Place {
        line: e.line(),
        column: e.column(),
    };
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let first = values.next().ok_or(Place { line: 1, column: 1 })?;
    let mut all = vec![first.map_err(place)?];
    for value in values {
        all.push(value.map_err(place)?);
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

/// Takes an entry; words that stand before all times are gathered in `untimed`.
fn push(
    place: usize,
    entry: &Value,
    text: Option<&str>,
    untimed: &mut Vec<RawCue>,
    draft: &mut Draft,
) -> Result<(), NotTimed> {
    let Some(text) = text.or_else(|| words_of(entry)) else {
        draft.warn_at(place, "transcript-warning-no-words");
        return Ok(());
    };
    let start = start_ms(entry);
    let Some(start_ms) = start else {
        draft.warn_at(place, "transcript-warning-time-words");
        // Its words are kept: aligners give no time to what they cannot read, as numbers.
        match draft.cues_mut().last_mut() {
            Some(before) => {
                before.text.push(' ');
                before.text.push_str(text);
            }
            None => untimed.push(RawCue {
                line: place,
                speaker: speaker(entry),
                text: text.to_owned(),
                ..RawCue::default()
            }),
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

/// Puts words before the first one with a time; where no entry has one, all are words alone.
///
/// # Errors
/// [`NotTimed::TooManyCues`].
fn keep_untimed(untimed: Vec<RawCue>, draft: &mut Draft) -> Result<(), NotTimed> {
    if untimed.is_empty() {
        return Ok(());
    }
    if let Some(first) = draft.cues_mut().first_mut() {
        let before: Vec<&str> = untimed.iter().map(|cue| cue.text.as_str()).collect();
        first.text = format!("{} {}", before.join(" "), first.text);
        return Ok(());
    }
    draft.warn(0, Message::new("transcript-warning-no-times"));
    untimed.into_iter().try_for_each(|cue| draft.push(cue))
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
