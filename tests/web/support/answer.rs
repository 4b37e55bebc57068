//! An answer that was read whole, and what may be said of it.
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use scraper::{Html, Selector};

use super::Form;

/// An answer with its whole body.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What was asked for, for the words of a failure.
    pub asked: String,
    /// The status.
    pub status: StatusCode,
    /// Every header.
    pub headers: HeaderMap,
    /// The bytes.
    pub body: Bytes,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }

    /// One header's value; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |v| v.to_str().expect("text"))
    }

    /// Every value of a header.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let values = self.headers.get_all(name).iter();
        values.map(|v| v.to_str().expect("text")).collect()
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        let kind = self.header("content-type");
        assert!(
            kind.starts_with("application/json") || kind == "application/problem+json",
            "{}: {}",
            self.asked,
            self.text()
        );
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// The page, or the feed, as a tree.
    fn tree(&self) -> Html {
        // The parser is one of HTML, for which a `link` holds nothing.
        let text = self.text().replace("<link>", "<x-link>");
        Html::parse_document(&text.replace("</link>", "</x-link>"))
    }

    /// The texts of every element that the selector finds.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let page = self.tree();
        let selector = parse(selector);
        let found = page.select(&selector).map(|e| {
            let text: String = e.text().collect();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        });
        found.collect()
    }

    /// An attribute of every element that the selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let page = self.tree();
        let selector = parse(selector);
        let found = page.select(&selector);
        found
            .filter_map(|e| e.value().attr(name).map(str::to_owned))
            .collect()
    }

    /// Every element that the selector finds: its attributes, and its name as `tag`.
    pub fn elements(&self, selector: &str) -> Vec<Vec<(String, String)>> {
        let page = self.tree();
        let selector = parse(selector);
        let found = page.select(&selector).map(|e| {
            let attributes = e.value().attrs();
            let tag = std::iter::once(("tag", e.value().name()));
            tag.chain(attributes)
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect()
        });
        found.collect()
    }

    /// Whether the page holds such an element.
    pub fn has(&self, selector: &str) -> bool {
        let page = self.tree();
        page.select(&parse(selector)).next().is_some()
    }

    /// The form that the selector finds, filled in as the page has it.
    pub fn form(&self, selector: &str) -> Form {
        Form::read(self, selector)
    }

    #[track_caller]
    pub fn assert_status(&self, status: u16) -> &Self {
        assert_eq!(
            self.status.as_u16(),
            status,
            "{}\n{}",
            self.asked,
            String::from_utf8_lossy(&self.body)
        );
        self
    }

    /// After a form was taken: 303 and there.
    #[track_caller]
    pub fn assert_redirects_to(&self, path: &str) -> &Self {
        self.assert_status(303);
        assert_eq!(self.header("location"), path, "{}", self.asked);
        self
    }

    /// For good: 301 and there.
    #[track_caller]
    pub fn assert_moved_to(&self, path: &str) -> &Self {
        self.assert_status(301);
        assert_eq!(self.header("location"), path, "{}", self.asked);
        self
    }

    /// The words stand in the answer.
    #[track_caller]
    pub fn assert_contains(&self, words: &str) -> &Self {
        assert!(
            self.text().contains(words),
            "{}: no {words}\n{}",
            self.asked,
            self.text()
        );
        self
    }

    /// 404, and nothing that would tell why.
    #[track_caller]
    pub fn assert_not_found(&self) -> &Self {
        self.assert_status(404);
        assert_eq!(self.header("cache-control"), "no-store", "{}", self.asked);
        self
    }

    /// A form that came back: 422, and a sentence at this field.
    #[track_caller]
    pub fn assert_fault_at(&self, field: &str) -> &Self {
        self.assert_status(422);
        let sentences = self.texts(&format!("#f-{field}-error"));
        assert!(
            sentences.iter().any(|s| !s.is_empty()),
            "{}: no fault at {field}",
            self.asked
        );
        self
    }

    /// The same answer as another in everything that a stranger can see.
    #[track_caller]
    pub fn assert_same_as(&self, other: &Self) {
        assert_eq!(self.status, other.status, "{} {}", self.asked, other.asked);
        assert_eq!(
            self.headers, other.headers,
            "{} {}",
            self.asked, other.asked
        );
        assert_eq!(self.body, other.body, "{} {}", self.asked, other.asked);
    }
}

/// Where the items of a feed lead.
pub fn posts_feed_links(feed: &Answer) -> Vec<String> {
    feed.assert_status(200);
    feed.texts("item x-link")
}

/// Reads a selector.
pub fn parse(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector")
}
