//! Any text as the summary of an item and the names around it: the item is well-formed.
#![no_main]

use daebon::formats::podcast::{self, Channel, Item};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let item = Item {
        title: text.to_owned(),
        summary: text.to_owned(),
        ..Item::default()
    };
    let xml = podcast::write(&Channel::default(), [&item]);
    assert!(rss::Channel::read_from(xml.as_bytes()).is_ok(), "{xml}");
});
