//! What changes posts, one transaction each. Handlers run these detached, so that a client who
//! hangs up cuts none of them (HARDENING D4).
use super::access::{living_in, not_from};
use super::attach::attach_recording;
use super::model::{Content, Post, PostState};
use super::saving::{save_in, saved_elsewhere};
use super::sentences::{is_cut_alike, sentences_in};
use super::store::recording::set_alternate;
use super::store::{preview, revisions, writing};
use super::ties;
use crate::db::{Db, Tx};
use crate::features::audit::{self, Act};
use crate::features::recordings;
use crate::kernel::events::Event;
use crate::kernel::ids::{PostId, RevisionId, Token, UserId, random_base32};
use crate::kernel::text::Slug;
use crate::kernel::time::Instant;
use crate::kernel::{Error, Message, Result};

/// A preview link lives for 7 days, in milliseconds (HARDENING V3).
const PREVIEW_MS: i64 = 7 * 24 * 3_600_000;

/// Freezes the working copy as a version that is not public.
pub async fn save_version(tx: &mut Tx, id: &PostId) -> Result<()> {
    let post = writing::find_in(tx, id).await?;
    let copy = writing::working_copy_in(tx, id).await?;
    let revision = revisions::insert(tx, &post, &copy.content, false).await?;
    let sentences = sentences_in(tx, id, &revision).await?;
    ties::tie_frozen(tx, id, &revision, &copy.content.references, &sentences).await?;
    revisions::prune(tx, id).await
}

/// Freezes the working copy as a version that is not public, unless it is what the newest version
/// holds already: before it is overwritten by somebody who did not write it.
pub async fn save_version_if_changed(tx: &mut Tx, id: &PostId) -> Result<()> {
    save_version_unless(tx, id, |newest, copy| newest == copy).await
}

/// Freezes the working copy as a version that is not public, unless the newest version has its
/// script already, in the same language, and the same recording: what times hang on.
pub async fn save_version_for_times(tx: &mut Tx, id: &PostId) -> Result<()> {
    let same = |newest: &Content, copy: &Content| {
        newest.script == copy.script
            && newest.recording_id == copy.recording_id
            && newest.language == copy.language
    };
    save_version_unless(tx, id, same).await
}

async fn save_version_unless(
    tx: &mut Tx,
    id: &PostId,
    same: impl Fn(&Content, &Content) -> bool,
) -> Result<()> {
    let post = writing::find_in(tx, id).await?;
    let copy = writing::working_copy_in(tx, id).await?;
    let newest = match post.revision_count {
        0 => None,
        number => Some(revisions::content(tx, id, number).await?),
    };
    if newest.is_some_and(|newest| same(&newest, &copy.content)) {
        return Ok(());
    }
    save_version(tx, id).await
}

/// Freezes the working copy as the text for the public, and claims its slug.
async fn freeze(tx: &mut Tx, post: &mut Post, public: bool) -> Result<RevisionId> {
    let copy = writing::working_copy_in(tx, &post.id).await?;
    let sound_ms = match &copy.content.recording_id {
        Some(recording) => Some(recordings::find_in(tx, recording).await?.duration_ms),
        None => None,
    };
    let faults = copy.content.faults_for_public(sound_ms);
    if !faults.is_empty() {
        return Err(faults.into());
    }
    claim_slug(tx, post, &copy.slug, &copy.content.title).await?;
    let revision = revisions::insert(tx, post, &copy.content, public).await?;
    let sentences = sentences_in(tx, &post.id, &revision).await?;
    let references = &copy.content.references;
    ties::tie_frozen(tx, &post.id, &revision, references, &sentences).await?;
    post.public_revision_id = Some(revision.clone());
    Ok(revision)
}

/// Gives a post its slug: the one typed, else the one it has, else one from the title.
async fn claim_slug(tx: &mut Tx, post: &mut Post, typed: &str, title: &str) -> Result<()> {
    let slug = if typed.is_empty() {
        match &post.slug {
            Some(slug) => slug.clone(),
            None => free_slug(tx, post, title).await?,
        }
    } else {
        let slug = Slug::parse(typed).map_err(|m| Error::field("slug", m))?;
        match writing::slug_owner(tx, &post.show_id, &slug).await? {
            Some(owner) if owner != post.id => {
                return Err(Error::field("slug", Message::new("error-slug-taken")));
            }
            _ => slug,
        }
    };
    writing::set_slug(tx, post, &slug).await?;
    post.slug = Some(slug);
    Ok(())
}

/// Why a post cannot have the slug that is typed for it, as it stands now; an empty one is made from
/// the title.
pub async fn slug_fault(db: &Db, post: &Post, typed: &str) -> Result<Option<Message>> {
    if typed.is_empty() {
        return Ok(None);
    }
    let slug = match Slug::parse(typed) {
        Ok(slug) => slug,
        Err(fault) => return Ok(Some(fault)),
    };
    let owner = writing::find_slug_owner(db, &post.show_id, &slug).await?;
    let is_taken = owner.is_some_and(|owner| owner != post.id);
    Ok(is_taken.then(|| Message::new("error-slug-taken")))
}

async fn free_slug(tx: &mut Tx, post: &Post, title: &str) -> Result<Slug> {
    let stem =
        Slug::from_title(title).unwrap_or_else(|| Slug::from_db(post.id.as_str().to_owned()));
    let mut slug = stem.clone();
    let mut n = 1;
    while writing::slug_owner(tx, &post.show_id, &slug)
        .await?
        .is_some_and(|owner| owner != post.id)
    {
        n += 1;
        slug = stem.numbered(n);
    }
    Ok(slug)
}

/// Draft or scheduled → published, now.
pub async fn publish(tx: &mut Tx, id: &PostId) -> Result<Post> {
    publish_as(tx, id, PostState::Published).await
}

/// Draft or scheduled → unlisted, now: public from the beginning for who has the address alone.
pub async fn publish_unlisted(tx: &mut Tx, id: &PostId) -> Result<Post> {
    publish_as(tx, id, PostState::Unlisted).await
}

async fn publish_as(tx: &mut Tx, id: &PostId, state: PostState) -> Result<Post> {
    let mut post = writing::find_in(tx, id).await?;
    if !matches!(post.state, PostState::Draft | PostState::Scheduled) {
        return Err(not_from(post.state));
    }
    freeze(tx, &mut post, true).await?;
    let now = tx.now();
    go_public(tx, &mut post, state, now).await?;
    Ok(post)
}

async fn go_public(tx: &mut Tx, post: &mut Post, state: PostState, at: Instant) -> Result<()> {
    post.state = state;
    post.scheduled_at = None;
    post.first_public_at = Some(post.first_public_at.unwrap_or(at));
    post.public_changed_at = Some(at);
    writing::update_state(tx, post).await?;
    writing::mark_public(tx, post).await?;
    tx.announce(Event::PostPublished(post.show_id.clone(), post.id.clone()));
    Ok(())
}

/// Draft or scheduled → scheduled for an instant in the future.
pub async fn schedule(tx: &mut Tx, id: &PostId, at: Instant) -> Result<Post> {
    let mut post = writing::find_in(tx, id).await?;
    if !matches!(post.state, PostState::Draft | PostState::Scheduled) {
        return Err(not_from(post.state));
    }
    if at <= tx.now() {
        return Err(Error::field(
            "scheduled_at",
            Message::new("error-schedule-past"),
        ));
    }
    freeze(tx, &mut post, false).await?;
    post.state = PostState::Scheduled;
    post.scheduled_at = Some(at);
    writing::update_state(tx, &post).await?;
    tx.announce(Event::ScheduleChanged(
        post.show_id.clone(),
        post.id.clone(),
    ));
    Ok(post)
}

/// Scheduled → draft.
pub async fn unschedule(tx: &mut Tx, id: &PostId) -> Result<Post> {
    let mut post = writing::find_in(tx, id).await?;
    if post.state != PostState::Scheduled {
        return Err(not_from(post.state));
    }
    post.state = PostState::Draft;
    post.scheduled_at = None;
    writing::update_state(tx, &post).await?;
    tx.announce(Event::ScheduleChanged(
        post.show_id.clone(),
        post.id.clone(),
    ));
    Ok(post)
}

/// Puts the working copy in the place of what the public sees, or will see when due; says whether
/// that is anything else. If not, no version is made of it.
pub async fn update(tx: &mut Tx, id: &PostId) -> Result<bool> {
    let post = writing::find_in(tx, id).await?;
    let changes = !is_as_public(tx, &post).await?;
    if changes {
        update_anyway(tx, id).await?;
    }
    Ok(changes)
}

/// Whether an update would change nothing: neither text nor slug, nor how the sentences are cut.
pub async fn is_as_public(tx: &mut Tx, post: &Post) -> Result<bool> {
    let Some(public) = post
        .public_revision_id
        .as_ref()
        .filter(|_| post.state.has_public())
    else {
        return Ok(false);
    };
    let copy = writing::working_copy_in(tx, &post.id).await?;
    let slug = post.slug.as_ref().map(Slug::as_str);
    let shown = revisions::content_by_id(tx, &post.id, public).await?;
    if shown.differs_from(&copy.content) || !copy.slug.is_empty() && slug != Some(&*copy.slug) {
        return Ok(false);
    }
    is_cut_alike(tx, &post.id, public).await
}

/// As [`update`], with a version of its own also where nothing differs.
pub async fn update_anyway(tx: &mut Tx, id: &PostId) -> Result<Post> {
    let mut post = writing::find_in(tx, id).await?;
    let reachable = post.state.is_reachable();
    if !post.state.has_public() {
        return Err(not_from(post.state));
    }
    freeze(tx, &mut post, reachable).await?;
    if reachable {
        post.public_changed_at = Some(tx.now());
    }
    writing::update_state(tx, &post).await?;
    let (show, id) = (post.show_id.clone(), post.id.clone());
    if reachable {
        writing::mark_public(tx, &post).await?;
        tx.announce(Event::PostUpdated(show, id));
    } else {
        tx.announce(Event::ScheduleChanged(show, id));
    }
    Ok(post)
}

/// Published ↔ unlisted.
pub async fn set_listed(tx: &mut Tx, id: &PostId, listed: bool) -> Result<Post> {
    let mut post = writing::find_in(tx, id).await?;
    post.state = match (post.state, listed) {
        (PostState::Published, false) => PostState::Unlisted,
        (PostState::Unlisted, true) => PostState::Published,
        _ => return Err(not_from(post.state)),
    };
    writing::update_state(tx, &post).await?;
    tx.announce(Event::PostUpdated(post.show_id.clone(), post.id.clone()));
    Ok(post)
}

/// Any state → removed: every public address of it answers 404 from now on (HARDENING V2).
pub async fn remove(tx: &mut Tx, id: &PostId) -> Result<Post> {
    let mut post = living_in(tx, id).await?;
    post.state = PostState::Removed;
    post.scheduled_at = None;
    writing::update_state(tx, &post).await?;
    tx.announce(Event::PostWithdrawn(post.show_id.clone(), post.id.clone()));
    Ok(post)
}

/// Removed → draft. Its slug, GUID and date stay with it.
pub async fn restore(tx: &mut Tx, id: &PostId) -> Result<Post> {
    let mut post = writing::find_in(tx, id).await?;
    if post.state != PostState::Removed {
        return Err(not_from(post.state));
    }
    post.state = PostState::Draft;
    writing::update_state(tx, &post).await?;
    Ok(post)
}

/// Brings an old revision back into the working copy; the public sees it after Update. The
/// text that it replaces is kept as a version first, unless the newest one is the same.
///
/// # Errors
/// `Conflict` if the working copy is not at `version` any more; `NotFound` if there is no
/// revision of this number.
pub async fn restore_revision(tx: &mut Tx, id: &PostId, number: i64, version: i64) -> Result<()> {
    writing::find_in(tx, id).await?;
    let copy = writing::working_copy_in(tx, id).await?;
    if copy.version != version {
        return Err(saved_elsewhere(copy.version));
    }
    // Read first: keeping one more version may drop the oldest.
    let content = revisions::content(tx, id, number).await?;
    save_version_if_changed(tx, id).await?;
    save_in(tx, id, version, &copy.slug, &content).await?;
    writing::set_cover(tx, id, content.cover_hash.as_deref()).await?;
    attach_recording(tx, id, content.recording_id.as_ref()).await?;
    // Frozen together, so they fit together.
    set_alternate(tx, id, content.alternate_id.as_ref()).await
}

/// Makes every due scheduled post public, dated at its due instant. Says how many.
pub async fn publish_due(db: &Db) -> Result<usize> {
    let now = db.clock().now();
    if writing::next_due(db).await?.is_none_or(|due| due > now) {
        return Ok(0);
    }
    let mut tx = db.begin().await?;
    let due = writing::list_due(&mut tx, now).await?;
    let count = due.len();
    for mut post in due {
        let at = post.scheduled_at.unwrap_or(now);
        go_public(&mut tx, &mut post, PostState::Published, at).await?;
    }
    tx.commit().await?;
    Ok(count)
}

/// Makes a preview link; the token is shown once.
pub async fn create_preview_link(db: &Db, by: &UserId, id: &PostId) -> Result<Token> {
    let token = Token::random();
    let mut tx = db.begin().await?;
    living_in(&mut tx, id).await?;
    audit::record_post(&mut tx, by, Act::PreviewLinkCreated, id).await?;
    let expires_at = tx.now().plus_ms(PREVIEW_MS);
    preview::insert(&mut tx, id, &token, &random_base32::<12>(), expires_at).await?;
    tx.commit().await?;
    Ok(token)
}

/// Revokes a preview link.
pub async fn revoke_preview_link(db: &Db, by: &UserId, id: &PostId, link: &str) -> Result<()> {
    let mut tx = db.begin().await?;
    audit::record_post(&mut tx, by, Act::PreviewLinkRevoked, id).await?;
    preview::delete(&mut tx, id, link).await?;
    tx.commit().await
}
