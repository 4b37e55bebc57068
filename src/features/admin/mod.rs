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
pub use handlers::directories::{Wants, look as directories_of};
pub use handlers::frame;
pub use handlers::health::{Health, look as health};
pub use handlers::history::{Found, Pick, differences};
pub use handlers::references::look as look_up;
pub use handlers::shows::is_category;
pub use handlers::sound::of as sound;
pub use handlers::work::{hurry, lines as work};
pub use views::work::{WorkLine, WorkStand};
