//! Sound: our own fixtures against what they hold, and bytes that mean ill.
use std::io::Cursor;

use proptest::prelude::*;

use super::*;

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/fixtures/audio/", $name)).as_slice()
    };
}

/// The same voice of four seconds in every kind.
const VOICES: [(AudioKind, u64, &[u8]); 8] = [
    (AudioKind::Mp3, 4000, fixture!("cbr.mp3")),
    (AudioKind::Mp3, 4000, fixture!("vbr-xing.mp3")),
    (AudioKind::Mp3, 4049, fixture!("vbr-no-xing.mp3")),
    (AudioKind::M4a, 4000, fixture!("aac.m4a")),
    (AudioKind::M4a, 4040, fixture!("fragments.m4a")),
    (AudioKind::Aac, 4023, fixture!("adts.aac")),
    (AudioKind::Opus, 4000, fixture!("voice.opus")),
    (AudioKind::OggVorbis, 4000, fixture!("voice.ogg")),
];

fn hear(kind: AudioKind, bytes: &[u8]) -> Result<(Sound, Vec<f32>), SoundError> {
    let mut samples = Vec::new();
    let length = bytes.len() as u64;
    let sound = listen(Cursor::new(bytes.to_vec()), length, kind, &mut |block| {
        samples.extend_from_slice(block);
        ControlFlow::Continue(())
    })?;
    Ok((sound, samples))
}

/// How many samples `b` lies behind `a`, within a tenth of a second, by a second of them.
fn lag(a: &[f32], b: &[f32]) -> isize {
    let most = RATE_HZ as isize / 10;
    let begin = a.len() / 2;
    let part = &a[begin..(begin + 8000).min(a.len())];
    let likeness = |lag: isize| -> f32 {
        let from = usize::try_from(begin as isize + lag).unwrap_or(0);
        let other = b.get(from..).unwrap_or_default();
        part.iter().zip(other).map(|(x, y)| x * y).sum()
    };
    (-most..=most)
        .max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)))
        .unwrap_or_default()
}

#[test]
fn every_kind_is_heard_from_its_first_sample_on() {
    let (_, first) = hear(VOICES[0].0, VOICES[0].2).expect("sound");
    for (kind, duration_ms, bytes) in VOICES {
        let (sound, samples) = hear(kind, bytes).expect("sound");
        let handed_ms = (samples.len() as u64 * 1000 + 8000) / 16_000;
        assert_eq!(sound.duration_ms, handed_ms, "{kind:?}");
        let off = sound.duration_ms.abs_diff(duration_ms);
        assert!(off <= 20, "{kind:?} {}", sound.duration_ms);
        assert!(!sound.is_cut_off, "{kind:?}");
        assert_eq!(sound.damaged_packets, 0, "{kind:?}");
        assert_eq!(
            sound.peaks.len() as u64,
            sound.duration_ms.div_ceil(50),
            "{kind:?}"
        );
        assert!(sound.peaks.iter().any(|peak| *peak > 100), "{kind:?}");
        // What FFmpeg measures.
        let lufs = sound.loudness.integrated_lufs.expect("a voice");
        assert!((lufs + 23.4).abs() < 0.6, "{kind:?} {lufs}");
        // Without a tag the encoder's delay is there: browsers play it too.
        let lag_ms = lag(&first, &samples) / 16;
        let untold = duration_ms != 4000;
        assert!(
            if untold {
                (0..=75).contains(&lag_ms)
            } else {
                lag_ms == 0
            },
            "{kind:?} {lag_ms}"
        );
    }
}

#[test]
fn no_compression_is_no_change() {
    for (kind, bytes) in [
        (AudioKind::Flac, fixture!("small.flac")),
        (AudioKind::Wav, fixture!("small.wav")),
    ] {
        let (sound, samples) = hear(kind, bytes).expect("sound");
        assert_eq!(
            (sound.duration_ms, samples.len()),
            (2000, 32_000),
            "{kind:?}"
        );
        assert_eq!(sound.peaks.len(), 40);
    }
}

/// A WAV of this rate and format, of one sine.
fn sine(rate_hz: u32, hz: f64, bits: u16, channels: u16) -> Vec<u8> {
    let frames = rate_hz;
    let width = u32::from(bits / 8) * u32::from(channels);
    let mut wav = Vec::new();
    wav.extend_from_slice(b"RIFF");
    wav.extend((36 + frames * width).to_le_bytes());
    wav.extend_from_slice(b"WAVEfmt \x10\0\0\0");
    wav.extend(if bits == 32 { 3_u16 } else { 1 }.to_le_bytes());
    wav.extend(channels.to_le_bytes());
    wav.extend(rate_hz.to_le_bytes());
    wav.extend((rate_hz * width).to_le_bytes());
    wav.extend((width as u16).to_le_bytes());
    wav.extend(bits.to_le_bytes());
    wav.extend_from_slice(b"data");
    wav.extend((frames * width).to_le_bytes());
    for i in 0..frames {
        let x = 0.5 * (std::f64::consts::TAU * hz * f64::from(i) / f64::from(rate_hz)).sin();
        for _ in 0..channels {
            match bits {
                8 => wav.push((128.0 + x * 127.0) as u8),
                16 => wav.extend(((x * 32767.0) as i16).to_le_bytes()),
                24 => wav.extend(&((x * 8_388_607.0) as i32).to_le_bytes()[..3]),
                _ => wav.extend((x as f32).to_le_bytes()),
            }
        }
    }
    wav
}

#[test]
fn every_rate_and_width_keeps_tone_and_time() {
    for (rate_hz, bits, channels) in [
        (8_000, 16, 1),
        (11_025, 8, 2),
        (16_000, 16, 2),
        (22_050, 24, 1),
        (44_100, 32, 2),
        (48_000, 24, 1),
        (96_000, 16, 1),
        (44_101, 16, 1),
    ] {
        let wav = sine(rate_hz, 300.0, bits, channels);
        let (sound, samples) = hear(AudioKind::Wav, &wav).expect("sound");
        assert_eq!(samples.len(), 16_000, "{rate_hz} {bits}");
        assert!(!sound.is_cut_off);
        let off = samples
            .iter()
            .enumerate()
            .skip(400)
            .take(15_200)
            .map(|(i, x)| {
                let due = 0.5 * (std::f64::consts::TAU * 300.0 * i as f64 / 16_000.0).sin();
                (f64::from(*x) - due).abs()
            });
        let (at, most) = off
            .enumerate()
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .expect("samples");
        // A sample too early or too late would be 0.06.
        assert!(most < 0.055, "{rate_hz} {bits}: off by {most} at {at}");
        let peak = sound.loudness.peak_dbfs.expect("a tone");
        assert!((peak + 6.02).abs() < 0.1, "{rate_hz} {peak}");
        assert!(
            sound.peaks[1..19].iter().all(|p| (125..=129).contains(p)),
            "{:?}",
            sound.peaks
        );
    }
}

#[test]
fn what_is_cut_off_is_heard_as_far_as_it_goes() {
    for (kind, bytes) in [
        (AudioKind::Mp3, fixture!("cut-vbr-xing.mp3")),
        (AudioKind::M4a, fixture!("cut-aac.m4a")),
        (AudioKind::Flac, fixture!("cut-small.flac")),
        (AudioKind::Wav, fixture!("cut-small.wav")),
    ] {
        // The index of an MP4 file stands behind the sound: nothing is left of this one.
        match hear(kind, bytes) {
            Ok((sound, _)) => {
                assert!(sound.is_cut_off, "{kind:?}");
                assert!(
                    (100..3000).contains(&sound.duration_ms),
                    "{kind:?} {}",
                    sound.duration_ms
                );
            }
            Err(error) => assert!(kind == AudioKind::M4a && !error.is_passing(), "{error}"),
        }
    }
}

#[test]
fn a_hole_keeps_the_time_of_what_follows() {
    let mut bytes = fixture!("cbr.mp3").to_vec();
    let whole = hear(AudioKind::Mp3, &bytes).expect("sound").1;
    let middle = bytes.len() / 2;
    // The bits of a few frames, not their headers.
    for at in middle..middle + 900 {
        if bytes[at] != 0xFF
            && bytes[at - 1] != 0xFF
            && bytes[at - 2] != 0xFF
            && bytes[at - 3] != 0xFF
        {
            bytes[at] = !bytes[at] & 0x7F;
        }
    }
    let torn = hear(AudioKind::Mp3, &bytes).expect("sound").1;
    assert_eq!(whole.len(), torn.len());
    let tail = whole.len() * 3 / 4;
    assert_eq!(lag(&whole[tail..], &torn[tail..]), 0);
}

#[test]
fn two_files_joined_are_heard_to_the_end() {
    let one = fixture!("vbr-xing.mp3");
    let (sound, _) = hear(AudioKind::Mp3, &[one, one].concat()).expect("sound");
    assert!(
        (7_800..8_300).contains(&sound.duration_ms),
        "{}",
        sound.duration_ms
    );
}

#[test]
fn who_has_heard_enough_says_so() {
    let bytes = fixture!("voice.ogg").to_vec();
    let length = bytes.len() as u64;
    let mut heard = 0;
    let sound = listen(
        Cursor::new(bytes),
        length,
        AudioKind::OggVorbis,
        &mut |block| {
            heard += block.len();
            if heard > 16_000 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
    );
    let sound = sound.expect("what was heard");
    assert!(!sound.is_cut_off);
    assert!(
        (1000..1500).contains(&sound.duration_ms),
        "{}",
        sound.duration_ms
    );
}

#[test]
fn what_is_not_decoded_is_told_in_a_sentence() {
    let text = b"no sound at all, whatever the name says".as_slice();
    for kind in AudioKind::ALL {
        let error = hear(kind, text).expect_err("text");
        assert!(!error.is_passing(), "{kind:?}");
    }
    let mut opus = fixture!("voice.opus").to_vec();
    let head = opus
        .windows(8)
        .position(|w| w == b"OpusHead")
        .expect("an Opus file");
    opus[head + 9] = 6;
    opus[head + 18] = 1;
    let error = hear(AudioKind::Opus, &opus).expect_err("six channels");
    assert!(matches!(
        error.message().key,
        "sound-unsupported" | "sound-damaged"
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn damaged_files_end_well(
        file in 0..VOICES.len(),
        changes in prop::collection::vec((0.0..1.0_f64, any::<u8>(), any::<bool>()), 1..40),
        keep in 0.0..1.4_f64,
    ) {
        let mut bytes = VOICES[file].2.to_vec();
        for (place, value, near) in changes {
            let span = if near { bytes.len().min(600) } else { bytes.len() };
            bytes[(place * span as f64) as usize] = value;
        }
        bytes.truncate((keep * bytes.len() as f64) as usize);
        if let Ok((sound, samples)) = hear(VOICES[file].0, &bytes) {
            prop_assert!(samples.iter().all(|x| x.is_finite()));
            prop_assert!(sound.peaks.len() as u64 >= sound.duration_ms / 51);
        }
    }

    #[test]
    fn any_bytes_of_any_kind_end_well(
        file in 0..VOICES.len(),
        kind in 0..AudioKind::ALL.len(),
        bytes in prop::collection::vec(any::<u8>(), 0..3000),
        begin in 0..400_usize,
    ) {
        let bytes = [&VOICES[file].2[..begin], &bytes].concat();
        if let Ok((_, samples)) = hear(AudioKind::ALL[kind], &bytes) {
            prop_assert!(samples.iter().all(|x| x.is_finite()));
        }
    }
}

#[test]
fn damage_that_left_silence_alone_is_no_sound() {
    let (voice, _) = hear(AudioKind::Mp3, fixture!("cbr.mp3")).expect("sound");
    let silent = Loudness::default();
    for (damaged_packets, loudness, is_lost) in [
        (0, silent, false),
        (3, silent, true),
        (3, voice.loudness, false),
    ] {
        let sound = Sound {
            damaged_packets,
            loudness,
            ..voice.clone()
        };
        assert_eq!(sound.is_lost(), is_lost, "{damaged_packets} {loudness:?}");
    }
}
