//! What a page is, for search engines and whoever else reads pages by machine: schema.org's
//! vocabulary as JSON-LD. Types alone; what may stand in a page is settled where it is printed.
//!
//! Source: schema.org (PodcastEpisode, PodcastSeries, AudioObject, Article, BreadcrumbList).
use serde::Serialize;

const CONTEXT: &str = "https://schema.org";

/// Everything that is said on one page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Node>,
}

impl Document {
    /// A page that says these things, the chief one first.
    pub fn new(graph: Vec<Node>) -> Self {
        Self {
            context: CONTEXT,
            graph,
        }
    }
}

/// A thing that a page may be about.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Node {
    /// A post with a recording.
    Episode(Box<PodcastEpisode>),
    /// A post without one.
    Article(Box<Article>),
    /// A show.
    Series(Box<PodcastSeries>),
    /// Where the page stands in the site.
    Breadcrumbs(BreadcrumbList),
    /// A list of pages.
    List(ItemList),
}

/// A post with a recording.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct PodcastEpisode {
    /// The page, absolute.
    pub url: String,
    /// The title.
    pub name: String,
    /// A few plain sentences.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// RFC 3339.
    pub date_published: String,
    /// RFC 3339.
    pub date_modified: String,
    /// BCP 47.
    pub in_language: String,
    /// Absolute.
    pub image: String,
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episode_number: Option<i64>,
    /// The season, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_of_season: Option<PodcastSeason>,
    /// The author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Person>,
    /// The show as who publishes.
    pub publisher: Organization,
    /// The page, absolute.
    pub main_entity_of_page: String,
    /// Nothing here is behind a wall.
    pub is_accessible_for_free: bool,
    /// ISO 8601.
    pub duration: String,
    /// The recording.
    pub associated_media: AudioObject,
    /// The show.
    pub part_of_series: PodcastSeries,
}

/// A season of a show.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct PodcastSeason {
    /// From 1.
    pub season_number: i64,
}

/// A recording.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct AudioObject {
    /// Absolute.
    pub content_url: String,
    /// `audio/mpeg` and the like.
    pub encoding_format: String,
    /// ISO 8601.
    pub duration: String,
    /// Bytes, as text.
    pub content_size: String,
    /// RFC 3339.
    pub upload_date: String,
    /// BCP 47.
    pub in_language: String,
    /// What is said, or how it begins; plain text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub transcript: String,
    /// The whole of what is said, as a file with times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<MediaObject>,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct MediaObject {
    /// Absolute.
    pub content_url: String,
    /// Its media type.
    pub encoding_format: String,
}

/// A text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct Article {
    /// The title.
    pub headline: String,
    /// The page, absolute.
    pub url: String,
    /// A few plain sentences.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// RFC 3339.
    pub date_published: String,
    /// RFC 3339.
    pub date_modified: String,
    /// BCP 47.
    pub in_language: String,
    /// Absolute.
    pub image: String,
    /// The author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Person>,
    /// The show as who publishes.
    pub publisher: Organization,
    /// The page, absolute.
    pub main_entity_of_page: String,
    /// Nothing here is behind a wall.
    pub is_accessible_for_free: bool,
    /// The show.
    pub is_part_of: PodcastSeries,
}

/// A show.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct PodcastSeries {
    /// Its title.
    pub name: String,
    /// Its page, absolute.
    pub url: String,
    /// Its podcast feed, absolute.
    pub web_feed: String,
    /// In one line; left out where a show is only named.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// BCP 47.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub in_language: String,
    /// Absolute.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub image: String,
    /// The author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Person>,
    /// Its pages elsewhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same_as: Vec<String>,
}

/// Somebody.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct Person {
    /// As it is signed.
    pub name: String,
}

/// Who publishes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct Organization {
    /// Its name.
    pub name: String,
    /// Its page, absolute.
    pub url: String,
    /// Its picture, absolute.
    pub logo: String,
}

/// Where a page stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct BreadcrumbList {
    item_list_element: Vec<ListItem>,
}

impl BreadcrumbList {
    /// From the top down: name and absolute address of each page.
    pub fn new(pages: impl IntoIterator<Item = (String, String)>) -> Self {
        Self {
            item_list_element: numbered(pages),
        }
    }
}

/// Pages in their order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct ItemList {
    item_list_element: Vec<ListItem>,
}

impl ItemList {
    /// Name and absolute address of each page.
    pub fn new(pages: impl IntoIterator<Item = (String, String)>) -> Self {
        Self {
            item_list_element: numbered(pages),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct ListItem {
    position: usize,
    name: String,
    item: String,
}

fn numbered(pages: impl IntoIterator<Item = (String, String)>) -> Vec<ListItem> {
    let number = |(at, (name, item))| ListItem {
        position: at + 1,
        name,
        item,
    };
    pages.into_iter().enumerate().map(number).collect()
}

/// A length as ISO 8601 has it, in whole seconds: `PT1H2M3S`.
pub fn duration(ms: u64) -> String {
    let all = crate::kernel::time::whole_seconds(ms);
    let (hours, minutes, seconds) = (all / 3600, all / 60 % 60, all % 60);
    let mut text = String::from("PT");
    for (count, unit) in [(hours, 'H'), (minutes, 'M')] {
        if count > 0 {
            text.push_str(&format!("{count}{unit}"));
        }
    }
    if seconds > 0 || all == 0 {
        text.push_str(&format!("{seconds}S"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        for (ms, want) in [
            (0, "PT0S"),
            (499, "PT0S"),
            (754_999, "PT12M34S"),
            (60_000, "PT1M"),
            (3_723_000, "PT1H2M3S"),
            (7_200_000, "PT2H"),
        ] {
            assert_eq!(duration(ms), want);
        }
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let series = PodcastSeries {
            name: "아침".to_owned(),
            url: "https://example.org/@a".to_owned(),
            web_feed: "https://example.org/@a/feed.xml".to_owned(),
            ..PodcastSeries::default()
        };
        let crumbs = BreadcrumbList::new([("아침".to_owned(), series.url.clone())]);
        let document = Document::new(vec![
            Node::Series(Box::new(series)),
            Node::Breadcrumbs(crumbs),
        ]);
        let json = serde_json::to_value(document).expect("JSON");
        assert_eq!(
            json,
            serde_json::json!({
                "@context": "https://schema.org",
                "@graph": [
                    {
                        "@type": "PodcastSeries",
                        "name": "아침",
                        "url": "https://example.org/@a",
                        "webFeed": "https://example.org/@a/feed.xml"
                    },
                    {
                        "@type": "BreadcrumbList",
                        "itemListElement": [{
                            "@type": "ListItem",
                            "position": 1,
                            "name": "아침",
                            "item": "https://example.org/@a"
                        }]
                    }
                ]
            })
        );
    }
}
