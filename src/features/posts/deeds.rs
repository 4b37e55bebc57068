//! What can be done with a post, each deed with its line in the log: the one way for the editor's
//! buttons and for the programming interface.
use super::access::living_in;
use super::model::PostState;
use super::saving::saved_elsewhere;
use super::store::writing;
use super::{actions, corrections};
use crate::db::{Db, Tx};
use crate::features::accounts::User;
use crate::features::audit::{self, Act};
use crate::features::recordings;
use crate::kernel::events::Event;
use crate::kernel::ids::PostId;
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result};
use crate::web::task::detached;

/// Something done with a post as its working copy is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Keep it as a version that is not public.
    SaveVersion,
    /// Make it public now.
    Publish,
    /// Make it public now for who has its address, off the lists from the beginning.
    PublishUnlisted,
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
    /// Bring the version of a number back into it, if it is still at the version named second.
    RestoreVersion(i64, i64),
    /// Give it the picture of this hash, or take its own off.
    SetCover(Option<String>),
    /// Give it the picture in its recording's file.
    CoverOfRecording,
    /// Have its recording listened to once more.
    Listen,
    /// Tell readers what changed between two versions that were public, with a remark.
    TellAfterwards((i64, i64), String),
    /// Word the remark of the note on this version anew.
    RewordCorrection(i64, String),
    /// Take the note on this version back.
    DropCorrection(i64),
}

impl Deed {
    /// What the log says of it; what only the author's side sees is not told.
    fn act(&self) -> Option<Act> {
        Some(match self {
            Self::SaveVersion | Self::SetCover(_) | Self::CoverOfRecording | Self::Listen => {
                return None;
            }
            Self::Publish => Act::Published,
            Self::PublishUnlisted => Act::PublishedUnlisted,
            Self::Update(_) => Act::Updated,
            Self::Schedule(_) => Act::Scheduled,
            Self::Unschedule => Act::Unscheduled,
            Self::Unlist => Act::Unlisted,
            Self::Relist => Act::Relisted,
            Self::Remove => Act::Removed,
            Self::Restore => Act::Restored,
            Self::RestoreVersion(..) => Act::VersionRestored,
            Self::TellAfterwards(..) | Self::RewordCorrection(..) | Self::DropCorrection(_) => {
                Act::CorrectionChanged
            }
        })
    }

    /// Whether it changes what the public sees, now or later, or what was seen once: a contributor
    /// may not. He takes his own draft out of the trash, which was never public.
    fn is_for_the_public(&self) -> bool {
        !matches!(
            self,
            Self::SaveVersion
                | Self::Remove
                | Self::Restore
                | Self::RestoreVersion(..)
                | Self::SetCover(_)
                | Self::CoverOfRecording
                | Self::Listen
        )
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
    let post = match deed {
        Deed::Restore => writing::find_in(tx, id).await?,
        _ => living_in(tx, id).await?,
    };
    if deed == Deed::Restore && post.first_public_at.is_some() {
        who.require_publisher()?;
    }
    // Pressed twice, or in two tabs, it is published once.
    if (&deed, post.state) == (&Deed::Publish, PostState::Published)
        && actions::is_as_public(tx, &post).await?
    {
        return Ok(());
    }
    let act = match (&deed, post.state) {
        (Deed::Update(_), PostState::Scheduled) => Some(Act::Scheduled),
        _ => deed.act(),
    };
    match deed {
        Deed::SaveVersion => actions::save_version(tx, id).await?,
        Deed::Publish => drop(actions::publish(tx, id).await?),
        Deed::PublishUnlisted => drop(actions::publish_unlisted(tx, id).await?),
        Deed::Update(Some(remark)) => drop(corrections::update_and_tell(tx, id, &remark).await?),
        Deed::Update(None) => {
            if !actions::update(tx, id).await? {
                // Nothing happened that the log could tell.
                return Ok(());
            }
        }
        Deed::Schedule(at) => drop(actions::schedule(tx, id, at).await?),
        Deed::Unschedule => drop(actions::unschedule(tx, id).await?),
        Deed::Unlist => drop(actions::set_listed(tx, id, false).await?),
        Deed::Relist => drop(actions::set_listed(tx, id, true).await?),
        Deed::Remove => drop(actions::remove(tx, id).await?),
        Deed::Restore => drop(actions::restore(tx, id).await?),
        Deed::RestoreVersion(number, version) => {
            actions::restore_revision(tx, id, number, version).await?;
        }
        Deed::SetCover(hash) => writing::set_cover(tx, id, hash.as_deref()).await?,
        Deed::CoverOfRecording => {
            let copy = writing::working_copy_in(tx, id).await?;
            let recording = copy.content.recording_id.ok_or(Error::NotFound)?;
            let picture = recordings::find_in(tx, &recording).await?.artwork_hash;
            let hash = picture.ok_or(Error::NotFound)?;
            writing::set_cover(tx, id, Some(&hash)).await?;
        }
        Deed::Listen => tx.announce(Event::RecordingAttached(id.clone())),
        Deed::TellAfterwards(versions, remark) => {
            corrections::tell_afterwards(tx, id, versions, &remark).await?;
        }
        Deed::RewordCorrection(number, remark) => {
            corrections::reword_correction(tx, id, number, &remark).await?;
        }
        Deed::DropCorrection(number) => corrections::drop_correction(tx, id, number).await?,
    }
    if let Some(act) = act {
        audit::record_post(tx, &who.id, act, id).await?;
    }
    Ok(())
}

/// Goes on where the working copy is at this version, and holds it there to the transaction's end.
///
/// # Errors
/// `Conflict` if somebody saved since.
async fn hold(tx: &mut Tx, id: &PostId, version: i64) -> Result<()> {
    // In the order in which others lock them.
    writing::find_in(tx, id).await?;
    match writing::hold(tx, id).await? {
        now if now == version => Ok(()),
        now => Err(saved_elsewhere(now)),
    }
}

/// Does it in a transaction of its own, which a client who hangs up does not cut.
///
/// # Errors
/// As [`perform`].
pub async fn perform_alone(db: &Db, who: &User, id: &PostId, deed: Deed) -> Result<()> {
    perform_on(db, who, id, None, deed).await
}

/// The same with the working copy at a version, if one is named.
///
/// # Errors
/// As [`perform`]; `Conflict` if it is at another version.
pub async fn perform_on(
    db: &Db,
    who: &User,
    id: &PostId,
    version: Option<i64>,
    deed: Deed,
) -> Result<()> {
    let (db, who, id) = (db.clone(), who.clone(), id.clone());
    detached(async move {
        let mut tx = db.begin().await?;
        if let Some(version) = version {
            hold(&mut tx, &id, version).await?;
        }
        perform(&mut tx, &who, &id, deed).await?;
        tx.commit().await
    })
    .await
}
