//! A real server on a loopback port, asked by programs that are not ours: an HTTP client as
//! podcast apps use one, and a parser of feeds that knows nothing of Daebon.
mod apps;
mod connections;
mod reading;
mod server;
#[path = "../web/support/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    reason = "the author of these tests does less than that of the others"
)]
mod support;
