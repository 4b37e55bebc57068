//! Feeds read back by a parser that is not ours, and by the writer's own.
mod full;
mod hostile;

use feed_rs::parser;

use super::*;
use crate::formats::html::xml_text;
use crate::formats::script;
use crate::kernel::time::Instant;

fn channel() -> Channel {
    Channel {
        title: "뉴스 & 해설".into(),
        description: "한 줄".into(),
        link: "https://a.example/@news".into(),
        self_url: "https://a.example/@news/feed.xml".into(),
        language: "ko".into(),
        category: "News > News Commentary".into(),
        image_url: "https://a.example/covers/x-1400.jpg".into(),
        author: "글쓴이".into(),
        locked: true,
        owner_email: "a@a.example".into(),
        podcast_guid: Some(podcast_guid("https://a.example/@news/feed.xml")),
        show_type: "episodic",
        changed_at: Some(Instant(1_764_072_492_000)),
        ..Channel::default()
    }
}

fn item(title: &str, summary: &str) -> Item {
    Item {
        title: title.into(),
        link: "https://a.example/@news/one".into(),
        guid: "d3b07384-d9a0-4c9b-8f0e-000000000001".into(),
        published_at: Instant(1_764_072_492_000),
        summary: summary.into(),
        content: script::render("첫 문장입니다. ]]> 끝").html,
        enclosure: Some(Enclosure {
            url: "https://a.example/audio/abcdefghijkl.mp3".into(),
            length_bytes: 12_345,
            media_type: "audio/mpeg",
            duration_ms: 61_999,
            ..Enclosure::default()
        }),
        season: Some(2),
        episode: Some(7),
        episode_type: "full",
        transcripts: vec![Transcript {
            url: "https://a.example/transcripts/abcdefghijkl.html".into(),
            media_type: "text/html",
            language: "ko".into(),
            captions: false,
        }],
        ..Item::default()
    }
}

#[test]
fn guids_follow_the_specification() {
    assert_eq!(
        podcast_guid("https://podnews.net/rss"),
        "9b024349-ccf0-5f69-a609-6b82873eab3c"
    );
    assert_eq!(
        podcast_guid("http://mp3s.nashownotes.com/pc20rss.xml"),
        "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    );
    assert_eq!(
        podcast_guid("podnews.net/rss//"),
        "9b024349-ccf0-5f69-a609-6b82873eab3c"
    );
}

#[test]
fn another_parser_reads_what_went_in() {
    let xml = write(&channel(), &[item("첫 <글> & \"제목\"", "요약 ]]> & <b>")]);
    let feed = parser::parse(xml.as_bytes()).expect("well-formed");
    assert_eq!(feed.title.expect("a title").content, "뉴스 & 해설");
    assert_eq!(feed.language.as_deref(), Some("ko"));
    let entry = &feed.entries[0];
    assert_eq!(entry.id, "d3b07384-d9a0-4c9b-8f0e-000000000001");
    assert_eq!(
        entry.title.as_ref().expect("a title").content,
        "첫 <글> & \"제목\""
    );
    let media = &entry.media[0];
    assert_eq!(media.content[0].size, Some(12_345));
    assert_eq!(
        media.content[0].url.as_ref().expect("an address").as_str(),
        "https://a.example/audio/abcdefghijkl.mp3"
    );
    assert!(entry.content.as_ref().is_some_and(|c| {
        c.body
            .as_ref()
            .is_some_and(|b| b.contains("첫 문장입니다. ]]&gt; 끝"))
    }));
}

#[test]
fn every_required_and_recommended_element_is_there() {
    let xml = write(&channel(), &[item("글", "요약")]);
    for part in [
        "<atom:link href=\"https://a.example/@news/feed.xml\" rel=\"self\" type=\"application/rss+xml\"",
        "<language>ko</language>",
        "<itunes:category text=\"News\"><itunes:category text=\"News Commentary\"",
        "<itunes:explicit>false</itunes:explicit>",
        "<itunes:image href=\"https://a.example/covers/x-1400.jpg\"",
        "<podcast:locked owner=\"a@a.example\">yes</podcast:locked>",
        "<podcast:guid>",
        "<itunes:author>글쓴이</itunes:author>",
        "<itunes:owner><itunes:name>글쓴이</itunes:name><itunes:email>a@a.example</itunes:email></itunes:owner>",
        "<itunes:type>episodic</itunes:type>",
        "<enclosure url=\"https://a.example/audio/abcdefghijkl.mp3\" length=\"12345\" type=\"audio/mpeg\"",
        "<guid isPermaLink=\"false\">d3b07384-d9a0-4c9b-8f0e-000000000001</guid>",
        "<pubDate>Tue, 25 Nov 2025 12:08:12 +0000</pubDate>",
        "<itunes:duration>61</itunes:duration>",
        "<itunes:season>2</itunes:season>",
        "<itunes:episode>7</itunes:episode>",
        "<itunes:title>글</itunes:title>",
        "type=\"text/html\" url=\"https://a.example/transcripts/abcdefghijkl.html\"",
        "xmlns:atom=",
        "xmlns:content=",
        "xmlns:itunes=",
        "xmlns:podcast=",
    ] {
        assert!(xml.contains(part), "{part} in {xml}");
    }
    assert_eq!(
        xml,
        write(&channel(), &[item("글", "요약")]),
        "the same bytes each time"
    );
}

#[test]
fn a_text_post_has_nothing_of_an_episode() {
    let mut text = item("글", "요약");
    text.enclosure = None;
    let xml = write(&channel(), &[text]);
    for part in [
        "<enclosure",
        "itunes:duration",
        "podcast:transcript",
        "itunes:title",
    ] {
        assert!(!xml.contains(part), "{part}");
    }
}

#[test]
fn long_descriptions_are_cut_at_a_sentence() {
    let long = "한국어 문장이 이어집니다. ".repeat(400);
    let xml = write(&channel(), &[item("글", &long)]);
    let read = rss::Channel::read_from(xml.as_bytes()).expect("reads");
    let description = read.items()[0].description().expect("there");
    assert!(description.len() <= DESCRIPTION_BYTES && description.len() > 3_000);
    assert!(description.ends_with("니다."), "{description}");
}

#[test]
fn categories_are_apples() {
    assert_eq!(
        categories::parse("News > News Commentary"),
        Some(("News", Some("News Commentary")))
    );
    assert_eq!(
        categories::parse("Society & Culture"),
        Some(("Society & Culture", None))
    );
    assert_eq!(categories::parse("News > Cooking"), None);
    assert_eq!(categories::parse("Neuigkeiten"), None);
}
