//! HTTP of people and invitations.
mod joining;
mod log;
mod resetting;

pub use joining::{join, join_page};
pub use log::log;
pub use resetting::{drop_second_factor, offer_reset, reset, reset_page};

use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;

use crate::features::accounts::choices::Choice;
use crate::features::accounts::{self, Author, FormErrors, Role, User};
use crate::features::admin::frame;
use crate::features::people::actions;
use crate::features::people::model::{Invitation, Rights};
use crate::features::people::store;
use crate::features::people::views::{InvitationLine, PeoplePage, PersonLine, RoleChoice};
use crate::features::show::{self, Show};
use crate::kernel::ids::{ShowId, UserId};
use crate::kernel::text::required_line;
use crate::kernel::time::{Instant, Zone};
use crate::kernel::urls::admin;
use crate::kernel::{Error, FieldErrors, Message, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::{FORM_BYTES, FormData};
use crate::web::task::detached;
use crate::web::ui::Ui;
use crate::web::{filters, page};

/// What the page of people shows besides what is stored.
#[derive(Default)]
struct Extras {
    errors: FieldErrors,
    new_link: Option<String>,
    reset_link: Option<(String, String)>,
    invite_name: String,
}

/// `GET /admin/people`.
pub async fn page(State(state): State<AppState>, author: Author) -> Result<Response> {
    show_people(&state, &author, StatusCode::OK, Extras::default()).await
}

async fn show_people(
    state: &AppState,
    author: &Author,
    status: StatusCode,
    extras: Extras,
) -> Result<Response> {
    let (ui, now) = (author.ui, state.clock.now());
    let shows = show::list(&state.db).await?;
    let seen = store::last_seen(&state.db).await?;
    let zone = zone_of(&shows);
    let invitations = store::list(&state.db, now).await?;
    let people = accounts::list(&state.db).await?;
    let page = PeoplePage {
        frame: frame(state, author, ui.t("people-title"), "people", None).await?,
        errors: FormErrors::new(&extras.errors, &ui),
        people: people
            .iter()
            .map(|user| {
                let last = seen
                    .iter()
                    .find(|(id, _)| *id == user.id)
                    .map(|(_, at)| *at);
                person_line(user, last, &shows, now, author)
            })
            .collect(),
        invitations: invitations
            .into_iter()
            .map(|one| invitation_line(one, &zone, ui))
            .collect(),
        new_link: extras.new_link,
        reset_link: extras.reset_link,
        invite_name: extras.invite_name,
        roles: role_choices(Role::Contributor, ui),
        shows: show_choices(&shows, |_| shows.len() == 1),
        ui,
    };
    page::html_with(status, &page)
}

fn zone_of(shows: &[Show]) -> Zone {
    shows
        .first()
        .map_or_else(|| Zone::from_db("UTC"), |s| s.draft.time_zone.clone())
}

fn person_line(
    user: &User,
    last: Option<Instant>,
    shows: &[Show],
    now: Instant,
    author: &Author,
) -> PersonLine {
    let ui = author.ui;
    PersonLine {
        name: user.name.clone(),
        email: user.email.clone(),
        role: ui.t(user.role.key()),
        seen: last.map_or_else(
            || ui.t("people-not-seen"),
            |at| ui.t1("account-session-seen", "when", filters::ago(at, now, ui)),
        ),
        is_self: user.id == author.user.id,
        has_second_factor: user.has_second_factor,
        roles: role_choices(user.role, ui),
        shows: show_choices(shows, |id| user.works_on(id)),
        action: admin::person(&user.id),
        remove_action: admin::person_remove(&user.id),
        reset_action: admin::person_reset(&user.id),
        second_factor_action: admin::person_second_factor_off(&user.id),
    }
}

fn invitation_line(one: Invitation, zone: &Zone, ui: Ui) -> InvitationLine {
    InvitationLine {
        role: ui.t(one.rights.role.key()),
        until: filters::human_date_time(one.expires_at, zone, ui),
        revoke_action: admin::invitation_revoke(&one.id),
        name: one.name,
    }
}

fn role_choices(now: Role, ui: Ui) -> Vec<RoleChoice> {
    let choice = |role: Role| RoleChoice {
        value: role.as_str(),
        label: ui.t(role.key()),
        hint: ui.t(role.hint_key()),
        chosen: role == now,
    };
    Role::ALL.into_iter().map(choice).collect()
}

fn show_choices(shows: &[Show], chosen: impl Fn(&ShowId) -> bool) -> Vec<Choice> {
    let choice = |show: &Show| Choice {
        value: show.id.to_string(),
        label: show.draft.title.clone(),
        chosen: chosen(&show.id),
    };
    shows.iter().map(choice).collect()
}

/// Role and shows of a form; who is no owner needs a show.
async fn rights(state: &AppState, form: &FormData) -> Result<Rights> {
    let role = Role::parse(form.get("role"))
        .ok_or_else(|| Error::BadRequest(Message::new("error-form-broken")))?;
    let all = show::list(&state.db).await?;
    let shows: Vec<ShowId> = all
        .into_iter()
        .map(|s| s.id)
        .filter(|id| form.all("shows").any(|sent| sent == id.as_str()))
        .collect();
    if role != Role::Owner && shows.is_empty() {
        return Err(Error::field("shows", Message::new("error-people-shows")));
    }
    Ok(Rights { role, shows })
}

/// `POST /admin/people/invite`: the link is shown this once.
pub async fn invite(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let (at, by, sent) = (state.clone(), author.user.id.clone(), form.clone());
    let outcome = detached(async move {
        let name = match sent.get("name").trim() {
            "" => String::new(),
            name => required_line(name, 200).map_err(|m| Error::field("name", m))?,
        };
        let rights = rights(&at, &sent).await?;
        actions::invite(&at.db, &by, &name, rights).await
    });
    match outcome.await {
        Ok((token, _)) => {
            let extras = Extras {
                new_link: Some(state.base_url.join(&admin::join(token.reveal()))),
                ..Extras::default()
            };
            show_people(&state, &author, StatusCode::OK, extras).await
        }
        Err(Error::Invalid(errors)) => {
            let extras = Extras {
                errors,
                invite_name: form.get("name").to_owned(),
                ..Extras::default()
            };
            show_people(&state, &author, StatusCode::UNPROCESSABLE_ENTITY, extras).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /admin/people/invitations/{link}/revoke`.
pub async fn revoke(
    State(state): State<AppState>,
    author: Author,
    Path(link): Path<String>,
    request: Request,
) -> Result<Response> {
    FormData::read(request, &author.secret, FORM_BYTES).await?;
    actions::revoke(&state.db, &author.user.id, &link).await?;
    Ok(page::see_other(admin::PEOPLE))
}

/// `POST /admin/people/{person}`: another role, other shows.
pub async fn change(
    State(state): State<AppState>,
    author: Author,
    Path(person): Path<UserId>,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let (at, by) = (state.clone(), author.user.id.clone());
    let outcome = detached(async move {
        let rights = rights(&at, &form).await?;
        actions::change(&at.db, &by, &person, &rights).await
    });
    answer(&state, &author, outcome.await).await
}

/// `POST /admin/people/{person}/remove`.
pub async fn remove(
    State(state): State<AppState>,
    author: Author,
    Path(person): Path<UserId>,
    request: Request,
) -> Result<Response> {
    FormData::read(request, &author.secret, FORM_BYTES).await?;
    let (at, by) = (state.clone(), author.user.id.clone());
    let outcome = detached(async move { actions::remove(&at.db, &by, &person).await });
    answer(&state, &author, outcome.await).await
}

async fn answer(state: &AppState, author: &Author, outcome: Result<()>) -> Result<Response> {
    let (status, errors) = match outcome {
        Ok(()) => return Ok(page::see_other(admin::PEOPLE)),
        Err(Error::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, errors),
        Err(Error::Conflict(message)) => (StatusCode::CONFLICT, FieldErrors::one("", message)),
        Err(other) => return Err(other),
    };
    let extras = Extras {
        errors,
        ..Extras::default()
    };
    show_people(state, author, status, extras).await
}
