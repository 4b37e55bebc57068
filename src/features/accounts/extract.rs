//! The extractor that lets the author in and nobody else.
use axum::extract::FromRequestParts;
use http::request::Parts;

use super::model::{SESSION_IDLE_MS, SESSION_WHOLE_MS, User};
use super::store;
use crate::kernel::ids::Token;
use crate::kernel::language::UiLanguage;
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
    let language: UiLanguage = lang::asked_in_query(&parts.uri).unwrap_or(user.ui_language);
    parts.extensions.insert(Author {
        user,
        session_id,
        secret,
        ui: Ui::new(language),
    });
    Ok(())
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
