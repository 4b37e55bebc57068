//! What stands around the text: references at their sentences, chapters, other posts.
use super::*;

/// Fields of one reference that belongs to a sentence.
fn tied(passage: &str) -> [(&str, &str); 4] {
    [
        ("title", "글"),
        ("script", SCRIPT),
        ("ref_title", "기사 <하나>"),
        ("ref_passage", passage),
    ]
}

#[tokio::test]
async fn a_reference_stands_at_its_sentence() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    // Before the first version there are no ids: the words say which sentence it is.
    author.act(&post, &tied("넷째 <문"), "publish").await;
    let ids = sentences(&site, &post).await;
    let answer = page(&site, &post, "").await;
    let note = format!("#s-{} + sup.ref a#ref-1[href='#r-1']", ids[3]);
    assert_eq!(answer.texts(&note), ["1"]);
    let back = answer.attributes("li#r-1 .reference-back a", "href");
    assert_eq!(back, [format!("#s-{}", ids[3])]);
    assert!(answer.has("sup.ref a[aria-label='참고한 자료 1']"));
    // The editor shows the whole sentence, and saving it again changes nothing.
    let editor = author.get(&post.editor).await;
    let words = editor.attributes("[name=ref_passage]", "value");
    assert_eq!(words[0], "넷째 <문장>입니다.");
    author.act(&post, &[], "save").await;
    let list = author.get("/admin").await;
    assert!(
        !list.text().contains("공개하지 않은 변경"),
        "nothing to publish"
    );
    // The sentence changes, and stays the same one.
    let edited = SCRIPT.replace("넷째 <문장>입니다", "넷째 <문장>이었습니다");
    author.act(&post, &[("script", &edited)], "update").await;
    assert_eq!(sentences(&site, &post).await, ids);
    let after = page(&site, &post, "").await;
    assert_eq!(after.texts(&note), ["1"]);
    let editor = author.get(&post.editor).await;
    let words = editor.attributes("[name=ref_passage]", "value");
    assert_eq!(words[0], "넷째 <문장>이었습니다.");
    // The sentence goes, the reference stays.
    let without = edited.replace("넷째 <문장>이었습니다. ", "");
    author.act(&post, &[("script", &without)], "update").await;
    let gone = page(&site, &post, "").await;
    assert!(!gone.has("sup.ref, .reference-back") && gone.has("li#r-1"));
    let editor = author.get(&post.editor).await;
    assert!(editor.has(".ref-passage .hint"), "the author is told");
    assert!(!editor.text().contains("ref_passage-error"));
    // And comes back with its sentence.
    author.act(&post, &[("script", &edited)], "update").await;
    assert_eq!(page(&site, &post, "").await.texts(&note), ["1"]);
}

#[tokio::test]
async fn a_reference_without_a_sentence_stands_for_the_piece() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    author.act(&post, &tied("없는 문장"), "publish").await;
    let answer = page(&site, &post, "").await;
    assert!(!answer.has("sup.ref, .reference-back"));
    assert_eq!(answer.texts("#r-1 .reference-title"), ["기사 <하나>"]);
    let feed = site.stranger().get("/@news/posts.xml").await;
    assert!(feed.text().contains("기사") && !feed.text().contains("없는 문장"));
    // Who sends no such field ties nothing.
    author.act(&post, &[("ref_passage", "")], "update").await;
    author
        .act(&post, &[("ref_passage", "여섯째")], "update")
        .await;
    assert!(page(&site, &post, "").await.has("sup.ref"));
    author.act(&post, &[("ref_passage", "")], "update").await;
    assert!(!page(&site, &post, "").await.has("sup.ref"));
}

const HEADINGS: &str = "# 하나 <1>\n\n첫 문장.\n\n# 둘\n\n둘째 문장.";

#[tokio::test]
async fn chapters_lead_to_their_seconds() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    author
        .act(&post, &[("title", "글"), ("script", HEADINGS)], "save")
        .await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    author.act(&post, &[], "publish").await;
    let ids = sentences(&site, &post).await;
    // The file tells of two. As long as nobody knows what is heard there, they lead to the player.
    let places = |answer: &Answer| answer.attributes("nav#chapters li > a", "href");
    let bare = page(&site, &post, "").await;
    assert_eq!(places(&bare), ["?t=0#player", "?t=1.5#player"]);
    let times = [
        (&ids[0], at(0, 100, Origin::Measured, 90)),
        (&ids[1], at(100, 1400, Origin::Measured, 90)),
        (&ids[2], at(1400, 1600, Origin::Measured, 90)),
        (&ids[3], at(1600, 1900, Origin::Measured, 90)),
    ];
    time(&site, &post, &times, &[]).await;
    let answer = page(&site, &post, "?ui=ko").await;
    let links = [
        format!("?ui=ko&t=0#s-{}", ids[0]),
        format!("?ui=ko&t=1.5#s-{}", ids[2]),
    ];
    assert_eq!(places(&answer), links);
    assert_eq!(answer.attributes("#chapters a", "data-t"), ["0", "1.5"]);
    assert_eq!(answer.texts(".chapter-time"), ["0:00", "0:01"]);
    // The link opens the page there.
    let there = page(&site, &post, "?t=1.5").await;
    assert!(there.has(&format!("#s-{}[aria-current]", ids[2])));
    assert!(there.has("audio[data-from='1.5']:not([data-to])"));
}

#[tokio::test]
async fn a_text_post_has_its_headings_as_a_list() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    author
        .act(&post, &[("title", "글"), ("script", HEADINGS)], "publish")
        .await;
    let ids = sentences(&site, &post).await;
    let answer = page(&site, &post, "").await;
    let links = answer.attributes("nav.chapters a", "href");
    assert_eq!(links, [format!("#s-{}", ids[0]), format!("#s-{}", ids[2])]);
    let (one, _) = text_post(&site).await;
    let answer = page(&site, &one, "").await;
    assert!(!answer.has("nav.chapters"), "one heading divides nothing");
}

#[tokio::test]
async fn looks_are_explained_where_they_occur() {
    let site = Site::ready().await;
    let (post, _) = episode(&site).await;
    let answer = page(&site, &post, "").await;
    assert_eq!(answer.texts(".legend .s").len(), 2);
    assert!(answer.has(".script .s[data-x=about][title]"));
    assert!(answer.has(".script .s[data-x=unspoken][title]"));
    let english = page(&site, &post, "?ui=en").await;
    assert!(
        !english.has(".script .s[title]"),
        "a title speaks as its element does"
    );
    let (text, _) = text_post(&site).await;
    assert!(!page(&site, &text, "").await.has(".legend"));
}

#[tokio::test]
async fn posts_that_share_something_are_named() {
    let site = Site::ready().await;
    let author = site.author();
    let publish = async |title: &str, url: &str| {
        let post = author.new_post().await;
        let script = format!("{title}의 글.");
        let fields = [
            ("title", title),
            ("script", script.as_str()),
            ("ref_title", "출처"),
            ("ref_url", url),
        ];
        author.act(&post, &fields, "publish").await;
        site.clock.set(site.clock.now().plus_ms(60_000));
        post
    };
    publish("금리 이야기", "https://a.example/1").await;
    publish("바다", "https://b.example/1").await;
    publish("나무", "https://c.example/9").await;
    let post = publish("금리 <오늘>", "https://c.example/1").await;
    publish("금리 내일", "https://d.example/1").await;
    publish("돌", "https://www.c.example/2").await;
    publish("물", "https://e.example/1").await;
    let answer = page(&site, &post, "").await;
    let titles = answer.texts(".related a");
    // Shared words and hosts; what comes just before and after is named as such.
    assert_eq!(titles, ["돌", "금리 이야기"]);
    let neighbours = answer.texts(".neighbour-title");
    assert_eq!(neighbours, ["나무", "금리 내일"]);
    let english = page(&site, &post, "?ui=en").await;
    let links = english.attributes(".related a", "href");
    assert!(links.iter().all(|url| url.ends_with("?ui=en")), "{links:?}");
    // What becomes hidden is named nowhere.
    let other = publish("금리 어제", "https://f.example/").await;
    assert_eq!(page(&site, &post, "").await.texts(".related a").len(), 3);
    author.act(&other, &[], "unlist").await;
    assert_eq!(page(&site, &post, "").await.texts(".related a").len(), 2);
    let far = publish("하늘", "https://z.example/").await;
    assert!(!page(&site, &far, "").await.has(".related"));
}

#[tokio::test]
async fn machines_and_reader_modes_find_what_they_need() {
    let site = Site::ready().await;
    let (post, _) = episode(&site).await;
    let answer = page(&site, &post, "").await;
    let files = answer.attributes("link[rel=alternate][href^='/transcripts/']", "type");
    assert_eq!(
        files,
        [
            "text/plain",
            "text/html",
            "text/vtt",
            "application/x-subrip",
            "application/json"
        ]
    );
    assert!(answer.has("meta[name=author][content]"));
    let published = answer.attributes("meta[property='article:published_time']", "content");
    assert_eq!(published, answer.attributes(".byline time", "datetime"));
}

const HOSTILE: &str = "\"><script>a()</script>' <img src=x onerror=a()> {{7*7}}";

#[tokio::test]
async fn hostile_text_in_every_field_stays_text() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let script = format!(
        "# {HOSTILE}\n\n{HOSTILE}.\n\n# 둘 {HOSTILE}\n\n[{HOSTILE}](https://a.example/\"x)."
    );
    let fields = [
        ("title", HOSTILE),
        ("note", HOSTILE),
        ("script", script.as_str()),
        ("ref_title", HOSTILE),
        ("ref_outlet", HOSTILE),
        ("ref_remark", HOSTILE),
        ("ref_passage", HOSTILE),
    ];
    author.act(&post, &fields, "save").await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    author.act(&post, &[], "publish").await;
    let ids = sentences(&site, &post).await;
    let times = [
        (&ids[0], at(0, 100, Origin::Measured, 90)),
        (&ids[1], at(100, 200, Origin::Measured, 90)),
        (&ids[2], at(300, 400, Origin::Measured, 90)),
    ];
    time(&site, &post, &times, &[]).await;
    let passage = format!("?s={}-{}", ids[0], ids[ids.len() - 1]);
    for query in ["", "?ui=en", &passage, "?t=0.1,0.25"] {
        let answer = page(&site, &post, query).await;
        assert!(!answer.has("img[src=x], [onerror], main script"), "{query}");
        assert_eq!(
            answer.texts("script:not([src]):not([type='application/ld+json'])"),
            Vec::<String>::new()
        );
        assert!(answer.texts("h1")[0].contains("<script>"));
        assert_eq!(answer.texts("#r-1 .reference-title").len(), 1);
        assert!(answer.has("sup.ref") && answer.has("nav.chapters"));
    }
}
