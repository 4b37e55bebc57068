//! A further show, and the settings of one.
use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;

use super::frame;
use crate::features::accounts::Author;
use crate::features::accounts::FormErrors;
use crate::features::accounts::choices::yes_no;
use crate::features::accounts::{ShowFields, ShowValues};
use crate::features::admin::actions;
use crate::features::admin::views::show_details::DetailsFields;
use crate::features::admin::views::shows::{NewShowPage, ShowPage};
use crate::features::covers;
use crate::features::pings;
use crate::features::show::{self, Show, ShowForm};
use crate::formats::podcast::categories;
use crate::kernel::ids::PostId;
use crate::kernel::urls::{self, admin};
use crate::kernel::{Error, FieldErrors, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::form::FormData;
use crate::web::page;
use crate::web::task::detached;

/// Largest form of a show's settings in bytes on the wire, where a Korean syllable takes nine:
/// twenty texts for machines of 4,000 syllables, and room for the rest.
const SETTINGS_BYTES: usize = 1 << 20;

/// The text fields of the form of a show that is to be made.
pub const SHOW_FIELDS: [&str; 13] = [
    "title",
    "address",
    "description",
    "language",
    "language_other",
    "time_zone",
    "category",
    "explicit",
    "author_name",
    "owner_email",
    "copyright",
    "locked",
    "show_type",
];

/// Whether this is one of Apple's categories, as `News` or `News > Politics`.
pub fn is_category(text: &str) -> bool {
    categories::parse(text).is_some()
}

/// What the fields hold, as typed.
pub fn show_values(form: &FormData) -> ShowValues {
    let language = match form.get("language") {
        "other" => form.get("language_other"),
        listed => listed,
    };
    ShowValues {
        title: form.get("title").to_owned(),
        address: form.get("address").to_owned(),
        description: form.get("description").to_owned(),
        language: language.to_owned(),
        time_zone: form.get("time_zone").to_owned(),
        category: form.get("category").to_owned(),
        explicit: match form.get("explicit") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
    }
}

/// What was typed together with the picture that was chosen, or the faults of both.
pub fn with_cover<T>(
    typed: Result<T, FieldErrors>,
    cover: Result<Option<String>, FieldErrors>,
) -> Result<(T, Option<String>), FieldErrors> {
    match (typed, cover) {
        (Ok(typed), Ok(cover)) => Ok((typed, cover)),
        (Err(mut faults), Err(more)) => {
            faults.0.extend(more.0);
            Err(faults)
        }
        (Err(faults), Ok(_)) | (Ok(_), Err(faults)) => Err(faults),
    }
}

fn prefix(state: &AppState) -> String {
    format!("{}/@", state.base_url.as_str())
}

/// `GET /admin/shows/new`.
pub async fn new_page(State(state): State<AppState>, author: Author) -> Result<Response> {
    let mut form = FormData::default();
    form.set("language", author.ui.code());
    form.set("category", "News > News Commentary");
    form.set("explicit", "no");
    // Where the author's other show is told of, or where his language is spoken most.
    let zone = match (show::first(&state.db).await?, author.ui.code()) {
        (Some(show), _) => show.draft.time_zone.name().to_owned(),
        (None, "ko") => "Asia/Seoul".to_owned(),
        (None, _) => "UTC".to_owned(),
    };
    form.set("time_zone", &zone);
    new_show_page(&state, &author, StatusCode::OK, &form, &FieldErrors::new()).await
}

async fn new_show_page(
    state: &AppState,
    author: &Author,
    status: StatusCode,
    form: &FormData,
    errors: &FieldErrors,
) -> Result<Response> {
    let ui = author.ui;
    let frame = frame(state, author, ui.t("admin-nav-new-show"), "", None).await?;
    let page = NewShowPage {
        errors: FormErrors::new(errors, &ui),
        action: admin::NEW_SHOW.to_owned(),
        show: ShowFields::new(&ui, show_values(form), prefix(state)),
        ui,
        frame,
    };
    page::html_with(status, &page)
}

/// `POST /admin/shows/new`.
pub async fn create(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let sent = covers::read_upload(&state, request, &author.secret, &SHOW_FIELDS).await?;
    let form = sent.fields;
    let parsed = ShowForm::parse(&form, &author.user.name, is_category);
    let outcome = match with_cover(parsed, sent.cover) {
        Err(errors) => Err(Error::Invalid(errors)),
        Ok((draft, cover)) => {
            let (at, by) = (state.clone(), author.user.id.clone());
            detached(async move {
                let cover = match cover {
                    Some(hash) => hash,
                    None => actions::draw_cover(&at, &draft.title).await?,
                };
                actions::add_show(&at, &by, &draft, &cover).await?;
                Ok(draft.address)
            })
            .await
        }
    };
    match outcome {
        Ok(address) => Ok(page::see_other(&admin::posts(address.as_str(), &[]))),
        Err(Error::Invalid(errors)) => {
            new_show_page(&state, &author, refused, &form, &errors).await
        }
        Err(other) => Err(other),
    }
}

/// `GET /admin/shows/{address}`.
pub async fn settings_page(
    State(state): State<AppState>,
    author: Author,
    Path(address): Path<String>,
) -> Result<Response> {
    let show = show::find_by_address(&state.db, &address).await?;
    settings(
        &state,
        &author,
        &show,
        StatusCode::OK,
        &ShowForm::settings(&show.draft),
        &FieldErrors::new(),
    )
    .await
}

async fn settings(
    state: &AppState,
    author: &Author,
    show: &Show,
    status: StatusCode,
    form: &FormData,
    errors: &FieldErrors,
) -> Result<Response> {
    let ui = author.ui;
    let title = ui.t("admin-show-settings");
    let errors = FormErrors::new(errors, &ui);
    let sound = urls::audio(&PostId::from_db("abcdefghijkl".to_owned()), "mp3");
    let enclosure = state.base_url.join(&sound);
    let page = ShowPage {
        frame: frame(state, author, title, "settings", Some(show)).await?,
        details: DetailsFields::new(&ui, form, &errors, &enclosure),
        errors,
        action: admin::show(show.address()),
        show: ShowFields::new(&ui, show_values(form), prefix(state)),
        cover_url: urls::cover(&show.cover_hash, 600),
        cover_action: admin::show_cover(show.address()),
        author_name: form.get("author_name").to_owned(),
        owner_email: form.get("owner_email").to_owned(),
        copyright: form.get("copyright").to_owned(),
        locked: yes_no(&ui, Some(form.get("locked") == "yes")),
        pings: pings::of_show(state, show, ui).await?,
        ui,
    };
    page::html_with(status, &page)
}

/// `POST /admin/shows/{address}`.
pub async fn save_settings(
    State(state): State<AppState>,
    author: Author,
    Path(address): Path<String>,
    request: Request,
) -> Result<Response> {
    let show = show::find_by_address(&state.db, &address).await?;
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let form = FormData::read(request, &author.secret, SETTINGS_BYTES).await?;
    let outcome = match ShowForm::parse_settings(&form, &author.user.name, is_category) {
        Err(errors) => Err(Error::Invalid(errors)),
        Ok(draft) => {
            let (at, show, by) = (state.clone(), show.clone(), author.user.id.clone());
            detached(async move {
                actions::change_show(&at, &by, &show, &draft).await?;
                Ok(draft.address)
            })
            .await
        }
    };
    match outcome {
        Ok(address) => Ok(page::see_other(&admin::show(address.as_str()))),
        Err(Error::Invalid(errors)) => {
            settings(&state, &author, &show, refused, &form, &errors).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /admin/shows/{address}/cover`: another picture for the show.
pub async fn set_cover(
    State(state): State<AppState>,
    author: Author,
    Path(address): Path<String>,
    request: Request,
) -> Result<Response> {
    let show = show::find_by_address(&state.db, &address).await?;
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let sent = covers::read_upload(&state, request, &author.secret, &[]).await?;
    match sent.cover {
        Ok(None) => {}
        Ok(Some(cover)) => {
            let (at, to, by) = (state.clone(), show.clone(), author.user.id.clone());
            detached(async move { actions::set_show_cover(&at, &by, &to, &cover).await }).await?;
        }
        Err(errors) => {
            let form = ShowForm::settings(&show.draft);
            return settings(&state, &author, &show, refused, &form, &errors).await;
        }
    }
    Ok(page::see_other(&admin::show(show.address())))
}
