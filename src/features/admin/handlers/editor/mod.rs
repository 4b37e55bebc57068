//! The editor: shows a post, takes its form, autosaves.
use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;
use serde_json::json;

use super::references;
use super::transcript::PanelExtras;
use crate::features::accounts::{Author, User};
use crate::features::admin::model::{Action, Change, List};
use crate::features::admin::views::editor::PostValues;
use crate::features::posts::{self, Deed, PostForm, writing};
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

mod fill;

pub use fill::differing;
pub use fill::show_editor;
use fill::typed_values;

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
    /// Whether somebody else saved since the form was opened.
    pub is_late: bool,
    /// Where the plain form's file was refused, and why.
    pub file_refused: Option<(Place, String)>,
    /// The list that a button just changed.
    pub changed_list: Option<List>,
    /// What the panel of script and sound shows.
    pub panel: PanelExtras,
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

/// `POST /admin/posts/{id}`: saves what was typed, then does what was pressed.
pub async fn submit(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, POST_FORM_BYTES).await?;
    let action = Action::parse(form.get("action"))
        .ok_or_else(|| Error::BadRequest(Message::new("error-form-broken")))?;
    if let Action::Rows(list, change) = action {
        let extras = Extras {
            typed: Some(with_rows(typed_values(&form), list, change)),
            changed_list: Some(list),
            ..Extras::default()
        };
        return show_editor(&state, &author, &id, StatusCode::OK, extras).await;
    }
    if let Action::LookUp(row) = action {
        let mut typed = typed_values(&form);
        let fault = references::fill(&state, &mut typed.references, row).await;
        let extras = Extras {
            typed: Some(typed),
            changed_list: Some(List::References),
            errors: fault
                .map(|why| FieldErrors::one("references", why))
                .unwrap_or_default(),
            ..Extras::default()
        };
        return show_editor(&state, &author, &id, StatusCode::OK, extras).await;
    }
    let (at, post_id, sent) = (state.clone(), id.clone(), form.clone());
    let who = author.user.clone();
    let outcome =
        detached(async move { save_and_act(&at, &who, &post_id, &sent, action).await }).await;
    let errors = match outcome {
        Ok(()) => return Ok(page::see_other(&admin::post_done(&id, action.done()))),
        Err(Error::Invalid(errors)) => errors,
        Err(Error::Conflict(message)) => FieldErrors::one("", message),
        Err(other) => return Err(other),
    };
    let conflict = errors.get("").is_some();
    let status = if conflict {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    // Other conflicts are about the post's state.
    let seen: i64 = form.get("version").parse().unwrap_or(0);
    let is_late = conflict && writing::working_copy(&state.db, &id).await?.version != seen;
    let extras = Extras {
        errors,
        typed: Some(typed_values(&form)),
        is_late,
        ..Extras::default()
    };
    show_editor(&state, &author, &id, status, extras).await
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

/// One transaction: what was typed is kept and the action done, or neither. A form whose
/// action fails is still kept as a draft, so that no text hangs on a bad slug.
async fn save_and_act(
    state: &AppState,
    who: &User,
    id: &PostId,
    form: &FormData,
    action: Action,
) -> Result<()> {
    let deed = deed(state, id, form, action).await?;
    // The trash has no form.
    let typed = (deed != Deed::Restore).then(|| PostForm::parse(form));
    let typed = typed.transpose()?;
    let mut tx = state.db.begin().await?;
    // Chosen over what somebody else saved, which stays as a version.
    if form.get("over") == "yes" {
        posts::save_version_if_changed(&mut tx, id).await?;
    }
    if let Some(sent) = typed {
        posts::save_in(&mut tx, id, sent.version, &sent.slug, &sent.content).await?;
    }
    posts::perform(&mut tx, who, id, deed).await?;
    tx.commit().await
}

async fn deed(state: &AppState, id: &PostId, form: &FormData, action: Action) -> Result<Deed> {
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
        Action::Save | Action::Rows(..) | Action::LookUp(_) => Deed::SaveVersion,
    })
}

/// `POST /admin/posts/{id}/autosave`: JSON in answer, for the script.
pub async fn autosave(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, POST_FORM_BYTES).await?;
    let sent = PostForm::parse(&form)?;
    let (db, post_id) = (state.db.clone(), id.clone());
    let version = detached(async move {
        posts::autosave(&db, &post_id, sent.version, &sent.slug, &sent.content).await
    })
    .await?;
    let post = writing::find(&state.db, &id).await?;
    let show = show::find(&state.db, &post.show_id).await?;
    let now = state.clock.now();
    let answer = json!({
        "version": version,
        "saved_at": filters::clock_time(now, &show.draft.time_zone),
        "saved_at_ms": now.0,
    });
    page::json(StatusCode::OK, &answer)
}
