//! What is written, what is read, and that both say the same.
mod broken;
mod carrying;
mod other_forms;
mod readers;
mod round_trip;
mod unpunctuated;
mod writers;

use super::model::{Line, Origin, Times, Timing, Transcript};
use super::timed::NotTimed;
use crate::kernel::ids::{PostId, SentenceId};

/// The `number`th sentence of some post.
pub fn id(number: usize) -> SentenceId {
    SentenceId::numbered(&PostId::from_db("aaaaaaaaaaaa".into()), number as u32)
}

/// A time as the aligner gives it.
pub fn at(start_ms: u64, end_ms: u64) -> Times {
    Times::At(Timing {
        start_ms,
        end_ms,
        origin: Origin::Measured,
        percent: 90,
    })
}

/// Sentences of paragraphs of one sentence.
pub fn transcript(lines: &[(&str, Option<&str>, Times)]) -> Transcript {
    let lines = lines
        .iter()
        .enumerate()
        .map(|(block, (text, speaker, times))| Line {
            id: id(block),
            block,
            is_heading: false,
            speaker: speaker.map(str::to_owned),
            text: (*text).to_owned(),
            times: times.clone(),
        });
    Transcript {
        language: "ko".into(),
        title: "여는 <말>".into(),
        lines: lines.collect(),
        gaps: Vec::new(),
    }
}

#[test]
fn every_refusal_has_its_sentence() {
    let refusals = [
        NotTimed::TooLarge,
        NotTimed::Empty,
        NotTimed::NotText,
        NotTimed::OtherForm("ASS/SSA"),
        NotTimed::BrokenJson {
            line: 3,
            entry: None,
        },
        NotTimed::BrokenJson {
            line: 1,
            entry: Some(12),
        },
        NotTimed::OtherJson,
        NotTimed::Chapters,
        NotTimed::NoCues,
        NotTimed::TooManyCues,
        NotTimed::NoTimes,
        NotTimed::OtherText,
    ];
    let files = [
        include_str!("../../../../locales/ko/transcript.ftl"),
        include_str!("../../../../locales/en/transcript.ftl"),
    ];
    for file in files {
        for message in refusals.iter().map(NotTimed::message) {
            let start = format!("{} = ", message.key);
            let sentence = file.lines().find(|line| line.starts_with(&start));
            let sentence = sentence.unwrap_or_else(|| panic!("{start}"));
            for (name, _) in message.args {
                assert!(sentence.contains(&format!("${name}")), "{name}");
            }
        }
    }
}
