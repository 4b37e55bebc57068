//! Any bytes as a recording: no panic, no hang, and what is taken keeps its promises.
#![no_main]

use std::io::Cursor;

use daebon::formats::audio::probe;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(info) = probe(&mut Cursor::new(data), data.len() as u64) {
        assert!(info.duration_ms > 0 && info.sample_rate_hz > 0 && info.channels > 0);
        assert!(info.tags.chapters.iter().all(|c| c.start_ms < info.duration_ms));
    }
});
