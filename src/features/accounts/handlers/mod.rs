//! HTTP of login, logout and the account of who is logged in.
pub mod account;
pub mod second;
mod sessions;
pub mod tokens;

pub use sessions::{end_other_sessions, end_session, session_token};

use std::net::IpAddr;

use axum::extract::{Extension, Request, State};
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::features::accounts::extract::Author;
use crate::features::accounts::model::{SESSION_WHOLE_MS, User};
use crate::features::accounts::views::{FormErrors, Frame, LoginPage};
use crate::features::accounts::{actions, store};
use crate::features::audit::{self, Act};
use crate::kernel::ids::Token;
use crate::kernel::urls::admin;
use crate::kernel::{Error, FieldErrors, Message, Result};
use crate::state::AppState;
use crate::web::client::{self, Peer};
use crate::web::cookies::Cookie;
use crate::web::form::{FORM_BYTES, FormData};
use crate::web::ui::Ui;
use crate::web::{csrf, page};

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
    open(state, user, &agent(headers), next).await
}

async fn open(state: &AppState, user: &User, agent: &str, next: &str) -> Result<Response> {
    let mut tx = state.db.begin().await?;
    let token = actions::open_session(&mut tx, &user.id, agent).await?;
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

/// A step of a login, sent by somebody who has not failed too often.
struct Attempt {
    /// The secret of the cookie before login.
    secret: Token,
    /// What was sent.
    form: FormData,
    /// Whom failures are counted against.
    address: IpAddr,
    /// What the browser says of itself.
    agent: String,
}

impl Attempt {
    async fn read(state: &AppState, peer: Peer, request: Request) -> Result<Self> {
        let headers = request.headers().clone();
        let (secret, _) = before_login(state, &headers);
        let form = FormData::read(request, &secret, FORM_BYTES).await?;
        let address = client_address(state, peer, &headers);
        if let Some(retry_after_s) = state.login_failures.blocked_for_s(&address) {
            return Err(Error::TooMany { retry_after_s });
        }
        Ok(Self {
            secret,
            form,
            address,
            agent: agent(&headers),
        })
    }
}

/// `POST /admin/login`.
pub async fn login(
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
    let (email, password) = (form.get("email"), form.get("password"));
    match actions::check_login(&state, email, password, address).await? {
        Some(user) => {
            let next = known_next(form.get("next"));
            if user.has_second_factor {
                let step = actions::second::begin_login(&state, &user.id).await?;
                let step = (step.reveal(), next);
                return second::code_page(ui, &secret, step, &FieldErrors::new());
            }
            state.login_failures.forget(&address);
            open(&state, &user, &agent, next).await
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
}
