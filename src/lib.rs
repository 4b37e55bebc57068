//! Daebon, a publishing server for people who write first and then speak.
//!
//! The modules are the floors of the house, lowest first: imports point down only, and
//! `tests/house` fails on one that points up. ARCHITECTURE.md has the drawing.
pub mod kernel;

pub mod formats;

pub mod db;
pub mod jobs;
pub mod ports;

pub mod web;

pub mod config;
pub mod state;

pub mod features;

pub mod app;
pub mod cli;
