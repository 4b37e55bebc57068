//! Any bytes as the sound of a recording: no crash, no hang, and only numbers come out. The first
//! byte chooses the kind.
#![no_main]

use std::io::Cursor;
use std::ops::ControlFlow;

use daebon::formats::audio::AudioKind;
use daebon::formats::sound::listen;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else {
        return;
    };
    let kind = AudioKind::ALL[usize::from(*first) % AudioKind::ALL.len()];
    let length = bytes.len() as u64;
    let mut heard = 0;
    let _ = listen(Cursor::new(bytes.to_vec()), length, kind, &mut |block| {
        assert!(block.iter().all(|x| x.is_finite()));
        heard += block.len();
        // Ten minutes: the rest would be the same.
        if heard > 9_600_000 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
});
