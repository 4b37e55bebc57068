//! Doors to what is outside the process: the clock, the disk, the media store, what can be
//! thrown away, other sites, workers.
pub mod cache;
pub mod clock;
pub mod disk;
pub mod fetch;
pub mod media;
pub mod worker;
