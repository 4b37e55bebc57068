//! Doors to what is outside the process: the clock, the disk, the media store, workers.
pub mod clock;
pub mod disk;
pub mod media;
pub mod worker;
