//! Addresses of the author's side.
use super::{PostId, UploadId, UserId, segment};

/// The dashboard.
pub const HOME: &str = "/admin";
/// The login form.
pub const LOGIN: &str = "/admin/login";
/// Ends the session (POST).
pub const LOGOUT: &str = "/admin/logout";
/// The author's own account: password, e-mail, sessions.
pub const ACCOUNT: &str = "/admin/account";
/// The second factor of the login.
pub const SECOND_FACTOR: &str = "/admin/account/second-factor";
/// Tokens of the programming interface.
pub const TOKENS: &str = "/admin/account/tokens";
/// Takes the code of the second factor (POST).
pub const LOGIN_CODE: &str = "/admin/login/code";
/// Who has an account, and who is invited.
pub const PEOPLE: &str = "/admin/people";
/// Makes an invitation (POST).
pub const INVITE: &str = "/admin/people/invite";
/// Who did what.
pub const LOG: &str = "/admin/log";
/// How the machine is doing.
pub const HEALTH: &str = "/admin/health";
/// The list of background work alone; `?from=health` has all of it.
pub const WORK: &str = "/admin/work";
/// Does background work now that would be tried later (POST).
pub const WORK_AGAIN: &str = "/admin/work/again";
/// Creates a draft (POST).
pub const NEW_POST: &str = "/admin/posts";
/// The token of the session, for a page that is older than it (JSON).
pub const CSRF: &str = "/admin/csrf";
/// What a web page says of itself (POST, JSON).
pub const LOOK_UP: &str = "/admin/references/look-up";
/// Creates an upload (POST, tus).
pub const UPLOADS: &str = "/admin/uploads";
/// The form of a further show.
pub const NEW_SHOW: &str = "/admin/shows/new";

/// `/admin?show=news&state=draft&q=…`: a show's posts, narrowed by what is given and not empty.
pub fn posts(show: &str, query: &[(&str, &str)]) -> String {
    let mut address = format!("{HOME}?show={show}");
    for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
        address.push_str(&format!("&{name}={}", segment(value)));
    }
    address
}

/// The set-up page that the console prints.
pub fn setup(token: &str) -> String {
    format!("/admin/setup/{}", segment(token))
}

/// The page on which somebody who was invited makes his account.
pub fn join(token: &str) -> String {
    format!("/admin/join/{}", segment(token))
}

/// Where somebody who was given such a link sets a new password.
pub fn reset(token: &str) -> String {
    format!("/admin/reset/{}", segment(token))
}

/// Makes a link by which somebody sets a new password (POST).
pub fn person_reset(id: &UserId) -> String {
    format!("/admin/people/{id}/reset")
}

/// Turns somebody's second factor off (POST).
pub fn person_second_factor_off(id: &UserId) -> String {
    format!("/admin/people/{id}/second-factor-off")
}

/// Changes what somebody may do (POST).
pub fn person(id: &UserId) -> String {
    format!("/admin/people/{id}")
}

/// Takes somebody's account away (POST).
pub fn person_remove(id: &UserId) -> String {
    format!("/admin/people/{id}/remove")
}

/// Takes an invitation back (POST).
pub fn invitation_revoke(id: &str) -> String {
    format!("/admin/people/invitations/{}/revoke", segment(id))
}

/// Takes a token back (POST).
pub fn token_revoke(id: &str) -> String {
    format!("{TOKENS}/{}/revoke", segment(id))
}

/// Ends a session (POST).
pub fn session_end(id: &str) -> String {
    format!("/admin/account/sessions/{}/end", segment(id))
}

/// A page of the log, counted from 1; of one person, where one is named.
pub fn log(user: Option<&str>, page: i64) -> String {
    let mut address = format!("{LOG}?page={page}");
    if let Some(user) = user {
        address.push_str(&format!("&person={}", segment(user)));
    }
    address
}

/// The editor of a post.
pub fn post(id: &PostId) -> String {
    format!("/admin/posts/{id}")
}

/// The editor of a post after a button did what this word says; empty: nothing to tell.
pub fn post_done(id: &PostId, word: &str) -> String {
    match word {
        "" => post(id),
        word => format!("{}?did={}", post(id), segment(word)),
    }
}

/// Something below a post: `autosave`, `publish`, `recording`, `preview/`, …
pub fn post_part(id: &PostId, part: &str) -> String {
    format!("/admin/posts/{id}/{part}")
}

/// Two versions of a post beside each other: numbers, or `now` for the working copy.
pub fn compare(id: &PostId, from: &str, to: &str) -> String {
    format!(
        "/admin/posts/{id}/history/compare?from={}&to={}",
        segment(from),
        segment(to)
    )
}

/// A place on the editor's page, by its id.
pub fn post_place(id: &PostId, place: &str) -> String {
    format!("/admin/posts/{id}#{place}")
}

/// One upload (tus).
pub fn upload(id: &UploadId) -> String {
    format!("/admin/uploads/{id}")
}

/// The settings of a show.
pub fn show(address: &str) -> String {
    format!("/admin/shows/{address}")
}

/// A field of the settings of a show, by its id.
pub fn show_place(address: &str, place: &str) -> String {
    format!("/admin/shows/{address}#{place}")
}

/// What directories want of a show's feed.
pub fn directories(address: &str) -> String {
    format!("/admin/shows/{address}/directories")
}

/// Where a show's picture is sent.
pub fn show_cover(address: &str) -> String {
    format!("/admin/shows/{address}/cover")
}
