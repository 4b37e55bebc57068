//! Floor 1: bytes ⇄ values. Pure, without I/O of its own, and without panics on bad input.
pub mod audio;
pub mod image;
