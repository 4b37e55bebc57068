//! A new show, and the settings of one.
use askama::Template;

use crate::features::accounts::ShowFields;
use crate::features::accounts::choices::Choice;
use crate::features::accounts::{FormErrors, Frame};
use crate::features::pings::PingView;
use crate::web::ui::Ui;

/// The form of a further show.
#[derive(Debug, Template)]
#[template(path = "admin/show_new.html")]
pub struct NewShowPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// What is wrong with the form.
    pub errors: FormErrors,
    /// Where the form goes.
    pub action: String,
    /// The fields.
    pub show: ShowFields,
}

/// The settings of a show.
#[derive(Debug, Template)]
#[template(path = "admin/show.html")]
pub struct ShowPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// What is wrong with the form.
    pub errors: FormErrors,
    /// Where the form goes.
    pub action: String,
    /// The fields that set-up asks for too.
    pub show: ShowFields,
    /// Address of the cover now.
    pub cover_url: String,
    /// `itunes:author`.
    pub author_name: String,
    /// The owner's e-mail address.
    pub owner_email: String,
    /// Copyright notice.
    pub copyright: String,
    /// `podcast:locked`: yes or no.
    pub locked: Vec<Choice>,
    /// `episodic` or `serial`.
    pub show_type: Vec<Choice>,
    /// Who was told of changes.
    pub pings: Vec<PingView>,
}

/// The two kinds of show that `itunes:type` knows.
pub fn show_types(ui: &Ui, now: &str) -> Vec<Choice> {
    vec![
        Choice::new("episodic", ui.t("admin-type-episodic"), now),
        Choice::new("serial", ui.t("admin-type-serial"), now),
    ]
}
