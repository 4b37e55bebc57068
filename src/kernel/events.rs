//! What happened, as facts that later work follows from.
//!
//! An action announces an event inside its transaction; `app::reactions` says in one
//! exhaustive match which jobs follow, and they are written in the same transaction.
use super::ids::{PostId, ShowId};

/// A fact about the site, announced in the transaction that made it true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Something public of a show changed: its feeds and pages must be built anew.
    ShowChanged(ShowId),
    /// A post became public, or public again.
    PostPublished(ShowId, PostId),
    /// A public post has new content.
    PostUpdated(ShowId, PostId),
    /// A post stopped being public, or went off the lists.
    PostWithdrawn(ShowId, PostId),
    /// When the sentences of a public post are spoken, or its chapters, changed.
    TranscriptChanged(ShowId, PostId),
    /// The working copy of a post has a recording that nobody has listened to.
    RecordingAttached(PostId),
    /// Somebody asked for work on the transcript of a post.
    TranscriptWanted(PostId),
    /// Nothing public changed, but the instant at which something will did.
    ScheduleChanged(ShowId, PostId),
    /// A file lost a row that named it and may be an orphan now.
    MediaReleased,
}

impl Event {
    /// The show whose public side this changes, if any.
    pub fn changes_show(&self) -> Option<&ShowId> {
        match self {
            Self::ShowChanged(show)
            | Self::PostPublished(show, _)
            | Self::PostUpdated(show, _)
            | Self::PostWithdrawn(show, _)
            | Self::TranscriptChanged(show, _) => Some(show),
            Self::ScheduleChanged(..)
            | Self::RecordingAttached(_)
            | Self::TranscriptWanted(_)
            | Self::MediaReleased => None,
        }
    }

    /// The one post that this is about, if nothing else of its show changes.
    pub fn post(&self) -> Option<&PostId> {
        match self {
            Self::PostPublished(_, post)
            | Self::PostUpdated(_, post)
            | Self::PostWithdrawn(_, post)
            | Self::TranscriptChanged(_, post)
            | Self::RecordingAttached(post)
            | Self::TranscriptWanted(post)
            | Self::ScheduleChanged(_, post) => Some(post),
            Self::ShowChanged(_) | Self::MediaReleased => None,
        }
    }
}

/// A job to be written into the queue: work that follows from an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Its kind; never renamed, since rows of it may wait in a database.
    pub kind: &'static str,
    /// What it is about: an id, or nothing. One job waits a kind and subject.
    pub subject: String,
    /// How long after the commit it is due, in milliseconds. What is announced again meanwhile
    /// is done together.
    pub after_ms: i64,
}
