//! The words alone.
use crate::formats::transcript::clean;
use crate::formats::transcript::model::Transcript;

/// The transcript as plain text: all sentences, spoken or not, a line for each paragraph, with
/// the speaker's name (`Name: `) where another one begins to speak.
pub fn to_txt(transcript: &Transcript) -> String {
    let mut out = String::new();
    let mut before: Option<String> = None;
    let mut block = None;
    for line in &transcript.lines {
        let text = clean::line(&line.text);
        if text.is_empty() {
            continue;
        }
        let speaker = line.speaker.as_deref().and_then(clean::speaker);
        let is_new = speaker != before;
        if block.is_some() {
            out.push(if is_new || block != Some(line.block) {
                '\n'
            } else {
                ' '
            });
        }
        if is_new && let Some(name) = &speaker {
            out.push_str(name);
            out.push_str(": ");
        }
        out.push_str(&text);
        before = speaker;
        block = Some(line.block);
    }
    out.push('\n');
    out
}
