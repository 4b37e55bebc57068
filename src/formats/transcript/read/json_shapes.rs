//! Where the segments stand in the shapes of JSON that are in use.
use serde_json::Value;

use crate::formats::transcript::clock;
use crate::formats::transcript::timed::{Form, Timed};

/// What a file holds.
pub enum Found<'a> {
    /// A list of segments.
    Segments(Form, &'a [Value]),
    /// Words alone.
    Text(&'a str),
    /// JSON chapters.
    Chapters,
    /// Nothing known.
    Nothing,
}

/// Looks for the segments: by the name of their list, at the top or one step down.
pub fn find(value: &Value) -> Found<'_> {
    if let Some(list) = value.as_array() {
        return of_list(Form::WhisperJson, list);
    }
    if value.get("chapters").is_some_and(Value::is_array) && value.get("segments").is_none() {
        return Found::Chapters;
    }
    let inside = ["result", "results", "data", "transcript", "transcription"];
    let inside = inside.iter().filter_map(|name| value.get(name));
    for place in std::iter::once(value).chain(inside) {
        let named = |name: &str| {
            place
                .get(name)
                .and_then(Value::as_array)
                .filter(|l| !l.is_empty())
        };
        let lists = [
            ("segments", Form::WhisperJson),
            ("transcripts", Form::PodloveJson),
            ("transcription", Form::WhisperJson),
            ("transcript", Form::WhisperJson),
            ("chunks", Form::WhisperJson),
            ("cues", Form::PodloveJson),
            ("utterances", Form::WhisperJson),
            ("words", Form::WhisperJson),
        ];
        for (name, form) in lists {
            if let Some(list) = named(name).filter(|list| list.iter().any(Value::is_object)) {
                return of_list(form, list);
            }
        }
    }
    match string(value, "text").filter(|text| !text.trim().is_empty()) {
        Some(text) => Found::Text(text),
        None => Found::Nothing,
    }
}

fn of_list(form: Form, list: &[Value]) -> Found<'_> {
    if !list.iter().any(Value::is_object) {
        return Found::Nothing;
    }
    let has = |name: &str| list.iter().any(|entry| entry.get(name).is_some());
    if has("startTime") && has("body") {
        return Found::Segments(Form::PodcastJson, list);
    }
    let words = [
        "body",
        "text",
        "transcript",
        "word",
        "punctuated_word",
        "content",
        "caption",
    ];
    match words.iter().any(|name| has(name)) {
        true => Found::Segments(form, list),
        false => Found::Nothing,
    }
}

/// A text by its name.
pub fn string<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

/// Seconds as a number or in quotes, or a clock, in milliseconds.
pub fn seconds_or_clock(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => {
            let ms = (number.as_f64()? * 1000.0).round();
            // Both bounds are exact in a double, so the cast is too.
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss
            )]
            (0.0..=Timed::MAX_MS as f64)
                .contains(&ms)
                .then_some(ms as u64)
        }
        Value::String(text) => clock::parse(text.trim()),
        _ => None,
    }
}
