//! What feeds read of the views: the order of everything, and the posts that are new to them.
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::public::{read, read_times};
use crate::features::posts::model::{Listed, PublicPost};
use crate::kernel::Result;
use crate::kernel::ids::{PostId, ShowId};
use crate::kernel::time::Instant;

/// Where a reading of a long list goes on: after this date and id.
pub type After = (Instant, PostId);

/// Posts read at a time.
pub const BATCH: i64 = 500;

fn read_listed(row: &AnyRow) -> Result<Listed> {
    Ok(Listed {
        id: PostId::from_db(row.try_get("id")?),
        slug: row.try_get("slug")?,
        revision: row.try_get("revision_id")?,
        first_public_at: Instant(row.try_get("first_public_at")?),
        changed_at: Instant(row.try_get("public_changed_at")?),
        media_hash: row.try_get("media_hash")?,
        alternate_hash: row.try_get("alternate_hash")?,
        transcript: read_times(row)?,
    })
}

/// Every listed episode of a show, newest first, without its texts.
pub async fn episodes(conn: &mut AnyConnection, show: &ShowId) -> Result<Vec<Listed>> {
    let rows = sqlx::query(
        "SELECT id, slug, revision_id, first_public_at, public_changed_at, media_hash, alternate_hash, \
         transcript_version, transcript_changed_at, is_timed FROM listed_posts WHERE show_id = $1 AND recording_id IS NOT NULL \
         ORDER BY first_public_at DESC, id DESC",
    )
    .bind(show.as_str())
    .fetch_all(conn)
    .await?;
    rows.iter().map(read_listed).collect()
}

/// A page of the listed posts of a show, newest first, without their texts.
pub async fn posts(
    conn: &mut AnyConnection,
    show: &ShowId,
    limit: i64,
    offset: i64,
) -> Result<Vec<Listed>> {
    let rows = sqlx::query(
        "SELECT id, slug, revision_id, first_public_at, public_changed_at, media_hash, alternate_hash, \
         transcript_version, transcript_changed_at, is_timed FROM listed_posts WHERE show_id = $1 \
         ORDER BY first_public_at DESC, id DESC LIMIT $2 OFFSET $3",
    )
    .bind(show.as_str())
    .bind(limit)
    .bind(offset)
    .fetch_all(conn)
    .await?;
    rows.iter().map(read_listed).collect()
}

/// How many posts a show lists.
pub async fn count(conn: &mut AnyConnection, show: &ShowId) -> Result<i64> {
    let row = sqlx::query("SELECT CAST(count(*) AS BIGINT) FROM listed_posts WHERE show_id = $1")
        .bind(show.as_str())
        .fetch_one(conn)
        .await?;
    Ok(row.try_get(0)?)
}

/// A page of the listed posts of a show, newest first, whole.
pub async fn page(
    conn: &mut AnyConnection,
    show: &ShowId,
    limit: i64,
    offset: i64,
) -> Result<Vec<PublicPost>> {
    let rows = sqlx::query(
        "SELECT * FROM listed_posts WHERE show_id = $1 \
         ORDER BY first_public_at DESC, id DESC LIMIT $2 OFFSET $3",
    )
    .bind(show.as_str())
    .bind(limit)
    .bind(offset)
    .fetch_all(conn)
    .await?;
    rows.iter().map(read).collect()
}

/// A listed post, whole; `None` for one that is not listed.
pub async fn find(conn: &mut AnyConnection, id: &PostId) -> Result<Option<PublicPost>> {
    let row = sqlx::query("SELECT * FROM listed_posts WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Listed posts of a show after a place in the list, newest first, whole, [`BATCH`] at most.
pub async fn whole(
    conn: &mut AnyConnection,
    show: &ShowId,
    after: Option<&After>,
) -> Result<Vec<PublicPost>> {
    let rows = sqlx::query(
        "SELECT * FROM listed_posts WHERE show_id = $1 AND first_public_at <= $2 \
         AND (first_public_at < $2 OR id < $3) ORDER BY first_public_at DESC, id DESC LIMIT $4",
    )
    .bind(show.as_str())
    .bind(after.map_or(i64::MAX, |(at, _)| at.0))
    .bind(after.map_or("", |(_, id)| id.as_str()))
    .bind(BATCH)
    .fetch_all(conn)
    .await?;
    rows.iter().map(read).collect()
}

/// Listed episodes of a show after a place in the list, newest first, [`BATCH`] at most. Where
/// the script is not wanted, there is the beginning of it if there is no note to sum the post
/// up, else one character that says whether there is one: whole scripts are most of the work.
pub async fn without_scripts(
    conn: &mut AnyConnection,
    show: &ShowId,
    after: Option<&After>,
) -> Result<Vec<PublicPost>> {
    let rows = sqlx::query(
        "SELECT id, show_id, guid, slug, state, first_public_at, public_changed_at, revision_id, \
         title, note, CASE WHEN octet_length(note) = 0 THEN substr(script, 1, 1000) \
         WHEN octet_length(script) = 0 THEN '' ELSE '.' END AS script, \
         refs, details, language, season, episode, episode_type, explicit, cover_hash, \
         recording_id, recording_kind, media_hash, duration_ms, length_bytes, bitrate_bps, \
         recording_tags, alternate_id, alternate_kind, alternate_hash, alternate_duration_ms, \
         alternate_length_bytes, alternate_bitrate_bps, \
         transcript_version, transcript_changed_at, is_timed, chapters \
         FROM listed_posts WHERE show_id = $1 AND recording_id IS NOT NULL \
         AND first_public_at <= $2 AND (first_public_at < $2 OR id < $3) \
         ORDER BY first_public_at DESC, id DESC LIMIT $4",
    )
    .bind(show.as_str())
    .bind(after.map_or(i64::MAX, |(at, _)| at.0))
    .bind(after.map_or("", |(_, id)| id.as_str()))
    .bind(BATCH)
    .fetch_all(conn)
    .await?;
    rows.iter().map(read).collect()
}
