//! The ear: finds the sentences of a script in the recording of it.
//!
//! A [`Listener`] hears the sound once; what it keeps, a [`Heard`], is enough to [`align`] as
//! often as the script changes. There is no dictionary and no trained network of the language:
//! the script says which phones come in which order (`reading`), a small table says roughly how
//! phones sound, and the recording itself teaches how this voice speaks them.
mod align;
mod asked;
mod cepstra;
mod chain;
mod coarse;
mod fine;
mod heard;
mod judge;
mod learn;
pub mod lessons;
mod likeness;
mod listen;
mod models;
mod moved;
mod overview;
mod progress;
pub mod reading;
mod rows;
mod scores;
mod script;
mod silence;
#[cfg(test)]
mod spoken;
mod table;
#[cfg(test)]
mod tests;
mod voice;
mod walk;

pub use align::align;
pub use asked::{Alignment, Asked, Known, Verdict};
pub use heard::Heard;
pub use listen::Listener;
pub use progress::Stopped;

/// Version of what [`align`] does: times that another one measured may be measured again.
pub const ALGORITHM: i64 = 2;

/// Samples a second that the ear hears.
pub const RATE: usize = 16_000;
/// Samples from one frame to the next: 10 ms.
const HOP: usize = RATE / 100;
/// Numbers of a frame that are kept.
const CEPSTRA: usize = 13;
/// Numbers of a frame that models see.
const DIMS: usize = 3 * CEPSTRA;
