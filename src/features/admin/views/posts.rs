//! The list of posts: the first page after login.
use askama::Template;

use crate::features::accounts::Frame;
use crate::features::accounts::choices::Choice;
use crate::features::admin::views::StateBadge;
use crate::features::admin::views::work::WorkLine;
use crate::web::ui::Ui;

/// The list of a show's posts.
#[derive(Debug, Template)]
#[template(path = "admin/posts.html")]
pub struct DashboardPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// The show at hand; `None` when the site has none yet.
    pub show: Option<DashboardShow>,
    /// Unique to this form, so that two presses make one post (HARDENING D4).
    pub nonce: String,
    /// The states to choose from, "all" first.
    pub filters: Vec<Filter>,
    /// All kinds, those with a recording, those without.
    pub kinds: Vec<Choice>,
    /// What is looked for; empty if nothing is.
    pub search: String,
    /// The word of the state that is chosen, or empty; the search stays in it.
    pub state_wanted: &'static str,
    /// This page's posts.
    pub posts: Vec<PostLine>,
    /// Whether it is narrowed: an empty list then says so instead of inviting to write.
    pub filtered: bool,
    /// Address of the page before, if there is one.
    pub newer: Option<String>,
    /// Address of the page after, if there is one.
    pub older: Option<String>,
    /// Work in the background that one waits for or should see to.
    pub work: Vec<WorkLine>,
    /// Where the buttons of that lead back to.
    pub work_from: &'static str,
    /// Whether the reader may do what owners may.
    pub is_owner: bool,
    /// Whether he may make posts public.
    pub may_publish: bool,
    /// How much may still be uploaded.
    pub disk: DiskLine,
}

/// How much room is left.
#[derive(Debug, Clone)]
pub struct DiskLine {
    /// A sentence.
    pub text: String,
    /// Whether the author should see to it.
    pub is_low: bool,
}

/// The show at hand.
#[derive(Debug, Clone)]
pub struct DashboardShow {
    /// Title.
    pub title: String,
    /// Address, sent along with "new post".
    pub address: String,
    /// The whole list.
    pub list_href: String,
    /// Its public page.
    pub public_href: String,
    /// What directories want of its feed.
    pub directories_href: String,
    /// Absolute address of the podcast feed.
    pub feed_url: String,
    /// Absolute address of the feed of all posts.
    pub posts_feed_url: String,
}

/// A state to filter by.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Its name.
    pub label: String,
    /// How many posts are in it.
    pub count: u64,
    /// The list of those.
    pub href: String,
    /// Whether it is chosen.
    pub current: bool,
}

/// One post in the list.
#[derive(Debug, Clone)]
pub struct PostLine {
    /// The editor, for whom it opens.
    pub href: Option<String>,
    /// Title; empty if it has none yet.
    pub title: String,
    /// BCP 47 tag of the text.
    pub lang: String,
    /// State.
    pub state: StateBadge,
    /// The date that matters in this state, in words.
    pub date: String,
    /// The same as RFC 3339.
    pub date_iso: String,
    /// Length of the recording (`12:34`), or nothing for a text post.
    pub length: Option<String>,
    /// Whether what is public, or is to be, differs from the working copy.
    pub changed: bool,
    /// What is wrong with it, in sentences: the recording is missing, and the like.
    pub warnings: Vec<String>,
    /// Who began it and who saved it last, in words; may be empty.
    pub hands: String,
    /// The public page, when there is one.
    pub public_href: Option<String>,
}
