//! Two versions of a post beside each other; the working copy is one of them.
use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;

use super::facts::facts;
use crate::features::accounts::{Author, FormErrors};
use crate::features::admin::handlers::frame;
use crate::features::admin::views::editor::kind_of;
use crate::features::admin::views::history::{ComparePage, FactView, SideView, TellView};
use crate::features::posts::{
    self, Content, Post, PostState, Reference, Revision, WorkingCopy, revisions, writing,
};
use crate::features::recordings;
use crate::features::show::{self, Show};
use crate::formats::diff::{self, Piece, Stretch};
use crate::kernel::ids::{PostId, RecordingId};
use crate::kernel::time::clock_length;
use crate::kernel::urls::admin;
use crate::kernel::{Error, FieldErrors, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::FormData;
use crate::web::task::blocking;
use crate::web::ui::Ui;
use crate::web::{filters, page};

/// One of the two that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// The working copy as it stands.
    Now,
    /// The version of this number.
    Number(i64),
}

impl Pick {
    /// What addresses call the working copy.
    pub const NOW: &'static str = "now";

    /// Reads the value of a query; `None` for anything else.
    pub fn parse(value: &str) -> Option<Self> {
        match value {
            Self::NOW => Some(Self::Now),
            digits => digits.parse().ok().map(Self::Number),
        }
    }
}

/// `GET /admin/posts/{id}/history/compare?from=3&to=now`; `public` is the version that the public
/// sees. Without a choice: the newest version and the working copy.
pub async fn compare(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let query = FormData::parse(request.uri().query().unwrap_or_default().as_bytes())?;
    let newest = || async {
        let newest = revisions::list(&state.db, &id, 1).await?;
        Ok::<_, crate::kernel::Error>(newest.first().map_or(Pick::Now, |r| Pick::Number(r.number)))
    };
    let from = match (query.get("from"), Pick::parse(query.get("from"))) {
        ("public", _) => public(&state, &id).await?,
        (_, Some(pick)) => pick,
        (_, None) => newest().await?,
    };
    let to = Pick::parse(query.get("to")).unwrap_or(Pick::Now);
    show_compare(&state, &author, &id, [from, to], None).await
}

/// The version that the public sees.
async fn public(state: &AppState, id: &PostId) -> Result<Pick> {
    let number = revisions::public_number(&state.db, id).await?;
    number.map(Pick::Number).ok_or(Error::NotFound)
}

/// One side with all that is shown of it.
struct Side {
    revision: Option<Revision>,
    /// As typed, where that is told: versions have none.
    slug: String,
    content: Content,
    recordings: [String; 2],
}

impl Side {
    async fn find(state: &AppState, id: &PostId, copy: &WorkingCopy, pick: Pick) -> Result<Self> {
        let (revision, content) = match pick {
            Pick::Now => (None, copy.content.clone()),
            Pick::Number(number) => {
                let (revision, content) = revisions::find(&state.db, id, number).await?;
                (Some(revision), content)
            }
        };
        Self::new(state, revision, String::new(), content).await
    }

    async fn new(
        state: &AppState,
        revision: Option<Revision>,
        slug: String,
        content: Content,
    ) -> Result<Self> {
        Ok(Self {
            recordings: [
                name_of(state, content.recording_id.as_ref()).await?,
                name_of(state, content.alternate_id.as_ref()).await?,
            ],
            revision,
            slug,
            content,
        })
    }

    fn view(&self, author: &Author, post: &Post, show: &Show, copy: &WorkingCopy) -> SideView {
        let (ui, zone) = (author.ui, &show.draft.time_zone);
        let at = self
            .revision
            .as_ref()
            .map_or(copy.updated_at, |r| r.created_at);
        let public = post
            .public_revision_id
            .as_ref()
            .filter(|_| post.state.is_reachable());
        let revision = self.revision.as_ref();
        SideView {
            label: match revision {
                Some(revision) => ui.n("admin-revision-n", revision.number),
                None => ui.t("history-now"),
            },
            kind: match revision {
                Some(revision) => kind_of(&ui, revision.ever_public),
                None => ui.t("history-now-kind"),
            },
            date: filters::human_date_time(at, zone, ui),
            date_iso: at.rfc3339(),
            public: revision.is_some_and(|r| public == Some(&r.id)),
            restorable: revision
                .filter(|_| post.state != PostState::Removed)
                .map(|r| r.number),
        }
    }

    /// The references, a line each, with the sentence that each belongs to.
    fn references(&self, ui: Ui) -> String {
        let line = |r: &Reference| {
            let tied = match r.passage.as_str() {
                "" => String::new(),
                passage => ui.t1("history-tied", "passage", passage),
            };
            let parts = [&r.outlet, &r.date, &r.title, &r.url, &r.remark, &tied];
            let said: Vec<&str> = parts.iter().map(|s| s.as_str()).collect();
            let said = said.into_iter().filter(|s| !s.is_empty());
            said.collect::<Vec<_>>().join(" · ")
        };
        let lines: Vec<String> = self.content.references.iter().map(line).collect();
        lines.join("\n")
    }
}

/// What a recording is called: its file's name and its length; empty for none.
async fn name_of(state: &AppState, id: Option<&RecordingId>) -> Result<String> {
    let Some(id) = id else {
        return Ok(String::new());
    };
    let recording = recordings::find(&state.db, id).await?;
    let length = clock_length(recording.duration_ms);
    Ok(format!("{} ({length})", recording.original_name))
}

/// The page; `refused`: what was wrong with the form on it, and what was typed.
pub async fn show_compare(
    state: &AppState,
    author: &Author,
    id: &PostId,
    [from, to]: [Pick; 2],
    refused: Option<(FieldErrors, String)>,
) -> Result<Response> {
    let post = writing::find(&state.db, id).await?;
    let show = show::find(&state.db, &post.show_id).await?;
    let copy = writing::working_copy(&state.db, id).await?;
    let from = Side::find(state, id, &copy, from).await?;
    let to = Side::find(state, id, &copy, to).await?;
    let ui = author.ui;
    let title = ui.t("history-compare-title");
    let frame = frame(state, author, title, "posts", Some(&show)).await?;
    let status = match &refused {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let (errors, typed) = refused.map_or((FormErrors::none(), None), |(errors, typed)| {
        (FormErrors::new(&errors, &ui), Some(typed))
    });
    let tell = tell_view(state, id, &from, &to, typed).await?;
    let views = [&from, &to].map(|side| side.view(author, &post, &show, &copy));
    let (action, lang) = (admin::post(id), to.content.language_in(&show).to_owned());
    told(ui, [from, to], move |found| {
        let page = ComparePage {
            errors,
            action,
            lang,
            version: copy.version,
            sides: views,
            nothing: found.nothing,
            title: found.title,
            note: found.note,
            script: found.script,
            references: found.references,
            facts: found.facts,
            tell,
            ui,
            frame,
        };
        page::html_with(status, &page)
    })
    .await
}

/// What differs between two versions; the same as empty where nothing does.
pub struct Found<'a> {
    /// Whether nothing differs at all.
    pub nothing: bool,
    /// In the title.
    pub title: Vec<Piece<'a>>,
    /// In the note.
    pub note: Vec<Stretch<'a>>,
    /// In the script.
    pub script: Vec<Stretch<'a>>,
    /// In the references, a line each.
    pub references: Vec<Stretch<'a>>,
    /// In everything else, by name.
    pub facts: Vec<FactView<'a>>,
}

/// Compares two versions of a post and hands what differs to `tell`, where a long comparison holds
/// nobody up.
pub async fn differences<T: Send + 'static>(
    state: &AppState,
    ui: Ui,
    id: &PostId,
    [from, to]: [Pick; 2],
    tell: impl FnOnce(Found<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    let copy = writing::working_copy(&state.db, id).await?;
    let from = Side::find(state, id, &copy, from).await?;
    let to = Side::find(state, id, &copy, to).await?;
    told(ui, [from, to], tell).await
}

/// Compares what is stored with what was typed over an older version of it, as [`differences`].
pub async fn beside<T: Send + 'static>(
    state: &AppState,
    ui: Ui,
    stored: WorkingCopy,
    typed: (String, Content),
    tell: impl FnOnce(Found<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    // What the form does not hold is what is stored.
    let content = Content {
        cover_hash: stored.content.cover_hash.clone(),
        recording_id: stored.content.recording_id.clone(),
        alternate_id: stored.content.alternate_id.clone(),
        ..typed.1
    };
    let from = Side::new(state, None, stored.slug, stored.content).await?;
    let to = Side::new(state, None, typed.0, content).await?;
    told(ui, [from, to], tell).await
}

async fn told<T: Send + 'static>(
    ui: Ui,
    [from, to]: [Side; 2],
    tell: impl FnOnce(Found<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    blocking(move || {
        let [was, is] = [&from, &to].map(|side| side.references(ui));
        let all_facts = |side: &Side| {
            let mut all = facts(ui, &side.content, side.recordings.clone());
            all.push((ui.t("admin-label-slug"), side.slug.clone()));
            all
        };
        let (old_facts, new_facts) = (all_facts(&from), all_facts(&to));
        let (old, new) = (&from.content, &to.content);
        let both = old_facts.iter().zip(&new_facts);
        tell(Found {
            nothing: !old.differs_from(new),
            title: if old.title == new.title {
                Vec::new()
            } else {
                diff::words(&old.title, &new.title)
            },
            note: stretches(&old.note, &new.note),
            script: stretches(&old.script, &new.script),
            references: stretches(&was, &is),
            facts: both
                .filter(|(old, new)| old.1 != new.1)
                .map(|(old, new)| FactView {
                    label: &new.0,
                    pieces: diff::words(&old.1, &new.1),
                })
                .collect(),
        })
    })
    .await
}

/// Empty if nothing differs.
fn stretches<'a>(old: &'a str, new: &'a str) -> Vec<Stretch<'a>> {
    if old == new {
        return Vec::new();
    }
    diff::folded(diff::blocks(old, new))
}

/// The form that tells readers, if an older public version is held against a newer one.
async fn tell_view(
    state: &AppState,
    id: &PostId,
    from: &Side,
    to: &Side,
    typed: Option<String>,
) -> Result<Option<TellView>> {
    let (Some(from), Some(to)) = (&from.revision, &to.revision) else {
        return Ok(None);
    };
    if !from.ever_public || !to.ever_public || from.number >= to.number {
        return Ok(None);
    }
    let noted = posts::list_corrections(&state.db, id).await?;
    let there = noted.into_iter().find(|noted| noted.number == to.number);
    Ok(Some(TellView {
        from: from.number,
        to: to.number,
        replaces: there.is_some(),
        remark: typed
            .or(there.map(|noted| noted.correction.remark))
            .unwrap_or_default(),
    }))
}
