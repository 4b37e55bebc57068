//! What every handler needs from HTTP, and nothing of any feature: errors into responses,
//! forms, cross-site checks, the host check, security headers, the interface's language.
pub mod assets;
pub mod busy;
pub mod client;
pub mod conditional;
pub mod cookies;
pub mod csrf;
pub mod error;
pub mod extract;
pub mod file_body;
pub mod file_response;
pub mod filters;
pub mod form;
pub mod headers;
pub mod host;
pub mod json_block;
pub mod lang;
pub mod languages;
mod modules;
pub mod multipart;
pub mod pace;
pub mod page;
pub mod range;
pub mod rendered;
pub mod task;
pub mod throttle;
pub mod turns;
pub mod ui;
