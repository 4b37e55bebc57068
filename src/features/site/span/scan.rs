//! Reads a finished page of a post: its sentences with their seconds, its recording.
//!
//! It is our own page: text in it holds no `<`, values of attributes hold no `"`, and the first of
//! each element that is looked for is the program's.
use std::ops::Range;

use super::{Passage, Wish, find, read_seconds};
use crate::kernel::ids::SentenceId;

/// The id of a sentence, and the two tags that carry it.
const LINK: &str = "<a class=\"s\" id=\"s-";
const SPAN: &str = "<span class=\"s\" id=\"s-";
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
        let spoken: Vec<_> = self.sentences.iter().map(|s| (s.id, s.heard)).collect();
        let duration = self.audio.as_ref().map(|(_, duration)| *duration);
        find::passage(&spoken, duration, wish)
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
