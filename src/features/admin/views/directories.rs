//! What directories want of a show's feed.
use askama::Template;

use crate::features::accounts::Frame;
use crate::features::admin::directories::Stand;
use crate::web::ui::Ui;

/// The page before a feed is sent in.
#[derive(Debug, Template)]
#[template(path = "admin/directories.html")]
pub struct DirectoriesPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// Absolute address of the podcast feed.
    pub feed_url: String,
    /// What is missing first.
    pub requirements: Vec<RequirementView>,
    /// Where the feed can be sent.
    pub directories: Vec<DirectoryView>,
    /// The list of posts.
    pub list_href: String,
}

/// Something that directories want.
#[derive(Debug)]
pub struct RequirementView {
    /// Whether the feed has it.
    pub stand: Stand,
    /// A sentence.
    pub text: String,
    /// Names of those who want it.
    pub of: String,
    /// Where it is mended; `None` where it is there, or no page mends it.
    pub href: Option<String>,
}

/// A directory.
#[derive(Debug)]
pub struct DirectoryView {
    /// Its name.
    pub name: String,
    /// How a feed is sent in.
    pub how: String,
    /// Where that is.
    pub url: String,
    /// Whether nothing is missing.
    pub is_ready: bool,
    /// The show's page there, if the author told it.
    pub listed_at: Option<String>,
}

impl RequirementView {
    /// The word for it, in classes.
    pub fn code(&self) -> &'static str {
        match self.stand {
            Stand::Missing => "must",
            Stand::Advised => "should",
            Stand::Done => "done",
        }
    }

    /// The key of its name in the interface.
    pub fn key(&self) -> &'static str {
        match self.stand {
            Stand::Missing => "directories-missing",
            Stand::Advised => "directories-advised",
            Stand::Done => "directories-done",
        }
    }
}
