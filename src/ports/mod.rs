//! Doors to what is outside the process: the clock, the disk, the media store.
pub mod cache;
pub mod clock;
pub mod disk;
pub mod media;
