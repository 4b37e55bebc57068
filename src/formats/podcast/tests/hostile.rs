//! Any text in any field: the feed is well-formed, and says what went in.
use feed_rs::parser;
use proptest::collection::vec;
use proptest::prelude::*;

use super::full::{full_channel, full_item, person, post};
use super::*;
use crate::formats::json_feed;
use crate::formats::podcast::values::{Funding, License, Location, RemoteItem, Soundbite, Txt};

/// Texts made to break a writer, among any others.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("<item>".to_owned()),
        Just("</item></channel></rss>".to_owned()),
        Just("]]>".to_owned()),
        Just("<![CDATA[".to_owned()),
        Just("&amp;lt;\"'".to_owned()),
        Just("\0\u{b}\u{FFFE}\u{FFFF}\r\n\t".to_owned()),
        Just("한글 🏳️‍🌈 e\u{301}".to_owned()),
        Just("<p>글 <a href=\"https://a.example/?a=1&amp;b\">".to_owned()),
        any::<String>(),
    ];
    vec(pieces, 0..6).prop_map(|parts| parts.concat())
}

/// Takes the texts one after the other, as long as it takes.
struct Texts(std::vec::IntoIter<String>);

impl Texts {
    fn text(&mut self) -> String {
        self.0.next().unwrap_or_default()
    }

    /// Half of them addresses with the text in it.
    fn url(&mut self) -> String {
        let text = self.text();
        if text.len().is_multiple_of(2) {
            format!("https://a.example/{text}")
        } else {
            text
        }
    }
}

fn channel_of(t: &mut Texts) -> Channel {
    let mut c = full_channel();
    for field in [
        &mut c.title,
        &mut c.description,
        &mut c.language,
        &mut c.category,
        &mut c.image_alt,
        &mut c.author,
        &mut c.copyright,
        &mut c.owner_email,
        &mut c.update_frequency_text,
    ] {
        *field = t.text();
    }
    (c.link, c.self_url, c.image_url) = (t.url(), t.url(), t.url());
    c.pages = vec![("next", t.url())];
    c.image_sizes = vec![(9, t.url())];
    c.podcast_guid = Some(t.text());
    c.people = vec![person(&t.text(), &t.text(), &t.text())];
    c.funding = vec![Funding {
        url: t.url(),
        label: t.text(),
    }];
    c.podroll[0] = RemoteItem {
        feed_url: t.url(),
        title: t.text(),
        ..c.podroll[0].clone()
    };
    c.txt = vec![Txt {
        purpose: t.text(),
        value: t.text(),
    }];
    c.blocked_services = vec![t.text()];
    (c.new_feed_url, c.hub) = (Some(t.url()), Some(t.url()));
    (c.trailers[0].title, c.trailers[0].url) = (t.text(), t.url());
    c
}

fn item_of(t: &mut Texts) -> Item {
    let mut i = full_item();
    for field in [
        &mut i.title,
        &mut i.summary,
        &mut i.guid,
        &mut i.language,
        &mut i.image_alt,
        &mut i.season_name,
        &mut i.episode_display,
    ] {
        *field = t.text();
    }
    i.content = crate::formats::html::sanitise(&t.text());
    (i.link, i.image_url, i.chapters_url) = (t.url(), Some(t.url()), Some(t.url()));
    (i.transcripts[0].url, i.transcripts[0].language) = (t.url(), t.text());
    i.people = vec![person(&t.text(), &t.text(), &t.text())];
    i.license = Some(License {
        identifier: t.text(),
        url: t.url(),
    });
    i.location = Some(Location {
        name: t.text(),
        geo: t.text(),
        osm: t.text(),
        country: t.text(),
    });
    i.social = vec![post("nostr", &t.url())];
    i.social[0].account_id = t.text();
    i.soundbites = vec![Soundbite {
        title: t.text(),
        ..i.soundbites[0].clone()
    }];
    i.content_links = vec![(t.url(), t.text())];
    i
}

/// What is left of a text on a line, however much of it there was.
fn kept(text: &str) -> String {
    crate::formats::podcast::text::line(text, 255)
}

fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_in_any_field(texts in vec(hostile(), 90..100)) {
        let mut texts = Texts(texts.into_iter());
        let channel = channel_of(&mut texts);
        let items = [item_of(&mut texts), item_of(&mut texts)];
        let xml = write(&channel, &items);
        prop_assert!(xml.chars().all(is_xml));
        let one = crate::formats::podcast::item(&items[0]);
        prop_assert!(one.starts_with("<item><title>") && one.ends_with("</item>"));

        let read = rss::Channel::read_from(xml.as_bytes()).expect("well-formed");
        prop_assert_eq!(read.title(), kept(&channel.title));
        prop_assert_eq!(read.items().len(), 2);
        for (read, item) in read.items().iter().zip(&items) {
            prop_assert_eq!(read.title().unwrap_or_default(), kept(&item.title));
            let content = xml_text(item.content.as_str());
            prop_assert_eq!(read.content().unwrap_or_default().trim(), content.trim());
            prop_assert!(read.description().unwrap_or_default().len() <= DESCRIPTION_BYTES);
            prop_assert_eq!(&read.enclosure().expect("sound").length, "12345");
            let named = &read.extensions()["podcast"];
            let name = named.get("person").and_then(|p| p[0].value.clone());
            let wanted = super::super::text::line(&item.people[0].name, 128);
            prop_assert_eq!(name.unwrap_or_default(), wanted);
        }
        let other = parser::parse(xml.as_bytes());
        prop_assert!(other.is_ok(), "{:?}", other.err());

        let json = json_feed::write(&channel, &items, "https://a.example/f.json", None);
        let read: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let content = xml_text(items[1].content.as_str());
        prop_assert_eq!(read["items"][1]["content_html"].as_str(), Some(content.as_str()));
        let again = parser::parse(json.as_bytes());
        prop_assert!(again.is_ok(), "{:?}", again.err());
    }

    #[test]
    fn descriptions_stay_whole(html in hostile(), max in 3_usize..400) {
        let fitted = description::fit(&xml_text(&html), max);
        prop_assert!(fitted.len() <= max, "{fitted:?}");
        // Nothing is open or cut inside: a strict reader takes it as it is.
        let document = format!("<rss version=\"2.0\"><channel><title>{}</title></channel></rss>", fitted.replace("&nbsp;", " "));
        if fitted.contains('<') {
            prop_assert!(rss::Channel::read_from(document.as_bytes()).is_ok(), "{fitted:?}");
        }
    }
}
