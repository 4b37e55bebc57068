//! The groups that a show's details stand in: a line that says what is set, and whether the
//! group stands open.
use super::DetailsFields;
use crate::features::accounts::FormErrors;
use crate::features::accounts::choices::Choice;
use crate::features::show::{OTHER, PODROLL, SOCIAL, TXT};
use crate::web::form::FormData;
use crate::web::ui::Ui;

/// The groups.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    /// Who is always there.
    pub people: Section,
    /// Support links.
    pub funding: Section,
    /// Addresses in apps.
    pub apps: Section,
    /// Author, copyright, licence.
    pub rights: Section,
    /// Order, frequency, end.
    pub rhythm: Section,
    /// Further categories.
    pub categories: Section,
    /// Place, conversations, recommendations.
    pub around: Section,
    /// Directories and what they are told.
    pub directories: Section,
    /// The podcast feed.
    pub feed: Section,
}

/// How a group stands on the page.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// What is set in it, in a line.
    pub said: String,
    /// Whether something in it is faulty, so that it stands open.
    pub open: bool,
}

/// What the lines are made of.
struct Maker<'a> {
    ui: &'a Ui,
    form: &'a FormData,
    errors: &'a FormErrors,
}

impl Groups {
    /// The groups of a form whose fields are made already.
    pub fn new(ui: &Ui, form: &FormData, errors: &FormErrors, fields: &DetailsFields) -> Self {
        let maker = Maker { ui, form, errors };
        let categories = fields.categories.iter().map(|(_, _, groups)| {
            let all = groups.iter().flat_map(|group| &group.choices);
            chosen(all)
        });
        Self {
            people: maker.section(&["people"], maker.names("person_name")),
            funding: maker.section(&["funding"], maker.names("funding_label")),
            apps: maker.apps(fields),
            rights: maker.rights(fields),
            rhythm: maker.rhythm(fields),
            categories: maker.section(&["category2", "category3"], categories),
            around: maker.around(fields),
            directories: maker.directories(fields),
            feed: maker.feed(fields),
        }
    }
}

impl Maker<'_> {
    fn section(&self, fields: &[&str], parts: impl IntoIterator<Item = String>) -> Section {
        let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        Section {
            said: if parts.is_empty() {
                self.ui.t("admin-show-unset")
            } else {
                parts.join(" · ")
            },
            open: fields.iter().any(|field| self.errors.has(field)),
        }
    }

    fn names(&self, column: &str) -> Vec<String> {
        let all = self.form.all(column);
        all.map(|name| name.trim().to_owned()).collect()
    }

    fn text(&self, name: &str) -> String {
        self.form.get(name).trim().to_owned()
    }

    fn if_so(&self, so: bool, key: &str) -> String {
        if so { self.ui.t(key) } else { String::new() }
    }

    fn count(&self, key: &str, n: usize) -> String {
        if n == 0 {
            String::new()
        } else {
            self.ui.n(key, n)
        }
    }

    fn apps(&self, fields: &DetailsFields) -> Section {
        let faults: Vec<&str> = fields.apps.iter().map(|app| app.name).collect();
        let filled = fields
            .apps
            .iter()
            .filter(|app| !app.value.trim().is_empty());
        self.section(&faults, filled.map(|app| app.label.clone()))
    }

    fn rights(&self, fields: &DetailsFields) -> Section {
        let license = match self.form.get("license") {
            OTHER => self.text("license_name"),
            _ => chosen(&fields.licenses),
        };
        let faults = [
            "author_name",
            "copyright",
            "license",
            "license_name",
            "license_url",
        ];
        let parts = [self.text("author_name"), self.text("copyright"), license];
        self.section(&faults, parts)
    }

    fn rhythm(&self, fields: &DetailsFields) -> Section {
        let frequency = match self.form.get("update_frequency") {
            "unknown" => String::new(),
            _ => chosen(&fields.frequencies),
        };
        let parts = [
            chosen(&fields.show_type),
            frequency,
            self.if_so(fields.complete, "admin-show-said-complete"),
        ];
        self.section(&[], parts)
    }

    fn around(&self, fields: &DetailsFields) -> Section {
        let faults = [
            "location_name",
            "location_geo",
            "location_osm",
            "location_country",
            "social",
            "podroll",
        ];
        let [place, ..] = &fields.location;
        let parts = [
            place.trim().to_owned(),
            self.count("admin-show-said-social", SOCIAL.typed(self.form).len()),
            self.count("admin-show-said-podroll", PODROLL.typed(self.form).len()),
        ];
        self.section(&faults, parts)
    }

    fn directories(&self, fields: &DetailsFields) -> Section {
        let services = fields.services.iter().filter(|s| s.chosen).count();
        let locked = self.form.get("locked") == "yes";
        let parts = [
            self.if_so(locked, "admin-show-said-locked"),
            self.count("admin-show-said-txt", TXT.typed(self.form).len()),
            self.if_so(fields.block, "admin-show-said-block"),
            self.count("admin-show-said-services", services),
        ];
        self.section(&["txt", "owner_email", "blocked_services"], parts)
    }

    fn feed(&self, fields: &DetailsFields) -> Section {
        let moved = !fields.moved_to.trim().is_empty();
        let parts = [
            chosen(&fields.feed_text),
            chosen(&fields.page_sizes),
            self.text("enclosure_prefix"),
            self.if_so(moved, "admin-show-said-moved"),
        ];
        self.section(&["feed_page_size", "enclosure_prefix", "moved_to"], parts)
    }
}

/// The label of what is chosen; empty if nothing is.
fn chosen<'a>(choices: impl IntoIterator<Item = &'a Choice>) -> String {
    let mut choices = choices.into_iter();
    let found = choices.find(|choice| choice.chosen && !choice.value.is_empty());
    found.map_or_else(String::new, |choice| choice.label.clone())
}
