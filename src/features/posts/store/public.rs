//! What the public reads: `reachable_posts`, `listed_posts` and what hangs on them, nothing else
//! (HARDENING V1).
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{corrections, read_content, read_references};
use crate::db::Db;
use crate::features::posts::corrections::Correction;
use crate::features::posts::model::{PublicPost, PublicRecording, PublicTimes, RelatedPost};
use crate::features::posts::near::Neighbour;
use crate::formats::audio::AudioTags;
use crate::formats::chapters::Chapter;
use crate::kernel::ids::{PostId, RecordingId, RevisionId, ShowId};
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result};

/// The columns of a recording in the views: id, kind, hash, duration, length, bit rate.
type Columns = [&'static str; 6];

const RECORDING: Columns = [
    "recording_id",
    "recording_kind",
    "media_hash",
    "duration_ms",
    "length_bytes",
    "bitrate_bps",
];

const ALTERNATE: Columns = [
    "alternate_id",
    "alternate_kind",
    "alternate_hash",
    "alternate_duration_ms",
    "alternate_length_bytes",
    "alternate_bitrate_bps",
];

fn read_recording(row: &AnyRow, columns: &Columns) -> Result<Option<PublicRecording>> {
    let optional = |name: &str| row.try_get::<Option<String>, _>(name);
    let number = |name: &str| row.try_get::<i64, _>(name).map(i64::unsigned_abs);
    let [id, kind, hash, duration, length, bitrate] = *columns;
    let (Some(id), Some(kind), Some(media_hash)) =
        (optional(id)?, optional(kind)?, optional(hash)?)
    else {
        return Ok(None);
    };
    Ok(Some(PublicRecording {
        id: RecordingId::from_db(id),
        kind,
        media_hash,
        duration_ms: number(duration)?,
        length_bytes: number(length)?,
        bitrate_bps: number(bitrate)?,
        chapters: Vec::new(),
    }))
}

/// The author's chapters, else those that the recording's file tells of; a broken row of either
/// shows none.
fn read_chapters(row: &AnyRow) -> Result<Vec<Chapter>> {
    if let Some(own) = row.try_get::<Option<String>, _>("chapters")? {
        return Ok(serde_json::from_str(&own).unwrap_or_default());
    }
    let tags: Option<String> = row.try_get("recording_tags")?;
    let tags = tags.and_then(|json| serde_json::from_str::<AudioTags>(&json).ok());
    let found = tags.map_or_else(Vec::new, |tags| tags.chapters);
    Ok(found.into_iter().map(Chapter::from).collect())
}

/// What the views tell of a post's transcript.
pub(super) fn read_times(row: &AnyRow) -> Result<PublicTimes> {
    let number = |name: &str| row.try_get::<Option<i64>, _>(name);
    Ok(PublicTimes {
        version: number("transcript_version")?.unwrap_or(0),
        changed_at: number("transcript_changed_at")?.map(Instant),
        is_timed: number("is_timed")?.unwrap_or(0) != 0,
    })
}

pub(super) fn read(row: &AnyRow) -> Result<PublicPost> {
    let text = |name: &str| row.try_get::<String, _>(name);
    let number = |name: &str| row.try_get::<i64, _>(name);
    let mut recording = read_recording(row, &RECORDING)?;
    if let Some(recording) = &mut recording {
        recording.chapters = read_chapters(row)?;
    }
    Ok(PublicPost {
        id: PostId::from_db(text("id")?),
        show_id: ShowId::from_db(text("show_id")?),
        guid: text("guid")?,
        slug: text("slug")?,
        listed: text("state")? == "published",
        first_public_at: Instant(number("first_public_at")?),
        changed_at: Instant(number("public_changed_at")?),
        revision_id: RevisionId::from_db(text("revision_id")?),
        content: read_content(row)?,
        recording,
        alternate: read_recording(row, &ALTERNATE)?,
        transcript: read_times(row)?,
    })
}

/// A post by show and present slug, or `NotFound`.
pub async fn find(db: &Db, show: &ShowId, slug: &str) -> Result<PublicPost> {
    let row = sqlx::query("SELECT * FROM reachable_posts WHERE show_id = $1 AND slug = $2")
        .bind(show.as_str())
        .bind(slug)
        .fetch_optional(db.read())
        .await?;
    read(&row.ok_or(Error::NotFound)?)
}

/// A post by its id, or `NotFound`.
pub async fn find_by_id(db: &Db, id: &PostId) -> Result<PublicPost> {
    let row = sqlx::query("SELECT * FROM reachable_posts WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(db.read())
        .await?;
    read(&row.ok_or(Error::NotFound)?)
}

/// The present slug of the reachable post that once had this one.
pub async fn present_slug(db: &Db, show: &ShowId, former: &str) -> Result<Option<String>> {
    let row = sqlx::query(
        "SELECT r.slug FROM post_slugs f JOIN reachable_posts r ON r.id = f.post_id \
         WHERE f.show_id = $1 AND f.slug = $2 AND f.was_public = 1",
    )
    .bind(show.as_str())
    .bind(former)
    .fetch_optional(db.read())
    .await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?)
}

/// Listed posts of a show, newest first.
pub async fn list(db: &Db, show: &ShowId, limit: i64, offset: i64) -> Result<Vec<PublicPost>> {
    let rows = sqlx::query(
        "SELECT * FROM listed_posts WHERE show_id = $1 \
         ORDER BY first_public_at DESC, id DESC LIMIT $2 OFFSET $3",
    )
    .bind(show.as_str())
    .bind(limit)
    .bind(offset)
    .fetch_all(db.read())
    .await?;
    rows.iter().map(read).collect()
}

/// How many posts a show lists.
pub async fn count(db: &Db, show: &ShowId) -> Result<i64> {
    let row = sqlx::query("SELECT CAST(count(*) AS BIGINT) FROM listed_posts WHERE show_id = $1")
        .bind(show.as_str())
        .fetch_one(db.read())
        .await?;
    Ok(row.try_get(0)?)
}

/// Whether a show has listed episodes.
pub async fn has_episodes(db: &Db, show: &ShowId) -> Result<bool> {
    let row = sqlx::query(
        "SELECT 1 FROM listed_posts WHERE show_id = $1 AND media_hash IS NOT NULL LIMIT 1",
    )
    .bind(show.as_str())
    .fetch_optional(db.read())
    .await?;
    Ok(row.is_some())
}

/// How many posts all shows list together.
pub async fn count_of_all(db: &Db) -> Result<i64> {
    let row = sqlx::query("SELECT CAST(count(*) AS BIGINT) FROM listed_posts")
        .fetch_one(db.read())
        .await?;
    Ok(row.try_get(0)?)
}

/// Address of the show, slug and last change of the listed posts of all shows, the oldest first.
pub async fn addresses(db: &Db, limit: i64, offset: i64) -> Result<Vec<(String, String, Instant)>> {
    let rows = sqlx::query(
        "SELECT s.address AS address, p.slug AS slug, p.public_changed_at AS public_changed_at, \
         p.transcript_changed_at AS transcript_changed_at \
         FROM listed_posts p JOIN shows s ON s.id = p.show_id \
         ORDER BY p.first_public_at, p.id LIMIT $1 OFFSET $2",
    )
    .bind(limit)
    .bind(offset)
    .fetch_all(db.read())
    .await?;
    let read = |row: &AnyRow| -> Result<(String, String, Instant)> {
        let text: i64 = row.try_get("public_changed_at")?;
        let times: Option<i64> = row.try_get("transcript_changed_at")?;
        let changed = times.map_or(text, |times| times.max(text));
        Ok((
            row.try_get("address")?,
            row.try_get("slug")?,
            Instant(changed),
        ))
    };
    rows.iter().map(read).collect()
}

/// The listed post just before (older) and just after (newer) a post.
pub async fn neighbours(
    db: &Db,
    post: &PublicPost,
) -> Result<(Option<Neighbour>, Option<Neighbour>)> {
    let older = sqlx::query(
        "SELECT slug, title, language FROM listed_posts WHERE show_id = $1 \
         AND (first_public_at, id) < ($2, $3) \
         ORDER BY first_public_at DESC, id DESC LIMIT 1",
    );
    let newer = sqlx::query(
        "SELECT slug, title, language FROM listed_posts WHERE show_id = $1 \
         AND (first_public_at, id) > ($2, $3) \
         ORDER BY first_public_at, id LIMIT 1",
    );
    let mut found = Vec::with_capacity(2);
    for query in [older, newer] {
        let row = query
            .bind(post.show_id.as_str())
            .bind(post.first_public_at.0)
            .bind(post.id.as_str())
            .fetch_optional(db.read())
            .await?;
        found.push(match row {
            Some(row) => Some(Neighbour {
                slug: row.try_get("slug")?,
                title: row.try_get("title")?,
                language: row.try_get("language")?,
            }),
            None => None,
        });
    }
    let newer = found.pop().flatten();
    Ok((found.pop().flatten(), newer))
}

/// The listed posts of the show around a post in time, at most so many on either side.
pub async fn around(db: &Db, post: &PublicPost, most: i64) -> Result<Vec<RelatedPost>> {
    let older = sqlx::query(
        "SELECT slug, title, language, first_public_at, media_hash, duration_ms, refs \
         FROM listed_posts WHERE show_id = $1 \
         AND (first_public_at, id) < ($2, $3) \
         ORDER BY first_public_at DESC, id DESC LIMIT $4",
    );
    let newer = sqlx::query(
        "SELECT slug, title, language, first_public_at, media_hash, duration_ms, refs \
         FROM listed_posts WHERE show_id = $1 \
         AND (first_public_at, id) > ($2, $3) \
         ORDER BY first_public_at, id LIMIT $4",
    );
    let mut found = Vec::new();
    for query in [older, newer] {
        let rows = query
            .bind(post.show_id.as_str())
            .bind(post.first_public_at.0)
            .bind(post.id.as_str())
            .bind(most)
            .fetch_all(db.read())
            .await?;
        for (at, row) in rows.iter().enumerate() {
            found.push(read_related(row, at == 0)?);
        }
    }
    Ok(found)
}

fn read_related(row: &AnyRow, is_neighbour: bool) -> Result<RelatedPost> {
    let text = |name: &str| row.try_get::<String, _>(name);
    let is_heard = row.try_get::<Option<String>, _>("media_hash")?.is_some();
    let duration: Option<i64> = row.try_get("duration_ms")?;
    Ok(RelatedPost {
        slug: text("slug")?,
        title: text("title")?,
        language: text("language")?,
        first_public_at: Instant(row.try_get("first_public_at")?),
        duration_ms: duration.filter(|_| is_heard).map(i64::unsigned_abs),
        references: read_references(&text("refs")?),
        is_neighbour,
    })
}

/// What readers are told of changes to a post, newest first; nothing of one that is not public.
pub async fn corrections(db: &Db, post: &PostId) -> Result<Vec<Correction>> {
    let rows = sqlx::query(
        "SELECT at, remark, changes FROM reachable_corrections WHERE post_id = $1 \
         ORDER BY at DESC, revision_id",
    )
    .bind(post.as_str())
    .fetch_all(db.read())
    .await?;
    rows.iter().map(corrections::read).collect()
}

/// Endings under which the recording of a post was ever public.
pub async fn audio_endings(db: &Db, id: &PostId) -> Result<Vec<String>> {
    let rows = sqlx::query(
        "SELECT extension FROM post_audio_endings WHERE post_id = $1 ORDER BY extension",
    )
    .bind(id.as_str())
    .fetch_all(db.read())
    .await?;
    rows.iter().map(|r| Ok(r.try_get(0)?)).collect()
}

/// File and length of a picture that the public can reach, or `NotFound`.
pub async fn find_cover(db: &Db, hash: &str, size_px: u32) -> Result<(String, u64)> {
    let row = sqlx::query(
        "SELECT media_hash, length_bytes FROM reachable_covers WHERE hash = $1 AND size_px = $2",
    )
    .bind(hash)
    .bind(i64::from(size_px))
    .fetch_optional(db.read())
    .await?
    .ok_or(Error::NotFound)?;
    let length: i64 = row.try_get("length_bytes")?;
    Ok((row.try_get("media_hash")?, length.unsigned_abs()))
}
