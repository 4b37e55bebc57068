//! Covers: pictures of shows and posts, re-encoded by us in a few sizes (HARDENING M3).
//!
//! Invariants: no byte of what was sent is ever served, only what was decoded and written
//! anew; the hash names the source picture, so that another picture has another address.
mod actions;
mod handlers;
mod store;
#[cfg(test)]
mod tests;

pub use actions::{
    CoverFiles, READ_COVER, put_files, read_artwork, read_cover, store_cover, take_in,
};
pub use handlers::{CoverForm, read_upload};
pub use store::{find, insert, largest_sizes, sizes_in};
