//! What the sanitiser lets through, and what it must not.
use askama::Template;
use proptest::prelude::*;

use super::*;

#[test]
fn keeps_what_a_writer_needs() {
    for html in [
        "<p>대본 <strong>강조</strong> <em>기울임</em></p>",
        "<h2>제목</h2>\n<ul>\n<li>하나</li>\n<li>둘</li>\n</ul>",
        "<blockquote>\n<p>인용</p>\n</blockquote>",
        "<ol start=\"12\">\n<li>x</li>\n</ol>",
        "<pre><code>a &lt; b</code></pre>",
        "<p>H<sub>2</sub>O<br>x</p><hr>",
    ] {
        assert_eq!(sanitise(html).as_str(), html);
    }
}

#[test]
fn takes_away_what_can_act() {
    for (html, want) in [
        ("<script>alert(1)</script>x", "x"),
        ("<style>p{}</style>x", "x"),
        (
            "<p onclick=\"x()\" style=\"a\" class=c id=i>t</p>",
            "<p>t</p>",
        ),
        ("<svg><script>1</script></svg>t", "t"),
        ("<div><h1>t</h1></div>", "t"),
        ("<math><mi>t</mi></math>u", "u"),
        ("<img src=x onerror=alert(1)>t", "t"),
        ("<!-- c -->t", "t"),
        ("<iframe src=https://e.org></iframe>t", "t"),
    ] {
        assert_eq!(sanitise(html).as_str(), want, "{html}");
    }
    for href in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " java\nscript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
    ] {
        let safe = sanitise(&format!("<a href=\"{href}\">t</a>"));
        assert_eq!(safe.as_str(), "<a>t</a>", "{href}");
    }
    assert_eq!(
        sanitise("<a href=\"https://e.org/?a=1&amp;b\" target=_blank>t</a>").as_str(),
        "<a href=\"https://e.org/?a=1&amp;b\" rel=\"noopener nofollow\">t</a>"
    );
}

#[test]
fn only_sentences_have_ids() {
    for html in [
        "<p><span class=\"s\" id=\"s-abcdef\" data-t=\"1.2-3\" data-x=\"about\">t</span></p>",
        "<p><a class=\"s\" id=\"s-abcdef\" href=\"?s=abcdef#s-abcdef\" data-x=\"unspoken\">t</a></p>",
        "<a class=\"s-at\" href=\"?s=abcdef\" aria-label=\"t\" lang=\"ko\"></a>",
        "<a class=\"s\" id=\"s-abcdef\" href=\"?s=abcdef\" aria-describedby=\"heard-about\">t</a>",
        "<sup class=\"ref\"><a id=\"ref-12\" href=\"#r-12\" aria-label=\"t 12\">12</a></sup>",
        "<a class=\"gap\" href=\"?t=1,2#player\" data-t=\"1-2\" lang=\"en\">t</a>",
    ] {
        assert_eq!(sanitise_with_sentences(html).as_str(), html);
    }
    for (html, want) in [
        ("<span id=\"abcdef\" class=a>t</span>", "<span>t</span>"),
        ("<sup class=s id=ref-1>1</sup>", "<sup>1</sup>"),
        ("<span id=ref-1>t</span>", "<span>t</span>"),
        ("<a aria-describedby=content>t</a>", "<a>t</a>"),
        ("<span id=\"s-abcdef g\">t</span>", "<span>t</span>"),
        ("<p id=\"s-abcdef\" class=s>t</p>", "<p>t</p>"),
        ("<span onclick=x() id=s-ABCDEF>t</span>", "<span>t</span>"),
        (
            "<span class=gap data-t=\"1-x\" data-x=y>t</span>",
            "<span>t</span>",
        ),
        (
            "<span data-t=\"\" lang=x style=a>t</span>",
            "<span>t</span>",
        ),
    ] {
        assert_eq!(sanitise_with_sentences(html).as_str(), want, "{html}");
    }
    let typed = "<span id=\"s-abcdef\" class=s data-t=1>t</span>";
    assert_eq!(sanitise(typed).as_str(), "t");
    let typed = "<a class=s id=s-abcdef data-t=1>t</a>";
    assert_eq!(sanitise(typed).as_str(), "<a>t</a>");
    let many = "<p><a class=s id=\"s-abcdef\">t</a></p>".repeat(5_000);
    let kept = sanitise_with_sentences(&many);
    assert_eq!(kept.as_str().matches("<a ").count(), 5_000);
}

#[test]
fn depth_is_bounded() {
    for html in [
        "<b>".repeat(200_000),
        "<div><p>".repeat(60_000),
        "<div><!--</div>-->".repeat(60_000),
        "<blockquote>".repeat(500_000),
    ] {
        let safe = sanitise(&format!("{html}words"));
        assert!(safe.as_str().ends_with("words"), "{}", &html[..20]);
        assert!(!safe.as_str().contains('<'), "{}", &html[..20]);
    }
    let few = "<blockquote>".repeat(4000);
    assert!(sanitise(&few).as_str().starts_with("<blockquote>"));
    let flat = "<p>문단 <a href=\"https://e.org/\">x</a><br></p>\n".repeat(10_000);
    assert_eq!(sanitise(&flat).as_str().matches("<p>").count(), 10_000);
}

#[test]
fn local_links_become_absolute() {
    let safe = sanitise("<p><a href=\"/@a/b\">x</a> <a href=\"//e.org/\">y</a> a href=\"/</p>");
    assert_eq!(
        safe.with_absolute_links("https://h.org").as_str(),
        "<p><a href=\"https://h.org/@a/b\" rel=\"noopener nofollow\">x</a> \
         <a href=\"//e.org/\" rel=\"noopener nofollow\">y</a> a href=\"/</p>"
    );
}

#[test]
fn words_alone() {
    assert_eq!(
        plain_text("<p>하나 &amp; <b>둘</b></p>\n<ul><li>a<li>b</ul>x<br>&lt;i&gt;&nbsp;z"),
        "하나 & 둘\na\nb\nx\n<i>\u{a0}z"
    );
    assert_eq!(plain_text("&amp;lt;"), "&lt;");
}

#[test]
fn xml_takes_the_rest() {
    assert_eq!(
        xml_text("a\0b\u{b}c\u{FFFE}d\u{FFFF}e\tf\ng"),
        "abcde\tf\ng"
    );
    assert_eq!(xml_text("a\r\nb\rc"), "a\nb\nc");
    assert_eq!(xml_text("대본 😀 \u{FFFD}"), "대본 😀 \u{FFFD}");
}

#[test]
fn links() {
    for (text, want) in [
        ("https://e.org", Some("https://e.org/")),
        (
            " http://e.org/가?q=나 ",
            Some("http://e.org/%EA%B0%80?q=%EB%82%98"),
        ),
        ("javascript:alert(1)", None),
        ("java\tscript:alert(1)", None),
        ("//e.org", None),
        ("/x", None),
        ("ftp://e.org", None),
        ("https://u:p@e.org", None),
        ("https://", None),
        ("", None),
    ] {
        assert_eq!(safe_link(text).as_deref(), want, "{text}");
    }
    assert!(safe_link(&format!("https://e.org/{}", "a".repeat(2000))).is_none());
}

#[derive(Template)]
#[template(source = "<div>{{ body }}</div>{{ text }}", ext = "html")]
struct Page<'a> {
    body: &'a SafeHtml,
    text: &'a str,
}

#[derive(Template)]
#[template(
    source = "{% for b in bodies %}{{ b }}{% endfor %}{{ body }}",
    ext = "html"
)]
struct Owning {
    bodies: Vec<SafeHtml>,
    body: SafeHtml,
}

#[test]
fn templates_print_it_as_it_is() {
    let body = sanitise("<p>a</p>");
    let page = Page {
        body: &body,
        text: "<p>",
    };
    assert_eq!(
        page.render().expect("renders"),
        "<div><p>a</p></div>&#60;p&#62;"
    );
    let owning = Owning {
        bodies: vec![body.clone()],
        body,
    };
    assert_eq!(owning.render().expect("renders"), "<p>a</p><p>a</p>");
}

proptest! {
    #[test]
    fn nothing_acts_and_twice_is_once(html in "(<|>|/|a|p|b| href=| onx=|\"|'|javascript:|https:|//|&|;|#|x|script|svg|math|style|!--|--|li|ul|가|\\PC){0,40}") {
        let once = sanitise(&html);
        let lower = once.as_str().to_lowercase();
        prop_assert!(!lower.contains("<script") && !lower.contains("<svg") && !lower.contains("<style"));
        for tag in lower.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            prop_assert!(!tag.contains("href=\"javascript:") && !tag.split('"').step_by(2).any(|t| t.contains(" on")));
        }
        let twice = sanitise(once.as_str());
        prop_assert_eq!(twice.as_str(), once.as_str());
    }

    #[test]
    fn xml_text_is_xml(text in any::<String>()) {
        let out = xml_text(&text);
        prop_assert!(out.chars().all(is_xml_char));
        prop_assert_eq!(xml_text(&out), out);
    }
}
