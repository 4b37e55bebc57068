//! What there is to mend: the sentences of the newest version with their times in its recording.
use crate::db::Db;
use crate::features::posts::{self, Content, Post, revisions, writing};
use crate::features::recordings::{self, Recording};
use crate::features::show::{self, Show};
use crate::features::transcripts::{self, Timeline};
use crate::formats::transcript::Line;
use crate::kernel::Result;
use crate::kernel::ids::PostId;

/// What is asked for again and again while work goes on: nothing that grows with the script.
pub struct Glance {
    /// The post.
    pub post: Post,
    /// Its show.
    pub show: Show,
    /// The recording of the newest version.
    pub recording: Option<Recording>,
    /// Of the times in it; 0 if none were ever stored.
    pub version: i64,
}

impl Glance {
    /// Takes it; `NotFound` if there is no such post.
    pub async fn take(db: &Db, id: &PostId) -> Result<Self> {
        let post = writing::find(db, id).await?;
        let show = show::find(db, &post.show_id).await?;
        let recording = match post.revision_count {
            0 => None,
            newest => revisions::recording_of(db, id, newest).await?,
        };
        let (recording, version) = match recording {
            Some(recording) => (
                Some(recordings::find(db, &recording).await?),
                transcripts::public_times(db, id, &recording).await?.version,
            ),
            None => (None, 0),
        };
        Ok(Self {
            post,
            show,
            recording,
            version,
        })
    }
}

/// All that the page shows.
pub struct Scene {
    /// The post.
    pub post: Post,
    /// Its show.
    pub show: Show,
    /// The text of the newest version; `None` if there is none yet.
    pub content: Option<Content>,
    /// Whether the working copy's script or recording is another one.
    pub differs: bool,
    /// The recording of that version.
    pub recording: Option<Recording>,
    /// Its sentences with their times.
    pub lines: Vec<Line>,
    /// What is known of them.
    pub timeline: Timeline,
}

impl Scene {
    /// Reads it; `NotFound` if there is no such post.
    pub async fn read(db: &Db, id: &PostId) -> Result<Self> {
        let post = writing::find(db, id).await?;
        let show = show::find(db, &post.show_id).await?;
        let copy = writing::working_copy(db, id).await?.content;
        let content = match post.revision_count {
            0 => None,
            newest => Some(revisions::find(db, id, newest).await?.1),
        };
        let lines = match content {
            Some(_) => posts::newest_lines_of(db, id).await?,
            None => Vec::new(),
        };
        let recording = match content.as_ref().and_then(|c| c.recording_id.as_ref()) {
            Some(recording) => Some(recordings::find(db, recording).await?),
            None => None,
        };
        let timeline = match &recording {
            Some(recording) => transcripts::find(db, id, &recording.id).await?,
            None => None,
        }
        .unwrap_or_default();
        Ok(Self {
            differs: content
                .as_ref()
                .is_some_and(|c| c.script != copy.script || c.recording_id != copy.recording_id),
            lines: timeline.fill(lines),
            post,
            show,
            content,
            recording,
            timeline,
        })
    }

    /// BCP 47 tag of the text.
    pub fn language(&self) -> &str {
        match &self.content {
            Some(content) => content.language_in(&self.show),
            None => self.show.draft.language.as_str(),
        }
    }
}
