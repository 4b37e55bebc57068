//! What Daebon does, a folder a feature. A feature uses only those that stand earlier in this
//! list, and only through their doors.
pub mod show;

// pub mod accounts;

pub mod posts;

pub mod feed;

pub mod delivery;

pub mod site;
