//! The ear: what finds the sentences of a script in the recording of it.
pub mod reading;
