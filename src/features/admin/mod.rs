//! The author's side: set-up, the list of posts, the editor, shows, previews.
//!
//! It writes nothing itself: it reads forms, calls the actions of the features below, and
//! prints pages. Every route of it but set-up stands behind the layer that lets only the
//! author in.
mod actions;
mod check;
mod directories;
pub mod handlers;
mod model;
pub mod views;

pub use actions::{add_show, change_show, create_first_account, draw_cover, set_show_cover};
pub use handlers::check::look_over;
pub use handlers::frame;
pub use handlers::shows::is_category;
