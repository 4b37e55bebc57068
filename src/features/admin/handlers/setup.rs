//! The set-up page: the first account and the first show in one form.
use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;

use super::shows::{SHOW_FIELDS, is_category, show_values, with_cover};
use crate::features::accounts::{self, Email, NewAccount, Password, Role};
use crate::features::accounts::{FormErrors, Frame};
use crate::features::accounts::{SetupPage, ShowFields, ShowValues};
use crate::features::accounts::{before_login, log_in, with_cookie};
use crate::features::admin::actions;
use crate::features::covers;
use crate::features::show::{ShowDraft, ShowForm};
use crate::kernel::ids::Token;
use crate::kernel::text::required_line;
use crate::kernel::urls::admin;
use crate::kernel::{Error, FieldErrors, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::FormData;
use crate::web::task::detached;
use crate::web::ui::Ui;
use crate::web::{csrf, page};

/// A used, wrong or late token looks like a page that never was (HARDENING A1).
async fn check_token(state: &AppState, token: &str) -> Result<()> {
    if accounts::check_setup_token(&state.db, &Token::from_client(token).hash()).await? {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// `GET /admin/setup/{token}`.
pub async fn page(
    State(state): State<AppState>,
    ui: Ui,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response> {
    check_token(&state, &token).await?;
    let (secret, cookie) = before_login(&state, request.headers());
    let mut form = FormData::default();
    form.set("language", ui.code());
    form.set("category", "News > News Commentary");
    form.set("explicit", "no");
    let page = setup_page(&state, ui, &token, &secret, &form, &FieldErrors::new());
    Ok(with_cookie(page::html(&page)?, cookie))
}

fn setup_page(
    state: &AppState,
    ui: Ui,
    token: &str,
    secret: &Token,
    form: &FormData,
    errors: &FieldErrors,
) -> SetupPage {
    let frame = Frame::new(ui.t("account-setup"), csrf::token_for(secret), None);
    let values: ShowValues = show_values(form);
    SetupPage {
        frame,
        errors: FormErrors::new(errors, &ui),
        action: admin::setup(token),
        name: form.get("name").to_owned(),
        email: form.get("email").to_owned(),
        show: ShowFields::new(&ui, values, format!("{}/@", state.base_url.as_str())),
        ui,
    }
}

/// `POST /admin/setup/{token}`: ends on the dashboard, logged in.
pub async fn submit(
    State(state): State<AppState>,
    ui: Ui,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response> {
    check_token(&state, &token).await?;
    let headers = request.headers().clone();
    let (secret, _) = before_login(&state, &headers);
    let mut fields = vec!["name", "email", "password"];
    fields.extend(SHOW_FIELDS);
    let sent = covers::read_upload(&state, request, &secret, &fields).await?;
    let form = sent.fields;
    let (account, draft, cover) = match with_cover(parse(&form, ui), sent.cover) {
        Ok(((account, draft), cover)) => (account, draft, cover),
        Err(errors) => {
            let page = setup_page(&state, ui, &token, &secret, &form, &errors);
            return page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let at = state.clone();
    let user = detached(async move {
        let cover = match cover {
            Some(hash) => hash,
            None => actions::draw_cover(&at, &draft.title).await?,
        };
        actions::set_up(&at, &account, &draft, &cover).await
    })
    .await?;
    log_in(&state, &user, &headers, admin::HOME).await
}

fn parse(form: &FormData, ui: Ui) -> Result<(NewAccount, ShowDraft), FieldErrors> {
    let mut errors = FieldErrors::new();
    let name = errors.take("name", required_line(form.get("name"), 200));
    let email = errors.take("email", Email::parse(form.get("email")));
    let password = errors.take("password", Password::parse(form.get("password")));
    let author = name.clone().unwrap_or_default();
    let draft = match ShowForm::parse(form, &author, is_category) {
        Ok(draft) => Some(draft),
        Err(more) => {
            errors.0.extend(more.0);
            None
        }
    };
    match (name, email, password, draft) {
        (Some(name), Some(email), Some(password), Some(draft)) if errors.is_empty() => Ok((
            NewAccount {
                name,
                email,
                password,
                ui_language: Some(ui.lang),
                role: Role::Owner,
                shows: Vec::new(),
            },
            draft,
        )),
        _ => Err(errors),
    }
}
