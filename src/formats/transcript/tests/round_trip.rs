//! What goes out and comes in again is the same.
use proptest::prelude::*;

use super::super::clean;
use super::*;
use crate::formats::script;
use crate::formats::transcript::{
    Form, Timed, carry_times, carry_times_by_id, read, to_html, to_json, to_script, to_srt, to_vtt,
};

/// Words as people write them, and such as could be taken for something else.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[가-힣]{1,6}",
        3 => "[a-zA-Z]{1,9}",
        1 => "[0-9]{1,5}",
        1 => "[ぁ-ん]{20,60}",
        1 => "[가-힣]{18,40}",
        1 => "[a-zA-Z]{34,90}",
        1 => "https://www[.]example[.]com/[a-z]{3,20}/[가-힣]{4,12}/[0-9]{4}/[a-z]{8,40}을",
        2 => prop::sample::select(vec![
            "-->", "<script>alert(1)</script>", "<b>", "&amp;", "&lt;", "&", "{\\an8}", "<v A>", "NOTE", "WEBVTT",
            "00:00:01,000", "*별*", "_밑줄_", "`코드`", "파일_이름", "#", "\\", "\u{202E}거꾸로\u{202C}", "a\0b", "“따옴”",
            "<00:00:01.000>", "]]>", "--", "~", "|", "http://example.org/?a=b&c=d_e", "세미;콜론", "A>B", "<자막>",
        ]).prop_map(str::to_owned),
    ]
}

fn sentence() -> impl Strategy<Value = String> {
    (
        prop::collection::vec(word(), 0..24),
        "[가-힣]{2,4}",
        prop::sample::select(vec!["다.", "요?", "죠!"]),
    )
        .prop_map(|(words, last, end)| format!("말 {} {last}{end}", words.join(" ")))
}

/// Sentences with rising times, some not spoken, some with speakers; every text once.
fn transcripts() -> impl Strategy<Value = Transcript> {
    let speaker = prop::option::weighted(
        0.5,
        prop::sample::select(vec!["김 앵커", "A&B", "Ms. Lee", "기자 1--"]),
    );
    let line = (
        sentence(),
        speaker,
        0..4u8,
        1u64..9000,
        0u64..3000,
        any::<bool>(),
    );
    prop::collection::vec(line, 1..25).prop_map(|lines| {
        let (mut start, mut block) = (0, 0);
        let mut written = transcript(&[]);
        for (number, (text, speaker, kind, length, rest, starts)) in lines.into_iter().enumerate() {
            block += usize::from(starts);
            let times = match kind {
                0 => Times::NotSpoken(true),
                _ => at(start, start + length),
            };
            if kind != 0 {
                start += length + rest;
            }
            written.lines.push(Line {
                id: id(number),
                block,
                is_heading: false,
                speaker: speaker.map(str::to_owned),
                text: format!("{number}번 {text}"),
                times,
            });
        }
        if written
            .lines
            .iter()
            .all(|line| line.times.timing().is_none())
        {
            written.lines[0].times = at(5, 105);
        }
        written
    })
}

/// When each is spoken.
fn spans<'a>(times: impl Iterator<Item = &'a Times>) -> Vec<Option<(u64, u64)>> {
    times
        .map(|times| times.timing().map(|t| (t.start_ms, t.end_ms)))
        .collect()
}

fn files(written: &Transcript) -> [(Form, Timed); 4] {
    let file = |form, text: String| {
        (
            form,
            read(text.as_bytes()).expect("what we write can be read"),
        )
    };
    [
        file(Form::Vtt, to_vtt(written)),
        file(Form::Srt, to_srt(written)),
        file(Form::PodcastJson, to_json(written)),
        file(Form::Html, to_html(written)),
    ]
}

/// The words of a text without its white space and control characters, which no file keeps.
fn solid(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_same_sentences_have_the_same_times(written in transcripts()) {
        let sentences: Vec<_> = written.lines.iter().map(|line| (&line.id, line.text.as_str())).collect();
        let texts: Vec<&str> = sentences.iter().map(|(_, text)| *text).collect();
        let expected = spans(written.lines.iter().map(|line| &line.times));
        for (form, timed) in files(&written) {
            prop_assert_eq!(timed.form, form);
            prop_assert!(timed.warnings.is_empty(), "{:?}: {:?}", form, timed.warnings);
            let found = carry_times(&timed, &texts).expect("is the same text");
            prop_assert_eq!(spans(found.times.iter()), expected.clone(), "{:?}", form);
            let found = carry_times_by_id(&timed, &sentences).expect("is the same text");
            prop_assert_eq!(spans(found.times.iter()), expected.clone(), "{:?} by id", form);
        }
    }

    #[test]
    fn words_and_speakers_survive(written in transcripts()) {
        for (form, timed) in files(&written) {
            let spoken = written.lines.iter().filter(|l| form == Form::Html || l.times.timing().is_some());
            let expected: String = spoken.clone().map(|line| solid(&line.text)).collect();
            let found: String = timed.cues.iter().map(|cue| solid(&cue.text)).collect();
            prop_assert_eq!(found, expected, "{:?}", form);
            let mut speakers: Vec<_> = timed.cues.iter().map(|cue| cue.speaker.as_deref()).collect();
            let mut expected: Vec<_> = spoken.map(|line| line.speaker.as_deref()).collect();
            speakers.dedup();
            expected.dedup();
            prop_assert_eq!(speakers, expected, "{:?}", form);
        }
    }

    #[test]
    fn a_script_comes_back_as_it_was(paragraphs in prop::collection::vec(
        (any::<bool>(), prop::collection::vec(sentence(), 1..5)), 1..8,
    )) {
        // A script of the author's, as it is cut and read aloud.
        let markdown: Vec<String> = paragraphs.iter().map(|(labelled, sentences)| {
            let label = if *labelled { "**김 앵커:** " } else { "" };
            format!("{label}말 {}", sentences.join(" ").replace(['#', '*', '_', '`', '\\', '<', '&', '\0'], ""))
        }).collect();
        let pieces = script::cut(&markdown.join("\n"));
        let lines = pieces.iter().enumerate().map(|(number, piece)| Line {
            id: id(number),
            block: piece.block,
            is_heading: piece.is_heading(),
            speaker: piece.speaker.clone(),
            text: piece.text.clone(),
            times: at(number as u64 * 1000 + 7, number as u64 * 1000 + 903),
        });
        let written = Transcript { lines: lines.collect(), ..transcript(&[]) };
        let expected = spans(written.lines.iter().map(|line| &line.times));
        for (form, timed) in files(&written) {
            let made = to_script(&timed);
            let again = script::cut(&made.markdown);
            let texts: Vec<String> = again.iter().map(|piece| clean::line(&piece.text)).collect();
            let wanted: Vec<String> = pieces.iter().map(|piece| clean::line(&piece.text)).collect();
            prop_assert_eq!(texts, wanted, "{:?}: {}", form, made.markdown);
            prop_assert_eq!(spans(made.times.iter()), expected.clone(), "{:?}", form);
        }
    }

    #[test]
    fn any_cues_make_a_script_with_their_words(lines in prop::collection::vec(sentence(), 1..12)) {
        let lines: Vec<_> = lines.iter().enumerate().map(|(n, text)| (text.as_str(), None, at(n as u64 * 100, n as u64 * 100 + 60))).collect();
        let written = transcript(&lines);
        for (form, timed) in files(&written) {
            let made = to_script(&timed);
            let pieces = script::cut(&made.markdown);
            prop_assert_eq!(pieces.len(), made.times.len());
            let words: String = pieces.iter().map(|piece| solid(&piece.text)).collect();
            let expected: String = lines.iter().map(|(text, ..)| solid(text)).collect();
            prop_assert_eq!(words, expected, "{:?}: {}", form, made.markdown);
        }
    }

    #[test]
    fn any_text_is_written_so_that_it_can_be_read(text in "\\PC{0,120}", speaker in prop::option::of("\\PC{0,30}")) {
        let written = transcript(&[(&format!("가 {text}"), speaker.as_deref(), at(10, 2000)), ("끝.", None, at(2000, 3000))]);
        for (form, timed) in files(&written) {
            let first = timed.cues.first().and_then(|cue| cue.span).map(|span| span.start_ms);
            prop_assert_eq!(first, Some(10), "{:?}", form);
        }
    }
}

/// Headings, items and sentences that no mark ends come back as the same sentences.
#[test]
fn what_the_script_alone_divides_comes_back_divided() {
    let markdown = "# 오늘의 소식\n소식을 전합니다.\n살 것을 읽습니다.\n- 사과\n- 배\n- 항목 둘: 콜론\n\n이상입니다.\n\
        # Chapter two\n**기자:** 첫째 말입니다.\n**앵커:** 둘째\n- 항목 셋: 콜론\n\n**기자:** 끝입니다.";
    let pieces = script::cut(markdown);
    let lines = pieces.iter().enumerate().map(|(number, piece)| Line {
        id: id(number),
        block: piece.block,
        is_heading: piece.is_heading(),
        speaker: piece.speaker.clone(),
        text: piece.text.clone(),
        times: at(number as u64 * 4000, number as u64 * 4000 + 3000),
    });
    let written = Transcript {
        lines: lines.collect(),
        ..transcript(&[])
    };
    let of = |pieces: &[script::Piece]| -> Vec<_> {
        let all = pieces.iter();
        all.map(|p| (p.text.clone(), p.is_heading(), p.speaker.clone()))
            .collect()
    };
    let expected = spans(written.lines.iter().map(|line| &line.times));
    for (form, timed) in files(&written) {
        let made = to_script(&timed);
        let again = script::cut(&made.markdown);
        assert_eq!(of(&again), of(&pieces), "{form:?}: {}", made.markdown);
        assert_eq!(spans(made.times.iter()), expected, "{form:?}");
    }
}

/// Addresses and writings without spaces are one word still when they come back.
#[test]
fn long_words_come_back_in_one_piece() {
    let markdown = "기사는 https://www.example.com/news/2025/01/28/article 에 있습니다. 今日は新しいマイクを使ってみました、とても驚きました。\n\
        가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호 그리고 끝.";
    let pieces = script::cut(markdown);
    let lines = pieces.iter().enumerate().map(|(number, piece)| Line {
        id: id(number),
        block: piece.block,
        is_heading: false,
        speaker: None,
        text: piece.text.clone(),
        times: at(number as u64 * 9000, number as u64 * 9000 + 8000),
    });
    let written = Transcript {
        lines: lines.collect(),
        ..transcript(&[])
    };
    assert!(to_vtt(&written).contains("https://www.example.com/news/2025/01/28/article"));
    assert!(to_srt(&written).contains("https://www.example.com/news/2025/01/28/article"));
    for (form, timed) in files(&written) {
        let again = script::cut(&to_script(&timed).markdown);
        let texts = |pieces: &[script::Piece]| -> Vec<String> {
            pieces.iter().map(|piece| piece.text.clone()).collect()
        };
        assert_eq!(texts(&again), texts(&pieces), "{form:?}");
    }
}
