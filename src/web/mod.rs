//! What every handler needs from HTTP, and nothing of any feature.
pub mod conditional;
pub mod range;
pub mod ui;
