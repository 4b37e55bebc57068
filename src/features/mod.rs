//! What Daebon does, a folder a feature. A feature uses only those that stand earlier in this
//! list, and only through their doors; the list is in that order, not by the alphabet.
pub mod show;
pub mod audit;
pub mod accounts;
pub mod media;
pub mod covers;
pub mod recordings;
pub mod posts;
pub mod transcripts;
pub mod uploads;
pub mod pings;
pub mod feed;
pub mod delivery;
pub mod cards;
pub mod site;
pub mod admin;
pub mod people;
pub mod mending;
pub mod api;
pub mod demo;
#[cfg(test)]
pub mod testing;
