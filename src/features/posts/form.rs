//! The editor's form: strings into a working copy.
//!
//! A draft takes nearly anything that is text; what the public may see is checked when it is
//! to become public (`Content::faults_for_public`), so that autosave never refuses half a link.
use super::details::PostDetails;
use super::model::{Content, EpisodeType, Reference};
use crate::kernel::text::{NOTE_CHARS, SCRIPT_CHARS, TITLE_CHARS, line, paragraphs};
use crate::kernel::{FieldErrors, Message, Result};
use crate::web::form::FormData;

/// Most references of a post.
const REFERENCES: usize = 200;
/// Longest piece of a reference in characters.
const REFERENCE_CHARS: usize = 2_000;

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

impl PostForm {
    /// Field names: `version`, `title`, `slug`, `note`, `script`, `language`, `season`,
    /// `episode`, `episode_type`, `explicit` (empty, `yes`, `no`), and `ref_title`, `ref_url`,
    /// `ref_outlet`, `ref_date`, `ref_remark` once a reference, in order. A row in which
    /// everything is empty is left out.
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
                details: PostDetails::default(),
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
        Ok(n) if (1..=1_000_000).contains(&n) => Ok(Some(n)),
        _ => Err(Message::new("error-number")),
    }
}

fn references(form: &FormData) -> Result<Vec<Reference>, Message> {
    let column = |name: &str| -> Result<Vec<String>, Message> {
        form.all(name)
            .map(|value| line(value, REFERENCE_CHARS))
            .collect()
    };
    let mut columns = [
        column("ref_title")?.into_iter(),
        column("ref_url")?.into_iter(),
        column("ref_outlet")?.into_iter(),
        column("ref_date")?.into_iter(),
        column("ref_remark")?.into_iter(),
    ];
    let mut found = Vec::new();
    loop {
        let row: Vec<Option<String>> = columns.iter_mut().map(Iterator::next).collect();
        if row.iter().all(Option::is_none) {
            break;
        }
        let mut cells = row.into_iter().map(Option::unwrap_or_default);
        let mut next = || cells.next().unwrap_or_default();
        let reference = Reference {
            title: next(),
            url: with_scheme(next()),
            outlet: next(),
            date: next(),
            remark: next(),
        };
        if reference != Reference::default() {
            found.push(reference);
        }
        if found.len() > REFERENCES {
            return Err(Message::new("error-references-many").with("most", REFERENCES));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> FormData {
        FormData::new(
            pairs
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn references_keep_their_order_and_lose_empty_rows() {
        let parsed = PostForm::parse(&form(&[
            ("version", "3"),
            ("ref_title", "하나"),
            ("ref_title", ""),
            ("ref_title", "둘"),
            ("ref_url", "https://a.example/1"),
            ("ref_url", ""),
            ("ref_url", "www.example.org"),
        ]))
        .expect("good");
        assert_eq!(parsed.version, 3);
        let titles: Vec<_> = parsed
            .content
            .references
            .iter()
            .map(|r| r.title.as_str())
            .collect();
        assert_eq!(titles, ["하나", "둘"]);
        assert_eq!(parsed.content.references[1].url, "https://www.example.org");
    }

    #[test]
    fn faults_name_their_field() {
        let errors = PostForm::parse(&form(&[
            ("season", "zero"),
            ("episode", "0"),
            ("note", "a\0b"),
        ]))
        .expect_err("bad");
        for field in ["season", "episode", "note"] {
            assert!(errors.get(field).is_some(), "{field}");
        }
    }

    #[test]
    fn half_a_link_is_fine_in_a_draft_and_not_in_public() {
        let parsed = PostForm::parse(&form(&[("ref_url", "javascript:alert(1)")]))
            .expect("a draft takes it");
        let faults = parsed.content.faults_for_public();
        assert!(faults.get("references").is_some() && faults.get("title").is_some());
    }
}
