//! Transcripts: the sentences of a script with their times, and the file forms they come in and
//! go out in.
mod model;

pub use model::{Gap, Line, Origin, Times, Timing, Transcript};
