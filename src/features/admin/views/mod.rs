//! What the author's pages print: the list of posts, the editor, shows, plain messages.
//!
//! Ready-to-print strings only; the frame and the parts of forms come from `accounts`.
use askama::Template;

use crate::features::accounts::Frame;
use crate::features::pings::ShowPings;
use crate::web::ui::Ui;

pub mod changes;
pub mod check;
pub mod details;
pub mod directories;
pub mod editor;
pub mod history;
pub mod posts;
pub mod roles;
pub mod rows;
pub mod show_details;
pub mod shows;
pub mod sound;
pub mod transcript;
pub mod work;
#[cfg(test)]
mod tests;

/// A state of a post, with its badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateBadge {
    /// Never public.
    Draft,
    /// Public at a set time.
    Scheduled,
    /// In lists and feeds.
    Published,
    /// By its address alone.
    Unlisted,
    /// In the trash.
    Removed,
}

impl StateBadge {
    /// The word for it, for classes and for `?state=`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Unlisted => "unlisted",
            Self::Removed => "removed",
        }
    }

    /// The key of its name in the interface.
    pub fn key(self) -> &'static str {
        match self {
            Self::Draft => "admin-state-draft",
            Self::Scheduled => "admin-state-scheduled",
            Self::Published => "admin-state-published",
            Self::Unlisted => "admin-state-unlisted",
            Self::Removed => "admin-state-removed",
        }
    }

    /// The key of what is said of a working copy that differs from what the public sees, or will
    /// see.
    pub fn changed_key(self) -> &'static str {
        match self {
            Self::Scheduled => "admin-changed-scheduled",
            _ => "admin-changed",
        }
    }

    /// Whether strangers can reach the post.
    pub fn is_public(self) -> bool {
        matches!(self, Self::Published | Self::Unlisted)
    }
}

/// How the machine is doing.
#[derive(Debug, Template)]
#[template(path = "admin/health.html")]
pub struct HealthPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// What the author should see to, in sentences.
    pub alarms: Vec<String>,
    /// Names and values.
    pub facts: Vec<(String, String)>,
    /// What waits, runs or failed.
    pub work: Vec<work::WorkLine>,
    /// Where the buttons of that lead back to.
    pub work_from: &'static str,
    /// Who was told of changes.
    pub told: Vec<ShowPings>,
}
