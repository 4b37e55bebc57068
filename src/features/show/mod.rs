//! Shows: publications with a title, an address, a language, a time zone and a cover.
//!
//! Invariants: an address once used by a show is never given to another; `podcast_guid` is set
//! once; the revision rises with every change that the public can see.
mod apps;
mod details;
mod details_form;
mod form;
mod lists;
mod model;
mod rows;
mod store;
#[cfg(test)]
mod tests;

pub use apps::{App, AppLink};
pub use details::{FeedText, ShowDetails};
pub use details_form::PAGE_SIZES;
pub use form::ShowForm;
pub use lists::{FUNDING, OTHER, PEOPLE, PODROLL, PURPOSES, SOCIAL, TXT, role_value};
pub use model::{Show, ShowAddress, ShowDraft, ShowType};
pub use rows::RowSpec;
pub use store::{
    current_address, find, find_by_address, find_in, first, has_moved, insert, list, revisions,
    set_cover, set_podcast_guid, update,
};
