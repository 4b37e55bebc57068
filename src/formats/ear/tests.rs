//! What the ear owes those who call it, whatever they bring.
use std::ops::ControlFlow;

use proptest::prelude::*;

use super::*;
use crate::formats::transcript::{Origin, Times};

const WORDS: &str = "오늘은 골목 끝에 있는 작은 빵집 이야기를 하려고 합니다.";

fn asked(text: &str) -> Asked {
    Asked {
        text: text.to_owned(),
        language: "ko".to_owned(),
        known: Known::Nothing,
    }
}

fn noise(samples: usize) -> Vec<f32> {
    let mut state = 7u32;
    (0..samples)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 16_777_216.0 - 0.5
        })
        .collect()
}

fn heard(samples: &[f32]) -> Heard {
    let mut listener = Listener::new();
    listener.push(samples);
    listener.finish()
}

fn answer(heard: &Heard, asked: &[Asked]) -> Alignment {
    align(heard, asked, None, &mut |_| ControlFlow::Continue(())).expect("nobody stops it")
}

#[test]
fn pieces_of_any_length_are_heard_as_one() {
    let sound = noise(20_000);
    let mut listener = Listener::new();
    for piece in sound.chunks(777) {
        listener.push(piece);
    }
    let pieces = listener.finish();
    assert_eq!(pieces, heard(&sound));
    assert_eq!(pieces.duration_ms(), 1250);
    assert_eq!(pieces.frames().len(), 125);
}

#[test]
fn what_was_heard_survives_being_kept() {
    let heard = heard(&noise(16_161));
    let bytes = heard.to_bytes();
    assert_eq!(Heard::from_bytes(&bytes), Some(heard));
    assert_eq!(Heard::from_bytes(&bytes[..bytes.len() - 1]), None);
    assert_eq!(Heard::from_bytes(b"daebonH0"), None);
}

#[test]
fn the_built_in_table_is_whole_and_small() {
    let table = table::Table::built_in();
    let bytes = table.to_bytes();
    assert!(bytes.len() < 200_000);
    assert!(table::Table::from_bytes(&bytes[..bytes.len() - 3]).is_none());
}

#[test]
fn nothing_comes_of_nothing() {
    for samples in [0, 1, 159, 160, 1600, 16_000] {
        let heard = heard(&vec![0.0; samples]);
        assert_eq!(answer(&heard, &[]).times, []);
        let one = answer(&heard, &[asked("네.")]);
        assert_eq!(one.times.len(), 1);
        let long = vec![asked(WORDS); 60];
        assert_eq!(answer(&heard, &long).times.len(), 60);
    }
}

#[test]
fn what_an_author_said_stays() {
    let heard = heard(&noise(16_000 * 6));
    let mut script = vec![asked(WORDS); 5];
    script[0].known = Known::NotSpoken;
    script[2].known = Known::At {
        start_ms: 2_000,
        end_ms: 3_010,
    };
    // Out of order, and beyond the end.
    script[3].known = Known::At {
        start_ms: 1_000,
        end_ms: 1_005,
    };
    script[4].known = Known::At {
        start_ms: 100_000,
        end_ms: 90_000,
    };
    let times = answer(&heard, &script).times;
    assert_eq!(times[0], Times::NotSpoken(true));
    for (j, start_ms) in [(2, 2_000), (3, 1_000), (4, 100_000)] {
        let timing = times[j].timing().expect("it is known");
        assert_eq!((timing.start_ms, timing.origin), (start_ms, Origin::ByHand));
    }
    if let Some(timing) = times[1].timing() {
        assert!(timing.end_ms <= 2_000, "{timing:?} runs into what is known");
    }
}

#[test]
fn a_stretch_is_looked_at_alone() {
    let heard = heard(&noise(16_000 * 8));
    let stretch = Some((3_000, 5_000));
    let go = &mut |_| ControlFlow::Continue(());
    let script = vec![asked(WORDS); 3];
    let found = align(&heard, &script, stretch, go).expect("nobody stops it");
    for timing in found.times.iter().filter_map(Times::timing) {
        assert!(
            timing.start_ms >= 3_000 && timing.end_ms <= 5_000,
            "{timing:?}"
        );
    }
}

#[test]
fn it_tells_how_far_it_is_and_stops_when_told_to() {
    let heard = heard(&noise(16_000 * 4));
    let script = vec![asked(WORDS); 2];
    let mut told = Vec::new();
    let done = align(&heard, &script, None, &mut |percent| {
        told.push(percent);
        ControlFlow::Continue(())
    });
    assert!(done.is_ok());
    assert!(told.is_sorted() && told.len() > 5, "{told:?}");
    let stopped = align(&heard, &script, None, &mut |percent| {
        if percent < 30 {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    assert_eq!(stopped, Err(Stopped));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_upset_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Heard::from_bytes(&bytes);
        let mut kept = noise_bytes();
        for (slot, byte) in kept.iter_mut().skip(16).zip(&bytes) {
            *slot = *byte;
        }
        let heard = Heard::from_bytes(&kept).expect("any frames are frames");
        prop_assert_eq!(heard.to_bytes(), kept);
    }

    #[test]
    fn any_script_of_any_sound_is_answered(
        texts in prop::collection::vec("\\PC{0,40}", 0..6),
        samples in 0usize..8_000,
        loud in 0f32..3.0,
    ) {
        let sound: Vec<f32> = noise(samples).iter().map(|x| x * loud).collect();
        let script: Vec<Asked> = texts.iter().map(|text| asked(text)).collect();
        let heard = heard(&sound);
        let found = answer(&heard, &script);
        prop_assert_eq!(found.times.len(), script.len());
        for timing in found.times.iter().filter_map(Times::timing) {
            prop_assert!(timing.start_ms < timing.end_ms);
            prop_assert!(timing.end_ms <= heard.duration_ms());
        }
    }
}

fn noise_bytes() -> Vec<u8> {
    heard(&noise(3_200)).to_bytes()
}
