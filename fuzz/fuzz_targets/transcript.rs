//! Whatever is taken in as a transcript: it is read or refused, and what is read can be laid on a
//! script, made a script, written and read again.
#![no_main]
use daebon::formats::script;
use daebon::formats::transcript::{
    Line, Timed, Transcript, carry_times, read, to_html, to_json, to_script, to_srt, to_vtt,
};
use daebon::kernel::ids::{PostId, SentenceId};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(timed) = read(bytes) else { return };
    assert!(!timed.cues.is_empty() && timed.warnings.len() <= Timed::MAX_WARNINGS);
    for cue in &timed.cues {
        assert!(!cue.text.is_empty() && !cue.text.contains(char::is_control));
        assert!(cue.span.is_none_or(|span| span.start_ms <= span.end_ms));
        assert!(cue.words.iter().all(|word| word.start_ms <= word.end_ms));
    }
    let made = to_script(&timed);
    let pieces = script::cut(&made.markdown);
    assert_eq!(pieces.len(), made.times.len());
    let texts: Vec<&str> = pieces.iter().rev().map(|piece| piece.text.as_str()).collect();
    if let Ok(carried) = carry_times(&timed, &texts) {
        assert_eq!(carried.times.len(), texts.len());
    }
    let post = PostId::from_db("aaaaaaaaaaaa".into());
    let lines = pieces.iter().zip(&made.times).zip(0..).map(|((piece, times), number)| Line {
        id: SentenceId::numbered(&post, number),
        block: piece.block,
        is_heading: piece.is_heading(),
        speaker: piece.speaker.clone(),
        text: piece.text.clone(),
        times: times.clone(),
    });
    let written = Transcript {
        lines: lines.collect(),
        ..Transcript::default()
    };
    let spoken = made.times.iter().filter(|times| times.timing().is_some()).count();
    for file in [to_vtt(&written), to_srt(&written), to_json(&written), to_html(&written)] {
        if spoken > 0 && file.len() <= Timed::MAX_BYTES {
            let again = read(file.as_bytes()).expect("what is written can be read");
            assert!(again.cues.iter().filter(|cue| cue.span.is_some()).count() >= spoken);
        }
    }
});
