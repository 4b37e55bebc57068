//! Every link of the house (invariant 6): paths below the site, and the base they stand on.
//!
//! A path starts with `/` and is percent-encoded; an absolute address is [`BaseUrl`] + path.
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Message;
use super::ids::{PostId, UploadId};

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

/// `/p/{id}`: the permanent short link.
pub fn short(post: &PostId) -> String {
    format!("/p/{post}")
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

/// Addresses of the author's side.
pub mod admin {
    use super::{PostId, UploadId, segment};

    /// The dashboard.
    pub const HOME: &str = "/admin";
    /// The login form.
    pub const LOGIN: &str = "/admin/login";
    /// Ends the session (POST).
    pub const LOGOUT: &str = "/admin/logout";
    /// The author's own account: password, e-mail, sessions.
    pub const ACCOUNT: &str = "/admin/account";
    /// How the machine is doing.
    pub const HEALTH: &str = "/admin/health";
    /// Creates a draft (POST).
    pub const NEW_POST: &str = "/admin/posts";
    /// Creates an upload (POST, tus).
    pub const UPLOADS: &str = "/admin/uploads";
    /// The form of a further show.
    pub const NEW_SHOW: &str = "/admin/shows/new";

    /// The set-up page that the console prints.
    pub fn setup(token: &str) -> String {
        format!("/admin/setup/{}", segment(token))
    }

    /// The editor of a post.
    pub fn post(id: &PostId) -> String {
        format!("/admin/posts/{id}")
    }

    /// Something below a post: `autosave`, `publish`, `recording`, `preview/`, …
    pub fn post_part(id: &PostId, part: &str) -> String {
        format!("/admin/posts/{id}/{part}")
    }

    /// Two versions of a post beside each other: numbers, or `now` for the working copy.
    pub fn compare(id: &PostId, from: &str, to: &str) -> String {
        format!(
            "/admin/posts/{id}/history/compare?from={}&to={}",
            segment(from),
            segment(to)
        )
    }

    /// A place on the editor's page, by its id.
    pub fn post_place(id: &PostId, place: &str) -> String {
        format!("/admin/posts/{id}#{place}")
    }

    /// One upload (tus).
    pub fn upload(id: &UploadId) -> String {
        format!("/admin/uploads/{id}")
    }

    /// The settings of a show.
    pub fn show(address: &str) -> String {
        format!("/admin/shows/{address}")
    }

    /// Where a show's picture is sent.
    pub fn show_cover(address: &str) -> String {
        format!("/admin/shows/{address}/cover")
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
    fn base_urls() {
        let base = BaseUrl::parse("https://Example.org/").expect("good");
        assert_eq!(base.as_str(), "https://example.org");
        assert_eq!(base.authority(), "example.org");
        assert!(!base.is_loopback() && base.is_https());
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
