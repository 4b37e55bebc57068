//! Subtitles without full stops: their sentences end where cues do.
use crate::formats::script;
use crate::formats::transcript::{read, to_script};

type Said = (u64, u64, String);

/// The sentences of the script made of subtitles, with their times.
fn sentences(cues: &[(u64, u64, &str)]) -> Vec<Said> {
    let clock = |ms: u64| format!("{}:{:02}.{:03}", ms / 60_000, ms / 1000 % 60, ms % 1000);
    let mut file = String::from("WEBVTT\n");
    for (start, end, text) in cues {
        file.push_str(&format!(
            "\n{} --> {}\n{text}\n",
            clock(*start),
            clock(*end)
        ));
    }
    let made = to_script(&read(file.as_bytes()).expect("subtitles"));
    let pieces = script::cut(&made.markdown);
    assert_eq!(pieces.len(), made.times.len(), "{}", made.markdown);
    let times = made
        .times
        .iter()
        .map(|times| times.timing().expect("a time"));
    let said = pieces.into_iter().zip(times);
    said.map(|(piece, at)| (at.start_ms, at.end_ms, piece.text))
        .collect()
}

fn said(sentences: &[(u64, u64, &str)]) -> Vec<Said> {
    let all = sentences.iter();
    all.map(|(start, end, text)| (*start, *end, (*text).to_owned()))
        .collect()
}

/// Cues one behind the other, each of so many milliseconds.
fn even<'a>(length: u64, texts: &[&'a str]) -> Vec<(u64, u64, &'a str)> {
    let cues = texts.iter().zip(0..);
    cues.map(|(text, at)| (at * length, (at + 1) * length, *text))
        .collect()
}

#[test]
fn korean_ends_where_it_sounds_like_an_end() {
    let cues = even(
        4000,
        &[
            "오늘은 마이크 이야기를 해 볼게요",
            "얼마 전에 새로 산 물건인데",
            "소리가 아주 또렷합니다",
            "값이 싸니까",
            "여러분께 권합니다",
            "왜 그럴까",
            "좋다",
            "라고 적은 분도 있었죠",
        ],
    );
    let expected = said(&[
        (0, 4000, "오늘은 마이크 이야기를 해 볼게요"),
        (
            4000,
            12_000,
            "얼마 전에 새로 산 물건인데 소리가 아주 또렷합니다",
        ),
        (12_000, 20_000, "값이 싸니까 여러분께 권합니다"),
        (20_000, 24_000, "왜 그럴까"),
        (24_000, 32_000, "좋다 라고 적은 분도 있었죠"),
    ]);
    assert_eq!(sentences(&cues), expected);
}

#[test]
fn a_pause_ends_a_sentence() {
    let cues = [
        (0, 2000, "we begin"),
        (2100, 3000, "right here"),
        (3600, 5000, "and then"),
        (5000, 6000, "we go on"),
    ];
    let expected = said(&[
        (0, 3000, "we begin right here"),
        (3600, 6000, "and then we go on"),
    ]);
    assert_eq!(sentences(&cues), expected);
}

#[test]
fn no_sentence_grows_beyond_two_cues_or_a_quarter_of_a_minute() {
    let words = "one two three four five six seven eight".split(' ');
    let words: Vec<&str> = words.collect();
    let long = sentences(&even(5000, &words));
    assert_eq!(
        long[..2],
        said(&[(0, 10_000, "one two"), (10_000, 20_000, "three four")])
    );
    assert_eq!(long.len(), 4);
    assert_eq!(sentences(&even(9000, &words)).len(), 8);
    // A stray question changes nothing.
    let mut cues = even(5000, &words.repeat(4));
    cues[3].2 = "four?";
    assert_eq!(sentences(&cues).len(), 16);
}

#[test]
fn what_has_full_stops_is_left_as_it_is() {
    let cues = even(
        5000,
        &[
            "얼마 전에 새로 산 물건인데요",
            "소리가 아주 또렷하고",
            "값도 싸서 좋다",
            "싶었습니다.",
            "그런데요",
            "문제가 있었어요.",
        ],
    );
    let expected = said(&[
        (
            0,
            20_000,
            "얼마 전에 새로 산 물건인데요 소리가 아주 또렷하고 값도 싸서 좋다 싶었습니다.",
        ),
        (20_000, 30_000, "그런데요 문제가 있었어요."),
    ]);
    assert_eq!(sentences(&cues), expected);
}
