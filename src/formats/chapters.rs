//! Chapters as a file of their own: JSON chapters 1.2, which `podcast:chapters` names.
//!
//! Source: the Podcasting 2.0 namespace, `jsonChapters.md`.
use serde::{Deserialize, Serialize, Serializer};

use crate::formats::audio;
use crate::formats::html::{safe_link, xml_text};

/// The version of the format.
const VERSION: &str = "1.2.0";

/// A part of a recording. It ends where the next one begins, unless it says where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chapter {
    /// In milliseconds from the start of the recording.
    pub start_ms: u64,
    /// After `start_ms`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_ms: Option<u64>,
    /// One line; empty for a mark without a name.
    pub title: String,
    /// `https`, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
    /// Address of a picture, `https`, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub picture: String,
    /// Whether it was made of a heading of the script, and is to be made anew with it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub proposed: bool,
}

impl From<audio::Chapter> for Chapter {
    fn from(chapter: audio::Chapter) -> Self {
        Self {
            start_ms: chapter.start_ms,
            end_ms: chapter.end_ms,
            title: chapter.title,
            ..Self::default()
        }
    }
}

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
    #[serde(skip_serializing_if = "Option::is_none")]
    img: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
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
            img: safe_link(&chapter.picture),
            url: safe_link(&chapter.link),
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
            ..Chapter::default()
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
        let linked = Chapter {
            link: "https://a.example/".into(),
            picture: "javascript:alert(1)".into(),
            ..chapter(1, None, "a")
        };
        assert_eq!(
            write(&[linked]),
            r#"{"version":"1.2.0","chapters":[{"startTime":0.001,"title":"a","url":"https://a.example/"}]}"#
        );
        assert_eq!(write(&[]), r#"{"version":"1.2.0","chapters":[]}"#);
    }
}
