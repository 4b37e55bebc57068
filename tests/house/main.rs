//! The rules of the house, read off the sources and held by `cargo test --test house`.
//!
//! A rule is a function from files to faults, so that each one is tried twice: on the real
//! tree, where it must find nothing, and on a text with the fault in it, where it must find
//! that. The drawing that they hold is in ARCHITECTURE.md.
// What the fuzz targets are written against stands here by the same name.
extern crate self as libfuzzer_sys;
pub(crate) use fuzz::fuzz_target;

mod axum_places;
mod fetch_places;
mod files;
mod floors;
mod fuzz;
mod lexer;
mod lock;
mod messages;
mod migrations;
mod paths;
mod public_reads;
mod settings;
mod sql;
mod templates;
mod tree;
