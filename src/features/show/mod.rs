//! Shows: publications with a title, an address, a language, a time zone and a cover.
//!
//! Invariants: an address once used by a show is never given to another; `podcast_guid` is set
//! once; the revision rises with every change that the public can see.
mod details;
mod form;
mod model;
mod store;

pub use details::{FeedText, ShowDetails};
pub use form::ShowForm;
pub use model::{Show, ShowAddress, ShowDraft, ShowType};
pub use store::{
    current_address, find, find_by_address, find_in, first, has_moved, insert, list,
    set_podcast_guid, update,
};
