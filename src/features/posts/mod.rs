//! Posts: pieces with one working copy, immutable revisions and a public state.
//!
//! Invariants: everything public derives from the revision that `public_revision_id` names; a
//! GUID, an id and a slug that was ever public are never given to another post; the date of a
//! piece is set when it first becomes public and stays; public code reads through the two views.
mod model;
mod store;

pub use model::{
    Content, EpisodeType, PostState, PublicPost, PublicRecording, Reference, WorkingCopy,
};
pub use store::public;
