//! The set-up page, and the fields of a show that it shares with the show's settings.
use askama::Template;

use crate::features::accounts::views::choices::{self, Choice, Group};
use crate::features::accounts::views::{FormErrors, Frame};
use crate::web::ui::Ui;

/// What the author typed about a show, or what is stored of it.
#[derive(Debug, Clone, Default)]
pub struct ShowValues {
    /// Title.
    pub title: String,
    /// `[a-z0-9-]{1,40}`.
    pub address: String,
    /// One line.
    pub description: String,
    /// BCP 47 tag.
    pub language: String,
    /// IANA name.
    pub time_zone: String,
    /// `News` or `News > Politics`.
    pub category: String,
    /// Whether it holds explicit language.
    pub explicit: Option<bool>,
}

/// The same, ready to print as fields.
#[derive(Debug, Clone)]
pub struct ShowFields {
    /// Title.
    pub title: String,
    /// Address.
    pub address: String,
    /// What stands before the address: `https://example.org/@`.
    pub address_prefix: String,
    /// One line.
    pub description: String,
    /// The list.
    pub languages: Vec<Choice>,
    /// A tag that is not in the list.
    pub language_other: String,
    /// The list.
    pub zones: Vec<Choice>,
    /// The list, under headings.
    pub categories: Vec<Group>,
    /// Yes or no.
    pub explicit: Vec<Choice>,
}

impl ShowFields {
    /// Makes the lists and marks what is chosen in them.
    pub fn new(ui: &Ui, values: ShowValues, address_prefix: String) -> Self {
        let (languages, language_other) = choices::languages(ui, &values.language);
        Self {
            zones: choices::zones(&values.time_zone),
            categories: choices::categories(ui, &values.category),
            explicit: choices::yes_no(ui, values.explicit),
            title: values.title,
            address: values.address,
            address_prefix,
            description: values.description,
            languages,
            language_other,
        }
    }
}

/// The first page of all: the author and the show in one form.
#[derive(Debug, Template)]
#[template(path = "accounts/setup.html")]
pub struct SetupPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// What is wrong with the form.
    pub errors: FormErrors,
    /// Where the form goes: the page's own address with its token.
    pub action: String,
    /// The author's name.
    pub name: String,
    /// The author's e-mail address.
    pub email: String,
    /// The show.
    pub show: ShowFields,
}
