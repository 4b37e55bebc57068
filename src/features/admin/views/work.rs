//! Work in the background, as lists of it print it: `templates/admin/work_part.html`.
use askama::Template;

use crate::kernel::ids::PostId;
use crate::kernel::time::Instant;
use crate::web::ui::Ui;

/// The list alone: `data-fresh` of the dashboard and of the page of the server.
#[derive(Debug, Template)]
#[template(path = "admin/work_part.html")]
pub struct WorkPart {
    /// The interface.
    pub ui: Ui,
    /// The token of the buttons' forms.
    pub csrf: String,
    /// What waits, runs or failed.
    pub work: Vec<WorkLine>,
    /// Where the buttons lead back to.
    pub work_from: &'static str,
}

/// How a piece of work stands, the most pressing first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorkStand {
    /// It will not be tried again unless somebody asks for it.
    Failed,
    /// It was tried in vain, and will be again.
    Retrying,
    /// Somebody works on it.
    Running,
    /// Its turn comes.
    #[default]
    Waiting,
}

impl WorkStand {
    /// The key of its name in the interface.
    pub fn key(self) -> &'static str {
        match self {
            Self::Failed => "work-failed",
            Self::Retrying => "work-retrying",
            Self::Running => "work-running",
            Self::Waiting => "work-waiting",
        }
    }

    /// Whether the author should see to it.
    pub fn is_bad(self) -> bool {
        matches!(self, Self::Failed | Self::Retrying)
    }
}

/// A piece of work.
#[derive(Debug, Clone, Default)]
pub struct WorkLine {
    /// What is done.
    pub name: String,
    /// Whether it takes minutes, so that one waits for it.
    pub is_long: bool,
    /// How it stands.
    pub stand: WorkStand,
    /// Whether it will stand otherwise in a moment, so that a page asks again.
    pub is_moving: bool,
    /// Since when, or when it failed.
    pub at: Instant,
    /// The same in words, or when it is tried next.
    pub when: String,
    /// How far it is, while it runs.
    pub percent: Option<u8>,
    /// The post that it is about.
    pub post: Option<PostId>,
    /// What it is about: a title; empty if nothing.
    pub about: String,
    /// BCP 47 tag of that.
    pub about_lang: String,
    /// Where that is.
    pub about_href: String,
    /// Why it went wrong, in a sentence.
    pub why: Option<String>,
    /// Kind and subject that the button sends; `None` where there is nothing to press.
    pub again: Option<(String, String)>,
}
