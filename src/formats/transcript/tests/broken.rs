//! Times that are broken.
use super::readers::reads;
use crate::formats::transcript::Form;

#[test]
fn a_broken_line_of_times_is_no_speech() {
    reads(
        "1\n00:00:01,000 --> \nHello.\n\n2\n00:00:aa,000 --> 00:00:04,000\nTwo.\n",
        Form::Srt,
        &[(1000, 2232, None, "Hello. Two.")],
        &[(2, "end"), (6, "time-words")],
    );
    reads(
        "1\n00:00:01,000 --> 00:00:02,000\n하나.\n2\n00:O0:03,000 -->\n둘.\n\n3\n-->\n\n\
         4\n00:00:05,000 --> 00:00:06,000\nFile --> Open 메뉴입니다.\n",
        Form::Srt,
        &[
            (1000, 2000, None, "하나. 둘."),
            (5000, 6000, None, "File --> Open 메뉴입니다."),
        ],
        &[(5, "time-words"), (9, "time")],
    );
    reads(
        "WEBVTT\n\nNOTE a --> 1\n\nx\nbad --> 00:04.000\n처음.\n\n00:05.000 --> 00:06.000\n다음.\n",
        Form::Vtt,
        &[(0, 0, None, "처음."), (5000, 6000, None, "다음.")],
        &[(6, "time-words")],
    );
}

#[test]
fn a_wrong_end_is_guessed_by_the_words() {
    let file = "1\n00:00:10,000 --> 00:00:05,000\n안녕하세요\n\n2\n00:10:00,000 --> 00:10:01,000\n다음\n\n\
        3\n00:10:05,000 --> 00:10:04,000\n끝\n\n4\n00:10:05,500 --> 00:10:06,000\n네\n";
    reads(
        file,
        Form::Srt,
        &[
            (10_000, 12_000, None, "안녕하세요"),
            (600_000, 601_000, None, "다음"),
            (605_000, 605_500, None, "끝"),
            (605_500, 606_000, None, "네"),
        ],
        &[(2, "end"), (10, "end")],
    );
}
