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
        items: items.iter().map(|item| entry(item, channel)).collect(),
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

fn entry(item: &Item, channel: &Channel) -> Entry {
    let title = text(&item.title);
    let attachment = |file: &Enclosure| Attachment {
        url: text(&file.url),
        mime_type: file.media_type,
        title: title.clone(),
        size_in_bytes: file.length_bytes,
        duration_in_seconds: super::podcast::whole_seconds(file.duration_ms),
    };
    let first = item.enclosure.as_ref();
    let second = first.and(item.alternate.as_ref()).map(|a| &a.enclosure);
    let language = Some(text(&item.language)).filter(|own| *own != text(&channel.language));
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
        language: language.unwrap_or_default(),
        attachments: first.into_iter().chain(second).map(attachment).collect(),
        title,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::formats::html::text_to_html;
    use crate::formats::podcast::Alternate;

    fn person(name: &str, role: &str) -> Person {
        Person {
            name: name.into(),
            role: role.into(),
            href: "javascript:alert(1)".into(),
            ..Person::default()
        }
    }

    fn episode() -> Item {
        let file = |ending: &str, media_type| Enclosure {
            url: format!("https://a.example/audio/x.{ending}"),
            length_bytes: 9,
            media_type,
            duration_ms: 1_999,
            ..Enclosure::default()
        };
        Item {
            title: "글 \"하나\"\u{0}".into(),
            link: "https://a.example/@news/one".into(),
            guid: "g".into(),
            published_at: Instant(1_764_072_492_000),
            changed_at: Some(Instant(1_764_072_492_000)),
            language: "en".into(),
            summary: "요약 &lt;b&gt; <b>굵게</b>".into(),
            content: text_to_html("전문 <p>"),
            enclosure: Some(file("mp3", "audio/mpeg")),
            alternate: Some(Alternate {
                enclosure: file("opus", "audio/ogg"),
            }),
            people: vec![
                person("말한 이", "Guest"),
                person("그린 이", "cover art designer"),
            ],
            ..Item::default()
        }
    }

    fn written(channel: &Channel, next: Option<&str>) -> Value {
        let json = write(channel, &[episode()], "https://a.example/f.json", next);
        assert!(json.starts_with(r#"{"version":"https://jsonfeed.org/version/1.1","#));
        serde_json::from_str(&json).expect("JSON")
    }

    #[test]
    fn a_show_is_whole() {
        let channel = Channel {
            title: "방송".into(),
            link: "https://a.example/@news".into(),
            description: "한 줄".into(),
            language: "ko".into(),
            image_url: "https://a.example/c-3000.jpg".into(),
            image_sizes: vec![
                (1400, "https://a.example/c-1400.jpg".into()),
                (320, "https://a.example/c-320.jpg".into()),
            ],
            author: "글쓴이".into(),
            hub: Some("https://hub.example/".into()),
            complete: true,
            ..Channel::default()
        };
        let mut feed = written(&channel, Some("https://a.example/f.json?page=2"));
        let items = feed["items"].take();
        let wanted = json!({
            "version": VERSION,
            "title": "방송",
            "home_page_url": "https://a.example/@news",
            "feed_url": "https://a.example/f.json",
            "description": "한 줄",
            "next_url": "https://a.example/f.json?page=2",
            "icon": "https://a.example/c-1400.jpg",
            "authors": [{"name": "글쓴이"}],
            "language": "ko",
            "expired": true,
            "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
            "items": null,
        });
        assert_eq!(feed, wanted);
        let attachment = |ending: &str, mime_type: &str| {
            json!({
                "url": format!("https://a.example/audio/x.{ending}"),
                "mime_type": mime_type,
                "title": "글 \"하나\"",
                "size_in_bytes": 9,
                "duration_in_seconds": 1,
            })
        };
        let wanted = json!([{
            "id": "g",
            "url": "https://a.example/@news/one",
            "title": "글 \"하나\"",
            "content_html": "전문 &lt;p&gt;",
            "summary": "요약 <b> 굵게",
            "date_published": "2025-11-25T12:08:12Z",
            "authors": [{"name": "말한 이"}],
            "language": "en",
            "attachments": [attachment("mp3", "audio/mpeg"), attachment("opus", "audio/ogg")],
        }]);
        assert_eq!(items, wanted);
    }

    #[test]
    fn nothing_is_said_for_nothing() {
        let feed = written(&Channel::default(), Some("https://a.example/f.json"));
        let said: Vec<&String> = feed.as_object().expect("an object").keys().collect();
        assert_eq!(said, ["feed_url", "items", "title", "version"]);
    }
}
