//! A script with what it says of itself above the text.
#![no_main]
use daebon::formats::front_matter::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &str| {
    let Ok((told, text)) = read(file) else {
        return;
    };
    assert!(text.len() <= file.len());
    // Read again without its block, the text is what it was.
    let begins_anew = ["---", "# ", "\u{feff}"].iter().any(|s| text.starts_with(s));
    if told.title.is_some() && !begins_anew {
        let (_, again) = read(&text).expect("all text");
        assert_eq!(again, text);
    }
});
