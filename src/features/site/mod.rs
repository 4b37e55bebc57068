//! The public face: a show's page, the list of shows, a post, a transcript as a page.
//!
//! The views hold strings that are ready to print and know nothing of the database; `fill.rs`
//! makes them of shows and posts, `handlers.rs` decides what is public by asking the two views.
//! Without a script every page is complete. Pages carry no cookie, and nothing of the request
//! but its path, `?ui=`, `?page=` and the wished language changes one. A passage that `?s=` or `?t=`
//! names (`span`) is spliced into the finished page for the one request.
mod address;
mod apps;
mod chapters;
mod corrections;
mod data;
mod embed;
mod fill;
pub mod handlers;
mod references;
mod span;
#[cfg(test)]
mod tests;
mod text;
pub mod views;

pub use corrections::change_views;
pub use fill::Reader;
pub use handlers::preview::preview_page;
pub use views::{ChangeView, PieceView};
