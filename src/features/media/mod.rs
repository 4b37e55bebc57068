//! Files of the media store and the rows that name them: what comes in, what is collected,
//! what is looked over at the start.
//!
//! Invariants: a row is written only after its file is whole under its final name (HARDENING
//! D1); a file is removed only when nothing names its hash, revisions and trash included (D6);
//! whoever brings a file in and whoever collects never do so at the same time ([`hold`]).
mod actions;
mod store;
#[cfg(test)]
mod tests;

pub use actions::{COLLECT_JOB, check_files, collect, hold, io_error};
pub use store::{Count, count, insert};
