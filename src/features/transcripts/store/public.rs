//! What the public reads: `reachable_transcripts`, nothing else (HARDENING V1).
use sqlx::Row;
use sqlx::any::AnyRow;

use super::read_json;
use crate::db::Db;
use crate::features::posts;
use crate::features::transcripts::model::{PublicTranscript, Timeline};
use crate::formats::script;
use crate::formats::transcript::Transcript;
use crate::kernel::ids::{PostId, ShowId};
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result};

/// The show of a reachable post, or `NotFound`.
pub async fn show_of(db: &Db, id: &PostId) -> Result<ShowId> {
    let row = sqlx::query("SELECT show_id FROM reachable_posts WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(db.read())
        .await?;
    Ok(ShowId::from_db(row.ok_or(Error::NotFound)?.try_get(0)?))
}

/// The transcript of a reachable post, or `NotFound`.
pub async fn find(db: &Db, id: &PostId) -> Result<PublicTranscript> {
    let row = sqlx::query("SELECT * FROM reachable_transcripts WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(db.read())
        .await?
        .ok_or(Error::NotFound)?;
    let kept: Option<String> = row.try_get("sentences")?;
    let sentences = match kept.and_then(|json| serde_json::from_str(&json).ok()) {
        Some(sentences) => sentences,
        // Frozen before sentences were kept.
        None => posts::public_sentences(db, id).await?,
    };
    read(&row, &sentences)
}

fn read(row: &AnyRow, sentences: &[script::Sentence]) -> Result<PublicTranscript> {
    let text = |name: &str| row.try_get::<String, _>(name);
    let optional = |name: &str| row.try_get::<Option<String>, _>(name);
    let timeline = Timeline {
        times: optional("times")?.map_or_else(Default::default, |j| read_json("times", &j)),
        gaps: optional("gaps")?.map_or_else(Vec::new, |json| read_json("gaps", &json)),
        ..Timeline::default()
    };
    let text_changed = Instant(row.try_get("public_changed_at")?);
    let times_changed: Option<i64> = row.try_get("transcript_changed_at")?;
    Ok(PublicTranscript {
        changed_at: text_changed.max(times_changed.map_or(text_changed, Instant)),
        transcript: Transcript {
            language: text("language")?,
            title: text("title")?,
            lines: timeline.fill(script::lines(&text("script")?, sentences)),
            gaps: timeline.gaps,
        },
    })
}
