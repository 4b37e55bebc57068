//! What the choices among a show's details offer.
use super::AppField;
use crate::features::accounts::choices::{Choice, Group, categories};
use crate::features::show::{App, OTHER, PAGE_SIZES};
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

pub fn more_categories(ui: &Ui, form: &FormData) -> Vec<(&'static str, String, Vec<Group>)> {
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

/// The fields of all apps.
pub fn apps(ui: &Ui, form: &FormData) -> Vec<AppField> {
    let field = |app: App| AppField {
        name: app.field(),
        label: ui.t(app.name_key()),
        value: form.get(app.field()).to_owned(),
        hint: match app {
            App::PocketCasts | App::Overcast => ui.t("admin-hint-app-opened"),
            App::Apple | App::Spotify | App::Youtube => String::new(),
        },
    };
    App::ALL.into_iter().map(field).collect()
}

/// Licences of the list, one for what is not said before them and another one behind; `unsaid`
/// is the message of the first.
pub fn license_choices(ui: &Ui, unsaid: &str, now: &str) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", ui.t(unsaid), now)];
    choices.extend(licenses::LICENSES.iter().map(|known| {
        let key = LICENSE_KEYS.iter().find(|(id, _)| *id == known.identifier);
        let label = key.map_or_else(|| known.name.to_owned(), |(_, key)| ui.t(key));
        Choice::new(known.identifier, label, now)
    }));
    choices.push(Choice::new(OTHER, ui.t("admin-license-other"), now));
    choices
}

/// The two kinds of show that `itunes:type` knows.
pub fn show_types(ui: &Ui, now: &str) -> Vec<Choice> {
    vec![
        Choice::new("episodic", ui.t("admin-type-episodic"), now),
        Choice::new("serial", ui.t("admin-type-serial"), now),
    ]
}

pub fn frequencies(ui: &Ui, now: &str) -> Vec<Choice> {
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

pub fn ai_choices(ui: &Ui, now: &str) -> Vec<Choice> {
    vec![
        Choice::new("", ui.t("admin-ai-unsaid"), now),
        Choice::new("no", ui.t("admin-no"), now),
        Choice::new("yes", ui.t("admin-yes"), now),
    ]
}

pub fn service_choices(form: &FormData) -> Vec<Choice> {
    let blocked: Vec<&str> = form.all("blocked_service").collect();
    let listed = services::SERVICES.iter().map(|(slug, name)| Choice {
        value: (*slug).to_owned(),
        label: (*name).to_owned(),
        chosen: blocked.contains(slug),
    });
    listed.collect()
}

pub fn feed_texts(ui: &Ui, now: &str) -> Vec<Choice> {
    vec![
        Choice::new("notes", ui.t("admin-feed-text-notes"), now),
        Choice::new("full", ui.t("admin-feed-text-full"), now),
    ]
}

pub fn page_sizes(ui: &Ui, now: &str) -> Vec<Choice> {
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
