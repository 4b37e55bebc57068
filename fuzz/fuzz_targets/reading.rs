//! Any text is read, and every word says where it comes from.
#![no_main]
use daebon::formats::ear::reading::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for language in ["ko", "en", "en-GB"] {
        for word in read(text, language) {
            assert!((1..=3).contains(&word.variants.len()));
            assert!(word.variants.iter().all(|v| !v.is_empty()));
            assert!(text.get(word.from).is_some_and(|t| !t.is_empty()));
        }
    }
});
