//! The part of a feed before its items.
use rss::extension::Extension;
use rss::extension::atom::AtomExtension;
use rss::extension::itunes::{ITunesCategory, ITunesChannelExtension, ITunesOwner};

use super::elements::{self, Elements, element, link, only_if, parent};
use super::text::{LABEL_CHARS, TEXT_CHARS, address, cut, line};
use super::{Channel, DESCRIPTION_BYTES, Trailer, categories};
use crate::formats::html::{safe_link, xml_text};
use crate::formats::script::excerpt;
use crate::kernel::time::Instant;

/// Longest `podcast:txt` in characters.
const TXT_CHARS: usize = 4_000;

/// The channel as the writer takes it, without name spaces and items.
pub fn of(channel: &Channel) -> rss::Channel {
    let title = line(&channel.title, TEXT_CHARS);
    let image = safe_link(&channel.image_url).map(|url| rss::Image {
        url,
        title: title.clone(),
        link: xml_text(&channel.link),
        ..rss::Image::default()
    });
    rss::Channel {
        title,
        link: xml_text(&channel.link),
        description: excerpt(&xml_text(&channel.description), DESCRIPTION_BYTES),
        language: filled(line(&channel.language, LABEL_CHARS).to_ascii_lowercase()),
        copyright: filled(line(&channel.copyright, TEXT_CHARS)),
        last_build_date: channel.changed_at.map(Instant::rfc2822),
        generator: Some(concat!("Daebon ", env!("CARGO_PKG_VERSION")).to_owned()),
        image,
        atom_ext: Some(atom(channel)),
        itunes_ext: Some(itunes(channel)),
        extensions: podcasting(channel).into_map(),
        ..rss::Channel::default()
    }
}

fn filled(text: String) -> Option<String> {
    Some(text).filter(|t| !t.is_empty())
}

/// The feed's own address, the other documents of a paged one, the hub.
fn atom(channel: &Channel) -> AtomExtension {
    let rss = Some("application/rss+xml");
    let mut links = vec![link("self", &xml_text(&channel.self_url), rss)];
    let pages = channel.pages.iter();
    links.extend(pages.map(|(rel, href)| link(rel, &xml_text(href), rss)));
    // WebSub section 4: a subscriber finds the hub here.
    let hub = channel.hub.as_deref().and_then(safe_link);
    links.extend(hub.map(|hub| link("hub", &hub, None)));
    AtomExtension { links }
}

fn itunes(channel: &Channel) -> ITunesChannelExtension {
    let yes = |answer: bool| answer.then(|| "Yes".to_owned());
    ITunesChannelExtension {
        author: filled(line(&channel.author, TEXT_CHARS)),
        // Directories send a code there to see who asks for the feed to be listed.
        owner: filled(line(&channel.owner_email, TEXT_CHARS)).map(|email| ITunesOwner {
            name: filled(line(&channel.author, TEXT_CHARS)),
            email: Some(email),
        }),
        categories: itunes_categories(channel),
        image: filled(xml_text(&channel.image_url)),
        explicit: Some(channel.explicit.to_string()),
        block: yes(channel.block),
        complete: yes(channel.complete),
        new_feed_url: channel.new_feed_url.as_deref().and_then(safe_link),
        r#type: Some(match channel.show_type {
            "" => "episodic".to_owned(),
            named => named.to_owned(),
        }),
        ..ITunesChannelExtension::default()
    }
}

/// Each once, the first one first: it is the one that Apple reads. A category of which a part
/// is named is named with it.
fn itunes_categories(channel: &Channel) -> Vec<ITunesCategory> {
    let first = categories::parse(&channel.category).unwrap_or(("News", None));
    let mut chosen = vec![first];
    for more in channel
        .more_categories
        .iter()
        .filter_map(|m| categories::parse(m))
    {
        let said = |c: &(&str, Option<&str>)| c.0 == more.0 && (more.1.is_none() || c.1 == more.1);
        if !chosen.iter().any(said) {
            chosen.push(more);
        }
    }
    let written = chosen.into_iter().map(|(category, sub)| ITunesCategory {
        text: category.to_owned(),
        subcategory: sub.map(|sub| {
            Box::new(ITunesCategory {
                text: sub.to_owned(),
                subcategory: None,
            })
        }),
    });
    written.collect()
}

fn podcasting(channel: &Channel) -> Elements {
    let mut all = Elements::default();
    let word = |word: &str| word.to_owned();
    if let Some(guid) = &channel.podcast_guid {
        all.add([element("guid", line(guid, LABEL_CHARS), &[])]);
    }
    let locked = if channel.locked { "yes" } else { "no" };
    let owner = [("owner", line(&channel.owner_email, TEXT_CHARS))];
    all.add([element("locked", word(locked), &owner)]);
    all.add([element("medium", word("podcast"), &[])]);
    all.add(images(channel));
    all.add(elements::people(&channel.people));
    all.add(channel.funding.iter().filter_map(|funding| {
        let label = line(&funding.label, LABEL_CHARS);
        Some(element(
            "funding",
            label,
            &[("url", address(&funding.url)?)],
        ))
    }));
    all.add(channel.license.as_ref().and_then(elements::license));
    all.add(update_frequency(channel));
    let place = channel.location.as_ref();
    all.add(place.and_then(|place| elements::location(place, "creator")));
    all.add(podroll(channel));
    all.add(elements::social(&channel.social));
    all.add(channel.txt.iter().filter_map(|txt| {
        let value = xml_text(&txt.value);
        elements::txt(&txt.purpose, cut(value.trim(), TXT_CHARS).to_owned())
    }));
    all.add(elements::ai_content(channel.ai_content));
    all.add(blocks(channel));
    if channel.uses_podping {
        all.add([element(
            "podping",
            String::new(),
            &[("usesPodping", word("true"))],
        )]);
    }
    all.add(channel.trailers.iter().filter_map(trailer));
    all
}

fn images(channel: &Channel) -> Vec<Extension> {
    let one = [(0, channel.image_url.clone())];
    let sizes = match channel.image_sizes.as_slice() {
        [] if !channel.image_alt.trim().is_empty() => one.as_slice(),
        sizes => sizes,
    };
    let image = |(px, url): &(u32, String)| elements::image(url, &channel.image_alt, *px);
    sizes.iter().filter_map(image).collect()
}

fn update_frequency(channel: &Channel) -> Option<Extension> {
    let rule = channel
        .update_frequency
        .rrule()
        .filter(|_| !channel.complete);
    if rule.is_none() && !channel.complete {
        return None;
    }
    let attrs = [
        ("complete", only_if(channel.complete, true)),
        ("rrule", rule.unwrap_or_default().to_owned()),
    ];
    let text = line(&channel.update_frequency_text, LABEL_CHARS);
    Some(element("updateFrequency", text, &attrs))
}

fn podroll(channel: &Channel) -> Option<Extension> {
    let shows = channel.podroll.iter().filter_map(|show| {
        let guid = uuid::Uuid::parse_str(show.feed_guid.trim()).ok()?;
        let attrs = [
            ("feedGuid", guid.hyphenated().to_string()),
            ("feedUrl", address(&show.feed_url).unwrap_or_default()),
            ("title", line(&show.title, TEXT_CHARS)),
        ];
        Some(element("remoteItem", String::new(), &attrs))
    });
    let shows: Vec<Extension> = shows.collect();
    let around = element("podroll", String::new(), &[]);
    (!shows.is_empty()).then(|| parent(around, "remoteItem", shows))
}

fn blocks(channel: &Channel) -> Vec<Extension> {
    let block = |id: String| element("block", "yes".to_owned(), &[("id", id)]);
    let slug = |slug: &String| {
        let slug = slug.trim().to_ascii_lowercase();
        let fit = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b);
        ((1..=64).contains(&slug.len()) && slug.bytes().all(fit)).then_some(slug)
    };
    let everyone = channel.block.then(|| block(String::new()));
    let services = channel.blocked_services.iter().filter_map(slug).map(block);
    everyone.into_iter().chain(services).collect()
}

fn trailer(trailer: &Trailer) -> Option<Extension> {
    let title = line(&trailer.title, LABEL_CHARS);
    let season = trailer.season.filter(|season| *season > 0);
    let attrs = [
        ("url", address(&trailer.url)?),
        ("pubdate", trailer.published_at.rfc2822()),
        ("length", trailer.length_bytes.to_string()),
        ("type", trailer.media_type.to_owned()),
        ("season", season.map(|s| s.to_string()).unwrap_or_default()),
    ];
    (!title.is_empty()).then(|| element("trailer", title, &attrs))
}
