//! From a post and its form to what the editor prints.
use axum::response::Response;
use http::StatusCode;

use super::Extras;
use super::values::values_of;
use crate::features::accounts::choices::{self, Choice};
use crate::features::accounts::{self, Author, FormErrors, Notice};
use crate::features::admin::handlers::dashboard::{badge, hands};
use crate::features::admin::handlers::{frame, history, sound, transcript};
use crate::features::admin::views::details::DetailsChoices;
use crate::features::admin::views::editor::{
    self as view, AttachedView, ConflictView, EditorPage, PostValues, RecordingView, RevisionLine,
    ScheduleView, kind_of,
};
use crate::features::admin::views::sound::SoundView;
use crate::features::posts::{Content, Post, PostState, preview, revisions, writing};
use crate::features::recordings::{self, Recording, size_text};
use crate::features::show::{self, Show};
use crate::features::uploads::Place;
use crate::formats::diff;
use crate::kernel::Result;
use crate::kernel::ids::{PostId, RecordingId};
use crate::kernel::text::Slug;
use crate::kernel::time::{Instant, clock_length};
use crate::kernel::urls::{self, admin};
use crate::state::AppState;
use crate::web::task::blocking;
use crate::web::{assets, error, filters, page};

/// How many versions the editor itself shows.
const REVISIONS: i64 = 5;

/// The editor with what is stored, or with what was typed and its faults.
pub async fn show_editor(
    state: &AppState,
    author: &Author,
    id: &PostId,
    status: StatusCode,
    extras: Extras,
) -> Result<Response> {
    let post = writing::find(&state.db, id).await?;
    let show = show::find(&state.db, &post.show_id).await?;
    let copy = writing::working_copy(&state.db, id).await?;
    let (ui, zone) = (author.ui, &show.draft.time_zone);
    let heading = if copy.content.title.is_empty() {
        ui.t("admin-untitled")
    } else {
        copy.content.title.clone()
    };
    let mut frame = frame(state, author, heading, "posts", Some(&show)).await?;
    // Before the script that uses it, and not only when a file is chosen: the line may be gone by
    // then, or the server another one that no longer has this file.
    frame.scripts.insert(0, assets::url("tus.js"));
    if extras.errors.get("").is_some() {
        frame.notice = extras.errors.get("").map(|m| Notice {
            good: false,
            text: ui.message(m),
        });
    }
    let content = &copy.content;
    let frozen = post.state == PostState::Removed && extras.typed.is_none();
    let unsaved = extras.unsaved.unwrap_or_default();
    let values = PostValues {
        tell_readers: unsaved.tell_readers,
        correction_remark: unsaved.correction_remark,
        ..extras.typed.unwrap_or_else(|| values_of(&copy))
    };
    let recording = find_recording(state, content.recording_id.as_ref()).await?;
    let alternate = find_recording(state, content.alternate_id.as_ref()).await?;
    let sound = match &recording {
        Some(recording) => sound::of(state, ui, id, recording).await?,
        None => SoundView::default(),
    };
    let refused = |place| {
        let found = extras.files_refused.iter().find(|(at, _)| *at == place);
        found.map_or_else(String::new, |(_, sentence)| sentence.clone())
    };
    let panel = extras.panel;
    let page = EditorPage {
        conflict: None,
        transcript: transcript::view(state, author, id, content, recording.as_ref(), panel).await?,
        // What came first is told above, with the two texts.
        errors: if extras.late.is_some() {
            FormErrors::none()
        } else {
            FormErrors::new(&extras.errors, &ui)
        },
        id: id.to_string(),
        action: admin::post(id),
        state: badge(post.state),
        hands: hands(
            ui,
            &writing::hands(&state.db, id).await?,
            &accounts::list(&state.db).await?,
        ),
        frozen,
        done: extras
            .done
            .and_then(|action| action.done_key(post.state))
            .map(|key| ui.t(key)),
        may_publish: author.user.may_publish(),
        changed: is_changed(state, &post, content).await?,
        version: copy.version,
        saved_at: filters::recent_time(copy.updated_at, state.clock.now(), zone, ui),
        public_href: post
            .slug
            .as_ref()
            .filter(|_| post.state.is_reachable())
            .map(|slug| urls::post(show.address(), slug.as_str())),
        preview_href: admin::post_part(id, "preview/"),
        languages: languages(author, &values.language, &show),
        episode_types: view::episode_types(&ui, &values.episode_type),
        explicit: view::explicit(&ui, &values.explicit),
        choices: DetailsChoices::new(&ui, &values.details),
        changed_list: extras.changed_list,
        recording: recording_view(
            state,
            author,
            id,
            content,
            recording.as_ref(),
            refused(Place::Recording),
        ),
        sound,
        alternate: view::AlternateView {
            attached: alternate.as_ref().map(|r| attached_view(author, r)),
            error: refused(Place::Alternate),
        },
        cover_url: content
            .cover_hash
            .as_ref()
            .map(|_| admin::post_part(id, "preview/cover.jpg")),
        schedule: schedule_view(state, author, &show, &post, unsaved.scheduled_at),
        preview_links: preview::list(&state.db, id)
            .await?
            .into_iter()
            .map(|link| view::PreviewLink {
                created: filters::human_date_time(link.created_at, zone, ui),
                expires: filters::human_date_time(link.expires_at, zone, ui),
                id: link.id,
            })
            .collect(),
        new_preview_url: extras.new_preview_url,
        revisions: revision_lines(state, author, &show, &post).await?,
        history_href: admin::post_part(id, "history"),
        values: PostValues {
            slug_proposed: proposed_slug(&post, &values.title),
            lang: if values.language.is_empty() {
                show.draft.language.as_str().to_owned()
            } else {
                values.language.clone()
            },
            ..values
        },
        ui,
        frame,
    };
    let Some(typed) = extras.late else {
        return blocking(move || page::html_with(status, &page)).await;
    };
    history::beside(state, ui, copy, typed, move |found| {
        let mut page: EditorPage<'_> = page;
        page.conflict = Some(ConflictView {
            title: found.title,
            note: found.note,
            script: found.script,
            references: found.references,
            facts: found.facts,
        });
        page::html_with(status, &page)
    })
    .await
}

/// Two texts beside each other, each its title, note and script: what is stored and what was typed,
/// what is public and what will be.
pub fn differing([stored, typed]: &[[String; 3]; 2]) -> ConflictView<'_> {
    // A browser ends lines with two signs.
    let title = if stored[0] == typed[0] {
        Vec::new()
    } else {
        diff::words(&stored[0], &typed[0])
    };
    let stretches = |at: usize| {
        if stored[at] == typed[at] {
            Vec::new()
        } else {
            diff::folded(diff::blocks(&stored[at], &typed[at]))
        }
    };
    ConflictView {
        title,
        note: stretches(1),
        script: stretches(2),
        ..ConflictView::default()
    }
}

/// Whether what is public, or is to be, differs from this.
pub async fn is_changed(state: &AppState, post: &Post, content: &Content) -> Result<bool> {
    if !post.state.has_public() {
        return Ok(false);
    }
    let public = revisions::public_content(&state.db, post).await?;
    Ok(public.is_some_and(|public| public.differs_from(content)))
}

async fn find_recording(state: &AppState, id: Option<&RecordingId>) -> Result<Option<Recording>> {
    match id {
        Some(id) => recordings::find(&state.db, id).await.map(Some),
        None => Ok(None),
    }
}

/// The show's own language first, as what an empty field means.
fn languages(author: &Author, now: &str, show: &Show) -> Vec<Choice> {
    let as_show = format!(
        "{} ({})",
        author.ui.t("admin-as-show"),
        show.draft.language.as_str()
    );
    let mut list = vec![Choice::new("", as_show, now)];
    let (listed, other) = choices::languages(&author.ui, now);
    list.extend(
        listed
            .into_iter()
            .filter(|c| c.value != choices::OTHER_LANGUAGE),
    );
    if !other.is_empty() {
        list.push(Choice::new(&other, other.clone(), &other));
    }
    list
}

fn proposed_slug(post: &Post, title: &str) -> String {
    match &post.slug {
        Some(slug) => slug.as_str().to_owned(),
        None => Slug::from_title(title).map_or_else(String::new, |s| s.as_str().to_owned()),
    }
}

/// What is said of either format.
fn attached_view(author: &Author, recording: &Recording) -> AttachedView {
    let ui = author.ui;
    AttachedView {
        name: recording.original_name.clone(),
        duration: clock_length(recording.duration_ms),
        size: size_text(recording.length_bytes),
        kind: recording.kind.as_str().to_uppercase(),
        warning: (!recording.present).then(|| ui.t("admin-recording-missing")),
        ..AttachedView::default()
    }
}

fn recording_view(
    state: &AppState,
    author: &Author,
    id: &PostId,
    content: &Content,
    recording: Option<&Recording>,
    fault: String,
) -> RecordingView {
    // Before there is a recording the script needs an address to play a fresh upload from;
    // the ending says nothing there.
    let extension = recording.map_or("mp3", |r| r.kind.extension());
    RecordingView {
        attached: recording.map(|r| {
            let offered = r.suggestions();
            let view = attached_view(author, r);
            let apple = r.apple_warning().map(|key| author.ui.t(key));
            AttachedView {
                warning: view.warning.clone().or(apple),
                tag_title: offered.title.filter(|title| *title != content.title),
                has_artwork: offered.artwork_hash.is_some()
                    && offered.artwork_hash != content.cover_hash,
                chapters: u32::try_from(offered.chapters.len()).unwrap_or(u32::MAX),
                ..view
            }
        }),
        audio_href: admin::post_part(id, &format!("preview/audio.{extension}")),
        max_bytes: state.config.max_upload_bytes,
        max_text: error::size(state.config.max_upload_bytes),
        error: fault,
    }
}

fn schedule_view(
    state: &AppState,
    author: &Author,
    show: &Show,
    post: &Post,
    typed: String,
) -> ScheduleView {
    let zone = &show.draft.time_zone;
    // Proposed: the next full hour but one, so that there is time to press the button.
    let hour = 3_600_000;
    let proposed = Instant((state.clock.now().0 / hour + 2) * hour);
    let at = post.scheduled_at.unwrap_or(proposed);
    let printed = at.to_form(zone);
    ScheduleView {
        value: if typed.is_empty() {
            printed.clone()
        } else {
            typed
        },
        printed,
        zone: zone.name().to_owned(),
        offset: at.offset(zone),
        due: post
            .scheduled_at
            .map(|at| filters::human_date_time(at, zone, author.ui)),
    }
}

async fn revision_lines(
    state: &AppState,
    author: &Author,
    show: &Show,
    post: &Post,
) -> Result<Vec<RevisionLine>> {
    let ui = author.ui;
    let revisions = revisions::list(&state.db, &post.id, REVISIONS).await?;
    Ok(revisions
        .into_iter()
        .map(|r| RevisionLine {
            number: r.number,
            kind: kind_of(&ui, r.ever_public),
            date: filters::human_date_time(r.created_at, &show.draft.time_zone, ui),
            public: post.state.is_reachable() && post.public_revision_id.as_ref() == Some(&r.id),
        })
        .collect())
}
