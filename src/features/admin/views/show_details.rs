//! The rarer settings of a show, ready to print: groups that stand closed, each with a line
//! that says what is set in it.
use crate::features::accounts::FormErrors;
use crate::features::accounts::choices::{Choice, Group, categories};
use crate::features::admin::views::roles;
use crate::features::admin::views::rows::{Kind, Rows};
use crate::features::show::{
    FUNDING, OTHER, PAGE_SIZES, PEOPLE, PODROLL, PURPOSES, SOCIAL, TXT, prefixed,
};
use crate::formats::podcast::{licenses, services};
use crate::web::form::FormData;
use crate::web::ui::Ui;

/// Messages of the licences by identifier; one that is not here goes by its English name.
const LICENSE_KEYS: [(&str, &str); 8] = [
    ("arr", "admin-license-arr"),
    ("cc0-1.0", "admin-license-cc0"),
    ("cc-by-4.0", "admin-license-cc-by"),
    ("cc-by-sa-4.0", "admin-license-cc-by-sa"),
    ("cc-by-nd-4.0", "admin-license-cc-by-nd"),
    ("cc-by-nc-4.0", "admin-license-cc-by-nc"),
    ("cc-by-nc-sa-4.0", "admin-license-cc-by-nc-sa"),
    ("cc-by-nc-nd-4.0", "admin-license-cc-by-nc-nd"),
];

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
    /// Summary and state of every group.
    pub groups: Groups,
}

/// The groups that stand closed.
#[derive(Debug, Clone)]
pub struct Groups {
    /// Further categories.
    pub categories: Section,
    /// Who is always there.
    pub people: Section,
    /// Support links.
    pub funding: Section,
    /// Author, copyright, licence.
    pub rights: Section,
    /// Order, frequency, end.
    pub rhythm: Section,
    /// Place, conversations, recommendations.
    pub around: Section,
    /// Directories and what they are told.
    pub directories: Section,
    /// The podcast feed.
    pub feed: Section,
}

/// How a group stands on the page.
#[derive(Debug, Clone)]
pub struct Section {
    /// What is set in it, in a line.
    pub said: String,
    /// Whether something in it is faulty, so that it stands open.
    pub open: bool,
}

impl DetailsFields {
    /// What the form holds, with its faults; `enclosure` is the address of some recording.
    pub fn new(ui: &Ui, form: &FormData, errors: &FormErrors, enclosure: &str) -> Self {
        let text = |name: &str| form.get(name).to_owned();
        let yes = |name: &str| form.get(name) == "yes";
        let mut found = Self {
            cover_alt: text("cover_alt"),
            categories: more_categories(ui, form),
            people: people(ui, form),
            funding: funding(ui, form),
            licenses: license_choices(ui, form.get("license")),
            license_name: text("license_name"),
            license_url: text("license_url"),
            show_type: show_types(ui, form.get("show_type")),
            frequencies: frequencies(ui, form.get("update_frequency")),
            complete: yes("complete"),
            location: [
                "location_name",
                "location_geo",
                "location_osm",
                "location_country",
            ]
            .map(text),
            social: social(ui, form),
            podroll: podroll(ui, form),
            txt: txt(ui, form),
            ai_content: ai_choices(ui, form.get("ai_content")),
            block: yes("block"),
            services: service_choices(form),
            feed_text: feed_texts(ui, form.get("feed_text")),
            page_sizes: page_sizes(ui, form.get("feed_page_size")),
            enclosure_prefix: text("enclosure_prefix"),
            enclosure_example: String::new(),
            moved_to: text("moved_to"),
            groups: Groups::new(errors),
        };
        let prefix = form.get("enclosure_prefix").trim();
        if !prefix.is_empty() && !errors.has("enclosure_prefix") {
            found.enclosure_example = prefixed(prefix, enclosure);
        }
        found.say(ui, form);
        found
    }

    /// Fills in the line of every group.
    fn say(&mut self, ui: &Ui, form: &FormData) {
        let chosen = |choices: &[Choice]| {
            let found = choices.iter().find(|c| c.chosen && !c.value.is_empty());
            found.map_or_else(String::new, |c| c.label.clone())
        };
        let if_so = |so: bool, key: &str| if so { ui.t(key) } else { String::new() };
        let count = |key: &str, n: usize| {
            if n == 0 { String::new() } else { ui.n(key, n) }
        };
        let names = |column: &str| {
            let all = form.all(column).map(str::trim).filter(|n| !n.is_empty());
            all.map(str::to_owned).collect::<Vec<_>>()
        };
        let set = |section: &mut Section, parts: Vec<String>| {
            let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
            section.said = if parts.is_empty() {
                ui.t("admin-show-unset")
            } else {
                parts.join(" · ")
            };
        };
        let groups = &mut self.groups;
        let categories = self.categories.iter().map(|(_, _, groups)| {
            let all: Vec<Choice> = groups.iter().flat_map(|g| g.choices.clone()).collect();
            chosen(&all)
        });
        set(&mut groups.categories, categories.collect());
        set(&mut groups.people, names("person_name"));
        set(&mut groups.funding, names("funding_label"));
        let license = match form.get("license") {
            OTHER => self.license_name.clone(),
            _ => chosen(&self.licenses),
        };
        let (author, copyright) = (form.get("author_name"), form.get("copyright"));
        set(
            &mut groups.rights,
            vec![author.trim().to_owned(), copyright.to_owned(), license],
        );
        let frequency = match form.get("update_frequency") {
            "unknown" => String::new(),
            _ => chosen(&self.frequencies),
        };
        set(
            &mut groups.rhythm,
            vec![
                chosen(&self.show_type),
                frequency,
                if_so(self.complete, "admin-show-said-complete"),
            ],
        );
        set(
            &mut groups.around,
            vec![
                self.location[0].trim().to_owned(),
                count("admin-show-said-social", SOCIAL.typed(form).len()),
                count("admin-show-said-podroll", PODROLL.typed(form).len()),
            ],
        );
        let services = self.services.iter().filter(|s| s.chosen).count();
        set(
            &mut groups.directories,
            vec![
                if_so(form.get("locked") == "yes", "admin-show-said-locked"),
                count("admin-show-said-txt", TXT.typed(form).len()),
                if_so(self.block, "admin-show-said-block"),
                count("admin-show-said-services", services),
            ],
        );
        set(
            &mut groups.feed,
            vec![
                chosen(&self.feed_text),
                chosen(&self.page_sizes),
                self.enclosure_prefix.trim().to_owned(),
                if_so(!self.moved_to.trim().is_empty(), "admin-show-said-moved"),
            ],
        );
    }
}

impl Groups {
    fn new(errors: &FormErrors) -> Self {
        let section = |fields: &[&str]| Section {
            said: String::new(),
            open: fields.iter().any(|field| errors.has(field)),
        };
        Self {
            categories: section(&["category2", "category3"]),
            people: section(&["people"]),
            funding: section(&["funding"]),
            rights: section(&[
                "author_name",
                "copyright",
                "license",
                "license_name",
                "license_url",
            ]),
            rhythm: section(&["show_type", "update_frequency", "complete"]),
            around: section(&[
                "location_name",
                "location_geo",
                "location_osm",
                "location_country",
                "social",
                "podroll",
            ]),
            directories: section(&["txt", "owner_email", "locked", "blocked_services"]),
            feed: section(&["feed_page_size", "enclosure_prefix", "moved_to"]),
        }
    }
}

fn more_categories(ui: &Ui, form: &FormData) -> Vec<(&'static str, String, Vec<Group>)> {
    let field = |name: &'static str, label: &str| {
        let now = form.get(name);
        let mut list = vec![Group {
            label: String::new(),
            choices: vec![Choice::new("", ui.t("admin-show-none"), now)],
        }];
        list.extend(categories(ui, now));
        (name, ui.t(label), list)
    };
    vec![
        field("category2", "admin-label-category2"),
        field("category3", "admin-label-category3"),
    ]
}

fn text(_: &str) -> Kind {
    Kind::Text(128)
}

fn link(_: &str) -> Kind {
    Kind::Link
}

fn people(ui: &Ui, form: &FormData) -> Rows {
    let role = |now: &str| Kind::Select(roles::choices(ui, now));
    let columns = [
        ("admin-person-name", &text as &dyn Fn(&str) -> Kind),
        ("admin-person-role", &role),
        ("admin-person-href", &link),
        ("admin-person-img", &link),
    ];
    Rows::new(ui, &PEOPLE, form, "admin-person-n", columns)
}

fn funding(ui: &Ui, form: &FormData) -> Rows {
    let columns = [
        ("admin-funding-label", &text as &dyn Fn(&str) -> Kind),
        ("admin-funding-url", &link),
    ];
    Rows::new(ui, &FUNDING, form, "admin-funding-n", columns)
}

fn social(ui: &Ui, form: &FormData) -> Rows {
    let protocol = |now: &str| {
        let mut choices = vec![Choice::new("", ui.t("admin-choose"), now)];
        let listed = services::PROTOCOLS.iter();
        choices.extend(listed.map(|(word, name)| Choice::new(word, *name, now)));
        let none = ui.t("admin-social-disabled");
        choices.push(Choice::new(services::DISABLED, none, now));
        alone(choices)
    };
    let columns = [
        ("admin-social-protocol", &protocol as &dyn Fn(&str) -> Kind),
        ("admin-social-uri", &link),
        ("admin-social-account", &text),
    ];
    Rows::new(ui, &SOCIAL, form, "admin-social-n", columns)
}

fn podroll(ui: &Ui, form: &FormData) -> Rows {
    let columns = [
        ("admin-podroll-title", &text as &dyn Fn(&str) -> Kind),
        ("admin-podroll-guid", &text),
        ("admin-podroll-url", &link),
    ];
    Rows::new(ui, &PODROLL, form, "admin-podroll-n", columns)
}

fn txt(ui: &Ui, form: &FormData) -> Rows {
    let purpose = |now: &str| {
        alone(vec![
            Choice::new("", ui.t("admin-choose"), now),
            Choice::new(PURPOSES[0], ui.t("admin-txt-apple"), now),
            Choice::new(PURPOSES[1], ui.t("admin-txt-verify"), now),
            Choice::new(OTHER, ui.t("admin-txt-other"), now),
        ])
    };
    let value = |_: &str| Kind::Area(4_000);
    let columns = [
        ("admin-txt-purpose", &purpose as &dyn Fn(&str) -> Kind),
        ("admin-txt-purpose-other", &text),
        ("admin-txt-value", &value),
    ];
    Rows::new(ui, &TXT, form, "admin-txt-n", columns)
}

/// A list without headings.
fn alone(choices: Vec<Choice>) -> Kind {
    Kind::Select(vec![Group {
        label: String::new(),
        choices,
    }])
}

fn license_choices(ui: &Ui, now: &str) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", ui.t("admin-license-none"), now)];
    choices.extend(licenses::LICENSES.iter().map(|known| {
        let key = LICENSE_KEYS.iter().find(|(id, _)| *id == known.identifier);
        let label = key.map_or_else(|| known.name.to_owned(), |(_, key)| ui.t(key));
        Choice::new(known.identifier, label, now)
    }));
    choices.push(Choice::new(OTHER, ui.t("admin-license-other"), now));
    choices
}

/// The two kinds of show that `itunes:type` knows.
fn show_types(ui: &Ui, now: &str) -> Vec<Choice> {
    vec![
        Choice::new("episodic", ui.t("admin-type-episodic"), now),
        Choice::new("serial", ui.t("admin-type-serial"), now),
    ]
}

fn frequencies(ui: &Ui, now: &str) -> Vec<Choice> {
    [
        ("unknown", "admin-frequency-unknown"),
        ("daily", "admin-frequency-daily"),
        ("weekdays", "admin-frequency-weekdays"),
        ("weekly", "admin-frequency-weekly"),
        ("biweekly", "admin-frequency-biweekly"),
        ("monthly", "admin-frequency-monthly"),
    ]
    .map(|(word, key)| Choice::new(word, ui.t(key), now))
    .into()
}

fn ai_choices(ui: &Ui, now: &str) -> Vec<Choice> {
    vec![
        Choice::new("", ui.t("admin-ai-unsaid"), now),
        Choice::new("no", ui.t("admin-no"), now),
        Choice::new("yes", ui.t("admin-yes"), now),
    ]
}

fn service_choices(form: &FormData) -> Vec<Choice> {
    let blocked: Vec<&str> = form.all("blocked_service").collect();
    let listed = services::SERVICES.iter().map(|(slug, name)| Choice {
        value: (*slug).to_owned(),
        label: (*name).to_owned(),
        chosen: blocked.contains(slug),
    });
    listed.collect()
}

fn feed_texts(ui: &Ui, now: &str) -> Vec<Choice> {
    vec![
        Choice::new("notes", ui.t("admin-feed-text-notes"), now),
        Choice::new("full", ui.t("admin-feed-text-full"), now),
    ]
}

fn page_sizes(ui: &Ui, now: &str) -> Vec<Choice> {
    PAGE_SIZES
        .map(|size| {
            let label = if size == 0 {
                ui.t("admin-feed-whole")
            } else {
                ui.n("admin-feed-pages", size)
            };
            Choice::new(&size.to_string(), label, now)
        })
        .into()
}
