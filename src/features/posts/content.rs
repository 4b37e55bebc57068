//! What follows from a text and what goes with it.
use super::model::{Content, Reference};
use crate::features::show::Show;
use crate::formats::html::safe_link;
use crate::formats::script;
use crate::kernel::language::Language;
use crate::kernel::text::{TITLE_CHARS, clean_line};
use crate::kernel::{FieldErrors, Message};

impl Content {
    /// BCP 47 tag of its language: its own, else that of its show.
    pub fn language_in<'a>(&'a self, show: &'a Show) -> &'a str {
        match self.language.as_str() {
            "" => show.draft.language.as_str(),
            own => own,
        }
    }

    /// Whether anything of it is other than in `other`. Which sentence a reference is tied to counts
    /// for nothing: that follows from the words.
    pub fn differs_from(&self, other: &Self) -> bool {
        let without_ties = |content: &Self| Self {
            references: untied(&content.references),
            ..content.clone()
        };
        without_ties(self) != without_ties(other)
    }

    /// What it may be called as long as it has no title: the first heading of its script.
    pub fn proposed_title(&self) -> Option<String> {
        let blocks = script::blocks(&self.script);
        let heading = blocks.into_iter().find(|block| block.is_heading())?;
        let title: String = heading.text.chars().take(TITLE_CHARS).collect();
        clean_line(&title).ok().filter(|title| !title.is_empty())
    }

    /// Minutes to read it silently: the script, or the note where there is none; `None` without
    /// either.
    pub fn reading_minutes(&self) -> Option<u32> {
        let texts = [&self.script, &self.note];
        let text = texts.into_iter().find(|text| !text.is_empty())?;
        let korean = Language::from_db(self.language.clone()).is_korean();
        Some(script::reading_minutes(text, korean))
    }

    /// What must be mended before the public may see this: a title, whole links, a language,
    /// whole details. `sound_ms` is the length of the recording, if there is one.
    pub fn faults_for_public(&self, sound_ms: Option<u64>) -> FieldErrors {
        let mut errors = FieldErrors::new();
        if self.title.is_empty() {
            errors.add("title", Message::new("error-title-required"));
        }
        if !self.language.is_empty() {
            errors.take("language", Language::parse(&self.language));
        }
        for reference in &self.references {
            let link = &reference.url;
            if !link.is_empty() && safe_link(link).is_none() {
                errors.add(
                    "references",
                    Message::new("error-reference-link").with("link", link),
                );
            } else if reference.title.is_empty() && link.is_empty() {
                errors.add("references", Message::new("error-reference-empty"));
            }
        }
        self.details.faults_for_public(sound_ms, &mut errors);
        errors
    }
}

/// References without the sentences that they are tied to.
pub fn untied(references: &[Reference]) -> Vec<Reference> {
    let untied = |reference: &Reference| Reference {
        sentence: None,
        ..reference.clone()
    };
    references.iter().map(untied).collect()
}
