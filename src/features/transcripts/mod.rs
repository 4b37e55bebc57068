//! Transcripts: when the sentences of a post are spoken in its recording, and the work that
//! finds it out; the files in which the world gets them; chapters.
//!
//! Invariants: times hang on the ids of sentences, so they hold for every revision that has
//! those sentences; what the author set by hand is moved by no machine; one piece of work a post;
//! a change that the public can see raises the revision of its show; the public gets the author's
//! chapters, else those of the recording's file, else those of the headings whose seconds are
//! known.
mod actions;
mod asking;
mod files;
mod form;
pub mod handlers;
mod hearing;
mod import;
mod jobs;
mod model;
mod speech;
mod store;
#[cfg(test)]
mod tests;

pub use actions::{
    cancel, go_on, put, request_again, request_align, request_transcription, set_chapters, spare,
    timed_elsewhere, transcript_of,
};
pub use asking::{Ask, ask, choose_chapters};
pub use files::FileForm;
pub use form::{ChapterRow, chapter_rows};
pub use handlers::private_file;
pub use hearing::{ALIGN, HEAR, is_heard, outline, sweep as sweep_heard, unheard};
pub use import::{Imported, import_file, lay_early};
pub use jobs::{
    ALIGN_JOB, HEAR_JOB, TRANSCRIBE_JOB, align, align_job, hear_job, jobs_of, listen, transcribe,
};
pub use model::{
    ChapterWish, Counts, LEAST_CHAPTERS, PublicTranscript, StoredMessage, Timeline, Verdict, Work,
    WorkKind, WorkState, chapters_of, heading_start, shown_chapters,
};
pub use store::public::find as public_transcript;
pub use store::work::{
    begin, end, find as work, find_in as work_in, list_open as open_work, progress, set as set_work,
};
pub use store::{find, find_in, public_times};
