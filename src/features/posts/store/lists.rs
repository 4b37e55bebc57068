//! The author's lists: which posts there are, a page at a time, and how many.
use sqlx::Row;
use sqlx::any::AnyRow;

use super::read_references;
use super::writing::{read_hands, read_post};
use crate::db::Db;
use crate::features::posts::content::untied;
use crate::features::posts::model::{PostState, PostSummary};
use crate::features::posts::wanted::{PostKind, Wanted};
use crate::kernel::ids::{PostId, ShowId, UserId};
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result};

fn read_summary(row: &AnyRow) -> Result<PostSummary> {
    let media: Option<String> = row.try_get("media_state")?;
    let references = |name: &str| {
        let json: Option<String> = row.try_get(name)?;
        Ok::<_, Error>(json.map(|json| untied(&read_references(&json))))
    };
    let other_references = references("public_refs")? != references("refs")?;
    Ok(PostSummary {
        post: read_post(row)?,
        title: row.try_get("title")?,
        updated_at: Instant(row.try_get("updated_at")?),
        hands: read_hands(row)?,
        recording_kind: row.try_get("recording_kind")?,
        duration_ms: row
            .try_get::<Option<i64>, _>("duration_ms")?
            .map(i64::unsigned_abs),
        media_missing: media.as_deref() == Some("missing"),
        changed: other_references || row.try_get::<i64, _>("changed")? != 0,
    })
}

/// A page of the author's list. Newest first, what is not public yet before what is.
pub async fn list(
    db: &Db,
    show: &ShowId,
    wanted: &Wanted,
    limit: i64,
    offset: i64,
) -> Result<Vec<PostSummary>> {
    let [one, two, three, four, five] = wanted.patterns();
    // The page is cut before the texts are compared: those of ten thousand posts would be read
    // otherwise. They are looked into where a word is asked for alone.
    let rows = sqlx::query(
        "SELECT p.*, w.title AS title, w.updated_at AS updated_at, w.saved_by AS saved_by, \
         r.kind AS recording_kind, r.duration_ms AS duration_ms, m.state AS media_state, \
         CASE WHEN v.id IS NOT NULL AND (v.title <> w.title OR v.note <> w.note \
         OR v.script <> w.script OR v.details <> w.details OR v.language <> w.language \
         OR v.episode_type <> w.episode_type \
         OR coalesce(v.season, 0) <> coalesce(w.season, 0) \
         OR coalesce(v.episode, 0) <> coalesce(w.episode, 0) \
         OR coalesce(v.explicit, -1) <> coalesce(w.explicit, -1) \
         OR coalesce(v.recording_id, '') <> coalesce(w.recording_id, '') \
         OR coalesce(v.alternate_id, '') <> coalesce(w.alternate_id, '') \
         OR coalesce(v.cover_hash, '') <> coalesce(w.cover_hash, '')) \
         THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS changed, \
         CASE WHEN v.refs <> w.refs THEN v.refs END AS public_refs, \
         CASE WHEN v.refs <> w.refs THEN w.refs END AS refs \
         FROM (SELECT p.*, CASE WHEN p.state IN ('draft', 'scheduled') THEN 0 ELSE 1 END AS rank, \
         CASE WHEN p.state = 'draft' THEN w.updated_at WHEN p.scheduled_at IS NULL \
         THEN p.first_public_at ELSE p.scheduled_at END AS at \
         FROM posts p JOIN post_working_copies w ON w.post_id = p.id \
         WHERE p.show_id = $1 AND (p.state = $2 OR ($2 = '' AND p.state <> 'removed')) \
         AND ($3 = '' OR ($3 = 'audio' AND w.recording_id IS NOT NULL) \
         OR ($3 = 'text' AND w.recording_id IS NULL)) \
         AND ($4 = '%' OR lower(w.title || ' ' || w.note || ' ' || w.script) LIKE lower($4) ESCAPE '!') \
         AND ($5 = '%' OR lower(w.title || ' ' || w.note || ' ' || w.script) LIKE lower($5) ESCAPE '!') \
         AND ($6 = '%' OR lower(w.title || ' ' || w.note || ' ' || w.script) LIKE lower($6) ESCAPE '!') \
         AND ($7 = '%' OR lower(w.title || ' ' || w.note || ' ' || w.script) LIKE lower($7) ESCAPE '!') \
         AND ($8 = '%' OR lower(w.title || ' ' || w.note || ' ' || w.script) LIKE lower($8) ESCAPE '!') \
         AND ($9 = '' OR p.created_by = $9) \
         ORDER BY rank, at DESC, p.id LIMIT $10 OFFSET $11) p \
         JOIN post_working_copies w ON w.post_id = p.id \
         LEFT JOIN post_revisions v ON v.id = p.public_revision_id \
         LEFT JOIN recordings r ON r.id = w.recording_id LEFT JOIN media m ON m.hash = r.media_hash \
         ORDER BY p.rank, p.at DESC, p.id",
    )
    .bind(show.as_str())
    .bind(wanted.state.map_or("", PostState::as_str))
    .bind(wanted.kind.map_or("", PostKind::as_str))
    .bind(one)
    .bind(two)
    .bind(three)
    .bind(four)
    .bind(five)
    .bind(by(wanted))
    .bind(limit)
    .bind(offset)
    .fetch_all(db.read())
    .await?;
    rows.iter().map(read_summary).collect()
}

/// Which show a post belongs to, and the title of its working copy; `None` if there is no such post.
pub async fn title(db: &Db, post: &PostId) -> Result<Option<(ShowId, String)>> {
    let row = sqlx::query(
        "SELECT p.show_id AS show_id, w.title AS title FROM posts p \
         JOIN post_working_copies w ON w.post_id = p.id WHERE p.id = $1",
    )
    .bind(post.as_str())
    .fetch_optional(db.read())
    .await?;
    row.map(|row| {
        let show = ShowId::from_db(row.try_get("show_id")?);
        Ok((show, row.try_get("title")?))
    })
    .transpose()
}

/// How many posts of a show are in each state, among those that are wanted but for their state.
pub async fn count_by_state(
    db: &Db,
    show: &ShowId,
    wanted: &Wanted,
) -> Result<Vec<(PostState, i64)>> {
    let [one, two, three, four, five] = wanted.patterns();
    let rows = sqlx::query(
        "SELECT p.state AS state, CAST(count(*) AS BIGINT) AS n \
         FROM posts p JOIN post_working_copies w ON w.post_id = p.id WHERE p.show_id = $1 \
         AND ($2 = '' OR ($2 = 'audio' AND w.recording_id IS NOT NULL) \
         OR ($2 = 'text' AND w.recording_id IS NULL)) \
         AND ($3 = '%' OR lower(w.title || ' ' || w.note || ' ' || w.script) LIKE lower($3) ESCAPE '!') \
         AND ($4 = '%' OR lower(w.title || ' ' || w.note || ' ' || w.script) LIKE lower($4) ESCAPE '!') \
         AND ($5 = '%' OR lower(w.title || ' ' || w.note || ' ' || w.script) LIKE lower($5) ESCAPE '!') \
         AND ($6 = '%' OR lower(w.title || ' ' || w.note || ' ' || w.script) LIKE lower($6) ESCAPE '!') \
         AND ($7 = '%' OR lower(w.title || ' ' || w.note || ' ' || w.script) LIKE lower($7) ESCAPE '!') \
         AND ($8 = '' OR p.created_by = $8) \
         GROUP BY p.state",
    )
    .bind(show.as_str())
    .bind(wanted.kind.map_or("", PostKind::as_str))
    .bind(one)
    .bind(two)
    .bind(three)
    .bind(four)
    .bind(five)
    .bind(by(wanted))
    .fetch_all(db.read())
    .await?;
    let mut counts = Vec::new();
    for row in &rows {
        if let Some(state) = PostState::parse(&row.try_get::<String, _>("state")?) {
            counts.push((state, row.try_get("n")?));
        }
    }
    Ok(counts)
}

/// Whose posts are wanted; empty for everybody's.
fn by(wanted: &Wanted) -> &str {
    wanted.by.as_ref().map_or("", UserId::as_str)
}
