//! The extractor that lets the author in and nobody else.
use axum::extract::FromRequestParts;
use http::header;
use http::request::Parts;

use super::model::{SESSION_IDLE_MS, SESSION_WHOLE_MS, User};
use super::store;
use super::tokens::Client;
use crate::kernel::ids::Token;
use crate::kernel::{Error, Result};
use crate::state::AppState;
use crate::web::cookies::Cookie;
use crate::web::csrf;
use crate::web::lang;
use crate::web::ui::Ui;

/// How often a session's last use is written, in milliseconds: each request would be a write.
const TOUCH_MS: i64 = 60_000;

/// The author of this request. Put into the request by the layer around `/admin`
/// ([`let_in`]), taken out by handlers.
#[derive(Debug, Clone)]
pub struct Author {
    /// Who.
    pub user: User,
    /// Names the session in the list.
    pub session_id: String,
    /// The session's secret, which forms are bound to.
    pub secret: Token,
    /// The interface in the author's language.
    pub ui: Ui,
}

impl Author {
    /// What every form holds in its hidden field.
    pub fn csrf(&self) -> String {
        csrf::token_for(&self.secret)
    }
}

/// Finds the living session of a request, or refuses.
pub async fn let_in(state: &AppState, parts: &mut Parts) -> Result<()> {
    let secret = Cookie::Session
        .read(&parts.headers, state.config.is_https())
        .ok_or(Error::Unauthenticated)?;
    let now = state.clock.now();
    let found = store::find_session(
        &state.db,
        &secret.hash(),
        now.plus_ms(-SESSION_WHOLE_MS),
        now.plus_ms(-SESSION_IDLE_MS),
    )
    .await?;
    let Some((user, session_id, last_seen_at)) = found else {
        return Err(Error::Unauthenticated);
    };
    if now.0 - last_seen_at.0 > TOUCH_MS {
        let mut tx = state.db.begin().await?;
        store::touch_session(&mut tx, &session_id).await?;
        tx.commit().await?;
    }
    let language = lang::asked_in_query(&parts.uri)
        .or(user.ui_language)
        .unwrap_or_else(|| lang::wished(&parts.headers));
    parts.extensions.insert(Author {
        user,
        session_id,
        secret,
        ui: Ui::new(language),
    });
    Ok(())
}

/// Finds the living token of a request to the programming interface (`Authorization: Bearer`, RFC
/// 6750), or refuses. Cookies open nothing there, so no page of another site can use it.
pub async fn let_in_by_token(state: &AppState, parts: &mut Parts) -> Result<()> {
    let told = parts.headers.get(header::AUTHORIZATION);
    let token = told
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| Token::from_client(token.trim()))
        .ok_or(Error::Unauthenticated)?;
    let now = state.clock.now();
    let found = store::tokens::find(&state.db, &token.hash(), now).await?;
    let (user, token) = found.ok_or(Error::Unauthenticated)?;
    if token.last_used_at.is_none_or(|at| now.0 - at.0 > TOUCH_MS) {
        let mut tx = state.db.begin().await?;
        store::tokens::touch(&mut tx, &token.id).await?;
        tx.commit().await?;
    }
    parts.extensions.insert(Client { user, token });
    Ok(())
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let client = parts.extensions.get::<Self>().cloned();
        client.ok_or(Error::Unauthenticated)
    }
}

impl<S: Sync> FromRequestParts<S> for Author {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(Error::Unauthenticated)
    }
}
