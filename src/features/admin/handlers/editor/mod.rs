//! The editor: shows a post, takes its form, autosaves.
use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;
use serde_json::json;

use super::dashboard::badge;
use super::references;
use super::transcript::PanelExtras;
use crate::db::Tx;
use crate::features::accounts::{Author, User};
use crate::features::admin::model::{Action, Change, List};
use crate::features::admin::views::editor::PostValues;
use crate::features::posts::{self, Content, Deed, PostForm, PostState, writing};
use crate::features::show;
use crate::features::uploads::Place;
use crate::kernel::ids::PostId;
use crate::kernel::time::Instant;
use crate::kernel::urls::admin;
use crate::kernel::{Error, FieldErrors, Message, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::{FormData, POST_FORM_BYTES};
use crate::web::task::detached;
use crate::web::{filters, page};

mod beside;
mod fill;
mod sent;
mod values;

pub use fill::differing;
use fill::is_changed;
pub use fill::show_editor;
use sent::Sent;
use values::typed_values;

/// What the editor shows besides what is stored.
#[derive(Default)]
pub struct Extras {
    /// Faults of the form that was sent.
    pub errors: FieldErrors,
    /// What was typed, if it is not stored.
    pub typed: Option<PostValues>,
    /// The address of a preview link just made.
    pub new_preview_url: Option<String>,
    /// What a button has just done.
    pub done: Option<Action>,
    /// The address and the text that came after somebody else had saved.
    pub late: Option<(String, Content)>,
    /// Where a sound file was refused, and why.
    pub files_refused: Vec<(Place, String)>,
    /// What was typed beside the text, and not taken yet.
    pub unsaved: Option<Unsaved>,
    /// The list that a button just changed.
    pub changed_list: Option<List>,
    /// What the panel of script and sound shows.
    pub panel: PanelExtras,
}

/// What stands in the form and is not the text: only some of the buttons take it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unsaved {
    /// Whether Update tells readers what changed.
    pub tell_readers: bool,
    /// What the author says to it.
    pub correction_remark: String,
    /// When it is to be public, as typed; empty for the time that the page proposes.
    pub scheduled_at: String,
}

impl Unsaved {
    fn read(form: &FormData) -> Option<Self> {
        let at = form.get("scheduled_at");
        let unsaved = Self {
            tell_readers: form.get("tell_readers") == "yes",
            correction_remark: form.get("correction_remark").trim().to_owned(),
            scheduled_at: if at == form.get("scheduled_printed") {
                String::new()
            } else {
                at.to_owned()
            },
        };
        (unsaved != Self::default()).then_some(unsaved)
    }
}

impl Extras {
    /// What the form holds that is neither the text nor done yet.
    fn left(form: &FormData) -> Self {
        Self {
            unsaved: Unsaved::read(form),
            panel: PanelExtras::left(form),
            ..Self::default()
        }
    }

    /// Takes it over after something was done. What else than saving was done leaves nothing open of what belongs to it.
    fn take_left(&mut self, left: Self, is_open: bool) {
        self.unsaved = left.unsaved.filter(|_| is_open);
        self.panel.typed = left.panel.typed;
        self.panel.chapters = left.panel.chapters;
    }

    /// Whether a page with it says more than what is stored.
    fn says_more(&self) -> bool {
        self.unsaved.is_some() || self.new_preview_url.is_some() || self.panel.says_more()
    }
}

/// `GET /admin/posts/{id}?did=publish`: after a button it says what was done.
pub async fn page(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let query = FormData::parse(request.uri().query().unwrap_or_default().as_bytes())?;
    let extras = Extras {
        done: Action::parse(query.get("did")),
        ..Extras::default()
    };
    show_editor(&state, &author, &id, StatusCode::OK, extras).await
}

/// `POST /admin/posts/{id}`: saves what was typed, takes the files that came with it, then does
/// what was pressed.
pub async fn submit(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let Sent { mut form, files } = Sent::read(&state, &author, request).await?;
    let action = Action::parse(form.get("action"))
        .ok_or_else(|| Error::BadRequest(Message::new("error-form-broken")))?;
    if action != Action::Restore {
        posts::require_whole(&form)?;
    }
    let action = match action {
        Action::Rows(list, change) => {
            let extras = Extras {
                typed: Some(with_rows(typed_values(&form), list, change)),
                changed_list: Some(list),
                ..Extras::left(&form)
            };
            return show_editor(&state, &author, &id, StatusCode::OK, extras).await;
        }
        Action::LookUp(row) => {
            let mut typed = typed_values(&form);
            let fault = references::fill(&state, &mut typed.references, row).await;
            let extras = Extras {
                typed: Some(typed),
                changed_list: Some(List::References),
                errors: fault
                    .map(|why| FieldErrors::one("references", why))
                    .unwrap_or_default(),
                ..Extras::left(&form)
            };
            return show_editor(&state, &author, &id, StatusCode::OK, extras).await;
        }
        Action::Beside(what) => return beside::act(&state, &author, &id, form, files, what).await,
        action => action,
    };
    let mut extras = Extras::default();
    let outcome = match deed(&state, &id, &form, &action).await {
        Err(fault) => Err(fault),
        // A file may take its time and may be refused, which costs nobody his text.
        Ok(deed) if !files.is_empty() => {
            match beside::keep_all(&state, &author, &id, &mut form, files, None).await? {
                Ok(panel) => extras.panel = panel,
                Err(back) => return Ok(back),
            }
            posts::perform_alone(&state.db, &author.user, &id, deed).await
        }
        Ok(deed) => {
            let (at, post_id, sent) = (state.clone(), id.clone(), form.clone());
            let who = author.user.clone();
            let restores = action == Action::RestoreAndSave;
            detached(async move {
                let mut tx = at.db.begin().await?;
                if restores {
                    posts::perform(&mut tx, &who, &post_id, Deed::Restore).await?;
                }
                save_and_act(&mut tx, &who, &post_id, &sent, deed).await?;
                tx.commit().await
            })
            .await
        }
    };
    match outcome {
        Ok(()) => {
            let left = Extras::left(&form);
            extras.take_left(left, action == Action::Save);
            extras.done = Some(action);
            finish(&state, &author, &id, extras, "").await
        }
        Err(error) => refused(&state, &author, &id, &form, error).await,
    }
}

/// The page again: from its own address, or at once where it has to say more than is stored.
async fn finish(
    state: &AppState,
    author: &Author,
    id: &PostId,
    extras: Extras,
    place: &str,
) -> Result<Response> {
    if extras.says_more() {
        return show_editor(state, author, id, StatusCode::OK, extras).await;
    }
    let done = extras.done.as_ref().map_or("", Action::done);
    Ok(page::see_other(&match place {
        "" => admin::post_done(id, done),
        place => admin::post_place(id, place),
    }))
}

/// The page with the faults of what was sent, and everything as it was typed.
async fn refused(
    state: &AppState,
    author: &Author,
    id: &PostId,
    form: &FormData,
    error: Error,
) -> Result<Response> {
    let errors = match error {
        Error::Invalid(errors) => errors,
        Error::Conflict(message) => FieldErrors::one("", message),
        other => return Err(other),
    };
    let conflict = errors.get("").is_some();
    let status = if conflict {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    // Other conflicts are about the post's state.
    let seen: i64 = form.get("version").parse().unwrap_or(0);
    let is_late = conflict && writing::working_copy(&state.db, id).await?.version != seen;
    let late = is_late.then(|| PostForm::parse(form)).and_then(Result::ok);
    let extras = Extras {
        errors,
        typed: Some(typed_values(form)),
        late: late.map(|sent| (sent.slug, sent.content)),
        ..Extras::left(form)
    };
    show_editor(state, author, id, status, extras).await
}

/// What was typed, with a list of it changed.
fn with_rows(mut typed: PostValues, list: List, change: Change) -> PostValues {
    match list {
        List::References => change.apply(&mut typed.references),
        List::People => change.apply(&mut typed.details.people),
        List::Soundbites => change.apply(&mut typed.details.soundbites),
        List::Social => change.apply(&mut typed.details.social),
    }
    typed
}

/// What was typed is kept and the deed done, or neither.
async fn save_and_act(
    tx: &mut Tx,
    who: &User,
    id: &PostId,
    form: &FormData,
    deed: Deed,
) -> Result<()> {
    // The trash has no form.
    let typed = (deed != Deed::Restore).then(|| PostForm::parse(form));
    let typed = typed.transpose()?;
    if let Some(sent) = typed {
        let is_untitled = is_untitled(tx, id, &sent).await?;
        save_typed(tx, who, id, form, &sent).await?;
        // For the author to see; what becomes public has the title that he saw.
        if is_untitled && deed == Deed::SaveVersion {
            posts::propose_title(tx, id).await?;
        }
    }
    posts::perform(tx, who, id, deed).await
}

/// Whether a post never had a title: who emptied the field wants none.
async fn is_untitled(tx: &mut Tx, id: &PostId, sent: &PostForm) -> Result<bool> {
    let stored = writing::working_copy_in(tx, id).await?.content.title;
    Ok(stored.is_empty() && sent.content.title.is_empty())
}

/// Overwrites the working copy with what was typed; gives its new version.
async fn save_typed(
    tx: &mut Tx,
    who: &User,
    id: &PostId,
    form: &FormData,
    sent: &PostForm,
) -> Result<i64> {
    // Chosen over what somebody else saved, which stays as a version.
    if form.get("over") == "yes" {
        posts::save_version_if_changed(tx, id).await?;
    }
    posts::save_again_in(tx, &who.id, id, sent.version, &sent.slug, &sent.content).await
}

async fn deed(state: &AppState, id: &PostId, form: &FormData, action: &Action) -> Result<Deed> {
    Ok(match action {
        Action::Publish => Deed::Publish,
        Action::PublishUnlisted => Deed::PublishUnlisted,
        Action::Update if form.get("tell_readers") == "yes" => {
            let remark = posts::read_remark(form.get("correction_remark"))
                .map_err(|m| Error::field("correction_remark", m))?;
            Deed::Update(Some(remark))
        }
        Action::Update => Deed::Update(None),
        Action::Schedule => {
            let post = writing::find(&state.db, id).await?;
            let zone = show::find(&state.db, &post.show_id).await?.draft.time_zone;
            let read = Instant::from_form(form.get("scheduled_at"), &zone);
            Deed::Schedule(read.map_err(|m| Error::field("scheduled_at", m))?)
        }
        Action::Unschedule => Deed::Unschedule,
        Action::Unlist => Deed::Unlist,
        Action::Relist => Deed::Relist,
        Action::Remove => Deed::Remove,
        Action::Restore => Deed::Restore,
        Action::Save
        | Action::RestoreAndSave
        | Action::Rows(..)
        | Action::LookUp(_)
        | Action::Beside(_) => Deed::SaveVersion,
    })
}

/// `POST /admin/posts/{id}/autosave`: JSON in answer, for the script. `aside` says what is stored and
/// not public, or not to be; `removed` that the post is in the trash, where nothing is stored.
pub async fn autosave(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, POST_FORM_BYTES).await?;
    posts::require_whole(&form)?;
    let sent = PostForm::parse(&form)?;
    let (db, post_id, by) = (state.db.clone(), id.clone(), author.user.id.clone());
    let saved = detached(async move {
        posts::autosave(&db, &by, &post_id, sent.version, &sent.slug, &sent.content).await
    })
    .await;
    let post = writing::find(&state.db, &id).await?;
    let version = match saved {
        Err(Error::Conflict(why)) if post.state == PostState::Removed => {
            let answer = json!({ "message": author.ui.message(&why), "removed": true });
            return page::json(StatusCode::CONFLICT, &answer);
        }
        other => other?,
    };
    let show = show::find(&state.db, &post.show_id).await?;
    let now = state.clock.now();
    let mut answer = json!({
        "version": version,
        "saved_at": filters::clock_time(now, &show.draft.time_zone),
        "saved_at_ms": now.0,
    });
    let copy = writing::working_copy(&state.db, &id).await?;
    if is_changed(&state, &post, &copy.content).await? {
        answer["aside"] = author.ui.t(badge(post.state).changed_key()).into();
    }
    page::json(StatusCode::OK, &answer)
}
