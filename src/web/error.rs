//! The one place that makes responses of errors (invariant 10).
//!
//! A handler returns an [`Error`]; its response holds only the status and the error itself,
//! and [`render`], which sees the request, gives it its body: a page in the reader's language,
//! or JSON for a script. Internals are logged here once and shown nowhere.
use std::sync::Arc;

use askama::Template;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use crate::kernel::{Error, Message, urls};
use crate::web::languages::LanguageLink;
use crate::web::{lang, page, ui::Ui};

/// The error page; a plain frame of its own, so that it works when nothing else does.
#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// The interface.
    pub ui: Ui,
    /// HTTP status.
    pub status: u16,
    /// A few words.
    pub title: String,
    /// One sentence: what happened and what to do.
    pub text: String,
    /// The same in the other language; empty where the page can't be asked for again.
    pub languages: Vec<LanguageLink>,
    /// The home page, in the language that the address names.
    pub home: String,
    /// Address of the style sheet.
    pub css: String,
}

/// What the page that was asked for leaves to the one that says what went wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Asked {
    /// Whether it may be asked for again as it was.
    is_read: bool,
    /// Whether its address names a language.
    names_language: bool,
}

impl Asked {
    fn of(request: &Request) -> Self {
        Self {
            is_read: matches!(*request.method(), Method::GET | Method::HEAD),
            names_language: lang::asked_in_query(request.uri()).is_some(),
        }
    }

    /// No part of the address stands in them: its path stays the browser's, and what is hidden
    /// answers to the byte like what never was.
    fn languages(&self, ui: Ui) -> Vec<LanguageLink> {
        if self.is_read {
            LanguageLink::both(ui, "")
        } else {
            Vec::new()
        }
    }

    fn home(&self, ui: Ui) -> String {
        if self.names_language {
            format!("{}?ui={}", urls::home(), ui.code())
        } else {
            urls::home()
        }
    }
}

fn status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::BadRequest(_) => StatusCode::BAD_REQUEST,
        Error::Misdirected => StatusCode::MISDIRECTED_REQUEST,
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Conflict(_) => StatusCode::CONFLICT,
        Error::Unauthenticated => StatusCode::UNAUTHORIZED,
        Error::Forbidden(_) => StatusCode::FORBIDDEN,
        Error::OtherVersion(_) => StatusCode::PRECONDITION_FAILED,
        Error::Mismatch(_) => StatusCode::from_u16(460).unwrap_or_default(),
        Error::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Error::Unsupported(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
        Error::InsufficientStorage { .. } => StatusCode::INSUFFICIENT_STORAGE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The sentence for a person.
pub fn sentence(error: &Error, ui: Ui) -> String {
    let megabytes = |bytes: u64| bytes.div_ceil(1_000_000);
    match error {
        Error::BadRequest(m)
        | Error::Conflict(m)
        | Error::Forbidden(m)
        | Error::Unsupported(m)
        | Error::OtherVersion(m)
        | Error::Mismatch(m) => ui.message(m),
        Error::Invalid(fields) => fields
            .0
            .first()
            .map_or_else(|| ui.t("error-page-422-text"), |(_, m)| ui.message(m)),
        Error::TooLarge { limit_bytes } => {
            ui.t1("error-page-413-text", "limit", size(*limit_bytes))
        }
        Error::InsufficientStorage {
            needed_bytes,
            free_bytes,
        } => ui.t2(
            "error-page-507-text",
            ("needed", &megabytes(*needed_bytes)),
            ("free", &megabytes(*free_bytes)),
        ),
        Error::TooMany { retry_after_s } => ui.n("error-page-429-text", *retry_after_s),
        other => ui.t(&format!("error-page-{}-text", status(other).as_u16())),
    }
}

/// `2 GB`, `512 MB`, `64 kB`: a limit in round numbers.
pub fn size(bytes: u64) -> String {
    match bytes {
        b if b >= 1 << 30 => format!("{} GB", b >> 30),
        b if b >= 1 << 20 => format!("{} MB", b >> 20),
        b => format!("{} kB", b >> 10),
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Self::Internal(source) = &self {
            tracing::error!(error = %format!("{source:#}"), "internal error");
        }
        let mut response = status(&self).into_response();
        let retry = match &self {
            Self::TooMany { retry_after_s } | Self::Unavailable { retry_after_s } => {
                Some(*retry_after_s)
            }
            _ => None,
        };
        if let Some(seconds) = retry {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Whether a script asked: then the answer is JSON, and never a redirect.
pub fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok());
    accept.is_some_and(|a| a.contains("application/json")) || headers.contains_key("tus-resumable")
}

/// Middleware around every route: gives bodies to errors, and to the bare statuses that the
/// router itself answers (404, 405).
pub async fn render(request: Request, next: Next) -> Response {
    let ui = Ui::new(lang::of(request.uri(), request.headers()));
    let path = request.uri().path().to_owned();
    let form = Form::of(&request);
    let mut response = next.run(request).await;
    // Whoever is logged in may have chosen another language than his browser's.
    let ui = response.extensions_mut().remove::<Ui>().unwrap_or(ui);
    let error = response.extensions_mut().remove::<Arc<Error>>();
    let bare =
        error.is_none() && matches!(response.status().as_u16(), 404 | 405) && !has_body(&response);
    let error = match error {
        Some(error) => error,
        None if bare => Arc::new(Error::NotFound),
        None => return response,
    };
    if matches!(*error, Error::Unauthenticated) && matches!(form, Form::Page(_)) {
        // What the layers inside added stays: that nobody keeps or lists this answer (A7).
        let led_away = page::see_other(&login_address(&path));
        *response.status_mut() = led_away.status();
        response.headers_mut().extend(led_away.headers().clone());
        return response;
    }
    fill(&mut response, &error, ui, form);
    response
}

/// What an error is told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A page for a person.
    Page(Asked),
    /// JSON for a script of our pages.
    Json,
    /// Problem details for a program (RFC 9457).
    Problem,
}

impl Form {
    fn of(request: &Request) -> Self {
        if request.uri().path().starts_with("/api/") {
            Self::Problem
        } else if wants_json(request.headers()) {
            Self::Json
        } else {
            Self::Page(Asked::of(request))
        }
    }
}

/// A finished answer for an error that is found before any route is: a wrong host.
pub fn answer(error: Error, ui: Ui, json: bool) -> Response {
    let mut response = error.into_response();
    if let Some(error) = response.extensions_mut().remove::<Arc<Error>>() {
        let form = if json {
            Form::Json
        } else {
            Form::Page(Asked::default())
        };
        fill(&mut response, &error, ui, form);
    }
    response
}

fn fill(response: &mut Response, error: &Error, ui: Ui, form: Form) {
    let code = response.status();
    let text = match (code, form, error) {
        (StatusCode::METHOD_NOT_ALLOWED, ..) => ui.t("error-page-405-text"),
        // A program sees no page and logs in nowhere.
        (_, Form::Problem, Error::Unauthenticated) => ui.t("error-api-token"),
        (_, Form::Problem, Error::NotFound) => ui.t("error-api-not-found"),
        (_, Form::Problem, Error::Conflict(m) | Error::BadRequest(m) | Error::Mismatch(m)) => {
            ui.message(&for_program(m))
        }
        _ => sentence(error, ui),
    };
    let (kind, body) = match form {
        Form::Page(asked) => html_body(code, text, ui, asked),
        Form::Json => json_body(error, &text, ui),
        Form::Problem => problem_body(error, code, &text, ui),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.remove(header::CONTENT_LENGTH);
    *response.body_mut() = body.into();
}

/// The same for a program: it has no page to load again, but can use the version or the state that
/// there is now, and the names of headers.
fn for_program(told: &Message) -> Message {
    Message {
        key: match told.key {
            "error-saved-elsewhere" => "error-api-saved",
            "error-timed-elsewhere" => "error-api-timed",
            "error-post-state" | "error-post-trash" => "error-api-state",
            "error-upload-header" => "error-api-upload-header",
            "error-upload-checksum" => "error-api-upload-checksum",
            key => key,
        },
        args: told.args.clone(),
    }
}

fn has_body(response: &Response) -> bool {
    use http_body::Body;
    response.body().size_hint().lower() > 0
}

fn faults(error: &Error, ui: Ui) -> Option<serde_json::Value> {
    let Error::Invalid(fields) = error else {
        return None;
    };
    let faults = fields.0.iter();
    let map: serde_json::Map<String, serde_json::Value> = faults
        .map(|(f, m)| ((*f).to_owned(), ui.message(m).into()))
        .collect();
    Some(map.into())
}

fn json_body(error: &Error, text: &str, ui: Ui) -> (&'static str, String) {
    let mut value = serde_json::json!({ "message": text });
    if let Some(faults) = faults(error, ui) {
        value["fields"] = faults;
    }
    ("application/json; charset=utf-8", value.to_string())
}

fn problem_body(error: &Error, code: StatusCode, text: &str, ui: Ui) -> (&'static str, String) {
    let mut value = serde_json::json!({
        "type": "about:blank",
        // The one status here that HTTP has no name for.
        "title": code.canonical_reason().unwrap_or("Checksum Mismatch"),
        "status": code.as_u16(),
        "detail": text,
    });
    if let Some(faults) = faults(error, ui) {
        value["errors"] = faults;
    }
    ("application/problem+json", value.to_string())
}

fn html_body(code: StatusCode, text: String, ui: Ui, asked: Asked) -> (&'static str, String) {
    let page = ErrorPage {
        ui,
        status: code.as_u16(),
        title: ui.t(&format!("error-page-{}-title", code.as_u16())),
        text,
        languages: asked.languages(ui),
        home: asked.home(ui),
        css: crate::web::assets::url("site.css"),
    };
    let html = page.render().unwrap_or_else(|_| code.to_string());
    ("text/html; charset=utf-8", html)
}

/// The login page, which leads back to where the author wanted to go.
fn login_address(path: &str) -> String {
    use crate::kernel::urls::admin;
    if path == admin::HOME {
        return admin::LOGIN.to_owned();
    }
    let next = percent_encoding::utf8_percent_encode(path, percent_encoding::NON_ALPHANUMERIC);
    format!("{}?next={next}", admin::LOGIN)
}

/// A 403 with a sentence.
pub fn forbidden(key: &'static str) -> Error {
    Error::Forbidden(Message::new(key))
}
