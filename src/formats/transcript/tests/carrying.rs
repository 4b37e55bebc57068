//! Times on sentences, and scripts out of cues.
use super::*;
use crate::formats::script;
use crate::formats::transcript::{
    Carried, Timed, carry_times, carry_times_by_id, read, to_script, to_vtt,
};

fn srt(cues: &[(u64, u64, &str)]) -> Timed {
    let clock = |ms: u64| format!("0:{}:{},{:03}", ms / 60_000, ms / 1000 % 60, ms % 1000);
    let cues = cues
        .iter()
        .map(|(start, end, text)| format!("{} --> {}\n{text}\n\n", clock(*start), clock(*end)));
    read(cues.collect::<String>().as_bytes()).expect("is SRT")
}

/// Start, end, how sure and by what; `None` for no time.
fn short(times: &[Times]) -> Vec<Option<(u64, u64, Origin)>> {
    let one = |times: &Times| times.timing().map(|t| (t.start_ms, t.end_ms, t.origin));
    times.iter().map(one).collect()
}

fn carried(timed: &Timed, sentences: &[&str]) -> Carried {
    carry_times(timed, sentences).expect("the same text")
}

#[test]
fn cues_that_end_elsewhere() {
    let timed = srt(&[
        (1000, 3000, "안녕하세요 표본방송"),
        (3000, 5000, "입니다. 오늘은"),
        (5200, 8000, "날씨를 말씀드립니다"),
    ]);
    let found = carried(
        &timed,
        &[
            "안녕하세요, 표본 방송입니다.",
            "오늘은 날씨를 말씀드립니다!",
        ],
    );
    assert_eq!(
        short(&found.times),
        [
            Some((1000, 4000, Origin::Imported)),
            Some((4000, 8000, Origin::Imported))
        ]
    );
    assert_eq!(found.percent, 100);
}

#[test]
fn words_with_times_are_exact() {
    let json = r#"{"segments":[{"start":0,"end":9,"text":" 하나 둘. 셋 넷.","words":[
        {"word":" 하나","start":1,"end":2},{"word":" 둘.","start":2.5,"end":3},
        {"word":" 셋","start":6,"end":7},{"word":" 넷.","start":7,"end":8.25}]}]}"#;
    let found = carried(
        &read(json.as_bytes()).expect("is JSON"),
        &["하나둘", "셋넷"],
    );
    assert_eq!(
        short(&found.times),
        [
            Some((1000, 3000, Origin::Imported)),
            Some((6000, 8250, Origin::Imported))
        ]
    );
}

#[test]
fn what_is_not_said_and_what_is_said_in_other_words() {
    let timed = srt(&[
        (0, 2000, "첫 문장은 여기서 끝이 납니다."),
        (2000, 4000, "둘째 문장도 여기서 끝이 납니다."),
        (4000, 6000, "영어로 된 이름은 다르게 들립니다."),
        (6000, 9000, "마지막 문장은 조금 더 길게 말합니다."),
    ]);
    let found = carried(
        &timed,
        &[
            "첫 문장은 여기서 끝이 납니다.",
            "이 문장은 적어만 두고 읽지는 않았습니다.",
            "둘째 문장도 여기서 끝이 납니다.",
            "Foreign names sound different.",
            "마지막 문장은 조금 더 길게 말합니다.",
        ],
    );
    assert_eq!(
        short(&found.times),
        [
            Some((0, 2000, Origin::Imported)),
            None,
            Some((2000, 4000, Origin::Imported)),
            Some((4000, 6000, Origin::Inferred)),
            Some((6000, 9000, Origin::Imported)),
        ]
    );
    assert_eq!(found.times[1], Times::NotSpoken(false));
    assert!(found.times[3].timing().is_some_and(|t| !t.is_sure()));
}

#[test]
fn digits_and_slips_do_not_move_their_neighbours() {
    let timed = srt(&[
        (0, 3000, "35퍼센트가 찬성을 했고요."),
        (3000, 6000, "어 그러니까 음 나머지는 반대했습니다."),
        (6000, 8000, "여기까지입니다."),
    ]);
    let found = carried(
        &timed,
        &[
            "삼십오 퍼센트가 찬성했고,",
            "나머지는 반대했습니다.",
            "여기까지입니다.",
        ],
    );
    let starts: Vec<u64> = found
        .times
        .iter()
        .filter_map(|t| t.timing())
        .map(|t| t.start_ms)
        .collect();
    assert_eq!(starts[0], 0);
    assert!(
        (3000..5000).contains(&starts[1]) && starts[2] == 6000,
        "{starts:?}"
    );
}

#[test]
fn moved_sentences_are_found() {
    let timed = srt(&[
        (0, 2000, "처음에 할 말을 먼저 합니다."),
        (2000, 4000, "그다음 할 말을 나중에 합니다."),
        (4000, 6000, "이 말은 앞으로 옮겨졌습니다."),
    ]);
    let found = carried(
        &timed,
        &[
            "이 말은 앞으로 옮겨졌습니다.",
            "처음에 할 말을 먼저 합니다.",
            "그다음 할 말을 나중에 합니다.",
        ],
    );
    assert_eq!(
        short(&found.times),
        [
            Some((4000, 6000, Origin::Imported)),
            Some((0, 2000, Origin::Imported)),
            Some((2000, 4000, Origin::Imported)),
        ]
    );
}

#[test]
fn another_text_is_refused() {
    let timed = srt(&[
        (0, 2000, "이 파일은 전혀 다른 글의 자막입니다."),
        (2000, 4000, "비슷한 데가 없지요."),
    ]);
    let script = [
        "오늘 아침 시장에서 배추 값이 크게 올랐습니다.",
        "농민들은 걱정이 많습니다.",
    ];
    assert_eq!(carry_times(&timed, &script), Err(NotTimed::OtherText));
    let plain = read("시간이 없는 글".as_bytes()).expect("is text");
    assert_eq!(carry_times(&plain, &script), Err(NotTimed::NoTimes));
    assert_eq!(carry_times(&timed, &[]), Err(NotTimed::OtherText));
}

#[test]
fn ids_tell_equal_sentences_apart() {
    let mut lines = [
        ("네.", None, at(0, 500)),
        ("네.", None, Times::NotSpoken(true)),
        ("네.", None, at(9000, 9500)),
    ];
    lines.swap(0, 2);
    let written = transcript(&lines);
    let timed = read(to_vtt(&written).as_bytes()).expect("is ours");
    let sentences: Vec<_> = written
        .lines
        .iter()
        .map(|line| (&line.id, line.text.as_str()))
        .collect();
    let found = carry_times_by_id(&timed, &sentences).expect("the same text");
    assert_eq!(
        short(&found.times),
        [
            Some((9000, 9500, Origin::Imported)),
            None,
            Some((0, 500, Origin::Imported))
        ]
    );
}

#[test]
fn a_long_file_is_carried_in_time() {
    let word = |n: u64| format!("{:x}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40);
    let text = |n: u64| {
        format!(
            "{} {} {} 말입니다.",
            word(n),
            word(n + 77_777),
            word(n + 999_999)
        )
    };
    let cues: Vec<(u64, u64, String)> = (0..2000)
        .map(|n| (n * 700, n * 700 + 700, text(n)))
        .collect();
    let cues: Vec<(u64, u64, &str)> = cues.iter().map(|(a, b, t)| (*a, *b, t.as_str())).collect();
    // Every seventh sentence says it in other words, every eleventh is not said.
    let script: Vec<String> = (0..2000)
        .map(|n| {
            if n % 7 == 0 {
                text(n).replace("말입니다", "뜻이지요")
            } else {
                text(n)
            }
        })
        .collect();
    let script: Vec<&str> = script.iter().map(String::as_str).collect();
    let kept: Vec<_> = cues
        .iter()
        .enumerate()
        .filter(|(n, _)| n % 11 != 0)
        .map(|(_, cue)| *cue)
        .collect();
    let found = carried(&srt(&kept), &script);
    for (n, times) in found.times.iter().enumerate() {
        if n % 11 == 0 {
            assert!(
                times.timing().is_none_or(|t| t.origin == Origin::Inferred),
                "{n}: {times:?}"
            );
        } else {
            let start = times.timing().map(|t| t.start_ms);
            assert!(
                start.is_some_and(|ms| ms.abs_diff(n as u64 * 700) < 100),
                "{n}: {times:?}"
            );
        }
    }
}

#[test]
fn a_script_out_of_cues() {
    let timed = read(
        "WEBVTT\n\n0:00.0 --> 0:02.0\n<v SPEAKER_1>안녕하세요. # 오늘은\n\n0:02.0 --> 0:04.0\n<v SPEAKER_1>*날씨*입니다.\n\n\
         0:04.5 --> 0:06.0\n<v 김>1. 비가 옵니다.\n\n0:09.0 --> 0:10.0\n<v 김>[음악] 끝.\n"
            .as_bytes(),
    )
    .expect("is WebVTT");
    let made = to_script(&timed);
    assert_eq!(
        made.markdown,
        "**SPEAKER 1:** 안녕하세요. # 오늘은 \\*날씨\\*입니다.\n\n**김:** 1. 비가 옵니다.\n\n\\[음악] 끝.\n"
    );
    let pieces = script::cut(&made.markdown);
    let said: Vec<_> = pieces
        .iter()
        .map(|p| (p.speaker.as_deref(), p.text.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (Some("SPEAKER 1"), "안녕하세요."),
            (Some("SPEAKER 1"), "# 오늘은 *날씨*입니다."),
            (Some("김"), "1. 비가 옵니다."),
            (Some("김"), "[음악] 끝."),
        ]
    );
    assert_eq!(
        short(&made.times),
        [
            Some((0, 1250, Origin::Imported)),
            Some((1250, 4000, Origin::Imported)),
            Some((4500, 6000, Origin::Imported)),
            Some((9000, 10_000, Origin::Imported)),
        ]
    );
}

#[test]
fn plain_text_is_the_script() {
    let timed = read("# 제목\n\n*강조*한 말.".as_bytes()).expect("is text");
    let made = to_script(&timed);
    assert_eq!(made.markdown, "# 제목\n\n*강조*한 말.\n");
    assert_eq!(made.times, [Times::Unknown, Times::Unknown]);
}

#[test]
fn speech_without_full_stops_is_divided_at_rests() {
    let cue = "그러니까 오늘은 날씨가 아주 좋아서 모두 밖으로 나가서 걷고 있는데";
    let starts = (0..20u64).map(|n| n * 4000 + u64::from(n >= 6) * 800);
    let cues: Vec<(u64, u64, &str)> = starts.map(|start| (start, start + 4000, cue)).collect();
    let made = to_script(&srt(&cues));
    let lengths: Vec<usize> = script::cut(&made.markdown)
        .iter()
        .map(|piece| piece.text.chars().count())
        .collect();
    assert!(
        lengths.len() > 2 && lengths.iter().all(|chars| *chars < 400),
        "{lengths:?}"
    );
    // The rest before the seventh subtitle is such a place.
    assert!(
        made.times
            .iter()
            .any(|times| times.timing().is_some_and(|t| t.start_ms == 24_800))
    );
    assert_eq!(made.times.len(), lengths.len());
}

#[test]
fn speakers_that_are_numbers_get_a_letter() {
    let json = r#"{"segments":[{"speaker":"1","startTime":0,"endTime":1,"body":"네."},{"speaker":"_","startTime":1,"endTime":2,"body":"또."}]}"#;
    let made = to_script(&read(json.as_bytes()).expect("is JSON"));
    assert_eq!(made.markdown, "**S1:** 네. 또.\n");
}
