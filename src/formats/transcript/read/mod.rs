//! Files with times into cues: the form by content, never by name; leniently, with warnings.
//!
//! Published files break their specifications (FEED section 6, 9), so what can be understood is
//! taken, and what is mended or left out is said with its line.
mod draft;
mod encoding;
mod entities;
mod html;
mod inline;
mod json;
mod json_mend;
mod json_shapes;
mod labels;
mod lines;
mod lrc;
mod marks;
mod plain;
mod rolling;
mod sami;
mod subtitles;
mod ttml;

use draft::Draft;

use super::timed::{Form, NotTimed, Timed};
use crate::kernel::Message;

/// Reads a file with times, or plain text without.
///
/// Time and memory grow with its length, which is bounded by [`Timed::MAX_BYTES`].
///
/// # Errors
/// Why it can't be used, as a sentence for the author ([`NotTimed::message`]).
pub fn read(bytes: &[u8]) -> Result<Timed, NotTimed> {
    if bytes.len() > Timed::MAX_BYTES {
        return Err(NotTimed::TooLarge);
    }
    let decoded = encoding::decode(bytes)?;
    let text = decoded.text.as_ref();
    if text
        .trim_matches(|c: char| c.is_whitespace() || c.is_control())
        .is_empty()
    {
        return Err(NotTimed::Empty);
    }
    if let Some(other) = other_form(text) {
        return Err(NotTimed::OtherForm(other));
    }
    let form = form(text);
    let mut draft = Draft::new(form);
    if let Some(encoding) = decoded.other {
        draft.warn(
            1,
            Message::new("transcript-warning-encoding").with("encoding", encoding),
        );
    }
    if decoded.is_broken {
        let line = 1 + text
            .split('\u{FFFD}')
            .next()
            .map_or(0, |before| before.matches('\n').count());
        draft.warn(
            line,
            Message::new("transcript-warning-letters").with("line", line),
        );
    }
    match form {
        Form::Vtt | Form::Srt | Form::Sbv => subtitles::read(text, form, &mut draft)?,
        Form::PodcastJson | Form::WhisperJson | Form::PodloveJson => json::read(text, &mut draft)?,
        Form::Html => html::read(text, &mut draft)?,
        Form::Sami => sami::read(text, &mut draft)?,
        Form::Lrc => lrc::read(text, &mut draft)?,
        Form::Ttml => ttml::read(text, &mut draft)?,
        Form::Plain => plain::read(text, &mut draft)?,
    }
    draft.finish()
}

/// The text of a file in whatever encoding it is: UTF-8 or UTF-16 with or without their marks, or
/// what Korean programs write, CP949; and the encoding's name if it is not UTF-8, since it is a guess.
///
/// # Errors
/// It is no text.
pub fn text(bytes: &[u8]) -> Result<(String, Option<&'static str>), NotTimed> {
    let decoded = encoding::decode(bytes)?;
    Ok((decoded.text.into_owned(), decoded.other))
}

/// The name of a form with times that is known but not read.
fn other_form(text: &str) -> Option<&'static str> {
    let mut lines = lines::lines(text).map(|line| line.trim_start_matches('\u{FEFF}').trim());
    let first = lines.find(|line| !line.is_empty())?;
    let is_frame = |line: &str| {
        let frames = line.strip_prefix('{').and_then(|line| line.split_once('}'));
        frames.is_some_and(|(number, behind)| {
            let digits = number.bytes().all(|b| b.is_ascii_digit());
            digits && !number.is_empty() && behind.starts_with('{')
        })
    };
    if first.eq_ignore_ascii_case("[Script Info]")
        || (first.starts_with('[') && lines.any(|line| line.starts_with("Dialogue:")))
    {
        return Some("ASS/SSA");
    }
    is_frame(first).then_some("MicroDVD")
}

/// Tells the form; which kind of JSON it is turns out later.
fn form(text: &str) -> Form {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let lines: Vec<&str> = lines::lines(text).collect();
    if let Some(behind) = start.strip_prefix("WEBVTT") {
        // A text may begin with the word.
        let is_word = behind.starts_with(char::is_alphanumeric);
        if !is_word || lines.iter().any(|line| lines::arrow(line).is_some()) {
            return Form::Vtt;
        }
    }
    if sami::looks_like(start) {
        return Form::Sami;
    }
    if ttml::looks_like(start) {
        return Form::Ttml;
    }
    if lines::has_shape_of_subtitles(&lines, lines::arrow) {
        return Form::Srt;
    }
    if lrc::looks_like(&lines) {
        return Form::Lrc;
    }
    if json::looks_like(start) {
        return Form::WhisperJson;
    }
    if lines::has_shape_of_subtitles(&lines, lines::comma_times) {
        return Form::Sbv;
    }
    if html::looks_like(start) {
        return Form::Html;
    }
    Form::Plain
}
