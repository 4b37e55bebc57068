//! The lists among a show's details.
use crate::features::accounts::choices::{Choice, Group};
use crate::features::admin::views::roles;
use crate::features::admin::views::rows::{Kind, Rows};
use crate::features::show::{FUNDING, OTHER, PEOPLE, PODROLL, PURPOSES, SOCIAL, TXT};
use crate::formats::podcast::services;
use crate::web::form::FormData;
use crate::web::ui::Ui;

fn text(_: &str) -> Kind {
    Kind::Text(128)
}

fn link(_: &str) -> Kind {
    Kind::Link
}

pub fn people(ui: &Ui, form: &FormData) -> Rows {
    let role = |now: &str| Kind::Select(roles::choices(ui, now));
    let columns = [
        ("admin-person-name", &text as &dyn Fn(&str) -> Kind),
        ("admin-person-role", &role),
        ("admin-person-href", &link),
        ("admin-person-img", &link),
    ];
    Rows::new(ui, &PEOPLE, form, "admin-person-n", columns)
}

pub fn funding(ui: &Ui, form: &FormData) -> Rows {
    let columns = [
        ("admin-funding-label", &text as &dyn Fn(&str) -> Kind),
        ("admin-funding-url", &link),
    ];
    Rows::new(ui, &FUNDING, form, "admin-funding-n", columns)
}

pub fn social(ui: &Ui, form: &FormData) -> Rows {
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

pub fn podroll(ui: &Ui, form: &FormData) -> Rows {
    let columns = [
        ("admin-podroll-title", &text as &dyn Fn(&str) -> Kind),
        ("admin-podroll-guid", &text),
        ("admin-podroll-url", &link),
    ];
    Rows::new(ui, &PODROLL, form, "admin-podroll-n", columns)
}

pub fn txt(ui: &Ui, form: &FormData) -> Rows {
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
