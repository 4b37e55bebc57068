//! What the account's pages print, and the frame and form parts that every page of the
//! author's side shares.
//!
//! Every struct holds ready-to-print strings: no database types, and no rule beyond `if` and
//! `for` in the templates.
use askama::Template;

use crate::kernel::FieldErrors;
use crate::kernel::language::UiLanguage;
use crate::web::assets;
use crate::web::ui::Ui;

pub mod choices;
pub mod second;
pub mod setup;
pub mod tokens;
#[cfg(test)]
pub mod tests;

/// What stands around the content of a page of the author's side.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The page's name, for `<title>`.
    pub title: String,
    /// The session's token for forms (HARDENING A6).
    pub csrf: String,
    /// Addresses of the style sheets, in order.
    pub styles: Vec<String>,
    /// Addresses of the ES modules of this page.
    pub scripts: Vec<String>,
    /// The links on top; `None` before login.
    pub nav: Option<Nav>,
    /// What the last step did or why it failed.
    pub notice: Option<Notice>,
}

impl Frame {
    /// A frame with the style and the scripts of the author's side.
    pub fn new(title: String, csrf: String, nav: Option<Nav>) -> Self {
        Self {
            title,
            csrf,
            styles: vec![assets::url("admin.css")],
            scripts: vec![assets::url("admin.js")],
            nav,
            notice: None,
        }
    }
}

/// The links on top of every page after login.
#[derive(Debug, Clone, Default)]
pub struct Nav {
    /// Which link is the current page: `posts`, `settings`, `account` or nothing.
    pub place: &'static str,
    /// Title of the show at hand.
    pub show_title: String,
    /// Every show; the switch appears from two on.
    pub shows: Vec<NavShow>,
    /// The show's public page; empty without a show.
    pub public_href: String,
    /// The show's settings; empty without a show.
    pub settings_href: String,
    /// Whether the links to people, log and machine are there.
    pub is_owner: bool,
}

/// A show in the switch.
#[derive(Debug, Clone)]
pub struct NavShow {
    /// Its title.
    pub title: String,
    /// Its list of posts on the author's side.
    pub href: String,
    /// Whether it is the one at hand.
    pub current: bool,
}

/// A sentence above the content.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Whether it tells of success.
    pub good: bool,
    /// The sentence.
    pub text: String,
}

/// The faults of a form, ready to print at their fields and as a list on top.
#[derive(Debug, Clone, Default)]
pub struct FormErrors {
    /// In the order found.
    pub items: Vec<FormError>,
}

/// One fault.
#[derive(Debug, Clone)]
pub struct FormError {
    /// The field's name in the form.
    pub field: &'static str,
    /// The field's label; empty for a field that has none.
    pub label: String,
    /// What is wrong with it.
    pub text: String,
}

impl FormErrors {
    /// Nothing is wrong.
    pub fn none() -> Self {
        Self::default()
    }

    /// The faults in the language of the interface.
    pub fn new(errors: &FieldErrors, ui: &Ui) -> Self {
        let items = errors
            .0
            .iter()
            .map(|(field, message)| FormError {
                field,
                label: label_key(field).map_or_else(String::new, |key| ui.t(key)),
                text: ui.message(message),
            })
            .collect();
        Self { items }
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether this field has a fault.
    pub fn has(&self, field: &str) -> bool {
        self.items.iter().any(|e| e.field == field)
    }

    /// The first fault of a field, or nothing.
    pub fn text(&self, field: &str) -> &str {
        self.items
            .iter()
            .find(|e| e.field == field)
            .map_or("", |e| e.text.as_str())
    }
}

/// The message that labels a field of the author's forms.
fn label_key(field: &str) -> Option<&'static str> {
    Some(match field {
        "name" => "admin-label-name",
        "email" => "admin-label-email",
        "password" => "admin-label-password",
        "old_password" => "account-old-password",
        "new_password" => "account-new-password",
        "code" => "second-code",
        "role" => "people-role",
        "shows" => "people-shows",
        "scopes" => "token-scopes",
        "title" => "admin-label-title",
        "address" => "admin-label-address",
        "description" => "admin-label-description",
        "language" => "admin-label-language",
        "language_other" => "admin-label-language-other",
        "time_zone" => "admin-label-time-zone",
        "category" => "admin-label-category",
        "explicit" => "admin-label-explicit",
        "cover" => "admin-label-cover",
        "author_name" => "admin-label-author-name",
        "owner_email" => "admin-label-owner-email",
        "copyright" => "admin-label-copyright",
        "locked" => "admin-label-locked",
        "show_type" => "admin-label-show-type",
        "category2" => "admin-label-category2",
        "category3" => "admin-label-category3",
        "cover_alt" => "admin-label-cover-alt",
        "people" => "admin-show-people",
        "funding" => "admin-show-funding",
        "correction_remark" => "history-remark",
        "license" => "admin-label-license",
        "license_name" => "admin-label-license-name",
        "license_url" => "admin-label-license-url",
        "location_name" => "admin-show-location",
        "location_geo" => "admin-label-location-geo",
        "location_osm" => "admin-label-location-osm",
        "location_country" => "admin-label-location-country",
        "social" => "admin-show-social",
        "podroll" => "admin-show-podroll",
        "txt" => "admin-show-txt",
        "blocked_services" => "admin-label-services",
        "feed_page_size" => "admin-label-feed-pages",
        "enclosure_prefix" => "admin-label-prefix",
        "moved_to" => "admin-label-moved",
        "app_apple" => "app-apple",
        "app_spotify" => "app-spotify",
        "app_youtube" => "app-youtube",
        "app_pocket_casts" => "app-pocket-casts",
        "app_overcast" => "app-overcast",
        "slug" => "admin-label-slug",
        "note" => "admin-label-note",
        "script" => "admin-label-script",
        "season" => "admin-label-season",
        "episode" => "admin-label-episode",
        "episode_type" => "admin-label-episode-type",
        "scheduled_at" => "admin-label-scheduled-at",
        "recording" => "admin-label-recording",
        "file" => "admin-label-file",
        "references" | "ref_title" | "ref_url" | "ref_outlet" | "ref_date" | "ref_remark"
        | "ref_passage" => "admin-label-references",
        "season_name" => "post-label-season-name",
        "episode_display" => "post-label-episode-display",
        "soundbites" => "post-soundbites",
        "location" => "admin-show-location",
        _ => return None,
    })
}

/// The login form.
#[derive(Debug, Template)]
#[template(path = "accounts/login.html")]
pub struct LoginPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// Wrong name or password, or too many tries.
    pub errors: FormErrors,
    /// As typed.
    pub email: String,
    /// A known local route to go on to, or empty (HARDENING V7).
    pub next: String,
}

/// The author's account.
#[derive(Debug, Template)]
#[template(path = "accounts/account.html")]
pub struct AccountPage {
    /// The interface.
    pub ui: Ui,
    /// What stands around it.
    pub frame: Frame,
    /// Faults of whichever form was sent.
    pub errors: FormErrors,
    /// The display name now, or as typed.
    pub name: String,
    /// The e-mail address now, or as typed.
    pub email: String,
    /// The language chosen for the interface; `None` follows the browser.
    pub language: Option<UiLanguage>,
    /// What the author may do, in a word.
    pub role: String,
    /// The same in a sentence.
    pub role_hint: String,
    /// Whether a code is asked for at login.
    pub has_second_factor: bool,
    /// Where the author is logged in, newest first.
    pub sessions: Vec<SessionLine>,
}

/// A device on which the author is logged in.
#[derive(Debug, Clone)]
pub struct SessionLine {
    /// Browser and system in a few words, from `User-Agent`.
    pub device: String,
    /// When it was last seen, in words.
    pub last_seen: String,
    /// Whether it is the one that reads this page.
    pub this_one: bool,
    /// Where the form that logs it out is sent.
    pub end_href: String,
}
