//! The show's form: strings into meaning.
use super::details::ShowDetails;
use super::details_form;
use super::model::{ShowAddress, ShowDraft, ShowType};
use crate::kernel::language::Language;
use crate::kernel::text::{line, required_line};
use crate::kernel::time::Zone;
use crate::kernel::{FieldErrors, Message, Result};
use crate::web::form::FormData;

/// Longest title and author name in characters (PSP-1).
const SHORT_CHARS: usize = 255;
/// Longest description in characters; within the feed's 4,000 bytes in Korean too.
const DESCRIPTION_CHARS: usize = 1_300;

/// Reads the show's form.
pub struct ShowForm;

impl ShowForm {
    /// Field names: `title`, `address` (empty: proposed from the title), `description`,
    /// `language` (`other`: then `language_other`), `time_zone`, `author_name` (empty: the fallback), `owner_email`, `copyright`,
    /// `category`, `explicit` (`yes`/`no`), `locked` (`yes`/`no`), `show_type`. The details
    /// have their defaults: this is the form of a show that is to be made.
    ///
    /// # Errors
    /// Every faulty field with its fault.
    pub fn parse(
        form: &FormData,
        author_fallback: &str,
        is_category: impl Fn(&str) -> bool,
    ) -> Result<ShowDraft, FieldErrors> {
        let mut errors = FieldErrors::new();
        let title = errors.take("title", required_line(form.get("title"), SHORT_CHARS));
        let address = match form.get("address").trim() {
            "" => Some(ShowAddress::propose(title.as_deref().unwrap_or_default())),
            typed => errors.take("address", ShowAddress::parse(typed)),
        };
        let description = errors.take(
            "description",
            required_line(form.get("description"), DESCRIPTION_CHARS),
        );
        let language = errors.take("language", Language::parse(language_tag(form)));
        let time_zone = errors.take("time_zone", zone(form.get("time_zone"), language.as_ref()));
        let author = errors
            .take("author_name", line(form.get("author_name"), SHORT_CHARS))
            .map(|a| {
                if a.is_empty() {
                    author_fallback.to_owned()
                } else {
                    a
                }
            });
        let owner_email = errors.take("owner_email", line(form.get("owner_email"), SHORT_CHARS));
        if owner_email
            .as_deref()
            .is_some_and(|e| !e.is_empty() && !e.contains('@'))
        {
            errors.add("owner_email", Message::new("error-email"));
        }
        let copyright = errors.take("copyright", line(form.get("copyright"), SHORT_CHARS));
        let category = form.get("category").to_owned();
        if !is_category(&category) {
            errors.add("category", Message::new("error-category"));
        }
        let (Some(title), Some(address), Some(description), Some(language), Some(time_zone)) =
            (title, address, description, language, time_zone)
        else {
            return Err(errors);
        };
        let (Some(author), Some(owner_email), Some(copyright)) = (author, owner_email, copyright)
        else {
            return Err(errors);
        };
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(ShowDraft {
            address,
            title,
            description,
            language,
            time_zone,
            author,
            owner_email,
            copyright,
            category,
            explicit: form.get("explicit") == "yes",
            locked: form.get_opt("locked").is_none_or(|v| v == "yes"),
            show_type: ShowType::parse(form.get("show_type")),
            details: ShowDetails::default(),
        })
    }

    /// The same with the details, whose fields `details_form` lists: a show's settings.
    ///
    /// # Errors
    /// Every faulty field with its fault.
    pub fn parse_settings(
        form: &FormData,
        author_fallback: &str,
        is_category: impl Fn(&str) -> bool,
    ) -> Result<ShowDraft, FieldErrors> {
        let mut errors = FieldErrors::new();
        let draft = match Self::parse(form, author_fallback, &is_category) {
            Ok(draft) => Some(draft),
            Err(faults) => {
                errors = faults;
                None
            }
        };
        let details = details_form::parse(form, &is_category, &mut errors);
        match draft {
            Some(draft) if errors.is_empty() => Ok(ShowDraft { details, ..draft }),
            _ => Err(errors),
        }
    }

    /// A show's settings as its form would send them.
    pub fn settings(draft: &ShowDraft) -> FormData {
        let yes_no = |yes: bool| if yes { "yes" } else { "no" };
        let mut fields: Vec<(String, String)> = [
            ("title", draft.title.as_str()),
            ("address", draft.address.as_str()),
            ("description", &draft.description),
            ("language", draft.language.as_str()),
            ("time_zone", draft.time_zone.name()),
            ("category", &draft.category),
            ("explicit", yes_no(draft.explicit)),
            ("author_name", &draft.author),
            ("owner_email", &draft.owner_email),
            ("copyright", &draft.copyright),
            ("locked", yes_no(draft.locked)),
            ("show_type", draft.show_type.as_str()),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        fields.extend(Self::details(&draft.details));
        FormData::new(fields)
    }

    /// The fields of the rarer facts as the form would send them.
    pub fn details(details: &ShowDetails) -> Vec<(String, String)> {
        details_form::fields(details)
    }
}

/// The zone typed; left empty, Seoul for Korean and UTC for others.
fn zone(text: &str, language: Option<&Language>) -> Result<Zone, Message> {
    match text.trim() {
        "" if language.is_none_or(Language::is_korean) => Zone::parse("Asia/Seoul"),
        "" => Zone::parse("UTC"),
        name => Zone::parse(name),
    }
}

/// The tag chosen from the list, or typed beside it.
fn language_tag(form: &FormData) -> &str {
    match form.get("language") {
        "other" => form.get("language_other"),
        listed => listed,
    }
}
