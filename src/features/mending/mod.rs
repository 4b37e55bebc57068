//! Mending by hand: the page on which the author hears the recording and sets where each sentence
//! begins and ends.
//!
//! Invariants: what the author sets is marked as his and no machine moves it afterwards; a change
//! names the version that it was made on, and an older one is refused; the page works without
//! peaks, and as a form without JavaScript.
mod actions;
mod form;
pub mod handlers;
mod model;
mod scene;
mod views;

pub use actions::{join, realign, save, split};
pub use form::{Join, Realign, Save, Split};
pub use scene::Scene;
