//! The versions of a post, two of them beside each other, and the notes of correction.
use askama::Template;

use crate::features::accounts::choices::Choice;
use crate::features::accounts::{FormErrors, Frame};
use crate::features::admin::views::StateBadge;
use crate::features::site::ChangeView;
use crate::formats::diff::{Piece, Stretch};
use crate::web::ui::Ui;

/// `/admin/posts/{id}/history`.
#[derive(Debug, Template)]
#[template(path = "admin/history.html")]
pub struct HistoryPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// The editor's address; its parts are addresses below it.
    pub action: String,
    /// State.
    pub state: StateBadge,
    /// Title of the working copy; may be empty.
    pub title: String,
    /// BCP 47 tag of the text.
    pub lang: String,
    /// Number of the working copy that this page was made from.
    pub version: i64,
    /// Every version and the working copy, to choose the older one from.
    pub from: Vec<Choice>,
    /// The same for the newer one.
    pub to: Vec<Choice>,
    /// A page of versions, newest first.
    pub lines: Vec<VersionLine>,
    /// Address of the page before, if there is one.
    pub newer: Option<String>,
    /// Address of the page after, if there is one.
    pub older: Option<String>,
    /// What readers are told of, newest first.
    pub corrections: Vec<NoteView>,
}

/// A version.
#[derive(Debug, Clone)]
pub struct VersionLine {
    /// Its number.
    pub number: i64,
    /// Why it was made, in words.
    pub kind: String,
    /// Whether it is the one that is public.
    pub public: bool,
    /// Whether a note of correction hangs on it.
    pub noted: bool,
    /// Its title; may be empty.
    pub title: String,
    /// When it was made, in words.
    pub date: String,
    /// The same as RFC 3339.
    pub date_iso: String,
    /// How much differs from the version before, in words.
    pub size: String,
    /// Both beside each other, if there is one before.
    pub before_href: Option<String>,
    /// It and the working copy beside each other.
    pub now_href: String,
}

/// A note of correction.
#[derive(Debug, Clone)]
pub struct NoteView {
    /// Number of the version that it hangs on.
    pub number: i64,
    /// The day, in words.
    pub date: String,
    /// The author's words; may be empty.
    pub remark: String,
    /// What changed.
    pub changes: Vec<ChangeView>,
}

/// `/admin/posts/{id}/history/compare`: empty lists where nothing differs.
#[derive(Debug, Template)]
#[template(path = "admin/compare.html")]
pub struct ComparePage<'a> {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// What is wrong with the form that was sent.
    pub errors: FormErrors,
    /// The editor's address; its parts are addresses below it.
    pub action: String,
    /// BCP 47 tag of the text.
    pub lang: String,
    /// Number of the working copy that this page was made from.
    pub version: i64,
    /// What the words that went are taken from, and what those that came are.
    pub sides: [SideView; 2],
    /// Whether nothing differs.
    pub nothing: bool,
    /// The title.
    pub title: Vec<Piece<'a>>,
    /// The note.
    pub note: Vec<Stretch<'a>>,
    /// The script.
    pub script: Vec<Stretch<'a>>,
    /// The references, a line each.
    pub references: Vec<Stretch<'a>>,
    /// All else.
    pub facts: Vec<FactView<'a>>,
    /// Whether a note of correction can be made of this.
    pub tell: Option<TellView>,
}

/// One of the two versions.
#[derive(Debug, Clone)]
pub struct SideView {
    /// `3판`, or what the working copy is called.
    pub label: String,
    /// Why it was made, in words.
    pub kind: String,
    /// When, in words.
    pub date: String,
    /// The same as RFC 3339.
    pub date_iso: String,
    /// Whether it is the one that is public.
    pub public: bool,
    /// Its number, if it can be brought back.
    pub restorable: Option<i64>,
}

/// A fact that differs.
#[derive(Debug, Clone)]
pub struct FactView<'a> {
    /// What it is called.
    pub label: &'a str,
    /// What it was and what it is.
    pub pieces: Vec<Piece<'a>>,
}

/// The form that tells readers afterwards.
#[derive(Debug, Clone)]
pub struct TellView {
    /// Number of the older version.
    pub from: i64,
    /// Number of the newer version, on which the note hangs.
    pub to: i64,
    /// Whether a note hangs there already.
    pub replaces: bool,
    /// As typed, or as it is.
    pub remark: String,
}

impl VersionLine {
    /// `3판`, `Version 3`.
    pub fn label(&self, ui: &Ui) -> String {
        ui.n("admin-revision-n", self.number)
    }
}

impl NoteView {
    /// The version that it hangs on.
    pub fn label(&self, ui: &Ui) -> String {
        ui.n("admin-revision-n", self.number)
    }
}
