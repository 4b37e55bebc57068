//! Whatever is written as a script, its HTML can do nothing, its sentences hold all of its words,
//! and their ids last.
#![no_main]
use daebon::formats::script::{self, Sentence};
use daebon::kernel::ids::{PostId, SentenceId};
use libfuzzer_sys::fuzz_target;

fn squeezed<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    parts
        .flat_map(str::chars)
        .filter(|c| !c.is_whitespace())
        .collect()
}

fuzz_target!(|text: &str| {
    let rendered = script::render(text);
    let html = rendered.html.as_str().to_lowercase();
    // Text that names what acts is escaped: it stands in no tag. In a tag `>` is escaped too.
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        for bad in ["script", "svg", "style", "iframe"] {
            assert!(!tag.starts_with(bad), "{bad} in {html}");
        }
        let mut outside_of_quotes = tag.split('"').step_by(2);
        assert!(
            !tag.contains("href=\"javascript:") && !outside_of_quotes.any(|t| t.contains(" on")),
            "{tag} in {html}"
        );
    }
    let cut = script::excerpt(&rendered.text, 280);
    assert!(cut.len() <= 280);

    let post = PostId::from_db("abcdefghijkl".to_owned());
    let mut given = 0;
    let mut give = || {
        given += 1;
        SentenceId::numbered(&post, given - 1)
    };
    let blocks = script::blocks(text);
    let pieces = script::cut(text);
    let words = squeezed(blocks.iter().map(|b| &b.text[b.words_at..]));
    assert_eq!(squeezed(pieces.iter().map(|p| p.text.as_str())), words);
    let mut kept = script::carry(&[], &[], &pieces, &mut give);
    assert_eq!(script::carry(&kept, &[], &pieces, &mut give), kept);
    let marks: Vec<_> = kept.iter().map(script::Mark::bare).collect();
    let marked = script::render_with_sentences(text, &marks, &script::MarkWords::default());
    assert_eq!(marked.as_str().matches("<span").count(), kept.len());

    // By hand, and then another version: every second block.
    if let Some(id) = kept.first().map(|s| s.id.clone()) {
        let _ = script::split(&mut kept, &id, 2, give());
        let _ = script::join(text, &mut kept, &id);
    }
    assert_eq!(script::lines(text, &kept).len(), kept.len());
    let other: Vec<_> = pieces.into_iter().filter(|p| p.block % 2 == 1).collect();
    let carried: Vec<Sentence> = script::carry(&kept, &[], &other, &mut give);
    assert_eq!(
        squeezed(carried.iter().map(|s| s.text.as_str())),
        squeezed(other.iter().map(|p| p.text.as_str()))
    );
    let ids: std::collections::HashSet<_> = carried.iter().map(|s| &s.id).collect();
    assert_eq!(ids.len(), carried.len());
});
