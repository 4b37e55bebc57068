//! What every handler needs from HTTP, and nothing of any feature.
pub mod ui;
