//! What readers and listeners find beside the text.
use serde::{Deserialize, Serialize};

/// Something that is missing or odd.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Finding {
    /// `must`: it cannot be published so; `should`: readers or listeners will miss it; `know`.
    pub weight: String,
    /// A sentence, in the language of `Accept-Language`.
    pub text: String,
}

/// A part of a recording.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Chapter {
    /// From the start of the recording.
    pub start_ms: u64,
    /// Its name.
    pub title: String,
    /// `https`, or empty.
    pub link: String,
    /// Address of a picture, `https`, or empty.
    pub picture: String,
}

/// The chapters that were chosen for a recording.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Chapters {
    /// Of the times of the recording; a change names it.
    pub version: i64,
    /// `null`: nothing was chosen, so those of the file or of the headings are shown.
    pub chapters: Option<Vec<Chapter>>,
}

/// Whose chapters a recording has.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub enum ChapterSource {
    /// One's own.
    Own,
    /// Those of the script's headings, made anew with it.
    Headings,
    /// Those of the recording's file.
    File,
}

/// What to choose.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct ChaptersInput {
    /// The version that was read.
    pub version: i64,
    /// Whose they are.
    pub source: ChapterSource,
    /// One's own; none at all, if there are none.
    #[serde(default)]
    pub chapters: Vec<Chapter>,
}

/// A change that readers are told of.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct TextChange {
    /// What stood there; empty where something came.
    pub before: String,
    /// What stands there now; empty where something went.
    pub after: String,
}

/// A note that tells readers what changed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Correction {
    /// The version with the corrected text.
    pub number: i64,
    /// When it became public.
    pub at: String,
    /// The author's words; may be empty.
    pub remark: String,
    /// What changed.
    pub changes: Vec<TextChange>,
}

/// What to tell readers afterwards.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct CorrectionInput {
    /// The version that readers had.
    pub from: i64,
    /// The version that they have.
    pub to: i64,
    /// What to say of it, at most 2,000 characters.
    #[serde(default)]
    #[cfg_attr(test, schema(max_length = 2_000))]
    pub remark: String,
}

/// Other words for a note.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct RemarkInput {
    /// At most 2,000 characters.
    #[cfg_attr(test, schema(max_length = 2_000))]
    pub remark: String,
}
