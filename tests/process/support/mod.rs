//! What tests of the program as a process share: starting and ending it, and talking to it.
#![allow(dead_code, reason = "each of the two test programs uses a part of it")]
pub mod client;
pub mod database;
pub mod files;
pub mod server;
pub mod site;
