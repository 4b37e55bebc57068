//! Elements that the `rss` crate does not know by name: the Podcasting 2.0 namespace,
//! `itunes:title`, links of the Atom namespace.
use rss::extension::atom::{AtomExtension, Link};
use rss::extension::{Extension, ExtensionMap};

use super::{Attributes, Channel, Item};
use crate::formats::html::xml_text;

/// Relation of a link that takes `?t=` (Podlove's deep links).
const DEEP_LINK: &str = "http://podlove.org/deep-link";

fn element(name: &str, value: &str, attrs: &[(&str, &str)]) -> Extension {
    let attrs: Attributes = attrs
        .iter()
        .map(|(n, v)| ((*n).to_owned(), xml_text(v)))
        .collect();
    Extension {
        name: name.to_owned(),
        value: Some(value.to_owned()).filter(|v| !v.is_empty()),
        attrs,
        ..Extension::default()
    }
}

fn add(map: &mut ExtensionMap, prefix: &str, name: &str, element: Extension) {
    map.entry(prefix.to_owned())
        .or_default()
        .entry(name.to_owned())
        .or_default()
        .push(element);
}

fn link(rel: &str, href: &str, mime_type: Option<&str>) -> Link {
    Link {
        rel: rel.to_owned(),
        href: href.to_owned(),
        mime_type: mime_type.map(str::to_owned),
        ..Link::default()
    }
}

/// The feed's own address, and the other documents of a paged one.
pub fn atom_links(channel: &Channel) -> AtomExtension {
    let rss = Some("application/rss+xml");
    let mut links = vec![link("self", &channel.self_url, rss)];
    links.extend(channel.pages.iter().map(|(rel, href)| link(rel, href, rss)));
    AtomExtension { links }
}

/// The address of a piece to which a client may add `?t=`.
pub fn deep_link(page: &str) -> AtomExtension {
    AtomExtension {
        links: vec![link(DEEP_LINK, page, None)],
    }
}

/// `podcast:guid`, `podcast:locked`, `podcast:medium`.
pub fn channel_extensions(channel: &Channel) -> ExtensionMap {
    let mut map = ExtensionMap::new();
    if let Some(guid) = &channel.podcast_guid {
        add(
            &mut map,
            "podcast",
            "guid",
            element("podcast:guid", guid, &[]),
        );
    }
    let owner: &[(&str, &str)] = match channel.owner_email.as_str() {
        "" => &[],
        email => &[("owner", email)],
    };
    let locked = if channel.locked { "yes" } else { "no" };
    add(
        &mut map,
        "podcast",
        "locked",
        element("podcast:locked", locked, owner),
    );
    add(
        &mut map,
        "podcast",
        "medium",
        element("podcast:medium", "podcast", &[]),
    );
    map
}

/// `itunes:title` and the transcripts of an episode.
pub fn item_extensions(item: &Item, title: &str) -> ExtensionMap {
    let mut map = ExtensionMap::new();
    if item.enclosure.is_none() {
        return map;
    }
    add(
        &mut map,
        "itunes",
        "title",
        element("itunes:title", title, &[]),
    );
    for transcript in &item.transcripts {
        let attrs = [
            ("url", transcript.url.as_str()),
            ("type", transcript.media_type),
            ("language", transcript.language.as_str()),
        ];
        add(
            &mut map,
            "podcast",
            "transcript",
            element("podcast:transcript", "", &attrs),
        );
    }
    map
}
