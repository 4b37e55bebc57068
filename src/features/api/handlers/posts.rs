//! Posts and their working copies.
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use serde::Deserialize;

use super::body::{Asked, Body, Digested, bad_query, created, nothing, ok};
use super::publishing::perform;
use super::shows::find as find_show;
use crate::features::accounts::{Client, Scope};
use crate::features::api::model::{PostInput, PostLine, PostList};
use crate::features::api::views;
use crate::features::audit::{self, Act};
use crate::features::posts::{self, Deed, PostKind, PostState, Wanted, writing};
use crate::kernel::ids::{PostId, random_base32};
use crate::kernel::urls::api;
use crate::kernel::{Error, Message, Result};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::task::detached;

/// Posts on a page of the list.
const PAGE: i64 = 100;

/// Narrows a list.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(utoipa::IntoParams))]
#[cfg_attr(test, into_params(parameter_in = Query))]
pub struct ListQuery {
    /// Posts of this state alone; without it all but the removed.
    #[cfg_attr(test, param(inline))]
    state: Option<PostState>,
    /// With a recording (`audio`) or without one (`text`).
    #[cfg_attr(test, param(inline))]
    kind: Option<PostKind>,
    /// Up to five words that stand in the title, the note or the script.
    q: Option<String>,
    /// From 1.
    #[cfg_attr(test, param(minimum = 1, maximum = 100_000))]
    page: Option<i64>,
}

/// The posts of a show, a hundred a page.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/shows/{address}/posts", tag = "posts", params(("address" = String, Path), ListQuery), responses((status = 200, body = PostList))))]
pub async fn list(
    State(state): State<AppState>,
    client: Client,
    Path(address): Path<String>,
    Asked(query): Asked<ListQuery>,
) -> Result<Response> {
    client.require(Scope::Read)?;
    let show = find_show(&state, &client, &address).await?;
    let page = query.page.unwrap_or(1);
    if !(1..=100_000).contains(&page) {
        return Err(bad_query());
    }
    let wanted = Wanted {
        state: query.state,
        kind: query.kind,
        by: (!client.user.may_publish()).then(|| client.user.id.clone()),
        ..Wanted::parse("", "", query.q.as_deref().unwrap_or_default())
    };
    let mut rows = writing::list(&state.db, &show.id, &wanted, PAGE + 1, (page - 1) * PAGE).await?;
    let has_more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let posts: Vec<PostLine> = rows.iter().map(|r| views::line(&state, &show, r)).collect();
    ok(&PostList {
        posts,
        next_page: has_more.then_some(page + 1),
        counts: views::counts(writing::count_by_state(&state.db, &show.id, &wanted).await?),
    })
}

/// A request with this header is done once, whatever its line does: 16 to 64 letters and digits.
fn nonce(headers: &HeaderMap) -> Result<String> {
    let Some(key) = headers.get("idempotency-key") else {
        return Ok(random_base32::<24>());
    };
    let key = key.to_str().unwrap_or_default();
    let good = |b: u8| b.is_ascii_alphanumeric();
    if (16..=64).contains(&key.len()) && key.bytes().all(good) {
        Ok(key.to_owned())
    } else {
        Err(Error::BadRequest(Message::new("error-api-key")))
    }
}

/// Makes a draft. Sent again with the same `Idempotency-Key` and the same body, it answers with the
/// first one; the same key with another body is 422.
#[cfg_attr(test, utoipa::path(post, path = "/api/v1/shows/{address}/posts", tag = "posts", params(("address" = String, Path), ("idempotency-key" = Option<String>, Header, pattern = "^[A-Za-z0-9]{16,64}$")), request_body = PostInput, responses((status = 201, body = crate::features::api::model::Post))))]
pub async fn create(
    State(state): State<AppState>,
    client: Client,
    Path(address): Path<String>,
    headers: HeaderMap,
    Digested(sent, digest): Digested<PostInput>,
) -> Result<Response> {
    client.require(Scope::Write)?;
    let nonce = nonce(&headers)?;
    let show = find_show(&state, &client, &address).await?;
    let (content, slug) = views::laid_over(posts::Content::default(), String::new(), sent);
    let (slug, content) = posts::checked(&slug, content).map_err(Error::Invalid)?;
    let (db, by) = (state.db.clone(), client.user.id);
    let id = detached(async move {
        let mut tx = db.begin().await?;
        let made = posts::create_in(&mut tx, &show.id, Some(&by), &nonce, &digest);
        let (id, is_new) = made.await?;
        if is_new {
            posts::save_in(&mut tx, &id, 1, &slug, &content).await?;
            writing::sign(&mut tx, &id, &by).await?;
            audit::record_post(&mut tx, &by, Act::PostCreated, &id).await?;
        }
        tx.commit().await?;
        Ok(id)
    })
    .await?;
    created(&api::post(&id), &views::post(&state, &id).await?)
}

/// A post with its working copy.
#[cfg_attr(test, utoipa::path(get, path = "/api/v1/posts/{id}", tag = "posts", params(("id" = String, Path)), responses((status = 200, body = crate::features::api::model::Post))))]
pub async fn get(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    client.require(Scope::Read)?;
    ok(&views::post(&state, &id).await?)
}

/// Changes the working copy. Refused with 409 if somebody saved since the version that is named.
#[cfg_attr(test, utoipa::path(patch, path = "/api/v1/posts/{id}", tag = "posts", params(("id" = String, Path)), request_body = PostInput, responses((status = 200, body = crate::features::api::model::Post))))]
pub async fn change(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
    Body(sent): Body<PostInput>,
) -> Result<Response> {
    client.require(Scope::Write)?;
    posts::find_living(&state.db, &id).await?;
    let required = || Error::field("version", Message::new("error-required"));
    let version = sent.version.ok_or_else(required)?;
    let copy = writing::working_copy(&state.db, &id).await?;
    let (content, slug) = views::laid_over(copy.content, copy.slug, sent);
    let (slug, content) = posts::checked(&slug, content).map_err(Error::Invalid)?;
    let (db, post, by) = (state.db.clone(), id.clone(), client.user.id);
    detached(async move { posts::save(&db, &by, &post, version, &slug, &content).await }).await?;
    ok(&views::post(&state, &id).await?)
}

/// Moves a post to the trash; the public sees it no more.
#[cfg_attr(test, utoipa::path(delete, path = "/api/v1/posts/{id}", tag = "posts", params(("id" = String, Path)), responses((status = 204))))]
pub async fn remove(
    State(state): State<AppState>,
    client: Client,
    Path(id): Path<PostId>,
) -> Result<Response> {
    // What is public goes from the public's sight.
    let is_draft = writing::find(&state.db, &id).await?.state == PostState::Draft;
    let scope = if is_draft {
        Scope::Write
    } else {
        Scope::Publish
    };
    perform(&state, &client, scope, &id, Deed::Remove).await?;
    Ok(nothing())
}
