//! Byte ranges stay inside the file and never ask for more than it holds.
#![no_main]
use daebon::web::range::{Ranges, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, u64)| {
    let (header, length) = input;
    let ranges = match parse(header, length) {
        Ranges::Whole | Ranges::Unsatisfiable => return,
        Ranges::Single(range) => vec![range],
        Ranges::Several(ranges) => ranges,
    };
    let mut sum = 0u64;
    for range in ranges {
        assert!(range.first <= range.last && range.last < length);
        sum += range.last - range.first + 1;
    }
    assert!(sum <= length);
});
