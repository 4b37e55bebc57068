//! What the pages of the second factor print.
use askama::Template;

use super::{FormErrors, Frame};
use crate::web::ui::Ui;

/// Asks for the code, between the password and the session.
#[derive(Debug, Template)]
#[template(path = "accounts/code.html")]
pub struct CodePage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// A wrong code.
    pub errors: FormErrors,
    /// Names the login that waits.
    pub step: String,
    /// A known local route to go on to.
    pub next: String,
}

/// Turns the second factor on or off.
#[derive(Debug, Template)]
#[template(path = "accounts/second_factor.html")]
pub struct SecondFactorPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// Faults of whichever form was sent.
    pub errors: FormErrors,
    /// Whether it is on.
    pub is_on: bool,
    /// How many recovery codes are left, in words.
    pub codes_left: String,
    /// A secret for the app, where it is off.
    pub secret: String,
    /// The same, four characters at a time.
    pub secret_in_groups: String,
    /// The same as an address that opens an app on this device.
    pub uri: String,
    /// The same as the path of an SVG, with its side in modules.
    pub qr: Option<(i32, String)>,
}

/// Recovery codes, shown once.
#[derive(Debug, Template)]
#[template(path = "accounts/codes.html")]
pub struct CodesPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// The codes.
    pub codes: Vec<String>,
}
