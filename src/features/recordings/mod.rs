//! Recordings: one file as the recording of one post, with what was read from it.
//!
//! Invariants: a recording never changes, another file makes another one; its kind is decided
//! from its bytes alone (HARDENING M1); it goes when no working copy and no revision names it.
mod actions;
mod model;
mod store;
#[cfg(test)]
mod tests;

pub use actions::{Arrived, take_in, take_in_beside};
pub use model::{Recording, Suggestions, size_text};
pub use store::{find, find_in, insert};
