//! Each public page with sample data, looked at by CSS selector; hostile text stays text.
use scraper::{Html, Selector};

use super::*;
use crate::formats::html::sanitise;
use crate::kernel::language::UiLanguage;
use crate::web::assets;
use crate::web::languages::LanguageLink;

const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'";

fn date(ui: Ui) -> DateView {
    use crate::kernel::time::{Instant, Zone};
    let instant = Instant(1_795_471_680_000);
    DateView {
        iso: instant.rfc3339(),
        human: crate::web::filters::human_date(instant, &Zone::from_db("Asia/Seoul"), ui),
    }
}

fn feeds() -> Feeds {
    Feeds {
        podcast: "https://example.org/@s/feed.xml".to_owned(),
        posts: "https://example.org/@s/posts.xml".to_owned(),
        apps: vec![link("AntennaPod", "https://example.org/?url=a&title=b")],
    }
}

fn neighbour(title: &str, url: &str, lang: &str) -> NeighbourView {
    NeighbourView {
        title: title.to_owned(),
        url: url.to_owned(),
        lang: lang.to_owned(),
    }
}

fn link(title: &str, url: &str) -> Link {
    Link {
        title: title.to_owned(),
        url: url.to_owned(),
    }
}

fn cover() -> CoverView {
    CoverView {
        small: "/covers/abc-300.jpg".to_owned(),
        large: "/covers/abc-600.jpg".to_owned(),
        alt: String::new(),
    }
}

fn frame(ui: Ui, title: &str) -> Frame {
    let mut frame = Frame::new(
        ui,
        title.to_owned(),
        "https://example.org/@s/a".to_owned(),
        link(title, "/@s"),
        "/@s/a",
    );
    frame.description = title.to_owned();
    frame.og.image = Some("https://example.org/covers/abc-600.jpg".to_owned());
    frame.feeds = vec![FeedLink {
        title: title.to_owned(),
        url: feeds().podcast,
        media_type: "application/rss+xml",
    }];
    frame
}

/// A show with two posts, on the second of three pages.
fn show_page(ui: Ui, text: &str) -> ShowPage {
    let card = |kind, cover, episode| PostCard {
        title: text.to_owned(),
        url: "/@s/a".to_owned(),
        lang: "ko".to_owned(),
        date: date(ui),
        kind,
        summary: text.to_owned(),
        cover,
        episode,
    };
    ShowPage {
        ui,
        frame: frame(ui, text),
        lang: "ko".to_owned(),
        title: text.to_owned(),
        description: text.to_owned(),
        author: text.to_owned(),
        cover: Some(cover()),
        posts: vec![
            card(
                KindView::Audio(crate::web::filters::audio_length(754_000, ui)),
                Some(cover()),
                episode_label(ui, Some(2), Some(12)),
            ),
            card(
                KindView::Text(crate::web::filters::reading_time(5, ui)),
                None,
                None,
            ),
        ],
        paging: Paging {
            page: 2,
            total: 3,
            newer: Some("/@s".to_owned()),
            older: Some("/@s?page=3".to_owned()),
        },
        feeds: feeds(),
    }
}

/// An episode with everything a post can have.
fn post_page(ui: Ui, text: &str) -> PostPage {
    PostPage {
        is_sent_preview: false,
        ui,
        frame: frame(ui, text),
        show: link(text, "/@s"),
        show_lang: "ko".to_owned(),
        cover: Some(cover()),
        id: "abcdefghijkl".to_owned(),
        lang: "ko".to_owned(),
        title: text.to_owned(),
        author: text.to_owned(),
        date: date(ui),
        updated: Some(date(ui)),
        episode: episode_label(ui, None, Some(12)),
        kind: KindView::Audio(crate::web::filters::audio_length(754_000, ui)),
        reading: crate::web::filters::reading_time(5, ui),
        audio: Some(AudioView {
            url: "/audio/abcdefghijkl.mp3".to_owned(),
            media_type: "audio/mpeg".to_owned(),
            duration_text: crate::web::filters::audio_length(754_000, ui),
            duration_ms: 754_000,
            length_text: "14 MB".to_owned(),
            title: text.to_owned(),
        }),
        note_html: Some(sanitise("<p>덧붙임 <em>말</em></p>")),
        script_html: Some(sanitise("<p>첫 문단.</p><h2>제목</h2><p>둘째 문단.</p>")),
        has_estimates: true,
        has_unspoken: true,
        chapters: vec![ChapterView {
            title: text.to_owned(),
            url: "?t=62#s-abcdef".to_owned(),
            time: "1:02".to_owned(),
            seconds: Some("62".to_owned()),
        }],
        corrections: vec![CorrectionView {
            date: date(ui),
            remark: text.to_owned(),
            changes: vec![ChangeView {
                label: text.to_owned(),
                pieces: [Side::Same, Side::Gone, Side::New]
                    .map(|side| PieceView {
                        side,
                        text: text.to_owned(),
                    })
                    .to_vec(),
            }],
        }],
        references: vec![
            ReferenceView {
                number: 1,
                sentence: Some(0),
                place: Some("#s-abcdef".to_owned()),
                title: text.to_owned(),
                url: Some("https://example.net/a?b=1&c=2".to_owned()),
                outlet: text.to_owned(),
                date_human: date(ui).human,
                remark: text.to_owned(),
            },
            ReferenceView {
                number: 2,
                sentence: None,
                place: None,
                title: "책".to_owned(),
                url: None,
                outlet: String::new(),
                date_human: String::new(),
                remark: String::new(),
            },
        ],
        previous: Some(neighbour(text, "/@s/b", "ko")),
        next: Some(neighbour(text, "/@s/c", "en")),
        feeds: feeds(),
        permalink: "https://example.org/p/abcdefghijkl".to_owned(),
        transcripts: vec![FileLink {
            title: "TXT".to_owned(),
            url: "/transcripts/abcdefghijkl.txt".to_owned(),
            media_type: "text/plain",
        }],
        related: vec![RelatedView {
            title: text.to_owned(),
            url: "/@s/d".to_owned(),
            lang: "ko".to_owned(),
            date: date(ui),
            length: Some("1분".to_owned()),
        }],
    }
}

/// The list of two shows.
fn show_list(ui: Ui, text: &str) -> ShowList {
    let card = |cover| ShowCard {
        title: text.to_owned(),
        url: "/@s".to_owned(),
        lang: "ko".to_owned(),
        description: text.to_owned(),
        author: text.to_owned(),
        cover,
    };
    ShowList {
        ui,
        frame: frame(ui, text),
        shows: vec![card(Some(cover())), card(None)],
    }
}

const KO: Ui = Ui {
    lang: UiLanguage::Ko,
};
const EN: Ui = Ui {
    lang: UiLanguage::En,
};

struct Page(Html);

impl Page {
    fn of(template: &impl Template) -> Self {
        Self(Html::parse_document(&template.render().unwrap()))
    }

    fn count(&self, selector: &str) -> usize {
        self.0.select(&Selector::parse(selector).unwrap()).count()
    }

    fn has(&self, selector: &str) {
        assert!(self.count(selector) > 0, "no {selector}");
    }

    fn texts(&self, selector: &str) -> Vec<String> {
        self.0
            .select(&Selector::parse(selector).unwrap())
            .map(|e| e.text().collect::<String>().trim().to_owned())
            .collect()
    }

    /// What every page keeps: one `h1`, no skipped level, landmarks, no inline script or
    /// style, a skip link that arrives, ids that are unique.
    fn is_sound(&self) {
        assert_eq!(self.count("h1"), 1);
        assert_eq!(self.count("main"), 1);
        assert_eq!(
            self.count("script:not([src]):not([type='application/ld+json']), style, [style]"),
            0
        );
        let on = |e: scraper::ElementRef| e.value().attrs().any(|(n, _)| n.starts_with("on"));
        assert!(!self.0.select(&Selector::parse("*").unwrap()).any(on));
        let level = |e: scraper::ElementRef| e.value().name()[1..].parse::<u8>().unwrap();
        let headings = Selector::parse("h1, h2, h3, h4").unwrap();
        let mut before = 0;
        for heading in self.0.select(&headings).map(level) {
            assert!(heading <= before + 1, "h{heading} after h{before}");
            before = heading;
        }
        let ids = Selector::parse("[id]").unwrap();
        let mut ids: Vec<_> = self.0.select(&ids).filter_map(|e| e.attr("id")).collect();
        for labelled in self
            .0
            .select(&Selector::parse("[aria-labelledby]").unwrap())
        {
            assert!(ids.contains(&labelled.attr("aria-labelledby").unwrap()));
        }
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }

    fn has_layout(&self) {
        self.is_sound();
        self.has("a.skip-link[href='#content']");
        self.has("main#content");
        self.has("link[rel=canonical][href='https://example.org/@s/a']");
        self.has("link[rel=alternate][type='application/rss+xml']");
        self.has("meta[property='og:image'][content^='https://']");
        self.has("meta[name='twitter:card']");
        self.has("nav.languages a[href='/@s/a?ui=en'][lang=en]");
        assert_eq!(self.count("nav.languages a[aria-current]"), 1);
    }
}

#[test]
fn a_post_has_all_its_parts() {
    for ui in [KO, EN] {
        let page = Page::of(&post_page(ui, "제목"));
        page.has_layout();
        page.has(&format!("html[lang={}]", ui.code()));
        page.has("article.post[lang=ko][data-post=abcdefghijkl] h1");
        page.has("#player audio#audio[data-duration-ms='754000'][data-title='제목'][data-show='제목'][data-cover='/covers/abc-600.jpg']");
        // Two pixels for one, and the small one does: the weight of the page depends on it.
        page.has("img.side-cover-picture[sizes='150px'][src='/covers/abc-300.jpg']");
        page.has("#text.script");
        page.has("audio[controls][preload=none][src='/audio/abcdefghijkl.mp3']");
        page.has("time[datetime='2026-11-23T22:08:00Z']");
        page.has("section.note p em");
        page.has(".script h2");
        page.has(".reference a[href='https://example.net/a?b=1&c=2'][rel=noopener]");
        assert_eq!(page.count("ol.reference-list > li"), 2);
        page.has("a[rel=prev][href='/@s/b']");
        page.has("a[rel=next][href='/@s/c'] [lang=en]");
        page.has("a[href='/transcripts/abcdefghijkl.txt']");
        page.has("link[rel=alternate][type='text/plain'][href='/transcripts/abcdefghijkl.txt']");
        page.has("nav#chapters ol > li > a[href='?t=62#s-abcdef'][data-t='62'] > .chapter-time");
        page.has("li#r-1 a[href='#s-abcdef']");
        page.has("li#r-2:not(:has(a))");
        page.has(".legend .s[data-x=about]");
        page.has(".related a[href='/@s/d']");
        page.has("meta[name=author][content='제목']");
        page.has("button[hidden][data-copy='https://example.org/@s/feed.xml']");
    }
}

#[test]
fn a_bare_text_post_has_no_empty_parts() {
    let mut post = post_page(KO, "제목");
    post.kind = KindView::Text("읽는 데 5분".to_owned());
    post.audio = None;
    post.note_html = None;
    post.references.clear();
    post.cover = None;
    post.previous = None;
    post.transcripts.clear();
    post.chapters.clear();
    post.related.clear();
    (post.has_estimates, post.has_unspoken) = (false, false);
    let page = Page::of(&post);
    page.has_layout();
    assert_eq!(
        page.count("audio, .player, .note, .references, a[rel=prev], main img, .chapters, .related, .legend"),
        0
    );
    assert!(page.texts(".post-kind").concat().contains("읽는 데 5분"));
}

#[test]
fn a_show_lists_its_posts() {
    let page = Page::of(&show_page(KO, "제목"));
    page.has_layout();
    assert_eq!(page.count("article.post-card"), 2);
    page.has("h1.nameplate-title");
    page.has("img[srcset][width][height][alt]");
    page.has("nav.paging a[rel=next][href='/@s?page=3']");
    assert_eq!(page.texts(".paging-of"), ["3쪽 중 2쪽"]);
    assert_eq!(
        page.texts(".post-card:first-child .meta-item")[..4],
        ["2026년 11월 24일", "시즌 2 12화", "오디오", "12분 34초"]
    );
}

#[test]
fn an_empty_show_says_so() {
    let mut show = show_page(EN, "A show");
    show.posts.clear();
    show.paging = Paging {
        page: 1,
        total: 1,
        newer: None,
        older: None,
    };
    let page = Page::of(&show);
    page.has_layout();
    page.has(".empty");
    assert_eq!(page.count("nav.paging, .post-list"), 0);
}

#[test]
fn several_shows_are_listed() {
    let page = Page::of(&show_list(EN, "A show"));
    page.has_layout();
    assert_eq!(page.count("li.show-card h2 a[href='/@s']"), 2);
}

/// Same fields as the error page of `web`, which prints this template.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorSample {
    ui: Ui,
    status: u16,
    title: String,
    text: String,
    languages: Vec<LanguageLink>,
    home: String,
    css: String,
}

#[test]
fn an_error_is_a_page() {
    let page = Page::of(&ErrorSample {
        ui: EN,
        status: 404,
        title: EN.t("error-page-404-title"),
        text: HOSTILE.to_owned(),
        languages: LanguageLink::both(EN, "?"),
        home: "/".to_owned(),
        css: assets::url("site.css"),
    });
    page.is_sound();
    page.has("html[lang=en] main a[href='/']");
    assert_eq!(page.texts(".error-text"), [HOSTILE]);
    assert_eq!(page.count("script, img"), 0);
}

#[test]
fn every_status_has_words_in_both_languages() {
    for ui in [KO, EN] {
        for status in [400, 401, 403, 404, 405, 409, 415, 421, 422, 500, 503] {
            for part in ["title", "text"] {
                assert!(!ui.t(&format!("error-page-{status}-{part}")).is_empty());
            }
        }
        assert!(
            ui.t1("error-page-413-text", "limit", "2 GB")
                .contains("2 GB")
        );
        assert!(ui.n("error-page-429-text", 30).contains("30"));
        let full = ui.t2("error-page-507-text", ("needed", &12), ("free", &7));
        assert!(full.contains("12") && full.contains('7'), "{full}");
        assert!(ui.t("error-page-421-text").contains("--public-url"));
    }
}

#[test]
fn hostile_text_stays_text() {
    let pages = [
        Page::of(&post_page(KO, HOSTILE)),
        Page::of(&show_page(KO, HOSTILE)),
        Page::of(&show_list(KO, HOSTILE)),
    ];
    for page in pages {
        page.has_layout();
        assert_eq!(page.count("script"), 1);
        assert_eq!(page.count("img[src=x]"), 0);
        assert!(page.texts("h1, h2, h3").iter().any(|t| t == HOSTILE));
    }
}
