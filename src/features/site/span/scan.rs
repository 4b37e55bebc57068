//! Reads a finished page of a post: its sentences with their seconds, its recording.
//!
//! It is our own page: text in it holds no `<`, values of attributes hold no `"`, and the first of
//! each element that is looked for is the program's.
use std::ops::Range;

use super::{Passage, Wish, read_seconds};
use crate::kernel::ids::SentenceId;

/// The id of a sentence, and the two tags that carry it.
const LINK: &str = "<a class=\"s\" id=\"s-";
const SPAN: &str = "<span class=\"s\" id=\"s-";
/// A passage may end so much after the recording does, since seconds are rounded.
const LATE_MS: u64 = 1000;
/// How far a second may lie before the sentence that it opens.
const EARLY_MS: u64 = 3000;
/// What of a sentence must be heard for it to belong to a stretch.
const LEAST_MS: u64 = 200;

/// A sentence on a page.
#[derive(Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// Its id.
    pub id: &'a str,
    /// Where its tag can be given another attribute, in bytes.
    pub tag_at: usize,
    /// When it is heard, in milliseconds.
    pub heard: Option<(u64, u64)>,
    /// Its words as HTML.
    pub html: &'a str,
}

impl Found<'_> {
    /// Its id, typed.
    pub fn id(&self) -> SentenceId {
        SentenceId::from_db(self.id.to_owned())
    }
}

/// The page of a post, read.
#[derive(Debug)]
pub struct PageText<'a> {
    /// All of it.
    pub(super) html: &'a str,
    pub(super) sentences: Vec<Found<'a>>,
    /// The tag of the recording, if there is one, and its length in milliseconds.
    pub(super) audio: Option<(Range<usize>, u64)>,
}

impl<'a> PageText<'a> {
    /// Reads a page. Time grows with its length.
    pub fn read(html: &'a str) -> Self {
        let audio = tag(html, "<audio id=\"audio\"").and_then(|at| {
            let duration = attribute(html, &at, "data-duration-ms")?;
            let ms = html[duration].parse().ok()?;
            Some((at, ms))
        });
        let text = html.find(" id=\"text\">").unwrap_or(html.len());
        Self {
            html,
            sentences: sentences(html, text),
            audio,
        }
    }

    /// The passage that a wish means; `None` if the page has no such one.
    pub fn find(&self, wish: &Wish) -> Option<Passage> {
        match wish {
            Wish::Sentences(from, to) => {
                let place = |id: &str| self.sentences.iter().position(|s| s.id == id);
                let (first, last) = (place(from.as_str())?, place(to.as_str())?);
                let passage = self.sentences.get(first..=last).filter(|p| !p.is_empty())?;
                let heard = || passage.iter().filter_map(|s| s.heard);
                let start = heard().map(|(start, _)| start).min();
                let end = heard().map(|(_, end)| end).max();
                let sound = start.zip(end).filter(|_| self.audio.is_some());
                Some(Passage::of_sentences((from, to), (first, last), sound))
            }
            Wish::Stretch(from, to) => {
                let (_, duration) = self.audio.as_ref()?;
                if from >= duration || to.is_some_and(|to| to > duration + LATE_MS) {
                    return None;
                }
                let sentences = match to {
                    Some(to) => self.heard_between(*from, *to),
                    None => self.heard_at(*from).map(|at| (at, at)),
                };
                Some(Passage::of_stretch(sentences, *from, *to))
            }
        }
    }

    /// The first and the last sentence in reading order of which enough is heard there.
    fn heard_between(&self, from: u64, to: u64) -> Option<(usize, usize)> {
        let is_heard = |found: &Found| {
            found.heard.is_some_and(|(start, end)| {
                let common = end.min(to).saturating_sub(start.max(from));
                common > 0 && common >= LEAST_MS.min((end - start) / 2)
            })
        };
        let first = self.sentences.iter().position(is_heard)?;
        let last = self.sentences.iter().rposition(is_heard)?;
        Some((first, last))
    }

    /// The sentence that is heard at a moment, or soon after.
    fn heard_at(&self, ms: u64) -> Option<usize> {
        let times = || {
            let all = self.sentences.iter().enumerate();
            all.filter_map(|(at, s)| s.heard.map(|(start, end)| (start, end, at)))
        };
        let now = times().find(|(start, end, _)| *start <= ms && ms < *end);
        let soon = || {
            times()
                .filter(|(start, ..)| (ms..ms + EARLY_MS).contains(start))
                .min()
        };
        now.or_else(soon).map(|(.., at)| at)
    }
}

/// The place of the first tag that begins so.
pub(super) fn tag(html: &str, start: &str) -> Option<Range<usize>> {
    let from = html.find(start)?;
    let length = html[from..].find('>')?;
    Some(from..from + length)
}

/// Where the value of an attribute of a tag stands, as it is written.
pub(super) fn attribute(html: &str, tag: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let start = format!(" {name}=\"");
    let own = &html[tag.clone()];
    let from = own.find(&start)? + start.len();
    let length = own[from..].find('"')?;
    let from = tag.start + from;
    Some(from..from + length)
}

fn sentences(html: &str, text: usize) -> Vec<Found<'_>> {
    const ID: &str = " id=\"s-";
    let mut found = Vec::new();
    let mut from = text;
    while let Some(at) = html[from..].find(ID) {
        let id_at = from + at + ID.len();
        from = id_at;
        let before = &html[..id_at];
        let end = if before.ends_with(LINK) {
            "</a>"
        } else if before.ends_with(SPAN) {
            "</span>"
        } else {
            continue;
        };
        found.extend(sentence(html, id_at, end));
    }
    found
}

fn sentence<'a>(html: &'a str, id_at: usize, end: &str) -> Option<Found<'a>> {
    let (id, _) = html[id_at..].split_once('"')?;
    let tag_at = id_at + id.len() + 1;
    let (attributes, inside) = html[tag_at..].split_once('>')?;
    let (words, _) = inside.split_once(end)?;
    let tag = tag_at..tag_at + attributes.len();
    let heard = attribute(html, &tag, "data-t").and_then(|span| {
        let (start, end) = html[span].split_once('-')?;
        let (start, end) = (read_seconds(start)?, read_seconds(end)?);
        (start <= end).then_some((start, end))
    });
    Some(Found {
        id,
        tag_at,
        heard,
        html: words,
    })
}
