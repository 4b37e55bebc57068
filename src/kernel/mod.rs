//! Words that every floor shares: ids, time, text, language, errors, events, addresses.
//! No I/O and no framework in here.
pub mod error;
pub mod events;
pub mod ids;
pub mod language;
pub mod text;
pub mod time;
pub mod urls;

pub use error::{Error, FieldErrors, Message, Result};
