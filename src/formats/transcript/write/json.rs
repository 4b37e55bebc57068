//! JSON of the podcast namespace (`transcripts/transcripts.md`).
use serde::Serialize;

use super::pieces::spoken_lines;
use crate::formats::transcript::clean;
use crate::formats::transcript::model::Transcript;

#[derive(Serialize)]
struct File {
    version: &'static str,
    segments: Vec<Segment>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Segment {
    /// The sentence's id; no part of the format, which lets unknown names be.
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    start_time: f64,
    end_time: f64,
    body: String,
    /// Whether it is a heading; no part of the format either.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    heading: bool,
}

/// The transcript as `application/json`: a segment for each spoken sentence, times in seconds.
pub fn to_json(transcript: &Transcript) -> String {
    let segments = spoken_lines(transcript)
        .into_iter()
        .map(|(line, start, end)| Segment {
            id: line.id.to_string(),
            speaker: line.speaker.as_deref().and_then(clean::speaker),
            start_time: seconds(start),
            end_time: seconds(end),
            body: clean::line(&line.text),
            heading: line.is_heading,
        });
    let file = File {
        version: "1.0.0",
        segments: segments.collect(),
    };
    serde_json::to_string(&file).unwrap_or_default()
}

/// Exact to the millisecond: recordings are shorter than 2^52 of them.
#[allow(clippy::cast_precision_loss)]
fn seconds(ms: u64) -> f64 {
    ms as f64 / 1000.0
}
