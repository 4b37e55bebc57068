//! Bytes to values and back: pure, without I/O, and never panicking on bad input.
pub mod audio;
pub mod html;
pub mod image;
pub mod podcast;
pub mod script;
