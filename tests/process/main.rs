//! The program as a process: killed, signalled, given bad flags, full disks and rude clients.
//! Run by `cargo test --test process`.
mod aligning;
mod ends;
mod kills;
mod limits;
mod pictures;
mod pings;
mod publishing;
mod speech;
mod starts;
mod support;
