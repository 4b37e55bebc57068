//! What a demo post is made of, and the seeded dice behind it.
use std::collections::BTreeMap;

use serde::Deserialize;

use crate::features::posts::Reference;
use crate::formats::script::{self, Sentence};
use crate::formats::transcript::{Origin, Times, Timing};
use crate::kernel::ids::{PostId, RecordingId, RevisionId, SentenceId, ShowId};
use crate::kernel::time::Instant;

/// A small generator with a fixed seed (splitmix64): the same demo everywhere.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice that always fall alike.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`, which is at least 1.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % (n.max(1) as u64)).unwrap_or(0)
    }

    /// One of these.
    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    fn id(&mut self) -> String {
        const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
        (0..12)
            .map(|_| char::from(ALPHABET[self.below(32)]))
            .collect()
    }

    /// The id of a show.
    pub fn show_id(&mut self) -> ShowId {
        ShowId::from_db(self.id())
    }

    /// The id of a post.
    pub fn post_id(&mut self) -> PostId {
        PostId::from_db(self.id())
    }

    /// The id of a revision.
    pub fn revision_id(&mut self) -> RevisionId {
        RevisionId::from_db(self.id())
    }

    /// The id of a recording.
    pub fn recording_id(&mut self) -> RecordingId {
        RecordingId::from_db(self.id())
    }

    /// A GUID in the form of a random UUID.
    pub fn guid(&mut self) -> String {
        let bytes = (u128::from(self.next()) << 64) | u128::from(self.next());
        uuid::Builder::from_random_bytes(bytes.to_be_bytes())
            .into_uuid()
            .to_string()
    }
}

/// A sound that the binary holds.
#[derive(Debug, Clone)]
pub struct Sound {
    /// The file in the media store.
    pub media_hash: String,
    /// Length in milliseconds.
    pub duration_ms: u64,
    /// Bits a second.
    pub bitrate_bps: u64,
    /// Samples a second.
    pub sample_rate_hz: u64,
    /// Channels.
    pub channels: u64,
    /// Name that the author sees.
    pub name: &'static str,
}

/// A post to be put into the demo show.
#[derive(Debug, Clone)]
pub struct DemoPost {
    /// Title.
    pub title: String,
    /// Note, small Markdown.
    pub note: String,
    /// Script, small Markdown.
    pub script: String,
    /// References.
    pub references: Vec<Reference>,
    /// BCP 47; empty means the show's.
    pub language: &'static str,
    /// Its date.
    pub at: Instant,
    /// Its recording, if it is an episode.
    pub sound: Option<Sound>,
    /// Its number, if it is an episode.
    pub episode: Option<i64>,
    /// When its sentences are spoken: JSON that stands beside the built-in sound. Posts without
    /// it are left to have their sentences cut when they are wanted.
    pub times: Option<&'static str>,
}

/// A sentence of a built-in sound.
#[derive(Debug, Deserialize)]
struct Said {
    text: String,
    start_ms: u64,
    end_ms: u64,
}

/// The sentences of a post with their ids, and when each one is spoken.
#[derive(Debug, Default)]
pub struct Timed {
    /// As a revision keeps them.
    pub sentences: Vec<Sentence>,
    /// By sentence.
    pub times: BTreeMap<SentenceId, Times>,
}

impl DemoPost {
    /// Its sentences, if their times are known.
    pub fn timed(&self, id: &PostId) -> Option<Timed> {
        let said: Vec<Said> = serde_json::from_str(self.times?).ok()?;
        let pieces = script::cut(&self.script);
        let mut timed = Timed::default();
        for (n, piece) in (0..).zip(pieces) {
            let id = SentenceId::numbered(id, n);
            let found = said.iter().find(|said| said.text == piece.text);
            if let Some(said) = found {
                let timing = Timing {
                    start_ms: said.start_ms,
                    end_ms: said.end_ms,
                    origin: Origin::Imported,
                    percent: 100,
                };
                timed.times.insert(id.clone(), Times::At(timing));
            }
            timed.sentences.push(Sentence {
                id,
                text: piece.text,
                by_hand: false,
            });
        }
        Some(timed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dice_fall_alike() {
        let (mut one, mut two) = (Dice::new(7), Dice::new(7));
        assert_eq!(one.post_id(), two.post_id());
        assert_eq!(one.guid(), two.guid());
        assert!(one.post_id().as_str().parse::<PostId>().is_ok());
    }
}
