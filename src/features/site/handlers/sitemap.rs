//! The list of pages for search engines: shows and listed posts, nothing that is unlisted.
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, Method, Uri};

use super::{common, draft};
use crate::features::posts::public as posts;
use crate::features::show;
use crate::formats::sitemap::{self, Entry};
use crate::kernel::{Error, Result, urls};
use crate::state::AppState;
use crate::web::rendered::{Draft, Policy};
use crate::web::task;

/// Posts in a file: well below the 50,000 addresses and the 50 MB that the protocol allows (an
/// address of ours takes at most 1,300 bytes), so that a file is built and fetched quickly.
const PER_FILE: i64 = if cfg!(test) { 3 } else { 10_000 };
const XML: &str = "application/xml; charset=utf-8";

/// `/sitemap.xml`: all pages, or the list of the files that hold them.
pub async fn whole(
    State(state): State<AppState>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    let builder = state.clone();
    let build = async move {
        let files = files(&builder).await?;
        let xml = if files == 1 {
            sitemap::pages(&entries(&builder, 1).await?)
        } else {
            let address = |n| builder.base_url.join(&urls::sitemap_part(n));
            let list: Vec<Entry> = (1..=files).map(|n| (address(n), None)).collect();
            sitemap::index(&list)
        };
        finished(builder, xml).await
    };
    let answer = common(&state, urls::SITEMAP, build).await?;
    Ok(answer.respond(&method, &headers))
}

/// `/sitemaps/{n}.xml`: one of several files. There is none where one file holds everything.
pub async fn part(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    let number: i64 = uri
        .path()
        .strip_prefix("/sitemaps/")
        .and_then(|rest| rest.strip_suffix(".xml"))
        .and_then(|digits| digits.parse().ok())
        .ok_or(Error::NotFound)?;
    let path = urls::sitemap_part(number);
    // One spelling: `01.xml` is another name.
    let files = files(&state).await?;
    if path != uri.path() || files == 1 || !(1..=files).contains(&number) {
        return Err(Error::NotFound);
    }
    let builder = state.clone();
    let build = async move {
        let xml = sitemap::pages(&entries(&builder, number).await?);
        finished(builder, xml).await
    };
    let answer = common(&state, &path, build).await?;
    Ok(answer.respond(&method, &headers))
}

/// How many files it takes; at least 1.
async fn files(state: &AppState) -> Result<i64> {
    let posts = posts::count_of_all(&state.db).await?;
    Ok(((posts + PER_FILE - 1) / PER_FILE).max(1))
}

/// What stands in a file: its posts, the oldest first, so that a full file keeps what it has. The
/// pages of the shows stand in the first.
async fn entries(state: &AppState, number: i64) -> Result<Vec<Entry>> {
    let base = &state.base_url;
    let mut entries = Vec::new();
    if number == 1 {
        let shows = show::list(&state.db).await?;
        // With one show, `/` is its page, whose one address is its own.
        if shows.len() > 1 {
            let changed = shows.iter().map(|show| show.changed_at).max();
            entries.push((base.join(&urls::home()), changed));
        }
        let page = |show: &show::Show| {
            let address = base.join(&urls::show(show.address()));
            (address, Some(show.changed_at))
        };
        entries.extend(shows.iter().map(page));
    }
    let posts = posts::addresses(&state.db, PER_FILE, (number - 1) * PER_FILE).await?;
    let page = |(address, slug, changed): &(String, String, _)| {
        (base.join(&urls::post(address, slug)), Some(*changed))
    };
    entries.extend(posts.iter().map(page));
    Ok(entries)
}

async fn finished(state: AppState, xml: String) -> Result<Draft> {
    task::blocking(move || Ok(draft(&state, xml, XML, None, Policy::Open))).await
}
