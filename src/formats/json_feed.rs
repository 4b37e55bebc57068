//! A feed as JSON Feed 1.1.
//!
//! Source: JSON Feed version 1.1 (jsonfeed.org). It says the same as the RSS feed of the same
//! values, as far as the format can.
use serde::Serialize;

use crate::formats::html::{safe_link, xml_text};
use crate::formats::podcast::{Channel, Enclosure, Item, description, roles, values::Person};
use crate::kernel::time::Instant;

const VERSION: &str = "https://jsonfeed.org/version/1.1";
/// Groups of people whom a reader takes for the authors of a piece.
const AUTHORS: [&str; 2] = ["cast", "writing"];
/// An icon's least size in pixels, as the format asks.
const ICON_PX: u32 = 512;

#[derive(Serialize)]
struct Feed {
    version: &'static str,
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    icon: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author>,
    #[serde(skip_serializing_if = "String::is_empty")]
    language: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    expired: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub>,
    items: Vec<Entry>,
}

#[derive(Serialize)]
struct Author {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar: Option<String>,
}

#[derive(Serialize)]
struct Hub {
    r#type: &'static str,
    url: String,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    content_html: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author>,
    #[serde(skip_serializing_if = "String::is_empty")]
    language: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment>,
}

#[derive(Serialize)]
struct Attachment {
    url: String,
    mime_type: &'static str,
    /// Attachments of one title are the same sound in several formats.
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    size_in_bytes: u64,
    duration_in_seconds: u64,
}

/// Writes a document of the feed: `feed_url` is its own address, `next_url` that of the one
/// with older items.
pub fn write(channel: &Channel, items: &[Item], feed_url: &str, next_url: Option<&str>) -> String {
    let feed = Feed {
        version: VERSION,
        title: text(&channel.title),
        home_page_url: text(&channel.link),
        feed_url: text(feed_url),
        description: text(&channel.description),
        // An address must not name itself as what follows.
        next_url: next_url.filter(|next| *next != feed_url).map(text),
        icon: icon(channel),
        authors: channel_authors(channel),
        language: text(&channel.language),
        expired: channel.complete.then_some(true),
        hubs: hubs(channel),
        items: items.iter().map(entry).collect(),
    };
    serde_json::to_string(&feed).unwrap_or_default()
}

fn text(text: &str) -> String {
    xml_text(text.trim())
}

/// The smallest cover that is large enough.
fn icon(channel: &Channel) -> String {
    let enough = channel.image_sizes.iter().filter(|(px, _)| *px >= ICON_PX);
    let smallest = enough.min_by_key(|(px, _)| *px);
    text(smallest.map_or(&channel.image_url, |(_, url)| url))
}

fn hubs(channel: &Channel) -> Vec<Hub> {
    let hub = channel.hub.as_deref().and_then(safe_link);
    let one = hub.map(|url| Hub {
        r#type: "WebSub",
        url,
    });
    one.into_iter().collect()
}

/// The author's name as the show gives it, with what is known of a person of that name; without
/// one, the people.
fn channel_authors(channel: &Channel) -> Vec<Author> {
    let name = text(&channel.author);
    if name.is_empty() {
        return authors(&channel.people);
    }
    let known = channel.people.iter().find(|p| text(&p.name) == name);
    vec![Author {
        url: known.and_then(|person| safe_link(&person.href)),
        avatar: known.and_then(|person| safe_link(&person.img)),
        name,
    }]
}

fn authors(people: &[Person]) -> Vec<Author> {
    let is_author = |person: &&Person| {
        let group = match person.group.trim() {
            "" => roles::group_of(&person.role).unwrap_or(roles::DEFAULT_GROUP),
            group => group,
        };
        AUTHORS.iter().any(|a| a.eq_ignore_ascii_case(group)) && !person.name.trim().is_empty()
    };
    let author = |person: &Person| Author {
        name: text(&person.name),
        url: safe_link(&person.href),
        avatar: safe_link(&person.img),
    };
    people.iter().filter(is_author).map(author).collect()
}

fn entry(item: &Item) -> Entry {
    let title = text(&item.title);
    let attachment = |file: &Enclosure| Attachment {
        url: text(&file.url),
        mime_type: file.media_type,
        title: title.clone(),
        size_in_bytes: file.length_bytes,
        duration_in_seconds: (file.duration_ms / 1000).max(1),
    };
    let first = item.enclosure.as_ref();
    let second = first.and(item.alternate.as_ref()).map(|a| &a.enclosure);
    let changed = item.changed_at.filter(|at| *at > item.published_at);
    Entry {
        id: xml_text(&item.guid),
        url: text(&item.link),
        content_html: xml_text(item.content.as_str()),
        summary: text(&description::plain(&item.summary)),
        image: item.image_url.as_deref().map(text),
        date_published: item.published_at.rfc3339(),
        date_modified: changed.map(Instant::rfc3339),
        authors: authors(&item.people),
        language: text(&item.language),
        attachments: first.into_iter().chain(second).map(attachment).collect(),
        title,
    }
}
