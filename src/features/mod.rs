//! features (branch stub)
pub mod accounts;
pub mod admin;
