//! Any bytes as a kept document: no panic, no hang; what is read gives a document.
#![no_main]

use daebon::web::rendered::kept;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(mut kept) = kept::read(&mut &data[..]) {
        let document = kept.joined.document(&kept.head, "", usize::MAX);
        assert!(document.body.len() >= kept.head.len());
    }
});
