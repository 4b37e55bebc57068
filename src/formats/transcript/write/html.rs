//! HTML of the podcast namespace (`transcripts/transcripts.md`): `cite`, `time`, `p`.
use crate::formats::html::text_to_html;
use crate::formats::transcript::model::{Line, Transcript};
use crate::formats::transcript::{clean, clock};

/// The transcript as a page: all sentences, spoken or not, a `p` for each paragraph, before it
/// who speaks, where that changes, and when. In it each sentence is a `span` with its id and, if
/// it is spoken, its time in seconds (`data-start`, `data-end`), by which our own reader finds
/// it again. It holds no word of the interface, script or style.
pub fn to_html(transcript: &Transcript) -> String {
    let language = escaped(&transcript.language);
    let title = escaped(&transcript.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n</head>\n<body>\n\
         <main>\n<h1>{title}</h1>\n"
    );
    let mut before: Option<String> = None;
    for paragraph in paragraphs(&transcript.lines) {
        push_paragraph(&mut out, paragraph, &mut before);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// Sentences that stand in one block and have one speaker.
fn paragraphs(lines: &[Line]) -> impl Iterator<Item = &[Line]> {
    lines
        .chunk_by(|a, b| (a.block, a.is_heading, &a.speaker) == (b.block, b.is_heading, &b.speaker))
}

fn push_paragraph(out: &mut String, lines: &[Line], before: &mut Option<String>) {
    let Some(first) = lines.first() else { return };
    let speaker = first.speaker.as_deref().and_then(clean::speaker);
    if speaker != *before
        && let Some(name) = &speaker
    {
        out.push_str(&format!("<cite>{}:</cite>\n", escaped(name)));
    }
    *before = speaker;
    let start = lines
        .iter()
        .filter_map(|l| l.times.timing())
        .map(|t| t.start_ms)
        .min();
    if let Some(ms) = start {
        let (exact, human) = (clock::seconds(ms), clock::short(ms));
        out.push_str(&format!("<time datetime=\"PT{exact}S\">{human}</time>\n"));
    }
    let tag = if first.is_heading { "h2" } else { "p" };
    let sentences: Vec<String> = lines.iter().map(sentence).collect();
    out.push_str(&format!("<{tag}>{}</{tag}>\n", sentences.join(" ")));
}

fn sentence(line: &Line) -> String {
    let times = line.times.timing().map(|timing| {
        let (start, end) = (
            clock::seconds(timing.start_ms),
            clock::seconds(timing.end_ms),
        );
        format!(" data-start=\"{start}\" data-end=\"{end}\"")
    });
    let (id, times) = (escaped(line.id.as_str()), times.unwrap_or_default());
    format!("<span id=\"{id}\"{times}>{}</span>", escaped(&line.text))
}

fn escaped(text: &str) -> String {
    text_to_html(&clean::line(text)).into_string()
}
