//! From what is stored to what goes over the wire.
mod known;

pub use known::{directories, health, sentences, sound, suggestions, versions, work};

use super::model;
use crate::features::posts::{self, Content, PostState, PostSummary, Revision, revisions, writing};
use crate::features::recordings::{self, Recording};
use crate::features::show::{self, Show};
use crate::kernel::Result;
use crate::kernel::ids::{PostId, RecordingId};
use crate::kernel::text::Slug;
use crate::kernel::time::Instant;
use crate::kernel::urls::{self, admin};
use crate::state::AppState;

/// The size of the picture of a show that its view names, in pixels.
const COVER_PX: u32 = 1400;

/// A show.
pub fn show(state: &AppState, show: &Show) -> model::Show {
    let (draft, address) = (&show.draft, show.address());
    model::Show {
        address: address.to_owned(),
        title: draft.title.clone(),
        description: draft.description.clone(),
        language: draft.language.as_str().to_owned(),
        time_zone: draft.time_zone.name().to_owned(),
        author: draft.author.clone(),
        owner_email: draft.owner_email.clone(),
        copyright: draft.copyright.clone(),
        category: draft.category.clone(),
        explicit: draft.explicit,
        locked: draft.locked,
        show_type: draft.show_type,
        details: draft.details.clone(),
        cover_url: state
            .base_url
            .join(&urls::cover(&show.cover_hash, COVER_PX)),
        url: state.base_url.join(&urls::show(address)),
        feed_url: state.base_url.join(&urls::podcast_feed(address)),
        posts_feed_url: state.base_url.join(&urls::posts_feed(address)),
    }
}

fn public_url(state: &AppState, show: &Show, post: &posts::Post) -> Option<String> {
    let slug = post.slug.as_ref().filter(|_| post.state.is_reachable())?;
    Some(
        state
            .base_url
            .join(&urls::post(show.address(), Slug::as_str(slug))),
    )
}

/// A post in a list.
pub fn line(state: &AppState, show: &Show, row: &PostSummary) -> model::PostLine {
    let post = &row.post;
    model::PostLine {
        id: post.id.to_string(),
        title: row.title.clone(),
        state: post.state,
        updated_at: row.updated_at.rfc3339(),
        scheduled_at: post.scheduled_at.map(Instant::rfc3339),
        first_public_at: post.first_public_at.map(Instant::rfc3339),
        duration_ms: row.duration_ms,
        has_changes: row.changed,
        url: public_url(state, show, post),
    }
}

/// A post with its working copy.
pub async fn post(state: &AppState, id: &PostId) -> Result<model::Post> {
    let post = writing::find(&state.db, id).await?;
    let show = show::find(&state.db, &post.show_id).await?;
    let copy = writing::working_copy(&state.db, id).await?;
    let public = revisions::public_content(&state.db, &post).await?;
    let has_changes = public.is_some_and(|public| public.differs_from(&copy.content));
    Ok(model::Post {
        id: id.to_string(),
        show: show.address().to_owned(),
        guid: post.guid.clone(),
        state: post.state,
        version: copy.version,
        updated_at: copy.updated_at.rfc3339(),
        scheduled_at: post.scheduled_at.map(Instant::rfc3339),
        first_public_at: post.first_public_at.map(Instant::rfc3339),
        has_changes,
        url: public_url(state, &show, &post),
        editor_url: state.base_url.join(&admin::post(id)),
        slug: copy.slug,
        content: content(state, copy.content).await?,
    })
}

/// A text with what goes with it.
pub async fn content(state: &AppState, content: Content) -> Result<model::Content> {
    Ok(model::Content {
        recording: sound_file(state, content.recording_id.as_ref()).await?,
        alternate: sound_file(state, content.alternate_id.as_ref()).await?,
        references: content.references.iter().map(reference).collect(),
        title: content.title,
        note: content.note,
        script: content.script,
        language: content.language,
        season: content.season,
        episode: content.episode,
        episode_type: content.episode_type,
        explicit: content.explicit,
        details: content.details,
        cover: content.cover_hash,
    })
}

/// A version.
pub fn version(revision: Revision) -> model::Version {
    model::Version {
        number: revision.number,
        title: revision.title,
        created_at: revision.created_at.rfc3339(),
        ever_public: revision.ever_public,
    }
}

/// How many posts there are in each state.
pub fn counts(found: Vec<(PostState, i64)>) -> model::Counts {
    let mut counts = model::Counts::default();
    for (state, n) in found {
        let count = match state {
            PostState::Draft => &mut counts.draft,
            PostState::Scheduled => &mut counts.scheduled,
            PostState::Published => &mut counts.published,
            PostState::Unlisted => &mut counts.unlisted,
            PostState::Removed => &mut counts.removed,
        };
        *count = n.unsigned_abs();
    }
    counts
}

fn reference(reference: &posts::Reference) -> model::Reference {
    model::Reference {
        title: reference.title.clone(),
        url: reference.url.clone(),
        outlet: reference.outlet.clone(),
        date: reference.date.clone(),
        remark: reference.remark.clone(),
        passage: reference.passage.clone(),
    }
}

async fn sound_file(
    state: &AppState,
    id: Option<&RecordingId>,
) -> Result<Option<model::Recording>> {
    match id {
        Some(id) => Ok(Some(recording(recordings::find(&state.db, id).await?))),
        None => Ok(None),
    }
}

/// A sound file.
pub fn recording(recording: Recording) -> model::Recording {
    model::Recording {
        kind: recording.kind,
        duration_ms: recording.duration_ms,
        length_bytes: recording.length_bytes,
        bitrate_bps: recording.bitrate_bps,
        sample_rate_hz: recording.sample_rate_hz,
        channels: recording.channels,
        file_name: recording.original_name,
        sha256: recording.media_hash,
    }
}

/// A working copy with what was sent laid over it.
pub fn laid_over(content: Content, slug: String, sent: model::PostInput) -> (Content, String) {
    let references = sent.references.map(|sent| {
        let reference = |r: model::Reference| posts::Reference {
            title: r.title,
            url: r.url,
            outlet: r.outlet,
            date: r.date,
            remark: r.remark,
            passage: r.passage,
            sentence: None,
        };
        sent.into_iter().map(reference).collect()
    });
    let content = Content {
        title: sent.title.unwrap_or(content.title),
        note: sent.note.unwrap_or(content.note),
        script: sent.script.unwrap_or(content.script),
        references: references.unwrap_or(content.references),
        language: sent.language.unwrap_or(content.language),
        season: sent.season.unwrap_or(content.season),
        episode: sent.episode.unwrap_or(content.episode),
        episode_type: sent.episode_type.unwrap_or(content.episode_type),
        explicit: sent.explicit.unwrap_or(content.explicit),
        details: sent.details.unwrap_or(content.details),
        ..content
    };
    (content, sent.slug.unwrap_or(slug))
}
