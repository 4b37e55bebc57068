//! Any bytes as a cover: no panic, no hang, and a cover has all its sizes.
#![no_main]

use daebon::formats::image::read_cover;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(cover) = read_cover(data) {
        assert!(cover.variants.len() >= 3);
    }
});
