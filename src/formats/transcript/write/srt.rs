//! SubRip.
use super::layout;
use super::pieces::pieces;
use crate::formats::transcript::clock;
use crate::formats::transcript::model::Transcript;
use unicode_width::UnicodeWidthStr;

/// Shows nothing and forbids a break: it stands inside what a reader could take for markup, and
/// behind the words of a sentence, twice behind a heading, since SubRip has no way to say either.
pub const JOINER: char = '\u{2060}';

/// The transcript as `application/x-subrip`: subtitles of two lines of 32 columns at most. A
/// speaker is named (`Name: `) where another one begins to speak. Sentences without a time are
/// left out.
pub fn to_srt(transcript: &Transcript) -> String {
    let mut out = String::new();
    let label = |speaker: &str| format!("{speaker}: ");
    let taken = |speaker: Option<&str>, is_new: bool| {
        speaker.filter(|_| is_new).map_or(0, |s| label(s).width())
    };
    let mut before: Option<String> = None;
    let pieces = pieces(transcript, layout::SRT, taken);
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let (start, end) = (
            clock::write(piece.start_ms, ','),
            clock::write(piece.end_ms, ','),
        );
        out.push_str(&format!("{}\n{start} --> {end}\n", at + 1));
        if piece.speaker != before {
            // The joiner tells our reader that this is a label, and where nobody speaks on.
            if let Some(speaker) = &piece.speaker {
                push_text(&mut out, speaker);
            }
            out.push_str(if piece.speaker.is_some() { ": " } else { "" });
            out.push(JOINER);
        }
        before.clone_from(&piece.speaker);
        for line in &piece.lines {
            push_text(&mut out, line);
            out.push('\n');
        }
        if pieces.get(at + 1).is_none_or(|next| next.part == 0) {
            out.pop();
            out.push(JOINER);
            if piece.line.is_heading {
                out.push(JOINER);
            }
            out.push('\n');
        }
    }
    out
}

/// SubRip has no way to write a sign that means something to its readers, so such a sign is
/// parted from the next one by [`JOINER`], which our reader takes out again.
fn push_text(out: &mut String, text: &str) {
    let mut signs = text.chars().peekable();
    let mut dashes = 0;
    while let Some(c) = signs.next() {
        let next = signs.peek().copied().unwrap_or(' ');
        if c == '>' && dashes >= 2 {
            out.push(JOINER);
        }
        dashes = if c == '-' { dashes + 1 } else { 0 };
        out.push(c);
        if means(c, next) {
            out.push(JOINER);
        }
    }
}

/// Whether the two begin a tag, an entity or a command of another subtitle format.
fn means(c: char, next: char) -> bool {
    match c {
        '<' => next.is_ascii_alphanumeric() || matches!(next, '/' | '!' | '?'),
        '&' => next.is_ascii_alphabetic() || next == '#',
        '{' => next == '\\',
        _ => false,
    }
}
