//! Posts in other sites' pages over HTTP: the player, and what finds it.
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use url::Url;

use super::{Request, post_below, print};
use crate::features::posts::{PublicPost, public as posts};
use crate::features::show::{self, Show};
use crate::features::site::address::{Asked, Place};
use crate::features::site::embed::Room;
use crate::features::site::fill::Reader;
use crate::features::site::span::Wish;
use crate::features::transcripts;
use crate::formats::transcript::Transcript;
use crate::kernel::ids::PostId;
use crate::kernel::language::UiLanguage;
use crate::kernel::urls::{self, BaseUrl};
use crate::kernel::{Error, Result};
use crate::state::AppState;
use crate::web::rendered::{Owner, Policy};
use crate::web::task;
use crate::web::ui::Ui;

/// `/embed/{id}`: a small player, which any page may frame. With `?s=` or `?t=` it is that of a
/// passage, made for the one request; what the post does not have gives the whole.
pub async fn player(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    let id = post_below(uri.path(), "/embed/")?;
    let owner = Owner::Show(posts::find_by_id(&state.db, &id).await?.show_id);
    let asked = Asked::read(uri.query()).of_a_page();
    let wish = asked.passage.clone();
    let request = Request::new(&state, urls::embed(&id, None), asked, &headers);
    let reader = request.reader.clone();
    let builder = state.clone();
    let embedded = id.clone();
    let answer = request
        .answer(&state, owner, move |request| async move {
            let (show, post, transcript) = read(&builder, &embedded).await?;
            let page = request.reader.embed_page(&show, &post, &transcript, None);
            print(builder, Some(show.changed_at), Policy::Framed, page).await
        })
        .await?;
    let Some(wish) = wish else {
        return Ok(answer.respond(&method, &headers));
    };
    let (show, post, transcript) = read(&state, &id).await?;
    task::blocking(move || {
        let Some(passage) = Reader::embed_passage(&post, &transcript, &wish) else {
            return Ok(answer.respond(&method, &headers));
        };
        let make = || {
            let page = reader.embed_page(&show, &post, &transcript, Some(&passage));
            let html = page.render().map_err(|e| Error::Internal(e.into()))?;
            Ok(html.into_bytes())
        };
        answer.respond_changed(&passage.query, make, &method, &headers)
    })
    .await
}

/// All that a player is made of.
async fn read(state: &AppState, id: &PostId) -> Result<(Show, PublicPost, Transcript)> {
    let post = posts::find_by_id(&state.db, id).await?;
    let show = show::find(&state.db, &post.show_id).await?;
    let found = transcripts::public_transcript(&state.db, id).await?;
    Ok((show, post, found.transcript))
}

/// `/oembed?url=`: what another site needs to show a post; as XML with `format=xml`.
pub async fn oembed(State(state): State<AppState>, uri: Uri) -> Result<Response> {
    let wanted = Wanted::read(uri.query());
    let is_xml = match wanted.format.as_deref() {
        None | Some("" | "json") => false,
        Some("xml") => true,
        // What the standard asks for.
        Some(_) => return Ok(StatusCode::NOT_IMPLEMENTED.into_response()),
    };
    let (show, post, wish) = find(&state, &wanted.url).await?;
    // The title and the address are all that it says: no word of the interface is in it.
    let reader = Reader {
        base: state.base_url.clone(),
        ui: Ui::new(UiLanguage::Ko),
        explicit: false,
    };
    let answer = reader.oembed(&show, &post, wish.as_ref(), wanted.room)?;
    let (kind, body) = if is_xml {
        ("text/xml; charset=utf-8", answer.to_xml())
    } else {
        let json = serde_json::to_string(&answer).map_err(|e| Error::Internal(e.into()))?;
        ("application/json; charset=utf-8", json)
    };
    let named = HeaderValue::from_static;
    let headers = [
        (header::CONTENT_TYPE, named(kind)),
        (
            header::CACHE_CONTROL,
            named("public, max-age=60, must-revalidate"),
        ),
        // Editors ask from the browser too.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, named("*")),
    ];
    Ok((headers, body).into_response())
}

/// What the query of `/oembed` says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wanted {
    url: String,
    format: Option<String>,
    room: Room,
}

impl Wanted {
    fn read(query: Option<&str>) -> Self {
        let mut wanted = Self::default();
        let query = query.unwrap_or_default().as_bytes();
        for (name, value) in url::form_urlencoded::parse(query).take(32) {
            let pixels = || value.parse().ok().filter(|n: &u32| *n > 0);
            match &*name {
                "url" => wanted.url = value.into_owned(),
                "format" => wanted.format = Some(value.into_owned()),
                "maxwidth" => wanted.room.width = pixels(),
                "maxheight" => wanted.room.height = pixels(),
                _ => {}
            }
        }
        wanted
    }
}

/// The post that an address of ours leads to, whichever of its addresses that is, and the passage
/// that it names.
async fn find(state: &AppState, address: &str) -> Result<(Show, PublicPost, Option<Wish>)> {
    let url = own(&state.base_url, address).ok_or(Error::NotFound)?;
    let (path, wish) = (url.path(), Asked::read(url.query()).passage);
    for folder in ["/p/", "/embed/"] {
        if path.starts_with(folder) {
            let post = posts::find_by_id(&state.db, &post_below(path, folder)?).await?;
            return Ok((show::find(&state.db, &post.show_id).await?, post, wish));
        }
    }
    let place = Place::read(path).ok_or(Error::NotFound)?;
    let slug = place.rest.ok_or(Error::NotFound)?;
    let show = match show::find_by_address(&state.db, &place.show).await {
        Err(Error::NotFound) => {
            let present = show::current_address(&state.db, &place.show).await?;
            show::find_by_address(&state.db, &present.ok_or(Error::NotFound)?).await?
        }
        found => found?,
    };
    let post = match posts::find(&state.db, &show.id, &slug).await {
        Err(Error::NotFound) => {
            let present = posts::present_slug(&state.db, &show.id, &slug).await?;
            posts::find(&state.db, &show.id, &present.ok_or(Error::NotFound)?).await?
        }
        found => found?,
    };
    Ok((show, post, wish))
}

/// An address on this site, over TLS or not.
fn own(base: &BaseUrl, address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let site = Url::parse(base.as_str()).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https");
    // Somebody may have kept an address from before there was TLS.
    let is_ours = url.host_str() == site.host_str()
        && (url.port() == site.port()
            || url.port_or_known_default() == site.port_or_known_default());
    (is_web && is_ours).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_addresses() {
        let base = BaseUrl::parse("https://example.org").expect("an address");
        for (address, path) in [
            ("https://example.org/p/a", Some("/p/a")),
            ("https://EXAMPLE.org:443/p/a?s=x#y", Some("/p/a")),
            ("http://example.org/p/a", Some("/p/a")),
            ("https://example.org/@a/한", Some("/@a/%ED%95%9C")),
            ("https://example.org:8443/p/a", None),
            ("https://www.example.org/p/a", None),
            ("https://example.org.evil.example/p/a", None),
            ("https://evil.example/https://example.org/p/a", None),
            ("javascript:alert(1)", None),
            ("ftp://example.org/p/a", None),
            ("/p/a", None),
            ("", None),
        ] {
            let found = own(&base, address);
            assert_eq!(found.as_ref().map(Url::path), path, "{address}");
        }
    }

    #[test]
    fn queries() {
        let read = |query| Wanted::read(Some(query));
        let wanted =
            read("url=https%3A%2F%2Fa.example%2F%3Fa%3D1%26b&maxwidth=320&maxheight=x&format=xml");
        assert_eq!(wanted.url, "https://a.example/?a=1&b");
        assert_eq!((wanted.room.width, wanted.room.height), (Some(320), None));
        assert_eq!(wanted.format.as_deref(), Some("xml"));
        assert_eq!(read("maxwidth=0&maxheight=-5").room, Room::default());
    }
}
