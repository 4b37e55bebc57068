//! The forms that come in, tidy and not.
use proptest::prelude::*;

use super::super::read;
use crate::formats::transcript::{Cue, Form, NotTimed, Timed, to_script};

/// Start, end, speaker and text of each cue.
pub type Short<'a> = (u64, u64, Option<&'a str>, &'a str);

fn short(timed: &Timed) -> Vec<Short<'_>> {
    let cue = |cue: &'_ Cue| cue.span.map_or((0, 0), |span| (span.start_ms, span.end_ms));
    let all = timed.cues.iter();
    all.map(|c| (cue(c).0, cue(c).1, c.speaker.as_deref(), c.text.as_str()))
        .collect()
}

/// What the file is read as; its warnings as line and the end of the key.
pub fn reads(
    file: impl AsRef<[u8]>,
    form: Form,
    cues: &[Short],
    warnings: &[(usize, &str)],
) -> Timed {
    let timed = read(file.as_ref()).expect("can be read");
    assert_eq!(timed.form, form);
    assert_eq!(short(&timed), cues);
    let found: Vec<(usize, &str)> = timed
        .warnings
        .iter()
        .map(|w| {
            (
                w.line,
                w.message.key.trim_start_matches("transcript-warning-"),
            )
        })
        .collect();
    assert_eq!(found, warnings);
    timed
}

#[test]
fn vtt_with_everything() {
    let file = "\u{FEFF}WEBVTT - 아침 방송\r\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\r\n\
        Language: ko\r\n\r\nNOTE 메모\r\n둘째 줄\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\nREGION\r\nid:a\r\n\r\n\
        첫 큐\r\n0.860 --> 2.5 align:start position:0%\r\n<v.loud 김 앵커>안녕&shy;하세요 <c.red>여러분</c></v>\r\n\r\n\
        00:03.000 --> 1:00:04.000\r\n<i>다음</i>은 &lt;날씨&gt; --&gt; 입니다.\r\n- 네\r\n\r\n떠도는 글\r\n\r\n\
        00:05.000 --> x\r\n끝을 모름\r\n\r\n1:2:3:4 --> 00:08.000\r\n시작을 모름\r\n\r\n00:09.000 --> 00:10.000\r\n\r\n";
    let timed = reads(
        file,
        Form::Vtt,
        &[
            (860, 2500, Some("김 앵커"), "안녕\u{AD}하세요 여러분"),
            (3000, 3_604_000, None, "다음은 <날씨> --> 입니다. - 네"),
            (5000, 6980, None, "끝을 모름 시작을 모름"),
        ],
        &[
            (22, "stray"),
            (24, "end"),
            (27, "time-words"),
            (30, "no-words"),
        ],
    );
    assert_eq!(timed.language.as_deref(), Some("ko"));
    assert_eq!(timed.cues[0].name.as_deref(), Some("첫 큐"));
    assert_eq!(timed.cues[1].name, None);
}

#[test]
fn vtt_with_times_inside() {
    let file = "WEBVTT\n\n00:01.000 --> 00:03.000\n하나 <00:01.500>둘 <00:00.100>셋\n";
    let timed = reads(file, Form::Vtt, &[(1000, 3000, None, "하나 둘 셋")], &[]);
    let words: Vec<_> = timed.cues[0]
        .words
        .iter()
        .map(|w| (w.start_ms, w.end_ms, w.text.as_str()))
        .collect();
    assert_eq!(
        words,
        [(1000, 1500, "하나"), (1500, 1500, "둘"), (1500, 3000, "셋")]
    );
}

#[test]
fn two_voices_in_one_cue() {
    reads(
        "WEBVTT\n\n00:00.000 --> 00:04.000\n<v 가>하나 둘</v>\n<v 나>셋 넷 다섯</v>\n",
        Form::Vtt,
        &[
            (0, 1714, Some("가"), "하나 둘"),
            (1714, 4000, Some("나"), "셋 넷 다섯"),
        ],
        &[],
    );
}

#[test]
fn captions_that_roll() {
    let file = "WEBVTT\nKind: captions\nLanguage: en\n\n\
        00:00:00.000 --> 00:00:02.000 align:start position:0%\n \nfirst<00:00:01.000><c> line</c>\n\n\
        00:00:02.000 --> 00:00:02.010 align:start position:0%\nfirst line\n \n\n\
        00:00:02.010 --> 00:00:04.000 align:start position:0%\nfirst line\nsecond<00:00:03.000><c> line</c>\n\n\
        00:00:04.000 --> 00:00:04.010 align:start position:0%\nsecond line\n \n\n\
        00:00:04.010 --> 00:00:06.000 align:start position:0%\nsecond line\nthird\n";
    let cues = [
        (0, 2000, None, "first line"),
        (2010, 4000, None, "second line"),
        (4010, 6000, None, "third"),
    ];
    let timed = reads(file, Form::Vtt, &cues, &[]);
    assert_eq!(timed.cues[1].words[1].start_ms, 3000);
}

#[test]
fn what_is_said_twice_is_no_rolling() {
    let file = "1\n00:00:00,000 --> 00:00:01,000\n네.\n\n2\n00:00:01,000 --> 00:00:02,000\n네.\n\n\
        3\n00:00:02,000 --> 00:00:03,000\n네.\n";
    let cues = [
        (0, 1000, None, "네."),
        (1000, 2000, None, "네."),
        (2000, 3000, None, "네."),
    ];
    reads(file, Form::Srt, &cues, &[]);
}

#[test]
fn srt_with_everything() {
    let file = "\n1 \n00:00:01,000  -->  00:00:02,000 X1:1 Y1:2\n진행: {\\an8}<i>하나</i> \n\n그리고 둘\n \n\
        7\n0:0:3.5-->0:0:4,25\n<font color=\"#fff\">셋</font> <b>넷</b> &amp; <자막>\n8\n00:00:05,000 --> 00:00:04,000\n2026\n\n\
        00:00:02,000 --> 00:00:02,500\n손님: 겹침\n10\n00:00:09,000 --> 00:00:10,000\n \n";
    reads(
        file,
        Form::Srt,
        &[
            (1000, 2000, Some("진행"), "하나 그리고 둘"),
            (2000, 2500, Some("손님"), "겹침 10"),
            (3500, 4250, Some("진행"), "셋 넷 & <자막>"),
            (5000, 6144, Some("진행"), "2026"),
        ],
        &[(9, "counter"), (12, "end"), (15, "order"), (18, "no-words")],
    );
}

#[test]
fn sbv() {
    let file = "0:00:00.378,0:00:11.378\n하나\n둘\n\n0:00:13.489,0:00:12.000\n셋\n";
    reads(
        file,
        Form::Sbv,
        &[(378, 11_378, None, "하나 둘"), (13_489, 13_709, None, "셋")],
        &[(5, "end")],
    );
}

#[test]
fn podcast_json() {
    let file = r#"{"version":"1.0.0","language":"ko_KR","segments":[
        {"id":"abcdef","speaker":"김","startTime":0.5,"endTime":1,"body":"하나"},
        {"startTime":"1.25","body":" 둘\n셋 "},
        {"speaker":{"name":"이"},"startTime":2,"endTime":1,"body":"넷"},
        {"startTime":3,"endTime":4,"body":""},
        {"startTime":-1,"endTime":4,"body":"앞"},
        {"startTime":null,"body":"없음"}, 5,
        {"startTime":1e300,"body":"먼 뒤"}]}"#;
    let timed = reads(
        file,
        Form::PodcastJson,
        &[
            (500, 1000, Some("김"), "하나"),
            (1250, 2000, None, "둘 셋"),
            (2000, 3320, Some("이"), "넷 앞 없음 먼 뒤"),
        ],
        &[
            (3, "end"),
            (4, "no-words"),
            (5, "time-words"),
            (6, "time-words"),
            (7, "no-words"),
            (8, "time-words"),
        ],
    );
    assert_eq!(timed.cues[0].name.as_deref(), Some("abcdef"));
    assert_eq!(timed.language.as_deref(), Some("ko-KR"));
}

#[test]
fn whisper_in_its_dialects() {
    let openai = r#"{"task":"transcribe","language":"korean","duration":3.1,"text":" 하나 둘",
        "segments":[{"id":0,"seek":0,"start":0.0,"end":3.1,"text":" 하나 둘","tokens":[1,2],"avg_logprob":NaN,
        "words":[{"word":" 하나","start":0.1,"end":0.9,"probability":0.9},{"word":" 둘","start":1.2,"end":2}]}]}"#;
    let timed = reads(
        openai,
        Form::WhisperJson,
        &[(0, 3100, None, "하나 둘")],
        &[(2, "json")],
    );
    assert_eq!(timed.language.as_deref(), Some("ko"));
    let words: Vec<_> = timed.cues[0]
        .words
        .iter()
        .map(|w| (w.start_ms, w.end_ms, w.text.as_str()))
        .collect();
    assert_eq!(words, [(100, 900, "하나"), (1200, 2000, "둘")]);

    let cpp = r#"{"result":{"language":"ko"},"transcription":[{"timestamps":{"from":"00:00:00,000","to":"00:00:02,500"},
        "offsets":{"from":0,"to":2500},"text":" 하나","tokens":[{"text":"[_BEG_]","offsets":{"from":0,"to":0}},
        {"text":" 하","offsets":{"from":100,"to":200}},{"text":"나","offsets":{"from":200,"to":300}}]},
        {"offsets":{"from":2500,"to":3000},"text":"[음악]"}]}"#;
    let timed = reads(
        cpp,
        Form::WhisperJson,
        &[(0, 2500, None, "하나"), (2500, 3000, None, "[음악]")],
        &[],
    );
    assert_eq!(timed.language.as_deref(), Some("ko"));
    assert_eq!(timed.cues[0].words.len(), 2);

    let words = r#"{"text":"하나 둘","words":[{"word":"하나","start":0.1,"end":0.9},{"word":"둘","start":1.2,"end":2.0}]}"#;
    reads(
        words,
        Form::WhisperJson,
        &[(100, 900, None, "하나"), (1200, 2000, None, "둘")],
        &[],
    );

    let lines = "{\"start\":0,\"end\":1,\"text\":\"하나\",\"speaker\":\"SPEAKER_00\"}\n{\"start\":1,\"end\":2,\"text\":\"둘\"}\n";
    reads(
        lines,
        Form::WhisperJson,
        &[
            (0, 1000, Some("SPEAKER_00"), "하나"),
            (1000, 2000, None, "둘"),
        ],
        &[],
    );

    let chunks = r#"{"text":"하나","chunks":[{"timestamp":[0.5,null],"text":"하나"}]}"#;
    reads(chunks, Form::WhisperJson, &[(500, 940, None, "하나")], &[]);

    let text = read(br#"{"text":"words alone"}"#).expect("has words");
    assert!(!text.has_times() && text.cues[0].text == "words alone");
}

#[test]
fn podlove_json() {
    let file = r#"{"transcripts":[{"start":"00:00:00.000","end":"00:00:2.000","end_ms":45100,"text":"하나","speaker":"1"},
        {"start":"00:00:02.000","start_ms":2000,"end":"00:00:04.000","text":"둘","voice":"김"}]}"#;
    let cues = [(0, 2000, Some("1"), "하나"), (2000, 4000, Some("김"), "둘")];
    reads(file, Form::PodloveJson, &cues, &[]);
}

#[test]
fn podcast_html() {
    let file = "<!-- a > b --><html lang=ko><head><title>제목</title><style>p{}</style></head><body><h1>제목</h1>\n\
        <cite>김 &amp; 이:</cite>\n<time>0:01</time>\n<p>하나<br>둘 &mdash; <b>셋</b></p>\n<time datetime=\"PT5.5S\">어딘가</time>\n\
        <p>넷<script>alert('<p>')</script></p>\n<time>나중</time><p>다섯 < 여섯\n<cite></cite><time>1:07</time><p>일곱";
    reads(
        file,
        Form::Html,
        &[
            (1000, 5500, Some("김 & 이"), "하나 둘 — 셋"),
            (5500, 67_000, Some("김 & 이"), "넷"),
            (0, 0, Some("김 & 이"), "다섯 < 여섯"),
            (67_000, 67_440, None, "일곱"),
        ],
        &[(7, "time")],
    );
}

#[test]
fn plain_text() {
    let timed = reads(
        "첫 줄.\n둘째 줄.\r\n\r\n셋째.",
        Form::Plain,
        &[
            (0, 0, None, "첫 줄."),
            (0, 0, None, "둘째 줄."),
            (0, 0, None, "셋째."),
        ],
        &[],
    );
    assert!(!timed.has_times());
    let wrapped = "this line of text goes on until it is full\nand then the next one goes on like that as\nwell.\n\nAnd here is another of the same kind\nof block, full to its end.";
    assert_eq!(read(wrapped.as_bytes()).map(|t| t.cues.len()), Ok(2));
}

#[test]
fn a_text_that_tells_times_is_a_text() {
    let ours = "첫 문단입니다.\n00:00:01,000 --> 00:00:02,000\n진행: 셋째 문단입니다.\n";
    let cues = [
        (0, 0, None, "첫 문단입니다."),
        (0, 0, None, "00:00:01,000 --> 00:00:02,000"),
        (0, 0, None, "진행: 셋째 문단입니다."),
    ];
    reads(ours, Form::Plain, &cues, &[]);
    reads("1", Form::Plain, &[(0, 0, None, "1")], &[]);
    let long = format!("0:01 --> 0:02\n{}", "말입니다.\n".repeat(40));
    for text in [
        "말입니다.\n\n0:01 --> 0:02\n\n말입니다.\n",
        "말입니다.\n0:00:00.378,0:00:11.378\n말입니다.\n",
        "WEBVTT은 자막 형식입니다.\n다음 문단입니다.\n",
        &long,
    ] {
        let timed = read(text.as_bytes()).expect("a text");
        assert_eq!(timed.form, Form::Plain, "{text}");
        assert!(!timed.has_times());
    }
    for (file, form) in [
        ("\u{FEFF}\n\n0:01 --> 0:02\n말\n", Form::Srt),
        (
            "\u{FEFF}1\n0:01 --> 0:02\n말\n2\n0:03 --> 0:04\n말\n",
            Form::Srt,
        ),
        (
            "만든 이: 아무개\n\n1\n0:01 --> 0:02\n말\n\n2\n0:03 --> 0:04\n말\n",
            Form::Srt,
        ),
        (
            "가\n0:01 --> 0:02\n말\n\n나\n0:03 --> 0:04\n말\n",
            Form::Srt,
        ),
        ("WEBVTT 이름\n\n0:01 --> 0:02\n말\n", Form::Vtt),
    ] {
        assert_eq!(read(file.as_bytes()).map(|t| t.form), Ok(form), "{file}");
    }
}

#[test]
fn json_with_bad_times_keeps_the_rest() {
    let file = r#"{"segments":[{"start":1e400,"end":2,"text":"하나."},{"start":2,"end":3,"text":"둘."},{"start":1e12,"end":2e12,"text":"셋."}]}"#;
    let timed = reads(
        file,
        Form::WhisperJson,
        &[(2000, 3000, None, "하나. 둘. 셋.")],
        &[(1, "json"), (1, "time-words"), (3, "time-words")],
    );
    let told = &timed.warnings[0].message.args;
    assert!(told.contains(&("unit", "entry".to_owned())), "{told:?}");

    let file =
        r#"[{"start":1e12,"end":2,"text":"하나.","speaker":"김"},{"start":null,"text":"둘."}]"#;
    let cues = [(0, 0, Some("김"), "하나."), (0, 0, None, "둘.")];
    let timed = reads(
        file,
        Form::WhisperJson,
        &cues,
        &[(1, "time-words"), (2, "time-words"), (0, "no-times")],
    );
    assert!(!timed.has_times());
}

#[test]
fn faults_of_json_on_one_line_are_told_by_their_entry() {
    let entries = r#"{"start":1,"end":2,"text":"말 \"[{ 말."},"#.repeat(11);
    let broken = format!(r#"{{"segments":[{entries}{{"start":1 "end":2}}]}}"#);
    let want = NotTimed::BrokenJson {
        line: 1,
        entry: Some(12),
    };
    assert_eq!(read(broken.as_bytes()), Err(want));
    let mended = format!(r#"{{"segments":[{entries}{{"start":NaN,"end":2,"text":"둘"}}]}}"#);
    let timed = read(mended.as_bytes()).expect("mended");
    let first = &timed.warnings[0];
    assert_eq!(
        (first.line, first.message.key),
        (12, "transcript-warning-json")
    );
    // Lines that tell a place are told.
    let lines = format!(
        "{{\"segments\":[\n{}{{\"a\":}}]}}",
        entries.replace("},", "},\n")
    );
    let want = NotTimed::BrokenJson {
        line: 13,
        entry: None,
    };
    assert_eq!(read(lines.as_bytes()), Err(want));
}

#[test]
fn refusals() {
    let refused = |file: &[u8]| read(file).expect_err("is refused");
    assert_eq!(refused(b""), NotTimed::Empty);
    assert_eq!(refused(b"\xEF\xBB\xBF \n"), NotTimed::Empty);
    assert_eq!(refused(b"WEBVTT\n\nnothing"), NotTimed::NoCues);
    assert_eq!(refused(b"%PDF-1.4"), NotTimed::NotText);
    assert_eq!(
        refused(b"{\"segments\":[\n{\"a\":}]}"),
        NotTimed::BrokenJson {
            line: 2,
            entry: None
        }
    );
    assert_eq!(
        refused(br#"{"version":"1.2.0","chapters":[{"startTime":0}]}"#),
        NotTimed::Chapters
    );
    assert_eq!(refused(br#"{"a":[{"b":1}]}"#), NotTimed::OtherJson);
    assert_eq!(
        refused(&vec![b'a'; Timed::MAX_BYTES + 1]),
        NotTimed::TooLarge
    );
    let deep = [b"{\"a\":".repeat(5000), b"1".to_vec()].concat();
    assert!(matches!(refused(&deep), NotTimed::BrokenJson { .. }));
    let many = format!(
        "WEBVTT\n\n{}",
        "0:0 --> 0:1\na\n".repeat(Timed::MAX_CUES + 1)
    );
    assert_eq!(read(many.as_bytes()).err(), Some(NotTimed::TooManyCues));
}

#[test]
fn warnings_do_not_grow_without_end() {
    let file = format!(
        "WEBVTT\n\n0:0 --> 0:1\nword\n\n{}",
        "0:0 --> 0:1\n\n".repeat(500)
    );
    let timed = read(file.as_bytes()).expect("has a cue");
    assert_eq!(timed.warnings.len(), Timed::MAX_WARNINGS);
    assert_eq!(
        timed.warnings.last().map(|w| w.message.key),
        Some("transcript-warning-more")
    );
}

/// What holds of every file that is read.
pub fn holds(bytes: &[u8]) {
    let Ok(timed) = read(bytes) else { return };
    assert!(!timed.cues.is_empty() && timed.warnings.len() <= Timed::MAX_WARNINGS);
    for cue in &timed.cues {
        assert!(!cue.text.is_empty() && !cue.text.contains(char::is_control));
        assert!(
            cue.speaker
                .as_ref()
                .is_none_or(|s| !s.is_empty() && !s.contains(char::is_control))
        );
        if let Some(span) = cue.span {
            assert!(
                span.start_ms <= span.end_ms && span.start_ms <= Timed::MAX_MS,
                "{cue:?}"
            );
        }
        assert!(
            cue.words
                .iter()
                .all(|w| w.start_ms <= w.end_ms && !w.text.is_empty())
        );
        assert!(cue.words.is_sorted_by_key(|w| w.start_ms));
    }
}

/// Pieces that such files are made of, in any order.
fn jumble() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("WEBVTT"),
        Just("\n"),
        Just("\n\n"),
        Just("\r\n"),
        Just("1"),
        Just("2"),
        Just("00:00:01,000 --> 00:00:02.5"),
        Just("0:1 --> x"),
        Just("-->"),
        Just("0:00:01.0,0:00:02.0"),
        Just("<v A>"),
        Just("</v>"),
        Just("<00:01.0>"),
        Just("<"),
        Just("&amp;"),
        Just("&#0;"),
        Just("&"),
        Just("가나 다."),
        Just("A: b"),
        Just("NOTE"),
        Just("<cite>"),
        Just("</cite>"),
        Just("<time>0:01</time>"),
        Just("<p>"),
        Just("</p>"),
        Just("<!--1073741824 1 2-->"),
        Just("1073741825"),
        Just("<!--"),
        Just("{\"segments\":["),
        Just("{\"start\":1,\"text\":\"a\",\"words\":["),
        Just("{\"word\":\"b\",\"start\":0.5}"),
        Just("]}"),
        Just("]}"),
        Just(","),
        Just("\0"),
        Just("\u{2060}"),
        Just("\u{202E}"),
        Just("{\\an8}"),
        Just(" "),
        Just("\u{FEFF}"),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        holds(&bytes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        holds(text.as_bytes());
    }

    #[test]
    fn any_jumble_is_read_or_refused(text in jumble()) {
        holds(text.as_bytes());
        holds(format!("WEBVTT\n\n{text}").as_bytes());
        holds(format!("<html>{text}").as_bytes());
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        holds(&wide);
    }
}

#[test]
fn words_take_their_marks_from_the_whole_text() {
    let json = r#"{"text": "안녕하세요. 값은 3.5% 올랐죠? 네!", "words": [
        {"word": "안녕하세요", "start": 0.1, "end": 0.9}, {"word": "값은", "start": 1.0, "end": 1.2},
        {"word": "3.5", "start": 1.2, "end": 1.6}, {"word": "올랐죠", "start": 1.7, "end": 2.0},
        {"word": "네", "start": 3.0, "end": 3.2}]}"#;
    let timed = read(json.as_bytes()).expect("a transcript");
    let texts: Vec<&str> = timed.cues.iter().map(|cue| cue.text.as_str()).collect();
    assert_eq!(texts, ["안녕하세요.", "값은", "3.5%", "올랐죠?", "네!"]);
    // Where the two differ, the words are what they are.
    let other = json.replace("값은 3.5% 올랐죠", "다른 말");
    let timed = read(other.as_bytes()).expect("a transcript");
    assert_eq!(timed.cues[0].text, "안녕하세요");
}

#[test]
fn words_without_a_time_are_kept_and_told_of() {
    let json = r#"{"segments": [{"start": 0.0, "end": 2.0, "text": "Hello 3.5% there.", "words": [
        {"word": "Hello", "start": 0.0, "end": 0.5}, {"word": "3.5%"},
        {"word": "there.", "start": 1.5, "end": 2.0}]}]}"#;
    let timed = read(json.as_bytes()).expect("a transcript");
    assert_eq!(timed.cues[0].text, "Hello 3.5% there.");
    assert_eq!(to_script(&timed).markdown.trim(), "Hello 3.5% there.");
    let json = r#"[{"word": "A", "start": 0.0}, {"word": "b."}, {"word": "C", "start": 1.0}]"#;
    let timed = read(json.as_bytes()).expect("a transcript");
    assert_eq!(timed.cues[0].text, "A b.");
    assert_eq!(timed.warnings.len(), 1);
}
