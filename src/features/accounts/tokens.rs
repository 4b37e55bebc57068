//! Tokens of the programming interface: what each may do, and until when.
use super::model::User;
use crate::kernel::ids::Token;
use crate::kernel::time::Instant;
use crate::kernel::{Error, Message, Result};

/// How long a token may live, in days.
pub const LIFETIMES_DAYS: [i64; 3] = [30, 90, 365];
/// Most living tokens of one person.
pub const MOST_TOKENS: usize = 50;
/// One day in milliseconds.
pub const DAY_MS: i64 = 24 * 3_600_000;

/// What a token may do; within what its person may do.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub enum Scope {
    /// Look at shows, posts and what hangs on them.
    Read,
    /// Make and change drafts, send recordings and files.
    Write,
    /// Change what the public sees.
    Publish,
    /// One's own account; for owners also shows and their settings, people, the log.
    Manage,
}

impl Scope {
    /// From the least to the most.
    pub const ALL: [Self; 4] = [Self::Read, Self::Write, Self::Publish, Self::Manage];

    /// The word in forms, in the database and in the interface.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Publish => "publish",
            Self::Manage => "manage",
        }
    }

    /// Reads [`Scope::as_str`] back.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }

    /// Whether this person may do it at all.
    pub fn is_for(self, user: &User) -> bool {
        match self {
            Self::Read | Self::Write | Self::Manage => true,
            Self::Publish => user.may_publish(),
        }
    }

    /// The message that says what it allows.
    pub fn key(self) -> &'static str {
        match self {
            Self::Read => "token-scope-read",
            Self::Write => "token-scope-write",
            Self::Publish => "token-scope-publish",
            Self::Manage => "token-scope-manage",
        }
    }
}

/// A token in its person's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Names it, opens nothing.
    pub id: String,
    /// What it is for, in its person's words.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends.
    pub expires_at: Instant,
    /// When it was used last, to the minute.
    pub last_used_at: Option<Instant>,
}

/// The program of a request to the programming interface, and whose it is. Put into the request
/// by the layer around `/api`, taken out by handlers.
#[derive(Debug, Clone)]
pub struct Client {
    /// Who made the token.
    pub user: User,
    /// The token.
    pub token: ApiToken,
}

impl Client {
    /// Lets a token pass that may do this.
    ///
    /// # Errors
    /// `Forbidden` for every other.
    pub fn require(&self, scope: Scope) -> Result<()> {
        self.token
            .scopes
            .contains(&scope)
            .then_some(())
            .ok_or_else(|| Error::Forbidden(Message::new("error-scope")))
    }
}

/// A fresh token. What it begins with lets scanners for secrets find it where it should not be.
pub fn new_token() -> Token {
    Token::from_client(&format!("daebon_{}", Token::random().reveal()))
}
