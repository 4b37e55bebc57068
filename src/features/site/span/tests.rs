//! Wishes as they are typed, and pages with passages, looked at by CSS selector.
use proptest::prelude::*;
use scraper::{Html, Selector};

use super::*;
use crate::features::site::fill::Reader;
use crate::formats::html::plain_text;
use crate::formats::script::{self, Heard, Mark, MarkWords};
use crate::formats::transcript::Span;
use crate::kernel::ids::PostId;
use crate::kernel::language::UiLanguage;
use crate::kernel::urls::BaseUrl;
use crate::web::ui::Ui;

const HOSTILE: &str = "\"><script>a()</script>' & <span class=\"s\" id=\"s-abcdef\">x</span>.";

fn id(n: u32) -> SentenceId {
    SentenceId::numbered(&PostId::from_db("abcdefghijkl".to_owned()), n)
}

fn reader() -> Reader {
    Reader {
        base: BaseUrl::parse("https://example.org").expect("an address"),
        ui: Ui::new(UiLanguage::Ko),
        explicit: false,
    }
}

/// A page of sentences, each with its seconds or without; one minute of sound, if any.
fn page_of(sentences: &[(&str, Option<(u64, u64)>)], has_sound: bool) -> String {
    let ids: Vec<SentenceId> = (0..).map(id).take(sentences.len()).collect();
    let plain = |(markdown, _): &(&str, _)| script::render(markdown).text;
    let texts: Vec<String> = sentences.iter().map(plain).collect();
    let marks: Vec<Mark> = ids
        .iter()
        .zip(&texts)
        .zip(sentences)
        .map(|((id, text), (_, heard))| Mark {
            id,
            text,
            href: Some(urls::sentence(None, id)),
            heard: heard.map_or(Heard::Never, |(start_ms, end_ms)| {
                Heard::At(Span { start_ms, end_ms })
            }),
            before: Vec::new(),
            notes: Vec::new(),
            after: Vec::new(),
        })
        .collect();
    let markdown: String = sentences
        .iter()
        .map(|(text, _)| format!("{text}\n"))
        .collect();
    let text = script::render_with_sentences(&markdown, &marks, &MarkWords::default());
    let audio = "<audio id=\"audio\" controls src=\"/audio/abcdefghijkl.mp3\" data-duration-ms=\"60000\"></audio>";
    let hostile = crate::formats::html::text_to_html(HOSTILE);
    format!(
        "<!DOCTYPE html><html lang=\"ko\"><head><title>t</title>\
         <meta name=\"description\" content=\"{hostile}\">\
         <link rel=\"canonical\" href=\"https://example.org/@s/a\">\
         <meta property=\"og:title\" content=\"{hostile}\">\
         <meta property=\"og:url\" content=\"https://example.org/@s/a\">\
         <meta property=\"og:image\" content=\"https://example.org/c.jpg\">\
         <meta name=\"twitter:card\" content=\"summary\"></head><body>\
         <nav class=\"languages\"><a href=\"/@s/a?ui=ko\"></a><a href=\"/@s/a?ui=en\"></a></nav>\
         <article class=\"post\" data-post=\"abcdefghijkl\" lang=\"ko\">\
         <h1 class=\"post-title\">{hostile}</h1><p>\
         <span class=\"meta-item byline-author\" lang=\"ko\">{hostile}</span></p>\
         <piece-columns class=\"columns\">{}<div class=\"script\" id=\"text\">{text}</div></div>\
         </article></body></html>",
        if has_sound { audio } else { "" },
    )
}

/// The page with the passage that the query asks for.
fn marked(html: &str, query: &str) -> Option<Html> {
    let (name, value) = query.split_once('=').expect("a pair");
    let page = PageText::read(html);
    let passage = page.find(&Wish::read(name, value)?)?;
    let out = page.mark(&passage, &reader(), "/@s/a").expect("printed");
    Some(Html::parse_document(&out))
}

fn all(page: &Html, selector: &str, name: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    page.select(&selector)
        .map(|e| match name {
            "" => e.text().collect(),
            name => e.attr(name).unwrap_or_default().to_owned(),
        })
        .collect()
}

fn sample() -> String {
    let sentences = [
        ("하나입니다.", Some((1000, 3000))),
        ("둘은 [이것](/a)입니다.", Some((3000, 5500))),
        (HOSTILE, None),
        ("# 넷", Some((8000, 9000))),
        ("다섯입니다.", Some((20_000, 30_000))),
    ];
    page_of(&sentences, true)
}

#[test]
fn wishes_are_read_or_nothing() {
    let stretch = |from, to| Some(Wish::Stretch(from, to));
    for (value, want) in [
        ("12.5", stretch(12_500, None)),
        ("0,20", stretch(0, Some(20_000))),
        ("1.23456,1.235", stretch(1234, Some(1235))),
        ("3600000", stretch(MAX_MS, None)),
    ] {
        assert_eq!(Wish::read("t", value), want, "{value}");
    }
    for bad in [
        "", ",", "1,", ",1", "5,5", "20,12.5", "1,2,3", "NaN", "inf", "1e3", "-1", "+1", "0x1",
        "1.", ".5", "99999999", "3600001", "1 ", "１", "12:30", "1.2.3",
    ] {
        assert_eq!(Wish::read("t", bad), None, "{bad}");
    }
    let one: SentenceId = "abcdef".parse().expect("an id");
    let same = Some(Wish::Sentences(one.clone(), one.clone()));
    assert_eq!(Wish::read("s", "abcdef"), same);
    assert_eq!(Wish::read("s", "abcdef-abcdef"), same);
    for bad in [
        "",
        "-",
        "abcdef-",
        "abcde",
        "ABCDEF",
        "abcdef-ghi",
        "abcdef-abcdef-abcdef",
        "\"><b>",
    ] {
        assert_eq!(Wish::read("s", bad), None, "{bad}");
    }
    assert_eq!(Wish::read("u", "abcdef"), None);
}

#[test]
fn sentences_are_marked_and_quoted() {
    let html = sample();
    let query = format!("s={}-{}", id(1), id(3));
    let page = marked(&html, &query).expect("there");
    let spoken: Vec<String> = (1..4).map(|n| format!("s-{}", id(n))).collect();
    assert_eq!(all(&page, "[aria-current]", "id"), spoken);
    let span = format!("{}-{}", id(1), id(3));
    assert_eq!(all(&page, "article.post", "data-span"), [span.as_str()]);
    let audio = |name| all(&page, "audio", name);
    assert_eq!(audio("src"), ["/audio/abcdefghijkl.mp3#t=3,9"]);
    assert_eq!(
        (audio("data-from"), audio("data-to")),
        (vec!["3".to_owned()], vec!["9".to_owned()])
    );
    let words = format!("둘은 이것입니다. {HOSTILE} 넷");
    assert_eq!(all(&page, ".quote-words", ""), std::slice::from_ref(&words));
    assert_eq!(
        all(&page, ".quote-source .meta-item", ""),
        [HOSTILE, HOSTILE, "0:03–0:09"]
    );
    let place = format!("#s-{}", id(1));
    assert_eq!(
        all(&page, ".quote-links a", "href"),
        [place.as_str(), "/@s/a"]
    );
    let meta = |name: &str| all(&page, &format!("meta[property='og:{name}']"), "content").concat();
    assert_eq!(
        meta("image"),
        format!("https://example.org/cards/abcdefghijkl-{span}.png")
    );
    assert_eq!(meta("url"), format!("https://example.org/@s/a?{query}"));
    assert_eq!(meta("title"), format!("“{words}” · {HOSTILE}"));
    assert_eq!(all(&page, "meta[name=description]", "content"), [words]);
    assert_eq!(
        all(&page, "meta[name='twitter:card']", "content"),
        ["summary_large_image"]
    );
    assert_eq!(
        all(&page, "link[rel=canonical]", "href"),
        ["https://example.org/@s/a"]
    );
    let languages = ["ko", "en"].map(|ui| format!("/@s/a?ui={ui}&{query}"));
    assert_eq!(all(&page, ".languages a", "href"), languages);
    assert_eq!(all(&page, "script, .s .s", ""), Vec::<String>::new());
}

#[test]
fn seconds_are_resolved_to_sentences() {
    let html = sample();
    for (query, span, from, to) in [
        ("t=1.5", Some((0, 0)), "1.5", ""),
        ("t=3,5.5", Some((1, 1)), "3", "5.5"),
        ("t=2.9,8.1", Some((1, 1)), "2.9", "8.1"),
        ("t=2,8.5", Some((0, 3)), "2", "8.5"),
        ("t=6", Some((3, 3)), "6", ""),
        ("t=12", None, "12", ""),
        ("t=31.2,45", None, "31.2", "45"),
        ("t=59.99,60.5", None, "59.99", "60.5"),
    ] {
        let page = marked(&html, query).expect("there");
        let span = span.map(|(a, b)| format!("{}-{}", id(a), id(b)));
        let quoted = all(&page, "article.post", "data-span").concat();
        assert_eq!(quoted, span.unwrap_or_default(), "{query}");
        let audio = |name| all(&page, "audio", name).concat();
        assert_eq!(
            (audio("data-from"), audio("data-to")),
            (from.to_owned(), to.to_owned())
        );
        assert!(audio("src").ends_with(&format!("#{query}")));
        let words = all(&page, ".quote-words", "");
        assert_eq!(words.is_empty(), quoted.is_empty(), "{query}");
    }
    for none in ["t=60", "t=10,61.1", "t=3600000", "s=aaaaaa"] {
        assert!(marked(&html, none).is_none(), "{none}");
    }
    let reversed = format!("s={}-{}", id(3), id(1));
    assert!(marked(&html, &reversed).is_none());
    // Without a recording there are sentences and no seconds.
    let silent = page_of(&[("하나.", None)], false);
    assert!(marked(&silent, "t=1").is_none());
    let page = marked(&silent, &format!("s={}", id(0))).expect("there");
    assert_eq!(all(&page, ".quote-words", ""), ["하나."]);
}

#[test]
fn long_passages_are_cut_where_a_sentence_ends() {
    let long = "이 문장은 아주 길지는 않아도 여럿이 모이면 상자에 다 들어가지 않습니다.";
    let sentences = vec![(long, None); 100];
    let html = page_of(&sentences, false);
    let page = marked(&html, &format!("s={}-{}", id(0), id(99))).expect("there");
    let words = all(&page, ".quote-words", "").concat();
    assert!(words.len() < 600 && words.ends_with("않습니다."), "{words}");
    assert_eq!(all(&page, "[aria-current]", "id").len(), 100);
}

proptest! {
    #[test]
    fn what_is_read_has_one_spelling(name in "[st]", value in "([0-9]{1,4}(\\.[0-9]{1,4})?,?){1,2}|([a-z2-7]{6}-?){1,2}|\\PC{0,20}") {
        if let Some(wish) = Wish::read(&name, &value) {
            let query = match &wish {
                Wish::Sentences(from, to) => urls::sentences_query(from, to),
                Wish::Stretch(from, to) => urls::stretch_query(*from, *to),
            };
            prop_assert!(query.bytes().all(|b| b.is_ascii_alphanumeric() || b"=-,.".contains(&b)));
        }
    }

    #[test]
    fn any_text_can_be_read_as_a_page(html in "(<a class=\"s\" id=\"s-|<span class=\"s\" id=\"s-|abcdef\"|\"|>|</a>|</span>| data-t=\"1-2\"|<audio id=\"audio\"| data-duration-ms=\"9000\"| src=\"|<piece-columns class=\"columns\">| id=\"text\">|<meta |</head>| content=\"|<article class=\"post\"|<nav class=\"languages\"| href=\"|\\PC){0,30}") {
        let page = PageText::read(&html);
        for (name, value) in [("s", "abcdef"), ("t", "1"), ("t", "1,2")] {
            let wish = Wish::read(name, value).expect("well formed");
            if let Some(passage) = page.find(&wish) {
                let out = page.mark(&passage, &reader(), "/").expect("printed");
                prop_assert!(out.len() >= html.len() || html.contains(" content=\""));
            }
        }
    }

    #[test]
    fn only_the_passage_is_marked(
        texts in prop::collection::vec(("[가-힣][가-힣<>&\"']{0,8}", prop::option::of((0u64..50_000, 1u64..9000))), 1..12),
        from in 0usize..12, to in 0usize..12, stretch in (0u64..70_000, 1u64..9000),
    ) {
        let sentences: Vec<(&str, Option<(u64, u64)>)> = texts
            .iter()
            .map(|(text, heard)| (text.as_str(), heard.map(|(at, length)| (at, at + length))))
            .collect();
        let html = page_of(&sentences, true);
        let page = PageText::read(&html);
        prop_assert_eq!(page.sentences.len(), sentences.len());
        let wish = Wish::Sentences(id(from as u32), id(to as u32));
        let found = page.find(&wish);
        prop_assert_eq!(found.is_some(), from <= to && to < sentences.len());
        let (at, length) = stretch;
        let heard = page.find(&Wish::Stretch(at, Some(at + length)));
        prop_assert_eq!(heard.is_some(), at < 60_000 && at + length <= 61_000);
        for passage in [found, heard].into_iter().flatten() {
            let out = page.mark(&passage, &reader(), "/@s/a").expect("printed");
            let marked = out.matches("aria-current=\"true\"").count();
            prop_assert_eq!(marked, passage.sentences.map_or(0, |(a, b)| b + 1 - a));
            // Without the marks the text is what it was.
            let text = |html: &str| html.split(" id=\"text\">").nth(1).map(str::to_owned);
            let bare = out.replace(" aria-current=\"true\"", "");
            prop_assert_eq!(text(&bare), text(&html));
            prop_assert_eq!(plain_text(&text(&out).unwrap_or_default()), plain_text(&text(&html).unwrap_or_default()));
        }
    }
}
