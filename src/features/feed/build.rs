//! Builds the bytes of a feed from what is stored: the show, its listed posts, their items.
use std::sync::Arc;

use sqlx::{Any, Transaction};

use super::actions::give_guid;
use super::head::{Surroundings, channel};
use super::scene::Scene;
use super::{keep, mend, trailers};
use crate::features::posts::feed as stored;
use crate::features::show::{self, Show};
use crate::features::{covers, pings};
use crate::formats::{json_feed, podcast};
use crate::kernel::ids::ShowId;
use crate::kernel::urls;
use crate::kernel::{Error, Result};
use crate::state::AppState;
use crate::web::rendered::joined::{Document, Joined};
use crate::web::rendered::{Draft, Policy, Prepared, Stale};
use crate::web::task;

/// Posts in one document of the feeds of everything: full texts of many more would be a
/// document of hundreds of megabytes in a large archive.
pub const POSTS_PER_PAGE: u32 = 500;
/// Items in the one document of a feed that has no pages.
const ALL: usize = usize::MAX;

/// Names of the shelves.
const PODCAST: &str = "podcast";
const POSTS: &str = "posts";

const RSS: &str = "application/rss+xml; charset=utf-8";
const JSON: &str = "application/feed+json; charset=utf-8";

/// The address of a page of a feed; the first one has no query.
pub fn page_of(feed: &str, page: u32) -> String {
    if page <= 1 {
        feed.to_owned()
    } else {
        format!("{feed}?page={page}")
    }
}

/// The other documents of a feed of so many pages (RFC 5005 section 3); none for a single one.
fn pages(state: &AppState, feed: &str, page: u32, last: u32) -> Vec<(&'static str, String)> {
    let at = |rel, n: u32| (rel, state.base_url.join(&page_of(feed, n)));
    let mut links = Vec::new();
    if last > 1 {
        links.push(at("first", 1));
        // The registry knows both names: RFC 5005 says `previous`, HTML and most readers `prev`.
        links.extend((page > 1).then(|| at("prev", page - 1)));
        links.extend((page > 1).then(|| at("previous", page - 1)));
        links.extend((page < last).then(|| at("next", page + 1)));
        links.push(at("last", last));
    }
    links
}

/// What of a head depends on neither feed nor items.
async fn surroundings(
    state: &AppState,
    conn: &mut Transaction<'static, Any>,
    show: &Show,
) -> Result<Surroundings> {
    Ok(Surroundings {
        cover_sizes: covers::sizes_in(conn, &show.cover_hash).await?,
        hub: pings::hub(state),
        uses_podping: pings::uses_podping(state),
        ..Surroundings::default()
    })
}

/// A page of the podcast feed, from 1: every listed episode, in one document unless the author
/// wants pages.
///
/// # Errors
/// `NotFound` for a page past the end, and for a show that moved away: kept in memory, its feed
/// would be sent before anybody looked whether it should be.
pub async fn podcast(state: AppState, id: ShowId, page: u32) -> Result<Draft> {
    give_guid(&state, &id).await?;
    let shelf = state.rendered.shelf(&id, PODCAST);
    let mut taken = shelf.take().await;
    let mut snapshot = state.db.snapshot().await?;
    let show = show::find_in(&mut snapshot, &id).await?;
    if !show.draft.details.moved_to.is_empty() {
        return Err(Error::NotFound);
    }
    let scene = Arc::new(Scene::of_episodes(&state.base_url, show));
    let mut forms = None;
    if taken.stale == Stale::All && taken.parts.parts().is_empty() {
        forms = keep::read(&state, PODCAST, &scene, &mut taken.parts).await;
    }
    if forms.as_ref().is_none_or(|f: &keep::Forms| !f.current) {
        mend::episodes(&mut snapshot, &scene, &mut taken.parts, &taken.stale).await?;
    }
    let mut around = surroundings(&state, &mut snapshot, &scene.show).await?;
    around.new_feed_url = new_address(&state, &mut snapshot, &scene.show).await?;
    drop(snapshot);
    let draft = task::blocking(move || {
        let per_page = match scene.show.draft.details.feed_page_size {
            0 => ALL,
            size => size as usize,
        };
        let last = last_page(taken.parts.parts().len(), per_page);
        if page > last {
            return Err(Error::NotFound);
        }
        let feed = urls::podcast_feed(scene.show.address());
        around.self_url = state.base_url.join(&page_of(&feed, page));
        around.pages = pages(&state, &feed, page, last);
        around.trailers = trailers::of(taken.parts.parts());
        let head = podcast::head(&channel(&state.base_url, &scene.show, around));
        let mut document = cut(&mut taken.parts, page, per_page, &head, podcast::TAIL);
        // Only the first page is asked for often enough to be kept across restarts.
        let finished = (page == 1 && per_page == ALL).then(|| {
            take_forms(&mut document, forms, &head);
            keep::when_finished(&state, PODCAST, &scene, shelf, taken.parts.version(), head)
        });
        taken.mended();
        let mut draft = draft(&state, &scene.show, RSS, document);
        draft.finished = finished;
        Ok(draft)
    });
    draft.await
}

fn last_page(items: usize, per_page: usize) -> u32 {
    u32::try_from(items.div_ceil(per_page).max(1)).unwrap_or(u32::MAX)
}

fn cut(parts: &mut Joined, page: u32, per_page: usize, head: &str, tail: &str) -> Document {
    if page == 1 {
        return parts.document(head, tail, per_page);
    }
    let start = (page as usize - 1) * per_page;
    let end = (start + per_page).min(parts.parts().len());
    parts.page(start..end, head, tail)
}

/// Where clients should look from now on: elsewhere, or here if the show had another address
/// once, since some follow the element and no redirect.
async fn new_address(
    state: &AppState,
    snapshot: &mut Transaction<'static, Any>,
    show: &Show,
) -> Result<Option<String>> {
    let moved_to = &show.draft.details.moved_to;
    if !moved_to.is_empty() {
        return Ok(Some(moved_to.clone()));
    }
    let moved = show::has_moved(snapshot, &show.id).await?;
    Ok(moved.then(|| state.base_url.join(&urls::podcast_feed(show.address()))))
}

/// The podcast feed of a show that moved away: says where it is now, and holds no items.
pub fn without_items(state: &AppState, show: &Show) -> String {
    let around = Surroundings {
        self_url: state.base_url.join(&urls::podcast_feed(show.address())),
        new_feed_url: Some(show.draft.details.moved_to.clone()),
        ..Surroundings::default()
    };
    podcast::write(&channel(&state.base_url, show, around), [])
}

/// A page of the feed of everything, from 1, full text.
///
/// # Errors
/// `NotFound` for a page past the end.
pub async fn posts(state: AppState, id: ShowId, page: u32) -> Result<Draft> {
    // Pages but the first are asked for by few: their parts are not kept.
    let shelf = state.rendered.shelf(&id, POSTS);
    let mut taken = match page {
        1 => Some(shelf.take().await),
        _ => None,
    };
    let mut snapshot = state.db.snapshot().await?;
    let show = show::find_in(&mut snapshot, &id).await?;
    let scene = Arc::new(Scene::of_posts(&state.base_url, show));
    let (last, offset) = place_of(stored::count(&mut snapshot, &id).await?, page)?;
    let limit = i64::from(POSTS_PER_PAGE);
    let mut forms = None;
    if let Some(taken) = &mut taken
        && taken.stale == Stale::All
        && taken.parts.parts().is_empty()
    {
        forms = keep::read(&state, POSTS, &scene, &mut taken.parts).await;
    }
    let mut own = Joined::default();
    let parts = taken.as_mut().map_or(&mut own, |t| &mut *t.parts);
    if forms.as_ref().is_none_or(|f| !f.current) {
        mend::posts(&mut snapshot, &scene, parts, limit, offset).await?;
    }
    let mut around = surroundings(&state, &mut snapshot, &scene.show).await?;
    drop(snapshot);
    task::blocking(move || {
        let feed = urls::posts_feed(scene.show.address());
        around.self_url = state.base_url.join(&page_of(&feed, page));
        around.pages = pages(&state, &feed, page, last);
        let head = podcast::head(&channel(&state.base_url, &scene.show, around));
        let parts = taken.as_mut().map_or(&mut own, |t| &mut *t.parts);
        let mut document = parts.document(&head, podcast::TAIL, ALL);
        let version = parts.version();
        let finished = taken.map(|taken| {
            taken.mended();
            take_forms(&mut document, forms, &head);
            keep::when_finished(&state, POSTS, &scene, shelf, version, head)
        });
        let mut draft = draft(&state, &scene.show, RSS, document);
        draft.finished = finished;
        Ok(draft)
    })
    .await
}

/// Gives a document the codings that were kept, if they are of the same bytes.
fn take_forms(document: &mut Document, forms: Option<keep::Forms>, head: &str) {
    if let Some(forms) = forms.filter(|f| f.current && f.head == head) {
        document.prepared.gzip = forms.gzip;
        document.prepared.brotli = forms.brotli;
        document.prepared.zstd = forms.zstd;
    }
}

/// The last page, and how many posts stand before this one.
fn place_of(posts: i64, page: u32) -> Result<(u32, i64)> {
    let posts = u32::try_from(posts).unwrap_or(u32::MAX);
    let last = posts.div_ceil(POSTS_PER_PAGE).max(1);
    if page > last {
        return Err(Error::NotFound);
    }
    Ok((last, i64::from(page - 1) * i64::from(POSTS_PER_PAGE)))
}

/// A page of the feed of everything as JSON Feed 1.1, from 1.
///
/// # Errors
/// `NotFound` for a page past the end.
pub async fn posts_json(state: AppState, id: ShowId, page: u32) -> Result<Draft> {
    let mut snapshot = state.db.snapshot().await?;
    let show = show::find_in(&mut snapshot, &id).await?;
    let (last, offset) = place_of(stored::count(&mut snapshot, &id).await?, page)?;
    let limit = i64::from(POSTS_PER_PAGE);
    let posts = stored::page(&mut snapshot, &id, limit, offset).await?;
    let around = surroundings(&state, &mut snapshot, &show).await?;
    drop(snapshot);
    task::blocking(move || {
        let scene = Scene::of_posts(&state.base_url, show);
        let feed = urls::posts_json(scene.show.address());
        let at = |n: u32| state.base_url.join(&page_of(&feed, n));
        let next = (page < last).then(|| at(page + 1));
        let items: Vec<_> = posts.iter().map(|post| scene.item(post)).collect();
        let channel = channel(&state.base_url, &scene.show, around);
        let json = json_feed::write(&channel, &items, &at(page), next.as_deref());
        let document = Document {
            body: bytes::Bytes::from(json).into(),
            prepared: Prepared::default(),
        };
        Ok(draft(&state, &scene.show, JSON, document))
    })
    .await
}

fn draft(state: &AppState, show: &Show, content_type: &'static str, document: Document) -> Draft {
    Draft {
        body: document.body,
        prepared: document.prepared,
        finished: None,
        content_type,
        last_modified: Some(show.changed_at),
        policy: Policy::Open,
        https: state.config.is_https(),
    }
}
