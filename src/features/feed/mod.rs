//! The feeds of a show: episodes for podcast apps, everything for readers (PSP-1 and the Podcasting 2.0 namespace).
//!
//! Invariants: the podcast feed holds what is listed and has a recording in place, nothing
//! else; the bytes depend on what is stored alone, never on the present instant; a GUID and an
//! enclosure's address are printed as they were given.
mod actions;
mod build;
mod fresh;
pub mod handlers;
mod head;
mod keep;
mod mend;
mod scene;
#[cfg(test)]
pub(crate) mod tests;
mod texts;
mod trailers;

pub use fresh::keep_fresh;
