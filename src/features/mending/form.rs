//! What the page sends, as JSON and as a form, into changes.
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::model::{Change, MOST_CHANGES};
use crate::features::posts;
use crate::formats::transcript::{Times, Timing};
use crate::kernel::ids::SentenceId;
use crate::kernel::{Error, Message, Result};
use crate::web::form::FormData;

/// Largest body in bytes: [`MOST_CHANGES`] of them do not fit, a script of half a million
/// characters does.
pub const BODY_BYTES: usize = 2 << 20;

fn broken() -> Error {
    Error::BadRequest(Message::new("error-form-broken"))
}

/// Reads JSON of the page's script.
///
/// # Errors
/// `BadRequest` for anything that is no such JSON.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|_| broken())
}

/// What was changed, on which version.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[cfg_attr(test, schema(as = SentencesInput))]
pub struct Save {
    /// Of the times that the page had.
    pub version: i64,
    /// One a sentence.
    #[serde(default)]
    changes: Vec<OneChange>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[cfg_attr(test, schema(as = SentenceChange))]
struct OneChange {
    /// The sentence.
    #[cfg_attr(test, schema(value_type = String, pattern = "^[a-z2-7]{6}$"))]
    id: SentenceId,
    /// It is spoken here; no machine moves it after that. One of these three is said.
    set: Option<Span>,
    /// It is not spoken.
    #[serde(default)]
    not_spoken: bool,
    /// What it had before, or `unknown`: given back to the machine.
    back: Option<Times>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[cfg_attr(test, schema(as = SentenceSpan))]
struct Span {
    /// In the recording.
    start_ms: u64,
    /// Not before `start_ms`.
    end_ms: u64,
}

impl Save {
    /// The changes in the order sent.
    ///
    /// # Errors
    /// `BadRequest` for one that says nothing or two things, `TooLarge` for too many.
    pub fn changes(self) -> Result<Vec<(SentenceId, Change)>> {
        if self.changes.len() > MOST_CHANGES {
            return Err(Error::TooLarge {
                limit_bytes: BODY_BYTES as u64,
            });
        }
        self.changes.into_iter().map(OneChange::read).collect()
    }
}

impl OneChange {
    fn read(self) -> Result<(SentenceId, Change)> {
        let change = match (self.set, self.not_spoken, self.back) {
            (Some(span), false, None) => Change::Set(span.start_ms, span.end_ms),
            (None, true, None) => Change::NotSpoken,
            (None, false, Some(times)) => Change::Back(times),
            _ => return Err(broken()),
        };
        Ok((self.id, change))
    }
}

/// A sentence to be cut in two.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[cfg_attr(test, schema(as = SplitInput))]
pub struct Split {
    /// Of the times that the page had.
    pub version: i64,
    /// The sentence.
    #[cfg_attr(test, schema(value_type = String, pattern = "^[a-z2-7]{6}$"))]
    pub id: SentenceId,
    /// Where the second part begins, in characters of its text.
    #[cfg_attr(test, schema(maximum = 1_000_000))]
    pub at: usize,
    /// Where it begins in the recording, in milliseconds, if the author said so.
    pub ms: Option<u64>,
    /// Times of both parts, put back by undo.
    #[cfg_attr(test, schema(min_items = 2, max_items = 2))]
    pub times: Option<[Times; 2]>,
}

/// A sentence to be joined with the next one.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[cfg_attr(test, schema(as = JoinInput))]
pub struct Join {
    /// Of the times that the page had.
    pub version: i64,
    /// The first of both.
    #[cfg_attr(test, schema(value_type = String, pattern = "^[a-z2-7]{6}$"))]
    pub id: SentenceId,
    /// Times of the whole, put back by undo.
    pub times: Option<Times>,
}

/// A stretch in which the script is to be looked for again.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[cfg_attr(test, schema(as = RealignInput))]
pub struct Realign {
    /// Of the times that the page had.
    pub version: i64,
    /// The last sentence before it that stays; none: from the start.
    #[cfg_attr(test, schema(value_type = Option<String>, pattern = "^[a-z2-7]{6}$"))]
    pub after: Option<SentenceId>,
    /// The first sentence behind it that stays; none: to the end.
    #[cfg_attr(test, schema(value_type = Option<String>, pattern = "^[a-z2-7]{6}$"))]
    pub before: Option<SentenceId>,
    /// Whether it is not wanted any more.
    #[serde(default)]
    pub stop: bool,
}

/// A line of the form that works without JavaScript, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedLine {
    /// The sentence.
    pub id: SentenceId,
    /// What stood in the line when the page was made, so that only what was touched is changed.
    pub was: String,
    /// `1:02:03.45`, or nothing.
    pub start: String,
    /// The same.
    pub end: String,
    /// Whether it is marked as not spoken.
    pub not_spoken: bool,
}

/// The lines of the form in order. What is not a sentence's id is left out.
pub fn typed_lines(form: &FormData) -> Vec<TypedLine> {
    let silent: Vec<&str> = form.all("not_spoken").collect();
    let rows = form.rows(["id", "was", "start", "end"]);
    let lines = rows.into_iter().filter_map(|[id, was, start, end]| {
        Some(TypedLine {
            id: id.parse().ok()?,
            was: was.to_owned(),
            start: start.trim().to_owned(),
            end: end.trim().to_owned(),
            not_spoken: silent.contains(&id),
        })
    });
    lines.collect()
}

impl TypedLine {
    /// How a stored time stands in the form.
    pub fn of(id: &SentenceId, times: &Times) -> Self {
        let text = |ms: fn(&Timing) -> u64| {
            let timing = times.timing();
            timing.map_or_else(String::new, |t| posts::position_text(ms(t)))
        };
        let mut line = Self {
            id: id.clone(),
            was: String::new(),
            start: text(|t| t.start_ms),
            end: text(|t| t.end_ms),
            not_spoken: matches!(times, Times::NotSpoken(_)),
        };
        line.was = line.written();
        line
    }

    fn written(&self) -> String {
        format!("{} {} {}", self.start, self.end, self.not_spoken)
    }

    /// Whether the author changed it.
    pub fn is_touched(&self) -> bool {
        self.was != self.written()
    }

    /// What the author did to the sentence.
    ///
    /// # Errors
    /// A sentence for a time that is none, that lies behind the end of the recording, or that
    /// has a start without an end.
    pub fn change(&self, duration_ms: u64) -> Result<Change, Message> {
        if self.not_spoken {
            return Ok(Change::NotSpoken);
        }
        if self.start.is_empty() && self.end.is_empty() {
            return Ok(Change::Back(Times::Unknown));
        }
        let read =
            |text: &str| posts::position(text).ok_or_else(|| Message::new("mending-error-time"));
        let change = Change::Set(read(&self.start)?, read(&self.end)?);
        change.checked(duration_ms)?;
        Ok(change)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::transcript::Origin;
    use proptest::prelude::*;

    fn save(json: &str) -> Result<Vec<(SentenceId, Change)>> {
        read::<Save>(json.as_bytes())?.changes()
    }

    #[test]
    fn each_kind_of_change_is_read() {
        let json = r#"{"version":3,"revision":1,"changes":[
            {"id":"abcdef","set":{"start_ms":1,"end_ms":2}},
            {"id":"abcdeg","not_spoken":true},
            {"id":"abcdeh","back":"unknown"},
            {"id":"abcdei","back":{"not-spoken":false}},
            {"id":"abcdej","back":{"at":{"start_ms":1,"end_ms":2,"origin":"measured","percent":9}}}]}"#;
        let changes: Vec<Change> = save(json).unwrap().into_iter().map(|(_, c)| c).collect();
        let timing = Timing {
            start_ms: 1,
            end_ms: 2,
            origin: Origin::Measured,
            percent: 9,
        };
        assert_eq!(
            changes,
            [
                Change::Set(1, 2),
                Change::NotSpoken,
                Change::Back(Times::Unknown),
                Change::Back(Times::NotSpoken(false)),
                Change::Back(Times::At(timing)),
            ]
        );
    }

    #[test]
    fn nonsense_is_refused() {
        for json in [
            "",
            "[]",
            "{}",
            r#"{"version":1,"changes":[{"id":"abcdef"}]}"#,
            r#"{"version":1,"changes":[{"id":"ABCDEF","not_spoken":true}]}"#,
            r#"{"version":1,"changes":[{"id":"abcdef","not_spoken":true,"back":"unknown"}]}"#,
            r#"{"version":1,"changes":[{"id":"abcdef","set":{"start_ms":-1,"end_ms":2}}]}"#,
            r#"{"version":1,"changes":[{"id":"abcdef","set":{"start_ms":1.5,"end_ms":2}}]}"#,
            r#"{"version":1,"changes":[{"id":"abcdef","set":{"start_ms":1e99,"end_ms":2}}]}"#,
            r#"{"version":"1"}"#,
        ] {
            assert!(matches!(save(json), Err(Error::BadRequest(_))), "{json}");
        }
        let many = r#"{"id":"abcdef","not_spoken":true},"#.repeat(MOST_CHANGES + 1);
        let json = format!(
            r#"{{"version":1,"changes":[{}]}}"#,
            many.trim_end_matches(',')
        );
        assert!(matches!(save(&json), Err(Error::TooLarge { .. })));
    }

    #[test]
    fn a_line_that_was_not_touched_changes_nothing() {
        let id: SentenceId = "abcdef".parse().unwrap();
        let stored = Times::At(Timing {
            start_ms: 61_230,
            end_ms: 62_000,
            origin: Origin::Measured,
            percent: 80,
        });
        let line = TypedLine::of(&id, &stored);
        assert_eq!(
            (line.start.as_str(), line.end.as_str()),
            ("1:01.23", "1:02")
        );
        assert!(!line.is_touched());
        let typed = |start: &str, end: &str, not_spoken: bool| {
            let line = TypedLine {
                start: start.into(),
                end: end.into(),
                not_spoken,
                ..line.clone()
            };
            assert!(line.is_touched());
            line.change(70_000)
        };
        assert_eq!(
            typed("1:01.3", "1:02", false),
            Ok(Change::Set(61_300, 62_000))
        );
        assert_eq!(typed("1:01.23", "1:02", true), Ok(Change::NotSpoken));
        assert_eq!(typed("", "", false), Ok(Change::Back(Times::Unknown)));
        for (start, end) in [
            ("1:01", ""),
            ("soon", "1:02"),
            ("1:03", "1:02"),
            ("1:03", "1:20"),
        ] {
            assert!(typed(start, end, false).is_err(), "{start} {end}");
        }
        assert!(!TypedLine::of(&id, &Times::NotSpoken(false)).is_touched());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = read::<Save>(&bytes).and_then(Save::changes);
            let _ = read::<Split>(&bytes);
            let _ = read::<Join>(&bytes);
        }
    }
}
