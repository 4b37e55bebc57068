//! The top of the house: every URL, what follows from what, the schedule, the server.
pub mod align;
mod api_routes;
pub mod publish;
mod cage;
mod connection;
mod guard;
mod lanes;
pub mod reactions;
pub mod routes;
pub mod schedule;
pub mod serve;
pub mod start;
pub mod worker;
