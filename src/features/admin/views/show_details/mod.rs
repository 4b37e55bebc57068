//! The rarer settings of a show, ready to print: groups that stand closed, each with a line
//! that says what is set in it.
use crate::features::accounts::FormErrors;
use crate::features::accounts::choices::{Choice, Group};
use crate::features::admin::views::rows::Rows;
use crate::formats::podcast::checks::prefixed;
use crate::web::form::FormData;
use crate::web::ui::Ui;

mod choices;
mod groups;
mod lists;

pub use choices::license_choices;
pub use groups::{Groups, Section};

/// The field for the address of a show in an app.
#[derive(Debug, Clone)]
pub struct AppField {
    /// Its name in the form.
    pub name: &'static str,
    /// The app's name.
    pub label: String,
    /// As typed.
    pub value: String,
    /// May be empty.
    pub hint: String,
}

/// The fields of a show's details.
#[derive(Debug, Clone)]
pub struct DetailsFields {
    /// What the cover shows.
    pub cover_alt: String,
    /// `category2` and `category3`.
    pub categories: Vec<(&'static str, String, Vec<Group>)>,
    /// Who is always there.
    pub people: Rows,
    /// Support links.
    pub funding: Rows,
    /// The list, with none before it and another behind.
    pub licenses: Vec<Choice>,
    /// Name of a licence that is not in the list.
    pub license_name: String,
    /// Its text.
    pub license_url: String,
    /// `episodic` or `serial`.
    pub show_type: Vec<Choice>,
    /// What is promised.
    pub frequencies: Vec<Choice>,
    /// Nothing more will come.
    pub complete: bool,
    /// Where it is made: name, coordinates, number in OpenStreetMap, country.
    pub location: [String; 4],
    /// Conversations.
    pub social: Rows,
    /// Recommended shows.
    pub podroll: Rows,
    /// Texts for machines.
    pub txt: Rows,
    /// Nothing said, no, yes.
    pub ai_content: Vec<Choice>,
    /// No directory may list it.
    pub block: bool,
    /// Services that must not list it.
    pub services: Vec<Choice>,
    /// What an item holds.
    pub feed_text: Vec<Choice>,
    /// Episodes a page.
    pub page_sizes: Vec<Choice>,
    /// Stands before every enclosure.
    pub enclosure_prefix: String,
    /// What an app asks for then; empty without a prefix.
    pub enclosure_example: String,
    /// Where the feed is now.
    pub moved_to: String,
    /// The show's addresses in apps.
    pub apps: Vec<AppField>,
    /// Summary and state of every group.
    pub groups: Groups,
}

impl DetailsFields {
    /// What the form holds, with its faults; `enclosure` is the address of some recording.
    pub fn new(ui: &Ui, form: &FormData, errors: &FormErrors, enclosure: &str) -> Self {
        let text = |name: &str| form.get(name).to_owned();
        let yes = |name: &str| form.get(name) == "yes";
        let mut found = Self {
            cover_alt: text("cover_alt"),
            categories: choices::more_categories(ui, form),
            people: lists::people(ui, form),
            funding: lists::funding(ui, form),
            licenses: license_choices(ui, "admin-license-none", form.get("license")),
            license_name: text("license_name"),
            license_url: text("license_url"),
            show_type: choices::show_types(ui, form.get("show_type")),
            frequencies: choices::frequencies(ui, form.get("update_frequency")),
            complete: yes("complete"),
            location: [
                "location_name",
                "location_geo",
                "location_osm",
                "location_country",
            ]
            .map(text),
            social: lists::social(ui, form),
            podroll: lists::podroll(ui, form),
            txt: lists::txt(ui, form),
            ai_content: choices::ai_choices(ui, form.get("ai_content")),
            block: yes("block"),
            services: choices::service_choices(form),
            feed_text: choices::feed_texts(ui, form.get("feed_text")),
            page_sizes: choices::page_sizes(ui, form.get("feed_page_size")),
            enclosure_prefix: text("enclosure_prefix"),
            enclosure_example: String::new(),
            moved_to: text("moved_to"),
            apps: choices::apps(ui, form),
            groups: Groups::default(),
        };
        let prefix = form.get("enclosure_prefix").trim();
        if !prefix.is_empty() && !errors.has("enclosure_prefix") {
            found.enclosure_example = prefixed(prefix, enclosure);
        }
        found.groups = Groups::new(ui, form, errors, &found);
        found
    }

    /// Whether a service is chosen that must not list the show.
    pub fn has_blocked(&self) -> bool {
        self.services.iter().any(|service| service.chosen)
    }
}
