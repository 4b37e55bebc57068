//! HTTP of new passwords: an owner makes a link, and whom he gives it to sets one.
use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;

use super::joining::gone;
use super::{Extras, answer, show_people};
use crate::features::accounts::{
    self, Author, FormErrors, Frame, Password, before_login, with_cookie,
};
use crate::features::people::actions;
use crate::features::people::store;
use crate::features::people::views::ResetPage;
use crate::kernel::ids::{Token, UserId};
use crate::kernel::urls::admin;
use crate::kernel::{Error, FieldErrors, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::{FORM_BYTES, FormData};
use crate::web::task::detached;
use crate::web::ui::Ui;
use crate::web::{csrf, page};

/// `POST /admin/people/{person}/reset`: the link is shown this once.
pub async fn offer_reset(
    State(state): State<AppState>,
    author: Author,
    Path(person): Path<UserId>,
    request: Request,
) -> Result<Response> {
    FormData::read(request, &author.secret, FORM_BYTES).await?;
    let (at, by, whose) = (state.clone(), author.user.id.clone(), person.clone());
    let outcome = detached(async move { actions::offer_reset(&at.db, &by, &whose).await });
    match outcome.await {
        Ok(token) => {
            let people = accounts::list(&state.db).await?;
            let name = people.into_iter().find(|u| u.id == person).map(|u| u.name);
            let link = state.base_url.join(&admin::reset(token.reveal()));
            let extras = Extras {
                reset_link: Some((name.unwrap_or_default(), link)),
                ..Extras::default()
            };
            show_people(&state, &author, StatusCode::OK, extras).await
        }
        Err(other) => answer(&state, &author, Err(other)).await,
    }
}

/// `POST /admin/people/{person}/second-factor-off`.
pub async fn drop_second_factor(
    State(state): State<AppState>,
    author: Author,
    Path(person): Path<UserId>,
    request: Request,
) -> Result<Response> {
    FormData::read(request, &author.secret, FORM_BYTES).await?;
    let (at, by) = (state.clone(), author.user.id.clone());
    let outcome = detached(async move { actions::drop_second_factor(&at.db, &by, &person).await });
    answer(&state, &author, outcome.await).await
}

fn view(ui: Ui, secret: &Token, token: &Token, email: String, errors: &FieldErrors) -> ResetPage {
    ResetPage {
        frame: Frame::new(ui.t("people-reset-title"), csrf::token_for(secret), None),
        errors: FormErrors::new(errors, &ui),
        action: admin::reset(token.reveal()),
        email,
        ui,
    }
}

/// `GET /admin/reset/{token}`.
pub async fn reset_page(
    State(state): State<AppState>,
    ui: Ui,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response> {
    let (secret, cookie) = before_login(&state, request.headers());
    let token = Token::from_client(&token);
    let now = state.clock.now();
    let Some(email) = store::find_reset(&state.db, &token.hash(), now).await? else {
        return gone(ui);
    };
    let page = view(ui, &secret, &token, email, &FieldErrors::new());
    Ok(with_cookie(page::html(&page)?, cookie))
}

/// `POST /admin/reset/{token}`: ends at the login, which asks for the second factor as ever.
pub async fn reset(
    State(state): State<AppState>,
    ui: Ui,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response> {
    let (secret, _) = before_login(&state, request.headers());
    let form = FormData::read(request, &secret, FORM_BYTES).await?;
    let token = Token::from_client(&token);
    let now = state.clock.now();
    let Some(email) = store::find_reset(&state.db, &token.hash(), now).await? else {
        return gone(ui);
    };
    let new = match Password::parse(form.get("password")) {
        Ok(new) => new,
        Err(why) => {
            let errors = FieldErrors::one("password", why);
            let page = view(ui, &secret, &token, email, &errors);
            return page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let (at, used) = (state.clone(), token.clone());
    match detached(async move { actions::reset(&at, &used, &new).await }).await {
        Ok(()) => Ok(page::see_other(admin::LOGIN)),
        Err(Error::NotFound) => gone(ui),
        Err(other) => Err(other),
    }
}
