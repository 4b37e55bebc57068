//! The editor's panel of script and sound: work on the times, files in and out, chapters.
use crate::features::transcripts::ChapterRow;

/// What the panel shows.
#[derive(Debug, Clone, Default)]
pub struct TranscriptView {
    /// Whether the working copy has a recording.
    pub has_recording: bool,
    /// Whether it has a script.
    pub has_script: bool,
    /// Whether there is a recording without a script, and a server that writes such down.
    pub can_transcribe: bool,
    /// What is being done, or was done last.
    pub work: Option<WorkView>,
    /// What the author should know of how script and recording fit.
    pub verdict: Option<String>,
    /// Counts of the newest version's sentences, each with its word.
    pub facts: Vec<String>,
    /// Whether any sentence has a time.
    pub is_timed: bool,
    /// The files of the newest version: name and address.
    pub files: Vec<(String, String)>,
    /// What became of the file that was just taken in.
    pub imported: Option<ImportedView>,
    /// Text that was pasted and not taken.
    pub typed: String,
    /// The largest file taken, in words.
    pub max_text: String,
    /// The chapters.
    pub chapters: ChaptersView,
}

/// The work on the times.
#[derive(Debug, Clone, Default)]
pub struct WorkView {
    /// The sentence that says where it stands.
    pub text: String,
    /// 0 to 100.
    pub percent: u8,
    /// Whether something is still to come of it by itself.
    pub is_open: bool,
    /// Whether it was stopped or failed, and can go on.
    pub can_go_on: bool,
    /// Whether it failed for good.
    pub failed: bool,
    /// Whether it was tried in vain, and will be again.
    pub is_retried: bool,
}

/// What became of a file.
#[derive(Debug, Clone, Default)]
pub struct ImportedView {
    /// In a sentence.
    pub text: String,
    /// What was mended or left out.
    pub warnings: Vec<String>,
}

/// The chapters of the recording.
#[derive(Debug, Clone, Default)]
pub struct ChaptersView {
    /// As typed or as they are public.
    pub rows: Vec<ChapterRow>,
    /// Tells whether the rows of the form are those that were printed.
    pub printed: String,
    /// Whose they are, in a sentence.
    pub source: String,
    /// Version of the timeline that the form was made from.
    pub version: i64,
    /// Whether headings would give some.
    pub can_headings: bool,
    /// Whether the file tells of some.
    pub can_file: bool,
    /// Whether the author pressed something there.
    pub is_open: bool,
}

impl ChaptersView {
    /// The rows to print, numbered from 0: what there is and three empty ones.
    pub fn numbered(&self) -> Vec<(usize, ChapterRow)> {
        let empty = (0..3).map(|_| ChapterRow::default());
        self.rows.iter().cloned().chain(empty).enumerate().collect()
    }
}
