//! Elements that the `rss` crate does not know by name: the Podcasting 2.0 namespace, as shows
//! and pieces both have them, and links of the Atom namespace.
//!
//! Source: the namespace's specification (`docs/1.0.md` and `docs/tags/`). An element that
//! lacks what the specification requires is left out; an attribute that is optional and not
//! fit, too.
use std::collections::BTreeMap;

use rss::extension::atom::Link;
use rss::extension::{Extension, ExtensionMap};

use super::text::{LABEL_CHARS, TEXT_CHARS, address, geo, line, osm, social_address};
use super::values::{License, Location, Person, SocialPost};
use super::{licenses, roles, services};

/// An element; attributes without a value are left out. The name is without its prefix.
pub fn element(name: &str, value: String, attrs: &[(&str, String)]) -> Extension {
    let attrs: BTreeMap<String, String> = attrs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect();
    Extension {
        name: format!("podcast:{name}"),
        value: Some(value).filter(|v| !v.is_empty()),
        attrs,
        ..Extension::default()
    }
}

/// The value if there is reason for it, else none.
pub fn only_if(reason: bool, value: impl ToString) -> String {
    if reason {
        value.to_string()
    } else {
        String::new()
    }
}

/// An element around others of one name.
pub fn parent(mut around: Extension, name: &str, children: Vec<Extension>) -> Extension {
    around.children.insert(name.to_owned(), children);
    around
}

/// The elements of one channel or item. The writer puts them in the order of their names, and
/// those of one name in the order in which they came.
#[derive(Debug, Default)]
pub struct Elements(BTreeMap<String, Vec<Extension>>);

impl Elements {
    /// Adds any number of elements of the Podcasting 2.0 namespace.
    pub fn add(&mut self, elements: impl IntoIterator<Item = Extension>) {
        for element in elements {
            self.0
                .entry(element.name.clone())
                .or_default()
                .push(element);
        }
    }

    /// As the writer takes them.
    pub fn into_map(self) -> ExtensionMap {
        ExtensionMap::from([("podcast".to_owned(), self.0)])
    }
}

/// Those who take part.
pub fn people(people: &[Person]) -> impl Iterator<Item = Extension> + '_ {
    people.iter().filter_map(|person| {
        let name = line(&person.name, LABEL_CHARS);
        let role = line(&person.role.to_lowercase(), LABEL_CHARS);
        let mut group = line(&person.group.to_lowercase(), LABEL_CHARS);
        if group.is_empty() {
            // Without a group readers take every role for one of the cast.
            group = roles::group_of(&role).unwrap_or_default().to_owned();
        }
        let attrs = [
            ("role", role),
            ("group", group),
            ("img", address(&person.img).unwrap_or_default()),
            ("href", address(&person.href).unwrap_or_default()),
        ];
        (!name.is_empty()).then(|| element("person", name, &attrs))
    })
}

/// Terms of use; a licence that apps do not know needs the address of its text.
pub fn license(license: &License) -> Option<Extension> {
    let known = licenses::find(&license.identifier);
    let url = address(&license.url).or_else(|| known.map(|known| known.url.to_owned()))?;
    let identifier = match known {
        Some(known) => known.identifier.to_owned(),
        None => line(&license.identifier, LABEL_CHARS),
    };
    (!identifier.is_empty()).then(|| element("license", identifier, &[("url", url)]))
}

/// A place; `rel` is `creator` or `subject`.
pub fn location(location: &Location, rel: &str) -> Option<Extension> {
    let name = line(&location.name, LABEL_CHARS);
    let country = location.country.trim().to_ascii_uppercase();
    let is_country = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    let attrs = [
        ("rel", rel.to_owned()),
        ("geo", geo(&location.geo).unwrap_or_default().to_owned()),
        ("osm", osm(&location.osm).unwrap_or_default().to_owned()),
        ("country", only_if(is_country, country)),
    ];
    (!name.is_empty()).then(|| element("location", name, &attrs))
}

/// Conversations, the first one first. Who wants none has that alone said.
pub fn social(posts: &[SocialPost]) -> Vec<Extension> {
    let protocol = |post: &SocialPost| post.protocol.trim().to_ascii_lowercase();
    if posts.iter().any(|p| protocol(p) == services::DISABLED) {
        let attrs = [("protocol", services::DISABLED.to_owned())];
        return vec![element("socialInteract", String::new(), &attrs)];
    }
    let fit = posts.iter().filter_map(|post| {
        let uri = social_address(&post.uri)?;
        services::is_protocol(&protocol(post)).then_some((post, uri))
    });
    let one = |(at, (post, uri)): (usize, (&SocialPost, String))| {
        let attrs = [
            ("protocol", protocol(post)),
            ("uri", uri),
            ("accountId", line(&post.account_id, LABEL_CHARS)),
            ("priority", (at + 1).to_string()),
        ];
        element("socialInteract", String::new(), &attrs)
    };
    fit.enumerate().map(one).collect()
}

/// Free text for machines.
pub fn txt(purpose: &str, value: String) -> Option<Extension> {
    let attrs = [("purpose", line(purpose, LABEL_CHARS))];
    (!value.is_empty()).then(|| element("txt", value, &attrs))
}

/// Whether machines spoke or wrote parts of it.
pub fn ai_content(answer: Option<bool>) -> Option<Extension> {
    answer.and_then(|answer| txt("ai-content", answer.to_string()))
}

/// A square picture; `px` 0 if its size is not known.
pub fn image(url: &str, alt: &str, px: u32) -> Option<Extension> {
    let href = address(url)?;
    let media_type = match href.rsplit_once('.').map(|(_, ending)| ending) {
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        _ => "",
    };
    let size = only_if(px > 0, px);
    let attrs = [
        ("href", href),
        ("alt", line(alt, TEXT_CHARS)),
        ("aspect-ratio", "1/1".to_owned()),
        ("width", size.clone()),
        ("height", size),
        ("type", media_type.to_owned()),
        ("purpose", "artwork".to_owned()),
    ];
    Some(element("image", String::new(), &attrs))
}

/// A link of the Atom namespace.
pub fn link(rel: &str, href: &str, mime_type: Option<&str>) -> Link {
    Link {
        rel: rel.to_owned(),
        href: href.to_owned(),
        mime_type: mime_type.map(str::to_owned),
        ..Link::default()
    }
}
