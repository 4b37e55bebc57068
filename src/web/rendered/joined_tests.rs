//! Joined documents: the same parts give the same bytes, whichever way they came together.
use std::io::Read;

use flate2::read::GzDecoder;
use proptest::prelude::*;

use super::joined::{Joined, Part, Place};
use super::kept::{self, Kept};

const ALL: usize = usize::MAX;

fn part(n: u64, text: &str) -> Part {
    Part {
        place: Place {
            // Some share a date.
            at: i64::try_from(n / 3).expect("small"),
            id: format!("id{n:04}"),
        },
        stamp: n.wrapping_mul(31) ^ text.len() as u64,
        bytes: format!("<item>{n} {text}</item>\n").into(),
        note: if n.is_multiple_of(7) { "a note" } else { "" }.into(),
    }
}

fn filled(numbers: impl IntoIterator<Item = u64>) -> Joined {
    let mut joined = Joined::default();
    for n in numbers {
        joined.put(part(n, "글"));
    }
    joined
}

fn text(joined: &mut Joined) -> String {
    let document = joined.document("<a>", "</a>", ALL);
    let body = document.body.to_bytes();
    let gzip = document.prepared.gzip.expect("there").to_bytes();
    let mut unpacked = Vec::new();
    // One member and no more: many clients stop after the first.
    let mut decoder = GzDecoder::new(&gzip[..]);
    decoder.read_to_end(&mut unpacked).expect("gzip");
    assert_eq!(decoder.into_inner().len(), 0, "nothing after the member");
    assert_eq!(unpacked, body);
    String::from_utf8(body.to_vec()).expect("UTF-8")
}

fn sha(joined: &mut Joined) -> [u8; 32] {
    let document = joined.document("<a>", "</a>", ALL);
    document.prepared.sha.expect("there")
}

#[test]
fn newest_first_and_whole() {
    assert_eq!(text(&mut Joined::default()), "<a></a>");
    let mut joined = filled(0..100);
    let text = text(&mut joined);
    assert!(
        text.starts_with("<a><item>99 글</item>\n<item>98 ")
            && text.ends_with("<item>0 글</item>\n</a>")
    );
}

#[test]
fn the_way_does_not_matter() {
    let mut forwards = filled(0..200);
    let mut backwards = filled((0..200).rev());
    let whole = text(&mut forwards);
    assert_eq!(text(&mut backwards), whole);
    assert_eq!(sha(&mut backwards), sha(&mut forwards));
    // There and back again.
    backwards.remove("id0100");
    backwards.put(part(500, "neu"));
    backwards.put(part(7, "anders"));
    assert_ne!(text(&mut backwards), whole);
    assert_ne!(sha(&mut backwards), sha(&mut forwards));
    backwards.remove("id0500");
    backwards.put(part(7, "글"));
    backwards.put(part(100, "글"));
    assert_eq!(text(&mut backwards), whole);
    assert_eq!(sha(&mut backwards), sha(&mut forwards));
    let mut again = Joined::default();
    again.replace(forwards.parts().to_vec());
    assert_eq!(text(&mut again), whole);
}

#[test]
fn pages_are_pieces_of_the_whole() {
    let mut joined = filled(0..100);
    let first = joined.document("", "", 40).body.to_bytes();
    let second = joined.page(40..80, "", "").body.to_bytes();
    let third = joined.page(80..100, "", "").body.to_bytes();
    let whole = joined.document("", "", ALL).body.to_bytes();
    assert_eq!([first, second, third].concat(), whole);
}

fn kept(numbers: impl IntoIterator<Item = u64>, most: usize) -> (Vec<u8>, String) {
    let mut joined = filled(numbers);
    let document = joined.document("<a>", "</a>", most);
    let kept = Kept {
        key: "key".into(),
        head: "<a>".into(),
        joined,
        brotli: Some(document.body.clone()),
        zstd: None,
    };
    let mut file = Vec::new();
    kept::write(&kept, &mut file).expect("written");
    let body = document.body.to_bytes().to_vec();
    (file, String::from_utf8(body).expect("UTF-8"))
}

#[test]
fn a_file_gives_back_what_went_in() {
    for (count, most) in [(0, ALL), (1, ALL), (150, ALL), (150, 60)] {
        let (file, whole) = kept(0..count, most);
        let mut back = kept::read(&mut &file[..]).expect("reads");
        assert_eq!(back.key, "key");
        assert_eq!(back.head, "<a>");
        assert_eq!(back.brotli.expect("there").to_bytes(), whole.as_bytes());
        assert!(back.zstd.is_none());
        let parts = back.joined.parts();
        assert_eq!(parts.len() as u64, count);
        assert_eq!(
            parts.iter().filter(|p| p.note == "a note").count() as u64,
            count.div_ceil(7)
        );
        let chunks = back.joined.kept_chunks().len();
        let document = back.joined.document("<a>", "</a>", most);
        assert_eq!(document.body.to_bytes(), whole.as_bytes());
        assert_eq!(chunks, 0, "nothing was shown yet");
        let mut fresh = filled(0..count);
        let expected = fresh.document("<a>", "</a>", most).prepared;
        assert_eq!(document.prepared.sha, expected.sha);
        assert_eq!(
            document.prepared.gzip.expect("there").to_bytes(),
            expected.gzip.expect("there").to_bytes()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_file_that_is_cut_or_changed_is_refused(at: prop::sample::Index, change in 1_u8..) {
        let (file, _) = kept(0..40, ALL);
        let at = at.index(file.len());
        prop_assert!(kept::read(&mut &file[..at]).is_err());
        let mut changed = file.clone();
        changed[at] ^= change;
        prop_assert!(kept::read(&mut &changed[..]).is_err());
    }

    #[test]
    fn any_run_of_changes_gives_what_building_anew_gives(
        changes in prop::collection::vec((0_u64..80, any::<bool>()), 0..60)
    ) {
        let mut kept = filled(0..40);
        let mut wanted: std::collections::BTreeSet<u64> = (0..40).collect();
        for (n, stays) in changes {
            if stays {
                kept.put(part(n, "글"));
                wanted.insert(n);
            } else {
                kept.remove(&format!("id{n:04}"));
                wanted.remove(&n);
            }
            let mut anew = filled(wanted.iter().copied());
            prop_assert_eq!(sha(&mut kept), sha(&mut anew));
        }
        let mut anew = filled(wanted);
        prop_assert_eq!(text(&mut kept), text(&mut anew));
    }
}
