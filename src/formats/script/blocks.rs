//! From the events of a rendering to blocks of plain text.
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::model::{Block, BlockKind};
use super::{heading_number, is_inline};

/// A block before its speaker is known.
#[derive(Debug, Default)]
pub struct Raw {
    /// What it is; `None` while it is gathered.
    pub kind: Option<BlockKind>,
    /// Its place among all blocks, those without words too.
    pub serial: usize,
    /// As [`Block::text`].
    pub text: String,
    /// As [`Block::whole`].
    pub whole: Vec<Range<usize>>,
    /// How much of the beginning is bold, in bytes.
    pub bold: usize,
}

/// Gathers the words of events, block by block.
#[derive(Default)]
pub struct Gatherer {
    done: Vec<Raw>,
    /// How many blocks ended.
    ended: usize,
    open: Raw,
    containers: Vec<BlockKind>,
    /// Where the outermost open link began.
    link: Option<usize>,
    links: usize,
    /// Whether the block begins with bold text that is still open.
    in_bold: bool,
}

impl Gatherer {
    /// Takes in the next event of a rendering.
    pub fn read(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) => self.push(text),
            Event::Code(text) => {
                let from = self.open.text.len();
                self.push(text);
                self.keep_whole(from);
            }
            Event::SoftBreak => self.open.text.push(' '),
            Event::HardBreak => self.open.text.push('\n'),
            Event::Rule => self.end_block(),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            _ => {}
        }
    }

    /// Serial number of the block that the next words belong to, and where in its text they
    /// begin, in bytes.
    pub fn place(&self) -> (usize, usize) {
        (self.ended, self.open.text.len())
    }

    /// The blocks that have words.
    pub fn finish(mut self) -> Vec<Raw> {
        self.end_block();
        self.done
    }

    fn push(&mut self, text: &str) {
        self.open.text.extend(text.chars().map(plain));
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Strong if self.open.text.trim().is_empty() => self.in_bold = true,
            Tag::Link { .. } => {
                self.links += 1;
                self.link.get_or_insert(self.open.text.len());
            }
            tag if is_inline(&tag.to_end()) => {}
            tag => {
                self.end_block();
                self.containers.extend(container(tag));
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong if self.in_bold => {
                self.in_bold = false;
                self.open.bold = self.open.text.len();
            }
            TagEnd::Link => {
                self.links = self.links.saturating_sub(1);
                if self.links == 0
                    && let Some(from) = self.link.take()
                {
                    self.keep_whole(from);
                }
            }
            tag if is_inline(&tag) => {}
            tag => {
                self.end_block();
                if is_container(tag) {
                    self.containers.pop();
                }
            }
        }
    }

    /// What was gathered since stands together. Code in a link is in it already.
    fn keep_whole(&mut self, from: usize) {
        let to = self.open.text.len();
        let whole = &mut self.open.whole;
        while whole.pop_if(|range| range.end > from).is_some() {}
        if from < to {
            self.open.whole.push(from..to);
        }
    }

    fn end_block(&mut self) {
        let mut block = std::mem::take(&mut self.open);
        (self.link, self.links, self.in_bold) = (None, 0, false);
        block.serial = self.ended;
        self.ended += 1;
        if !block.text.trim().is_empty() {
            let kind = self.containers.last().copied();
            block.kind = Some(kind.unwrap_or(BlockKind::Paragraph));
            self.done.push(block);
        }
    }
}

/// What the blocks inside are, if the tag says so.
fn container(tag: &Tag<'_>) -> Option<BlockKind> {
    match tag {
        Tag::BlockQuote(_) => Some(BlockKind::Quote),
        Tag::Item => Some(BlockKind::Item),
        Tag::CodeBlock(_) => Some(BlockKind::Code),
        Tag::Heading { level, .. } => Some(BlockKind::Heading(heading_number(*level))),
        _ => None,
    }
}

fn is_container(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::CodeBlock | TagEnd::Heading(_)
    )
}

/// A character as it stands in plain text: one for one, each line end as `\n`.
pub fn plain(c: char) -> char {
    match c {
        '\t' => ' ',
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        c => c,
    }
}

impl Raw {
    /// The block, with who speaks and the length of his label in bytes.
    pub fn with_speaker(self, speaker: Option<String>, words_at: usize) -> Block {
        Block {
            kind: self.kind.unwrap_or(BlockKind::Paragraph),
            speaker,
            text: self.text,
            words_at,
            whole: self.whole,
        }
    }
}
