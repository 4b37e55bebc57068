//! What people do in a show, as a list to choose from.
use crate::features::accounts::choices::{Choice, Group};
use crate::features::show::role_value;
use crate::formats::podcast::roles::GROUPS;
use crate::web::ui::Ui;

/// Messages of the groups.
const GROUP_KEYS: [(&str, &str); 11] = [
    ("cast", "admin-role-group-cast"),
    ("writing", "admin-role-group-writing"),
    ("creative direction", "admin-role-group-direction"),
    ("audio production", "admin-role-group-production"),
    ("audio post-production", "admin-role-group-post-production"),
    ("administration", "admin-role-group-administration"),
    ("visuals", "admin-role-group-visuals"),
    ("community", "admin-role-group-community"),
    ("video production", "admin-role-group-video"),
    ("video post-production", "admin-role-group-video-post"),
    ("misc.", "admin-role-group-misc"),
];

/// Messages of the roles that authors need; the others go by their English names.
const ROLE_KEYS: [(&str, &str); 30] = [
    ("host", "admin-role-host"),
    ("co-host", "admin-role-co-host"),
    ("guest host", "admin-role-guest-host"),
    ("guest", "admin-role-guest"),
    ("voice actor", "admin-role-voice-actor"),
    ("narrator", "admin-role-narrator"),
    ("announcer", "admin-role-announcer"),
    ("reporter", "admin-role-reporter"),
    ("author", "admin-role-author"),
    ("writer", "admin-role-writer"),
    ("co-writer", "admin-role-co-writer"),
    ("guest writer", "admin-role-guest-writer"),
    ("managing editor", "admin-role-managing-editor"),
    ("researcher", "admin-role-researcher"),
    ("editor", "admin-role-editor"),
    ("fact checker", "admin-role-fact-checker"),
    ("translator", "admin-role-translator"),
    ("transcriber", "admin-role-transcriber"),
    ("director", "admin-role-director"),
    ("executive producer", "admin-role-executive-producer"),
    ("producer", "admin-role-producer"),
    ("technical director", "admin-role-technical-director"),
    ("audio engineer", "admin-role-audio-engineer"),
    ("audio editor", "admin-role-audio-editor"),
    ("sound designer", "admin-role-sound-designer"),
    ("composer", "admin-role-composer"),
    ("theme music", "admin-role-theme-music"),
    ("graphic designer", "admin-role-graphic-designer"),
    ("cover art designer", "admin-role-cover-art-designer"),
    ("consultant", "admin-role-consultant"),
];

fn name(ui: &Ui, keys: &[(&str, &str)], word: &str, english: &str) -> String {
    keys.iter()
        .find(|(known, _)| *known == word)
        .map_or_else(|| english.to_owned(), |(_, key)| ui.t(key))
}

/// Every role under its group, and none before them; the value is `group/role`.
pub fn choices(ui: &Ui, now: &str) -> Vec<Group> {
    let none = Group {
        label: String::new(),
        choices: vec![Choice::new("", ui.t("admin-role-none"), now)],
    };
    let listed = GROUPS.iter().map(|(group, english, roles)| Group {
        label: name(ui, &GROUP_KEYS, group, english),
        choices: roles
            .iter()
            .map(|(role, english)| {
                let label = name(ui, &ROLE_KEYS, role, english);
                Choice::new(&role_value(group, role), label, now)
            })
            .collect(),
    });
    [none].into_iter().chain(listed).collect()
}
