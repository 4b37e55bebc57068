//! Every URL of the site, in one table; those of the programming interface stand in `api_routes`.
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use http::StatusCode;
use tower_http::catch_panic::CatchPanicLayer;

use super::{api_routes, guard};
use crate::features::{
    accounts, admin, cards, delivery, feed, mending, people, site, transcripts, uploads,
};
use crate::kernel::Error;
use crate::state::AppState;
use crate::web::error;

/// The whole site, ready to serve.
pub fn router(state: AppState) -> Router {
    Router::new()
        .merge(public().layer(from_fn_with_state(state.clone(), guard::own_pages_only)))
        .merge(authors_side(&state))
        .merge(api_routes::api(&state))
        .fallback(|| async { Error::NotFound })
        .layer(CatchPanicLayer::custom(guard::panicked))
        .layer(from_fn(error::render))
        .layer(from_fn_with_state(state.clone(), guard::complete))
        .with_state(state)
}

/// What anybody reaches. None of it knows a session (DESIGN 3.2).
fn public() -> Router<AppState> {
    Router::new()
        .route("/", get(site::handlers::home))
        .route("/{show}", get(site::handlers::show))
        .route("/{show}/feed.xml", get(feed::handlers::podcast))
        .route("/{show}/posts.xml", get(feed::handlers::posts))
        .route("/{show}/posts.json", get(feed::handlers::posts_json))
        .route("/opml.xml", get(feed::handlers::opml))
        .route("/{show}/{slug}", get(site::handlers::post))
        .route("/p/{id}", get(site::handlers::short))
        .route("/embed/{id}", get(site::handlers::embed::player))
        .route("/oembed", get(site::handlers::embed::oembed))
        .route("/audio/{file}", get(delivery::handlers::audio))
        .route("/covers/{file}", get(delivery::handlers::cover))
        .route("/cards/{file}", get(cards::handlers::card))
        .route(
            "/transcripts/{file}",
            get(transcripts::handlers::public_file),
        )
        .route(
            "/chapters/{file}",
            get(transcripts::handlers::public_chapters),
        )
        .route(
            "/preview/{token}",
            get(admin::handlers::preview::linked_page),
        )
        .route(
            "/preview/{token}/{file}",
            get(admin::handlers::preview::linked_file),
        )
        .route("/assets/{hash}/{*name}", get(site::handlers::asset))
        .route("/robots.txt", get(site::handlers::robots))
        .route("/sitemap.xml", get(site::handlers::sitemap::whole))
        .route("/sitemaps/{file}", get(site::handlers::sitemap::part))
        .route("/favicon.ico", get(site::handlers::favicon))
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .method_not_allowed_fallback(not_allowed)
}

/// What only the author reaches, and the doors that lead there.
fn authors_side(state: &AppState) -> Router<AppState> {
    let doors = Router::new()
        .route(
            "/admin/login",
            get(accounts::handlers::login_page).post(accounts::handlers::login),
        )
        .route(
            "/admin/setup/{token}",
            get(admin::handlers::setup::page).post(admin::handlers::setup::submit),
        )
        .route(
            "/admin/join/{token}",
            get(people::handlers::join_page).post(people::handlers::join),
        )
        .route(
            "/admin/reset/{token}",
            get(people::handlers::reset_page).post(people::handlers::reset),
        )
        .route(
            "/admin/login/code",
            post(accounts::handlers::second::submit),
        )
        .method_not_allowed_fallback(not_allowed);
    let rooms = Router::new()
        .merge(account_routes())
        .merge(desk_routes())
        .merge(
            post_routes()
                .merge(timing_routes())
                .layer(from_fn_with_state(state.clone(), guard::writers_only)),
        )
        .merge(owner_routes().layer(from_fn(guard::owners_only)))
        // Whatever else is asked for below /admin, a stranger learns nothing of it.
        .route(
            "/admin/{*rest}",
            axum::routing::any(|| async { Error::NotFound }),
        )
        // Before the layer, so that a stranger does not learn which methods a room takes.
        .method_not_allowed_fallback(not_allowed)
        .layer(from_fn_with_state(state.clone(), guard::author_only));
    doors
        .merge(rooms)
        .layer(from_fn_with_state(state.clone(), guard::own_pages_only))
        .layer(from_fn(guard::private))
}

/// What a known address answers to a method that it does not take; the router adds `Allow`.
pub async fn not_allowed() -> StatusCode {
    StatusCode::METHOD_NOT_ALLOWED
}

/// What everybody with an account reaches; the handlers look at what is his.
fn desk_routes() -> Router<AppState> {
    use admin::handlers::{dashboard, references, work};
    use uploads::handlers as u;
    Router::new()
        .route("/admin", get(dashboard::page))
        .route("/admin/posts", post(dashboard::create))
        .route("/admin/work", get(work::part))
        .route("/admin/work/again", post(work::again))
        .route("/admin/references/look-up", post(references::look_up))
        .route("/admin/uploads", post(u::create).options(u::options))
        .route(
            "/admin/uploads/{id}",
            axum::routing::head(u::status)
                .patch(u::append)
                .delete(u::cancel),
        )
}

/// What only owners reach ([`guard::owners_only`]).
fn owner_routes() -> Router<AppState> {
    use admin::handlers::{directories, health, shows};
    use people::handlers as p;
    Router::new()
        .route("/admin/health", get(health::page))
        .route("/admin/shows/new", get(shows::new_page).post(shows::create))
        .route(
            "/admin/shows/{address}",
            get(shows::settings_page).post(shows::save_settings),
        )
        .route("/admin/shows/{address}/cover", post(shows::set_cover))
        .route("/admin/shows/{address}/directories", get(directories::page))
        .route("/admin/people", get(p::page))
        .route("/admin/people/invite", post(p::invite))
        .route("/admin/people/invitations/{link}/revoke", post(p::revoke))
        .route("/admin/people/{person}", post(p::change))
        .route("/admin/people/{person}/remove", post(p::remove))
        .route("/admin/people/{person}/reset", post(p::offer_reset))
        .route(
            "/admin/people/{person}/second-factor-off",
            post(p::drop_second_factor),
        )
        .route("/admin/log", get(p::log))
}

fn account_routes() -> Router<AppState> {
    use accounts::handlers as h;
    Router::new()
        .route("/admin/logout", post(h::logout))
        .route("/admin/csrf", get(h::session_token))
        .route("/admin/account", get(h::account::page))
        .route("/admin/account/name", post(h::account::save_name))
        .route("/admin/account/email", post(h::account::save_email))
        .route("/admin/account/password", post(h::account::save_password))
        .route("/admin/account/language", post(h::account::save_language))
        .route(
            "/admin/account/sessions/end-others",
            post(h::end_other_sessions),
        )
        .route(
            "/admin/account/sessions/{session}/end",
            post(h::end_session),
        )
        .route(
            "/admin/account/second-factor",
            get(h::second::page).post(h::second::turn_on),
        )
        .route(
            "/admin/account/second-factor/off",
            post(h::second::turn_off),
        )
        .route(
            "/admin/account/tokens",
            get(h::tokens::page).post(h::tokens::create),
        )
        .route(
            "/admin/account/tokens/{token}/revoke",
            post(h::tokens::revoke),
        )
        .route(
            "/admin/account/second-factor/codes",
            post(h::second::new_codes),
        )
}

/// Everything about one post, `{id}` ([`guard::writers_only`]).
fn post_routes() -> Router<AppState> {
    use admin::handlers::{changes, check, editor, history, preview, sound, transcript};
    Router::new()
        .route("/admin/posts/{id}", get(editor::page).post(editor::submit))
        .route("/admin/posts/{id}/autosave", post(editor::autosave))
        .route("/admin/posts/{id}/changes", get(changes::part))
        .route("/admin/posts/{id}/check", get(check::page))
        .route("/admin/posts/{id}/check/short", get(check::short))
        .route("/admin/posts/{id}/recording/sound", get(sound::part))
        .route(
            "/admin/posts/{id}/transcript/status",
            get(transcript::status),
        )
        .route(
            "/admin/posts/{id}/revisions/{number}/restore",
            post(history::restore_revision),
        )
        .route("/admin/posts/{id}/history", get(history::page))
        .route("/admin/posts/{id}/history/compare", get(history::compare))
        .route(
            "/admin/posts/{id}/corrections",
            post(history::add_correction),
        )
        .route(
            "/admin/posts/{id}/corrections/{number}",
            post(history::reword_correction),
        )
        .route(
            "/admin/posts/{id}/corrections/{number}/delete",
            post(history::drop_correction),
        )
        .route("/admin/posts/{id}/preview/", get(preview::page))
        .route("/admin/posts/{id}/preview/cover.jpg", get(preview::cover))
        .route("/admin/posts/{id}/preview/{file}", get(preview::file))
}

fn timing_routes() -> Router<AppState> {
    use mending::handlers as h;
    Router::new()
        .route("/admin/posts/{id}/timing", get(h::page).post(h::save))
        .route("/admin/posts/{id}/timing/state", get(h::state))
        .route("/admin/posts/{id}/timing/peaks", get(h::peaks))
        .route("/admin/posts/{id}/timing/split", post(h::split))
        .route("/admin/posts/{id}/timing/join", post(h::join))
        .route("/admin/posts/{id}/timing/align", post(h::realign))
        .route("/admin/posts/{id}/timing/form", post(h::submit))
}

/// `GET /healthz`: the process is alive.
async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: database and media answer.
async fn readyz(
    axum::extract::State(state): axum::extract::State<AppState>,
) -> (StatusCode, &'static str) {
    if state.db.answers().await && state.media.list_temp().is_ok() {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
    }
}
