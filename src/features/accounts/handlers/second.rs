//! HTTP of the second factor: the code at login, turning it on and off.
use axum::extract::{Extension, Request, State};
use axum::response::Response;
use http::StatusCode;

use super::{before_login, client_address, known_next, require_own_password, session_response};
use crate::features::accounts::extract::Author;
use crate::features::accounts::views::second::{CodePage, CodesPage, SecondFactorPage};
use crate::features::accounts::views::{FormErrors, Frame, Nav};
use crate::features::accounts::{actions, second, store};
use crate::kernel::ids::Token;
use crate::kernel::urls::admin;
use crate::kernel::{Error, FieldErrors, Message, Result};
use crate::state::AppState;
use crate::web::client::Peer;
use crate::web::form::{FORM_BYTES, FormData};
use crate::web::task::detached;
use crate::web::ui::Ui;
use crate::web::{csrf, page};

/// The page that asks for the code, after the password was right.
pub fn code_page(
    ui: Ui,
    secret: &Token,
    (step, next): (&str, &str),
    errors: &FieldErrors,
) -> Result<Response> {
    let page = CodePage {
        frame: Frame::new(ui.t("second-code-title"), csrf::token_for(secret), None),
        errors: FormErrors::new(errors, &ui),
        ui,
        step: step.to_owned(),
        next: next.to_owned(),
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    page::html_with(status, &page)
}

/// `POST /admin/login/code`.
pub async fn submit(
    State(state): State<AppState>,
    Extension(peer): Extension<Peer>,
    ui: Ui,
    request: Request,
) -> Result<Response> {
    let headers = request.headers().clone();
    let (secret, _) = before_login(&state, &headers);
    let form = FormData::read(request, &secret, FORM_BYTES).await?;
    let address = client_address(&state, peer, &headers);
    if let Some(retry_after_s) = state.login_failures.blocked_for_s(&address) {
        return Err(Error::TooMany { retry_after_s });
    }
    let (at, sent, agent) = (state.clone(), form.clone(), super::agent(&headers));
    let outcome = detached(async move {
        actions::second::finish_login(&at, sent.get("step"), sent.get("code"), &agent).await
    })
    .await;
    match outcome {
        Ok(session) => {
            state.login_failures.forget(&address);
            Ok(session_response(
                &state,
                &session,
                known_next(form.get("next")),
            ))
        }
        Err(Error::Invalid(errors)) => {
            state.login_failures.note(address);
            code_page(ui, &secret, (form.get("step"), form.get("next")), &errors)
        }
        // It waited too long, or there were too many wrong codes: the password again.
        Err(Error::NotFound) => super::login_form(
            ui,
            &secret,
            form.get("next"),
            &FieldErrors::one("", Message::new("error-login-again")),
        ),
        Err(other) => Err(other),
    }
}

fn frame(author: &Author) -> Frame {
    let nav = Nav {
        place: "account",
        is_owner: author.user.is_owner(),
        ..Nav::default()
    };
    Frame::new(author.ui.t("second-title"), author.csrf(), Some(nav))
}

/// `GET /admin/account/second-factor`.
pub async fn page(State(state): State<AppState>, author: Author) -> Result<Response> {
    show(&state, &author, &second::new_secret(), &FieldErrors::new()).await
}

async fn show(
    state: &AppState,
    author: &Author,
    secret: &str,
    errors: &FieldErrors,
) -> Result<Response> {
    let ui = author.ui;
    let uri = second::uri(secret, &author.user.email, state.base_url.authority());
    let left = store::second::count_codes(&state.db, &author.user.id).await?;
    let page = SecondFactorPage {
        frame: frame(author),
        errors: FormErrors::new(errors, &ui),
        is_on: author.user.has_second_factor,
        codes_left: ui.n("second-codes-left", left),
        secret: secret.to_owned(),
        secret_in_groups: groups(secret),
        qr: second::qr_path(&uri),
        uri,
        ui,
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    page::html_with(status, &page)
}

/// Four characters at a time, for those who type it.
fn groups(secret: &str) -> String {
    let mut text = String::with_capacity(secret.len() + secret.len() / 4);
    for (at, c) in secret.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            text.push(' ');
        }
        text.push(c);
    }
    text
}

fn codes_page(author: &Author, codes: Vec<String>) -> Result<Response> {
    page::html(&CodesPage {
        frame: frame(author),
        ui: author.ui,
        codes,
    })
}

/// `POST /admin/account/second-factor`: asked for the password and a code that the app shows;
/// answers with the recovery codes, this once.
pub async fn turn_on(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let (at, who, sent) = (state.clone(), author.clone(), form.clone());
    let outcome = detached(async move {
        require_own_password(&at, &who.user, "password", sent.get("password")).await?;
        let (secret, code) = (sent.get("secret"), sent.get("code"));
        actions::second::turn_on(&at, &who.user, secret, code, &who.session_id).await
    });
    match outcome.await {
        Ok(codes) => codes_page(&author, codes),
        Err(Error::Invalid(errors)) => show(&state, &author, form.get("secret"), &errors).await,
        Err(other) => Err(other),
    }
}

/// `POST /admin/account/second-factor/off`, asked for the password.
pub async fn turn_off(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let (at, who) = (state.clone(), author.clone());
    let outcome = detached(async move {
        require_own_password(&at, &who.user, "password", form.get("password")).await?;
        actions::second::turn_off(&at, &who.user).await
    });
    match outcome.await {
        Ok(()) => Ok(page::see_other(admin::ACCOUNT)),
        Err(Error::Invalid(errors)) => show(&state, &author, "", &errors).await,
        Err(other) => Err(other),
    }
}

/// `POST /admin/account/second-factor/codes`, asked for the password: new recovery codes in the
/// place of all earlier ones, shown this once.
pub async fn new_codes(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let (at, who) = (state.clone(), author.clone());
    let outcome = detached(async move {
        require_own_password(&at, &who.user, "password", form.get("password")).await?;
        actions::second::new_codes(&at, &who.user).await
    });
    match outcome.await {
        Ok(codes) => codes_page(&author, codes),
        Err(Error::Invalid(errors)) => show(&state, &author, "", &errors).await,
        Err(other) => Err(other),
    }
}
