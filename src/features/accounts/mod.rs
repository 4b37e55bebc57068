//! accounts (branch stub)
pub mod views;
