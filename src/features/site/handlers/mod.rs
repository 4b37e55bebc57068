//! The public pages over HTTP.
pub mod embed;
mod passage;
pub mod preview;
pub mod sitemap;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};

use crate::features::posts::{public as posts, related};
use crate::features::show::{self, Show};
use crate::features::site::address::{Asked, Place, with_query};
use crate::features::site::fill::{self, POSTS_PER_PAGE, Reader};
use crate::features::transcripts;
use crate::kernel::ids::PostId;
use crate::kernel::time::Instant;
use crate::kernel::{Error, Result, urls};
use crate::state::AppState;
use crate::web::conditional::{self, Encoding};
use crate::web::rendered::{Answer, Draft, Key, Owner, Policy, Prepared};
use crate::web::ui::Ui;
use crate::web::{assets, lang, page, task};

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

const ROBOTS: &str = "User-agent: *\nDisallow: /admin\n\nSitemap: ";

/// What a request for a page asks for, and under which address its answer is kept.
struct Request {
    reader: Reader,
    /// Path and query in canonical spelling.
    target: String,
    page: u32,
}

impl Request {
    /// `path` is the canonical path, which may hold `?page=`.
    fn new(state: &AppState, path: String, asked: Asked, headers: &HeaderMap) -> Self {
        let language = asked.ui.unwrap_or_else(|| lang::wished(headers));
        let target = match asked.ui {
            None => path,
            Some(ui) => with_query(&path, &format!("ui={}", ui.code())),
        };
        Self {
            reader: Reader {
                base: state.base_url.clone(),
                ui: Ui::new(language),
                explicit: asked.ui.is_some(),
            },
            target,
            page: asked.page,
        }
    }

    fn key(&self, owner: Owner) -> Key {
        if self.reader.explicit {
            Key::common(&self.target, owner)
        } else {
            Key::page(&self.target, self.reader.ui.lang, owner)
        }
    }

    /// The finished answer to this request, built if nobody asked before.
    async fn answer<F>(
        self,
        state: &AppState,
        owner: Owner,
        build: impl FnOnce(Self) -> F + Send + 'static,
    ) -> Result<Arc<Answer>>
    where
        F: Future<Output = Result<Draft>> + Send + 'static,
    {
        let key = self.key(owner);
        state.rendered.get_or_build(key, move || build(self)).await
    }
}

/// The post whose id stands behind a folder in a path.
fn post_below(path: &str, folder: &str) -> Result<PostId> {
    let id = path.strip_prefix(folder).and_then(|id| id.parse().ok());
    id.ok_or(Error::NotFound)
}

/// What is the same for every reader, built if nobody asked before.
async fn common(
    state: &AppState,
    path: &str,
    build: impl Future<Output = Result<Draft>> + Send + 'static,
) -> Result<Arc<Answer>> {
    let key = Key::common(path, Owner::All);
    state.rendered.get_or_build(key, move || build).await
}

fn draft(
    state: &AppState,
    body: String,
    content_type: &'static str,
    last_modified: Option<Instant>,
    policy: Policy,
) -> Draft {
    Draft {
        body: Bytes::from(body).into(),
        prepared: Prepared::default(),
        finished: None,
        content_type,
        last_modified,
        policy,
        https: state.config.is_https(),
    }
}

async fn print(
    state: AppState,
    changed: Option<Instant>,
    policy: Policy,
    page: impl Template + Send + 'static,
) -> Result<Draft> {
    task::blocking(move || {
        let body = page.render().map_err(|e| Error::Internal(e.into()))?;
        Ok(draft(&state, body, HTML, changed, policy))
    })
    .await
}

/// `/`: the show, if there is one; the list, if several; a calm page, if none.
pub async fn home(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    let asked = Asked::read(uri.query()).of_a_page();
    let request = Request::new(&state, urls::home(), asked, &headers);
    let builder = state.clone();
    let answer = request
        .answer(&state, Owner::All, move |request| async move {
            let shows = show::list(&builder.db).await?;
            match shows.as_slice() {
                [show] => build_show(builder, show.clone(), request).await,
                _ => {
                    let changed = shows.iter().map(|s| s.changed_at).max();
                    let mut page = request.reader.show_list(&shows);
                    page.frame.data = Some(request.reader.shows_data(&shows)?);
                    print(builder, changed, Policy::Page, page).await
                }
            }
        })
        .await?;
    Ok(answer.respond(&method, &headers))
}

/// `/@{show}`: its posts, newest first.
pub async fn show(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    let place = Place::read(uri.path()).ok_or(Error::NotFound)?;
    let found = match find_show(&state, &place, &uri).await? {
        Found::Here(show) => *show,
        Found::Moved(response) => return Ok(response),
    };
    let asked = Asked::read(uri.query());
    let path = urls::show_page(&place.show, asked.page);
    let request = Request::new(&state, path, asked, &headers);
    let owner = Owner::Show(found.id.clone());
    let builder = state.clone();
    let answer = request
        .answer(&state, owner, move |request| async move {
            let show = show::find(&builder.db, &found.id).await?;
            build_show(builder, show, request).await
        })
        .await?;
    Ok(answer.respond(&method, &headers))
}

async fn build_show(state: AppState, show: Show, request: Request) -> Result<Draft> {
    let total = u32::try_from(posts::count(&state.db, &show.id).await?).unwrap_or(u32::MAX);
    if request.page > fill::pages(total) {
        return Err(Error::NotFound);
    }
    let per_page = i64::from(POSTS_PER_PAGE);
    let offset = i64::from(request.page - 1) * per_page;
    let listed = posts::list(&state.db, &show.id, per_page, offset).await?;
    let has_episodes = posts::has_episodes(&state.db, &show.id).await?;
    task::blocking(move || {
        let (reader, target) = (&request.reader, &request.target);
        let mut page = reader.show_page(&show, &listed, target, request.page, total);
        page.feeds.apps = reader.apps(&show, has_episodes);
        page.frame.data = Some(reader.show_data(&show, &listed)?);
        let body = page.render().map_err(|e| Error::Internal(e.into()))?;
        Ok(draft(
            &state,
            body,
            HTML,
            Some(show.changed_at),
            Policy::Page,
        ))
    })
    .await
}

/// `/@{show}/{slug}`: a post.
pub async fn post(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    let place = Place::read(uri.path()).ok_or(Error::NotFound)?;
    let slug = place.rest.clone().ok_or(Error::NotFound)?;
    let found = match find_show(&state, &place, &uri).await? {
        Found::Here(show) => *show,
        Found::Moved(response) => return Ok(response),
    };
    match posts::find(&state.db, &found.id, &slug).await {
        Ok(_) => {}
        Err(Error::NotFound) => {
            let present = posts::present_slug(&state.db, &found.id, &slug).await?;
            let path = urls::post(&place.show, &present.ok_or(Error::NotFound)?);
            return Ok(moved(&path, &uri));
        }
        Err(error) => return Err(error),
    }
    let asked = Asked::read(uri.query()).of_a_page();
    let wish = asked.passage.clone();
    let request = Request::new(&state, place.path(), asked, &headers);
    let passage = wish.map(|wish| (wish, request.reader.clone(), request.target.clone()));
    let owner = Owner::Show(found.id.clone());
    let builder = state.clone();
    let answer = request
        .answer(&state, owner, |request| {
            build_post(builder, found, slug, request)
        })
        .await?;
    match passage {
        None => Ok(answer.respond(&method, &headers)),
        Some((wish, reader, path)) => {
            passage::respond(answer, wish, reader, path, method, headers).await
        }
    }
}

async fn build_post(state: AppState, show: Show, slug: String, request: Request) -> Result<Draft> {
    // Read anew: what was found before the building began may be older than the last change.
    let show = show::find(&state.db, &show.id).await?;
    let post = posts::find(&state.db, &show.id, &slug).await?;
    let transcript = transcripts::public_transcript(&state.db, &post.id)
        .await?
        .transcript;
    let neighbours = posts::neighbours(&state.db, &post).await?;
    let related = related(&state.db, &post).await?;
    let corrections = posts::corrections(&state.db, &post.id).await?;
    let has_episodes = posts::has_episodes(&state.db, &show.id).await?;
    task::blocking(move || {
        let (reader, target) = (&request.reader, &request.target);
        let mut page = reader.post_page(&show, &post, target, &transcript, neighbours);
        page.related = reader.related(&show, related);
        page.corrections = reader.corrections(&show, &corrections);
        page.feeds.apps = reader.apps(&show, has_episodes);
        page.frame.data = Some(reader.post_data(&show, &post, &transcript.lines)?);
        let body = page.render().map_err(|e| Error::Internal(e.into()))?;
        Ok(draft(
            &state,
            body,
            HTML,
            Some(show.changed_at),
            Policy::Page,
        ))
    })
    .await
}

enum Found {
    Here(Box<Show>),
    Moved(Response),
}

/// The show of a place; elsewhere if the show has another name now, or if the address is
/// spelled in another way than ours.
async fn find_show(state: &AppState, place: &Place, uri: &Uri) -> Result<Found> {
    match show::find_by_address(&state.db, &place.show).await {
        Ok(show) => {
            let canonical = place.path();
            if canonical == uri.path() {
                Ok(Found::Here(Box::new(show)))
            } else {
                Ok(Found::Moved(moved(&canonical, uri)))
            }
        }
        Err(Error::NotFound) => {
            let present = show::current_address(&state.db, &place.show).await?;
            let place = place.in_show(present.ok_or(Error::NotFound)?);
            Ok(Found::Moved(moved(&place.path(), uri)))
        }
        Err(error) => Err(error),
    }
}

/// 301 that keeps the query.
fn moved(path: &str, uri: &Uri) -> Response {
    match uri.query() {
        None => page::moved(path),
        Some(query) => page::moved(&with_query(path, query)),
    }
}

/// `/p/{id}`: the permanent short link.
pub async fn short(State(state): State<AppState>, uri: Uri) -> Result<Response> {
    let id = post_below(uri.path(), "/p/")?;
    let post = posts::find_by_id(&state.db, &id).await?;
    let show = show::find(&state.db, &post.show_id).await?;
    Ok(moved(&urls::post(show.address(), &post.slug), &uri))
}

/// `/robots.txt`.
pub async fn robots(
    State(state): State<AppState>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    let builder = state.clone();
    let build = async move {
        let sitemap = builder.base_url.join(urls::SITEMAP);
        let text = format!("{ROBOTS}{sitemap}\n");
        Ok(draft(&builder, text, TEXT, None, Policy::Plain))
    };
    let answer = common(&state, "/robots.txt", build).await?;
    Ok(answer.respond(&method, &headers))
}

/// `/favicon.ico`, which browsers ask for on pages that name no icon.
pub async fn favicon() -> Response {
    page::found(&assets::url("favicon.svg"))
}

/// `/assets/{hash}/{name}`: what the pages need, kept for a year.
pub async fn asset(method: Method, uri: Uri, headers: HeaderMap) -> Result<Response> {
    let asset = uri
        .path()
        .strip_prefix("/assets/")
        .and_then(|rest| rest.split_once('/'))
        .and_then(|(hash, name)| assets::find(hash, name))
        .ok_or(Error::NotFound)?;
    let text = |name| {
        headers
            .get(name)
            .and_then(|v: &HeaderValue| v.to_str().ok())
    };
    let accepted = conditional::accept_encoding(text(header::ACCEPT_ENCODING));
    let encoding = accepted.choose(&[Encoding::Brotli, Encoding::Gzip, Encoding::Identity]);
    let suffix = match encoding {
        Encoding::Brotli => "-br",
        Encoding::Gzip => "-gz",
        _ => "",
    };
    // The first to ask for a compressed form waits for its making, off the threads that serve.
    let bytes: &'static [u8] = match encoding {
        Encoding::Brotli => task::blocking(|| Ok(asset.brotli())).await?,
        Encoding::Gzip => task::blocking(|| Ok(asset.gzip())).await?,
        _ => &asset.bytes,
    };
    // The hash stands for all files together, and this address for one of them.
    let etag = format!("\"{}{suffix}\"", assets::hash());
    let mut response = Response::builder()
        .header(header::ETAG, &etag)
        .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
        .header(header::VARY, "Accept-Encoding");
    if conditional::not_modified(text(header::IF_NONE_MATCH), None, &etag, i64::MAX) {
        return finished(response.status(StatusCode::NOT_MODIFIED), Bytes::new());
    }
    response = response
        .header(header::CONTENT_TYPE, asset.media_type)
        .header(header::CONTENT_LENGTH, bytes.len());
    if encoding != Encoding::Identity {
        response = response.header(header::CONTENT_ENCODING, encoding.name());
    }
    if method == Method::HEAD {
        return finished(response, Bytes::new());
    }
    finished(response, Bytes::from_static(bytes))
}

fn finished(response: http::response::Builder, body: Bytes) -> Result<Response> {
    response
        .body(body.into())
        .map_err(|e| Error::Internal(e.into()))
}
