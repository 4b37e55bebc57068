//! Dates of forms, time zones and language tags are read or refused.
#![no_main]
use daebon::kernel::language::{Language, UiLanguage};
use daebon::kernel::time::{Instant, Zone};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let seoul = Zone::parse("Asia/Seoul").expect("known");
    if let Ok(instant) = Instant::from_form(text, &seoul) {
        let _ = (instant.rfc2822(), instant.rfc3339(), instant.to_form(&seoul));
    }
    let _ = Zone::parse(text);
    let _ = Language::parse(text);
    let _ = UiLanguage::from_accept_language(Some(text));
});
