//! Trailers of a show: what the head of its feed says of the parts below it.
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::scene::is_trailer;
use crate::features::posts::PublicPost;
use crate::formats::audio::AudioKind;
use crate::formats::podcast::{Item, Trailer};
use crate::kernel::time::Instant;
use crate::web::rendered::joined::Part;

/// Most trailers that a head names, the newest ones.
const MOST: usize = 20;

/// A trailer as a part keeps it.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    title: String,
    url: String,
    kind: String,
    length_bytes: u64,
    season: Option<i64>,
}

/// What a part keeps for the head: nothing, unless its post is a trailer.
pub fn note(item: &Item, post: &PublicPost) -> Bytes {
    let (true, Some(enclosure), Some(recording)) =
        (is_trailer(post), &item.enclosure, &post.recording)
    else {
        return Bytes::new();
    };
    let note = Note {
        title: item.title.clone(),
        url: enclosure.url.clone(),
        kind: recording.kind.clone(),
        length_bytes: enclosure.length_bytes,
        season: item.season,
    };
    serde_json::to_vec(&note).unwrap_or_default().into()
}

/// The trailers among the parts, newest first.
pub fn of(parts: &[Part]) -> Vec<Trailer> {
    let noted = parts.iter().filter(|part| !part.note.is_empty());
    let read = noted.filter_map(|part| {
        let note: Note = serde_json::from_slice(&part.note).ok()?;
        Some(Trailer {
            title: note.title,
            url: note.url,
            published_at: Instant(part.place.at),
            length_bytes: note.length_bytes,
            media_type: AudioKind::parse(&note.kind)?.media_type(),
            season: note.season,
        })
    });
    read.take(MOST).collect()
}
