//! Every link of the house (invariant 6): paths below the site, and the base they stand on.
//!
//! A path starts with `/` and is percent-encoded; an absolute address is [`BaseUrl`] + path.
pub mod admin;
pub mod api;

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::Message;
use super::ids::{PostId, SentenceId, UploadId, UserId};
use super::language::UiLanguage;
use super::time::seconds_text;

/// What stays itself in a path segment: RFC 3986 unreserved characters.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn segment(text: &str) -> impl fmt::Display + '_ {
    utf8_percent_encode(text, SEGMENT)
}

/// Scheme and authority of the site, without a trailing slash: `https://example.org`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Takes `http` and `https` addresses without user, path, query or fragment.
    pub fn parse(text: &str) -> Result<Self, Message> {
        let bad = || Message::new("error-public-url");
        let url = url::Url::parse(text.trim()).map_err(|_| bad())?;
        let plain = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if !plain || !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err(bad());
        }
        Ok(Self(url.origin().ascii_serialization()))
    }

    /// `https://example.org`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `example.org` or `127.0.0.1:8080`: what a right `Host` header says.
    pub fn authority(&self) -> &str {
        self.0.split_once("://").map_or(self.0.as_str(), |(_, a)| a)
    }

    /// Whether the site speaks TLS to the world.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }

    /// Whether the address reaches this machine alone.
    pub fn is_loopback(&self) -> bool {
        let host = self.authority();
        host.starts_with("127.")
            || host.starts_with("[::1]")
            || host.split(':').next() == Some("localhost")
    }

    /// The absolute address of a path.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// The address of a path as people read it: `example.org/@news/한-글`.
    pub fn readable(&self, path: &str) -> String {
        let path = percent_decode_str(path).decode_utf8_lossy();
        format!("{}{path}", self.authority())
    }
}

/// `/`.
pub fn home() -> String {
    "/".to_owned()
}

/// `/@{show}`.
pub fn show(address: &str) -> String {
    format!("/@{address}")
}

/// `/@{show}?page=2`; the first page has no query.
pub fn show_page(address: &str, page: u32) -> String {
    if page <= 1 {
        show(address)
    } else {
        format!("/@{address}?page={page}")
    }
}

/// `/@{show}/{slug}`.
pub fn post(address: &str, slug: &str) -> String {
    format!("/@{address}/{}", segment(slug))
}

/// The place of a sentence on the page of its post.
pub fn sentence_place(id: &SentenceId) -> String {
    format!("#s-{id}")
}

/// The place of the player on the page of a post.
pub const PLAYER_PLACE: &str = "#player";

/// `?s={sid}#s-{sid}`: a sentence on the page of its post; with `?ui=`, if the page names its
/// language.
pub fn sentence(ui: Option<UiLanguage>, id: &SentenceId) -> String {
    let (query, place) = (sentences_query(id, id), sentence_place(id));
    format!("{}{query}{place}", page_query(ui))
}

/// `s={sid}-{sid}`, or `s={sid}` of one sentence: a passage in the query of a post's page.
pub fn sentences_query(from: &SentenceId, to: &SentenceId) -> String {
    if from == to {
        format!("s={from}")
    } else {
        format!("s={from}-{to}")
    }
}

/// `?t=12.5,20#place`: a stretch of the recording on the page of its post, in milliseconds; open
/// at its end without `to_ms`. `place` begins with `#`.
pub fn stretch(ui: Option<UiLanguage>, from_ms: u64, to_ms: Option<u64>, place: &str) -> String {
    let query = stretch_query(from_ms, to_ms);
    format!("{}{query}{place}", page_query(ui))
}

/// `t=12.5,20`: the same in the query of a post's page.
pub fn stretch_query(from_ms: u64, to_ms: Option<u64>) -> String {
    let to = to_ms.map_or_else(String::new, |ms| format!(",{}", seconds_text(ms)));
    format!("t={}{to}", seconds_text(from_ms))
}

/// The beginning of a query on the same page, to be gone on with.
fn page_query(ui: Option<UiLanguage>) -> String {
    ui.map_or_else(|| "?".to_owned(), |ui| format!("?ui={}&", ui.code()))
}

/// `/@{show}/feed.xml`: episodes only.
pub fn podcast_feed(address: &str) -> String {
    format!("/@{address}/feed.xml")
}

/// `/@{show}/posts.xml`: everything, full text.
pub fn posts_feed(address: &str) -> String {
    format!("/@{address}/posts.xml")
}

/// `/@{show}/posts.json`: the same as JSON Feed.
pub fn posts_json(address: &str) -> String {
    format!("/@{address}/posts.json")
}

/// `/opml.xml`: every show of the site.
pub const OPML: &str = "/opml.xml";

/// `/sitemap.xml`: every page that search engines may list, or the list of such lists.
pub const SITEMAP: &str = "/sitemap.xml";

/// `/sitemaps/{n}.xml`: a part of a long list of pages, from 1.
pub fn sitemap_part(number: i64) -> String {
    format!("/sitemaps/{number}.xml")
}

/// `/chapters/{id}.json`: the chapters of a recording.
pub fn chapters(post: &PostId) -> String {
    format!("/chapters/{post}.json")
}

/// `/audio/{id}.{ext}`: the enclosure.
pub fn audio(post: &PostId, extension: &str) -> String {
    format!("/audio/{post}.{extension}")
}

/// `/transcripts/{id}.{ext}`.
pub fn transcript(post: &PostId, extension: &str) -> String {
    format!("/transcripts/{post}.{extension}")
}

/// `/covers/{hash}-{size}.jpg`; size in pixels, a side of the square.
pub fn cover(hash: &str, size: u32) -> String {
    format!("/covers/{hash}-{size}.jpg")
}

/// `/cards/{id}.png`: the preview picture of a post.
pub fn card(post: &PostId) -> String {
    format!("/cards/{post}.png")
}

/// `/cards/{id}-{sid}-{sid}.png`: the preview picture of a passage of a post.
pub fn quote_card(post: &PostId, from: &SentenceId, to: &SentenceId) -> String {
    format!("/cards/{post}-{from}-{to}.png")
}

/// `/p/{id}`: the permanent short link.
pub fn short(post: &PostId) -> String {
    format!("/p/{post}")
}

/// `/p/{id}?s={sid}#s-{sid}`: a sentence by the short link, which leads there; with `?ui=`, if the
/// page names its language.
pub fn short_sentence(post: &PostId, ui: Option<UiLanguage>, id: &SentenceId) -> String {
    format!("{}{}", short(post), sentence(ui, id))
}

/// `/embed/{id}`: the player for other sites' pages; with `passage`, which is `s=…` or `t=…`, it
/// plays that alone.
pub fn embed(post: &PostId, passage: Option<&str>) -> String {
    let query = passage.map_or_else(String::new, |passage| format!("?{passage}"));
    format!("/embed/{post}{query}")
}

/// `/oembed?url=`: how other sites show the page at an absolute address.
pub fn oembed(page: &str, is_xml: bool) -> String {
    let format = if is_xml { "&format=xml" } else { "" };
    format!("/oembed?url={}{format}", segment(page))
}

/// `/preview/{token}`.
pub fn preview(token: &str) -> String {
    format!("/preview/{}", segment(token))
}

/// `/preview/{token}/{file}`: its recording `audio.{ext}`, its transcript `transcript.{ext}`.
pub fn preview_file(token: &str, file: &str) -> String {
    format!("/preview/{}/{}", segment(token), segment(file))
}

/// `/assets/{hash}/{name}`.
pub fn asset(hash: &str, name: &str) -> String {
    format!("/assets/{hash}/{name}")
}

/// Addresses by which podcast apps subscribe to a feed, as their makers tell them.
pub mod apps {
    use super::segment;

    /// A page of AntennaPod's that opens the app where it is installed.
    pub fn antennapod(feed: &str, title: &str) -> String {
        let (feed, title) = (segment(feed), segment(title));
        format!("https://antennapod.org/deeplink/subscribe?url={feed}&title={title}")
    }

    /// Opens Overcast where it is installed.
    pub fn overcast(feed: &str) -> String {
        format!("overcast://x-callback-url/add?url={}", segment(feed))
    }

    /// Opens Pocket Casts where it is installed; it takes the address without its scheme.
    pub fn pocket_casts(feed: &str) -> String {
        let bare = feed.split_once("://").map_or(feed, |(_, bare)| bare);
        format!("pktc://subscribe/{bare}")
    }
}

/// Where directories take feeds in.
pub mod directories {
    use super::segment;

    /// Apple's.
    pub const APPLE: &str = "https://podcastsconnect.apple.com/";
    /// Spotify's.
    pub const SPOTIFY: &str = "https://creators.spotify.com/";
    /// YouTube's.
    pub const YOUTUBE: &str = "https://studio.youtube.com/";

    /// The Podcast Index's, with the feed filled in.
    pub fn podcast_index(feed: &str) -> String {
        format!("https://podcastindex.org/add?feed={}", segment(feed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_is_percent_encoded() {
        assert_eq!(post("news", "한-글"), "/@news/%ED%95%9C-%EA%B8%80");
    }

    #[test]
    fn lists_are_narrowed_by_their_address() {
        let query = [("state", ""), ("q", "첫 & 눈"), ("page", "2")];
        assert_eq!(
            admin::posts("news", &query),
            "/admin?show=news&q=%EC%B2%AB%20%26%20%EB%88%88&page=2"
        );
    }

    #[test]
    fn places_on_a_page() {
        let id: SentenceId = "abcdef".parse().expect("an id");
        assert_eq!(sentence(None, &id), "?s=abcdef#s-abcdef");
        let korean = Some(UiLanguage::Ko);
        assert_eq!(sentence(korean, &id), "?ui=ko&s=abcdef#s-abcdef");
        assert_eq!(
            stretch(None, 31_200, Some(45_000), PLAYER_PLACE),
            "?t=31.2,45#player"
        );
        assert_eq!(stretch(korean, 0, None, "#s-a"), "?ui=ko&t=0#s-a");
        let other: SentenceId = "ghijkl".parse().expect("an id");
        assert_eq!(sentences_query(&id, &other), "s=abcdef-ghijkl");
    }

    #[test]
    fn apps_take_a_feed_s_address() {
        let feed = "https://example.org/@news/feed.xml";
        assert_eq!(
            apps::antennapod(feed, "A & 나"),
            "https://antennapod.org/deeplink/subscribe?url=https%3A%2F%2Fexample.org%2F%40news%2Ffeed.xml\
             &title=A%20%26%20%EB%82%98"
        );
        assert_eq!(
            apps::overcast(feed),
            "overcast://x-callback-url/add?url=https%3A%2F%2Fexample.org%2F%40news%2Ffeed.xml"
        );
        assert_eq!(
            apps::pocket_casts(feed),
            "pktc://subscribe/example.org/@news/feed.xml"
        );
    }

    #[test]
    fn base_urls() {
        let base = BaseUrl::parse("https://Example.org/").expect("good");
        assert_eq!(base.as_str(), "https://example.org");
        assert_eq!(base.authority(), "example.org");
        assert!(!base.is_loopback() && base.is_https());
        assert_eq!(base.readable(&post("a", "한-글")), "example.org/@a/한-글");
        assert!(BaseUrl::parse("http://127.0.0.1:8080").is_ok_and(|b| b.is_loopback()));
        for bad in [
            "",
            "example.org",
            "ftp://a",
            "https://a/b",
            "https://u@a",
            "https://a?q",
        ] {
            assert!(BaseUrl::parse(bad).is_err(), "{bad}");
        }
    }
}
