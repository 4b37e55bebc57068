//! Accounts: set-up, login, second factor, sessions, roles (HARDENING A1–A7).
//!
//! Invariants: there is no default account and no open mode; the first account is made with a
//! one-time token or by the command line, and the set-up page is gone for good afterwards; a
//! session is a row, so logging out ends it; a change of password ends all others.
mod actions;
mod extract;
pub mod handlers;
mod model;
mod password;
mod role;
mod second;
mod store;
mod tokens;
pub mod views;

pub use actions::tokens::{make_token, revoke as revoke_token};
pub use actions::{
    create_account, drop_second_factor, end_other_sessions, end_session, hash_password, open_setup,
    replace_password, reset_password, set_language, set_name, sweep_sessions,
};
pub use extract::{Author, let_in, let_in_by_token};
pub use handlers::{before_login, log_in, with_cookie};
pub use model::{Email, NewAccount, Password, Session, User};
pub use role::{Role, refused};
pub use store::tokens::list as list_tokens;
pub use store::{
    any_user, check_setup_token, has_email, list, list_sessions, read_shows, write_shows,
};
pub use tokens::{ApiToken, Client, Scope};
pub use views::setup::{SetupPage, ShowFields, ShowValues};
pub use views::{FormError, FormErrors, Frame, Nav, NavShow, Notice, choices};
