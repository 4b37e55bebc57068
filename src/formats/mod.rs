//! Bytes to values and back: pure, without I/O, and never panicking on bad input.
pub mod html;
pub mod podcast;
pub mod script;
