//! Chapters as a file of their own: JSON chapters 1.2, which `podcast:chapters` names.
//!
//! Source: the Podcasting 2.0 namespace, `jsonChapters.md`.
use serde::{Serialize, Serializer};

use crate::formats::audio::Chapter;
use crate::formats::html::xml_text;

/// The version of the format.
const VERSION: &str = "1.2.0";

#[derive(Serialize)]
struct File {
    version: &'static str,
    chapters: Vec<Entry>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(serialize_with = "seconds")]
    start_time: u64,
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    /// A mark without a name is no line of a table of contents.
    #[serde(skip_serializing_if = "Option::is_none")]
    toc: Option<bool>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "some_seconds"
    )]
    end_time: Option<u64>,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn seconds<S: Serializer>(ms: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    if ms.is_multiple_of(1000) {
        return serializer.serialize_u64(ms / 1000);
    }
    // Exact: recordings are shorter than 2^52 milliseconds.
    #[allow(clippy::cast_precision_loss)]
    serializer.serialize_f64(*ms as f64 / 1000.0)
}

fn some_seconds<S: Serializer>(ms: &Option<u64>, serializer: S) -> Result<S::Ok, S::Error> {
    seconds(&ms.unwrap_or_default(), serializer)
}

/// The file's bytes: chapters by their start, times in seconds.
pub fn write(chapters: &[Chapter]) -> String {
    let mut sorted: Vec<&Chapter> = chapters.iter().collect();
    sorted.sort_by_key(|chapter| chapter.start_ms);
    let entries = sorted.into_iter().map(|chapter| {
        let title = xml_text(chapter.title.trim());
        Entry {
            start_time: chapter.start_ms,
            toc: title.is_empty().then_some(false),
            title,
            end_time: chapter.end_ms.filter(|end| *end > chapter.start_ms),
        }
    });
    let file = File {
        version: VERSION,
        chapters: entries.collect(),
    };
    serde_json::to_string(&file).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapter(start_ms: u64, end_ms: Option<u64>, title: &str) -> Chapter {
        Chapter {
            start_ms,
            end_ms,
            title: title.into(),
        }
    }

    #[test]
    fn times_are_seconds_in_order() {
        let json = write(&[
            chapter(94_250, Some(94_250), ""),
            chapter(0, Some(90_000), " 여는 \"말\"\0 "),
        ]);
        assert_eq!(
            json,
            r#"{"version":"1.2.0","chapters":[{"startTime":0,"title":"여는 \"말\"","endTime":90},{"startTime":94.25,"toc":false}]}"#
        );
        assert_eq!(write(&[]), r#"{"version":"1.2.0","chapters":[]}"#);
    }
}
