//! One item of a feed.
use rss::extension::Extension;
use rss::extension::atom::AtomExtension;
use rss::extension::itunes::ITunesItemExtension;

use super::elements::{self, Elements, element, link, only_if, parent};
use super::text::{LABEL_CHARS, TEXT_CHARS, address, line, seconds};
use super::values::Soundbite;
use super::{Alternate, DESCRIPTION_BYTES, Enclosure, Item, Transcript, description};
use crate::formats::html::xml_text;

/// Relation of a link that takes `?t=` (Podlove's deep links).
const DEEP_LINK: &str = "http://podlove.org/deep-link";
/// Longest `podcast:episode display`, in characters.
const DISPLAY_CHARS: usize = 32;

/// The item as the writer takes it.
pub fn of(item: &Item) -> rss::Item {
    let title = line(&item.title, TEXT_CHARS);
    let mut all = Elements::default();
    shared(item, &mut all);
    if let Some(enclosure) = &item.enclosure {
        episode(item, enclosure, &mut all);
    }
    let mut extensions = all.into_map();
    if item.enclosure.is_some() && !title.is_empty() {
        // Of the extension of iTunes the writer lacks this one.
        let itunes_title = Extension {
            name: "itunes:title".to_owned(),
            value: Some(title.clone()),
            ..Extension::default()
        };
        let named = extensions.entry("itunes".to_owned()).or_default();
        named.insert("title".to_owned(), vec![itunes_title]);
    }
    let deep_link = || AtomExtension {
        links: vec![link(DEEP_LINK, &xml_text(&item.link), None)],
    };
    rss::Item {
        title: Some(title),
        link: Some(xml_text(&item.link)),
        description: Some(description::fit(
            &xml_text(&item.summary),
            DESCRIPTION_BYTES,
        )),
        guid: Some(rss::Guid {
            value: xml_text(&item.guid),
            permalink: false,
        }),
        pub_date: Some(item.published_at.rfc2822()),
        content: Some(xml_text(item.content.as_str())),
        enclosure: item.enclosure.as_ref().map(|e| rss::Enclosure {
            url: xml_text(&e.url),
            length: e.length_bytes.to_string(),
            mime_type: e.media_type.to_owned(),
        }),
        extensions,
        atom_ext: item.enclosure.is_some().then(deep_link),
        itunes_ext: Some(itunes(item)),
        ..rss::Item::default()
    }
}

/// A picture goes with any piece; the rest is of episodes.
fn itunes(item: &Item) -> ITunesItemExtension {
    let image = item.image_url.as_deref().map(xml_text);
    let Some(enclosure) = &item.enclosure else {
        return ITunesItemExtension {
            image,
            ..ITunesItemExtension::default()
        };
    };
    let number = |n: Option<i64>| n.filter(|n| *n > 0).map(|n| n.to_string());
    ITunesItemExtension {
        image,
        duration: Some(super::whole_seconds(enclosure.duration_ms).to_string()),
        explicit: Some(item.explicit.to_string()),
        season: number(item.season),
        episode: number(item.episode),
        episode_type: Some(match item.episode_type {
            "" => "full".to_owned(),
            named => named.to_owned(),
        }),
        block: item.block.then(|| "Yes".to_owned()),
        ..ITunesItemExtension::default()
    }
}

/// What pieces have with and without sound.
fn shared(item: &Item, all: &mut Elements) {
    all.add(elements::people(&item.people));
    all.add(item.license.as_ref().and_then(elements::license));
    let place = item.location.as_ref();
    all.add(place.and_then(|place| elements::location(place, "subject")));
    all.add(elements::social(&item.social));
    all.add(elements::ai_content(item.ai_content));
    if !item.image_alt.trim().is_empty() {
        let image = item.image_url.as_deref();
        all.add(image.and_then(|url| elements::image(url, &item.image_alt, 0)));
    }
    all.add(item.content_links.iter().filter_map(|(url, text)| {
        let text = line(text, LABEL_CHARS);
        Some(element("contentLink", text, &[("href", address(url)?)]))
    }));
}

/// What belongs to the recording.
fn episode(item: &Item, enclosure: &Enclosure, all: &mut Elements) {
    all.add(item.transcripts.iter().filter_map(transcript));
    let chapters = item.chapters_url.as_deref().and_then(address);
    all.add(chapters.map(|url| {
        let media_type = super::CHAPTERS_MEDIA_TYPE.to_owned();
        element(
            "chapters",
            String::new(),
            &[("url", url), ("type", media_type)],
        )
    }));
    let numbered = |name: &str, number: Option<i64>, more: &[(&str, String)]| {
        let number = number.filter(|number| *number > 0)?;
        Some(element(name, number.to_string(), more))
    };
    let season_name = [("name", line(&item.season_name, LABEL_CHARS))];
    all.add(numbered("season", item.season, &season_name));
    let display = [("display", line(&item.episode_display, DISPLAY_CHARS))];
    all.add(numbered("episode", item.episode, &display));
    let inside = |s: &&Soundbite| s.duration_ms > 0 && s.start_ms < enclosure.duration_ms.max(1);
    all.add(item.soundbites.iter().filter(inside).map(|soundbite| {
        let attrs = [
            ("startTime", seconds(soundbite.start_ms)),
            ("duration", seconds(soundbite.duration_ms)),
        ];
        element("soundbite", line(&soundbite.title, LABEL_CHARS), &attrs)
    }));
    if let Some(alternate) = &item.alternate {
        all.add(alternates(enclosure, alternate));
    }
}

fn transcript(transcript: &Transcript) -> Option<Extension> {
    let attrs = [
        ("url", address(&transcript.url)?),
        ("type", transcript.media_type.to_owned()),
        ("language", line(&transcript.language, LABEL_CHARS)),
        ("rel", only_if(transcript.captions, "captions")),
    ];
    Some(element("transcript", String::new(), &attrs))
}

/// Both formats of the recording: an app that reads these chooses among them alone, so the
/// enclosure is the first of them.
fn alternates(enclosure: &Enclosure, alternate: &Alternate) -> Vec<Extension> {
    let one = |file: &Enclosure, default: bool| {
        let source = element("source", String::new(), &[("uri", address(&file.url)?)]);
        let bitrate = only_if(file.bitrate_bps > 0, file.bitrate_bps);
        let attrs = [
            ("type", file.media_type.to_owned()),
            ("length", file.length_bytes.to_string()),
            ("bitrate", bitrate),
            ("default", only_if(default, true)),
        ];
        let around = element("alternateEnclosure", String::new(), &attrs);
        let mut around = parent(around, "source", vec![source]);
        if let Some(sha256) = &file.sha256 {
            // As in Subresource Integrity.
            let hash = format!("sha256-{}", data_encoding::BASE64.encode(sha256));
            let attrs = [("type", "sri".to_owned()), ("value", hash)];
            let integrity = element("integrity", String::new(), &attrs);
            around = parent(around, "integrity", vec![integrity]);
        }
        Some(around)
    };
    let second = one(&alternate.enclosure, false);
    match (one(enclosure, true), second) {
        (Some(first), Some(second)) => vec![first, second],
        _ => Vec::new(),
    }
}
