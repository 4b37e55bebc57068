//! `daebon align`: a recording and its script in, a file with the times of its sentences out; no
//! server, no database.
use std::fs::{self, File};
use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use clap::Args;

use crate::formats::ear::{self, Asked, Heard, Known, Verdict};
use crate::formats::transcript::{self, Line, Times, Transcript};
use crate::formats::{hearing, script};
use crate::kernel::Message;
use crate::kernel::ids::{PostId, SentenceId};
use crate::kernel::language::UiLanguage;
use crate::web::ui::Ui;

/// Of all the time the work takes, listening is about this share, in percent.
const LISTENING: u64 = 30;

/// What is aligned with what.
#[derive(Debug, Args)]
pub struct AlignArgs {
    /// The recording
    audio: PathBuf,
    /// Its script, in Markdown; a line of it is a sentence or several
    script: PathBuf,
    /// Where the times are written to; the ending says how: vtt, srt, json or txt
    #[arg(long, short)]
    output: PathBuf,
    /// Language of the script (ko, en); without it as it looks
    #[arg(long, value_parser = ["ko", "en"])]
    language: Option<String>,
    /// Do not say how far it is
    #[arg(long)]
    quiet: bool,
}

/// A sentence of the script and the identifier of its cue.
struct Sentence {
    name: String,
    line: usize,
    speaker: Option<String>,
    text: String,
}

/// Aligns and writes the file.
///
/// # Errors
/// One sentence for the person at the terminal, in `ui`'s language.
pub fn run(args: &AlignArgs, ui: UiLanguage) -> anyhow::Result<()> {
    let ui = Ui::new(ui);
    let say = |key: &'static str| ui.message(&Message::new(key));
    let form = args.output.extension().and_then(|e| e.to_str());
    let form = form.map(str::to_ascii_lowercase).unwrap_or_default();
    if !["vtt", "srt", "json", "txt"].contains(&form.as_str()) {
        bail!(say("align-form"));
    }
    let markdown = fs::read(&args.script).with_context(|| say("align-script-unreadable"))?;
    let (markdown, other) =
        transcript::text(&markdown).map_err(|why| anyhow!(ui.message(&why.message())))?;
    if let Some(encoding) = other {
        eprintln!("{}", ui.t1("script-encoding", "encoding", encoding));
    }
    let sentences = sentences(&markdown);
    if sentences.is_empty() {
        bail!(say("align-script-empty"));
    }
    let language = args
        .language
        .clone()
        .unwrap_or_else(|| language_of(&markdown));
    if is_same(&args.output, &args.script) || is_same(&args.output, &args.audio) {
        bail!(say("align-same-file"));
    }
    // An hour's work is not begun for a file that cannot be written.
    let part = part_of(&args.output);
    fs::write(&part, "").with_context(|| say("align-unwritable"))?;
    let _ = fs::remove_file(&part);
    let mut progress = Progress::new(!args.quiet);
    let heard = hear(args, &ui, &mut progress)?;
    let asked: Vec<Asked> = sentences
        .iter()
        .map(|sentence| Asked {
            text: sentence.text.clone(),
            language: language.clone(),
            known: Known::Nothing,
        })
        .collect();
    let found = ear::align(&heard, &asked, None, &mut |percent| {
        progress.tell(LISTENING + u64::from(percent) * (100 - LISTENING) / 100);
        ControlFlow::Continue(())
    })?;
    progress.end();
    if found.verdict == Verdict::OtherScript {
        bail!(say("align-other-script"));
    }
    if found.verdict == Verdict::Doubtful {
        eprintln!("{}", say("timing-verdict-doubtful"));
    }
    let transcript = transcript_of(&sentences, found.times, language);
    let text = match form.as_str() {
        "srt" => transcript::to_srt(&transcript),
        "json" => transcript::to_json(&transcript),
        "txt" => transcript::to_txt(&transcript),
        _ => vtt(&sentences, &transcript),
    };
    let written = fs::write(&part, text).and_then(|()| fs::rename(&part, &args.output));
    written.with_context(|| say("align-unwritable"))
}

/// Whether two names lead to one file that is there.
fn is_same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// What a file is called until it is whole.
fn part_of(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

fn hear(args: &AlignArgs, ui: &Ui, progress: &mut Progress) -> anyhow::Result<Heard> {
    let file = File::open(&args.audio)
        .with_context(|| ui.message(&Message::new("align-audio-unreadable")))?;
    let heard = hearing::listen(Box::new(file), &mut |percent| {
        progress.tell(LISTENING * u64::from(percent) / 100);
        ControlFlow::Continue(())
    });
    let heard = heard.map_err(|error| anyhow::anyhow!(ui.message(&error.message())))?;
    Ok(heard.heard)
}

/// The sentences of each line by itself: who keeps a sentence a line may leave the full stop out.
fn sentences(markdown: &str) -> Vec<Sentence> {
    let lines = markdown.lines().filter(|line| !line.trim().is_empty());
    lines
        .enumerate()
        .flat_map(|(line, text)| {
            let pieces = script::cut(text).into_iter().enumerate();
            pieces.map(move |(nth, piece)| Sentence {
                name: match nth {
                    0 => format!("s{line}"),
                    nth => format!("s{line}.{}", nth + 1),
                },
                line,
                speaker: piece.speaker,
                text: piece.text,
            })
        })
        .collect()
}

/// Korean if a tenth of the letters are Hangul.
fn language_of(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let hangul = text.chars().filter(|c| ('가'..='힣').contains(c)).count();
    let language = if hangul * 10 >= letters.max(1) {
        UiLanguage::Ko
    } else {
        UiLanguage::En
    };
    language.code().to_owned()
}

fn transcript_of(sentences: &[Sentence], times: Vec<Times>, language: String) -> Transcript {
    let nobody = PostId::from_db(String::new());
    let lines = sentences.iter().zip(times).zip(0..);
    Transcript {
        language,
        title: String::new(),
        lines: lines
            .map(|((sentence, times), number)| Line {
                id: SentenceId::numbered(&nobody, number),
                block: sentence.line,
                is_heading: false,
                speaker: sentence.speaker.clone(),
                text: sentence.text.clone(),
                times,
            })
            .collect(),
        gaps: Vec::new(),
    }
}

/// A cue for each sentence, named after its line; a `?` says that its time is unsure.
fn vtt(sentences: &[Sentence], transcript: &Transcript) -> String {
    let mut cues: Vec<_> = sentences
        .iter()
        .zip(&transcript.lines)
        .filter_map(|(sentence, line)| Some((sentence, line.times.timing()?)))
        .collect();
    cues.sort_by_key(|(_, timing)| timing.start_ms);
    let mut out = String::from("WEBVTT\n");
    for (sentence, timing) in cues {
        let doubt = if timing.is_sure() { "" } else { "?" };
        let text = sentence
            .text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        out += &format!(
            "\n{}{doubt}\n{} --> {}\n{text}\n",
            sentence.name,
            clock(timing.start_ms),
            clock(timing.end_ms.max(timing.start_ms + 1)),
        );
    }
    out
}

fn clock(ms: u64) -> String {
    let (s, m) = (ms / 1000, ms / 60_000);
    format!("{:02}:{:02}:{:02}.{:03}", m / 60, m % 60, s % 60, ms % 1000)
}

/// How far it is, on the terminal, at most once for each percent.
struct Progress {
    is_told: bool,
    last: Option<u64>,
}

impl Progress {
    fn new(is_told: bool) -> Self {
        Self {
            is_told: is_told && std::io::stderr().is_terminal(),
            last: None,
        }
    }

    fn tell(&mut self, percent: u64) {
        if self.is_told && self.last != Some(percent) {
            self.last = Some(percent);
            // Nobody to tell is no reason to stop.
            let _ = write!(std::io::stderr(), "\r{percent:3} %");
        }
    }

    fn end(&self) {
        if self.is_told {
            let _ = writeln!(std::io::stderr());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::transcript::{Origin, Timing};

    #[test]
    fn cues_are_named_after_lines() {
        let sentences = sentences("# 제목\n\n한 줄입니다. 두 문장이네요.\n쉼표 없는 줄\n");
        let names: Vec<&str> = sentences.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["s0", "s1", "s1.2", "s2"]);
        let at = |start_ms, percent| {
            Times::At(Timing {
                start_ms,
                end_ms: start_ms + 900,
                origin: Origin::Measured,
                percent,
            })
        };
        let times = vec![
            at(0, 90),
            Times::NotSpoken(false),
            at(3_661_005, 20),
            at(2_000, 50),
        ];
        let transcript = transcript_of(&sentences, times, "ko".to_owned());
        assert_eq!(
            vtt(&sentences, &transcript),
            "WEBVTT\n\ns0\n00:00:00.000 --> 00:00:00.900\n제목\n\
             \ns2\n00:00:02.000 --> 00:00:02.900\n쉼표 없는 줄\n\
             \ns1.2?\n01:01:01.005 --> 01:01:01.905\n두 문장이네요.\n"
        );
    }

    #[test]
    fn nothing_that_is_read_is_overwritten_and_no_work_is_begun_in_vain() {
        let folder = tempfile::tempdir().expect("a folder");
        let script = folder.path().join("a.txt");
        fs::write(&script, "한 문장입니다.").expect("written");
        let to = |output: PathBuf| {
            let args = AlignArgs {
                // Not there: it would be told of if anything were heard.
                audio: folder.path().join("a.mp3"),
                script: script.clone(),
                output,
                language: None,
                quiet: true,
            };
            let error = run(&args, UiLanguage::En).expect_err("refused");
            error.to_string()
        };
        assert!(to(script.clone()).contains("another name"));
        assert!(to(folder.path().join("no/a.vtt")).contains("could not be written"));
        assert!(to(folder.path().join("a.VTT")).contains("recording"));
        assert!(to(folder.path().join("a.doc")).contains(".vtt"));
        let kept = fs::read_to_string(&script).expect("there");
        assert_eq!(kept, "한 문장입니다.");
        let files = fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(files, 1, "nothing half written stays");
    }

    #[test]
    fn the_language_is_that_of_most_letters() {
        assert_eq!(language_of("Rust로 만든 서버"), "ko");
        assert_eq!(
            language_of("A song called 아리랑, and other songs of the day"),
            "en"
        );
        assert_eq!(language_of("1 2 3"), "en");
    }
}
