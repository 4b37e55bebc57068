//! The site over HTTP, in this process: the real router behind the real host check, a real
//! SQLite database in a folder of its own, a clock that stands until a test turns it.
//!
//! A person is a [`support::Browser`]: it keeps cookies, finds the form on the page and sends
//! it where the page says, as a browser would. Whatever it is answered is held against what
//! every answer owes (HARDENING O4, A7, V6), so that each test checks that too.
mod addresses;
mod api;
mod cards;
mod check;
mod csrf;
mod dashboard;
mod delivery;
mod demo;
mod details;
mod editing;
mod episodes;
mod failing;
mod feeds;
mod formats;
mod guard;
mod headers;
mod hidden;
mod history;
mod hosts;
mod importing;
mod keeping;
mod languages;
mod life;
mod limits;
mod login;
mod machines;
mod mending;
mod pings;
mod previews;
mod reading;
mod realigning;
mod references;
mod resetting;
mod roles;
mod schedule;
mod second_factor;
mod sentences;
mod sessions;
mod setup;
mod shows;
mod support;
mod timing;
mod transcripts;
mod trash;
mod uploads;
