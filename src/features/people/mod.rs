//! Who works here: roles, shows, invitations; and the log of who did what, for reading.
//!
//! Invariants: only owners reach these pages; there is an owner at any time; an invitation is a
//! secret that is shown once, opens once and lives for a week.
mod actions;
pub mod handlers;
mod model;
mod store;
#[cfg(test)]
mod tests;
pub mod views;

pub use actions::{change, invite, remove, revoke};
pub use model::{Invitation, Rights};
pub use store::waiting as invitations;
