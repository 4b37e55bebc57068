//! What Publish changes would change, as a part of the editor: `data-fresh` of
//! `templates/admin/actions.html`.
use askama::Template;

use crate::features::admin::views::editor::ConflictView;
use crate::web::ui::Ui;

/// The part.
#[derive(Debug, Template)]
#[template(path = "admin/changes_part.html")]
pub struct ChangesPart<'a> {
    /// The interface.
    pub ui: Ui,
    /// BCP 47 tag of the texts.
    pub lang: String,
    /// What the public sees beside the working copy; `None` where nothing differs.
    pub sides: Option<ConflictView<'a>>,
    /// Whether more than the texts differs: references, recording, details.
    pub more: bool,
    /// Both beside each other, whole.
    pub compare_href: String,
}
