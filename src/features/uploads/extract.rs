//! Who sends an upload: a page of the author's side, or a program with a token.
use axum::extract::FromRequestParts;
use http::HeaderMap;
use http::request::Parts;

use crate::features::accounts::{Author, Client, Scope, User};
use crate::kernel::ids::{Token, UploadId};
use crate::kernel::urls::{admin, api};
use crate::kernel::{Error, Result};
use crate::web::csrf;
use crate::web::ui::Ui;

/// Who sends, let in by one of the layers of the router.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The person.
    pub user: User,
    /// The language of answers.
    pub ui: Ui,
    way: Way,
}

#[derive(Debug, Clone)]
enum Way {
    /// A page, with the secret of its session.
    Page(Token),
    /// A program.
    Program(Client),
}

impl Sender {
    /// Lets those pass who may ask how far an upload is. Who asks also ends a request that still
    /// sends.
    ///
    /// # Errors
    /// `Forbidden` for a token that may not write.
    pub fn require_asking(&self) -> Result<()> {
        match &self.way {
            Way::Page(_) => Ok(()),
            Way::Program(client) => client.require(Scope::Write),
        }
    }

    /// Lets those pass who may send and cancel: a page has to show its token against forgery, which
    /// a program needs none of.
    ///
    /// # Errors
    /// `Forbidden` for everybody else.
    pub fn require_sending(&self, headers: &HeaderMap) -> Result<()> {
        match &self.way {
            Way::Page(secret) => {
                let given = headers.get(csrf::HEADER).and_then(|v| v.to_str().ok());
                csrf::check_token(secret, given)
            }
            Way::Program(_) => self.require_asking(),
        }
    }

    /// Where an upload is on this way.
    pub fn address(&self, id: &UploadId) -> String {
        match &self.way {
            Way::Page(_) => admin::upload(id),
            Way::Program(_) => api::upload(id),
        }
    }

    /// Whether the last answer tells what the file holds. The protocol has no body there, and
    /// clients of others hold to it.
    pub fn is_page(&self) -> bool {
        matches!(self.way, Way::Page(_))
    }
}

impl From<Author> for Sender {
    fn from(author: Author) -> Self {
        Self {
            user: author.user,
            ui: author.ui,
            way: Way::Page(author.secret),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Sender {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        if let Some(author) = parts.extensions.get::<Author>().cloned() {
            return Ok(author.into());
        }
        let client = parts.extensions.get::<Client>().cloned();
        let client = client.ok_or(Error::Unauthenticated)?;
        let Ok(ui) = Ui::from_request_parts(parts, state).await;
        Ok(Self {
            user: client.user.clone(),
            ui,
            way: Way::Program(client),
        })
    }
}
