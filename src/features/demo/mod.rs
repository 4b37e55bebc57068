//! A show to look at and to measure with: `--demo` and `--demo=N` (DESIGN 3.1).
//!
//! Everything is made from a fixed seed and fixed dates, so that two servers filled alike give
//! the same bytes. There is no account in it: the set-up address is printed as ever.
mod actions;
mod model;
mod store;
mod words;

pub use actions::fill;
