//! What hangs on a post beside its text: cover, preview links.
use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;

use super::editor::{Extras, show_editor};
use crate::features::accounts::Author;
use crate::features::covers;
use crate::features::posts::{self, Deed, writing};
use crate::features::uploads::{self, Place};
use crate::kernel::ids::PostId;
use crate::kernel::urls::{self, admin};
use crate::kernel::{Error, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::{FORM_BYTES, FormData};
use crate::web::{error, page};

/// `POST /admin/posts/{id}/recording`: the plain form's file. One that is refused brings the
/// editor back with the reason beside the field.
pub async fn send_recording(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    send_file(&state, &author, id, Place::Recording, request).await
}

/// `POST /admin/posts/{id}/alternate`: the same in a second format.
pub async fn send_alternate(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    send_file(&state, &author, id, Place::Alternate, request).await
}

async fn send_file(
    state: &AppState,
    author: &Author,
    id: PostId,
    place: Place,
    request: Request,
) -> Result<Response> {
    match uploads::send_form(state.clone(), author, id.clone(), place, request).await {
        Err(refused @ Error::Invalid(_)) => {
            let extras = Extras {
                file_refused: Some((place, error::sentence(&refused, author.ui))),
                ..Extras::default()
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            show_editor(state, author, &id, status, extras).await
        }
        other => other,
    }
}

/// `POST /admin/posts/{id}/cover`: a picture of the post's own.
pub async fn set_cover(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    writing::find(&state.db, &id).await?;
    let sent = covers::read_upload(&state, request, &author.secret, &[]).await?;
    let hash = match sent.cover {
        Ok(Some(hash)) => hash,
        Ok(None) => return Ok(page::see_other(&admin::post(&id))),
        Err(errors) => {
            let extras = Extras {
                errors,
                ..Extras::default()
            };
            return show_editor(
                &state,
                &author,
                &id,
                StatusCode::UNPROCESSABLE_ENTITY,
                extras,
            )
            .await;
        }
    };
    keep_cover(&state, &author, &id, Some(hash)).await
}

/// `POST /admin/posts/{id}/cover/remove`: the show's picture again.
pub async fn remove_cover(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    FormData::read(request, &author.secret, FORM_BYTES).await?;
    keep_cover(&state, &author, &id, None).await
}

/// `POST /admin/posts/{id}/cover/from-recording`: the picture in the file's tags.
pub async fn cover_from_recording(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    FormData::read(request, &author.secret, FORM_BYTES).await?;
    posts::perform_alone(&state.db, &author.user, &id, Deed::CoverOfRecording).await?;
    Ok(page::see_other(&admin::post(&id)))
}

async fn keep_cover(
    state: &AppState,
    author: &Author,
    id: &PostId,
    hash: Option<String>,
) -> Result<Response> {
    posts::perform_alone(&state.db, &author.user, id, Deed::SetCover(hash)).await?;
    Ok(page::see_other(&admin::post(id)))
}

/// `POST /admin/posts/{id}/preview-links`: the address is shown this once.
pub async fn create_preview_link(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
    request: Request,
) -> Result<Response> {
    FormData::read(request, &author.secret, FORM_BYTES).await?;
    let token = posts::create_preview_link(&state.db, &author.user.id, &id).await?;
    let url = state.base_url.join(&urls::preview(token.reveal()));
    let extras = Extras {
        new_preview_url: Some(url),
        ..Extras::default()
    };
    show_editor(&state, &author, &id, StatusCode::OK, extras).await
}

/// `POST /admin/posts/{id}/preview-links/{link}/revoke`.
pub async fn revoke_preview_link(
    State(state): State<AppState>,
    author: Author,
    Path((id, link)): Path<(PostId, String)>,
    request: Request,
) -> Result<Response> {
    FormData::read(request, &author.secret, FORM_BYTES).await?;
    posts::revoke_preview_link(&state.db, &author.user.id, &id, &link).await?;
    Ok(page::see_other(&admin::post(&id)))
}
