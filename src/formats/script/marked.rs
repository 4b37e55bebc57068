//! The script as HTML in which every sentence can be found by its id.
use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::blocks::{Gatherer, plain};
use super::mark::{Mark, MarkWords};
use super::place::places;
use super::{events, is_inline, lines, speakers};
use crate::formats::html::{SafeHtml, sanitise_with_sentences};

/// Renders a script as [`super::render`] does, with every sentence in an element with the id
/// `s-{id}`, as its mark says. The marks are those of the sentences that are kept of the same
/// script; one whose words are not found in it marks nothing. A label stays in front of the first
/// sentence. Emphasis and links that go over the end of a sentence are closed there and opened
/// again.
pub fn render_with_sentences(markdown: &str, marks: &[Mark<'_>], words: &MarkWords) -> SafeHtml {
    let prepared = lines::prepare(markdown);
    let all: Vec<Event<'_>> = events(&prepared).collect();
    let mut gatherer = Gatherer::default();
    let mut links = Links::default();
    for event in &all {
        links.read(event, gatherer.place());
        gatherer.read(event);
    }
    let raw = gatherer.finish();
    let serials: Vec<usize> = raw.iter().map(|block| block.serial).collect();
    let mut tags: HashMap<usize, VecDeque<Tags>> = HashMap::new();
    let found = places(&speakers::assign(raw), marks.iter().map(|mark| mark.text));
    for (place, mark) in found.into_iter().zip(marks) {
        if let Some(place) = place {
            let block = serials[place.block];
            let (open, close) = mark.tags(links.are_in(block, &place.span), words);
            let span = place.span;
            tags.entry(block)
                .or_default()
                .push_back(Tags { span, open, close });
        }
    }
    let mut marker = Marker {
        gatherer: Gatherer::default(),
        tags,
        out: Vec::with_capacity(all.len() + 2 * marks.len()),
        inline: Vec::new(),
        written: 0,
        open: None,
    };
    all.into_iter().for_each(|event| marker.take(event));
    let mut html = String::with_capacity(prepared.len() * 3);
    pulldown_cmark::html::push_html(&mut html, marker.out.into_iter());
    sanitise_with_sentences(&html)
}

/// Where the author's links stand, since a link cannot stand in a link.
#[derive(Default)]
struct Links {
    /// By the serial number of the block, in bytes of its text.
    found: HashMap<usize, Vec<Range<usize>>>,
    open: Option<(usize, usize)>,
}

impl Links {
    fn read(&mut self, event: &Event<'_>, place: (usize, usize)) {
        match event {
            Event::Start(Tag::Link { .. }) => {
                self.open.get_or_insert(place);
            }
            Event::End(TagEnd::Link) => {
                if let Some((block, from)) = self.open.take() {
                    let to = if block == place.0 {
                        place.1
                    } else {
                        usize::MAX
                    };
                    self.found.entry(block).or_default().push(from..to);
                }
            }
            _ => {}
        }
    }

    /// One without words counts only inside, since it is written outside else.
    fn are_in(&self, block: usize, span: &Range<usize>) -> bool {
        let links = self.found.get(&block).map_or(&[][..], Vec::as_slice);
        links.iter().any(|link| {
            let inside = if link.is_empty() {
                span.start < link.start
            } else {
                span.start < link.end
            };
            inside && link.start < span.end
        })
    }
}

/// What is written around a sentence.
struct Tags {
    span: Range<usize>,
    open: String,
    close: String,
}

/// An open emphasis, link or the like.
struct Inline<'a> {
    tag: Tag<'a>,
    /// Whether it was ever written: if not, an empty one is.
    was_written: bool,
}

struct Marker<'a> {
    /// Counts along, to know where in which block the next words stand.
    gatherer: Gatherer,
    /// What is still to be marked, by the serial number of the block.
    tags: HashMap<usize, VecDeque<Tags>>,
    out: Vec<Event<'a>>,
    /// What is open in the script.
    inline: Vec<Inline<'a>>,
    /// How many of them are open in what was written: a sentence goes around them, so they are
    /// written only when words follow.
    written: usize,
    /// Where the open sentence ends, and with what.
    open: Option<(usize, String)>,
}

impl<'a> Marker<'a> {
    fn take(&mut self, event: Event<'a>) {
        let (block, at) = self.gatherer.place();
        self.gatherer.read(&event);
        match event {
            Event::Text(text) => self.words(block, at, &text, Event::Text),
            Event::Code(text) => self.words(block, at, &text, Event::Code),
            Event::Start(tag) if is_inline(&tag.to_end()) => self.inline.push(Inline {
                tag,
                was_written: false,
            }),
            Event::End(tag) if is_inline(&tag) => self.end_inline(),
            event => {
                if matches!(event, Event::Start(_) | Event::End(_) | Event::Rule) {
                    self.end_sentence();
                }
                self.out.push(event);
            }
        }
    }

    /// Writes words, with the spans that begin and end in them.
    fn words(
        &mut self,
        block: usize,
        mut at: usize,
        text: &str,
        event: fn(CowStr<'a>) -> Event<'a>,
    ) {
        let mut chunk = String::new();
        for c in text.chars() {
            let next = self
                .tags
                .get_mut(&block)
                .and_then(|tags| tags.pop_front_if(|tags| tags.span.start <= at));
            if let Some(tags) = next {
                self.write(&mut chunk, event);
                self.end_sentence();
                self.close_inline();
                self.out.push(Event::InlineHtml(tags.open.into()));
                self.open = Some((tags.span.end, tags.close));
            }
            chunk.push(c);
            at += plain(c).len_utf8();
            if self.open.as_ref().is_some_and(|(end, _)| *end <= at) {
                self.write(&mut chunk, event);
                self.end_sentence();
            }
        }
        self.write(&mut chunk, event);
    }

    fn write(&mut self, chunk: &mut String, event: fn(CowStr<'a>) -> Event<'a>) {
        if chunk.is_empty() {
            return;
        }
        for inline in &mut self.inline[self.written..] {
            inline.was_written = true;
            self.out.push(Event::Start(inline.tag.clone()));
        }
        self.written = self.inline.len();
        self.out.push(event(std::mem::take(chunk).into()));
    }

    fn end_inline(&mut self) {
        let Some(inline) = self.inline.pop() else {
            return;
        };
        let end = Event::End(inline.tag.to_end());
        if self.written > self.inline.len() {
            self.written = self.inline.len();
            self.out.push(end);
        } else if !inline.was_written {
            self.out.push(Event::Start(inline.tag));
            self.out.push(end);
        }
    }

    /// Closes what is open in what was written; the next words open it again.
    fn close_inline(&mut self) {
        for inline in self.inline[..self.written].iter().rev() {
            self.out.push(Event::End(inline.tag.to_end()));
        }
        self.written = 0;
    }

    fn end_sentence(&mut self) {
        if let Some((_, close)) = self.open.take() {
            self.close_inline();
            self.out.push(Event::InlineHtml(close.into()));
        }
    }
}
