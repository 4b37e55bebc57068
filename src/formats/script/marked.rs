//! The script as HTML in which every sentence can be found by its id.
use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag};

use super::blocks::{Gatherer, plain};
use super::model::Sentence;
use super::place::places;
use super::{events, is_inline, lines, speakers};
use crate::formats::html::{SafeHtml, sanitise_with_sentences};
use crate::kernel::ids::SentenceId;

/// Renders a script as [`super::render`] does, with every sentence in a
/// `<span id="s-{id}">`. The sentences are those that are kept of the same script; one whose words
/// are not found in it has no span. A label stays in front of the first sentence. Emphasis and
/// links that go over the end of a sentence are closed there and opened again.
pub fn render_with_sentences(markdown: &str, sentences: &[Sentence]) -> SafeHtml {
    let prepared = lines::prepare(markdown);
    let all: Vec<Event<'_>> = events(&prepared).collect();
    let mut gatherer = Gatherer::default();
    all.iter().for_each(|event| gatherer.read(event));
    let raw = gatherer.finish();
    let serials: Vec<usize> = raw.iter().map(|block| block.serial).collect();
    let mut marks: HashMap<usize, VecDeque<(Range<usize>, &SentenceId)>> = HashMap::new();
    let found = places(&speakers::assign(raw), sentences);
    for (place, sentence) in found.into_iter().zip(sentences) {
        if let Some(place) = place {
            let own = marks.entry(serials[place.block]).or_default();
            own.push_back((place.span, &sentence.id));
        }
    }
    let mut marker = Marker {
        gatherer: Gatherer::default(),
        marks,
        out: Vec::with_capacity(all.len() + 2 * sentences.len()),
        inline: Vec::new(),
        written: 0,
        ends_at: None,
    };
    all.into_iter().for_each(|event| marker.take(event));
    let mut html = String::with_capacity(prepared.len() * 2);
    pulldown_cmark::html::push_html(&mut html, marker.out.into_iter());
    sanitise_with_sentences(&html)
}

/// An open emphasis, link or the like.
struct Inline<'a> {
    tag: Tag<'a>,
    /// Whether it was ever written: if not, an empty one is.
    was_written: bool,
}

struct Marker<'a, 's> {
    /// Counts along, to know where in which block the next words stand.
    gatherer: Gatherer,
    /// What is still to be marked, by the serial number of the block.
    marks: HashMap<usize, VecDeque<(Range<usize>, &'s SentenceId)>>,
    out: Vec<Event<'a>>,
    /// What is open in the script.
    inline: Vec<Inline<'a>>,
    /// How many of them are open in what was written: a span goes around them, so they are
    /// written only when words follow.
    written: usize,
    /// Where the open span ends.
    ends_at: Option<usize>,
}

impl<'a> Marker<'a, '_> {
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
                    self.end_span();
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
                .marks
                .get_mut(&block)
                .and_then(|marks| marks.pop_front_if(|(span, _)| span.start <= at));
            if let Some((span, id)) = next {
                self.write(&mut chunk, event);
                self.end_span();
                self.close_inline();
                let start = format!("<span id=\"s-{id}\">");
                self.out.push(Event::InlineHtml(start.into()));
                self.ends_at = Some(span.end);
            }
            chunk.push(c);
            at += plain(c).len_utf8();
            if self.ends_at.is_some_and(|end| end <= at) {
                self.write(&mut chunk, event);
                self.end_span();
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

    fn end_span(&mut self) {
        if self.ends_at.take().is_some() {
            self.close_inline();
            self.out.push(Event::InlineHtml("</span>".into()));
        }
    }
}
