//! What the pages about people print.
use askama::Template;

use crate::features::accounts::choices::Choice;
use crate::features::accounts::{FormErrors, Frame};
use crate::web::ui::Ui;

/// A role to choose.
#[derive(Debug, Clone)]
pub struct RoleChoice {
    /// What the form sends.
    pub value: &'static str,
    /// Its name.
    pub label: String,
    /// What it may do.
    pub hint: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// Somebody with an account.
#[derive(Debug, Clone)]
pub struct PersonLine {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// The role's name.
    pub role: String,
    /// When he was here last, in words.
    pub seen: String,
    /// Whether he is the one who reads this.
    pub is_self: bool,
    /// Whether a code is asked for at his login.
    pub has_second_factor: bool,
    /// The roles, his own chosen.
    pub roles: Vec<RoleChoice>,
    /// The shows, his own chosen.
    pub shows: Vec<Choice>,
    /// Where a change is sent.
    pub action: String,
    /// Where taking the account away is sent.
    pub remove_action: String,
    /// Where a link to a new password is asked for.
    pub reset_action: String,
    /// Where turning the second factor off is sent.
    pub second_factor_action: String,
}

/// An invitation that waits.
#[derive(Debug, Clone)]
pub struct InvitationLine {
    /// For whom; may be empty.
    pub name: String,
    /// The role's name.
    pub role: String,
    /// Until when it is good, in words.
    pub until: String,
    /// Where taking it back is sent.
    pub revoke_action: String,
}

/// Everybody, those invited, and the form for one more.
#[derive(Debug, Template)]
#[template(path = "people/people.html")]
pub struct PeoplePage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// What is wrong with the form that was sent.
    pub errors: FormErrors,
    /// Everybody, oldest first.
    pub people: Vec<PersonLine>,
    /// Those invited, newest first.
    pub invitations: Vec<InvitationLine>,
    /// The link of an invitation just made; shown this once.
    pub new_link: Option<String>,
    /// For whom a link to a new password was just made, and the link; shown this once.
    pub reset_link: Option<(String, String)>,
    /// For whom, as typed.
    pub invite_name: String,
    /// The roles for an invitation.
    pub roles: Vec<RoleChoice>,
    /// The shows for an invitation.
    pub shows: Vec<Choice>,
}

/// Where somebody who was invited makes his account.
#[derive(Debug, Template)]
#[template(path = "people/join.html")]
pub struct JoinPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// What is wrong with the form.
    pub errors: FormErrors,
    /// The page's own address.
    pub action: String,
    /// The role's name.
    pub role: String,
    /// What it may do.
    pub role_hint: String,
    /// As typed, or as the owner called him.
    pub name: String,
    /// As typed.
    pub email: String,
}

/// Where somebody who was given a link sets a new password.
#[derive(Debug, Template)]
#[template(path = "people/reset.html")]
pub struct ResetPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// What is wrong with the form.
    pub errors: FormErrors,
    /// The page's own address.
    pub action: String,
    /// Login name of the account.
    pub email: String,
}

/// What a link shows that opens nothing: used, over or never made, which look the same.
#[derive(Debug, Template)]
#[template(path = "people/gone.html")]
pub struct GonePage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
}

/// A line of the log.
#[derive(Debug, Clone)]
pub struct LogLine {
    /// Who, as he was called then.
    pub who: String,
    /// What, in words.
    pub act: String,
    /// To what, as it was called then.
    pub words: String,
    /// The editor of a post that is still there; empty for the rest.
    pub href: String,
    /// When, in words.
    pub at: String,
    /// When, for machines.
    pub at_iso: String,
}

/// A person by whom the log is narrowed, or everybody.
#[derive(Debug, Clone)]
pub struct LogFilter {
    /// The name.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is what is shown.
    pub current: bool,
}

/// The log.
#[derive(Debug, Template)]
#[template(path = "people/log.html")]
pub struct LogPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// By whom it can be narrowed.
    pub filters: Vec<LogFilter>,
    /// Newest first.
    pub lines: Vec<LogLine>,
    /// Later lines.
    pub newer: Option<String>,
    /// Earlier lines.
    pub older: Option<String>,
}
