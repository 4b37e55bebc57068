//! The parts that a script is cut into, and the sentences that are kept of it.
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::sentences;
use crate::kernel::ids::SentenceId;

/// What a block of a script is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading of this level in HTML, 2 to 4.
    Heading(u8),
    /// A paragraph of a quote.
    Quote,
    /// An item of a list, or a paragraph of one.
    Item,
    /// Lines of code.
    Code,
}

/// A paragraph, heading, quote, item or piece of code that has words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Who speaks, where a label here or before says so.
    pub speaker: Option<String>,
    /// Plain text as readers see it, the speaker's label included; `\n` where the author breaks
    /// the line.
    pub text: String,
    /// Where the words begin behind the label, in bytes; 0 without one.
    pub words_at: usize,
    /// Addresses, links and code, in bytes of `text`, rising: sentences are not cut inside.
    pub whole: Vec<Range<usize>>,
}

impl Block {
    /// Whether it is a heading.
    pub fn is_heading(&self) -> bool {
        matches!(self.kind, BlockKind::Heading(_))
    }

    /// Its sentences; `number` is its place among the blocks.
    pub(super) fn pieces(&self, number: usize) -> impl Iterator<Item = Piece> {
        let words = &self.text[self.words_at..];
        let whole: Vec<Range<usize>> = match self.kind {
            // One, whatever stands in it.
            BlockKind::Heading(_) => std::iter::once(0..words.len()).collect(),
            _ => self
                .whole
                .iter()
                .filter(|r| r.start >= self.words_at)
                .map(|r| r.start - self.words_at..r.end - self.words_at)
                .collect(),
        };
        sentences::spans(words, &whole)
            .into_iter()
            .map(move |span| Piece {
                block: number,
                kind: self.kind,
                speaker: self.speaker.clone(),
                text: words[span.clone()].to_owned(),
                span: span.start + self.words_at..span.end + self.words_at,
            })
    }
}

/// A sentence as the script alone gives it, before it has an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Which block it stands in, counted from 0.
    pub block: usize,
    /// What that block is.
    pub kind: BlockKind,
    /// Who speaks, where the script says so.
    pub speaker: Option<String>,
    /// Its words: plain text, no line ends, no spaces around; never empty.
    pub text: String,
    /// Where it stands in the text of its block, in bytes.
    pub span: Range<usize>,
}

impl Piece {
    /// Whether it is a heading.
    pub fn is_heading(&self) -> bool {
        matches!(self.kind, BlockKind::Heading(_))
    }
}

/// A sentence of a revision. Its id stays with it from revision to revision (DESIGN 2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Unique in the post and given once.
    pub id: SentenceId,
    /// Its words: plain text, no line ends, no spaces around.
    pub text: String,
    /// Whether the author set where it begins and ends.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_hand: bool,
}
