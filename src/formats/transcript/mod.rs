//! Transcripts: the sentences of a script with their times, and the file forms they come in and
//! go out in.
//!
//! In: [`Timed`] cues, read leniently and with warnings. Out: `to_vtt`, `to_srt`, `to_json`, `to_html` and
//! `to_txt` write a [`Transcript`] strictly; what they write is read back to the same sentences
//! and times.
mod clean;
mod clock;
mod model;
mod read;
mod spoken;
mod timed;
#[cfg(test)]
mod tests;
mod write;

pub use model::{Gap, Line, Origin, Times, Timing, Transcript};
pub use read::read;
pub use timed::{Cue, Form, NotTimed, Span, Timed, Warning, Word};
pub use write::{to_html, to_json, to_srt, to_txt, to_vtt};
