//! Recordings in and out, on both engines.
use super::model::{readable, shown_name};
use super::{Recording, find, insert, size_text, take_in};
use crate::features::media;
use crate::features::testing::{sites, wav};
use crate::formats::audio::{AudioKind, AudioTags, Chapter};
use crate::formats::image::default_cover;
use crate::kernel::Error;
use crate::kernel::ids::RecordingId;
use crate::kernel::time::Instant;
use crate::ports::media::Stored;

#[test]
fn names_of_files_are_made_readable() {
    for (name, title) in [
        ("아침 논평.mp3", Some("아침 논평")),
        (
            "2026-11-24_morning_talk.final.mp3",
            Some("2026-11-24 morning talk.final"),
        ),
        ("첫눈-오는-날-2026-11.wav", Some("첫눈 오는 날 2026-11")),
        ("A - B.mp3", Some("A - B")),
        ("Recording (3).m4a", None),
        ("새 녹음 12.m4a", None),
        ("20261124_0815.wav", None),
        (".mp3", None),
        ("recording", None),
    ] {
        assert_eq!(readable(name).as_deref(), title, "{name}");
    }
}

#[tokio::test]
async fn what_is_written_is_read() {
    for site in sites().await {
        let recording = Recording {
            id: RecordingId::random(),
            media_hash: "b".repeat(64),
            length_bytes: 123,
            present: true,
            kind: AudioKind::OggVorbis,
            duration_ms: 1,
            bitrate_bps: 2,
            sample_rate_hz: 3,
            channels: 4,
            original_name: "녹음.ogg".to_owned(),
            tags: AudioTags {
                title: Some("제목".to_owned()),
                chapters: vec![Chapter {
                    start_ms: 0,
                    end_ms: None,
                    title: "하나".to_owned(),
                }],
                ..AudioTags::default()
            },
            artwork_hash: Some("c".repeat(16)),
            created_at: Instant(5),
        };
        let mut tx = site.state.db.begin().await.expect("begins");
        let file = Stored {
            hash: recording.media_hash.clone(),
            length_bytes: recording.length_bytes,
        };
        media::insert(&mut tx, &file).await.expect("inserts");
        insert(&mut tx, &recording).await.expect("inserts");
        tx.commit().await.expect("commits");
        let read = find(&site.state.db, &recording.id).await.expect("there");
        assert_eq!(read, recording);
        assert_eq!(read.suggestions().chapters.len(), 1);
        assert!(read.apple_warning().is_some());
        let other = find(&site.state.db, &RecordingId::random()).await;
        assert!(matches!(other, Err(Error::NotFound)));
    }
}

/// An ID3v2.3 tag with a title and a front cover.
fn id3(title: &str, jpeg: &[u8]) -> Vec<u8> {
    let frame = |name: &[u8], content: &[u8]| {
        let length = u32::try_from(content.len()).expect("small");
        [name, &length.to_be_bytes(), &[0, 0], content].concat()
    };
    let title = frame(b"TIT2", &[&[0], title.as_bytes()].concat());
    let picture = frame(b"APIC", &[&b"\0image/jpeg\0\x03\0"[..], jpeg].concat());
    let body = [title, picture].concat();
    let n = body.len();
    let size = [n >> 21, n >> 14, n >> 7, n].map(|b| (b & 0x7f) as u8);
    [&b"ID3\x03\0\0"[..], &size, &body].concat()
}

/// MPEG-1 layer III frames of silence, 128 kbit/s at 44.1 kHz.
fn mp3(frames: usize) -> Vec<u8> {
    let mut frame = vec![0u8; 417];
    frame[..4].copy_from_slice(&[0xFF, 0xFB, 0x90, 0xC0]);
    frame.repeat(frames)
}

#[tokio::test]
async fn tags_offer_title_and_cover() {
    let drawn = default_cover("그림");
    let file = [id3("A title", &drawn.variants[0].1), mp3(200)].concat();
    for site in sites().await {
        let temp = site.state.media.temp_path("test");
        std::fs::write(&temp, &file).expect("writes");
        let arrived = take_in(&site.state, temp, file.len() as u64, "a.mp3".into());
        let arrived = arrived.await.expect("sound");
        let mut tx = site.state.db.begin().await.expect("begins");
        let recording = arrived.write(&mut tx).await.expect("writes");
        tx.commit().await.expect("commits");
        let read = find(&site.state.db, &recording.id).await.expect("there");
        assert_eq!(read.kind, AudioKind::Mp3);
        assert_eq!(read.apple_warning(), None);
        let offered = read.suggestions();
        assert_eq!(offered.title.as_deref(), Some("A title"));
        let cover = offered.artwork_hash.expect("a cover");
        let found = crate::features::covers::find(&site.state.db, &cover, 1400).await;
        assert!(found.is_ok());
    }
}

#[tokio::test]
async fn a_refused_file_stays_where_it_was() {
    for site in sites().await {
        let temp = site.state.media.temp_path("test");
        let file = &wav(1000, 1)[..500];
        std::fs::write(&temp, file).expect("writes");
        let refused = take_in(&site.state, temp.clone(), 500, "a.wav".into()).await;
        assert!(matches!(refused.err(), Some(Error::Invalid(_))));
        assert!(temp.exists());
        assert!(site.state.media.list().expect("lists").is_empty());
    }
}

#[test]
fn names_and_sizes_for_people() {
    let name = |raw: &str| shown_name(raw, AudioKind::Mp3);
    assert_eq!(name("C:\\music\\a.mp3"), "a.mp3");
    assert_eq!(name("../../etc/passwd"), "passwd");
    assert_eq!(name("a\0\u{202E}b.mp3"), "a b.mp3");
    assert_eq!(name(""), "recording.mp3");
    assert_eq!(name(&"가".repeat(300)).chars().count(), 255);
    for (bytes, text) in [
        (1, "1 kB"),
        (999_999, "1000 kB"),
        (48_250_000, "48.2 MB"),
        (2_147_483_648, "2.14 GB"),
    ] {
        assert_eq!(size_text(bytes), text);
    }
}
