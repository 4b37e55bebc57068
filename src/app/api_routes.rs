//! Every URL of the programming interface, in one table.
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{delete, get, patch, post, put};

use super::guard;
use super::routes::not_allowed;
use crate::features::api::handlers::{
    self as h, account, files, machine, people as who, posts as p, publishing, readers, references,
    sentences, shows, sound, times, versions as v,
};
use crate::features::uploads::handlers as u;
use crate::kernel::Error;
use crate::state::AppState;

/// The programming interface (`features/api`): by token alone, no matter where a request comes
/// from, since cookies open nothing here.
pub fn api(state: &AppState) -> Router<AppState> {
    let of_post = Router::new()
        .route(
            "/api/v1/posts/{id}",
            get(p::get).patch(p::change).delete(p::remove),
        )
        .route("/api/v1/posts/{id}/versions", get(v::list).post(v::keep))
        .route("/api/v1/posts/{id}/versions/compare", get(v::compare))
        .route("/api/v1/posts/{id}/versions/{number}", get(v::get))
        .route(
            "/api/v1/posts/{id}/versions/{number}/restore",
            post(v::restore),
        )
        .route("/api/v1/posts/{id}/publish", post(publishing::publish))
        .route("/api/v1/posts/{id}/update", post(publishing::update))
        .route("/api/v1/posts/{id}/schedule", post(publishing::schedule))
        .route(
            "/api/v1/posts/{id}/unschedule",
            post(publishing::unschedule),
        )
        .route("/api/v1/posts/{id}/unlist", post(publishing::unlist))
        .route("/api/v1/posts/{id}/relist", post(publishing::relist))
        .route("/api/v1/posts/{id}/restore", post(publishing::restore))
        .route(
            "/api/v1/posts/{id}/preview-links",
            get(publishing::preview_links).post(publishing::make_preview_link),
        )
        .route(
            "/api/v1/posts/{id}/preview-links/{link}",
            delete(publishing::revoke_preview_link),
        )
        .route(
            "/api/v1/posts/{id}/recording",
            get(sound::get)
                .put(files::put_recording)
                .delete(files::delete_recording),
        )
        .route("/api/v1/posts/{id}/recording/peaks", get(sound::peaks))
        .route("/api/v1/posts/{id}/recording/listen", post(sound::listen))
        .route(
            "/api/v1/posts/{id}/alternate",
            put(files::put_alternate).delete(files::delete_alternate),
        )
        .route(
            "/api/v1/posts/{id}/cover",
            put(files::put_cover).delete(files::delete_cover),
        )
        .route(
            "/api/v1/posts/{id}/cover/from-recording",
            post(sound::cover),
        )
        .route("/api/v1/posts/{id}/check", get(readers::check))
        .route(
            "/api/v1/posts/{id}/chapters",
            get(readers::chapters).put(readers::set_chapters),
        )
        .route(
            "/api/v1/posts/{id}/corrections",
            get(readers::corrections).post(readers::add_correction),
        )
        .route(
            "/api/v1/posts/{id}/corrections/{number}",
            patch(readers::reword_correction).delete(readers::drop_correction),
        )
        .route("/api/v1/posts/{id}/transcript", put(times::put_transcript))
        .route(
            "/api/v1/posts/{id}/transcript/{file}",
            get(times::get_transcript),
        )
        .route(
            "/api/v1/posts/{id}/alignment",
            get(times::alignment).post(times::align).delete(times::stop),
        )
        .route("/api/v1/posts/{id}/alignment/go-on", post(times::go_on))
        .route("/api/v1/posts/{id}/transcription", post(times::transcribe))
        .route(
            "/api/v1/posts/{id}/sentences",
            get(sentences::list).patch(sentences::change),
        )
        .route("/api/v1/posts/{id}/sentences/split", post(sentences::split))
        .route("/api/v1/posts/{id}/sentences/join", post(sentences::join))
        .route(
            "/api/v1/posts/{id}/sentences/align",
            post(sentences::realign),
        )
        .layer(from_fn_with_state(state.clone(), guard::writers_only));
    let of_owner = Router::new()
        .route("/api/v1/people", get(who::list))
        .route(
            "/api/v1/people/{person}",
            patch(who::change).delete(who::remove),
        )
        .route(
            "/api/v1/invitations",
            get(who::invitations).post(who::invite),
        )
        .route("/api/v1/invitations/{link}", delete(who::revoke))
        .route("/api/v1/log", get(who::log))
        .route("/api/v1/health", get(machine::health))
        .route("/api/v1/shows/{address}/cover", put(files::put_show_cover))
        .route(
            "/api/v1/shows/{address}/directories",
            get(shows::directories),
        )
        .layer(from_fn(guard::owners_only));
    Router::new()
        .route("/api/v1/openapi.json", get(h::openapi))
        .route("/api/v1/me", get(account::me).patch(account::change))
        .route(
            "/api/v1/me/sessions",
            get(account::sessions).delete(account::end_sessions),
        )
        .route(
            "/api/v1/me/sessions/{session}",
            delete(account::end_session),
        )
        .route("/api/v1/me/tokens", get(account::tokens))
        .route("/api/v1/me/tokens/{token}", delete(account::revoke_token))
        .route("/api/v1/shows", get(shows::list).post(shows::create))
        .route(
            "/api/v1/shows/{address}",
            get(shows::get).patch(shows::change),
        )
        .route(
            "/api/v1/shows/{address}/posts",
            get(p::list).post(p::create),
        )
        .route("/api/v1/references/look-up", post(references::look_up))
        .route("/api/v1/work", get(machine::work))
        .route("/api/v1/work/again", post(machine::again))
        .route("/api/v1/uploads", post(u::create).options(u::options))
        .route(
            "/api/v1/uploads/{id}",
            axum::routing::head(u::status)
                .patch(u::append)
                .delete(u::cancel),
        )
        .merge(of_post)
        .merge(of_owner)
        .route(
            "/api/{*rest}",
            axum::routing::any(|| async { Error::NotFound }),
        )
        .method_not_allowed_fallback(not_allowed)
        .layer(from_fn_with_state(state.clone(), guard::clients_only))
        .layer(from_fn(guard::private))
}
