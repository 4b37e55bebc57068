//! A new show, and the settings of one.
use askama::Template;

use crate::features::accounts::ShowFields;
use crate::features::accounts::choices::Choice;
use crate::features::accounts::{FormErrors, Frame};
use crate::features::admin::views::rows::Kind;
use crate::features::admin::views::show_details::DetailsFields;
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
    /// Where a chosen picture goes.
    pub cover_action: String,
    /// `itunes:author`.
    pub author_name: String,
    /// The owner's e-mail address.
    pub owner_email: String,
    /// Copyright notice.
    pub copyright: String,
    /// `podcast:locked`: yes or no.
    pub locked: Vec<Choice>,
    /// Who was told of changes.
    pub pings: Vec<PingView>,
    /// Everything rarer.
    pub details: DetailsFields,
}
