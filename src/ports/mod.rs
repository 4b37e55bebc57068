//! Doors to what is outside the process: the clock, the disk, the media store, other sites.
pub mod cache;
pub mod clock;
pub mod disk;
pub mod fetch;
pub mod media;
