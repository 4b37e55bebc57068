//! The SQL that fills the demo: rows as publishing would have left them, many at a time.
use crate::db::Tx;
use crate::features::demo::model::{DemoPost, Dice};
use crate::kernel::ids::ShowId;
use crate::kernel::text::Slug;
use crate::kernel::{Error, Result};

/// A published post with its one revision, working copy, slug and recording.
pub async fn insert_post(
    tx: &mut Tx,
    show: &ShowId,
    post: &DemoPost,
    slug: &Slug,
    dice: &mut Dice,
) -> Result<()> {
    let (id, revision, guid) = (dice.post_id(), dice.revision_id(), dice.guid());
    let at = post.at.0;
    let refs = json(&post.references)?;
    let recording = match &post.sound {
        Some(sound) => {
            let recording = dice.recording_id();
            sqlx::query(
                "INSERT INTO recordings (id, media_hash, kind, duration_ms, bitrate_bps, sample_rate_hz, \
                 channels, original_name, tags, created_at) VALUES ($1, $2, 'mp3', $3, $4, $5, $6, $7, '{}', $8)",
            )
            .bind(recording.as_str())
            .bind(sound.media_hash.as_str())
            .bind(sound.duration_ms.cast_signed())
            .bind(sound.bitrate_bps.cast_signed())
            .bind(sound.sample_rate_hz.cast_signed())
            .bind(sound.channels.cast_signed())
            .bind(sound.name)
            .bind(at)
            .execute(tx.conn())
            .await?;
            Some(recording)
        }
        None => None,
    };
    let recording = recording.as_ref().map(|r| r.as_str());
    let timed = post.timed(&id);
    let sentences = timed
        .as_ref()
        .map(|timed| json(&timed.sentences))
        .transpose()?;
    let given = timed.as_ref().map_or(0, |timed| timed.sentences.len());
    sqlx::query(
        "INSERT INTO posts (id, show_id, guid, state, slug, public_revision_id, revision_count, \
         first_public_at, public_changed_at, created_at, sentences_given) \
         VALUES ($1, $2, $3, 'published', $4, $5, 1, $6, $6, $6, $7)",
    )
    .bind(id.as_str())
    .bind(show.as_str())
    .bind(guid)
    .bind(slug.as_str())
    .bind(revision.as_str())
    .bind(at)
    .bind(i64::try_from(given).unwrap_or(0))
    .execute(tx.conn())
    .await?;
    sqlx::query(
        "INSERT INTO post_slugs (show_id, slug, post_id, was_public) VALUES ($1, $2, $3, 1)",
    )
    .bind(show.as_str())
    .bind(slug.as_str())
    .bind(id.as_str())
    .execute(tx.conn())
    .await?;
    sqlx::query(
        "INSERT INTO post_revisions (id, post_id, number, ever_public, created_at, title, note, script, refs, \
         language, episode, episode_type, recording_id, sentences) \
         VALUES ($1, $2, 1, 1, $3, $4, $5, $6, $7, $8, $9, 'full', $10, $11)",
    )
    .bind(revision.as_str())
    .bind(id.as_str())
    .bind(at)
    .bind(post.title.as_str())
    .bind(post.note.as_str())
    .bind(post.script.as_str())
    .bind(refs.as_str())
    .bind(post.language)
    .bind(post.episode)
    .bind(recording)
    .bind(sentences)
    .execute(tx.conn())
    .await?;
    sqlx::query(
        "INSERT INTO post_working_copies (post_id, version, updated_at, slug, title, note, script, refs, \
         language, episode, episode_type, recording_id) VALUES ($1, 1, $2, '', $3, $4, $5, $6, $7, $8, 'full', $9)",
    )
    .bind(id.as_str())
    .bind(at)
    .bind(post.title.as_str())
    .bind(post.note.as_str())
    .bind(post.script.as_str())
    .bind(refs.as_str())
    .bind(post.language)
    .bind(post.episode)
    .bind(recording)
    .execute(tx.conn())
    .await?;
    if let (Some(timed), Some(recording)) = (&timed, recording) {
        sqlx::query(
            "INSERT INTO transcripts (post_id, recording_id, version, changed_at, is_timed, algorithm, \
             verdict, gaps, times) VALUES ($1, $2, 1, $3, 1, 0, '', '[]', $4)",
        )
        .bind(id.as_str())
        .bind(recording)
        .bind(at)
        .bind(json(&timed.times)?)
        .execute(tx.conn())
        .await?;
    }
    if recording.is_some() {
        sqlx::query("INSERT INTO post_audio_endings (post_id, extension) VALUES ($1, 'mp3')")
            .bind(id.as_str())
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|e| Error::Internal(e.into()))
}

/// The demo's fixed ids need rows of their own: makes the show's id and dates those.
pub async fn fix_show(tx: &mut Tx, made: &ShowId, fixed: &ShowId, at: i64) -> Result<()> {
    sqlx::query("UPDATE shows SET id = $2, changed_at = $3, created_at = $3 WHERE id = $1")
        .bind(made.as_str())
        .bind(fixed.as_str())
        .bind(at)
        .execute(tx.conn())
        .await?;
    Ok(())
}
