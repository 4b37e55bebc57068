//! A feed in which every field is filled, looked at element by element.
use super::*;
use crate::formats::podcast::values::{
    Funding, License, Location, Person, RemoteItem, SocialPost, Soundbite, Txt, UpdateFrequency,
};
use crate::formats::podcast::{Alternate, Trailer};

pub fn person(name: &str, role: &str, group: &str) -> Person {
    Person {
        name: name.into(),
        role: role.into(),
        group: group.into(),
        img: "https://a.example/people/1.jpg".into(),
        href: "https://b.example/who?a=1&b=2".into(),
    }
}

fn place(name: &str) -> Location {
    Location {
        name: name.into(),
        geo: "geo:37.5717,126.9764;u=350".into(),
        osm: "R2297418".into(),
        country: "kr".into(),
    }
}

pub fn post(protocol: &str, uri: &str) -> SocialPost {
    SocialPost {
        protocol: protocol.into(),
        uri: uri.into(),
        account_id: "@news".into(),
    }
}

pub fn full_channel() -> Channel {
    let page = |n: u32| format!("https://a.example/@news/feed.xml?page={n}");
    let rolled = |guid: &str, url: &str| RemoteItem {
        feed_guid: guid.into(),
        feed_url: url.into(),
        title: "남의 <방송>".into(),
    };
    Channel {
        pages: vec![("first", page(1)), ("next", page(3)), ("last", page(9))],
        more_categories: vec!["Society & Culture".into(), "News".into(), "Nix".into()],
        explicit: true,
        image_alt: "마이크 앞의 \"글쓴이\"".into(),
        image_sizes: vec![
            (1400, "https://a.example/covers/x-1400.jpg".into()),
            (512, "https://a.example/covers/x-512.webp".into()),
        ],
        copyright: "© 2026 글쓴이".into(),
        people: vec![
            person("글쓴이", "", ""),
            person("그림 그린 이", "Cover Art Designer", ""),
        ],
        funding: vec![Funding {
            url: "https://b.example/give".into(),
            label: "방송을 도와주세요".into(),
        }],
        license: Some(License {
            identifier: "CC-BY-NC-ND-4.0".into(),
            url: String::new(),
        }),
        update_frequency: UpdateFrequency::Weekdays,
        update_frequency_text: "평일 아침마다".into(),
        location: Some(place("서울")),
        podroll: vec![
            rolled(
                "917393E3-1B1E-5CEF-ACE4-EDAA54E1F810",
                "https://c.example/f.xml",
            ),
            rolled("not a guid", "https://c.example/f.xml"),
        ],
        social: vec![post("activitypub", "https://social.example/@news/1")],
        txt: vec![Txt {
            purpose: "applepodcastsverify".into(),
            value: "05124".into(),
        }],
        ai_content: Some(false),
        blocked_services: vec!["amazon".into(), "<x>".into()],
        block: true,
        new_feed_url: Some("https://new.example/feed.xml".into()),
        hub: Some("https://hub.example/".into()),
        uses_podping: true,
        trailers: vec![Trailer {
            title: "맛보기".into(),
            url: "https://a.example/audio/trailer.mp3".into(),
            published_at: Instant(1_764_072_492_000),
            length_bytes: 99,
            media_type: "audio/mpeg",
            season: Some(2),
        }],
        ..channel()
    }
}

pub fn full_item() -> Item {
    let mut item = item("첫 글", "요약 &amp; <b>굵게</b>");
    item.transcripts.push(Transcript {
        url: "https://a.example/transcripts/abcdefghijkl.vtt".into(),
        media_type: "text/vtt",
        language: "ko".into(),
        captions: true,
    });
    Item {
        changed_at: Some(Instant(1_764_072_999_000)),
        language: "en".into(),
        alternate: Some(Alternate {
            enclosure: Enclosure {
                url: "https://a.example/audio/abcdefghijkl.opus".into(),
                length_bytes: 4_321,
                media_type: "audio/ogg",
                duration_ms: 61_999,
                bitrate_bps: 32_000,
                sha256: Some([7; 32]),
            },
        }),
        image_url: Some("https://a.example/covers/y-1400.png".into()),
        image_alt: "그림 하나".into(),
        season_name: "대선 & 그 뒤".into(),
        episode_display: "7화".into(),
        chapters_url: Some("https://a.example/chapters/abcdefghijkl.json".into()),
        soundbites: vec![Soundbite {
            start_ms: 1_250,
            duration_ms: 15_000,
            title: "한마디".into(),
        }],
        people: vec![person("손님", "guest", "cast")],
        license: Some(License {
            identifier: "우리 이용 조건".into(),
            url: "https://a.example/terms".into(),
        }),
        location: Some(place("세종로")),
        social: vec![
            post("ActivityPub", "https://social.example/@news/2"),
            post("atproto", "at://did:plc:abc/app.bsky.feed.post/1"),
            post("mystery", "https://social.example/3"),
        ],
        ai_content: Some(true),
        block: true,
        content_links: vec![("https://a.example/@news/one".into(), "글로 읽기".into())],
        ..item
    }
}

fn holds(xml: &str, parts: &[&str]) {
    for part in parts {
        assert_eq!(xml.matches(part).count(), 1, "{part} in {xml}");
    }
}

#[test]
fn a_channel_says_everything() {
    let xml = head(&full_channel());
    holds(
        &xml,
        &[
            r#"<atom:link href="https://a.example/@news/feed.xml?page=3" rel="next" type="application/rss+xml"/>"#,
            r#"<atom:link href="https://hub.example/" rel="hub"/>"#,
            r#"<image><url>https://a.example/covers/x-1400.jpg</url><title>뉴스 &amp; 해설</title><link>https://a.example/@news</link></image>"#,
            r#"<itunes:category text="News"><itunes:category text="News Commentary"></itunes:category></itunes:category><itunes:category text="Society &amp; Culture"></itunes:category>"#,
            "<itunes:block>Yes</itunes:block>",
            "<itunes:explicit>true</itunes:explicit>",
            "<itunes:new-feed-url>https://new.example/feed.xml</itunes:new-feed-url>",
            "<podcast:block>yes</podcast:block><podcast:block id=\"amazon\">yes</podcast:block><podcast:funding",
            r#"<podcast:funding url="https://b.example/give">방송을 도와주세요</podcast:funding>"#,
            r#"<podcast:image alt="마이크 앞의 &quot;글쓴이&quot;" aspect-ratio="1/1" height="1400" href="https://a.example/covers/x-1400.jpg" purpose="artwork" type="image/jpeg" width="1400">"#,
            r#"href="https://a.example/covers/x-512.webp" purpose="artwork" type="image/webp" width="512">"#,
            r#"<podcast:license url="https://creativecommons.org/licenses/by-nc-nd/4.0/">cc-by-nc-nd-4.0</podcast:license>"#,
            r#"<podcast:location country="KR" geo="geo:37.5717,126.9764;u=350" osm="R2297418" rel="creator">서울</podcast:location>"#,
            r#"<podcast:medium>podcast</podcast:medium>"#,
            r#"<podcast:person group="cast" href="https://b.example/who?a=1&amp;b=2" img="https://a.example/people/1.jpg" role="host">글쓴이</podcast:person>"#,
            r#"group="visuals" href="https://b.example/who?a=1&amp;b=2" img="https://a.example/people/1.jpg" role="cover art designer">그림 그린 이</podcast:person>"#,
            r#"<podcast:podping usesPodping="true">"#,
            r#"<podcast:podroll><podcast:remoteItem feedGuid="917393e3-1b1e-5cef-ace4-edaa54e1f810" feedUrl="https://c.example/f.xml" title="남의 &lt;방송&gt;"></podcast:remoteItem></podcast:podroll>"#,
            r#"<podcast:socialInteract accountId="@news" priority="1" protocol="activitypub" uri="https://social.example/@news/1">"#,
            r#"<podcast:trailer length="99" pubdate="Tue, 25 Nov 2025 12:08:12 +0000" season="2" type="audio/mpeg" url="https://a.example/audio/trailer.mp3">맛보기</podcast:trailer>"#,
            r#"<podcast:txt purpose="applepodcastsverify">05124</podcast:txt><podcast:txt purpose="ai-content">false</podcast:txt>"#,
            r#"<podcast:updateFrequency rrule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR">평일 아침마다</podcast:updateFrequency>"#,
        ],
    );
    for part in [
        "itunes:complete",
        "not a guid",
        "<itunes:category text=\"News\"></",
        "Nix",
    ] {
        assert!(!xml.contains(part), "{part}");
    }
}

#[test]
fn a_complete_show_promises_nothing() {
    let channel = Channel {
        complete: true,
        update_frequency_text: "마침".into(),
        ..full_channel()
    };
    let part = r#"<podcast:updateFrequency complete="true">마침</podcast:updateFrequency>"#;
    holds(
        &head(&channel),
        &[part, "<itunes:complete>Yes</itunes:complete>"],
    );
}

#[test]
fn an_episode_says_everything() {
    let xml = super::super::item(&full_item());
    holds(
        &xml,
        &[
            "<description><![CDATA[요약 &amp; <b>굵게</b>]]></description>",
            "<itunes:block>Yes</itunes:block>",
            "<itunes:explicit>false</itunes:explicit>",
            r#"<itunes:image href="https://a.example/covers/y-1400.png">"#,
            r#"<podcast:alternateEnclosure default="true" length="12345" type="audio/mpeg"><podcast:source uri="https://a.example/audio/abcdefghijkl.mp3"></podcast:source></podcast:alternateEnclosure><podcast:alternateEnclosure bitrate="32000" length="4321" type="audio/ogg"><podcast:integrity type="sri" value="sha256-BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc="></podcast:integrity><podcast:source uri="https://a.example/audio/abcdefghijkl.opus"></podcast:source></podcast:alternateEnclosure>"#,
            r#"<podcast:chapters type="application/json+chapters" url="https://a.example/chapters/abcdefghijkl.json">"#,
            r#"<podcast:contentLink href="https://a.example/@news/one">글로 읽기</podcast:contentLink>"#,
            r#"<podcast:episode display="7화">7</podcast:episode>"#,
            r#"<podcast:image alt="그림 하나" aspect-ratio="1/1" href="https://a.example/covers/y-1400.png" purpose="artwork" type="image/png">"#,
            r#"<podcast:license url="https://a.example/terms">우리 이용 조건</podcast:license>"#,
            r#"rel="subject">세종로</podcast:location>"#,
            r#"role="guest">손님</podcast:person>"#,
            r#"<podcast:season name="대선 &amp; 그 뒤">2</podcast:season>"#,
            r#"priority="1" protocol="activitypub" uri="https://social.example/@news/2">"#,
            r#"priority="2" protocol="atproto" uri="at://did:plc:abc/app.bsky.feed.post/1">"#,
            r#"<podcast:soundbite duration="15.0" startTime="1.25">한마디</podcast:soundbite>"#,
            r#"<podcast:transcript language="ko" rel="captions" type="text/vtt" url="https://a.example/transcripts/abcdefghijkl.vtt">"#,
            r#"<podcast:txt purpose="ai-content">true</podcast:txt>"#,
        ],
    );
    assert!(!xml.contains("mystery"));
}

#[test]
fn what_belongs_to_a_recording_goes_with_it() {
    let text = Item {
        enclosure: None,
        ..full_item()
    };
    let xml = super::super::item(&text);
    for part in [
        "<enclosure",
        "alternateEnclosure",
        "podcast:chapters",
        "podcast:episode",
        "podcast:season",
        "podcast:soundbite",
        "podcast:transcript",
        "itunes:block",
        "itunes:episode",
        "itunes:explicit",
        "itunes:season",
        "itunes:title",
        "deep-link",
    ] {
        assert!(!xml.contains(part), "{part}");
    }
    holds(
        &xml,
        &["<podcast:person", "<podcast:license", "<itunes:image"],
    );
}

#[test]
fn what_the_specification_refuses_is_left_out() {
    let mut item = full_item();
    item.season = Some(0);
    item.episode = Some(-1);
    item.license = Some(License {
        identifier: "내 것".into(),
        url: "http://a.example/terms".into(),
    });
    item.people[0].img = "javascript:alert(1)".into();
    item.people.push(person("도운 이", "consultant", ""));
    item.people.push(person("모를 이", "사회자", "없는 곳"));
    item.content_links = vec![("http://a.example/".into(), "글".into())];
    item.chapters_url = Some("http://a.example/chapters.json".into());
    item.soundbites[0].start_ms = 62_000;
    item.social.push(post("disabled", ""));
    item.location = Some(Location {
        geo: "geo:137.5,12".into(),
        osm: "X12".into(),
        country: "KOR".into(),
        ..place("서울")
    });
    let xml = super::super::item(&item);
    for part in [
        "itunes:season",
        "itunes:episode>",
        "podcast:season",
        "podcast:episode",
        "podcast:license",
        "javascript",
        "contentLink",
        "podcast:chapters",
        "soundbite",
    ] {
        assert!(!xml.contains(part), "{part}");
    }
    holds(
        &xml,
        &[
            r#"<podcast:socialInteract protocol="disabled"></podcast:socialInteract>"#,
            r#"<podcast:location rel="subject">서울</podcast:location>"#,
            // A reader that knows the group by another word refuses the whole feed.
            r#"<podcast:person href="https://b.example/who?a=1&amp;b=2" img="https://a.example/people/1.jpg" role="consultant">도운 이</podcast:person>"#,
            r#"<podcast:person group="cast" href="https://b.example/who?a=1&amp;b=2" img="https://a.example/people/1.jpg" role="host">모를 이</podcast:person>"#,
        ],
    );
    // A trial on this machine has no certificate.
    item.chapters_url = Some("http://127.0.0.1:8080/c.json".into());
    holds(
        &super::super::item(&item),
        &["url=\"http://127.0.0.1:8080/c.json\""],
    );
}

#[test]
fn the_writer_of_whole_feeds_agrees() {
    let (channel, items) = (full_channel(), [full_item(), item("둘", "셋")]);
    let joined = [
        head(&channel),
        super::super::item(&items[0]),
        super::super::item(&items[1]),
        TAIL.to_owned(),
    ];
    let whole = write(&channel, &items);
    assert_eq!(joined.concat(), whole);
    let mut read = rss::Channel::read_from(head_with_tail(&channel).as_bytes()).expect("reads");
    assert!(read.items().is_empty());
    read = rss::Channel::read_from(whole.as_bytes()).expect("reads");
    assert_eq!(read.items().len(), 2);
}

fn head_with_tail(channel: &Channel) -> String {
    head(channel) + TAIL
}
