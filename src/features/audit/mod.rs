//! Who did what: a log that only grows, for owners to read.
//!
//! Invariants: a line is written in the transaction of what it tells of, so the two are there
//! together or not at all; it holds names as they were, since what it tells of may go; the text
//! of no post, no address of a reader and no secret stands in it.
mod model;
mod store;
#[cfg(test)]
mod tests;

pub use model::{Act, Entry};
pub use store::{list, record, record_post, record_post_once, sweep};
