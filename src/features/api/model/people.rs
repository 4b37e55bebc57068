//! People, invitations, the log.
use serde::{Deserialize, Serialize};

use crate::features::accounts::Role;

/// Somebody with an account.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Person {
    /// Given once.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Login name.
    pub email: String,
    /// What he may do.
    pub role: Role,
    /// Addresses of the shows that an editor or a contributor works on; owners work on all.
    pub shows: Vec<String>,
    /// Whether a code is asked for at his login.
    pub has_second_factor: bool,
}

/// A role and the shows that it holds for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct RightsInput {
    /// The role; owners are made in the browser alone.
    pub role: Role,
    /// Addresses of shows, at least one.
    #[serde(default)]
    pub shows: Vec<String>,
}

/// Who is invited to what.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct InvitationInput {
    /// For whom, to know it by in the list; may be empty.
    #[serde(default)]
    #[cfg_attr(test, schema(max_length = 200))]
    pub name: String,
    /// The role; owners are made in the browser alone.
    pub role: Role,
    /// Addresses of shows, at least one.
    #[serde(default)]
    pub shows: Vec<String>,
}

/// An invitation that waits.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Invitation {
    /// Names it, opens nothing.
    pub id: String,
    /// For whom; may be empty.
    pub name: String,
    /// The role that it gives.
    pub role: Role,
    /// Addresses of the shows that it holds for.
    pub shows: Vec<String>,
    /// When it ends.
    pub expires_at: String,
    /// The link; told only when it is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A page of the log.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct LogPage {
    /// Newest first.
    pub entries: Vec<LogEntry>,
    /// The number of the next page, if there is one.
    pub next_page: Option<i64>,
}

/// A line of the log.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct LogEntry {
    /// When.
    pub at: String,
    /// Who, as he was called then.
    pub person: String,
    /// What, in one word: `published`, `role-changed` …
    pub act: String,
    /// Id of the post, show or person; may be empty.
    pub subject: String,
    /// Title or name as it was then; may be empty.
    pub words: String,
}
