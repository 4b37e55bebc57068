//! HTTP of the second factor: the code at login, turning it on and off.
use axum::extract::{Extension, Request, State};
use axum::response::Response;

use super::account::{frame, require_own_password};
use super::{Attempt, known_next, session_response};
use crate::features::accounts::extract::Author;
use crate::features::accounts::views::second::{CodePage, CodesPage, SecondFactorPage};
use crate::features::accounts::views::{FormErrors, Frame};
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
    page::form(errors, &page)
}

/// `POST /admin/login/code`.
pub async fn submit(
    State(state): State<AppState>,
    Extension(peer): Extension<Peer>,
    ui: Ui,
    request: Request,
) -> Result<Response> {
    let Attempt {
        secret,
        form,
        address,
        agent,
    } = Attempt::read(&state, peer, request).await?;
    let (at, sent) = (state.clone(), form.clone());
    let outcome = detached(async move {
        let (step, code) = (sent.get("step"), sent.get("code"));
        actions::second::finish_login(&at, step, code, &agent, address).await
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
        frame: frame(author, "second-title"),
        errors: FormErrors::new(errors, &ui),
        is_on: author.user.has_second_factor,
        codes_left: ui.n("second-codes-left", left),
        secret: secret.to_owned(),
        secret_in_groups: groups(secret),
        qr: second::qr_path(&uri),
        uri,
        ui,
    };
    page::form(errors, &page)
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
        frame: frame(author, "second-title"),
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
