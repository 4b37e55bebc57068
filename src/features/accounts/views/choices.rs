//! The lists that forms offer: languages, time zones, categories, yes and no.
use crate::formats::podcast::categories::CATEGORIES;
use crate::kernel::time::Zone;
use crate::web::ui::Ui;

/// One entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What a person reads.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// Entries under one heading, as `<optgroup>`.
#[derive(Debug, Clone)]
pub struct Group {
    /// The heading.
    pub label: String,
    /// The entries.
    pub choices: Vec<Choice>,
}

impl Choice {
    /// An entry, chosen if its value is `now`.
    pub fn new(value: &str, label: impl Into<String>, now: &str) -> Self {
        Self {
            value: value.to_owned(),
            label: label.into(),
            chosen: value == now,
        }
    }
}

/// Value of the entry that sends the reader to the field for a tag of his own.
pub const OTHER_LANGUAGE: &str = "other";

/// Languages by their own names; a tag that is not among them chooses "other".
const LANGUAGES: [(&str, &str); 14] = [
    ("ko", "한국어"),
    ("en", "English"),
    ("ja", "日本語"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
    ("es", "Español"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("pt", "Português"),
    ("it", "Italiano"),
    ("ru", "Русский"),
    ("vi", "Tiếng Việt"),
    ("id", "Bahasa Indonesia"),
    ("th", "ไทย"),
];

/// The list of languages, and what belongs in the field beside it.
pub fn languages(ui: &Ui, now: &str) -> (Vec<Choice>, String) {
    let known = LANGUAGES.iter().any(|(tag, _)| *tag == now);
    let chosen = if known || now.is_empty() {
        now
    } else {
        OTHER_LANGUAGE
    };
    let mut list: Vec<Choice> = LANGUAGES
        .iter()
        .map(|(tag, name)| Choice::new(tag, *name, chosen))
        .collect();
    list.push(Choice::new(
        OTHER_LANGUAGE,
        ui.t("admin-language-other"),
        chosen,
    ));
    let free = if chosen == OTHER_LANGUAGE && now != OTHER_LANGUAGE {
        now.to_owned()
    } else {
        String::new()
    };
    (list, free)
}

/// Every time zone there is, the chosen one marked.
pub fn zones(now: &str) -> Vec<Choice> {
    Zone::all_names()
        .into_iter()
        .map(|name| Choice {
            chosen: name == now,
            label: name.replace('_', " "),
            value: name,
        })
        .collect()
}

/// Apple's categories. A subcategory's value is `News > Politics`, a category's `News`.
pub fn categories(ui: &Ui, now: &str) -> Vec<Group> {
    let group = |(name, subs): &(&str, &[&str])| {
        let key = format!("admin-category-{}", slug(name));
        let label = ui.t(&key);
        let mut choices = vec![Choice::new(name, label.clone(), now)];
        choices.extend(subs.iter().map(|sub| {
            let own = ui.t(&format!("{key}--{}", slug(sub)));
            Choice::new(&format!("{name} > {sub}"), format!("{label} – {own}"), now)
        }));
        Group { label, choices }
    };
    CATEGORIES.iter().map(group).collect()
}

/// `Fashion & Beauty` as `fashion-beauty`, in the name of its sentence.
fn slug(name: &str) -> String {
    name.replace(" & ", "-").replace(' ', "-").to_lowercase()
}

/// Yes and no; `None` leaves both open.
pub fn yes_no(ui: &Ui, now: Option<bool>) -> Vec<Choice> {
    let now = match now {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    vec![
        Choice::new("no", ui.t("admin-no"), now),
        Choice::new("yes", ui.t("admin-yes"), now),
    ]
}
