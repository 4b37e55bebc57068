//! The house's Markdown, line by line; large hostile texts; excerpts.
use proptest::prelude::*;

use super::*;
use crate::formats::html::plain_text;
use crate::formats::transcript::Span;
use crate::kernel::ids::{PostId, SentenceId};

fn html(markdown: &str) -> String {
    render(markdown).html.into_string().replace('\n', "")
}

const REL: &str = "rel=\"noopener nofollow\"";

#[test]
fn a_line_is_a_paragraph() {
    for (markdown, want) in [
        ("하나.\n둘.", "<p>하나.</p><p>둘.</p>"),
        ("하나.\n\n\n둘.\n", "<p>하나.</p><p>둘.</p>"),
        ("하나.\r\n둘.\r셋.", "<p>하나.</p><p>둘.</p><p>셋.</p>"),
        ("하나  \n둘\n셋", "<p>하나<br>둘</p><p>셋</p>"),
        ("하나\\\n둘", "<p>하나<br>둘</p>"),
        ("하나\\\n---", "<p>하나<br>---</p>"),
        ("하나\n---\n둘", "<p>하나</p><hr><p>둘</p>"),
        ("하나\n===", "<p>하나</p><p>===</p>"),
        ("    들여 쓴 문단\n\t또", "<p>들여 쓴 문단</p><p>또</p>"),
        ("\u{3000}들여 쓴 문단", "<p>들여 쓴 문단</p>"),
        ("", ""),
        ("  \n\n", ""),
    ] {
        assert_eq!(html(markdown), want, "{markdown:?}");
    }
}

#[test]
fn lists_and_quotes_stay_themselves() {
    for (markdown, want) in [
        (
            "본문\n- 하나\n- 둘\n본문",
            "<p>본문</p><ul><li>하나</li><li>둘</li></ul><p>본문</p>",
        ),
        (
            "- 하나\n  이어서\n- 둘",
            "<ul><li>하나이어서</li><li>둘</li></ul>",
        ),
        (
            "- 하나\n  - 안\n- 둘",
            "<ul><li>하나<ul><li>안</li></ul></li><li>둘</li></ul>",
        ),
        (
            "본문\n3. 셋\n4. 넷",
            "<p>본문</p><ol start=\"3\"><li>셋</li><li>넷</li></ol>",
        ),
        (
            "> 인용\n> 이어서\n본문",
            "<blockquote><p>인용이어서</p></blockquote><p>본문</p>",
        ),
        (
            "> 하나\n>\n> 둘",
            "<blockquote><p>하나</p><p>둘</p></blockquote>",
        ),
        (
            "> - 하나\n> - 둘",
            "<blockquote><ul><li>하나</li><li>둘</li></ul></blockquote>",
        ),
        ("2025년\n-5도였다", "<p>2025년</p><p>-5도였다</p>"),
        (
            "```\na\n\n<b>\n```\n끝",
            "<pre><code>a&lt;b&gt;</code></pre><p>끝</p>",
        ),
    ] {
        assert_eq!(html(markdown), want, "{markdown:?}");
    }
}

#[test]
fn dates_are_no_lists() {
    let date = "2024. 3. 5. 첫눈이 왔다.";
    assert_eq!(html(date), format!("<p>{date}</p>"));
    assert_eq!(
        html(&format!("  {date}\n1. 하나\n> {date}")),
        format!("<p>{date}</p><ol><li>하나</li></ol><blockquote><p>{date}</p></blockquote>")
    );
    assert_eq!(render("2024. 12.").text, "2024. 12.");
    assert!(html("2024. 첫눈").starts_with("<ol start=\"2024\">"));
    assert!(html("1. 3. 5.").starts_with("<ol>"));
}

#[test]
fn headings_start_at_two() {
    assert_eq!(
        html("# 하나\n## 둘\n### 셋\n###### 여섯\n#태그"),
        "<h2>하나</h2><h3>둘</h3><h4>셋</h4><h4>여섯</h4><p>#태그</p>"
    );
}

#[test]
fn emphasis_beside_korean() {
    for (markdown, want) in [
        ("**강조**는", "<p><strong>강조</strong>는</p>"),
        ("**\"인용\"**을", "<p><strong>\"인용\"</strong>을</p>"),
        (
            "그는**“인용”**을 *(괄호)*와",
            "<p>그는<strong>“인용”</strong>을 <em>(괄호)</em>와</p>",
        ),
        (
            "**정부효율부(DOGE)**는 **둘.**입니다",
            "<p><strong>정부효율부(DOGE)</strong>는 <strong>둘.</strong>입니다</p>",
        ),
        (
            "_기울임_ 파일_이름_변경",
            "<p><em>기울임</em> 파일_이름_변경</p>",
        ),
        (
            "협력합시다~ 이런 ~식~으로 ~~요~~",
            "<p>협력합시다~ 이런 ~식~으로 ~~요~~</p>",
        ),
        (r"\*별\* 2*3*4", "<p>*별* 2<em>3</em>4</p>"),
        (r#""\**별"#, "<p>\"**별</p>"),
        ("`\"**을`", "<p><code>\"**을</code></p>"),
        ("**여러\n줄**", "<p>**여러</p><p>줄**</p>"),
    ] {
        assert_eq!(html(markdown), want, "{markdown:?}");
    }
}

#[test]
fn html_is_text() {
    for (markdown, want) in [
        ("<b>굵게</b>", "<p>&lt;b&gt;굵게&lt;/b&gt;</p>"),
        (
            "<script>alert(1)</script>",
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        ),
        ("<!-- 주석\n본문", "<p>&lt;!-- 주석</p><p>본문</p>"),
        (
            "<div>\n**강조**",
            "<p>&lt;div&gt;</p><p><strong>강조</strong></p>",
        ),
        ("a &lt; b &amp; c & d", "<p>a &lt; b &amp; c &amp; d</p>"),
        ("![그림](https://e.org/a.png)", "<p>그림</p>"),
    ] {
        assert_eq!(html(markdown), want, "{markdown:?}");
    }
    assert_eq!(html("[a](javascript:alert(1))"), "<p><a>a</a></p>");
}

#[test]
fn addresses_become_links() {
    for (text, address, behind) in [
        ("https://e.org/a", "https://e.org/a", ""),
        ("https://e.org/a를 보라", "https://e.org/a", "를 보라"),
        ("https://e.org/에서", "https://e.org/에서", ""),
        ("https://e.org에서", "https://e.org", "에서"),
        ("https://e.org/a.", "https://e.org/a", "."),
        ("https://e.org/a), 그리고", "https://e.org/a", "), 그리고"),
        ("https://e.org/a_(b)에", "https://e.org/a_(b)", "에"),
        (
            "https://e.org/a_b_c?d=*e*",
            "https://e.org/a_b_c?d=",
            "<em>e</em>",
        ),
        ("https://e.org/wiki/대본?", "https://e.org/wiki/대본", "?"),
        (
            "https://e.org/a?b=1&c=2…",
            "https://e.org/a?b=1&amp;c=2",
            "…",
        ),
        ("http://e.org/「x」", "http://e.org/", "「x」"),
    ] {
        let got = html(text);
        let href = got.split('"').nth(1).unwrap_or_default();
        assert!(href.is_ascii(), "{text}: {got}");
        let want = format!("<p><a href=\"{href}\" {REL}>{address}</a>{behind}</p>");
        assert_eq!(got, want, "{text}");
    }
    assert_eq!(
        html("xhttps://e.org/ https:// http"),
        "<p>xhttps://e.org/ https:// http</p>"
    );
    assert_eq!(html("`https://e.org`"), "<p><code>https://e.org</code></p>");
    let link = format!("<p><a href=\"https://e.org/\" {REL}>https://a.org</a></p>");
    assert_eq!(html("[https://a.org](https://e.org/)"), link);
    let link = format!("<p>(<a href=\"https://e.org/\" {REL}>https://e.org/</a>)</p>");
    assert_eq!(html("(<https://e.org/>)"), link);
}

#[test]
fn plain_text_has_a_line_per_paragraph() {
    let rendered =
        render("# 제목\n하나 **둘** [셋](https://e.org)\n\n- 가\n- 나\n> 다  \n> 라\n`<b>`");
    assert_eq!(rendered.text, "제목\n하나 둘 셋\n가\n나\n다\n라\n<b>");
    assert_eq!(rendered.chars, 2 + 6 + 2 + 2 + 3);
}

/// Kind and speaker of every sentence, and its words.
fn pieces(markdown: &str) -> Vec<(BlockKind, String, String)> {
    cut(markdown)
        .into_iter()
        .map(|p| (p.kind, p.speaker.unwrap_or_default(), p.text))
        .collect()
}

#[test]
fn sentences_know_their_blocks() {
    use BlockKind::*;
    let markdown = "# 제목입니다. 하나로 셉니다.\n하나 **둘입니다. 셋**입니다. [넷. 다섯](https://e.org) `여섯. 일곱`\n\
        > 인용입니다.\n> 이어집니다. 둘째\n> 줄입니다.\n\n- 가입니다.\n  - 나입니다.\n  - 다\n\n```\n코드. 줄\n\n또\n```\n---\n줄\\\n바꿈\n![그림](https://e.org/a.png)\n  \n";
    let got = pieces(markdown);
    let want = [
        (Heading(2), "제목입니다. 하나로 셉니다."),
        (Paragraph, "하나 둘입니다."),
        (Paragraph, "셋입니다."),
        (Paragraph, "넷. 다섯 여섯. 일곱"),
        (Quote, "인용입니다."),
        (Quote, "이어집니다."),
        (Quote, "둘째 줄입니다."),
        (Item, "가입니다."),
        (Item, "나입니다."),
        (Item, "다"),
        (Code, "코드."),
        (Code, "줄"),
        (Code, "또"),
        (Paragraph, "줄"),
        (Paragraph, "바꿈"),
        (Paragraph, "그림"),
    ];
    let want = want.map(|(kind, text)| (kind, String::new(), text.to_owned()));
    assert_eq!(got, want);
    let numbers: Vec<usize> = cut(markdown).iter().map(|p| p.block).collect();
    assert_eq!(numbers, [0, 1, 1, 1, 2, 2, 2, 3, 4, 5, 6, 6, 6, 7, 7, 8]);
    let blocks = blocks(markdown);
    for piece in cut(markdown) {
        assert_eq!(blocks[piece.block].text[piece.span], piece.text);
    }
    let odd = pieces("a&#10;b&#13;c\td&#x2028;e");
    let texts: Vec<&str> = odd.iter().map(|(_, _, text)| text.as_str()).collect();
    assert_eq!(texts, ["a", "b", "c d", "e"]);
}

/// The sentences of a script as its first version has them.
fn kept(markdown: &str) -> Vec<Sentence> {
    let post = PostId::from_db("abcdefghijkl".to_owned());
    let mut n = 0;
    carry(&[], &[], &cut(markdown), || {
        n += 1;
        SentenceId::numbered(&post, n - 1)
    })
}

/// The script with its sentences marked, ids as numbers and line ends left out.
fn marked(markdown: &str) -> String {
    let kept = kept(markdown);
    let mut html = bare(markdown, &kept);
    for (n, sentence) in kept.iter().enumerate() {
        html = html.replace(&format!("\"s-{}\"", sentence.id), &n.to_string());
    }
    html.replace('\n', "")
        .replace("<span class=\"s\" id=", "<")
        .replace("</span>", "</>")
}

/// The script with its sentences in bare elements.
fn bare(markdown: &str, sentences: &[Sentence]) -> String {
    let marks: Vec<Mark> = sentences.iter().map(Mark::bare).collect();
    render_with_sentences(markdown, &marks, &MarkWords::default()).into_string()
}

#[test]
fn sentences_are_links_with_their_seconds() {
    let markdown = "**가람**: 하나. 둘 [셋](/a)!\n# 넷 **다섯**\n[](/b)여섯 일곱[](/c).";
    let kept = kept(markdown);
    let span = |start_ms, end_ms| Span { start_ms, end_ms };
    let gap = |start_ms| GapMark {
        span: span(start_ms, start_ms + 1000),
        href: "?t=1&x=\"#player".to_owned(),
        words: "<b>".to_owned(),
    };
    let heard = [
        Heard::At(span(1234, 2000)),
        Heard::About(span(2000, 3456)),
        Heard::Never,
        Heard::Untold,
    ];
    let mut marks: Vec<Mark> = kept.iter().map(Mark::bare).collect();
    for (mark, heard) in marks.iter_mut().zip(heard) {
        mark.href = Some("?s=1#s-1".to_owned());
        mark.heard = heard;
    }
    marks[0].before.push(gap(0));
    marks[1].after = vec![gap(4000), gap(5000)];
    let words = "<자료>".to_owned();
    marks[0].notes.push(NoteMark { number: 2, words });
    let mut words = MarkWords {
        here: "이 \"문장\"".to_owned(),
        about: "어림".to_owned(),
        unspoken: "\"글\"".to_owned(),
        lang: Some("en"),
    };
    let mut html = render_with_sentences(markdown, &marks, &words).into_string();
    for (n, sentence) in kept.iter().enumerate() {
        html = html.replace(&format!("\"s-{}\"", sentence.id), &n.to_string());
    }
    let rel = " rel=\"noopener nofollow\"";
    let gap = |t| {
        format!(
            "<a class=\"gap\" href=\"?t=1&amp;x=&quot;#player\" data-t=\"{t}\" lang=\"en\">&lt;b&gt;</a>"
        )
    };
    let want = [
        "<p><strong>가람</strong>: ".to_owned(),
        gap("0-1"),
        " <a class=\"s\" id=0 href=\"?s=1#s-1\" data-t=\"1.23-2\">하나.</a>".to_owned(),
        "<sup class=\"ref\"><a id=\"ref-2\" href=\"#r-2\" aria-label=\"&lt;자료&gt;\" lang=\"en\">2</a></sup> ".to_owned(),
        "<span class=\"s\" id=1 data-t=\"2-3.46\" data-x=\"about\">둘 <a href=\"/a\">셋</a>!</span>".to_owned(),
        "<a class=\"s-at\" href=\"?s=1#s-1\" aria-label=\"이 &quot;문장&quot;\" lang=\"en\" aria-describedby=\"heard-about\"></a> ".to_owned(),
        gap("4-5"),
        " ".to_owned(),
        gap("5-6"),
        "</p><h2><a class=\"s\" id=2 href=\"?s=1#s-1\" data-x=\"unspoken\" aria-describedby=\"heard-never\">넷 <strong>다섯</strong></a></h2>".to_owned(),
        "<p><a href=\"/b\"></a><span class=\"s\" id=3>여섯 일곱<a href=\"/c\"></a>.</span>".to_owned(),
        "<a class=\"s-at\" href=\"?s=1#s-1\" aria-label=\"이 &quot;문장&quot;\" lang=\"en\"></a></p>".to_owned(),
    ];
    assert_eq!(html.replace('\n', "").replace(rel, ""), want.concat());
    // The author's links alone.
    assert_eq!(
        html.matches(rel).count(),
        html.matches("<a href=\"/").count()
    );
    // In the text's own language the sentences say what they are.
    words.lang = None;
    let html = render_with_sentences(markdown, &marks, &words).into_string();
    assert!(html.contains("data-x=\"about\">둘 <a") && !html.contains("lang="));
    assert!(html.contains("data-x=\"unspoken\" title=\"&quot;글&quot;\""));
}

#[test]
fn sentences_are_marked() {
    for (markdown, want) in [
        (
            "하나. 둘.\n셋",
            "<p><0>하나.</> <1>둘.</></p><p><2>셋</></p>",
        ),
        (
            "# 제목 *하나*\n> 인용\n> 둘.\n\n- 하나요. 나\n  - 다",
            "<h2><0>제목 <em>하나</em></></h2><blockquote><p><1>인용둘.</></p></blockquote>\
             <ul><li><2>하나요.</> <3>나</><ul><li><4>다</></li></ul></li></ul>",
        ),
        // Emphasis over the end of a sentence.
        (
            "하나 **둘. 셋** 넷.",
            "<p><0>하나 <strong>둘.</strong></><strong> </strong><1><strong>셋</strong> 넷.</></p>",
        ),
        (
            "**하나 *둘. 셋.***",
            "<p><0><strong>하나 <em>둘.</em></strong></><strong><em> </em></strong>\
             <1><strong><em>셋.</em></strong></></p>",
        ),
        ("*하나.* 둘.", "<p><0><em>하나.</em></> <1>둘.</></p>"),
        // Links and code are not cut.
        (
            "[하나. 둘.](/a) `셋. 넷.` 다섯.",
            "<p><0><a href=\"/a\" rel=\"noopener nofollow\">하나. 둘.</a></> <1><code>셋. 넷.</code></> <2>다섯.</></p>",
        ),
        (
            "[](/a)하나.",
            "<p><a href=\"/a\" rel=\"noopener nofollow\"></a><0>하나.</></p>",
        ),
        // Labels stay outside, line breaks between.
        (
            "**가람**: 네. 아니요.\\\n예.\n**나래:** 예.",
            "<p><strong>가람</strong>: <0>네.</> <1>아니요.</><br><2>예.</></p><p><strong>나래:</strong> <3>예.</></p>",
        ),
        (
            "```\n가\n나\n```",
            "<pre><code><0>가</><1>나</></code></pre>",
        ),
        (
            "<span id=\"s-aaaaaa\">가</span>",
            "<p><0>&lt;span id=\"s-aaaaaa\"&gt;가&lt;/span&gt;</></p>",
        ),
        ("a&#10;b &amp; c", "<p><0>a</><1>b &amp; c</></p>"),
    ] {
        assert_eq!(marked(markdown), want, "{markdown}");
    }
    // By hand, over links, code and line breaks.
    let markdown = "[하나 둘](/a) `셋 넷`\\\n다섯";
    let mut sentences = kept(markdown);
    let post = PostId::from_db("abcdefghijkl".to_owned());
    let first = sentences[0].id.clone();
    join(markdown, &mut sentences, &first).expect("a joint");
    assert_eq!(
        join(markdown, &mut sentences, &first),
        Err(HandError::NoNext)
    );
    split(&mut sentences, &first, 2, SentenceId::numbered(&post, 8)).expect("a cut");
    let id = sentences[1].id.clone();
    split(&mut sentences, &id, 4, SentenceId::numbered(&post, 9)).expect("a cut");
    let texts: Vec<&str> = sentences.iter().map(|s| s.text.as_str()).collect();
    assert_eq!(texts, ["하나", "둘 셋", "넷 다섯"]);
    assert_eq!(
        split(&mut sentences, &id, 0, first.clone()),
        Err(HandError::NothingToCut)
    );
    assert_eq!(
        split(&mut sentences, &id, 99, first.clone()),
        Err(HandError::NothingToCut)
    );
    let html = bare(markdown, &sentences);
    assert_eq!(html.matches("<span").count(), 3);
    assert_eq!(html.matches("</a>").count(), 3, "{html}");
    assert_eq!(plain_text(&html), "하나 둘 셋 넷\n다섯");
}

#[test]
fn lines_know_where_they_stand() {
    let markdown = "# 제목\n가람: 하나. 둘.\n나래: 셋.\n가람: 넷.";
    let sentences = kept(markdown);
    let got = lines(markdown, &sentences);
    let short: Vec<_> = got
        .iter()
        .map(|l| (l.block, l.is_heading, l.speaker.as_deref(), l.text.as_str()))
        .collect();
    assert_eq!(
        short,
        [
            (0, true, None, "제목"),
            (1, false, Some("가람"), "하나."),
            (1, false, Some("가람"), "둘."),
            (2, false, Some("나래"), "셋."),
            (3, false, Some("가람"), "넷."),
        ]
    );
    assert!(got.iter().zip(&sentences).all(|(l, s)| l.id == s.id));
    // What is not there does not take the rest along.
    let other = "# 제목\n가람: 하나!\n나래: 셋.\n가람: 넷.";
    let blocks: Vec<usize> = lines(other, &sentences).iter().map(|l| l.block).collect();
    assert_eq!(blocks, [0, 0, 0, 2, 3]);
    assert_eq!(lines("", &sentences).len(), 5);
    assert!(lines(markdown, &[]).is_empty());
}

#[test]
fn speakers_have_labels() {
    let who = |markdown: &str| -> Vec<(String, String)> {
        pieces(markdown)
            .into_iter()
            .map(|(_, who, text)| (who, text))
            .collect()
    };
    let own = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect()
    };
    for (markdown, want) in [
        // Bold ones count at once, and go on until the next label or heading.
        (
            "**김하늘**: 안녕하세요. 시작합니다.\n이어서 말합니다.\n> 인용도.\n# 제목\n모두에게.",
            own(&[
                ("김하늘", "안녕하세요."),
                ("김하늘", "시작합니다."),
                ("김하늘", "이어서 말합니다."),
                ("김하늘", "인용도."),
                ("", "제목"),
                ("", "모두에게."),
            ]),
        ),
        ("**김하늘:** 네.", own(&[("김하늘", "네.")])),
        ("**김하늘:네**.", own(&[("", "김하늘:네.")])),
        ("**Dr. Kim :** Yes.", own(&[("Dr. Kim", "Yes.")])),
        ("**[손님]** 네.", own(&[("손님", "네.")])),
        ("**강조**는 이렇다: 네.", own(&[("", "강조는 이렇다: 네.")])),
        ("**결론**: 네.", own(&[("", "결론: 네.")])),
        // Plain ones count in a conversation.
        (
            "진행자: 시작할까요?\n손님 1: 네.\n진행자: 그럼 갑니다.",
            own(&[
                ("진행자", "시작할까요?"),
                ("손님 1", "네."),
                ("진행자", "그럼 갑니다."),
            ]),
        ),
        (
            "가람：네.\n나래：그래요.",
            own(&[("가람", "네."), ("나래", "그래요.")]),
        ),
        (
            "Host: Well?\nGuest: Yes.",
            own(&[("Host", "Well?"), ("Guest", "Yes.")]),
        ),
        (
            "[진행자]\n시작합니다.\n[손님] 네.\n[진행자] 좋습니다.\n[음악] 끝.",
            own(&[
                ("진행자", "시작합니다."),
                ("손님", "네."),
                ("진행자", "좋습니다."),
                ("진행자", "[음악] 끝."),
            ]),
        ),
        // One alone is none, nor is what only looks like one.
        (
            "핵심: 이것이다.\n다음 문단.",
            own(&[("", "핵심: 이것이다."), ("", "다음 문단.")]),
        ),
        (
            "김하늘: 네.\n다음 문단.",
            own(&[("", "김하늘: 네."), ("", "다음 문단.")]),
        ),
        (
            "10:30에 시작.\n10:30 끝.\nhttp://e.org\nhttps://e.org",
            own(&[
                ("", "10:30에 시작."),
                ("", "10:30 끝."),
                ("", "http://e.org"),
                ("", "https://e.org"),
            ]),
        ),
        (
            "결론: 하나.\n결론: 둘.\n“말”: 셋.\n“말”: 넷.",
            own(&[
                ("", "결론: 하나."),
                ("", "결론: 둘."),
                ("", "“말”: 셋."),
                ("", "“말”: 넷."),
            ]),
        ),
        (
            "- 가람: 네.\n- 가람: 그래요.",
            own(&[("", "가람: 네."), ("", "가람: 그래요.")]),
        ),
    ] {
        assert_eq!(who(markdown), want, "{markdown}");
    }
    let shown = html("가람: 네.\n가람: 그래요.");
    assert_eq!(shown, "<p>가람: 네.</p><p>가람: 그래요.</p>");
}

#[test]
fn large_hostile_texts_end() {
    let n = 20_000;
    for markdown in [
        ">".repeat(n),
        "> ".repeat(n),
        "- ".repeat(n),
        "1. ".repeat(n),
        "[".repeat(n),
        "![".repeat(n),
        "[a](".repeat(n),
        "*a ".repeat(n),
        "**a ".repeat(n),
        "*".repeat(n),
        "`a``".repeat(n),
        "_a*".repeat(n),
        "<a ".repeat(n),
        "&".repeat(2 * n),
        "\\".repeat(n),
        "http".repeat(n),
        "https://e.org/(".repeat(n),
        ">\n".repeat(n),
        "- a\n".repeat(n),
        "a  \n".repeat(n),
        (0..700)
            .map(|i| format!("{}- a\n", "  ".repeat(i)))
            .collect(),
        (0..700).map(|i| format!("{}a\n", ">".repeat(i))).collect(),
        format!("{}\n{}", ">".repeat(n), ">a\n".repeat(n / 2)),
        "**\"a\"**가".repeat(n / 4),
    ] {
        let rendered = render(&markdown);
        let sentences = kept(&markdown);
        assert_eq!(lines(&markdown, &sentences).len(), sentences.len());
        let marked = bare(&markdown, &sentences);
        assert_eq!(marked.matches("<span").count(), sentences.len());
        let mut depth = 0usize;
        let mut deepest = 0;
        for tag in rendered.html.as_str().split('<').skip(1) {
            if tag.starts_with('/') {
                depth = depth.saturating_sub(1);
            } else if !tag.starts_with("br") && !tag.starts_with("hr") {
                depth += 1;
                deepest = deepest.max(depth);
            }
        }
        assert!(
            deepest <= MAX_DEPTH + 1,
            "{deepest} in {:?}",
            markdown.chars().next()
        );
    }
}

#[test]
fn excerpts_end_well() {
    assert_eq!(excerpt("짧다.", 100), "짧다.");
    let text = "오늘은 이야기를 하나 합니다. 그는 “정말 그럴까요?” 하고 물었죠. 그리고 2025. 1. 28. 회의가 열렸습니다.";
    let at = |needle: &str| text.find(needle).expect("in the text") + needle.len();
    assert_eq!(excerpt(text, at("그리고")), &text[..at("물었죠.")]);
    assert_eq!(excerpt(text, at("1. 28. 회")), &text[..at("물었죠.")]);
    assert_eq!(excerpt(text, at("“정말 그")), &text[..at("합니다.")]);
    assert_eq!(excerpt(text, 30), "오늘은 이야기를…");
    assert_eq!(excerpt(&"가".repeat(100), 10), "가가…");
    assert_eq!(excerpt("가나다", 2), "");
    assert_eq!(excerpt("One two three. Four", 17), "One two three.");
    assert_eq!(excerpt("Pi is 3.14159 and so on", 16), "Pi is 3.14159…");
    assert_eq!(
        excerpt("“그렇습니다.” 그가 말했습니다", 30),
        "“그렇습니다.”"
    );
}

#[test]
fn minutes() {
    assert_eq!(reading_minutes("", true), 1);
    assert_eq!(reading_minutes(&"가".repeat(1001), true), 3);
    assert_eq!(reading_minutes(&"word ".repeat(460), false), 2);
}

proptest! {
    #[test]
    fn any_text_renders_safely(markdown in "([-#>*_`~\\[\\]()<!\\\\ \n\t.:/0-9]|가|\"|a|https://|<script|onx=|javascript:|\\PC){0,60}") {
        let rendered = render(&markdown);
        let lower = rendered.html.as_str().to_lowercase();
        prop_assert!(!lower.contains("<script"));
        prop_assert!(!lower.contains("href=\"javascript:"));
        prop_assert!(!rendered.text.contains(lines::GUARD) && !lower.contains(lines::GUARD));
        prop_assert!(rendered.text.lines().all(|l| !l.trim().is_empty()));
    }

    #[test]
    fn sentences_hold_all_words(markdown in "([-#>*_`\\[\\]()!\\\\ \n\t.:/0-9]|[가-힣]{1,3}[다요]|[.?!…] |[“”\"']|a|: |가람: |\\*\\*나래\\*\\*: |&#1[03];|https://|\\PC){0,60}") {
        let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let blocks = super::blocks(&markdown);
        let pieces = cut(&markdown);
        let mut all = String::new();
        for (n, block) in blocks.iter().enumerate() {
            let own: Vec<&Piece> = pieces.iter().filter(|p| p.block == n).collect();
            let said: String = own.iter().map(|p| squeeze(&p.text)).collect();
            prop_assert_eq!(said, squeeze(&block.text[block.words_at..]));
            prop_assert!(own.iter().all(|p| block.text[p.span.clone()] == p.text));
            all.push_str(&block.text);
        }
        let tidy = |text: &str| text.chars().map(blocks::plain).all(|c| c != '\n') && text.trim() == text;
        prop_assert!(pieces.iter().all(|p| tidy(&p.text)));
        prop_assert_eq!(squeeze(&all), squeeze(&render(&markdown).text));
    }

    #[test]
    fn every_sentence_has_its_mark(markdown in "([-#>*_`\\[\\]()<!\\\\ \n]|[가-힣]{1,3}[다요]|[.?!] |[“”\"']|\\*\\*|a|: |\\[b. c\\]\\(/d\\)|&#1[03];|<span id=s-aaaaaa>|\\PC){0,60}") {
        let sentences = kept(&markdown);
        let html = bare(&markdown, &sentences);
        let mut ids = std::collections::HashSet::new();
        for (sentence, marked) in sentences.iter().zip(html.split("<span class=\"s\" id=\"s-").skip(1)) {
            let (id, rest) = marked.split_once("\">").expect("an id");
            prop_assert_eq!(id, sentence.id.as_str());
            prop_assert!(ids.insert(id));
            let (inside, _) = rest.split_once("</span>").expect("an end");
            let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(squeeze(&plain_text(inside)), squeeze(&sentence.text));
        }
        prop_assert_eq!(ids.len(), sentences.len());
        prop_assert_eq!(html.matches("<span").count(), sentences.len());
        let plain = render(&markdown).html.into_string();
        prop_assert_eq!(plain_text(&html), plain_text(&plain));
        // As links, none stands in another, and the words are the same.
        let mut marks: Vec<Mark> = sentences.iter().map(Mark::bare).collect();
        marks.iter_mut().for_each(|mark| mark.href = Some("?s=a".to_owned()));
        let linked = render_with_sentences(&markdown, &marks, &MarkWords::default()).into_string();
        prop_assert_eq!(plain_text(&linked), plain_text(&plain));
        prop_assert_eq!(linked.matches("id=\"s-").count(), sentences.len());
        let mut open = false;
        for tag in linked.split('<') {
            if tag.starts_with("a ") {
                prop_assert!(!open, "{}", linked);
                open = true;
            } else if tag.starts_with("/a>") {
                open = false;
            }
        }
        prop_assert_eq!(lines(&markdown, &sentences).len(), sentences.len());
    }

    #[test]
    fn words_without_marks_are_kept(line in "[가-힣a-z,]{1,8}( [가-힣a-z,.?!]{1,8}){0,8}") {
        let rendered = render(&line);
        prop_assert_eq!(rendered.text, line.clone());
        prop_assert_eq!(rendered.html.as_str().trim_end(), format!("<p>{line}</p>"));
    }

    #[test]
    fn excerpts_fit(text in "(가나다|[a-z]{1,6}|[.?!…\"” \n]|\\PC){0,60}", max in 0usize..120) {
        let short = excerpt(&text, max);
        prop_assert!(short.len() <= max);
        prop_assert!(text.contains(short.trim_end_matches('…').trim()));
    }
}

#[test]
fn a_title_in_a_conversation_is_no_speaker() {
    let script = "Host: Hello.\nGuest: Hi.\nHost: Read this.\n\
        The American Prospect: How Musk Outmaneuvered Trump\nNow the news begins.\nCaller: One word?";
    let speakers: Vec<_> = blocks(script)
        .into_iter()
        .map(|block| block.speaker)
        .collect();
    let speakers: Vec<_> = speakers.iter().map(Option::as_deref).collect();
    assert_eq!(
        speakers,
        [
            Some("Host"),
            Some("Guest"),
            Some("Host"),
            Some("Host"),
            Some("Host"),
            Some("Caller")
        ]
    );
}
