//! What can be done with a post, each deed with its line in the log: the one way for the editor's
//! buttons and for the programming interface.
use super::actions;
use super::corrections::update_and_tell;
use crate::db::Tx;
use crate::features::accounts::User;
use crate::features::audit::{self, Act};
use crate::kernel::Result;
use crate::kernel::ids::PostId;
use crate::kernel::time::Instant;

/// Something done with a post as its working copy is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Keep it as a version that is not public.
    SaveVersion,
    /// Make it public now.
    Publish,
    /// Put it in the place of what is public; with a remark, readers are told what changed.
    Update(Option<String>),
    /// Make it public at this instant.
    Schedule(Instant),
    /// Not then after all.
    Unschedule,
    /// Off the lists.
    Unlist,
    /// Back on the lists.
    Relist,
    /// Into the trash.
    Remove,
    /// Out of the trash.
    Restore,
}

impl Deed {
    /// What the log says of it; that a version was kept is not told.
    fn act(&self) -> Option<Act> {
        Some(match self {
            Self::SaveVersion => return None,
            Self::Publish => Act::Published,
            Self::Update(_) => Act::Updated,
            Self::Schedule(_) => Act::Scheduled,
            Self::Unschedule => Act::Unscheduled,
            Self::Unlist => Act::Unlisted,
            Self::Relist => Act::Relisted,
            Self::Remove => Act::Removed,
            Self::Restore => Act::Restored,
        })
    }

    /// Whether it changes what the public sees, now or later, or what was seen once: a contributor
    /// may not.
    fn is_for_the_public(&self) -> bool {
        !matches!(self, Self::SaveVersion | Self::Remove)
    }
}

/// Does it, in the caller's transaction.
///
/// # Errors
/// `Forbidden` if this person may not; `Conflict` where the state of the post does not allow it;
/// `Invalid` where the public may not see the text like this.
pub async fn perform(tx: &mut Tx, who: &User, id: &PostId, deed: Deed) -> Result<()> {
    if deed.is_for_the_public() {
        who.require_publisher()?;
    }
    let act = deed.act();
    match deed {
        Deed::SaveVersion => actions::save_version(tx, id).await?,
        Deed::Publish => drop(actions::publish(tx, id).await?),
        Deed::Update(Some(remark)) => drop(update_and_tell(tx, id, &remark).await?),
        Deed::Update(None) => drop(actions::update(tx, id).await?),
        Deed::Schedule(at) => drop(actions::schedule(tx, id, at).await?),
        Deed::Unschedule => drop(actions::unschedule(tx, id).await?),
        Deed::Unlist => drop(actions::set_listed(tx, id, false).await?),
        Deed::Relist => drop(actions::set_listed(tx, id, true).await?),
        Deed::Remove => drop(actions::remove(tx, id).await?),
        Deed::Restore => drop(actions::restore(tx, id).await?),
    }
    if let Some(act) = act {
        audit::record_post(tx, &who.id, act, id).await?;
    }
    Ok(())
}
