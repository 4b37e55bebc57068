//! Delivery of files: recordings and covers.
//!
//! Invariants: a file is found by what the database says of its post, never by joining a path
//! of the request; what is not public answers like what is not there; nothing is written in the
//! request.
pub mod handlers;
#[cfg(test)]
mod tests;

pub use handlers::{at_once, recording_file, serve_file};
