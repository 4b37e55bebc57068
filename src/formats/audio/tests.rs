//! Tests of the recordings: our own fixtures, what is refused, and bytes that mean ill.
use std::io::Cursor;

use proptest::prelude::*;

use super::*;

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/fixtures/audio/", $name)).as_slice()
    };
}

/// Kind, length by `ffprobe` and sox in milliseconds, bytes; the voice lasts 4000 ms, of which
/// frames and encoder delay make a little more where the file does not say how much.
const WHOLE: [(AudioKind, u64, u64, &[u8]); 10] = [
    (AudioKind::Mp3, 4000, 1, fixture!("cbr.mp3")),
    (AudioKind::Mp3, 4000, 1, fixture!("vbr-xing.mp3")),
    (AudioKind::Mp3, 4049, 30, fixture!("vbr-no-xing.mp3")),
    (AudioKind::M4a, 4000, 50, fixture!("aac.m4a")),
    (AudioKind::M4a, 4023, 50, fixture!("fragments.m4a")),
    (AudioKind::Aac, 4000, 50, fixture!("adts.aac")),
    (AudioKind::Opus, 4000, 1, fixture!("voice.opus")),
    (AudioKind::OggVorbis, 4000, 1, fixture!("voice.ogg")),
    (AudioKind::Flac, 2000, 0, fixture!("small.flac")),
    (AudioKind::Wav, 2000, 0, fixture!("small.wav")),
];

fn read(bytes: &[u8]) -> Result<AudioInfo, AudioError> {
    probe(&mut Cursor::new(bytes), bytes.len() as u64)
}

#[test]
fn whole_files() {
    for (kind, duration_ms, tolerance_ms, bytes) in WHOLE {
        let info = read(bytes).expect("a recording");
        assert_eq!(info.kind, kind);
        let off = info.duration_ms.abs_diff(duration_ms);
        assert!(off <= tolerance_ms, "{kind:?} {} ms", info.duration_ms);
        assert_eq!(info.channels, 1, "{kind:?}");
        let rate = match kind {
            AudioKind::Opus => 48_000,
            AudioKind::Flac | AudioKind::Wav => 8_000,
            _ => 44_100,
        };
        assert_eq!(info.sample_rate_hz, rate, "{kind:?}");
        assert!(
            (10_000..140_000).contains(&info.bitrate_bps),
            "{kind:?} {}",
            info.bitrate_bps
        );
    }
}

#[test]
fn tags_and_chapters() {
    for bytes in [
        fixture!("cbr.mp3"),
        fixture!("aac.m4a"),
        fixture!("voice.opus"),
    ] {
        let AudioInfo { kind, tags, .. } = read(bytes).expect("a recording");
        assert_eq!(tags.title.as_deref(), Some("시험 녹음"), "{kind:?}");
        assert_eq!(tags.artist.as_deref(), Some("대본"), "{kind:?}");
        assert_eq!(tags.album.as_deref(), Some("Fixtures"), "{kind:?}");
        assert_eq!(tags.picture.is_some(), kind == AudioKind::Mp3);
        let chapters: Vec<_> = tags
            .chapters
            .iter()
            .map(|c| (c.start_ms, c.title.as_str()))
            .collect();
        assert_eq!(
            chapters,
            [(0, "여는 말"), (1500, "Second part")],
            "{kind:?}"
        );
    }
    let tags = read(fixture!("cbr.mp3")).expect("a recording").tags;
    assert_eq!(
        tags.picture.map(|picture| picture.kind),
        Some(PictureKind::Jpeg)
    );
    assert_eq!(tags.chapters[0].end_ms, Some(1500));
    assert_eq!(
        read(fixture!("small.wav"))
            .expect("one")
            .tags
            .title
            .as_deref(),
        Some("Fixture")
    );
}

#[test]
fn cut_off_files() {
    for bytes in [
        fixture!("cut-vbr-xing.mp3"),
        fixture!("cut-aac.m4a"),
        fixture!("cut-voice.opus"),
        fixture!("cut-small.flac"),
        fixture!("cut-small.wav"),
    ] {
        assert!(
            matches!(read(bytes), Err(AudioError::CutOff)),
            "{:?}",
            read(bytes)
        );
    }
    // Anywhere in the sound, not only where the fixtures are cut.
    for name in [
        fixture!("small.flac"),
        fixture!("small.wav"),
        fixture!("vbr-xing.mp3"),
    ] {
        for part in 1..8 {
            let bytes = &name[..name.len() * part / 8];
            assert!(
                matches!(read(bytes), Err(AudioError::CutOff)),
                "{part}/8 {:?}",
                read(bytes)
            );
        }
    }
}

#[test]
fn what_is_not_played_everywhere() {
    let why = |bytes: &[u8]| match read(bytes) {
        Err(AudioError::Unsupported(why)) => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        why(fixture!("alac.m4a")),
        Unsupported::Format("Apple Lossless (ALAC)")
    );
    assert_eq!(why(fixture!("film.mp4")), Unsupported::Video);
    assert_eq!(
        why(b"\x1A\x45\xDF\xA3 and more"),
        Unsupported::Format("WebM/Matroska")
    );
    assert_eq!(why(b"FORM\0\0\0\x20AIFFCOMM"), Unsupported::Format("AIFF"));
}

#[test]
fn what_is_no_sound() {
    let mp3 = fixture!("vbr-no-xing.mp3");
    let mut tag_only = b"ID3\x04\0\0\0\0\0\x0A".to_vec();
    tag_only.extend_from_slice(&[0; 10]);
    assert!(matches!(read(b""), Err(AudioError::Empty)));
    assert!(matches!(read(&tag_only), Err(AudioError::Empty)));
    for bytes in [
        &b"\x89PNG\r\n\x1A\n"[..],
        b"hello",
        b"RIFF\0\0\0\0WEBPVP8 ",
        // An archive or a page that holds an MP3 byte for byte is no MP3.
        &[b"PK\x03\x04\x0A\0\0\0\0\0", mp3].concat(),
        &[b"<!doctype html><script>alert(1)</script>", mp3].concat(),
    ] {
        assert!(
            matches!(read(bytes), Err(AudioError::NotAudio)),
            "{:?}",
            read(bytes)
        );
    }
}

#[test]
fn a_page_hidden_in_a_tag_stays_an_mp3_by_type() {
    let mut bytes = b"ID3\x03\0\0\0\0\x01\0<script>alert(1)</script>".to_vec();
    bytes.resize(10 + 128, b' ');
    bytes.extend_from_slice(fixture!("vbr-no-xing.mp3"));
    let info = read(&bytes).expect("an MP3 whose tag says nothing");
    assert_eq!(info.kind.media_type(), "audio/mpeg");
    assert_eq!(info.tags, AudioTags::default());
}

#[test]
fn joined_files_are_as_long_as_both() {
    let first = fixture!("vbr-xing.mp3");
    let joined = [first, first, first].concat();
    let info = read(&joined).expect("an MP3");
    assert!(
        info.duration_ms.abs_diff(12_000) < 200,
        "{}",
        info.duration_ms
    );
    let opus = fixture!("voice.opus");
    let info = read(&[opus, opus].concat()).expect("chained Opus");
    assert!(
        info.duration_ms.abs_diff(8_000) < 20,
        "{}",
        info.duration_ms
    );
}

#[test]
fn a_recorder_that_could_not_go_back_leaves_a_size_of_all_bits() {
    let mut wav = fixture!("small.wav").to_vec();
    let data = wav
        .windows(4)
        .position(|w| w == b"data")
        .expect("a data chunk");
    wav[data + 4..data + 8].fill(0xFF);
    assert!(read(&wav).expect("a WAV").duration_ms.abs_diff(2000) < 20);
}

#[test]
fn kinds_are_read_back() {
    for kind in AudioKind::ALL {
        assert_eq!(AudioKind::parse(kind.as_str()), Some(kind));
        assert_eq!(AudioKind::from_extension(kind.extension()), Some(kind));
        let json = serde_json::to_string(&kind).expect("a word");
        assert_eq!(json, format!("\"{}\"", kind.as_str()));
    }
    assert_eq!(AudioKind::parse("exe"), None);
    let apple: Vec<_> = AudioKind::ALL
        .into_iter()
        .filter(|kind| kind.apple_accepts())
        .collect();
    assert_eq!(apple, [AudioKind::Mp3, AudioKind::M4a, AudioKind::Aac]);
}

#[test]
fn what_a_worker_hands_over_is_read_back() {
    let mut info = read(fixture!("cbr.mp3")).expect("an MP3");
    let json = serde_json::to_string(&info).expect("JSON");
    info.tags.picture = None;
    assert_eq!(
        serde_json::from_str::<AudioInfo>(&json).expect("the same"),
        info
    );
    let tags: AudioTags = serde_json::from_str("{}").expect("no tags");
    assert_eq!(tags, AudioTags::default());
}

#[test]
fn every_refusal_has_its_sentence() {
    let errors = [
        AudioError::NotAudio,
        AudioError::CutOff,
        AudioError::Unsupported(Unsupported::Video),
        AudioError::Unsupported(Unsupported::Protected),
        AudioError::Unsupported(Unsupported::Format("WMA")),
        AudioError::Empty,
        AudioError::TooShort,
        AudioError::Io(std::io::Error::other("a disk")),
    ];
    let files = [
        include_str!("../../../locales/ko/audio.ftl"),
        include_str!("../../../locales/en/audio.ftl"),
    ];
    for file in files {
        let has = |key: &str| {
            file.lines()
                .any(|line| line.starts_with(&format!("{key} = ")))
        };
        assert!(has("audio-apple-warning"));
        for message in errors.iter().map(AudioError::message) {
            assert!(has(message.key), "{}", message.key);
            for (name, _) in message.args {
                assert!(file.contains(&format!("${name}")), "{name}");
            }
        }
    }
}

#[test]
fn tag_texts_are_cleaned() {
    assert_eq!(
        tags::clean(" a\0b\u{1b}[31m\u{202E}\n c ").as_deref(),
        Some("a b [31m c")
    );
    assert_eq!(
        tags::clean("\u{1112}\u{1161}\u{11AB}").as_deref(),
        Some("한")
    );
    assert_eq!(tags::clean("\0\n \u{200B}"), None);
    assert_eq!(
        tags::clean(&"가".repeat(1000)).map(|t| t.chars().count()),
        Some(500)
    );
}

fn holds(result: Result<AudioInfo, AudioError>) -> Result<(), TestCaseError> {
    if let Ok(info) = result {
        prop_assert!(info.duration_ms > 0 && info.duration_ms <= MAX_DURATION_MS);
        prop_assert!(info.sample_rate_hz > 0 && info.channels > 0);
        let tags = &info.tags;
        for text in [&tags.title, &tags.artist, &tags.album, &tags.comment]
            .into_iter()
            .flatten()
        {
            prop_assert!(text.chars().count() <= 500 && !text.chars().any(char::is_control));
        }
        for chapter in &tags.chapters {
            prop_assert!(chapter.start_ms < info.duration_ms);
            prop_assert!(chapter.end_ms.is_none_or(|end| end > chapter.start_ms));
        }
    }
    Ok(())
}

const MAGICS: [&[u8]; 9] = [
    b"",
    b"ID3\x04\0\0\0\0\0\x20",
    b"fLaC\0\0\0\x22",
    b"OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x1E\x01vorbis",
    b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0",
    b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42\0\0\0\x60moov",
    b"\xFF\xFB\x90\x64",
    b"\xFF\xF1\x50\x80\x02\x1F\xFC",
    b"RF64\xFF\xFF\xFF\xFFWAVEds64",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_end_well(
        magic in 0..MAGICS.len(),
        bytes in prop::collection::vec(any::<u8>(), 0..3000),
    ) {
        holds(read(&[MAGICS[magic], &bytes].concat()))?;
    }

    #[test]
    fn damaged_files_end_well(
        file in 0..WHOLE.len(),
        // Most of what can be broken stands near the beginning.
        changes in prop::collection::vec((0.0..1.0_f64, any::<u8>(), any::<bool>()), 1..12),
        keep in 0.0..1.4_f64,
    ) {
        let mut bytes = WHOLE[file].3.to_vec();
        for (place, value, near) in changes {
            let span = if near { bytes.len().min(600) } else { bytes.len() };
            bytes[(place * span as f64) as usize] = value;
        }
        bytes.truncate((keep * bytes.len() as f64) as usize);
        holds(read(&bytes))?;
    }

    #[test]
    fn a_reader_shorter_than_said_ends_well(file in 0..WHOLE.len(), more in 0..100_000_u64) {
        let bytes = WHOLE[file].3;
        holds(probe(&mut Cursor::new(bytes), bytes.len() as u64 + more))?;
    }
}
