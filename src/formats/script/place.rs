//! Where the kept sentences of a script stand in it.
use std::ops::Range;

use super::model::{Block, Sentence};
use crate::formats::transcript::{Line, Times};

/// How far a sentence is looked for that does not stand where it is expected, in characters.
const FAR: usize = 4_000;

/// A sentence's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which block.
    pub block: usize,
    /// Where in its text, in bytes; not in the label.
    pub span: Range<usize>,
}

/// The sentences of a script with block and speaker, as lines of a transcript whose times are
/// unknown. The sentences are those that are kept of the same script; one whose words are not
/// found in it comes with the block of the one before.
pub fn lines(markdown: &str, sentences: &[Sentence]) -> Vec<Line> {
    let blocks = super::blocks(markdown);
    let mut block = 0;
    places(&blocks, sentences.iter().map(|s| s.text.as_str()))
        .into_iter()
        .zip(sentences)
        .map(|(place, sentence)| {
            block = place.map_or(block, |place| place.block);
            let own = blocks.get(block);
            Line {
                id: sentence.id.clone(),
                block,
                is_heading: own.is_some_and(Block::is_heading),
                speaker: own.and_then(|block| block.speaker.clone()),
                text: sentence.text.clone(),
                times: Times::Unknown,
            }
        })
        .collect()
}

/// Where each sentence stands, by its words; rising, not overlapping. White space may differ. `None` for one
/// that is not there, which happens only if the rules of blocks changed since it was kept.
pub fn places<'a>(
    blocks: &[Block],
    sentences: impl Iterator<Item = &'a str>,
) -> Vec<Option<Place>> {
    let mut cursor = Cursor {
        blocks,
        block: 0,
        at: blocks.first().map_or(0, |b| b.words_at),
    };
    sentences.map(|words| cursor.take(words)).collect()
}

struct Cursor<'a> {
    blocks: &'a [Block],
    block: usize,
    /// In bytes.
    at: usize,
}

impl Cursor<'_> {
    fn take(&mut self, words: &str) -> Option<Place> {
        if words.trim().is_empty() {
            return None;
        }
        let (mut block, mut at) = (self.block, self.at);
        for _ in 0..FAR {
            let own = self.blocks.get(block)?;
            let rest = &own.text[at..];
            let spaces = rest.len() - rest.trim_start().len();
            let Some(first) = rest.trim_start().chars().next() else {
                block += 1;
                at = self.blocks.get(block)?.words_at;
                continue;
            };
            at += spaces;
            if let Some(length) = length_of(&own.text[at..], words) {
                (self.block, self.at) = (block, at + length);
                let span = at..at + length;
                return Some(Place { block, span });
            }
            at += first.len_utf8();
        }
        None
    }
}

/// How many bytes at the start of the text are these words, white space aside.
fn length_of(text: &str, words: &str) -> Option<usize> {
    let mut chars = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    let mut end = 0;
    for word in words.chars().filter(|c| !c.is_whitespace()) {
        let (at, c) = chars.next()?;
        if c != word {
            return None;
        }
        end = at + c.len_utf8();
    }
    Some(end)
}
