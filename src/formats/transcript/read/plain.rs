//! Plain text: words without times, a paragraph a line or a paragraph a block.
use super::draft::{Draft, RawCue};
use super::lines::lines;
use crate::formats::transcript::timed::NotTimed;

/// Reads the file into the draft: a cue for each paragraph.
///
/// # Errors
/// [`NotTimed::TooManyCues`].
pub fn read(text: &str, draft: &mut Draft) -> Result<(), NotTimed> {
    let mut blocks: Vec<Vec<(usize, &str)>> = vec![Vec::new()];
    for (at, line) in lines(text).enumerate() {
        if line.trim().is_empty() {
            blocks.push(Vec::new());
        } else if let Some(block) = blocks.last_mut() {
            block.push((at + 1, line));
        }
    }
    blocks.retain(|block| !block.is_empty());
    let joins = is_wrapped(&blocks);
    for block in blocks {
        let paragraphs: Vec<&[(usize, &str)]> = if joins {
            vec![&block]
        } else {
            block.chunks(1).collect()
        };
        for lines in paragraphs {
            let words: Vec<&str> = lines.iter().map(|(_, line)| *line).collect();
            draft.push(RawCue {
                line: lines[0].0,
                text: words.join(" "),
                starts_paragraph: true,
                ..RawCue::default()
            })?;
        }
    }
    Ok(())
}

/// Whether lines end because they were full: most of those inside blocks end in the middle of a
/// sentence.
fn is_wrapped(blocks: &[Vec<(usize, &str)>]) -> bool {
    if blocks.len() < 2 && blocks.first().is_none_or(|block| block.len() < 4) {
        return false;
    }
    let inner = blocks.iter().flat_map(|block| &block[..block.len() - 1]);
    let ends = |line: &str| {
        let line = line.trim_end().trim_end_matches(['"', '\'', '”', '’', ')']);
        line.ends_with(['.', '!', '?', '…', ':', '。'])
    };
    let (mut all, mut open) = (0usize, 0usize);
    for (_, line) in inner {
        all += 1;
        open += usize::from(!ends(line) && line.chars().count() >= 30);
    }
    open * 2 > all
}
