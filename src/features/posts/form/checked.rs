//! Text that did not come through the form, held to the form's rules.
use serde_json::Value;

use super::{CELL_CHARS, REFERENCES, checked_number, with_scheme};
use crate::features::posts::details::PostDetails;
use crate::features::posts::model::{Content, Reference};
use crate::kernel::text::{NOTE_CHARS, SCRIPT_CHARS, TITLE_CHARS, line, paragraphs};
use crate::kernel::{FieldErrors, Message, Result};

/// Most bytes of the rarer facts as JSON.
const DETAILS_BYTES: usize = 256 << 10;

/// Cleans a slug and a text as the form would, or names every faulty field with its fault.
///
/// # Errors
/// Every faulty field with its fault, by the names of the form.
pub fn checked(slug: &str, content: Content) -> Result<(String, Content), FieldErrors> {
    let mut errors = FieldErrors::new();
    let slug = errors.take("slug", line(slug, 200));
    let title = errors.take("title", line(&content.title, TITLE_CHARS));
    let note = errors.take("note", paragraphs(&content.note, NOTE_CHARS));
    let script = errors.take("script", paragraphs(&content.script, SCRIPT_CHARS));
    let language = errors.take("language", line(&content.language, 35));
    for (field, number) in [("season", content.season), ("episode", content.episode)] {
        errors.take(field, number.map(checked_number).transpose());
    }
    let references = errors.take("references", references(content.references));
    let details = errors.take("details", details(&content.details));
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok((
        slug.unwrap_or_default(),
        Content {
            title: title.unwrap_or_default(),
            note: note.unwrap_or_default(),
            script: script.unwrap_or_default(),
            language: language.unwrap_or_default(),
            references: references.unwrap_or_default(),
            details: details.unwrap_or_default(),
            ..content
        },
    ))
}

fn references(sent: Vec<Reference>) -> Result<Vec<Reference>, Message> {
    if sent.len() > REFERENCES {
        return Err(Message::new("error-references-many").with("most", REFERENCES));
    }
    let clean = |r: Reference| {
        Ok(Reference {
            title: line(&r.title, CELL_CHARS)?,
            url: with_scheme(line(&r.url, CELL_CHARS)?),
            outlet: line(&r.outlet, CELL_CHARS)?,
            date: line(&r.date, CELL_CHARS)?,
            remark: line(&r.remark, CELL_CHARS)?,
            passage: line(&r.passage, CELL_CHARS)?,
            sentence: r.sentence,
        })
    };
    sent.into_iter().map(clean).collect()
}

/// Every text in the rarer facts is a line; what the public may see of them is checked when it is
/// to become public.
fn details(sent: &PostDetails) -> Result<PostDetails, Message> {
    let broken = || Message::new("error-form-broken");
    let mut value = serde_json::to_value(sent).map_err(|_| broken())?;
    if value.to_string().len() > DETAILS_BYTES {
        return Err(Message::new("error-too-long").with("max", DETAILS_BYTES));
    }
    clean(&mut value)?;
    serde_json::from_value(value).map_err(|_| broken())
}

fn clean(value: &mut Value) -> Result<(), Message> {
    match value {
        Value::String(text) => *text = line(text, CELL_CHARS)?,
        Value::Array(items) => items.iter_mut().try_for_each(clean)?,
        Value::Object(members) => members.values_mut().try_for_each(clean)?,
        // The database's numbers, and those of most programs, end there.
        Value::Number(number) if number.as_i64().is_none() => {
            return Err(Message::new("error-form-broken"));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cleaned_like_those_of_the_form() {
        let content = Content {
            title: "  제목 \u{a0}".to_owned(),
            script: "첫 줄\r\n\r\n둘째 줄".to_owned(),
            references: vec![Reference {
                url: "www.example.org".to_owned(),
                ..Reference::default()
            }],
            details: PostDetails {
                season_name: " 봄 ".to_owned(),
                ..PostDetails::default()
            },
            ..Content::default()
        };
        let (slug, clean) = checked(" a-b ", content).expect("good");
        assert_eq!((slug.as_str(), clean.title.as_str()), ("a-b", "제목"));
        assert_eq!(clean.script, "첫 줄\n\n둘째 줄");
        assert_eq!(clean.references[0].url, "https://www.example.org");
        assert_eq!(clean.details.season_name, "봄");
    }

    #[test]
    fn every_fault_is_named() {
        let content = Content {
            title: "가".repeat(10_000),
            note: "\u{0}".to_owned(),
            season: Some(0),
            references: vec![Reference::default(); REFERENCES + 1],
            details: PostDetails {
                cover_alt: "\u{7}".to_owned(),
                ..PostDetails::default()
            },
            ..Content::default()
        };
        let faults = checked("", content).expect_err("bad");
        for field in ["title", "note", "season", "references", "details"] {
            assert!(faults.get(field).is_some(), "{field}");
        }
        let number = faults.get("season").map(|fault| fault.args.clone());
        assert_eq!(number, Some(vec![("most", "1000000".to_owned())]));
    }
}
