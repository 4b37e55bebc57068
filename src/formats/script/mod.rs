//! The author's small Markdown to safe HTML and to plain text.
//!
//! It is CommonMark with these rules of the house:
//!
//! - **A line end ends a paragraph**, since scripts are written one paragraph a line. Two
//!   spaces or a backslash at the end of a line keep a line break inside the paragraph. In
//!   lists and quotes ordinary Markdown holds, but a line after a quote that does not start
//!   with `>`, and one after a list that is not indented, is a paragraph of its own. `---`
//!   below a line is a rule, never a heading.
//! - A date is no list: `2024. 3. 5.` at the start of a line is text.
//! - Spaces before a paragraph are decoration: there is no indented code outside lists.
//! - `#` is `h2`, `##` is `h3`, all deeper ones `h4`; the post's title is the `h1`.
//! - HTML is text. `~` is a tilde. Bare `http` and `https` addresses become links.
//! - `*` and `**` work next to Korean letters and punctuation: `**"인용"**을`. `_` works as in
//!   CommonMark, at word ends only, so `파일_이름` stays as it is.
//! - A speaker's label (`speakers`) is plain text like any other, and stays where it is.
//! - No nesting deeper than [`MAX_DEPTH`]; what lies deeper keeps its words (HARDENING L8).
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeStream};

use crate::formats::html::{SafeHtml, sanitise};

mod blocks;
mod carry;
mod excerpt;
mod hands;
mod lines;
mod links;
mod mark;
mod marked;
mod model;
mod place;
mod sentences;
mod speakers;

pub use carry::carry;
pub use excerpt::{excerpt, reading_minutes};
pub use hands::{HandError, join, split};
pub use mark::{GapMark, Heard, Mark, MarkWords, NoteMark};
pub use marked::render_with_sentences;
pub use model::{Block, BlockKind, Piece, Sentence};
pub use place::lines;
pub use sentences::ends_unmarked;

/// The deepest nesting of quotes, lists and emphasis together that is shown.
pub const MAX_DEPTH: usize = 64;

/// A script in the forms that pages, feeds and search need.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    /// For pages and feeds.
    pub html: SafeHtml,
    /// The words alone, one line per paragraph, heading or item, no empty lines; no HTML.
    pub text: String,
    /// Characters of `text` without line ends.
    pub chars: usize,
}

/// Renders Markdown as the module says. Any text is taken; time grows with its length.
pub fn render(markdown: &str) -> Rendered {
    let prepared = lines::prepare(markdown);
    let mut html = String::with_capacity(prepared.len() + prepared.len() / 8);
    let mut words = Words::default();
    let events = events(&prepared).inspect(|event| words.read(event));
    pulldown_cmark::html::push_html(&mut html, events);
    let text = words.finish();
    let chars = text.chars().filter(|c| *c != '\n').count();
    Rendered {
        html: sanitise(&html),
        text,
        chars,
    }
}

/// What a prepared text holds, by the rules of the house.
fn events(prepared: &str) -> impl Iterator<Item = Event<'_>> {
    let parser = Parser::new_ext(prepared, Options::empty());
    let bounded = Bounded::new(parser.map(settle));
    links::Linker::new(TextMergeStream::new(bounded))
}

/// The blocks of a script that have words, in reading order, with their speakers. Any text is
/// taken; time grows with its length.
pub fn blocks(markdown: &str) -> Vec<Block> {
    let prepared = lines::prepare(markdown);
    let mut gatherer = blocks::Gatherer::default();
    events(&prepared).for_each(|event| gatherer.read(&event));
    speakers::assign(gatherer.finish())
}

/// The sentences of a script in reading order, as `sentences` says where they end. A heading is
/// one. All words of the script stand in them but the labels of speakers.
pub fn cut(markdown: &str) -> Vec<Piece> {
    let blocks = blocks(markdown);
    blocks
        .iter()
        .enumerate()
        .flat_map(|(n, b)| b.pieces(n))
        .collect()
}

/// Brings an event of the parser to the rules: guards out, HTML as text, headings two lower.
fn settle(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(unguard(text)),
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(unguard(text)),
        Event::Code(text) => Event::Code(unguard(text)),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
            level: lowered(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lowered(level))),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url: unguard(dest_url),
            title: unguard(title),
            id,
        }),
        other => other,
    }
}

fn unguard(text: CowStr<'_>) -> CowStr<'_> {
    if text.contains(lines::GUARD) {
        text.replace(lines::GUARD, "").into()
    } else {
        text
    }
}

fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        _ => HeadingLevel::H4,
    }
}

/// Leaves out the tags that lie deeper than [`MAX_DEPTH`], and pictures, whose words stay.
struct Bounded<I> {
    events: I,
    depth: usize,
}

impl<I> Bounded<I> {
    fn new(events: I) -> Self {
        Self { events, depth: 0 }
    }
}

impl<'a, I: Iterator<Item = Event<'a>>> Iterator for Bounded<I> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            let event = self.events.next()?;
            let shown = match &event {
                Event::Start(tag) => {
                    self.depth += 1;
                    self.depth <= MAX_DEPTH && !matches!(tag, Tag::Image { .. })
                }
                Event::End(tag) => {
                    let shown = self.depth <= MAX_DEPTH && !matches!(tag, TagEnd::Image);
                    self.depth = self.depth.saturating_sub(1);
                    shown
                }
                _ => true,
            };
            if shown {
                return Some(event);
            }
        }
    }
}

/// Collects the words of the events, a line per block.
#[derive(Default)]
struct Words {
    text: String,
    line: String,
}

impl Words {
    fn read(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => {
                for (at, line) in text.split('\n').enumerate() {
                    if at > 0 {
                        self.end_line();
                    }
                    self.line.push_str(line);
                }
            }
            Event::SoftBreak => self.line.push(' '),
            Event::HardBreak | Event::Rule => self.end_line(),
            Event::Start(tag) if !is_inline(&tag.to_end()) => self.end_line(),
            Event::End(tag) if !is_inline(tag) => self.end_line(),
            _ => {}
        }
    }

    fn end_line(&mut self) {
        let line = self.line.trim();
        if !line.is_empty() {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push_str(line);
        }
        self.line.clear();
    }

    fn finish(mut self) -> String {
        self.end_line();
        self.text
    }
}

/// The number of a heading in HTML.
fn heading_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        _ => 4,
    }
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image
    )
}

#[cfg(test)]
mod tests;
