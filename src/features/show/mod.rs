//! Shows: publications with a title, an address, a language, a time zone and a cover.
//!
//! Invariants: an address once used by a show is never given to another; `podcast_guid` is set
//! once; the revision rises with every change that the public can see.
mod checks;
mod details;
mod details_form;
mod form;
mod lists;
mod model;
mod rows;
mod store;
#[cfg(test)]
mod tests;

pub use checks::{
    LABEL_CHARS, country as check_country, geo as check_geo, link as check_link, osm as check_osm,
    own_feed, prefixed, social_link as check_social_link,
};
pub use details::{FeedText, ShowDetails};
pub use details_form::PAGE_SIZES;
pub use form::ShowForm;
pub use lists::{FUNDING, OTHER, PEOPLE, PODROLL, PURPOSES, SOCIAL, TXT, role_value};
pub use model::{Show, ShowAddress, ShowDraft, ShowType};
pub use rows::RowSpec;
pub use store::{
    current_address, find, find_by_address, find_in, first, has_moved, insert, list, set_cover,
    set_podcast_guid, update,
};
