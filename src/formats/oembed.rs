//! What another site needs to show a page of ours in one of its own.
//!
//! Source: oEmbed 1.0 (oembed.com).
use serde::Serialize;

use crate::formats::html::{text_to_html, xml_text};

/// An answer of the type `rich`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OEmbed {
    /// Of the standard.
    pub version: &'static str,
    /// `rich`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The piece's title.
    pub title: String,
    /// Who wrote it; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub author_name: String,
    /// The show.
    pub provider_name: String,
    /// Its page, absolute.
    pub provider_url: String,
    /// How long the answer may be kept, in seconds.
    pub cache_age: u32,
    /// What the other site puts into its page.
    pub html: String,
    /// Of that, in pixels.
    pub width: u32,
    /// Of that, in pixels.
    pub height: u32,
    /// A picture that is no larger.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<Thumbnail>,
}

/// A square picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Thumbnail {
    /// Absolute.
    pub thumbnail_url: String,
    /// In pixels.
    pub thumbnail_width: u32,
    /// In pixels.
    pub thumbnail_height: u32,
}

impl OEmbed {
    /// An answer that says nothing yet but its version and type.
    pub fn rich() -> Self {
        Self {
            version: "1.0",
            kind: "rich",
            title: String::new(),
            author_name: String::new(),
            provider_name: String::new(),
            provider_url: String::new(),
            cache_age: 0,
            html: String::new(),
            width: 0,
            height: 0,
            thumbnail: None,
        }
    }

    /// The same as XML.
    pub fn to_xml(&self) -> String {
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<oembed>\n",
        );
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                let value = text_to_html(&xml_text(value));
                xml.push_str(&format!("<{name}>{value}</{name}>\n"));
            }
        };
        add("version", self.version);
        add("type", self.kind);
        add("title", &self.title);
        add("author_name", &self.author_name);
        add("provider_name", &self.provider_name);
        add("provider_url", &self.provider_url);
        add("cache_age", &self.cache_age.to_string());
        add("html", &self.html);
        add("width", &self.width.to_string());
        add("height", &self.height.to_string());
        if let Some(picture) = &self.thumbnail {
            add("thumbnail_url", &picture.thumbnail_url);
            add("thumbnail_width", &picture.thumbnail_width.to_string());
            add("thumbnail_height", &picture.thumbnail_height.to_string());
        }
        xml.push_str("</oembed>\n");
        xml
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_say_the_same() {
        let answer = OEmbed {
            title: "<글> & \"말\"\u{0}".to_owned(),
            html: "<iframe src=\"https://a.example/?a&amp;b\"></iframe>".to_owned(),
            width: 600,
            height: 200,
            thumbnail: Some(Thumbnail {
                thumbnail_url: "https://a.example/c.jpg".to_owned(),
                thumbnail_width: 300,
                thumbnail_height: 300,
            }),
            ..OEmbed::rich()
        };
        let json = serde_json::to_value(&answer).expect("JSON");
        assert_eq!(
            (&json["version"], &json["type"]),
            (&"1.0".into(), &"rich".into())
        );
        assert_eq!(json["thumbnail_width"], 300);
        assert!(json.get("author_name").is_none());
        let xml = answer.to_xml();
        assert!(
            xml.contains("<title>&lt;글&gt; &amp; &quot;말&quot;</title>"),
            "{xml}"
        );
        assert!(
            xml.contains("<html>&lt;iframe src=&quot;https://a.example/?a&amp;amp;b&quot;&gt;")
        );
        assert!(xml.contains("<thumbnail_height>300</thumbnail_height>\n</oembed>"));
        assert!(!xml.contains("author_name"));
        let bare = OEmbed::rich();
        assert!(
            serde_json::to_value(&bare)
                .expect("JSON")
                .get("thumbnail_url")
                .is_none()
        );
    }
}
