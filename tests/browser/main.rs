//! The site in a real browser, from the empty folder to the feed. `bin/test` installs what
//! this needs; alone: `cargo test --test browser`.
mod desk;
mod driver;
mod embed;
mod job;
mod kept;
mod layout;
mod line;
mod mending;
mod plain;
mod quoting;
mod reading;
mod screenshots;
mod spoken;
mod steady;
mod uploads;
mod workplace;
mod writing;

#[path = "../process/support/mod.rs"]
mod support;
