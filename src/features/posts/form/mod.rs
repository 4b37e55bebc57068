//! The editor's form: strings into a working copy.
//!
//! A draft takes nearly anything that is text; what the public may see is checked when it is
//! to become public (`Content::faults_for_public`), so that autosave never refuses half a link.
use super::model::{Content, EpisodeType, Reference};
use crate::kernel::text::{NOTE_CHARS, SCRIPT_CHARS, TITLE_CHARS, line, paragraphs};
use crate::kernel::{FieldErrors, Message, Result};
use crate::web::form::FormData;

mod checked;
mod clock;
mod details;
#[cfg(test)]
mod tests;

pub use checked::checked;
pub use clock::{parse as position, text as position_text};

/// Most references of a post.
const REFERENCES: usize = 200;
/// The last season or episode that is taken.
const MOST_NUMBER: i64 = 1_000_000;
/// Longest cell of a row in characters: a draft takes more than the public may see.
const CELL_CHARS: usize = 2_000;

/// What the editor sent.
#[derive(Debug, Clone)]
pub struct PostForm {
    /// Number of the working copy that the form was made from.
    pub version: i64,
    /// As typed; may be empty.
    pub slug: String,
    /// The text; recording and cover are not part of the form.
    pub content: Content,
}

/// Refuses a form that lacks a field of the text: absent is not empty, and a page that sends none of
/// what it shows must take nothing away.
///
/// # Errors
/// The first of `title`, `note` and `script` that did not come.
pub fn require_whole(form: &FormData) -> Result<(), FieldErrors> {
    let mut fields = ["title", "note", "script"].into_iter();
    match fields.find(|name| form.get_opt(name).is_none()) {
        Some(name) => Err(FieldErrors::one(name, Message::new("error-form-part"))),
        None => Ok(()),
    }
}

impl PostForm {
    /// Field names: `version`, `title`, `slug`, `note`, `script`, `language`, `season`,
    /// `episode`, `episode_type`, `explicit` (empty, `yes`, `no`), and `ref_title`, `ref_url`,
    /// `ref_outlet`, `ref_date`, `ref_remark`, `ref_passage` once a reference, in order. A row in which
    /// everything is empty is left out. The rarer fields are in `form/details.rs`.
    ///
    /// # Errors
    /// Every faulty field with its fault.
    pub fn parse(form: &FormData) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let version = form.get("version").parse::<i64>().unwrap_or(0);
        let title = errors.take("title", line(form.get("title"), TITLE_CHARS));
        let slug = errors.take("slug", line(form.get("slug"), 200));
        let note = errors.take("note", paragraphs(form.get("note"), NOTE_CHARS));
        let script = errors.take("script", paragraphs(form.get("script"), SCRIPT_CHARS));
        let language = errors.take("language", line(form.get("language"), 35));
        let season = errors.take("season", number(form.get("season")));
        let episode = errors.take("episode", number(form.get("episode")));
        let references = errors.take("references", references(form));
        let details = details::parse(form, &mut errors);
        let explicit = match form.get("explicit") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Self {
            version,
            slug: slug.unwrap_or_default(),
            content: Content {
                title: title.unwrap_or_default(),
                note: note.unwrap_or_default(),
                script: script.unwrap_or_default(),
                references: references.unwrap_or_default(),
                language: language.unwrap_or_default(),
                season: season.flatten(),
                episode: episode.flatten(),
                episode_type: EpisodeType::parse(form.get("episode_type")),
                explicit,
                cover_hash: None,
                recording_id: None,
                alternate_id: None,
                details,
            },
        })
    }
}

/// A whole number from 1, or nothing.
fn number(text: &str) -> Result<Option<i64>, Message> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<i64>() {
        Ok(n) => checked_number(n).map(Some),
        Err(_) => Err(bad_number()),
    }
}

/// A season or an episode, if it is one.
fn checked_number(n: i64) -> Result<i64, Message> {
    match n {
        1..=MOST_NUMBER => Ok(n),
        _ => Err(bad_number()),
    }
}

fn bad_number() -> Message {
    Message::new("error-number").with("most", MOST_NUMBER)
}

fn references(form: &FormData) -> Result<Vec<Reference>, Message> {
    let names = [
        "ref_title",
        "ref_url",
        "ref_outlet",
        "ref_date",
        "ref_remark",
        "ref_passage",
    ];
    let rows = rows(form, names, ("error-references-many", REFERENCES))?;
    Ok(rows
        .into_iter()
        .map(|[title, url, outlet, date, remark, passage]| Reference {
            title,
            url: with_scheme(url),
            outlet,
            date,
            remark,
            passage,
            sentence: None,
        })
        .collect())
}

/// The rows of a list, cleaned; those in which everything is empty are left out.
///
/// # Errors
/// The first cell that is no line of text; more rows than `most`, in the words of its message.
fn rows<const N: usize>(
    form: &FormData,
    names: [&str; N],
    (too_many, most): (&'static str, usize),
) -> Result<Vec<[String; N]>, Message> {
    let mut found = Vec::new();
    for typed in form.rows(names) {
        let mut row = [const { String::new() }; N];
        for (cell, text) in row.iter_mut().zip(typed) {
            *cell = line(text, CELL_CHARS)?;
        }
        if row.iter().any(|cell| !cell.is_empty()) {
            found.push(row);
        }
        if found.len() > most {
            return Err(Message::new(too_many).with("most", most));
        }
    }
    Ok(found)
}

/// `www.example.org/a` is meant as a link to it.
fn with_scheme(url: String) -> String {
    if url.starts_with("www.") {
        format!("https://{url}")
    } else {
        url
    }
}
