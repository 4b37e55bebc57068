//! What is done beside the text: files, the work on the times, chapters, links, old versions. The
//! text that came along is saved first, so that no button costs anybody what he typed.
use axum::response::Response;
use http::StatusCode;

use super::sent::{ChosenFile, Content};
use super::{Extras, finish, is_untitled, refused, save_typed, show_editor};
use crate::features::accounts::{Author, User};
use crate::features::admin::handlers::transcript::{self, PanelExtras};
use crate::features::admin::handlers::work;
use crate::features::admin::model::{Beside, FileField};
use crate::features::covers;
use crate::features::posts::{self, Deed, PostForm};
use crate::features::transcripts;
use crate::features::uploads::{self, Place, Target};
use crate::kernel::ids::PostId;
use crate::kernel::urls;
use crate::kernel::{Error, FieldErrors, Message, Result};
use crate::state::AppState;
use crate::web::error;
use crate::web::form::FormData;
use crate::web::task::detached;

/// Saves what was typed, takes the files, then does what was pressed.
pub async fn act(
    state: &AppState,
    author: &Author,
    id: &PostId,
    mut form: FormData,
    files: Vec<ChosenFile>,
    what: Beside,
) -> Result<Response> {
    let missing = match what {
        Beside::Upload(field) if files.iter().all(|f| f.field != field) => Some(field),
        _ => None,
    };
    let panel = match keep_all(state, author, id, &mut form, files, missing).await? {
        Ok(panel) => panel,
        Err(back) => return Ok(back),
    };
    let place = what.place();
    let is_of_chapters = matches!(what, Beside::Chapters(_));
    let mut extras = Extras::left(&form);
    extras.panel.imported = panel.imported;
    match done(state, author, id, &form, what, &mut extras).await {
        Ok(()) => finish(state, author, id, extras, place).await,
        Err(error) => {
            if is_of_chapters {
                // Told that there are newer ones, he may put his own in their place.
                form.set("timeline", "");
            }
            refused(state, author, id, &form, error).await
        }
    }
}

/// Saves what was typed and takes the files in, each in a transaction of its own; the form has the
/// new version then. What came of the files, or the page that says what is wrong. `missing` is the
/// field whose file was asked for and not chosen.
pub async fn keep_all(
    state: &AppState,
    author: &Author,
    id: &PostId,
    form: &mut FormData,
    files: Vec<ChosenFile>,
    missing: Option<FileField>,
) -> Result<Result<PanelExtras, Response>> {
    let saved = match posts::find_living(&state.db, id).await {
        Ok(_) => keep(state, &author.user, id, form).await,
        Err(removed) => Err(removed),
    };
    let version = match saved {
        Ok(version) => version,
        Err(error) => return Ok(Err(refused(state, author, id, form, error).await?)),
    };
    let (version, is_untitled) = version;
    form.set("version", &version.to_string());
    let mut panel = PanelExtras::default();
    let mut faults = Faults::default();
    if let Some(field) = missing {
        let none = Error::field(field.as_str(), Message::new("error-upload-none"));
        faults.add(author, field, none)?;
    }
    for file in files {
        let field = file.field;
        match take(state, author, id, version, file).await {
            Ok(Some(imported)) => panel.imported = Some(imported),
            Ok(None) => {}
            Err(why) => faults.add(author, field, why)?,
        }
    }
    if is_untitled {
        let mut tx = state.db.begin().await?;
        posts::propose_title(&mut tx, id).await?;
        tx.commit().await?;
    }
    if faults.status.is_none() {
        return Ok(Ok(panel));
    }
    let status = faults.status.unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    let mut extras = Extras::left(form);
    extras.panel.imported = panel.imported;
    extras.errors = faults.errors;
    extras.files_refused = faults.sounds;
    show_editor(state, author, id, status, extras)
        .await
        .map(Err)
}

/// The new version, and whether the post never had a title.
async fn keep(state: &AppState, who: &User, id: &PostId, form: &FormData) -> Result<(i64, bool)> {
    let typed = PostForm::parse(form)?;
    let (state, who, id, form) = (state.clone(), who.clone(), id.clone(), form.clone());
    detached(async move {
        let mut tx = state.db.begin().await?;
        let is_untitled = is_untitled(&mut tx, &id, &typed).await?;
        let version = save_typed(&mut tx, &who, &id, &form, &typed).await?;
        tx.commit().await?;
        Ok((version, is_untitled))
    })
    .await
}

/// Why files were refused.
#[derive(Default)]
struct Faults {
    errors: FieldErrors,
    sounds: Vec<(Place, String)>,
    status: Option<StatusCode>,
}

impl Faults {
    /// Notes what a person can mend.
    ///
    /// # Errors
    /// Anything else, handed back.
    fn add(&mut self, author: &Author, field: FileField, why: Error) -> Result<()> {
        let status = match &why {
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Conflict(_) => StatusCode::CONFLICT,
            Error::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Error::InsufficientStorage { .. } => StatusCode::INSUFFICIENT_STORAGE,
            _ => return Err(why),
        };
        self.status.get_or_insert(status);
        match (field, why) {
            (FileField::Recording, why) => self.sound(author, Place::Recording, &why),
            (FileField::Alternate, why) => self.sound(author, Place::Alternate, &why),
            (_, Error::Invalid(errors)) => self.errors.0.extend(errors.0),
            (_, Error::Conflict(message)) => self.errors.add(field.as_str(), message),
            (_, Error::TooLarge { limit_bytes }) => {
                let limit = error::size(limit_bytes);
                let message = Message::new("error-page-413-text").with("limit", limit);
                self.errors.add(field.as_str(), message);
            }
            (_, why) => return Err(why),
        }
        Ok(())
    }

    fn sound(&mut self, author: &Author, place: Place, why: &Error) {
        self.sounds.push((place, error::sentence(why, author.ui)));
    }
}

/// Takes one file in; what came of it, if it is a transcript.
async fn take(
    state: &AppState,
    author: &Author,
    id: &PostId,
    version: i64,
    file: ChosenFile,
) -> Result<Option<transcripts::Imported>> {
    let by = &author.user.id;
    let name = file.field.as_str();
    let empty = || Error::field(name, Message::new("error-upload-empty"));
    match (file.field, file.content.ok_or_else(empty)??) {
        (FileField::Alternate, Content::Sound(sound)) => {
            sound.attach(by, id, Place::Alternate).await?;
        }
        (_, Content::Sound(sound)) => drop(sound.attach(by, id, Place::Recording).await?),
        (FileField::Transcript, Content::Small(bytes)) => {
            let bytes = bytes.freeze();
            let db = &state.db;
            return transcripts::import_file(db, by, id, version, bytes, name)
                .await
                .map(Some);
        }
        (_, Content::Small(bytes)) => {
            let hash = covers::take_in(state, bytes.freeze()).await?;
            posts::perform_alone(&state.db, &author.user, id, Deed::SetCover(Some(hash))).await?;
        }
    }
    Ok(None)
}

/// Does what was pressed; `extras` holds what the page is to show of it.
async fn done(
    state: &AppState,
    author: &Author,
    id: &PostId,
    form: &FormData,
    what: Beside,
    extras: &mut Extras,
) -> Result<()> {
    let (db, by) = (&state.db, &author.user.id);
    let deed = |deed| posts::perform_alone(db, &author.user, id, deed);
    match what {
        Beside::Upload(_) => Ok(()),
        Beside::RemoveRecording => detach(state, author, id, Place::Recording).await,
        Beside::RemoveAlternate => detach(state, author, id, Place::Alternate).await,
        Beside::RemoveCover => deed(Deed::SetCover(None)).await,
        Beside::CoverOfRecording => deed(Deed::CoverOfRecording).await,
        Beside::Listen => deed(Deed::Listen).await,
        Beside::RestoreVersion(number) => {
            let version = form.get("version").parse().unwrap_or(0);
            deed(Deed::RestoreVersion(number, version)).await
        }
        Beside::Work(ask) => transcripts::ask(state, id, ask).await,
        Beside::TryAgain => work::hurry_post(state, &author.user, id, author.ui).await,
        Beside::ImportText => transcript::import_text(state, author, id, form, extras).await,
        Beside::Chapters(whose) => transcript::choose(state, author, id, form, whose, extras).await,
        Beside::NewPreviewLink => {
            let token = posts::create_preview_link(db, by, id).await?;
            let url = state.base_url.join(&urls::preview(token.reveal()));
            extras.new_preview_url = Some(url);
            Ok(())
        }
        Beside::RevokePreviewLink(link) => posts::revoke_preview_link(db, by, id, &link).await,
    }
}

async fn detach(state: &AppState, author: &Author, id: &PostId, place: Place) -> Result<()> {
    let (state, by, post) = (state.clone(), author.user.id.clone(), id.clone());
    detached(async move {
        let target = Target {
            post: &post,
            place,
            by: &by,
        };
        uploads::detach(&state, target).await
    })
    .await
}
