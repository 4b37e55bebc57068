//! WebVTT (W3C).
use super::layout;
use super::pieces::pieces;
use crate::formats::transcript::model::Transcript;
use crate::formats::transcript::{clock, names};

/// Begins the words of a heading: a class, which a style sheet can speak of (WebVTT, 4.2.2).
pub const HEADING: &str = "<c.heading>";

/// The transcript as `text/vtt`: a cue for each spoken sentence, more for a long one, with lines
/// of 65 columns at most. The identifier of a sentence's first cue is the sentence's number (see
/// `names`); what continues it has none. Sentences without a time are left out; one that ends
/// where it starts gets a millisecond.
///
/// There is neither header nor comment, since not every parser passes over them.
pub fn to_vtt(transcript: &Transcript) -> String {
    let mut out = String::from("WEBVTT\n");
    for piece in pieces(transcript, layout::VTT, |_, _| 0) {
        out.push('\n');
        if piece.part == 0
            && let Some(number) = names::number(&piece.line.id)
        {
            out.push_str(&format!("{number}\n"));
        }
        let (start, end) = (
            clock::write(piece.start_ms, '.'),
            clock::write(piece.end_ms, '.'),
        );
        out.push_str(&format!("{start} --> {end}\n"));
        if let Some(speaker) = &piece.speaker {
            out.push_str("<v ");
            push_text(&mut out, speaker);
            // No arrow may stand in a cue.
            out.push_str(if speaker.ends_with('-') { " >" } else { ">" });
        }
        if piece.line.is_heading {
            out.push_str(HEADING);
        }
        for line in &piece.lines {
            push_text(&mut out, line);
            out.push('\n');
        }
        if piece.line.is_heading {
            out.pop();
            out.push_str("</c>\n");
        }
    }
    out
}

/// Text with what has a meaning in a cue written as entities; so `-->` can't be one.
fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
}
