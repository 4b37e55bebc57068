//! What the page of API tokens prints.
use askama::Template;

use super::choices::Choice;
use super::{FormErrors, Frame};
use crate::web::ui::Ui;

/// A token in the list.
#[derive(Debug, Clone)]
pub struct TokenLine {
    /// What it is for.
    pub name: String,
    /// What it may do, in words of the interface.
    pub scopes: String,
    /// Until when, and when it was used last, in words.
    pub times: String,
    /// Where taking it back is sent.
    pub revoke_action: String,
}

/// Tokens of one person, and the form for one more.
#[derive(Debug, Template)]
#[template(path = "accounts/tokens.html")]
pub struct TokensPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// What is wrong with the form.
    pub errors: FormErrors,
    /// A token just made; shown this once.
    pub new_token: Option<String>,
    /// Newest first.
    pub tokens: Vec<TokenLine>,
    /// As typed.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Choice>,
    /// How long it lives.
    pub lifetimes: Vec<Choice>,
}
