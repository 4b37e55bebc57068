//! Bytes into values and back: pure, fuzzable, without I/O of their own. A reader gives a value
//! (with warnings where the field has them) or an error with its place, and never panics.
pub mod audio;
pub mod card;
pub mod chapters;
pub mod diff;
pub mod ear;
pub mod hearing;
pub mod front_matter;
pub mod html;
pub mod image;
pub mod json_feed;
pub mod json_ld;
pub mod oembed;
pub mod opml;
pub mod outline;
pub mod page_facts;
pub mod podcast;
pub mod script;
pub mod sitemap;
pub mod sound;
pub mod transcript;
