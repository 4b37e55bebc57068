//! What somebody may do: owner, editor, contributor.
use super::model::User;
use crate::kernel::ids::ShowId;
use crate::kernel::{Error, Message, Result};

/// What an account may do. One role for the whole site; editors and contributors work on the
/// shows that they were let into, owners on all.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub enum Role {
    /// Writes drafts, and touches no post but his own drafts.
    Contributor,
    /// Writes, publishes and takes away, in his shows.
    Editor,
    /// Does everything: shows and their settings, people, the log.
    Owner,
}

impl Role {
    /// From the most to the least.
    pub const ALL: [Self; 3] = [Self::Owner, Self::Editor, Self::Contributor];

    /// The word in forms and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Editor => "editor",
            Self::Contributor => "contributor",
        }
    }

    /// Reads [`Role::as_str`] back.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == text)
    }

    /// The message that names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Owner => "role-owner",
            Self::Editor => "role-editor",
            Self::Contributor => "role-contributor",
        }
    }

    /// The message that says what it may do.
    pub fn hint_key(self) -> &'static str {
        match self {
            Self::Owner => "role-owner-hint",
            Self::Editor => "role-editor-hint",
            Self::Contributor => "role-contributor-hint",
        }
    }
}

/// The refusal of what another role may do.
pub fn refused() -> Error {
    Error::Forbidden(Message::new("error-role"))
}

impl User {
    /// Whether he reaches everything.
    pub fn is_owner(&self) -> bool {
        self.role == Role::Owner
    }

    /// Whether he may make posts public.
    pub fn may_publish(&self) -> bool {
        self.role >= Role::Editor
    }

    /// Whether he works on this show.
    pub fn works_on(&self, show: &ShowId) -> bool {
        self.is_owner() || self.shows.contains(show)
    }

    /// Lets owners pass.
    ///
    /// # Errors
    /// `Forbidden` for everybody else.
    pub fn require_owner(&self) -> Result<()> {
        self.is_owner().then_some(()).ok_or_else(refused)
    }

    /// Lets those pass who may publish.
    ///
    /// # Errors
    /// `Forbidden` for everybody else.
    pub fn require_publisher(&self) -> Result<()> {
        self.may_publish().then_some(()).ok_or_else(refused)
    }

    /// Lets those pass who work on this show.
    ///
    /// # Errors
    /// `Forbidden` for everybody else.
    pub fn require_show(&self, show: &ShowId) -> Result<()> {
        self.works_on(show).then_some(()).ok_or_else(refused)
    }
}
