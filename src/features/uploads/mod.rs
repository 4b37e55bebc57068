//! Uploads of recordings: resumable by tus 1.0 (core, creation, termination, expiration,
//! checksum), and whole with the form of a post where there is no JavaScript.
//!
//! Invariants: the offset of an upload is what was synced to disk, never more (HARDENING D13);
//! a file is never held in memory (L4); what is refused leaves nothing behind; bytes that came
//! in are kept when the line drops, unless they have a checksum, which holds for the whole piece or
//! not at all; and a finished upload is finished whoever hangs up.
//!
//! The protocol is our own few lines: the crates `tus-protocol` and `tus-axum` had one release
//! (0.1.0) when this was written, their file storage never syncs, and their contract rolls a
//! cut-off request back to where it began, which is the opposite of what is wanted here.
mod actions;
mod checksum;
mod extract;
pub mod handlers;
mod model;
mod receive;
mod recover;
mod store;
#[cfg(test)]
mod tests;

pub use actions::{Target, detach};
pub use handlers::{SoundFile, receive_whole};
pub use model::Place;
pub use recover::{recover, sweep_expired};
