//! The check before publishing.
use askama::Template;

use crate::features::accounts::Frame;
use crate::features::admin::check::Weight;
use crate::web::ui::Ui;

/// What is missing or odd in a post.
#[derive(Debug, Template)]
#[template(path = "admin/check.html")]
pub struct CheckPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// The post's title.
    pub heading: String,
    /// Its language.
    pub lang: String,
    /// The weightiest first.
    pub found: Vec<FindingView>,
    /// Facts about the recording; empty without one.
    pub sound: Vec<String>,
    /// How many references were asked for.
    pub asked: usize,
    /// Back to the text.
    pub editor_href: String,
    /// This page.
    pub check_href: String,
}

/// The same in short, as a part of the editor: `data-fresh` of `templates/admin/actions.html`.
#[derive(Debug, Template)]
#[template(path = "admin/check_part.html")]
pub struct CheckPart {
    /// The interface.
    pub ui: Ui,
    /// The weightiest first.
    pub found: Vec<FindingView>,
    /// How many of them stand in the way.
    pub musts: usize,
    /// How many others there are.
    pub others: usize,
    /// The whole check.
    pub check_href: String,
}

/// Something that was found.
#[derive(Debug)]
pub struct FindingView {
    /// How much it matters.
    pub weight: Weight,
    /// A sentence.
    pub text: String,
    /// Where it is mended.
    pub href: String,
}
