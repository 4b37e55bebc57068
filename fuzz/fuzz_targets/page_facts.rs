//! A page of another site, in any bytes: the first byte says how its encoding is named.
#![no_main]
use daebon::formats::page_facts::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((kind, page)) = input.split_first() else {
        return;
    };
    let kinds = [
        None,
        Some("text/html"),
        Some("text/html; charset=euc-kr"),
        Some("text/html;charset=\"utf-16le\""),
    ];
    let found = read(page, kinds[usize::from(*kind) % kinds.len()]);
    assert!(found.title.chars().count() <= 500 && found.outlet.chars().count() <= 200);
    assert!(!found.title.contains(char::is_control) && !found.outlet.contains(char::is_control));
    assert!(found.date.is_empty() || found.date.len() == 10);
});
