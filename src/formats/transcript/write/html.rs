//! HTML of the podcast namespace (`transcripts/transcripts.md`): `cite`, `time`, `p`.
use crate::formats::html::text_to_html;
use crate::formats::transcript::model::{Line, Transcript};
use crate::formats::transcript::{clean, clock, names};
use crate::kernel::time::whole_seconds;

/// The transcript as a page: all sentences, spoken or not, a `p` for each paragraph, before it
/// who speaks and when. It holds no word of the interface, script or style.
///
/// A comment before each sentence has its id and, if it is spoken, its start and end in seconds,
/// for our own reader. Parsers of the format take the children of `body` and expect a `time`
/// without attributes before every `p`, and a `cite` that is missing to be the one behind; so
/// there is no `main`, the speaker stands before each paragraph, and one that is not spoken is a
/// `div`.
pub fn to_html(transcript: &Transcript) -> String {
    let language = escaped(&transcript.language);
    let title = escaped(&transcript.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n</head>\n<body>\n"
    );
    if !title.is_empty() {
        out.push_str(&format!("<h1>{title}</h1>\n"));
    }
    for paragraph in paragraphs(&transcript.lines) {
        push_paragraph(&mut out, paragraph);
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// Sentences that stand in one block and have one speaker.
fn paragraphs(lines: &[Line]) -> impl Iterator<Item = &[Line]> {
    lines
        .chunk_by(|a, b| (a.block, a.is_heading, &a.speaker) == (b.block, b.is_heading, &b.speaker))
}

fn push_paragraph(out: &mut String, lines: &[Line]) {
    let Some(first) = lines.first() else { return };
    let start = lines
        .iter()
        .filter_map(|line| line.times.timing())
        .map(|timing| timing.start_ms)
        .min();
    let speaker = first.speaker.as_deref().and_then(clean::speaker);
    let speaker = speaker.map_or_else(String::new, |name| {
        format!("<cite>{}:</cite>", escaped(&name))
    });
    let words: Vec<String> = lines.iter().map(sentence).collect();
    let words = words.join(" ");
    let paragraph = match start {
        _ if first.is_heading => format!("<h2>{words}</h2>\n"),
        Some(ms) => {
            let line_end = if speaker.is_empty() { "" } else { "\n" };
            format!(
                "{speaker}{line_end}<time>{}</time>\n<p>{words}</p>\n",
                time_of(ms)
            )
        }
        None => {
            let space = if speaker.is_empty() { "" } else { " " };
            format!("<div>{speaker}{space}{words}</div>\n")
        }
    };
    out.push_str(&paragraph);
}

/// `00:01:07`: what HTML takes for a time (2.3.6.4, "a valid time string") and parsers of the format
/// for a position. `1:07` would be a time of day to the one, seven minutes past one.
fn time_of(ms: u64) -> String {
    let s = whole_seconds(ms);
    format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}

fn sentence(line: &Line) -> String {
    let times = line.times.timing().map(|timing| {
        let (start, end) = (
            clock::seconds(timing.start_ms),
            clock::seconds(timing.end_ms),
        );
        format!(" {start} {end}")
    });
    let (id, times) = (
        names::number(&line.id).unwrap_or_default(),
        times.unwrap_or_default(),
    );
    format!("<!--{id}{times}-->{}", escaped(&line.text))
}

fn escaped(text: &str) -> String {
    text_to_html(&clean::line(text)).into_string()
}
