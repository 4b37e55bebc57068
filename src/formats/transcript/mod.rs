//! Transcripts: the sentences of a script with their times, and the file forms they come in and
//! go out in.
//!
//! In: [`read()`] tells the form by content and gives [`Timed`] cues, leniently and with
//! warnings. [`to_script()`] makes a script of them where there is none; [`carry_times`] lays their
//! times on the sentences of a script that is there. Out: [`to_vtt`], [`to_srt`], [`to_json`],
//! [`to_html`] and [`to_txt`] write a [`Transcript`] strictly. What goes out and comes in again has
//! the same sentences and times, to the precision of a millisecond.
mod carry;
mod clean;
mod clock;
mod model;
mod names;
mod read;
mod spoken;
#[cfg(test)]
mod tests;
mod timed;
mod to_script;
mod unpunctuated;
mod write;

pub use carry::{Carried, carry_times, carry_times_by_id};
pub use model::{Gap, Line, Origin, Times, Timing, Transcript};
pub use read::{read, text};
pub use timed::{Cue, Form, NotTimed, Span, Timed, Warning, Word};
pub use to_script::{Scripted, to_script};
pub use write::{to_html, to_json, to_srt, to_txt, to_vtt};
