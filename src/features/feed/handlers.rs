//! The feeds over HTTP.
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, Method, Uri, header};

use super::fresh::{Which, feed};
use crate::features::show;
use crate::kernel::{Error, Result, urls};
use crate::state::AppState;
use crate::web::page;

/// `/@{show}/feed.xml`: the podcast feed.
pub async fn podcast(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    let address = address(&uri, "/feed.xml")?;
    let show = match show::find_by_address(&state.db, address).await {
        Ok(show) => show,
        Err(Error::NotFound) => return moved(&state, address, urls::podcast_feed, &uri).await,
        Err(error) => return Err(error),
    };
    let answer = feed(&state, &show, Which::Podcast).await?;
    Ok(answer.respond(&method, &headers))
}

/// `/@{show}/posts.xml`: everything, full text; older posts under `?page=2` and so on.
pub async fn posts(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    let address = address(&uri, "/posts.xml")?;
    let show = match show::find_by_address(&state.db, address).await {
        Ok(show) => show,
        Err(Error::NotFound) => return moved(&state, address, urls::posts_feed, &uri).await,
        Err(error) => return Err(error),
    };
    let answer = feed(&state, &show, Which::Posts(page_of(&uri))).await?;
    Ok(answer.respond(&method, &headers))
}

/// What stands between `/@` and the feed's name, as it was sent.
fn address<'a>(uri: &'a Uri, name: &str) -> Result<&'a str> {
    uri.path()
        .strip_prefix("/@")
        .and_then(|rest| rest.strip_suffix(name))
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

/// 301 to the feed of a show that has another address now. Podcast apps in browsers follow it
/// across origins, so it is as open as the feed.
async fn moved(
    state: &AppState,
    former: &str,
    path: fn(&str) -> String,
    uri: &Uri,
) -> Result<Response> {
    let present = show::current_address(&state.db, former).await?;
    let mut target = path(&present.ok_or(Error::NotFound)?);
    if let Some(query) = uri.query() {
        target = format!("{target}?{query}");
    }
    let mut response = page::moved(&target);
    response.headers_mut().insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    Ok(response)
}
