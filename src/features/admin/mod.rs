//! admin (branch stub)
pub mod views;
