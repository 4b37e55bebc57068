//! Sentences in both languages, a table each.
use proptest::prelude::*;

use super::*;

fn cut(text: &str) -> Vec<&str> {
    spans(text, &[]).into_iter().map(|s| &text[s]).collect()
}

/// Each text with `|` where a sentence ends.
fn assert_cut(texts: &[&str]) {
    let wrong: Vec<String> = texts
        .iter()
        .filter_map(|marked| {
            let want: Vec<&str> = marked.split('|').map(str::trim).collect();
            let text = marked.replace('|', "");
            let got = cut(&text);
            (got != want).then(|| format!("{want:?}\n{got:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn korean() {
    assert_cut(&[
        "오늘은 비가 옵니다.| 내일은 갭니다.",
        "비가 와요.| 우산이 있나요?| 없어요!| 그럼 뛰죠.",
        "끝도 없이 길어지는 문장에 마침표가 없으면 그대로 하나입니다",
        "비가 왔다.|그리고 그쳤다.| 끝.",
        "정말요?|그럼요.| 네!|좋습니다.",
        "물가가 3.5% 올랐습니다.| 금리는 2.75%입니다.",
        "미국(U.S.)의 U.S. 정부는 A.I. 정책을 냈다.| 반응은 갈렸다.",
        "12/21일 자 소식지입니다.| 2025. 1. 28. 회의가 열렸다.| 2025.1.28. 자료다.",
        "1. 첫째 항목이다.| 둘째 문장이다.",
        "가. 첫째 항목이다.| 나. 둘째 항목이다.",
        "Q. 언제 오나요?| A. 내일 옵니다.",
        "그게… 아니라고 했다.| 모르겠다…| 그는 떠났다.",
        "음... 글쎄요.| 잘 모르겠는데요...| 다음에 하죠.",
        "…그리고 아무도 없었다.",
        "그래서……?| 끝이다.",
        "이게 맞나?!| 맞다!!!| 정말?...| “그렇다.”",
        "협력합시다~ 이런 식으로요.| 그러자 더 세게 나옵니다.",
        "1월 3일에 만납시다! 하고 헤어질 예정이었다.| 그날이 왔다.",
        "비가 온다. 라고 적었다.| 다음 줄이다.",
        "야후!는 회사다.| 다음이다.",
        "이건 (정말입니다!) 농담이 아닙니다.| 네.",
        "했습니다.(웃음)| 그다음입니다.[1]| 끝입니다.²",
        "(이건 덧붙이는 말이다.)| 본문이다.",
        "그는 Node.js를 쓴다.| 주소는 daebon.example.com이다.| 메일은 a.b@c.example.org로 보내라.",
        "https://a.example/b.c?d=e!f 를 보라.| 끝.",
        "버전은 v1.2.3입니다.| 오후 3시.| 회의실에서 봅니다.",
        "Apple Inc.는 회사다.| Dr. 김은 의사다.| 김 vs. 이의 대결이다.",
        "제목: 어떤 글.| 다음 글.",
        "합니다。|그렇습니다！|정말？",
        "좋아요!| 😀 다음이에요.",
        "그는 'AI'를 쓴다.| ‘듣보’ 경쟁자다.| 《책 이름》을 읽었다.",
        "예산은 1,000.50달러.| 다음.",
        "iPhone이 나왔다.| iPad도 나왔다.",
        "값이 올랐다.|3월의 일이다.",
    ]);
}

#[test]
fn spaces_that_are_missing() {
    assert_cut(&[
        "네.|네!|갔다.|그리고 왔다.",
        "비가 왔다.|그리고 그쳤죠.|그래서 나갔어요.|끝.",
        "좋아?|왜 그래.| 응!|알았어.",
        "No space.|Next sentence.| It's late.|We go.",
        "What?|Why not!|Then go.",
        "가.첫째 항목이다.| 나.둘째 항목이다.",
        "주소는 naver.com, 도메인.한국, 우리나라.한국 셋이다.| U.S.A 사람이다.",
        "보고서.hwp와 사진.jpg를 보냈다.| 3.14와 v2.0.1과 Ver. 2.0.1이다.",
        "It runs Ver. 2.0.1 of it.| See ver. 3 too.| He said ok.com is his.",
        "Use console.Log or system.Out.println here.| The file is notes.Txt today.",
        "See e.g. this... or that.| Yahoo!Japan, Node.Js and ASP.Net are names.",
        "야후!가 샀다.| 야후!입니다.",
    ]);
}

#[test]
fn sentences_that_begin_small() {
    assert_cut(&[
        "Really?| yes, really!| we left. and so on.",
        "Yahoo! is a company. and it stays one.",
        "Really? she asked.| Stop! he cried out.",
    ]);
}

#[test]
fn korean_quotations() {
    assert_cut(&[
        "그는 “비가 온다.” 라고 말했다.| 그리고 나갔다.",
        "“비가 온다.”라고 그가 말했다.| 모두 웃었다.",
        "“비가 온다. 우산을 챙겨라.”라고 그가 말했다.| 모두 웃었다.",
        "그는 “정말 그럴까요?” 하고 물었죠.| 네.",
        "“비가 온다.| 우산을 챙겨라.”| 그가 나갔다.",
        "“비가 온다.”| “정말?”| 그가 물었다.",
        "“비가 온다.”|“정말?”",
        "\"비가 온다.\" 라고 했다.| \"정말?\" 하고 되물었다.",
        "'비가 온다.'는 말이 들렸다.| 끝.",
        "그는 “가자!” 외치고 달렸다.| 끝.",
        "그가 말했다: “가자.”| 모두 떠났다.",
        "「비가 온다。」라고 했다.| 『끝.』",
        "방해되면 다 잘라버린다?...| \"2기, 이 사람은 무소불위\"",
        "그는 “이건 ‘끝.’이다. 아니다.”라며 웃었다.| 끝.",
        "여는 따옴표만 “있는 글이다.| 다음이다.",
        "닫는 따옴표만 있는 글이다.”| 다음이다.",
    ]);
    let long = format!("그는 “{}”라고 했다.", "말이 아주 길다. ".repeat(60).trim());
    assert!(cut(&long).len() > 50);
}

#[test]
fn english() {
    assert_cut(&[
        "It rained.| It stopped.",
        "Prices rose 3.5% in the U.S. last year.| They fell in 2024.| Then they rose.",
        "He lives in the U.S.| The weather is good.",
        "Dr. Kim met Mr. Lee vs. Prof. Park.| They talked.",
        "J. K. Rowling wrote it.| George W. Bush read it.",
        "See e.g. this one, i.e. that one.| See No. 5 and Vol. 3, pp. 3–5.| No. 5 won.| It is No. 5.| Then?",
        "It was so . | We laughed . | Yes.",
        "From V to V.| Yeah.",
        "No.| I won't.",
        "Apples, pears, etc. are fruit.| Apples, pears, etc.| They are fruit.",
        "Apple Inc. was founded.| It grew at Apple Inc.| However, it fell.",
        "On Jan. 28, 2025, at 10:30 a.m. the show began.| It ended at 5 p.m.| We left.",
        "A.I. is here.| So is the Ph.D. student.",
        "Wait... what?| Well... I don't know.| He waited for hours...| Then she came.",
        "Really?!| Yes!!| Yahoo! is a company.",
        "“Hello,” he said.| “Go away.”| He left.",
        "“Are you sure?” she asked.| “I am!” Kim said.| “Good.”",
        "He said, “Go away.”| Then he left.",
        "“It rained. It stopped.” he said.| Fine.",
        "“It rained.| It stopped.”",
        "She said \"No.\"| Then \"Yes.\"",
        "It's the dogs' day.| Don't shout 'fire!' in a theatre.",
        "It rained (it always does. Always.) on Monday.| Fine.",
        "(It rained.)| It stopped.",
        "See https://a.example/b.c?d=e.| It works.",
        "Write to a.b@c.example.org.| Thanks.",
        "1. First thing.| Second thing.",
        "IV. A chapter begins.| It goes on.",
        "The answer is 42.| The question is not.",
        "Node.js and .NET are names.| iPhone too.| iPad as well.",
        "Plan B.| We go.",
        "and then there was none",
    ]);
}

#[test]
fn lines_and_signs() {
    assert_eq!(cut("하나\n둘. 셋\n\n…"), ["하나", "둘.", "셋", "…"]);
    assert_eq!(cut(""), Vec::<&str>::new());
    assert_eq!(cut(" \n \u{3000}"), Vec::<&str>::new());
    assert_eq!(cut("..."), ["..."]);
    assert_eq!(cut("— 끝. —"), ["— 끝. —"]);
}

#[test]
fn links_are_not_cut() {
    let text = "여기 그가 말했다. 그리고 갔다. 다음이다.";
    let from = text.find("그가").expect("in the text");
    let to = text.find(" 다음").expect("in the text");
    let link = from..to;
    let whole = std::slice::from_ref(&link);
    let got: Vec<&str> = spans(text, whole).into_iter().map(|s| &text[s]).collect();
    assert_eq!(got, ["여기 그가 말했다. 그리고 갔다.", "다음이다."]);
}

#[test]
fn large_hostile_texts_end() {
    let n = 50_000;
    for text in [
        "(".repeat(n),
        "()".repeat(n),
        "“".repeat(n),
        "\"a".repeat(n),
        "'".repeat(n),
        ".".repeat(n),
        ". ".repeat(n),
        "a.".repeat(n),
        "다.".repeat(n),
        "([{“‘".repeat(n / 4),
        "“a.” ".repeat(n / 2),
        format!("a.{}", " ".repeat(n)),
        "?! ".repeat(n),
        "“다. ".repeat(n),
        "[a.](".repeat(n / 4),
    ] {
        assert!(spans(&text, &[]).iter().all(|s| !s.is_empty()));
    }
}

proptest! {
    #[test]
    fn nothing_is_lost(text in "([가-힣]{1,4}[다요까]?|[A-Za-z]{1,5}|[0-9.]{1,4}|[.?!…]{1,3}|[“”‘’\"'()\\[\\]「」]| |\n|라고|U\\.S\\.|\\PC){0,60}") {
        let spans = spans(&text, &[]);
        let mut at = 0;
        for span in &spans {
            prop_assert!(text[at..span.start].trim().is_empty());
            let sentence = &text[span.clone()];
            prop_assert!(!sentence.is_empty() && sentence.trim() == sentence && !sentence.contains('\n'));
            at = span.end;
        }
        prop_assert!(text[at..].trim().is_empty());
    }
}
