//! What goes over the wire. Instants are RFC 3339 in UTC, lengths in milliseconds and bytes.
mod machine;
mod people;
mod posts;
mod readers;
mod recordings;
mod shows;
mod times;
mod versions;

pub use machine::{Again, Disk, Files, Health, Pings, Work, WorkState};
pub use people::{Invitation, InvitationInput, LogEntry, LogPage, Person, RightsInput};
pub use posts::{
    Content, Counts, LookUpInput, LookedUp, Post, PostInput, PostLine, PostList, PreviewLink,
    Reference, ScheduleInput, UpdateInput,
};
pub use readers::{
    Chapter, ChapterSource, Chapters, ChaptersInput, Correction, CorrectionInput, Finding,
    RemarkInput, TextChange,
};
pub use recordings::{Recording, RecordingFacts, Sound, Suggestions};
use serde::{Deserialize, Serialize};
pub use shows::{Directories, Directory, Requirement, Show, ShowInput};
pub use times::{Alignment, AlignmentInput, Imported, Sentence, SentenceTimes, Sentences};
pub use versions::{
    Fact, Paragraph, Passage, RestoreInput, Stretch, Version, VersionContent, Versions,
};

use crate::features::accounts::{Role, Scope};
use crate::kernel::language::UiLanguage;

/// What went wrong (RFC 9457, `application/problem+json`).
#[cfg(test)]
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the status says what kind it is.
    pub r#type: String,
    /// The status in words.
    pub title: String,
    /// The status.
    pub status: u16,
    /// One sentence for a person, in the language of `Accept-Language`.
    pub detail: String,
    /// Faults by field, where the content has any.
    pub errors: Option<std::collections::BTreeMap<String, String>>,
}

/// The token and its person.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Me {
    /// Id of the person.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Login name.
    pub email: String,
    /// In which the author's side speaks; `null`: as the browser wishes.
    pub language: Option<UiLanguage>,
    /// What the person may do.
    pub role: Role,
    /// Addresses of the shows that the person works on.
    pub shows: Vec<String>,
    /// What the token was called.
    pub token_name: String,
    /// What the token may do.
    pub scopes: Vec<Scope>,
    /// When the token ends.
    pub expires_at: String,
}

/// What to change of one's account; a member that is absent stays as it is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct MeInput {
    /// What readers and colleagues call the person, 1 to 200 characters.
    #[cfg_attr(test, schema(min_length = 1, max_length = 200))]
    pub name: Option<String>,
    /// In which the author's side speaks; `null`: as the browser wishes.
    #[serde(deserialize_with = "posts::present")]
    pub language: Option<Option<UiLanguage>>,
}

/// A login that lasts.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Session {
    /// Names it, opens nothing.
    pub id: String,
    /// What the browser says of itself.
    pub device: String,
    /// When it began.
    pub created_at: String,
    /// When it was used last, to the minute.
    pub last_seen_at: String,
}

/// A token.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Token {
    /// Names it, opens nothing.
    pub id: String,
    /// What it is for, in its person's words.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: String,
    /// When it ends.
    pub expires_at: String,
    /// When it was used last, to the minute.
    pub last_used_at: Option<String>,
    /// Whether it is the one of this request.
    pub is_this: bool,
}
