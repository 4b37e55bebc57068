//! Shows and pieces into RSS 2.0, as podcast apps and feed readers want it.
//!
//! Sources: PSP-1, Apple's requirements for podcasts, the Podcasting 2.0 namespace. The bytes
//! depend on the values alone: the same show gives the same feed everywhere, and nothing in it
//! is the time of writing. The `rss` crate writes; what it does not know goes through its
//! extension map.
//!
//! A feed is [`head`], any number of [`item`]s and [`TAIL`], joined: items can be kept as they
//! were written, since none depends on another or on the channel.
pub mod categories;
pub mod checks;
mod channel;
pub mod description;
mod elements;
mod episode;
pub mod licenses;
mod model;
pub mod roles;
pub mod services;
#[cfg(test)]
mod tests;
mod text;
pub mod values;

use uuid::Uuid;

pub use model::{Alternate, Channel, Enclosure, Item, Trailer, Transcript};

/// Longest description in bytes (PSP-1): some 1,333 Korean syllables.
pub const DESCRIPTION_BYTES: usize = 4_000;

/// What closes a feed.
pub const TAIL: &str = "</channel></rss>";

/// What a file of chapters is served and named as (JSON chapters 1.2).
pub const CHAPTERS_MEDIA_TYPE: &str = "application/json+chapters";

const ATOM: &str = "http://www.w3.org/2005/Atom";
const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";
const ITUNES: &str = "http://www.itunes.com/dtds/podcast-1.0.dtd";
const PODCAST: &str = "https://podcastindex.org/namespace/1.0";

/// The name space of `podcast:guid` (Podcasting 2.0, `guid`).
const GUID_NAMESPACE: Uuid = Uuid::from_u128(0xead4_c236_bf58_58c6_a2c6_a6b2_8d12_8cb6);

/// The identity of a feed whose address is `feed_url`: UUIDv5 of the address without scheme
/// and trailing slashes (Podcasting 2.0, `guid`).
pub fn podcast_guid(feed_url: &str) -> String {
    let rest = feed_url
        .split_once("://")
        .map_or(feed_url, |(_, rest)| rest);
    Uuid::new_v5(&GUID_NAMESPACE, rest.trim_end_matches('/').as_bytes()).to_string()
}

/// The beginning of a feed, from the XML declaration to just before the first item. All four
/// name spaces are declared, whether used or not.
pub fn head(channel: &Channel) -> String {
    let namespaces = [
        ("atom", ATOM),
        ("content", CONTENT),
        ("itunes", ITUNES),
        ("podcast", PODCAST),
    ];
    let mut written = channel::of(channel);
    written.namespaces = namespaces
        .map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned()))
        .into();
    let mut xml = written.to_string();
    // Texts are escaped, so that this can only be the end that the writer wrote.
    xml.truncate(xml.len() - if xml.ends_with(TAIL) { TAIL.len() } else { 0 });
    xml
}

/// One `<item>…</item>` and nothing else.
pub fn item(item: &Item) -> String {
    // The writer knows whole feeds alone; what stands before the item is empty and constant.
    let feed = rss::Channel {
        items: vec![episode::of(item)],
        ..rss::Channel::default()
    };
    let mut xml = feed.to_string();
    xml.truncate(xml.len() - if xml.ends_with(TAIL) { TAIL.len() } else { 0 });
    let start = xml.find("<item>").unwrap_or_default();
    xml.drain(..start);
    xml
}

/// A length in whole seconds; no recording is shorter than one, since some apps take 0 for none.
pub(in crate::formats) fn whole_seconds(ms: u64) -> u64 {
    crate::kernel::time::whole_seconds(ms).max(1)
}

/// A whole feed.
pub fn write<'a>(channel: &Channel, items: impl IntoIterator<Item = &'a Item>) -> String {
    let mut xml = head(channel);
    for one in items {
        xml.push_str(&item(one));
    }
    xml.push_str(TAIL);
    xml
}
