//! Transcripts into files, strictly by what each form says.
mod html;
mod json;
mod layout;
mod pieces;
mod srt;
mod txt;
mod vtt;

pub use html::to_html;
pub use json::to_json;
pub use layout::BREAK;
pub use srt::{JOINER, to_srt};
pub use txt::to_txt;
pub use vtt::{HEADING, to_vtt};
