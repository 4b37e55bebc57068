//! Shows and pieces into RSS 2.0, as podcast apps and feed readers want it.
//!
//! Sources: PSP-1, Apple's requirements for podcasts, the Podcasting 2.0 namespace. The bytes
//! depend on the values alone: the same show gives the same feed everywhere, and nothing in it
//! is the time of writing. The `rss` crate writes; what it does not know goes through its
//! extension map.
pub mod categories;
mod elements;
#[cfg(test)]
mod tests;
pub mod values;

use std::collections::BTreeMap;

use rss::extension::itunes::{ITunesCategory, ITunesChannelExtension, ITunesItemExtension};
use uuid::Uuid;

use crate::formats::html::{SafeHtml, xml_text};
use crate::formats::script::excerpt;
use crate::kernel::time::Instant;

/// Longest description in bytes (PSP-1): some 1,333 Korean syllables.
pub const DESCRIPTION_BYTES: usize = 4_000;

const ATOM: &str = "http://www.w3.org/2005/Atom";
const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";
const ITUNES: &str = "http://www.itunes.com/dtds/podcast-1.0.dtd";
const PODCAST: &str = "https://podcastindex.org/namespace/1.0";

/// The name space of `podcast:guid` (Podcasting 2.0, `guid`).
const GUID_NAMESPACE: Uuid = Uuid::from_u128(0xead4_c236_bf58_58c6_a2c6_a6b2_8d12_8cb6);

/// A feed without its items. All texts plain; addresses absolute.
#[derive(Debug, Clone, Default)]
pub struct Channel {
    /// Name of the show.
    pub title: String,
    /// What it is about; cut to [`DESCRIPTION_BYTES`].
    pub description: String,
    /// The show's page.
    pub link: String,
    /// The feed's own address.
    pub self_url: String,
    /// Other documents of a paged feed (RFC 5005): relation and address.
    pub pages: Vec<(&'static str, String)>,
    /// BCP 47.
    pub language: String,
    /// One of Apple's: `News` or `News > Politics`.
    pub category: String,
    /// Whether it holds what is not for children.
    pub explicit: bool,
    /// The cover: square, 1400 to 3000 pixels, JPEG or PNG.
    pub image_url: String,
    /// Display name of the author.
    pub author: String,
    /// Left out if empty.
    pub copyright: String,
    /// Whether others must not import it.
    pub locked: bool,
    /// Stands in `podcast:locked`; left out if empty.
    pub owner_email: String,
    /// `podcast:guid`; absent until the feed was first served under a public address.
    pub podcast_guid: Option<String>,
    /// `episodic` or `serial`.
    pub show_type: &'static str,
    /// When something in it last changed; never the time of writing.
    pub changed_at: Option<Instant>,
}

/// A sound file that an app downloads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosure {
    /// Where it is; the last piece is unique in the show.
    pub url: String,
    /// Exactly.
    pub length_bytes: u64,
    /// `audio/mpeg` and the like.
    pub media_type: &'static str,
    /// Length in milliseconds; written as whole seconds.
    pub duration_ms: u64,
}

/// A transcript file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// Where it is.
    pub url: String,
    /// `text/html`, `text/vtt` and the like.
    pub media_type: &'static str,
    /// BCP 47.
    pub language: String,
}

/// One piece. Texts plain unless said otherwise; addresses absolute.
#[derive(Debug, Clone)]
pub struct Item {
    /// Without a number in it.
    pub title: String,
    /// Its page.
    pub link: String,
    /// The same for ever, in every feed.
    pub guid: String,
    /// Its date.
    pub published_at: Instant,
    /// One paragraph, plain; cut to [`DESCRIPTION_BYTES`] at a sentence's end.
    pub summary: String,
    /// The whole text.
    pub content: SafeHtml,
    /// The recording, if it is an episode.
    pub enclosure: Option<Enclosure>,
    /// A picture of its own.
    pub image_url: Option<String>,
    /// `None`: as the channel.
    pub explicit: Option<bool>,
    /// From 1.
    pub season: Option<i64>,
    /// From 1.
    pub episode: Option<i64>,
    /// `full`, `trailer` or `bonus`.
    pub episode_type: &'static str,
    /// Files of its words.
    pub transcripts: Vec<Transcript>,
}

/// The identity of a feed whose address is `feed_url`: UUIDv5 of the address without scheme
/// and trailing slashes (Podcasting 2.0, `guid`).
pub fn podcast_guid(feed_url: &str) -> String {
    let rest = feed_url
        .split_once("://")
        .map_or(feed_url, |(_, rest)| rest);
    Uuid::new_v5(&GUID_NAMESPACE, rest.trim_end_matches('/').as_bytes()).to_string()
}

/// Writes a whole feed.
pub fn write(channel: &Channel, items: impl IntoIterator<Item = Item>) -> String {
    let items = items
        .into_iter()
        .map(|item| item_of(item, channel.explicit))
        .collect();
    channel_of(channel, items).to_string()
}

fn channel_of(channel: &Channel, items: Vec<rss::Item>) -> rss::Channel {
    let text = |t: &str| xml_text(t.trim());
    let (category, subcategory) = categories::parse(&channel.category).unwrap_or(("News", None));
    let namespaces = [
        ("atom", ATOM),
        ("content", CONTENT),
        ("itunes", ITUNES),
        ("podcast", PODCAST),
    ];
    rss::Channel {
        title: text(&channel.title),
        link: channel.link.clone(),
        description: excerpt(&text(&channel.description), DESCRIPTION_BYTES),
        language: Some(channel.language.to_ascii_lowercase()),
        copyright: Some(text(&channel.copyright)).filter(|c| !c.is_empty()),
        last_build_date: channel.changed_at.map(Instant::rfc2822),
        generator: Some(concat!("Daebon ", env!("CARGO_PKG_VERSION")).to_owned()),
        atom_ext: Some(elements::atom_links(channel)),
        itunes_ext: Some(ITunesChannelExtension {
            author: Some(text(&channel.author)),
            categories: vec![ITunesCategory {
                text: category.to_owned(),
                subcategory: subcategory.map(|sub| {
                    Box::new(ITunesCategory {
                        text: sub.to_owned(),
                        subcategory: None,
                    })
                }),
            }],
            image: Some(channel.image_url.clone()),
            explicit: Some(channel.explicit.to_string()),
            r#type: Some(channel.show_type.to_owned()),
            ..ITunesChannelExtension::default()
        }),
        extensions: elements::channel_extensions(channel),
        namespaces: namespaces
            .map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned()))
            .into(),
        items,
        ..rss::Channel::default()
    }
}

fn item_of(item: Item, channel_explicit: bool) -> rss::Item {
    let title = xml_text(item.title.trim());
    let summary = excerpt(&xml_text(item.summary.trim()), DESCRIPTION_BYTES);
    let number = |n: Option<i64>| n.map(|n| n.to_string());
    let is_episode = item.enclosure.is_some();
    let itunes = ITunesItemExtension {
        image: item.image_url.clone(),
        duration: item
            .enclosure
            .as_ref()
            .map(|e| (e.duration_ms / 1000).max(1).to_string()),
        explicit: Some(item.explicit.unwrap_or(channel_explicit).to_string()),
        season: number(item.season),
        episode: number(item.episode),
        episode_type: is_episode.then(|| item.episode_type.to_owned()),
        ..ITunesItemExtension::default()
    };
    rss::Item {
        extensions: elements::item_extensions(&item, &title),
        atom_ext: is_episode.then(|| elements::deep_link(&item.link)),
        title: Some(title),
        link: Some(item.link),
        description: Some(summary),
        guid: Some(rss::Guid {
            value: xml_text(&item.guid),
            permalink: false,
        }),
        pub_date: Some(item.published_at.rfc2822()),
        content: Some(xml_text(item.content.as_str())),
        enclosure: item.enclosure.map(|e| rss::Enclosure {
            url: e.url,
            length: e.length_bytes.to_string(),
            mime_type: e.media_type.to_owned(),
        }),
        itunes_ext: Some(itunes),
        ..rss::Item::default()
    }
}

/// Attributes of an element, in the order of their names.
type Attributes = BTreeMap<String, String>;
