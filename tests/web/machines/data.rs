//! What the pages say of themselves in their heads: JSON-LD, Open Graph.
use serde_json::Value;

use super::{BASE, HOSTILE, page_of};
use crate::support::files::MP3;
use crate::support::{Answer, Site};

/// The things that a page says it is about; the data must be read as HTML first, as a crawler does.
fn things(page: &Answer) -> Vec<Value> {
    let blocks = page.elements("script[type='application/ld+json']");
    assert_eq!(blocks.len(), 1, "{}", page.asked);
    let html = page.text();
    let (_, rest) = html
        .split_once("<script type=\"application/ld+json\">")
        .expect("a block");
    let (json, _) = rest.split_once("</script>").expect("its end");
    let sign = |c| matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}');
    assert!(!json.contains(sign), "{json}");
    let mut document: Value = serde_json::from_str(json).expect("JSON");
    assert_eq!(document["@context"], "https://schema.org");
    let Value::Array(graph) = document["@graph"].take() else {
        panic!("no graph: {json}");
    };
    graph
}

#[tokio::test]
async fn an_episode_says_what_it_is() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("첫 회").await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    let fields = [("season", "2"), ("episode", "7")];
    author.act(&post, &fields, "publish").await;
    let path = page_of(&site, &post.id).await;
    let page = site.stranger().get(&path).await;
    let found = things(&page);
    let episode = &found[0];
    let absolute = format!("{BASE}{path}");
    for (name, want) in [
        ("@type", "PodcastEpisode"),
        ("name", "첫 회"),
        ("url", &absolute),
        ("mainEntityOfPage", &absolute),
        ("inLanguage", "ko"),
        ("datePublished", "2026-11-24T00:00:00Z"),
        ("dateModified", "2026-11-24T00:00:00Z"),
    ] {
        assert_eq!(episode[name], want, "{name}");
    }
    assert_eq!(episode["episodeNumber"], 7);
    assert_eq!(episode["partOfSeason"]["seasonNumber"], 2);
    assert_eq!(episode["author"]["name"], "글쓴이");
    let series = &episode["partOfSeries"];
    assert_eq!(series["@type"], "PodcastSeries");
    assert_eq!(series["webFeed"], format!("{BASE}/@news/feed.xml"));
    let audio = &episode["associatedMedia"];
    assert_eq!(audio["@type"], "AudioObject");
    assert_eq!(audio["contentUrl"], format!("{BASE}{}", post.audio("mp3")));
    assert_eq!(audio["encodingFormat"], "audio/mpeg");
    assert_eq!(audio["contentSize"], MP3.len().to_string());
    assert_eq!(audio["transcript"], "첫 회의 첫 문장. 그다음 문장.");
    let length = audio["duration"].as_str().expect("a length");
    assert!(
        length.starts_with("PT") && length.ends_with('S'),
        "{length}"
    );
    let crumbs = &found[1]["itemListElement"];
    assert_eq!(found[1]["@type"], "BreadcrumbList");
    assert_eq!(crumbs[0]["item"], format!("{BASE}/@news"));
    assert_eq!(
        (&crumbs[1]["position"], &crumbs[1]["name"]),
        (&2.into(), &"첫 회".into())
    );
    // What cards read.
    let meta = |name: &str| page.attributes(&format!("meta[property='{name}']"), "content");
    assert_eq!(meta("og:audio"), [format!("{BASE}{}", post.audio("mp3"))]);
    assert_eq!(meta("og:audio:type"), ["audio/mpeg"]);
    assert_eq!(meta("og:title"), ["첫 회"]);
    assert_eq!(meta("article:published_time"), ["2026-11-24T00:00:00Z"]);
    let twitter = |name: &str| page.attributes(&format!("meta[name='twitter:{name}']"), "content");
    assert_eq!(twitter("title"), ["첫 회"]);
    assert_eq!(twitter("description"), meta("og:description"));
    // The recording goes: a text is left, and says so at once.
    let editor = author.get(&post.editor).await;
    let remove = editor.form("#post-form").press("remove_recording");
    author.submit(remove).await.assert_status(303);
    author.act(&post, &[], "update").await;
    let text = site.stranger().get(&path).await;
    assert_eq!(things(&text)[0]["@type"], "Article");
    assert!(!text.has("meta[property='og:audio']"));
}

#[tokio::test]
async fn a_text_says_what_it_is() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.published("글").await;
    let path = page_of(&site, &post.id).await;
    let found = things(&site.stranger().get(&path).await);
    let article = &found[0];
    assert_eq!(article["@type"], "Article");
    assert_eq!(article["headline"], "글");
    assert_eq!(article["mainEntityOfPage"], format!("{BASE}{path}"));
    assert_eq!(article["publisher"]["@type"], "Organization");
    assert_eq!(article["publisher"]["name"], "아침 논평");
    assert_eq!(article["isPartOf"]["url"], format!("{BASE}/@news"));
    let image = article["image"].as_str().expect("a picture");
    let image = image.strip_prefix(BASE).expect("ours");
    site.stranger().get(image).await.assert_status(200);
}

#[tokio::test]
async fn lists_say_what_is_on_them() {
    let site = Site::ready().await;
    let author = site.author();
    author.published("글 하나").await;
    let found = things(&site.stranger().get("/@news").await);
    assert_eq!(found[0]["@type"], "PodcastSeries");
    assert_eq!(found[0]["description"], "매일 아침 한 편");
    assert_eq!(found[1]["@type"], "ItemList");
    assert_eq!(found[1]["itemListElement"][0]["name"], "글 하나");
    assert_eq!(things(&site.stranger().get("/").await), found);
}

#[tokio::test]
async fn hostile_text_stays_text() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let script = format!("{HOSTILE}입니다.");
    let title = HOSTILE.replace('\u{2028}', " ");
    let fields = [("title", title.as_str()), ("script", script.as_str())];
    author.act(&post, &fields, "save").await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    author.act(&post, &[], "publish").await;
    let path = page_of(&site, &post.id).await;
    for target in [path.clone(), format!("{path}?t=0"), "/@news".to_owned()] {
        let page = site.stranger().get(&target).await;
        let found = things(&page);
        assert!(
            !page.has("script:not([src]):not([type='application/ld+json'])"),
            "{target}"
        );
        let name = if target == "/@news" {
            &found[1]["itemListElement"][0]["name"]
        } else {
            &found[0]["name"]
        };
        assert_eq!(name, title.trim(), "{target}");
    }
}

#[tokio::test]
async fn a_preview_says_nothing_of_what_is_not_there_yet() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("초안").await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    let preview = format!("{}/preview/", post.editor);
    let page = author.get(&preview).await;
    page.assert_status(200);
    for none in [
        "script[type='application/ld+json']",
        "meta[property='og:audio']",
        "link[type$='+oembed']",
    ] {
        assert!(!page.has(none), "{none}");
    }
}
