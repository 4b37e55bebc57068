//! What the page prints.
use askama::Template;

use crate::features::accounts::Frame;
use crate::web::ui::Ui;

/// The page on which times are mended.
#[derive(Debug, Template)]
#[template(path = "mending/page.html")]
pub struct TimingPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// The post's id.
    pub id: String,
    /// Title of the post.
    pub title: String,
    /// BCP 47 tag of the text.
    pub lang: String,
    /// The editor.
    pub editor_href: String,
    /// This page's address, below which its requests go.
    pub action: String,
    /// The recording.
    pub audio_href: String,
    /// Why there is nothing to mend, if so.
    pub missing: Option<String>,
    /// Whether the recording's file is not in place.
    pub recording_missing: bool,
    /// Whether the working copy differs from what is mended.
    pub differs: bool,
    /// Number of the version whose sentences these are.
    pub revision: i64,
    /// Length of the recording, `12:34`.
    pub length: String,
    /// Keys and what they do.
    pub keys: Vec<(&'static [&'static str], String)>,
    /// Version of the times, for the form.
    pub version: i64,
    /// Which page of sentences the form shows, from 1.
    pub page: usize,
    /// What is wrong with the form that came back; empty if nothing.
    pub error: String,
    /// Where the work of the aligner stands; empty if there is nothing to say.
    pub work: String,
    /// The sentences of this page of the form.
    pub rows: Vec<TimingRow>,
    /// Address of the page before.
    pub earlier: Option<String>,
    /// Address of the page after.
    pub later: Option<String>,
}

/// A sentence in the form.
#[derive(Debug, Clone)]
pub struct TimingRow {
    /// Its id.
    pub id: String,
    /// Its words.
    pub text: String,
    /// What is stored, so that the form tells what was touched.
    pub was: String,
    /// When it starts, as typed or as stored.
    pub start: String,
    /// When it ends.
    pub end: String,
    /// Whether it is marked as not spoken.
    pub not_spoken: bool,
    /// How it came by its time, in words.
    pub origin: String,
    /// Whether it should be looked at.
    pub unsure: bool,
    /// Whether what was typed is not good.
    pub wrong: bool,
}

/// Every key of the page, for the list of them.
pub fn keys(ui: Ui) -> Vec<(&'static [&'static str], String)> {
    vec![
        (&["Space"], ui.t("mending-key-toggle")),
        (&["Enter", "T"], ui.t("mending-key-tap")),
        (&["P"], ui.t("mending-key-from")),
        (&["O"], ui.t("mending-key-only")),
        (&["↑", "↓", "K", "J"], ui.t("mending-key-move")),
        (&["G"], ui.t("mending-key-here")),
        (&["←", "→"], ui.t("mending-key-skip")),
        (&["[", "]"], ui.t("mending-key-start")),
        (&[",", "."], ui.t("mending-key-end")),
        (&["S", "E"], ui.t("mending-key-set")),
        (&["N"], ui.t("mending-key-silent")),
        (&["C", "F"], ui.t("mending-key-fix")),
        (&["X"], ui.t("mending-key-split")),
        (&["M"], ui.t("mending-key-join")),
        (&["R"], ui.t("mending-key-realign")),
        (&["U"], ui.t("mending-key-unsure")),
        (&["−", "="], ui.t("mending-key-speed")),
        (&["Z"], ui.t("mending-key-zoom")),
        (&["Ctrl+Z", "Ctrl+Y"], ui.t("mending-key-undo")),
    ]
}
