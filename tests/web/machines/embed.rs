//! Posts in other sites' pages.
use daebon::features::posts::{self, writing};
use daebon::features::transcripts;
use daebon::formats::transcript::{Origin, Times, Timing};
use daebon::kernel::ids::PostId;

use super::{BASE, HOSTILE, encoded, page_of, texts};
use crate::support::files::MP3;
use crate::support::{Answer, Post, Site};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";

/// Says of every sentence but the last when it is heard.
async fn time(site: &Site, post: &Post) -> Vec<String> {
    let id: PostId = post.id.parse().expect("an id");
    let db = &site.state.db;
    let sentences = posts::public_sentences(db, &id).await.expect("public");
    let copy = writing::working_copy(db, &id).await.expect("there").content;
    let recording = copy.recording_id.expect("a recording");
    let mut tx = db.begin().await.expect("begins");
    let mut timeline = transcripts::find_in(&mut tx, &id, &recording)
        .await
        .expect("reads")
        .unwrap_or_default();
    for (n, sentence) in (0..).zip(&sentences[..sentences.len() - 1]) {
        let timing = Timing {
            start_ms: n * 500,
            end_ms: n * 500 + 400,
            origin: Origin::Measured,
            percent: if n == 0 { 90 } else { 20 },
        };
        timeline.set(sentence.id.clone(), Times::At(timing));
    }
    transcripts::put(&mut tx, &id, &recording, &timeline)
        .await
        .expect("stored");
    tx.commit().await.expect("committed");
    sentences.iter().map(|s| s.id.to_string()).collect()
}

async fn ask(site: &Site, url: &str, more: &str) -> Answer {
    let target = format!("/oembed?url={}{more}", encoded(url));
    site.stranger().get(&target).await
}

#[tokio::test]
async fn the_player_shows_the_sentence_of_the_moment() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let script = "첫 문장. 둘째 <문장>. 셋째 문장.";
    author
        .act(&post, &[("title", "회차"), ("script", script)], "save")
        .await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    author.act(&post, &[], "publish").await;
    let target = format!("/embed/{}", post.id);
    let bare = site.stranger().get(&target).await;
    assert!(
        bare.has(".embed-now:not(#now)"),
        "nobody knows yet when what is heard"
    );
    let ids = time(&site, &post).await;
    let page = site
        .stranger()
        .get_with(&target, &[("accept-language", "ko")])
        .await;
    page.assert_status(200);
    assert_eq!(page.attributes("#now a", "data-t"), ["0-0.4", "0.5-0.9"]);
    let links = page.attributes("#now a", "href");
    assert_eq!(
        links[0],
        format!("/p/{}?s={}#s-{}", post.id, ids[0], ids[0])
    );
    assert_eq!(page.texts("#now a:not([hidden])"), ["첫 문장."]);
    assert_eq!(
        page.texts("#now a[hidden][data-x='about']"),
        ["둘째 <문장>."]
    );
    // How long it is, before the browser's player knows.
    let recording = page_of(&site, &post.id).await;
    let recording = site.stranger().get(&recording).await;
    let length = &recording.texts(".player-facts span")[0];
    assert_eq!(page.texts(".embed-length"), [length.as_str()]);
    // Without a script there is the sound and the way to the piece.
    assert!(page.has("audio[controls][preload='none']"));
    let whole = format!("{BASE}{}", page_of(&site, &post.id).await);
    assert_eq!(page.attributes("h1 a", "href").concat(), whole);
    assert_eq!(page.attributes("link[rel=canonical]", "href"), [whole]);
    assert!(page.has("meta[name=robots][content=noindex]"));
    assert!(!page.has("script:not([src]), [style], style, form, iframe"));
    for asset in page.attributes("script, link[rel=stylesheet]", "src") {
        site.stranger().get(&asset).await.assert_status(200);
    }
    // Languages, and the address that names one.
    assert!(page.has("html[lang=ko]"));
    let english = site.stranger().get(&format!("{target}?ui=en")).await;
    assert!(english.has("html[lang=en]"));
    assert!(english.attributes("#now a", "href")[0].contains("?ui=en&s="));
}

#[tokio::test]
async fn a_passage_is_embedded_alone() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let script = "첫 문장. 둘째 <문장>.\n\n셋째 문장. 넷째 문장.";
    author
        .act(&post, &[("title", "회차"), ("script", script)], "save")
        .await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    author.act(&post, &[], "publish").await;
    let ids = time(&site, &post).await;
    let path = page_of(&site, &post.id).await;
    let query = format!("s={}-{}", ids[1], ids[2]);
    // As an editor finds it: the page of the passage, what that names, what this answers.
    let page = site.stranger().get(&format!("{path}?{query}")).await;
    for kind in ["application/json+oembed", "text/xml+oembed"] {
        let link = page.attributes(&format!("link[type='{kind}']"), "href");
        let target = link[0].strip_prefix(BASE).expect("ours");
        let answer = site.stranger().get(target).await;
        let address = format!("{BASE}/embed/{}?{query}", post.id);
        assert!(answer.text().contains(&address), "{}", answer.text());
    }
    let target = format!("/embed/{}?{query}", post.id);
    let player = site.stranger().get(&target).await;
    // All of it, as a quotation.
    let quoted = player.texts("blockquote#now p a:not([hidden])");
    assert_eq!(quoted, ["둘째 <문장>.", "셋째 문장."]);
    assert_eq!(player.texts("#now p"), quoted);
    assert_eq!(player.texts(".embed-length"), ["0:00–0:01"]);
    let sound = player.attributes("audio", "src").concat();
    assert!(sound.ends_with("#t=0.5,1.4"), "{sound}");
    let whole = format!("{BASE}{path}");
    let place = format!("{whole}?{query}#s-{}", ids[1]);
    assert_eq!(player.attributes("h1 a", "href").concat(), place);
    assert_eq!(player.attributes("link[rel=canonical]", "href"), [whole]);
    assert_eq!(player.header("content-security-policy"), POLICY);
    let tag = player.header("etag");
    let stranger = site.stranger();
    let again = stranger.get_with(&target, &[("if-none-match", tag)]).await;
    again.assert_status(304);
    // By seconds, and what is in no recording: its words are shown.
    let by_seconds = format!("/embed/{}?t=0.5,0.9", post.id);
    let player = site.stranger().get(&by_seconds).await;
    assert_eq!(player.texts("#now a"), ["둘째 <문장>."]);
    let unheard = format!("/embed/{}?s={}", post.id, ids[3]);
    let player = site.stranger().get(&unheard).await;
    assert_eq!(player.texts("#now a:not([data-t])"), ["넷째 문장."]);
    assert!(!player.has(".embed-length"));
    // What the post does not have gives the whole.
    let bare = site.stranger().get(&format!("/embed/{}", post.id)).await;
    for other in ["s=aaaaaa", "s=x", "t=9999", "t=2,1"] {
        let target = format!("/embed/{}?{other}", post.id);
        let same = site.stranger().get(&target).await;
        assert_eq!(same.header("etag"), bare.header("etag"), "{other}");
    }
}

#[tokio::test]
async fn the_player_alone_may_be_framed_by_anybody() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.episode("회차", "a.mp3", MP3).await;
    let target = format!("/embed/{}", post.id);
    for visitor in [site.stranger(), author] {
        let page = visitor.get(&target).await;
        assert_eq!(page.header("content-security-policy"), POLICY);
        assert_eq!(page.header("x-frame-options"), "");
        assert!(!page.headers.contains_key("set-cookie"));
        let tag = page.header("etag");
        let again = visitor.get_with(&target, &[("if-none-match", tag)]).await;
        again.assert_status(304);
        assert_eq!(again.header("content-security-policy"), POLICY);
    }
    let path = page_of(&site, &post.id).await;
    for other in [
        path.as_str(),
        "/",
        "/@news",
        "/embed/aaaaaaaaaaaa",
        "/no/such",
    ] {
        let page = site.stranger().get(other).await;
        let policy = page.header("content-security-policy");
        assert!(
            policy.ends_with("frame-ancestors 'none'"),
            "{other}: {policy}"
        );
    }
}

#[tokio::test]
async fn a_text_is_a_card() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let title = HOSTILE.replace('\u{2028}', " ");
    let fields = [
        ("title", title.as_str()),
        ("script", "첫 줄 <b>입니다</b>."),
    ];
    author.act(&post, &fields, "publish").await;
    let page = site.stranger().get(&format!("/embed/{}", post.id)).await;
    page.assert_status(200);
    assert!(!page.has("audio, script"));
    assert_eq!(page.texts("h1 a"), [title.trim()]);
    assert!(page.texts(".embed-now")[0].starts_with("첫 줄"));
    assert_eq!(
        page.texts(".embed-length").len(),
        1,
        "how long it takes to read"
    );
    author.act(&post, &[], "remove").await;
    site.stranger()
        .get(&format!("/embed/{}", post.id))
        .await
        .assert_not_found();
}

#[tokio::test]
async fn a_post_tells_where_its_player_is() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.episode("회차 & <b>", "a.mp3", MP3).await;
    let path = page_of(&site, &post.id).await;
    let page = site.stranger().get(&path).await;
    let link = page.attributes(
        "link[rel=alternate][type='application/json+oembed']",
        "href",
    );
    let target = link[0].strip_prefix(BASE).expect("ours");
    let answer = site.stranger().get(target).await;
    let json = answer.assert_status(200).json();
    assert_eq!(
        (&json["version"], &json["type"]),
        (&"1.0".into(), &"rich".into())
    );
    assert_eq!(json["title"], "회차 & <b>");
    assert_eq!(json["provider_name"], "아침 논평");
    assert_eq!(json["author_name"], "글쓴이");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let code = json["html"].as_str().expect("an element");
    let code = scraper::Html::parse_fragment(code);
    let selector = scraper::Selector::parse("iframe").expect("a selector");
    let frame = code.select(&selector).next().expect("a frame");
    assert_eq!(
        frame.attr("src"),
        Some(format!("{BASE}/embed/{}", post.id).as_str())
    );
    assert_eq!(frame.attr("title"), Some("회차 & <b>"));
    assert_eq!(json["width"], 600);
    assert_eq!(frame.attr("width"), Some("600"));
    let picture = json["thumbnail_url"].as_str().expect("a picture");
    let picture = picture.strip_prefix(BASE).expect("ours");
    site.stranger().get(picture).await.assert_status(200);
    // The same as XML.
    let link = page.attributes("link[rel=alternate][type='text/xml+oembed']", "href");
    let target = link[0].strip_prefix(BASE).expect("ours");
    let xml = site.stranger().get(target).await;
    assert_eq!(xml.header("content-type"), "text/xml; charset=utf-8");
    assert_eq!(texts(&xml, "title"), ["회차 & <b>"]);
    assert_eq!(
        texts(&xml, "html"),
        [json["html"].as_str().expect("an element")]
    );
    assert_eq!(texts(&xml, "width"), ["600"]);
}

#[tokio::test]
async fn only_our_own_reachable_posts_are_told_of() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.published("글").await;
    let path = page_of(&site, &post.id).await;
    author.act(&post, &[("slug", "new-name")], "update").await;
    author.act(&post, &[], "unlist").await;
    let draft = author.draft("초안").await;
    for ours in [
        format!("{BASE}/@news/new-name"),
        format!("{BASE}/@news/new-name?s=abcdef&ui=en#s-abcdef"),
        // The old slug, the short link, the player itself.
        format!("{BASE}{path}"),
        format!("{BASE}/@news/글"),
        format!("{BASE}/p/{}", post.id),
        format!("{BASE}/embed/{}", post.id),
    ] {
        let json = ask(&site, &ours, "").await.assert_status(200).json();
        let code = json["html"].as_str().expect("an element");
        assert!(code.contains(&format!("/embed/{}", post.id)), "{ours}");
    }
    for other in [
        String::new(),
        "글".to_owned(),
        format!("{BASE}/"),
        format!("{BASE}/@news"),
        format!("{BASE}/@news/never"),
        format!("{BASE}/@news/feed.xml"),
        format!("{BASE}/p/{}", draft.id),
        format!("{BASE}/embed/{}", draft.id),
        format!("https://evil.example/p/{}", post.id),
        format!("http://127.0.0.1:8080@evil.example/p/{}", post.id),
        format!("/p/{}", post.id),
    ] {
        ask(&site, &other, "").await.assert_not_found();
    }
    site.stranger().get("/oembed").await.assert_not_found();
    let short = format!("{BASE}/p/{}", post.id);
    ask(&site, &short, "&format=yaml").await.assert_status(501);
    ask(&site, &short, "&format=json").await.assert_status(200);
}

#[tokio::test]
async fn the_room_that_there_is_is_kept_to() {
    let site = Site::ready().await;
    let post = site.author().episode("회차", "a.mp3", MP3).await;
    let short = format!("{BASE}/p/{}", post.id);
    for (more, width, height, picture) in [
        ("", 600, 300, Some(600)),
        ("&maxwidth=320&maxheight=999", 320, 300, Some(300)),
        ("&maxwidth=9999&maxheight=150", 600, 150, None),
        ("&maxwidth=x&maxheight=0", 600, 300, Some(600)),
    ] {
        let json = ask(&site, &short, more).await.json();
        assert_eq!(
            (&json["width"], &json["height"]),
            (&width.into(), &height.into()),
            "{more}"
        );
        assert_eq!(json["thumbnail_width"].as_u64(), picture, "{more}");
        let code = json["html"].as_str().expect("an element");
        assert!(code.contains(&format!("width=\"{width}\" height=\"{height}\"")));
    }
}
