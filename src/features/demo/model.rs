//! What a demo post is made of, and the seeded dice behind it.
use crate::features::posts::Reference;
use crate::kernel::ids::{PostId, RecordingId, RevisionId, ShowId};
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
