//! Who may touch which post.
use super::model::{Post, PostState};
use super::store::access::belonging;
use super::store::writing;
use crate::db::{Db, Tx};
use crate::features::accounts::{User, refused};
use crate::kernel::ids::PostId;
use crate::kernel::{Error, Message, Result};

/// Lets somebody pass who may read and write this post on the author's side: those who work on
/// its show; a contributor only while it is a draft of his own that was never public, in the trash
/// or out of it.
///
/// # Errors
/// `NotFound` if there is no such post, `Forbidden` if it is not his.
pub async fn require_access(db: &Db, who: &User, id: &PostId) -> Result<()> {
    let post = belonging(db, id).await?;
    who.require_show(&post.show)?;
    let own = post.created_by.as_deref() == Some(who.id.as_str());
    let draft = is_contributors(post.state, post.ever_public);
    match (who.may_publish() || own && draft, own) {
        (true, _) => Ok(()),
        // It was his to write until somebody published it.
        (false, true) => Err(Error::Forbidden(Message::new("error-post-no-draft"))),
        (false, false) => Err(refused()),
    }
}

/// Whether a post in this state is its contributor's still, if he began it: once it was public, or
/// is to be, it is an editor's.
pub fn is_contributors(state: PostState, ever_public: bool) -> bool {
    matches!(state, PostState::Draft | PostState::Removed) && !ever_public
}

/// What cannot be done in this state.
pub fn not_from(state: PostState) -> Error {
    let key = match state {
        PostState::Removed => "error-post-trash",
        _ => "error-post-state",
    };
    Error::Conflict(Message::new(key).with("state", state.as_str()))
}

/// A post that is not in the trash, inside a transaction and locked there: in the trash nothing is
/// done with one but taking it out.
///
/// # Errors
/// `NotFound` if there is no such post; `Conflict` if it is in the trash.
pub async fn living_in(tx: &mut Tx, id: &PostId) -> Result<Post> {
    living(writing::find_in(tx, id).await?)
}

/// The same outside of a transaction, before long work is begun.
///
/// # Errors
/// As [`living_in`].
pub async fn find_living(db: &Db, id: &PostId) -> Result<Post> {
    living(writing::find(db, id).await?)
}

fn living(post: Post) -> Result<Post> {
    match post.state {
        PostState::Removed => Err(not_from(post.state)),
        _ => Ok(post),
    }
}
