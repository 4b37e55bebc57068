//! HTTP of the page on which somebody makes tokens for the programming interface.
use axum::extract::{Request, State};
use axum::response::Response;

use super::account::{frame, require_own_password};
use crate::features::accounts::extract::Author;
use crate::features::accounts::tokens::{ApiToken, LIFETIMES_DAYS, Scope};
use crate::features::accounts::views::FormErrors;
use crate::features::accounts::views::choices::Choice;
use crate::features::accounts::views::tokens::{TokenLine, TokensPage};
use crate::features::accounts::{actions, store};
use crate::kernel::time::Instant;
use crate::kernel::urls::admin;
use crate::kernel::{Error, FieldErrors, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::{FORM_BYTES, FormData};
use crate::web::task::detached;
use crate::web::ui::Ui;
use crate::web::{filters, page};

/// `GET /admin/account/tokens`.
pub async fn page(State(state): State<AppState>, author: Author) -> Result<Response> {
    let mut form = FormData::default();
    form.set("days", "90");
    show(&state, &author, &form, None, &FieldErrors::new()).await
}

async fn show(
    state: &AppState,
    author: &Author,
    form: &FormData,
    new_token: Option<String>,
    errors: &FieldErrors,
) -> Result<Response> {
    let (ui, now) = (author.ui, state.clock.now());
    let tokens = store::tokens::list(&state.db, &author.user.id, now).await?;
    let page = TokensPage {
        frame: frame(author, "token-title"),
        errors: FormErrors::new(errors, &ui),
        new_token,
        tokens: tokens.iter().map(|t| line(t, now, ui)).collect(),
        name: form.get("name").to_owned(),
        scopes: Scope::ALL
            .into_iter()
            .filter(|scope| scope.is_for(&author.user))
            .map(|scope| Choice {
                value: scope.as_str().to_owned(),
                label: ui.t(scope.key()),
                chosen: form.all("scopes").any(|sent| sent == scope.as_str()),
            })
            .collect(),
        lifetimes: LIFETIMES_DAYS
            .into_iter()
            .map(|days| {
                Choice::new(
                    &days.to_string(),
                    ui.n("token-days", days),
                    form.get("days"),
                )
            })
            .collect(),
        ui,
    };
    page::form(errors, &page)
}

fn line(token: &ApiToken, now: Instant, ui: Ui) -> TokenLine {
    let days_left = (token.expires_at.0 - now.0).max(0) / (24 * 3_600_000);
    let used = token.last_used_at.map_or_else(
        || ui.t("token-unused"),
        |at| ui.t1("account-session-seen", "when", filters::ago(at, now, ui)),
    );
    let scopes: Vec<&str> = token.scopes.iter().map(|s| s.as_str()).collect();
    TokenLine {
        name: token.name.clone(),
        scopes: scopes.join(" "),
        times: format!("{} · {used}", ui.n("token-left", days_left)),
        revoke_action: admin::token_revoke(&token.id),
    }
}

/// `POST /admin/account/tokens`, asked for the password: the token is shown this once.
pub async fn create(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let (at, who, sent) = (state.clone(), author.clone(), form.clone());
    let outcome = detached(async move {
        require_own_password(&at, &who.user, "password", sent.get("password")).await?;
        let scopes = sent.all("scopes").filter_map(Scope::parse).collect();
        let days = sent.get("days").parse().unwrap_or(0);
        actions::tokens::create(&at.db, &who.user, sent.get("name"), scopes, days).await
    });
    match outcome.await {
        Ok(token) => {
            let shown = Some(token.reveal().to_owned());
            let mut empty = FormData::default();
            empty.set("days", "90");
            show(&state, &author, &empty, shown, &FieldErrors::new()).await
        }
        Err(Error::Invalid(errors)) => show(&state, &author, &form, None, &errors).await,
        Err(Error::Conflict(message)) => {
            let errors = FieldErrors::one("", message);
            show(&state, &author, &form, None, &errors).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /admin/account/tokens/{token}/revoke`.
pub async fn revoke(
    State(state): State<AppState>,
    author: Author,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response> {
    FormData::read(request, &author.secret, FORM_BYTES).await?;
    detached(async move { actions::tokens::revoke(&state.db, &author.user, &token).await }).await?;
    Ok(page::see_other(admin::TOKENS))
}
