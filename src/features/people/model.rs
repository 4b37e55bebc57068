//! What an invitation is.
use crate::features::accounts::Role;
use crate::kernel::ids::ShowId;
use crate::kernel::time::Instant;

/// An invitation lives for 7 days, in milliseconds.
pub const INVITATION_MS: i64 = 7 * 24 * 3_600_000;

/// A link to a new password lives for a day, in milliseconds.
pub const RESET_MS: i64 = 24 * 3_600_000;

/// What somebody may do, as an owner chose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rights {
    /// The role.
    pub role: Role,
    /// The shows that it holds for; of no meaning for owners.
    pub shows: Vec<ShowId>,
}

/// An invitation that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Names it in the list, opens nothing.
    pub id: String,
    /// For whom, in the owner's words; may be empty.
    pub name: String,
    /// What it gives.
    pub rights: Rights,
    /// When it ends.
    pub expires_at: Instant,
}
