//! The programming interface: everything that the author's forms do, as JSON, for programs that
//! hold a token.
//!
//! Invariants: a token opens what both its scopes and its person's role allow; cookies open nothing
//! here; every answer is one that `docs/openapi.json` describes, which a test makes anew and
//! compares; errors are problem details (RFC 9457). What changes a post goes the same way as the
//! editor's buttons (`posts::perform`).
pub mod handlers;
mod model;
#[cfg(test)]
mod narrow;
mod openapi;
mod views;

pub use openapi::DOCUMENT;
