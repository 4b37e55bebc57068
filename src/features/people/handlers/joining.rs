//! HTTP of the page on which somebody who was invited makes his account.
use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;

use crate::features::accounts::{
    self, Email, FormErrors, Frame, Password, before_login, with_cookie,
};
use crate::features::people::actions::{self, Newcomer};
use crate::features::people::model::Invitation;
use crate::features::people::store;
use crate::features::people::views::{GonePage, JoinPage};
use crate::kernel::ids::Token;
use crate::kernel::text::required_line;
use crate::kernel::urls::admin;
use crate::kernel::{Error, FieldErrors, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::{FORM_BYTES, FormData};
use crate::web::task::detached;
use crate::web::ui::Ui;
use crate::web::{csrf, page};

async fn invitation(state: &AppState, token: &Token) -> Result<Option<Invitation>> {
    store::find(&state.db, &token.hash(), state.clock.now()).await
}

/// What every link answers that opens nothing, whether it ever did or not.
pub fn gone(ui: Ui) -> Result<Response> {
    let page = GonePage {
        frame: Frame::new(ui.t("people-gone"), String::new(), None),
        ui,
    };
    page::html_with(StatusCode::NOT_FOUND, &page)
}

/// `GET /admin/join/{token}`.
pub async fn join_page(
    State(state): State<AppState>,
    ui: Ui,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response> {
    let (secret, cookie) = before_login(&state, request.headers());
    let token = Token::from_client(&token);
    let Some(invitation) = invitation(&state, &token).await? else {
        return gone(ui);
    };
    let name = invitation.name.clone();
    let page = join_view(
        ui,
        &secret,
        (&token, &invitation),
        (&name, ""),
        &FieldErrors::new(),
    );
    Ok(with_cookie(page::html(&page)?, cookie))
}

fn join_view(
    ui: Ui,
    secret: &Token,
    (token, invitation): (&Token, &Invitation),
    (name, email): (&str, &str),
    errors: &FieldErrors,
) -> JoinPage {
    let role = invitation.rights.role;
    JoinPage {
        frame: Frame::new(ui.t("people-join"), csrf::token_for(secret), None),
        errors: FormErrors::new(errors, &ui),
        action: admin::join(token.reveal()),
        role: ui.t(role.key()),
        role_hint: ui.t(role.hint_key()),
        name: name.to_owned(),
        email: email.to_owned(),
        ui,
    }
}

/// `POST /admin/join/{token}`: ends on the dashboard, logged in.
pub async fn join(
    State(state): State<AppState>,
    ui: Ui,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response> {
    let headers = request.headers().clone();
    let (secret, _) = before_login(&state, &headers);
    let form = FormData::read(request, &secret, FORM_BYTES).await?;
    let token = Token::from_client(&token);
    let Some(invitation) = invitation(&state, &token).await? else {
        return gone(ui);
    };
    let outcome = match newcomer(&form, ui) {
        Ok(newcomer) => {
            let (at, token) = (state.clone(), token.clone());
            detached(async move { actions::join(&at, &token, newcomer).await }).await
        }
        Err(errors) => Err(Error::Invalid(errors)),
    };
    match outcome {
        Ok(user) => accounts::log_in(&state, &user, &headers, admin::HOME).await,
        Err(Error::Invalid(errors)) => {
            let typed = (form.get("name"), form.get("email"));
            let page = join_view(ui, &secret, (&token, &invitation), typed, &errors);
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        // Somebody was faster.
        Err(Error::NotFound) => gone(ui),
        Err(other) => Err(other),
    }
}

fn newcomer(form: &FormData, ui: Ui) -> Result<Newcomer, FieldErrors> {
    let mut errors = FieldErrors::new();
    let name = errors.take("name", required_line(form.get("name"), 200));
    let email = errors.take("email", Email::parse(form.get("email")));
    let password = errors.take("password", Password::parse(form.get("password")));
    match (name, email, password) {
        (Some(name), Some(email), Some(password)) => Ok(Newcomer {
            name,
            email,
            password,
            ui_language: Some(ui.lang),
        }),
        _ => Err(errors),
    }
}
