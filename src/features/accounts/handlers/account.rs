//! HTTP of the account page: name, e-mail address, password, language.
use axum::extract::{Request, State};
use axum::response::Response;

use crate::features::accounts::extract::Author;
use crate::features::accounts::model::{Email, Password, User};
use crate::features::accounts::views::{AccountPage, FormErrors, Frame, Nav, SessionLine};
use crate::features::accounts::{actions, store};
use crate::kernel::language::UiLanguage;
use crate::kernel::urls::admin;
use crate::kernel::{Error, FieldErrors, Message, Result};
use crate::state::AppState;
use crate::web::form::{FORM_BYTES, FormData};
use crate::web::task::detached;
use crate::web::{filters, page};

/// What stands around the account's pages, under this title.
pub fn frame(author: &Author, title: &str) -> Frame {
    let nav = Nav {
        place: "account",
        is_owner: author.user.is_owner(),
        ..Nav::default()
    };
    Frame::new(author.ui.t(title), author.csrf(), Some(nav))
}

/// `GET /admin/account`.
pub async fn page(State(state): State<AppState>, author: Author) -> Result<Response> {
    show(&state, &author, &author.user, &FieldErrors::new()).await
}

/// `typed`: the person as the fields have him.
async fn show(
    state: &AppState,
    author: &Author,
    typed: &User,
    errors: &FieldErrors,
) -> Result<Response> {
    let ui = author.ui;
    let sessions = store::list_sessions(&state.db, &author.user.id).await?;
    let now = state.clock.now();
    let page = AccountPage {
        frame: frame(author, "account-title"),
        ui,
        errors: FormErrors::new(errors, &ui),
        email: typed.email.clone(),
        name: typed.name.clone(),
        language: author.user.ui_language,
        role: ui.t(author.user.role.key()),
        role_hint: ui.t(author.user.role.hint_key()),
        has_second_factor: author.user.has_second_factor,
        sessions: sessions
            .into_iter()
            .map(|s| SessionLine {
                this_one: s.id == author.session_id,
                end_href: admin::session_end(&s.id),
                last_seen: filters::ago(s.last_seen_at, now, ui),
                device: device_words(&s.device),
            })
            .collect(),
    };
    page::form(errors, &page)
}

/// Browser and system in a few words, out of what `User-Agent` says.
fn device_words(agent: &str) -> String {
    let first = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, n)| *n)
    };
    let browser = first(&[
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("Whale/", "Whale"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(b), Some(s)) => format!("{b} · {s}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => agent.chars().take(40).collect(),
    }
}

/// `POST /admin/account/name`: what readers and colleagues call him.
pub async fn save_name(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let typed = User {
        name: form.get("name").to_owned(),
        ..author.user.clone()
    };
    let outcome = actions::set_name(&state.db, &author.user, form.get("name")).await;
    answer_form(&state, &author, &typed, outcome.map(drop)).await
}

/// `POST /admin/account/email`, asked for the password again (A5).
pub async fn save_email(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let typed = User {
        email: form.get("email").to_owned(),
        ..author.user.clone()
    };
    let (at, who) = (state.clone(), author.clone());
    let outcome = detached(async move {
        let email = Email::parse(form.get("email")).map_err(|m| Error::field("email", m))?;
        require_own_password(&at, &who.user, "password", form.get("password")).await?;
        actions::set_email(&at.db, &who.user, &email).await
    });
    answer_form(&state, &author, &typed, outcome.await).await
}

/// `POST /admin/account/password`; every other session ends (A5).
pub async fn save_password(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let (at, who) = (state.clone(), author.clone());
    let outcome = detached(async move {
        let new = Password::parse(form.get("new_password"))
            .map_err(|m| Error::field("new_password", m))?;
        require_own_password(&at, &who.user, "old_password", form.get("old_password")).await?;
        actions::change_password(&at, &who.user.id, &new, &who.session_id).await
    });
    answer_form(&state, &author, &author.user, outcome.await).await
}

/// `POST /admin/account/language`; an empty one follows what the browser wishes.
pub async fn save_language(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let language = UiLanguage::parse(form.get("language"));
    actions::set_language(&state.db, &author.user, language).await?;
    Ok(page::see_other(admin::ACCOUNT))
}

/// Refuses at `field` what is not the password of the person himself.
pub async fn require_own_password(
    state: &AppState,
    user: &User,
    field: &'static str,
    given: &str,
) -> Result<()> {
    if actions::is_own_password(state, user, given).await? {
        return Ok(());
    }
    Err(Error::field(field, Message::new("error-old-password")))
}

async fn answer_form(
    state: &AppState,
    author: &Author,
    typed: &User,
    outcome: Result<()>,
) -> Result<Response> {
    match outcome {
        Ok(()) => Ok(page::see_other(admin::ACCOUNT)),
        Err(Error::Invalid(errors)) => show(state, author, typed, &errors).await,
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_in_a_few_words() {
        let agent = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15";
        assert_eq!(device_words(agent), "Safari · macOS");
        assert_eq!(device_words("curl/8"), "curl/8");
    }
}
