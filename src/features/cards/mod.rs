//! Preview cards over HTTP: the pictures that messengers and networks show for a link to a post
//! or to a passage of it.
//!
//! Invariants: what is not reachable has no card; a card is made from the public revision and
//! forgotten with every change of its show; cards are drawn one at a time, and kept in memory
//! alone, under a limit of their own.
pub mod handlers;
mod model;

pub use model::MOST_SENTENCES;
