//! Transcripts: when the sentences of a post are spoken in its recording, and the work that
//! finds it out.
//!
//! Invariants: times hang on the ids of sentences, so they hold for every revision that has
//! those sentences; what the author set by hand is moved by no machine; one piece of work a post;
//! a change that the public can see raises the revision of its show.
mod actions;
mod model;
mod store;
#[cfg(test)]
mod tests;

pub use actions::{cancel, go_on, put, request_align};
pub use model::{OwnChapter, StoredMessage, Timeline, Verdict, Work, WorkKind, WorkState};
pub use store::{begin, end, find, find_in, progress, set_work, work, work_in};
