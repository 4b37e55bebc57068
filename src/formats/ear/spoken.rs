//! Recordings of our own whose truth is known (`tests/fixtures/make-align.sh`): voices that did
//! not teach the table, with music, noise, a sentence left out, two of them swapped and words that
//! the script does not have.
use std::io::Cursor;
use std::ops::ControlFlow;

use super::{Alignment, Asked, Heard, Known, Verdict, align};
use crate::formats::hearing;
use crate::formats::transcript::Timing;

struct Told {
    number: Option<usize>,
    /// In seconds; none for what is not spoken.
    span: Option<(f64, f64)>,
    text: &'static str,
}

fn told(truth: &'static str) -> Vec<Told> {
    let line = |line: &'static str| {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().expect("four cells");
        let number = cell().parse().ok();
        let (from, to) = (cell().parse().ok(), cell().parse().ok());
        Told {
            number,
            span: from.zip(to),
            text: cell(),
        }
    };
    truth.lines().map(line).collect()
}

/// What is asked of a recording: the sentences of its script are found within half a second, those
/// that stand elsewhere too, and no more of them are in doubt than `may_doubt`; sentences that are
/// not spoken are left out; what is spoken besides is a gap.
fn listens(sound: &'static [u8], truth: &'static str, language: &str, may_doubt: usize) {
    let told = told(truth);
    let script: Vec<&Told> = told.iter().filter(|t| t.number.is_some()).collect();
    let found = found(&hear(sound), script.iter().map(|told| told.text), language);
    assert_eq!(found.verdict, Verdict::Good);
    let mut doubted = 0;
    for (told, times) in script.iter().zip(&found.times) {
        let timing = times.timing();
        let Some((from, _)) = told.span else {
            assert!(timing.is_none(), "not spoken: {} {timing:?}", told.text);
            continue;
        };
        let at = timing.map(|t| t.start_ms as f64 / 1000.0);
        let off = at.map(|at| (at - from).abs());
        assert!(off.is_some_and(|off| off < 0.5), "{} {off:?}", told.text);
        doubted += usize::from(!timing.is_some_and(Timing::is_sure));
    }
    assert!(doubted <= may_doubt, "{doubted} are in doubt");
    let besides = told.iter().filter(|told| told.number.is_none());
    let besides: Vec<(f64, f64)> = besides.filter_map(|told| told.span).collect();
    for (from, to) in besides {
        let shared = found.gaps.iter().map(|gap| {
            let (start, end) = (gap.start_ms as f64 / 1000.0, gap.end_ms as f64 / 1000.0);
            (end.min(to) - start.max(from)).max(0.0)
        });
        let shared: f64 = shared.sum();
        assert!(shared > 0.7 * (to - from), "{shared} s of {from} to {to}");
    }
}

fn hear(sound: &'static [u8]) -> Heard {
    let go = &mut |_| ControlFlow::Continue(());
    let hearing = hearing::listen(Box::new(Cursor::new(sound)), go);
    hearing.expect("sound").heard
}

fn found<'t>(heard: &Heard, script: impl Iterator<Item = &'t str>, language: &str) -> Alignment {
    let asked: Vec<Asked> = script
        .map(|text| Asked {
            text: text.to_owned(),
            language: language.to_owned(),
            known: Known::Nothing,
        })
        .collect();
    align(heard, &asked, None, &mut |_| ControlFlow::Continue(())).expect("nobody stops it")
}

macro_rules! fixture {
    ($name:literal, $form:ident) => {
        $form!(concat!("../../../tests/fixtures/align/", $name))
    };
}

#[test]
fn a_korean_letter_is_found_between_music_with_two_sentences_swapped() {
    let sound = fixture!("teahouse.mp3", include_bytes);
    listens(sound, fixture!("teahouse.tsv", include_str), "ko", 1);
}

#[test]
fn an_english_letter_is_found_in_a_small_opus_file() {
    let sound = fixture!("ferry.opus", include_bytes);
    listens(sound, fixture!("ferry.tsv", include_str), "en", 1);
}

/// Of a few sentences that nobody spoke some are like something that somebody did: readers are
/// promised none of them.
#[test]
fn a_short_script_of_something_else_is_never_sure() {
    let sound = fixture!("ferry.opus", include_bytes);
    let other = [
        "The first snow fell ten days earlier than it did last year.",
        "Our team let in two goals before the break.",
        "The library is closed on Mondays.",
        "The mayor said that bus fares would not rise before spring.",
    ];
    let heard = hear(sound);
    let mut placed = 0;
    for part in [1..3, 0..4] {
        let found = found(&heard, other[part.clone()].iter().copied(), "en");
        let times = found.times.iter().filter_map(|times| times.timing());
        let (sure, unsure): (Vec<_>, Vec<_>) = times.partition(|timing| timing.is_sure());
        placed += unsure.len();
        let is_taken = found.verdict != Verdict::OtherScript;
        assert!(!is_taken || sure.is_empty(), "{part:?}: {found:?}");
        assert_ne!(found.verdict, Verdict::Good, "{part:?}");
    }
    assert!(placed > 0, "none was like anything: the test says nothing");
}
