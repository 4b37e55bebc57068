//! Posts: pieces with one working copy, immutable revisions and a public state.
//!
//! Invariants: everything public derives from the revision that `public_revision_id` names; a
//! GUID, an id and a slug that was ever public are never given to another post; the date of a
//! piece is set when it first becomes public and stays; public code reads through the two views;
//! every revision has its sentences, and an id of a sentence is given once in a post.
mod access;
mod actions;
mod attach;
mod content;
mod corrections;
mod creating;
mod deeds;
mod details;
mod form;
mod model;
mod near;
mod saving;
mod sentences;
mod store;
#[cfg(test)]
mod tests;
mod ties;
mod wanted;

pub use access::{find_living, is_contributors, living_in, require_access};
pub use actions::{
    create_preview_link, publish, publish_due, remove, restore, restore_revision,
    revoke_preview_link, save_version, save_version_for_times, save_version_if_changed, schedule,
    set_listed, slug_fault, unschedule, update,
};
pub use attach::{attach_alternate, attach_recording, no_first};
pub use corrections::{
    Correction, NotedCorrection, Part, REMARK_CHARS, TextChange, drop_correction, read_remark,
    reword_correction, tell_afterwards, text_changes, update_and_tell,
};
pub use creating::{create, create_in};
pub use deeds::{Deed, perform, perform_alone, perform_on};
pub use details::PostDetails;
pub use form::{PostForm, checked, position, position_text, require_whole};
pub use model::{
    Content, EpisodeType, Hands, Listed, Post, PostState, PostSummary, PreviewLink, PublicPost,
    PublicRecording, PublicTimes, Reference, RelatedPost, Revision, WorkingCopy,
};
pub use near::{Neighbour, related};
pub use saving::{autosave, propose_title, save, save_again_in, save_in, saved_elsewhere};
pub use sentences::{
    foreseen_lines, join_sentence, lines_in, newest_lines, newest_lines_of, public_lines,
    public_sentences, sentences_in, sentences_of, set_sentences, split_sentence,
};
pub use store::corrections::list as list_corrections;
pub use store::{feed, preview, public, revisions, writing};
pub use ties::beginning as sentence_beginning;
pub use wanted::{PostKind, SEARCH_CHARS, Wanted};
