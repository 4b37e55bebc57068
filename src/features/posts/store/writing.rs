//! What the author's side reads and writes: posts, working copies, revisions, slugs.
use sqlx::Row;
use sqlx::any::AnyRow;

pub use super::lists::{count_by_state, list, title};
use super::{read_content, write_details, write_references};
use crate::db::{Db, Tx};
use crate::features::posts::model::{Content, Hands, Post, PostState, Reference, WorkingCopy};
use crate::kernel::ids::{PostId, RevisionId, ShowId, UserId};
use crate::kernel::text::Slug;
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result};

pub(super) fn read_post(row: &AnyRow) -> Result<Post> {
    let instant = |name: &str| row.try_get::<Option<i64>, _>(name).map(|n| n.map(Instant));
    let state: String = row.try_get("state")?;
    Ok(Post {
        id: PostId::from_db(row.try_get("id")?),
        show_id: ShowId::from_db(row.try_get("show_id")?),
        guid: row.try_get("guid")?,
        state: PostState::parse(&state).unwrap_or(PostState::Draft),
        slug: row.try_get::<Option<String>, _>("slug")?.map(Slug::from_db),
        public_revision_id: row
            .try_get::<Option<String>, _>("public_revision_id")?
            .map(RevisionId::from_db),
        revision_count: row.try_get("revision_count")?,
        scheduled_at: instant("scheduled_at")?,
        first_public_at: instant("first_public_at")?,
        public_changed_at: instant("public_changed_at")?,
        created_at: Instant(row.try_get("created_at")?),
    })
}

fn read_working_copy(row: &AnyRow) -> Result<WorkingCopy> {
    Ok(WorkingCopy {
        version: row.try_get("version")?,
        updated_at: Instant(row.try_get("updated_at")?),
        slug: row.try_get("slug")?,
        content: read_content(row)?,
    })
}

/// A post by its id, or `NotFound`.
pub async fn find(db: &Db, id: &PostId) -> Result<Post> {
    let row = sqlx::query("SELECT * FROM posts WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(db.read())
        .await?;
    read_post(&row.ok_or(Error::NotFound)?)
}

/// A post, inside a transaction and locked there on PostgreSQL by the update that follows.
pub async fn find_in(tx: &mut Tx, id: &PostId) -> Result<Post> {
    let row =
        sqlx::query("UPDATE posts SET revision_count = revision_count WHERE id = $1 RETURNING *")
            .bind(id.as_str())
            .fetch_optional(tx.conn())
            .await?;
    read_post(&row.ok_or(Error::NotFound)?)
}

/// The working copy of a post.
pub async fn working_copy(db: &Db, id: &PostId) -> Result<WorkingCopy> {
    let row = sqlx::query("SELECT * FROM post_working_copies WHERE post_id = $1")
        .bind(id.as_str())
        .fetch_optional(db.read())
        .await?;
    read_working_copy(&row.ok_or(Error::NotFound)?)
}

/// The working copy of a post, inside a transaction.
pub async fn working_copy_in(tx: &mut Tx, id: &PostId) -> Result<WorkingCopy> {
    let row = sqlx::query("SELECT * FROM post_working_copies WHERE post_id = $1")
        .bind(id.as_str())
        .fetch_optional(tx.conn())
        .await?;
    read_working_copy(&row.ok_or(Error::NotFound)?)
}

/// The version of a post's working copy, which nobody changes until the transaction ends.
pub async fn hold(tx: &mut Tx, id: &PostId) -> Result<i64> {
    let row = sqlx::query(
        "UPDATE post_working_copies SET version = version WHERE post_id = $1 RETURNING version",
    )
    .bind(id.as_str())
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.ok_or(Error::NotFound)?.try_get(0)?)
}

/// Notes a nonce for the post that it makes (HARDENING D4), with the digest of what was sent. Gives
/// the post and the digest of the first time, if the nonce was there already.
pub async fn note_nonce(
    tx: &mut Tx,
    nonce: &str,
    post: &PostId,
    digest: &str,
) -> Result<Option<(PostId, String)>> {
    let now = tx.now();
    let fresh = sqlx::query(
        "INSERT INTO form_nonces (nonce, post_id, created_at, body_digest) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (nonce) DO NOTHING",
    )
    .bind(nonce)
    .bind(post.as_str())
    .bind(now.0)
    .bind(digest)
    .execute(tx.conn())
    .await?
    .rows_affected();
    if fresh > 0 {
        return Ok(None);
    }
    let row = sqlx::query("SELECT post_id, body_digest FROM form_nonces WHERE nonce = $1")
        .bind(nonce)
        .fetch_one(tx.conn())
        .await?;
    let post = PostId::from_db(row.try_get(0)?);
    Ok(Some((post, row.try_get(1)?)))
}

/// Makes an empty draft.
pub async fn insert(
    tx: &mut Tx,
    id: &PostId,
    show: &ShowId,
    by: Option<&UserId>,
    guid: &str,
) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "INSERT INTO posts (id, show_id, guid, state, created_at, created_by) \
         VALUES ($1, $2, $3, 'draft', $4, $5)",
    )
    .bind(id.as_str())
    .bind(show.as_str())
    .bind(guid)
    .bind(now.0)
    .bind(by.map(UserId::as_str))
    .execute(tx.conn())
    .await?;
    sqlx::query(
        "INSERT INTO post_working_copies (post_id, version, updated_at, slug, title, note, script, refs, \
         language, episode_type) VALUES ($1, 1, $2, '', '', '', '', '[]', '', 'full')",
    )
    .bind(id.as_str())
    .bind(now.0)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A draft that this person began for the show and never touched, the newest; it counts as begun
/// now. Nothing was ever saved in it, no file was sent for it, and no link leads to it.
pub async fn take_untouched(tx: &mut Tx, show: &ShowId, by: &UserId) -> Result<Option<PostId>> {
    let now = tx.now();
    let row = sqlx::query(
        "UPDATE post_working_copies SET updated_at = $3 WHERE post_id = (SELECT p.id FROM posts p \
         JOIN post_working_copies w ON w.post_id = p.id WHERE p.created_by = $2 AND p.show_id = $1 \
         AND p.state = 'draft' AND p.revision_count = 0 AND w.version = 1 AND w.title = '' \
         AND w.note = '' AND w.script = '' AND w.recording_id IS NULL AND w.cover_hash IS NULL \
         AND NOT EXISTS (SELECT 1 FROM uploads u WHERE u.post_id = p.id) \
         AND NOT EXISTS (SELECT 1 FROM preview_links l WHERE l.post_id = p.id) \
         ORDER BY p.created_at DESC, p.id LIMIT 1) RETURNING post_id",
    )
    .bind(show.as_str())
    .bind(by.as_str())
    .bind(now.0)
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?.map(PostId::from_db))
}

/// Overwrites the text of the working copy if it still is at `version`; gives the new version,
/// or `None` if somebody saved in between. Recording and cover are not touched: they are set
/// by their own functions, which raise no version.
pub async fn save(
    tx: &mut Tx,
    id: &PostId,
    version: i64,
    slug: &str,
    content: &Content,
) -> Result<Option<i64>> {
    let now = tx.now();
    let row = sqlx::query(
        "UPDATE post_working_copies SET version = version + 1, updated_at = $3, slug = $4, title = $5, \
         note = $6, script = $7, refs = $8, language = $9, season = $10, episode = $11, \
         episode_type = $12, explicit = $13, details = $14 WHERE post_id = $1 AND version = $2 RETURNING version",
    )
    .bind(id.as_str())
    .bind(version)
    .bind(now.0)
    .bind(slug)
    .bind(content.title.as_str())
    .bind(content.note.as_str())
    .bind(content.script.as_str())
    .bind(write_references(&content.references)?)
    .bind(content.language.as_str())
    .bind(content.season)
    .bind(content.episode)
    .bind(content.episode_type.as_str())
    .bind(content.explicit.map(i64::from))
    .bind(write_details(content)?)
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?)
}

/// Notes who saved the working copy.
pub async fn sign(tx: &mut Tx, id: &PostId, by: &UserId) -> Result<()> {
    sqlx::query("UPDATE post_working_copies SET saved_by = $2 WHERE post_id = $1")
        .bind(id.as_str())
        .bind(by.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Who began a post and who saved it last, as far as that was kept.
pub async fn hands(db: &Db, id: &PostId) -> Result<Hands> {
    let row = sqlx::query(
        "SELECT p.created_by, w.saved_by FROM posts p \
         JOIN post_working_copies w ON w.post_id = p.id WHERE p.id = $1",
    )
    .bind(id.as_str())
    .fetch_optional(db.read())
    .await?;
    read_hands(&row.ok_or(Error::NotFound)?)
}

/// The same from a row that has both columns.
pub(super) fn read_hands(row: &AnyRow) -> Result<Hands> {
    let saved: String = row.try_get("saved_by")?;
    let began: Option<String> = row.try_get("created_by")?;
    let known = |id: String| (!id.is_empty()).then(|| UserId::from_db(id));
    Ok(Hands {
        began: began.and_then(known),
        saved: known(saved),
    })
}

/// Sets the references of the working copy. Raises no version: the words are the author's still.
pub async fn set_references(tx: &mut Tx, id: &PostId, references: &[Reference]) -> Result<()> {
    sqlx::query("UPDATE post_working_copies SET refs = $2 WHERE post_id = $1")
        .bind(id.as_str())
        .bind(write_references(references)?)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Gives the working copy a title where it has none. Raises no version: it is a proposal, over
/// which whatever the author types is saved.
pub async fn propose_title(tx: &mut Tx, id: &PostId, title: &str) -> Result<()> {
    sqlx::query("UPDATE post_working_copies SET title = $2 WHERE post_id = $1 AND title = ''")
        .bind(id.as_str())
        .bind(title)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Sets the picture of the working copy, or takes it away.
pub async fn set_cover(tx: &mut Tx, id: &PostId, cover_hash: Option<&str>) -> Result<()> {
    sqlx::query("UPDATE post_working_copies SET cover_hash = $2 WHERE post_id = $1")
        .bind(id.as_str())
        .bind(cover_hash)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Writes the state of a post as it is in `post`.
pub async fn update_state(tx: &mut Tx, post: &Post) -> Result<()> {
    let removed_at = (post.state == PostState::Removed).then(|| tx.now().0);
    sqlx::query(
        "UPDATE posts SET state = $2, slug = $3, public_revision_id = $4, scheduled_at = $5, \
         first_public_at = $6, public_changed_at = $7, removed_at = $8 WHERE id = $1",
    )
    .bind(post.id.as_str())
    .bind(post.state.as_str())
    .bind(post.slug.as_ref().map(Slug::as_str))
    .bind(post.public_revision_id.as_ref().map(RevisionId::as_str))
    .bind(post.scheduled_at.map(|i| i.0))
    .bind(post.first_public_at.map(|i| i.0))
    .bind(post.public_changed_at.map(|i| i.0))
    .bind(removed_at)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Marks what a post now shows as having been public: its revision, its slug, the endings of
/// its recording in both formats. All are kept for good.
pub async fn mark_public(tx: &mut Tx, post: &Post) -> Result<()> {
    let revision = post.public_revision_id.as_ref().map(RevisionId::as_str);
    sqlx::query("UPDATE post_revisions SET ever_public = 1 WHERE id = $1")
        .bind(revision)
        .execute(tx.conn())
        .await?;
    sqlx::query("UPDATE post_slugs SET was_public = 1 WHERE show_id = $1 AND slug = $2")
        .bind(post.show_id.as_str())
        .bind(post.slug.as_ref().map(Slug::as_str))
        .execute(tx.conn())
        .await?;
    sqlx::query(
        "INSERT INTO post_audio_endings (post_id, extension) \
         SELECT r.post_id, a.kind FROM post_revisions r \
         JOIN recordings a ON a.id = r.recording_id OR a.id = r.alternate_id \
         WHERE r.id = $1 ON CONFLICT (post_id, extension) DO NOTHING",
    )
    .bind(revision)
    .execute(tx.conn())
    .await?;
    Ok(())
}

const SLUG_OWNER: &str = "SELECT post_id FROM post_slugs WHERE show_id = $1 AND slug = $2";

/// Whose slug this is in a show, now.
pub async fn find_slug_owner(db: &Db, show: &ShowId, slug: &Slug) -> Result<Option<PostId>> {
    let row = sqlx::query(SLUG_OWNER)
        .bind(show.as_str())
        .bind(slug.as_str())
        .fetch_optional(db.read())
        .await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?.map(PostId::from_db))
}

/// Whose slug this is in a show.
pub async fn slug_owner(tx: &mut Tx, show: &ShowId, slug: &Slug) -> Result<Option<PostId>> {
    let row = sqlx::query(SLUG_OWNER)
        .bind(show.as_str())
        .bind(slug.as_str())
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?.map(PostId::from_db))
}

/// Gives a post this slug; a former one that was never public is free again.
pub async fn set_slug(tx: &mut Tx, post: &Post, slug: &Slug) -> Result<()> {
    sqlx::query("DELETE FROM post_slugs WHERE post_id = $1 AND was_public = 0 AND slug <> $2")
        .bind(post.id.as_str())
        .bind(slug.as_str())
        .execute(tx.conn())
        .await?;
    sqlx::query(
        "INSERT INTO post_slugs (show_id, slug, post_id, was_public) VALUES ($1, $2, $3, 0) \
         ON CONFLICT (show_id, slug) DO NOTHING",
    )
    .bind(post.show_id.as_str())
    .bind(slug.as_str())
    .bind(post.id.as_str())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The due scheduled posts, earliest first.
pub async fn list_due(tx: &mut Tx, now: Instant) -> Result<Vec<Post>> {
    let rows = sqlx::query(
        "SELECT * FROM posts WHERE state = 'scheduled' AND scheduled_at <= $1 ORDER BY scheduled_at, id LIMIT 500",
    )
    .bind(now.0)
    .fetch_all(tx.conn())
    .await?;
    rows.iter().map(read_post).collect()
}

/// The instant at which the next scheduled post is due.
pub async fn next_due(db: &Db) -> Result<Option<Instant>> {
    let row = sqlx::query(
        "SELECT scheduled_at FROM posts WHERE state = 'scheduled' AND scheduled_at IS NOT NULL \
         ORDER BY scheduled_at LIMIT 1",
    )
    .fetch_optional(db.read())
    .await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?.map(Instant))
}
