//! What is worth a line in the log.
use crate::kernel::time::Instant;

/// For how long one line stands for many small changes to one post by one person, in milliseconds.
pub const TOGETHER_MS: i64 = 10 * 60_000;

/// How long a line is kept, in milliseconds: two years.
pub const KEPT_MS: i64 = 2 * 365 * 24 * 3_600_000;

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident $word:literal $key:literal,)*) => {
        /// Something that somebody did.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Act {
            $($(#[$doc])* $name,)*
        }

        impl Act {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The word in the database; never renamed.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }

            /// The message that tells it.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }
        }
    };
}

acts! {
    /// Logged in.
    LoggedIn "logged-in" "audit-logged-in",
    /// Somebody failed to log in on this account; the words are the address it came from.
    LoginFailed "login-failed" "audit-login-failed",
    /// Changed the display name.
    NameChanged "name-changed" "audit-name-changed",
    /// Changed the e-mail address.
    EmailChanged "email-changed" "audit-email-changed",
    /// Changed the password.
    PasswordChanged "password-changed" "audit-password-changed",
    /// Turned the second factor on.
    SecondFactorOn "second-factor-on" "audit-second-factor-on",
    /// Turned the second factor off.
    SecondFactorOff "second-factor-off" "audit-second-factor-off",
    /// Logged in with a recovery code.
    RecoveryCodeUsed "recovery-code-used" "audit-recovery-code-used",
    /// Ended sessions on other devices.
    SessionsEnded "sessions-ended" "audit-sessions-ended",
    /// Made a token for the programming interface.
    TokenCreated "token-created" "audit-token-created",
    /// Took a token back.
    TokenRevoked "token-revoked" "audit-token-revoked",
    /// Made a link by which somebody sets a new password.
    ResetOffered "reset-offered" "audit-reset-offered",
    /// Turned somebody's second factor off.
    SecondFactorDropped "second-factor-dropped" "audit-second-factor-dropped",
    /// Made an invitation.
    Invited "invited" "audit-invited",
    /// Took an invitation back.
    InvitationRevoked "invitation-revoked" "audit-invitation-revoked",
    /// Came in by an invitation.
    Joined "joined" "audit-joined",
    /// Gave somebody another role or other shows.
    RoleChanged "role-changed" "audit-role-changed",
    /// Took somebody's account away.
    PersonRemoved "person-removed" "audit-person-removed",
    /// Made a show.
    ShowCreated "show-created" "audit-show-created",
    /// Changed a show's settings or picture.
    ShowChanged "show-changed" "audit-show-changed",
    /// Began a draft.
    PostCreated "post-created" "audit-post-created",
    /// Made a post public.
    Published "published" "audit-published",
    /// Made a post public for who has its address.
    PublishedUnlisted "published-unlisted" "audit-published-unlisted",
    /// Put new content in the place of what was public.
    Updated "updated" "audit-updated",
    /// Set when a post becomes public.
    Scheduled "scheduled" "audit-scheduled",
    /// Took that back.
    Unscheduled "unscheduled" "audit-unscheduled",
    /// Took a post off the lists.
    Unlisted "unlisted" "audit-unlisted",
    /// Put it back on them.
    Relisted "relisted" "audit-relisted",
    /// Moved a post to the trash.
    Removed "removed" "audit-removed",
    /// Took it out of the trash.
    Restored "restored" "audit-restored",
    /// Brought an older version back into the working copy.
    VersionRestored "version-restored" "audit-version-restored",
    /// Sent a recording.
    RecordingSet "recording-set" "audit-recording-set",
    /// Took a recording away.
    RecordingRemoved "recording-removed" "audit-recording-removed",
    /// Set by hand when sentences are spoken, or has it looked for again.
    TimesSet "times-set" "audit-times-set",
    /// Took in a file with times or words.
    TranscriptSent "transcript-sent" "audit-transcript-sent",
    /// Chose other chapters.
    ChaptersSet "chapters-set" "audit-chapters-set",
    /// Made a link to look at what is not public.
    PreviewLinkCreated "preview-link-created" "audit-preview-link-created",
    /// Took such a link back.
    PreviewLinkRevoked "preview-link-revoked" "audit-preview-link-revoked",
    /// Wrote, reworded or dropped a note of correction.
    CorrectionChanged "correction-changed" "audit-correction-changed",
}

impl Act {
    /// Reads [`Act::as_str`] back.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|a| a.as_str() == text)
    }

    /// Whether its subject is a post.
    pub fn is_about_post(self) -> bool {
        matches!(
            self,
            Self::PostCreated
                | Self::Published
                | Self::PublishedUnlisted
                | Self::Updated
                | Self::Scheduled
                | Self::Unscheduled
                | Self::Unlisted
                | Self::Relisted
                | Self::Removed
                | Self::Restored
                | Self::VersionRestored
                | Self::RecordingSet
                | Self::RecordingRemoved
                | Self::TimesSet
                | Self::TranscriptSent
                | Self::ChaptersSet
                | Self::PreviewLinkCreated
                | Self::PreviewLinkRevoked
                | Self::CorrectionChanged
        )
    }
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Names it.
    pub id: String,
    /// When.
    pub at: Instant,
    /// Who, as he was called then.
    pub user_name: String,
    /// What; `None` if a later version of the program wrote it.
    pub act: Option<Act>,
    /// Id of the post, show or person; may be empty.
    pub subject: String,
    /// Title or name as it was then; may be empty.
    pub words: String,
}
