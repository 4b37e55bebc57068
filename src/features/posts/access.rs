//! Who may touch which post.
use super::model::PostState;
use super::store::access::belonging;
use crate::db::Db;
use crate::features::accounts::{User, refused};
use crate::kernel::ids::PostId;
use crate::kernel::{Error, Message, Result};

/// Lets somebody pass who may read and write this post on the author's side: those who work on
/// its show; a contributor only while it is a draft of his own that was never public.
///
/// # Errors
/// `NotFound` if there is no such post, `Forbidden` if it is not his.
pub async fn require_access(db: &Db, who: &User, id: &PostId) -> Result<()> {
    let post = belonging(db, id).await?;
    who.require_show(&post.show)?;
    let own = post.created_by.as_deref() == Some(who.id.as_str());
    let draft = post.state == PostState::Draft && !post.ever_public;
    match (who.may_publish() || own && draft, own) {
        (true, _) => Ok(()),
        // It was his to write until somebody published it.
        (false, true) => Err(Error::Forbidden(Message::new("error-post-no-draft"))),
        (false, false) => Err(refused()),
    }
}
