//! HTTP of login, logout and the author's account.
pub mod second;
mod sessions;
pub mod tokens;

pub use sessions::{end_other_sessions, end_session};

use std::net::IpAddr;

use axum::extract::{Extension, Request, State};
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::features::accounts::extract::Author;
use crate::features::accounts::model::{Email, Password, SESSION_WHOLE_MS, User};
use crate::features::accounts::views::{
    AccountPage, FormErrors, Frame, LoginPage, Nav, SessionLine,
};
use crate::features::accounts::{actions, store};
use crate::features::audit::{self, Act};
use crate::kernel::ids::Token;
use crate::kernel::language::UiLanguage;
use crate::kernel::urls::admin;
use crate::kernel::{Error, FieldErrors, Message, Result};
use crate::state::AppState;
use crate::web::client::{self, Peer};
use crate::web::cookies::Cookie;
use crate::web::form::{FORM_BYTES, FormData};
use crate::web::task::detached;
use crate::web::ui::Ui;
use crate::web::{csrf, filters, page};

/// The cookie before login lives for a day, in seconds.
const BEFORE_LOGIN_S: u64 = 24 * 3600;

/// The secret of the cookie before login, and the cookie to set if there was none.
pub fn before_login(state: &AppState, headers: &HeaderMap) -> (Token, Option<HeaderValue>) {
    let secure = state.config.is_https();
    match Cookie::BeforeLogin.read(headers, secure) {
        Some(token) => (token, None),
        None => {
            let token = Token::random();
            let cookie = Cookie::BeforeLogin.set(&token, secure, BEFORE_LOGIN_S);
            (token, Some(cookie))
        }
    }
}

/// Adds a cookie to an answer.
pub fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// What the browser says of itself.
fn agent(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT);
    let agent = agent.and_then(|v| v.to_str().ok());
    agent.unwrap_or_default().to_owned()
}

/// Opens a session and sends the author on.
pub async fn log_in(
    state: &AppState,
    user: &User,
    headers: &HeaderMap,
    next: &str,
) -> Result<Response> {
    let mut tx = state.db.begin().await?;
    let token = actions::open_session(&mut tx, &user.id, &agent(headers)).await?;
    audit::record(&mut tx, &user.id, Act::LoggedIn, "", "").await?;
    tx.commit().await?;
    Ok(session_response(state, &token, next))
}

/// Sends the author on with the session's cookie and without the one before login (A4).
fn session_response(state: &AppState, token: &Token, next: &str) -> Response {
    let secure = state.config.is_https();
    let age_s = SESSION_WHOLE_MS.unsigned_abs() / 1000;
    let response = with_cookie(
        page::see_other(next),
        Some(Cookie::Session.set(token, secure, age_s)),
    );
    with_cookie(response, Some(Cookie::BeforeLogin.clear(secure)))
}

/// Only known local routes are followed after login (HARDENING V7).
fn known_next(next: &str) -> &str {
    let of_show = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let known = matches!(next, admin::HOME | admin::HEALTH)
        || next.strip_prefix("/admin?show=").is_some_and(of_show)
        || ["/admin/posts/", "/admin/shows/", admin::ACCOUNT]
            .iter()
            .any(|start| {
                next.starts_with(start)
                    && !next.contains(['\\', '\r', '\n', '?', '%'])
                    && !next.contains("//")
                    // A browser would walk up from there, to a route that is not known.
                    && !next.contains("/.")
            });
    if known { next } else { admin::HOME }
}

fn client_address(state: &AppState, peer: Peer, headers: &HeaderMap) -> IpAddr {
    client::counted_as(client::address(
        peer.0,
        headers,
        &state.config.trusted_proxies,
    ))
}

/// `GET /admin/login`.
pub async fn login_page(
    State(state): State<AppState>,
    ui: Ui,
    request: Request,
) -> Result<Response> {
    let (secret, cookie) = before_login(&state, request.headers());
    let query = FormData::parse(request.uri().query().unwrap_or_default().as_bytes())?;
    let page = login_view(ui, &secret, query.get("next"), "", &FieldErrors::new());
    Ok(with_cookie(page::html(&page)?, cookie))
}

/// `POST /admin/login`.
pub async fn login(
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
    match actions::check_login(&state, form.get("email"), form.get("password")).await? {
        Some(user) => {
            let next = known_next(form.get("next"));
            if user.has_second_factor {
                let step = actions::second::begin_login(&state, &user.id).await?;
                let step = (step.reveal(), next);
                return second::code_page(ui, &secret, step, &FieldErrors::new());
            }
            state.login_failures.forget(&address);
            log_in(&state, &user, &headers, next).await
        }
        None => {
            tracing::info!(client = %address, "a login failed");
            state.login_failures.note(address);
            let wrong = FieldErrors::one("", Message::new("error-login"));
            let page = login_view(ui, &secret, form.get("next"), form.get("email"), &wrong);
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

fn login_view(ui: Ui, secret: &Token, next: &str, email: &str, errors: &FieldErrors) -> LoginPage {
    LoginPage {
        frame: Frame::new(ui.t("account-login"), csrf::token_for(secret), None),
        ui,
        errors: FormErrors::new(errors, &ui),
        email: email.to_owned(),
        next: next.to_owned(),
    }
}

/// The login form again, with what is wrong.
fn login_form(ui: Ui, secret: &Token, next: &str, errors: &FieldErrors) -> Result<Response> {
    let page = login_view(ui, secret, next, "", errors);
    page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// `POST /admin/logout`: ends the session on the server (A5).
pub async fn logout(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    FormData::read(request, &author.secret, FORM_BYTES).await?;
    let mut tx = state.db.begin().await?;
    store::delete_session(&mut tx, &author.user.id, &author.session_id).await?;
    tx.commit().await?;
    let cookie = Cookie::Session.clear(state.config.is_https());
    Ok(with_cookie(page::see_other(admin::LOGIN), Some(cookie)))
}

/// `GET /admin/account`.
pub async fn account_page(State(state): State<AppState>, author: Author) -> Result<Response> {
    account(
        &state,
        &author,
        StatusCode::OK,
        &FieldErrors::new(),
        &author.user.email,
    )
    .await
}

async fn account(
    state: &AppState,
    author: &Author,
    status: StatusCode,
    errors: &FieldErrors,
    email: &str,
) -> Result<Response> {
    let ui = author.ui;
    let sessions = store::list_sessions(&state.db, &author.user.id).await?;
    let now = state.clock.now();
    let nav = Nav {
        place: "account",
        is_owner: author.user.is_owner(),
        ..Nav::default()
    };
    let page = AccountPage {
        frame: Frame::new(ui.t("account-title"), author.csrf(), Some(nav)),
        ui,
        errors: FormErrors::new(errors, &ui),
        email: email.to_owned(),
        language: Some(author.user.ui_language),
        role: ui.t(author.user.role.key()),
        role_hint: ui.t(author.user.role.hint_key()),
        has_second_factor: author.user.has_second_factor,
        sessions: sessions
            .into_iter()
            .map(|s| SessionLine {
                this_one: s.id == author.session_id,
                end_href: admin::session_end(&s.id),
                last_seen: filters::ago(s.last_seen_at, now, ui),
                device: device_words(&s.device),
            })
            .collect(),
    };
    page::html_with(status, &page)
}

/// Browser and system in a few words, out of what `User-Agent` says.
fn device_words(agent: &str) -> String {
    let first = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, n)| *n)
    };
    let browser = first(&[
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("Whale/", "Whale"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(b), Some(s)) => format!("{b} · {s}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => agent.chars().take(40).collect(),
    }
}

/// `POST /admin/account/email`, asked for the password again (A5).
pub async fn save_email(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let typed = form.get("email").to_owned();
    let (at, who) = (state.clone(), author.clone());
    let outcome = detached(async move {
        let email = Email::parse(form.get("email")).map_err(|m| Error::field("email", m))?;
        require_own_password(&at, &who.user, "password", form.get("password")).await?;
        let before = who.user.email.clone();
        let user = User {
            email: email.as_str().to_owned(),
            ..who.user
        };
        let mut tx = at.db.begin().await?;
        if user.email != before && store::has_email(&mut tx, &email).await? {
            return Err(Error::field("email", Message::new("error-email-taken")));
        }
        store::update(&mut tx, &user).await?;
        audit::record(&mut tx, &user.id, Act::EmailChanged, "", "").await?;
        tx.commit().await
    });
    answer_form(&state, &author, outcome.await, &typed).await
}

/// `POST /admin/account/password`; every other session ends (A5).
pub async fn save_password(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let (at, who) = (state.clone(), author.clone());
    let outcome = detached(async move {
        let new = Password::parse(form.get("new_password"))
            .map_err(|m| Error::field("new_password", m))?;
        require_own_password(&at, &who.user, "old_password", form.get("old_password")).await?;
        actions::change_password(&at, &who.user.id, &new, &who.session_id).await
    });
    let email = author.user.email.clone();
    answer_form(&state, &author, outcome.await, &email).await
}

/// `POST /admin/account/language`; an empty one follows what the browser wishes now.
pub async fn save_language(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let wished = crate::web::lang::wished(request.headers());
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let ui_language = UiLanguage::parse(form.get("language")).unwrap_or(wished);
    update_user(
        &state,
        &User {
            ui_language,
            ..author.user
        },
    )
    .await?;
    Ok(page::see_other(admin::ACCOUNT))
}

async fn update_user(state: &AppState, user: &User) -> Result<()> {
    let mut tx = state.db.begin().await?;
    store::update(&mut tx, user).await?;
    tx.commit().await
}

async fn require_own_password(
    state: &AppState,
    user: &User,
    field: &'static str,
    given: &str,
) -> Result<()> {
    if actions::is_own_password(state, user, given).await? {
        return Ok(());
    }
    Err(Error::field(field, Message::new("error-old-password")))
}

async fn answer_form(
    state: &AppState,
    author: &Author,
    outcome: Result<()>,
    email: &str,
) -> Result<Response> {
    match outcome {
        Ok(()) => Ok(page::see_other(admin::ACCOUNT)),
        Err(Error::Invalid(errors)) => {
            account(
                state,
                author,
                StatusCode::UNPROCESSABLE_ENTITY,
                &errors,
                email,
            )
            .await
        }
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_routes_are_followed() {
        for good in [
            "/admin",
            "/admin/posts/abcdefghijkl",
            "/admin/account",
            "/admin/shows/news",
        ] {
            assert_eq!(known_next(good), good);
        }
        for bad in [
            "",
            "//evil.example",
            "https://evil.example",
            "/admin/../x//",
            "/admin/posts/../../@show",
            "/admin/posts/%2e%2e/%2e%2e/@show",
            "/\\evil",
            "/admin/posts/a\\b",
            "javascript:1",
            "/@show",
        ] {
            assert_eq!(known_next(bad), admin::HOME, "{bad}");
        }
    }

    #[test]
    fn devices_in_a_few_words() {
        let agent = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15";
        assert_eq!(device_words(agent), "Safari · macOS");
        assert_eq!(device_words("curl/8"), "curl/8");
    }
}
