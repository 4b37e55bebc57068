//! The feeds over HTTP.
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, Method, Uri, header};

use super::build;
use super::fresh::{Which, feed};
use crate::features::show::{self, Show};
use crate::formats::opml;
use crate::kernel::{Error, Result, urls};
use crate::state::AppState;
use crate::web::page;
use crate::web::rendered::{Draft, Key, Owner, Policy, Prepared};
use crate::web::task;

const OPML: &str = "text/x-opml; charset=utf-8";

/// `/@{show}/feed.xml`: the podcast feed; older episodes under `?page=2` and so on if the author
/// wants pages. A show that moved away answers 301 to where it is now.
pub async fn podcast(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    answer(&state, Which::Podcast, &method, &uri, &headers).await
}

/// `/@{show}/posts.xml`: everything, full text; older posts under `?page=2` and so on.
pub async fn posts(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    answer(&state, Which::Posts, &method, &uri, &headers).await
}

/// `/@{show}/posts.json`: the same as JSON Feed 1.1.
pub async fn posts_json(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    answer(&state, Which::PostsJson, &method, &uri, &headers).await
}

async fn answer(
    state: &AppState,
    which: Which,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Response> {
    let address = address(uri, &which.path(""))?;
    let show = match show::find_by_address(&state.db, address).await {
        Ok(show) => show,
        Err(Error::NotFound) => return renamed(state, address, which, uri).await,
        Err(error) => return Err(error),
    };
    if which == Which::Podcast && !show.draft.details.moved_to.is_empty() {
        return moved_away(state, &show, method).await;
    }
    let answer = feed(state, &show, which, page_of(uri)).await?;
    Ok(answer.respond(method, headers))
}

/// What stands between `/@` and the feed's name, as it was sent; `bare` is the path of the feed
/// of a show without an address.
fn address<'a>(uri: &'a Uri, bare: &str) -> Result<&'a str> {
    uri.path()
        .strip_prefix("/@")
        .and_then(|rest| rest.strip_suffix(&bare[2..]))
        .ok_or(Error::NotFound)
}

/// `?page=`, from 1; what cannot be read is the first.
fn page_of(uri: &Uri) -> u32 {
    let mut pairs = uri.query().unwrap_or_default().split('&').take(32);
    pairs
        .find_map(|pair| pair.strip_prefix("page="))
        .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(1)
        .max(1)
}

/// 301 to the feed of a show that has another address now.
async fn renamed(state: &AppState, former: &str, which: Which, uri: &Uri) -> Result<Response> {
    let present = show::current_address(&state.db, former).await?;
    let mut target = which.path(&present.ok_or(Error::NotFound)?);
    if let Some(query) = uri.query() {
        target = format!("{target}?{query}");
    }
    Ok(open(page::moved(&target)))
}

/// 301 to where the feed is now. The feed that says so without any item goes along, for clients
/// that read the element and follow no redirect.
async fn moved_away(state: &AppState, show: &Show, method: &Method) -> Result<Response> {
    let mut response = open(page::moved(&show.draft.details.moved_to));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/rss+xml; charset=utf-8"),
    );
    let feed = build::without_items(state, show);
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, HeaderValue::from(feed.len()));
    if *method != Method::HEAD {
        *response.body_mut() = Body::from(feed);
    }
    Ok(response)
}

/// Podcast apps in browsers follow redirects across origins, so these are as open as the feeds.
fn open(mut response: Response) -> Response {
    response.headers_mut().insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    response
}

/// `/opml.xml`: the podcast feeds of every show that directories may list.
pub async fn opml(
    State(state): State<AppState>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    let builder = state.clone();
    let build = move || async move {
        let shows = show::list(&builder.db).await?;
        task::blocking(move || Ok(opml_draft(&builder, &shows))).await
    };
    let key = Key::common(urls::OPML, Owner::All);
    let answer = state.rendered.get_or_build(key, build).await?;
    Ok(answer.respond(&method, &headers))
}

fn opml_draft(state: &AppState, shows: &[Show]) -> Draft {
    let base = &state.base_url;
    let listed: Vec<_> = shows.iter().filter(|s| !s.draft.details.block).collect();
    let title = listed
        .first()
        .map_or("Daebon", |show| show.draft.title.as_str());
    let outlines: Vec<_> = listed
        .iter()
        .map(|show| {
            (
                show.draft.title.clone(),
                base.join(&urls::podcast_feed(show.address())),
                base.join(&urls::show(show.address())),
                show.draft.description.clone(),
                show.draft.language.as_str().to_owned(),
            )
        })
        .collect();
    Draft {
        body: bytes::Bytes::from(opml::write(title, &outlines)).into(),
        prepared: Prepared::default(),
        finished: None,
        content_type: OPML,
        last_modified: shows.iter().map(|show| show.changed_at).max(),
        policy: Policy::Open,
        https: state.config.is_https(),
    }
}
