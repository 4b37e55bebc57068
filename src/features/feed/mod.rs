//! The two feeds of a show: episodes for podcast apps, everything for readers (FEED.md).
//!
//! Invariants: the podcast feed holds what is listed and has a recording in place, nothing
//! else; the bytes depend on what is stored alone, never on the present instant; a GUID and an
//! enclosure's address are printed as they were given.
pub mod handlers;
#[cfg(test)]
pub mod tests;
