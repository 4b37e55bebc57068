//! Whatever is written as a script, its HTML can do nothing.
#![no_main]
use daebon::formats::script;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let rendered = script::render(text);
    let html = rendered.html.as_str().to_lowercase();
    for bad in ["<script", "<svg", "<style", "<iframe", "javascript:", "onerror=\""] {
        // Text that names them is escaped: the sign that opens a tag or an attribute is not there.
        let tag = bad.starts_with('<') && html.contains(bad);
        let link = html.contains(&format!("href=\"{bad}"));
        assert!(!tag && !link, "{bad} in {html}");
    }
    let cut = script::excerpt(&rendered.text, 280);
    assert!(cut.len() <= 280);
});
