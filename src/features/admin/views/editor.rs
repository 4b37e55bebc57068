//! The editor: everything about one post on one page.
//!
//! The names of its fields are a contract with the form that reads them; they stand in
//! `templates/admin/editor.html`.
use askama::Template;

use crate::features::accounts::choices::Choice;
use crate::features::accounts::{FormErrors, Frame};
use crate::features::admin::model::List;
use crate::features::admin::views::StateBadge;
use crate::features::admin::views::details::{DetailsChoices, DetailsValues};
use crate::features::admin::views::history::FactView;
use crate::features::admin::views::sound::SoundView;
use crate::features::admin::views::transcript::TranscriptView;
use crate::formats::diff::{Piece, Stretch};
use crate::web::ui::Ui;

/// The editor of a post.
#[derive(Debug, Template)]
#[template(path = "admin/editor.html")]
pub struct EditorPage<'a> {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// What is wrong with the form.
    pub errors: FormErrors,
    /// What somebody else saved meanwhile, beside what was typed.
    pub conflict: Option<ConflictView<'a>>,
    /// The post's id: the key of what the browser keeps.
    pub id: String,
    /// The editor's own address; its parts are addresses below it.
    pub action: String,
    /// State.
    pub state: StateBadge,
    /// Who began it and who saved it last, in words; may be empty.
    pub hands: String,
    /// Whether the fields only show what they hold: the post is in the trash, and nothing was typed
    /// since.
    pub frozen: bool,
    /// What a button has just done, in a sentence.
    pub done: Option<String>,
    /// Whether the reader of this page may make it public.
    pub may_publish: bool,
    /// Whether what is public, or is to be, differs from the working copy.
    pub changed: bool,
    /// Number of the working copy that this page was made from.
    pub version: i64,
    /// When it was saved: `12:03` in the show's time zone, with its date if that was not today.
    pub saved_at: String,
    /// The public page, when there is one.
    pub public_href: Option<String>,
    /// The preview of the working copy.
    pub preview_href: String,
    /// What was typed or stored.
    pub values: PostValues,
    /// The show's language and those one may choose.
    pub languages: Vec<Choice>,
    /// Full, trailer, bonus.
    pub episode_types: Vec<Choice>,
    /// As the show, no, yes.
    pub explicit: Vec<Choice>,
    /// What the rarer fields offer.
    pub choices: DetailsChoices,
    /// The list that was changed by the button just pressed: its panel stays open.
    pub changed_list: Option<List>,
    /// The recording.
    pub recording: RecordingView,
    /// How it sounds.
    pub sound: SoundView,
    /// The same in a second format.
    pub alternate: AlternateView,
    /// Script and sound.
    pub transcript: TranscriptView,
    /// Address of the post's own cover, if it has one.
    pub cover_url: Option<String>,
    /// The show's time zone and the times in it.
    pub schedule: ScheduleView,
    /// Links to look at the post before it is public.
    pub preview_links: Vec<PreviewLink>,
    /// The address of a link just made; shown this once.
    pub new_preview_url: Option<String>,
    /// The newest, newest first.
    pub revisions: Vec<RevisionLine>,
    /// All of them.
    pub history_href: String,
}

/// What is stored and what was typed: empty lists where nothing differs. What was stored counts as
/// gone, since saving would overwrite it.
#[derive(Debug, Clone, Default)]
pub struct ConflictView<'a> {
    /// The title.
    pub title: Vec<Piece<'a>>,
    /// The note.
    pub note: Vec<Stretch<'a>>,
    /// The script.
    pub script: Vec<Stretch<'a>>,
    /// The references, a line each.
    pub references: Vec<Stretch<'a>>,
    /// Everything else, by name.
    pub facts: Vec<FactView<'a>>,
}

/// What the fields hold.
#[derive(Debug, Clone, Default)]
pub struct PostValues {
    /// Title.
    pub title: String,
    /// Slug; empty to have it made from the title.
    pub slug: String,
    /// What the title would give.
    pub slug_proposed: String,
    /// Note.
    pub note: String,
    /// Script.
    pub script: String,
    /// The text's language, for the `lang` of the fields.
    pub lang: String,
    /// BCP 47, or empty for the show's.
    pub language: String,
    /// `full`, `trailer`, `bonus`.
    pub episode_type: String,
    /// `show`, `no`, `yes`.
    pub explicit: String,
    /// Season, in digits or empty.
    pub season: String,
    /// Episode, in digits or empty.
    pub episode: String,
    /// In order; the page adds three empty rows.
    pub references: Vec<ReferenceRow>,
    /// The rarer fields.
    pub details: DetailsValues,
    /// Whether Update tells readers what changed.
    pub tell_readers: bool,
    /// What the author says to it.
    pub correction_remark: String,
}

/// A row of the references.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferenceRow {
    /// `ref_title`.
    pub title: String,
    /// `ref_url`.
    pub url: String,
    /// `ref_outlet`.
    pub outlet: String,
    /// `ref_date`, as typed.
    pub date: String,
    /// `ref_remark`.
    pub remark: String,
    /// `ref_passage`.
    pub passage: String,
    /// Whether the script has no such sentence.
    pub is_lost: bool,
}

impl EditorPage<'_> {
    /// Whether a panel stands open: it holds a fault, or a list that was just changed.
    pub fn is_open(&self, lists: &[List], fields: &[&str]) -> bool {
        self.changed_list.is_some_and(|list| lists.contains(&list))
            || fields.iter().any(|field| self.errors.has(field))
    }
}

impl PostValues {
    /// The rows to print, numbered from 0: what there is and three empty ones.
    pub fn rows(&self) -> Vec<(usize, ReferenceRow)> {
        self.references
            .iter()
            .cloned()
            .chain((0..3).map(|_| ReferenceRow::default()))
            .enumerate()
            .collect()
    }
}

/// The recording and what an upload needs to know.
#[derive(Debug, Clone, Default)]
pub struct RecordingView {
    /// What is attached.
    pub attached: Option<AttachedView>,
    /// Where the author can listen to it (never a public address).
    pub audio_href: String,
    /// The largest file taken, in bytes.
    pub max_bytes: u64,
    /// The same in words.
    pub max_text: String,
    /// Why the file that came with the form was refused, or empty.
    pub error: String,
}

/// The recording in a second format.
#[derive(Debug, Clone, Default)]
pub struct AlternateView {
    /// What is attached.
    pub attached: Option<AttachedView>,
    /// Why the file that came with the form was refused, or empty.
    pub error: String,
}

/// An attached recording.
#[derive(Debug, Clone, Default)]
pub struct AttachedView {
    /// The name that the file had.
    pub name: String,
    /// `12:34`.
    pub duration: String,
    /// `14.2 MB`.
    pub size: String,
    /// `MP3`.
    pub kind: String,
    /// What the author should know: Apple does not take it, the file is missing.
    pub warning: Option<String>,
    /// Title in the tags; offered while it differs from the post's.
    pub tag_title: Option<String>,
    /// Whether the tags hold a picture.
    pub has_artwork: bool,
    /// How many chapters the tags hold.
    pub chapters: u32,
}

/// Times in the show's zone.
#[derive(Debug, Clone, Default)]
pub struct ScheduleView {
    /// What the field holds: `2026-11-24T09:00`.
    pub value: String,
    /// What it holds as long as nobody typed there.
    pub printed: String,
    /// IANA name of the zone.
    pub zone: String,
    /// `+09:00`.
    pub offset: String,
    /// For a scheduled post, when it goes public, in words.
    pub due: Option<String>,
}

impl ScheduleView {
    /// In which zone the times are meant.
    pub fn hint(&self, ui: &Ui) -> String {
        ui.t2(
            "admin-schedule-hint",
            ("zone", &self.zone),
            ("offset", &self.offset),
        )
    }
}

/// A link to look at the post before it is public.
#[derive(Debug, Clone)]
pub struct PreviewLink {
    /// Names it, for revoking it.
    pub id: String,
    /// When it was made, in words.
    pub created: String,
    /// When it ends, in words.
    pub expires: String,
}

impl PreviewLink {
    /// From when until when it works.
    pub fn line(&self, ui: &Ui) -> String {
        ui.t2(
            "admin-preview-link-line",
            ("from", &self.created),
            ("until", &self.expires),
        )
    }
}

/// A stored revision.
#[derive(Debug, Clone)]
pub struct RevisionLine {
    /// Its number.
    pub number: i64,
    /// Why it was made, in words.
    pub kind: String,
    /// When, in words.
    pub date: String,
    /// Whether it is the one that is public.
    pub public: bool,
}

/// The types that `itunes:episodeType` knows.
pub fn episode_types(ui: &Ui, now: &str) -> Vec<Choice> {
    vec![
        Choice::new("full", ui.t("admin-type-full"), now),
        Choice::new("trailer", ui.t("admin-type-trailer"), now),
        Choice::new("bonus", ui.t("admin-type-bonus"), now),
    ]
}

/// As the show (`show`), no, yes.
pub fn explicit(ui: &Ui, now: &str) -> Vec<Choice> {
    vec![
        Choice::new("show", ui.t("admin-as-show"), now),
        Choice::new("no", ui.t("admin-no"), now),
        Choice::new("yes", ui.t("admin-yes"), now),
    ]
}

/// Why a version was made, in words.
pub fn kind_of(ui: &Ui, ever_public: bool) -> String {
    if ever_public {
        ui.t("admin-revision-was-public")
    } else {
        ui.t("admin-revision-saved")
    }
}

impl RevisionLine {
    /// `3판`, `Version 3`.
    pub fn label(&self, ui: &Ui) -> String {
        ui.n("admin-revision-n", self.number)
    }
}

impl AttachedView {
    /// How many chapters the tags hold, in a sentence.
    pub fn chapters_text(&self, ui: &Ui) -> String {
        ui.n("upload-chapters", self.chapters)
    }
}
