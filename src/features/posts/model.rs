//! What a post is, and the rules of its states.
use serde::{Deserialize, Serialize};

use super::details::PostDetails;
use crate::formats::chapters::Chapter;
use crate::kernel::ids::{PostId, RecordingId, RevisionId, SentenceId, ShowId, UserId};
use crate::kernel::text::Slug;
use crate::kernel::time::Instant;

/// Where a post stands (DESIGN 2). A scheduled post becomes published by the schedule alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub enum PostState {
    /// Never public, or taken back out of the trash.
    Draft,
    /// Public at its instant.
    Scheduled,
    /// Public and in every list.
    Published,
    /// Public for who has the address.
    Unlisted,
    /// In the trash.
    Removed,
}

impl PostState {
    /// In the order of the dashboard's filter.
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Scheduled,
        Self::Published,
        Self::Unlisted,
        Self::Removed,
    ];

    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Unlisted => "unlisted",
            Self::Removed => "removed",
        }
    }

    /// Reads the word; the database allows no other.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == word)
    }

    /// Whether an address of it answers.
    pub fn is_reachable(self) -> bool {
        matches!(self, Self::Published | Self::Unlisted)
    }

    /// Whether the public sees it, or will.
    pub fn has_public(self) -> bool {
        self.is_reachable() || self == Self::Scheduled
    }
}

/// Apple's `itunes:episodeType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub enum EpisodeType {
    /// The usual.
    #[default]
    Full,
    /// A taste of the show.
    Trailer,
    /// Beside the usual.
    Bonus,
}

impl EpisodeType {
    /// The word in the database and in the feed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Trailer => "trailer",
            Self::Bonus => "bonus",
        }
    }

    /// Reads the word; anything else is a full episode.
    pub fn parse(word: &str) -> Self {
        match word {
            "trailer" => Self::Trailer,
            "bonus" => Self::Bonus,
            _ => Self::Full,
        }
    }
}

/// Something the piece rests on. All plain text; empty where unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// What it is called.
    pub title: String,
    /// `http` or `https`, or empty.
    #[serde(default)]
    pub url: String,
    /// Who published it.
    #[serde(default)]
    pub outlet: String,
    /// When, as the author wrote it: `2024-12-21`, `12/21`.
    #[serde(default)]
    pub date: String,
    /// What the author says of it.
    #[serde(default)]
    pub remark: String,
    /// How the sentence begins that it belongs to; empty where it belongs to the whole piece.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub passage: String,
    /// That sentence, once it was found (`ties`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<SentenceId>,
}

/// The author's text and what goes with it: what a working copy and a revision both hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// May be empty in a draft, never in public.
    pub title: String,
    /// A few lines to the reader, small Markdown.
    pub note: String,
    /// The script, small Markdown.
    pub script: String,
    /// In the author's order.
    pub references: Vec<Reference>,
    /// BCP 47; empty means the show's.
    pub language: String,
    /// From 1.
    pub season: Option<i64>,
    /// From 1.
    pub episode: Option<i64>,
    /// Full, trailer or bonus.
    pub episode_type: EpisodeType,
    /// `None` means: as the show.
    pub explicit: Option<bool>,
    /// `None` means: the show's.
    pub cover_hash: Option<String>,
    /// The recording, if the post is an episode.
    pub recording_id: Option<RecordingId>,
    /// The same in a second format.
    pub alternate_id: Option<RecordingId>,
    /// The rarer facts.
    pub details: PostDetails,
}

/// The one working copy of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingCopy {
    /// Rises with every save; a save that names an older one is refused.
    pub version: i64,
    /// When it was saved last.
    pub updated_at: Instant,
    /// As typed; empty means: from the title.
    pub slug: String,
    /// The text.
    pub content: Content,
}

/// The recording of a public post, as far as the public may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicRecording {
    /// Which recording.
    pub id: RecordingId,
    /// `mp3`, `m4a`, `aac`, `ogg`, `opus`, `flac`, `wav`: the kind and the ending.
    pub kind: String,
    /// The file in the media store.
    pub media_hash: String,
    /// Length in milliseconds.
    pub duration_ms: u64,
    /// Length in bytes.
    pub length_bytes: u64,
    /// Mean bits per second of the sound.
    pub bitrate_bps: u64,
    /// Its parts by start: as the author wants them, else as its file tells.
    pub chapters: Vec<Chapter>,
}

/// What is known of the times of a public post's sentences in its recording, without the times.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct PublicTimes {
    /// Rises with every change of times and chapters; 0 if there never were any.
    pub version: i64,
    /// When that was.
    pub changed_at: Option<Instant>,
    /// Whether there are files with times.
    pub is_timed: bool,
}

/// A listed post as far as feeds need it to see whether what they made of it still holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Listed {
    /// Which post.
    pub id: PostId,
    /// Last piece of its address.
    pub slug: String,
    /// The revision that its texts derive from.
    pub revision: String,
    /// The date of the piece.
    pub first_public_at: Instant,
    /// When its public text last changed.
    pub changed_at: Instant,
    /// The file of its recording, if it is in place.
    pub media_hash: Option<String>,
    /// The file of its second format, if it is in place.
    pub alternate_hash: Option<String>,
    /// Times of its sentences and chapters.
    pub transcript: PublicTimes,
}

impl From<&PublicPost> for Listed {
    fn from(post: &PublicPost) -> Self {
        let hash = |r: &Option<PublicRecording>| r.as_ref().map(|r| r.media_hash.clone());
        Self {
            id: post.id.clone(),
            slug: post.slug.clone(),
            revision: post.revision_id.as_str().to_owned(),
            first_public_at: post.first_public_at,
            changed_at: post.changed_at,
            media_hash: hash(&post.recording),
            alternate_hash: hash(&post.alternate),
            transcript: post.transcript.clone(),
        }
    }
}

/// A post as the public sees it: one row of `reachable_posts`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicPost {
    /// Stands in `/audio/{id}` and `/p/{id}`.
    pub id: PostId,
    /// Its show.
    pub show_id: ShowId,
    /// The same in every feed for ever.
    pub guid: String,
    /// Last piece of its address.
    pub slug: String,
    /// Whether lists and feeds show it.
    pub listed: bool,
    /// The date of the piece.
    pub first_public_at: Instant,
    /// When its public text last changed.
    pub changed_at: Instant,
    /// The revision that all this derives from.
    pub revision_id: RevisionId,
    /// The text; its language is never empty here, and `recording_id` agrees with `recording`.
    pub content: Content,
    /// There when the post is an episode and its file is in place.
    pub recording: Option<PublicRecording>,
    /// The same in a second format, of another kind than the first.
    pub alternate: Option<PublicRecording>,
    /// When its sentences are spoken in the recording, as far as lists need it.
    pub transcript: PublicTimes,
}

impl PublicPost {
    /// When anything that stands in its transcript or its chapters last changed.
    pub fn transcript_changed_at(&self) -> Instant {
        let times = self.transcript.changed_at.unwrap_or(self.changed_at);
        self.changed_at.max(times)
    }
}

/// Another post of the same show, as far as it is named on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedPost {
    /// Last piece of its address.
    pub slug: String,
    /// Plain text.
    pub title: String,
    /// BCP 47, never empty.
    pub language: String,
    /// The date of the piece.
    pub first_public_at: Instant,
    /// Length of its recording in milliseconds, if it is an episode.
    pub duration_ms: Option<u64>,
    /// What it rests on.
    pub references: Vec<Reference>,
    /// Whether it comes just before or just after in time.
    pub is_neighbour: bool,
}

/// A post as the author's side sees it; its text is in the working copy and the revisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Given once.
    pub id: PostId,
    /// Its show.
    pub show_id: ShowId,
    /// The same in every feed for ever.
    pub guid: String,
    /// Where it stands.
    pub state: PostState,
    /// Claimed when first scheduled or published.
    pub slug: Option<Slug>,
    /// What the public sees, or will see when due.
    pub public_revision_id: Option<RevisionId>,
    /// Number of the newest revision.
    pub revision_count: i64,
    /// When it is due, if scheduled.
    pub scheduled_at: Option<Instant>,
    /// The date of the piece; set once.
    pub first_public_at: Option<Instant>,
    /// When its public text last changed.
    pub public_changed_at: Option<Instant>,
    /// When the draft was begun.
    pub created_at: Instant,
}

/// Whose work a post is, as far as that was kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hands {
    /// Who began it.
    pub began: Option<UserId>,
    /// Who saved its working copy last.
    pub saved: Option<UserId>,
}

/// A line of the author's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostSummary {
    /// The post.
    pub post: Post,
    /// Title of the working copy; may be empty.
    pub title: String,
    /// When the working copy was saved last.
    pub updated_at: Instant,
    /// Who began it, and who saved it then.
    pub hands: Hands,
    /// Kind of the recording, if there is one.
    pub recording_kind: Option<String>,
    /// Its length.
    pub duration_ms: Option<u64>,
    /// Whether the recording's file is not where it should be.
    pub media_missing: bool,
    /// Whether the working copy differs from what the public sees or will see.
    pub changed: bool,
}

/// A line of a post's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Given once.
    pub id: RevisionId,
    /// 1, 2, 3 … within the post.
    pub number: i64,
    /// Whether it was ever public.
    pub ever_public: bool,
    /// When it was made.
    pub created_at: Instant,
    /// Its title.
    pub title: String,
}

/// A link that shows what is not public (HARDENING V3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewLink {
    /// Names it in the list, opens nothing.
    pub id: String,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends.
    pub expires_at: Instant,
}
