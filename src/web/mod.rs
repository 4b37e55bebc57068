//! What every handler needs from HTTP, and nothing of any feature.
pub mod assets;
pub mod filters;
pub mod ui;
