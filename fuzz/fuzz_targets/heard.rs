//! What was kept of a recording: whatever the bytes are, reading them ends, and what is read is
//! written as it was.
#![no_main]
use daebon::formats::ear::Heard;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(heard) = Heard::from_bytes(bytes) {
        assert_eq!(heard.to_bytes(), bytes);
    }
});
