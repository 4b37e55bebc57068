//! Addresses of pages as they come in: which spelling is the canonical one, and what the query
//! asks for. Pure.
use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use super::span::Wish;
use crate::kernel::language::UiLanguage;
use crate::kernel::urls;

/// What an address below `/@` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The show's address, without `@`.
    pub show: String,
    /// The post's slug in NFC, or what stands in its place; `None` for the show itself.
    pub rest: Option<String>,
}

impl Place {
    /// Reads a path as it was sent. `None` if it is no address of a show or of something one
    /// step below.
    pub fn read(path: &str) -> Option<Self> {
        // Some messengers encode the `@` of a link that they pass on.
        let below = path
            .strip_prefix("/@")
            .or_else(|| path.strip_prefix("/%40"))?;
        let (show, rest) = match below.split_once('/') {
            None => (below, None),
            Some((show, rest)) => (show, Some(rest)),
        };
        // Shows are spelled in ASCII that needs no encoding: what is encoded is another name.
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if show.is_empty() || !show.bytes().all(plain) {
            return None;
        }
        let rest = match rest {
            None => None,
            Some(rest) => Some(decode(rest)?),
        };
        Some(Self {
            show: show.to_owned(),
            rest,
        })
    }

    /// The one spelling of this address.
    pub fn path(&self) -> String {
        match &self.rest {
            None => urls::show(&self.show),
            Some(rest) => urls::post(&self.show, rest),
        }
    }

    /// The same place in a show of another name.
    pub fn in_show(&self, show: String) -> Self {
        Self {
            show,
            rest: self.rest.clone(),
        }
    }
}

/// One segment, decoded and composed; `None` if it is broken or would be several.
fn decode(segment: &str) -> Option<String> {
    let text = percent_decode_str(segment).decode_utf8().ok()?;
    let good = !text.is_empty() && !text.contains(|c: char| c == '/' || c.is_control());
    good.then(|| text.nfc().collect())
}

/// What the query of a page asks for; everything else in it is passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// `?ui=`: the language of the interface, carried by the page's links.
    pub ui: Option<UiLanguage>,
    /// `?page=`: from 1.
    pub page: u32,
    /// `?s=` or `?t=`, the first of them that is well formed: a passage of a post.
    pub passage: Option<Wish>,
}

impl Asked {
    /// Reads a query as it was sent.
    pub fn read(query: Option<&str>) -> Self {
        let mut asked = Self {
            ui: None,
            page: 1,
            passage: None,
        };
        let pairs = query.unwrap_or_default().split('&').take(32);
        for (name, value) in pairs.filter_map(|pair| pair.split_once('=')) {
            match name {
                "ui" => asked.ui = asked.ui.or(UiLanguage::parse(value)),
                "page" => {
                    let digits = value.bytes().all(|b| b.is_ascii_digit());
                    let page = value.parse().ok().filter(|n| digits && *n > 0);
                    asked.page = page.unwrap_or(1);
                }
                "s" | "t" if asked.passage.is_none() => {
                    let value = percent_decode_str(value).decode_utf8_lossy();
                    asked.passage = Wish::read(name, &value);
                }
                _ => {}
            }
        }
        asked
    }

    /// The same of a page that is one alone.
    pub fn of_a_page(self) -> Self {
        Self { page: 1, ..self }
    }
}

/// The path with one more thing in its query.
pub fn with_query(path: &str, pair: &str) -> String {
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}{pair}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling() {
        for (path, want) in [
            ("/@news", Some("/@news")),
            ("/@news/a-b", Some("/@news/a-b")),
            ("/@news/%ED%95%9C", Some("/@news/%ED%95%9C")),
            ("/@news/%ed%95%9c", Some("/@news/%ED%95%9C")),
            // The same syllable in three letters, as some systems send file names.
            (
                "/@news/%E1%84%92%E1%85%A1%E1%86%AB",
                Some("/@news/%ED%95%9C"),
            ),
            ("/@news/%61-b", Some("/@news/a-b")),
            ("/%40news/a", Some("/@news/a")),
            ("/@news/", None),
            ("/@news//a", None),
            ("/@news/a/b", None),
            ("/@news/a%2Fb", None),
            ("/@news/a%00", None),
            ("/@news/%ED%95", None),
            ("/@News", None),
            ("/@n%65ws", None),
            ("/@", None),
            ("/@/a", None),
            ("/news", None),
        ] {
            assert_eq!(
                Place::read(path).map(|p| p.path()).as_deref(),
                want,
                "{path}"
            );
        }
    }

    #[test]
    fn queries() {
        let read = |q| Asked::read(Some(q));
        assert_eq!(read("page=3").page, 3);
        let both = Asked {
            ui: Some(UiLanguage::En),
            page: 2,
            passage: None,
        };
        assert_eq!(read("ui=en&page=2"), both);
        for stretch in ["t=1.5,20", "s=x&t=1.5%2C20&t=3", "t=1.5,20&s=abcdef"] {
            let want = Some(Wish::Stretch(1500, Some(20_000)));
            assert_eq!(read(stretch).passage, want, "{stretch}");
        }
        for nothing in [
            "", "page=0", "page=-1", "page=+2", "page=x", "ui=fr", "utm=1", "page",
        ] {
            let bare = Asked {
                ui: None,
                page: 1,
                passage: None,
            };
            assert_eq!(read(nothing), bare, "{nothing}");
        }
        assert_eq!(with_query("/a", "ui=ko"), "/a?ui=ko");
        assert_eq!(with_query("/a?page=2", "ui=ko"), "/a?page=2&ui=ko");
    }
}
