//! A slug made of any title parses as itself, and stands in an address as one segment.
#![no_main]
use daebon::kernel::text::{Slug, clean_line};
use daebon::kernel::urls;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = clean_line(text);
    for slug in [Slug::from_title(text), Slug::parse(text).ok()].into_iter().flatten() {
        assert_eq!(Slug::parse(slug.as_str()).as_ref(), Ok(&slug));
        assert_eq!(urls::post("show", slug.as_str()).matches('/').count(), 2);
    }
});
