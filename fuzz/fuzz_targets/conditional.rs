//! Validators and `Accept-Encoding` of any request are weighed without a panic.
#![no_main]
use daebon::web::conditional::{accept_encoding, not_modified};
use daebon::web::range::if_range_matches;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str, i64)| {
    let (one, two, seconds) = input;
    let _ = not_modified(Some(one), Some(two), "\"abc\"", seconds);
    let _ = not_modified(None, Some(two), "\"abc\"", seconds);
    let _ = if_range_matches(one, "\"abc\"", seconds);
    let _ = accept_encoding(Some(one));
});
