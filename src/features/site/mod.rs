//! The public face: a show's page, the list of shows, a post, a transcript as a page.
//!
//! The views hold strings that are ready to print and know nothing of the database; who fills
//! them decides what is public. Without a script every page is complete.
pub mod views;
