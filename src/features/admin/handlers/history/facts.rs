//! The facts of a version besides its texts, each with a name and a value in words, so that two
//! versions can be held against each other.
use crate::features::admin::views::editor;
use crate::features::posts::Content;
use crate::web::ui::Ui;

/// The fields of the rarer facts, by what their names begin with, and what they are called.
const FIELDS: [(&str, &str); 10] = [
    ("person_", "admin-show-people"),
    ("soundbite_", "post-soundbites"),
    ("social_", "post-social"),
    ("license", "admin-label-license"),
    ("location_", "admin-show-location"),
    ("season_name", "post-label-season-name"),
    ("episode_display", "post-label-episode-display"),
    ("cover_alt", "admin-label-cover-alt"),
    ("ai_content", "admin-label-ai"),
    ("block", "post-label-block"),
];

/// Name and value of every fact, always the same names in the same order. `recordings`: the
/// names of the recording and of its second format, or empty.
pub fn facts(ui: Ui, content: &Content, recordings: [String; 2]) -> Vec<(String, String)> {
    let number = |n: Option<i64>| n.map_or_else(String::new, |n| n.to_string());
    let explicit = match content.explicit {
        Some(true) => "yes",
        Some(false) => "no",
        None => "show",
    };
    let chosen = |list: Vec<crate::features::accounts::choices::Choice>| {
        let found = list.into_iter().find(|choice| choice.chosen);
        found.map_or_else(String::new, |choice| choice.label)
    };
    let language = match content.language.as_str() {
        "" => ui.t("admin-as-show"),
        tag => tag.to_owned(),
    };
    // Pictures are told apart by the beginning of their hash.
    let cover = content
        .cover_hash
        .as_ref()
        .map_or_else(String::new, |hash| {
            let name: String = hash.chars().take(6).collect();
            ui.t1("history-own-cover", "name", name)
        });
    let [recording, alternate] = recordings;
    let kind = editor::episode_types(&ui, content.episode_type.as_str());
    let mut found = vec![
        (ui.t("admin-label-recording"), recording),
        (ui.t("history-alternate"), alternate),
        (ui.t("admin-label-cover"), cover),
        (ui.t("admin-label-language"), language),
        (ui.t("admin-label-season"), number(content.season)),
        (ui.t("admin-label-episode"), number(content.episode)),
        (ui.t("admin-label-episode-type"), chosen(kind)),
        (
            ui.t("admin-label-explicit"),
            chosen(editor::explicit(&ui, explicit)),
        ),
    ];
    let fields = content.details.fields();
    for (prefix, key) in FIELDS {
        let values = fields
            .iter()
            .filter(|(name, value)| name.starts_with(prefix) && !value.is_empty());
        let values = values.map(|(name, value)| match (name.as_str(), value.as_str()) {
            ("ai_content" | "block", "yes") => ui.t("admin-yes"),
            ("ai_content", "no") => ui.t("admin-no"),
            _ => value.clone(),
        });
        found.push((ui.t(key), values.collect::<Vec<_>>().join(" · ")));
    }
    found
}
