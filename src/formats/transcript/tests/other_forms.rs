//! SAMI, LRC and TTML, and what is refused by its name.
use super::readers::{holds, reads};
use crate::formats::transcript::{Form, NotTimed, read};

const SAMI: &str = "<SAMI>\n<HEAD>\n<TITLE>제목</TITLE>\n<STYLE TYPE=\"text/css\">\n<!--\nP { margin: 1pt }\n\
    .KRCC { Name: 한국어; lang: ko-KR }\n-->\n</STYLE>\n</HEAD>\n<BODY>\n<SYNC Start=1000><P Class=ENCC>Hello\n\
    <SYNC Start=1000><P Class=KRCC>\n안녕하세요<br>여러분 &amp; 친구들\n<SYNC Start=3500><P Class=KRCC>&nbsp;\n\
    <sync start='5000'><p class='krcc'><font color=\"#ffff00\">다음</font>입니다.\n\
    <SYNC Start=7000><P Class=KRCC>이어서\n<SYNC Start=x><P Class=KRCC>말합니다.\n</BODY>\n</SAMI>\n";

#[test]
fn sami() {
    let cues = [
        (1000, 3500, None, "안녕하세요 여러분 & 친구들"),
        (5000, 7000, None, "다음입니다."),
        (7000, 8804, None, "이어서 말합니다."),
    ];
    let timed = reads(SAMI, Form::Sami, &cues, &[(18, "time-words")]);
    assert_eq!(timed.language.as_deref(), Some("ko"));
    let (code_page, ..) = encoding_rs::EUC_KR.encode(SAMI);
    let timed = read(&code_page).expect("SAMI in CP949");
    assert_eq!(timed.cues[0].text, "안녕하세요 여러분 & 친구들");
    let english = SAMI.replace("KRCC", "XXCC").replace("krcc", "xxcc");
    let timed = read(english.as_bytes()).expect("SAMI");
    assert_eq!(timed.cues[0].text, "Hello");
}

#[test]
fn lrc() {
    let timed = reads(
        "[ti:제목]\n[la:ko]\n[offset:+500]\n\n[00:01.50]하나 둘\n[00:04.00]\n[00:10.5]셋 <00:11.00>넷\n이어서\n[00:12]끝\n",
        Form::Lrc,
        &[
            (1000, 3500, None, "하나 둘"),
            (10_000, 11_500, None, "셋 넷 이어서"),
            (11_500, 11_720, None, "끝"),
        ],
        &[],
    );
    assert_eq!(timed.language.as_deref(), Some("ko"));
    assert_eq!(timed.cues[1].words[1].start_ms, 10_500);
    reads(
        "[00:01.00][00:05.00]후렴\n[00:03.00]진행: 말\n",
        Form::Lrc,
        &[
            (1000, 2400, None, "후렴"),
            (3000, 4760, None, "진행: 말"),
            (5000, 5440, None, "후렴"),
        ],
        &[],
    );
    for text in [
        "[00:01] 첫 줄입니다.\n",
        "[음악]\n\n말입니다.\n[00:01] 말\n[00:02] 말\n",
    ] {
        assert_eq!(
            read(text.as_bytes()).map(|t| t.form),
            Ok(Form::Plain),
            "{text}"
        );
    }
}

const TTML: &str = "<?xml version=\"1.0\"?>\n<tt xmlns=\"http://www.w3.org/ns/ttml\" xml:lang=\"ko\" ttp:frameRate=\"25\">\n\
    <head><metadata><ttm:agent type=\"person\" xml:id=\"s1\"><ttm:name type=\"full\">김 앵커</ttm:name></ttm:agent></metadata></head>\n\
    <body><div>\n<p begin=\"00:00:01.000\" end=\"00:00:02:05\" ttm:agent=\"s1\">하나<br/>둘 &amp; 셋</p>\n\
    <p begin=\"3s\" dur=\"1500ms\"><span podcasts:unit=\"word\" begin=\"3.1\" end=\"3.5\">넷</span><span podcasts:unit=\"word\" begin=\"3.6\" end=\"4\">다섯</span></p>\n\
    <p>여섯</p>\n</div></body>\n</tt>\n";

#[test]
fn ttml() {
    let cues = [
        (1000, 2200, Some("김 앵커"), "하나 둘 & 셋"),
        (3000, 4500, None, "넷 다섯 여섯"),
    ];
    let timed = reads(TTML, Form::Ttml, &cues, &[(7, "time-words")]);
    assert_eq!(timed.language.as_deref(), Some("ko"));
    let timed = read(TTML.replace("<p>여섯</p>", "").as_bytes()).expect("TTML");
    let words: Vec<_> = timed.cues[1]
        .words
        .iter()
        .map(|w| (w.start_ms, w.end_ms))
        .collect();
    assert_eq!(words, [(3100, 3500), (3600, 4000)]);
}

#[test]
fn forms_that_are_not_read_are_called_by_their_names() {
    let ass = "[Script Info]\nTitle: 제목\n\n[Events]\nFormat: Layer, Start, End, Text\nDialogue: 0,0:00:01.00,0:00:02.00,말\n";
    assert_eq!(read(ass.as_bytes()), Err(NotTimed::OtherForm("ASS/SSA")));
    let sub = "{25}{50}하나\n{60}{90}둘|셋\n";
    assert_eq!(read(sub.as_bytes()), Err(NotTimed::OtherForm("MicroDVD")));
}

#[test]
fn whatever_is_cut_off_is_read_or_refused() {
    let lrc = "[la:ko]\n[00:01.50]하나 둘\n[00:04.00]\n[00:10.5]셋 <00:11.00>넷\n";
    for file in [SAMI, TTML, lrc] {
        for (at, _) in file.char_indices() {
            holds(&file.as_bytes()[..at]);
            holds(format!("{}{}", &file[..at], file.get(at / 2..).unwrap_or_default()).as_bytes());
        }
    }
}
