//! From what is stored to what goes over the wire.
use super::model;
use crate::features::posts::{self, Content, PostSummary, revisions, writing};
use crate::features::recordings::{self, Recording};
use crate::features::show::{self, Show};
use crate::kernel::ids::{PostId, RecordingId};
use crate::kernel::text::Slug;
use crate::kernel::time::Instant;
use crate::kernel::urls::{self, admin};
use crate::kernel::{Error, Message, Result};
use crate::state::AppState;

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
        show_type: draft.show_type.as_str().to_owned(),
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
        state: post.state.as_str().to_owned(),
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
    let content = copy.content;
    let has_changes = public.is_some_and(|public| public != content);
    Ok(model::Post {
        id: id.to_string(),
        show: show.address().to_owned(),
        guid: post.guid.clone(),
        state: post.state.as_str().to_owned(),
        version: copy.version,
        updated_at: copy.updated_at.rfc3339(),
        scheduled_at: post.scheduled_at.map(Instant::rfc3339),
        first_public_at: post.first_public_at.map(Instant::rfc3339),
        has_changes,
        url: public_url(state, &show, &post),
        editor_url: state.base_url.join(&admin::post(id)),
        slug: copy.slug,
        recording: sound(state, content.recording_id.as_ref()).await?,
        alternate: sound(state, content.alternate_id.as_ref()).await?,
        references: content.references.iter().map(reference).collect(),
        title: content.title,
        note: content.note,
        script: content.script,
        language: content.language,
        season: content.season,
        episode: content.episode,
        episode_type: content.episode_type.as_str().to_owned(),
        explicit: content.explicit,
        details: content.details,
    })
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

async fn sound(state: &AppState, id: Option<&RecordingId>) -> Result<Option<model::Recording>> {
    match id {
        Some(id) => Ok(Some(recording(recordings::find(&state.db, id).await?))),
        None => Ok(None),
    }
}

/// A sound file.
pub fn recording(recording: Recording) -> model::Recording {
    model::Recording {
        kind: recording.kind.as_str().to_owned(),
        duration_ms: recording.duration_ms,
        length_bytes: recording.length_bytes,
        bitrate_bps: recording.bitrate_bps,
        sample_rate_hz: recording.sample_rate_hz,
        channels: recording.channels,
        file_name: recording.original_name,
    }
}

/// A working copy with what was sent laid over it.
///
/// # Errors
/// An `episode_type` that there is not.
pub fn laid_over(
    content: Content,
    slug: String,
    sent: model::PostInput,
) -> Result<(Content, String)> {
    let known = |word: &String| ["full", "trailer", "bonus"].contains(&word.as_str());
    if sent.episode_type.as_ref().is_some_and(|word| !known(word)) {
        let unknown = Message::new("error-episode-type");
        return Err(Error::field("episode_type", unknown));
    }
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
        episode_type: sent.episode_type.map_or(content.episode_type, |word| {
            posts::EpisodeType::parse(&word)
        }),
        explicit: sent.explicit.unwrap_or(content.explicit),
        details: sent.details.unwrap_or(content.details),
        ..content
    };
    Ok((content, sent.slug.unwrap_or(slug)))
}
