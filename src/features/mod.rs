//! What Daebon does, a folder a feature. A feature uses only those that stand earlier in the
//! order show, accounts, media, covers, recordings, posts, uploads, and only through their doors.
pub mod accounts;
pub mod covers;
pub mod media;
pub mod posts;
pub mod recordings;
pub mod show;
#[cfg(test)]
pub mod testing;
pub mod uploads;
