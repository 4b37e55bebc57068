//! WebVTT (W3C).
use super::layout;
use super::pieces::pieces;
use crate::formats::transcript::model::Transcript;
use crate::formats::transcript::{clean, clock};

/// The transcript as `text/vtt`: a cue for each spoken sentence, more for a long one, with lines
/// of 65 columns at most. A cue's identifier is its sentence's id, with `-2`, `-3` … for what
/// continues it. Sentences without a time are left out; one that ends where it starts gets a
/// millisecond.
pub fn to_vtt(transcript: &Transcript) -> String {
    let mut out = String::from("WEBVTT\n");
    let language = clean::line(&transcript.language);
    if !language.is_empty() {
        // A comment, since the standard knows no headers; the readers that do look for them
        // (YouTube's) find the same words.
        out.push_str("\nNOTE\nLanguage: ");
        push_text(&mut out, &language);
        out.push('\n');
    }
    for piece in pieces(transcript, layout::VTT, |_, _| 0) {
        out.push('\n');
        out.push_str(piece.line.id.as_str());
        if piece.part > 0 {
            out.push_str(&format!("-{}", piece.part + 1));
        }
        let (start, end) = (
            clock::write(piece.start_ms, '.'),
            clock::write(piece.end_ms, '.'),
        );
        out.push_str(&format!("\n{start} --> {end}\n"));
        if let Some(speaker) = &piece.speaker {
            out.push_str("<v ");
            push_text(&mut out, speaker);
            out.push('>');
        }
        for line in &piece.lines {
            push_text(&mut out, line);
            out.push('\n');
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
